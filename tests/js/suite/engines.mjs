// The setting `signature`: the same decisions with each engine.

import { equal, gateOf, throws } from './check.mjs'
import { checksOf } from './decisions.mjs'

/** Whether the runtime has a function that verifies signatures synchronously. */
const hasHost = typeof globalThis.process?.getBuiltinModule === 'function'

export function engineChecks(api, cases, pick) {
  const settings = hasHost ? ['wasm', 'host'] : ['wasm']
  const one = () => pick('signed in by cookie')
  const refusals = [
    ['an engine that does not exist', 'fast', 'invalid-option'],
    ['no name of an engine', 1, 'wrong-type'],
    ...(hasHost ? [] : [['a host where there is none', 'host', 'invalid-option']]),
  ]
  return [
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

/** The case in its first form, with an engine. */
function withEngine(api, one, signature) {
  const options = { ...one.options, signature }
  return checksOf(api, { ...one, options, name: `${one.name} [${signature}]` }).slice(0, 1)
}
