// The setting `signature`: the same decisions with each engine.

import { equal, gateOf, throws } from './check.mjs'
import { checksOf } from './decisions.mjs'

/** Whether the runtime has a function that verifies signatures synchronously. */
const isAtOnce = typeof globalThis.process?.getBuiltinModule === 'function'
/** WebCrypto takes its place elsewhere. */
const hasHost = isAtOnce || globalThis.crypto?.subtle !== undefined

export function engineChecks(api, cases, pick) {
  const settings = hasHost ? ['wasm', 'host'] : ['wasm']
  const one = () => pick('signed in by cookie')
  const refusals = [
    ['an engine that does not exist', 'fast', 'invalid-option'],
    ['no name of an engine', 1, 'wrong-type'],
    ...(hasHost ? [] : [['a host where there is none', 'host', 'invalid-option']]),
  ]
  return [
    ...(hasHost && !isAtOnce
      ? [['signature: WebCrypto is waited for', () => mustWait(api, one())]]
      : []),
    ...settings.flatMap((signature) => cases.flatMap((each) => withEngine(api, each, signature))),
    ...refusals.map(([name, signature, code]) => [
      `signature: ${name}`,
      async () => {
        const error = await throws(() => gateOf(api, one(), { signature }), 'ConfigError', code)
        equal(error.option, 'signature')
      },
    ]),
  ]
}

/** What WebCrypto has to verify cannot be had at once, and once it was verified it can. */
async function mustWait(api, one) {
  const gate = gateOf(api, one, { signature: 'host' })
  const { need } = await throws(() => gate.checkSync(one.request), 'NeedError', 'need')
  equal(need, { kind: 'signature', url: '' })
  const { outcome, auth } = await gate.check(one.request)
  equal([outcome, auth.isAuthenticated], ['allow', true])
  equal(gate.checkSync(one.request).auth.userId, auth.userId)
  const token = auth.getToken()
  const forged = `${token.slice(0, -8)}AAAAAAAA`
  equal((await gateOf(api, one, { signature: 'host' }).verifyToken(token)).ok, true)
  equal((await gate.verifyToken(forged)).reason, 'token-invalid-signature')
}

/** The case in the form that need not wait, and in one that may, with an engine. */
function withEngine(api, one, signature) {
  const options = { ...one.options, signature }
  const checks = checksOf(api, { ...one, options, name: `${one.name} [${signature}]` })
  return signature === 'host' && !isAtOnce ? waiting(checks) : checks.slice(0, 1)
}

/** Those that wait; a case about a refused option is alone. */
const waiting = (checks) => (checks.length === 1 ? checks : checks.slice(1, 2))
