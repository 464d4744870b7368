// How long a token takes with each signature engine: what `auto` in pkg/src/host.ts is chosen by.
//
//   node engine-times.mjs [--runtime NAME] [--rounds N]
//
// Prints for each runtime and algorithm the µs of `verifyTokenSync`, where the host has nothing but
// WebCrypto of `await verifyToken`, without cache with the engine of
// the module and with that of the host, in the quietest round of each, and their quotient; the two take
// turns within a round. In workerd, whose clock stands still, the quietest request is timed from outside,
// less the quietest that verifies nothing.

import { generateKeyPairSync, sign } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { createApp } from './app.mjs'
import { runScript } from './runtimes/processes.mjs'
import { buildWorker, serve, WITH_NODE } from './runtimes/workerd.mjs'

const { values } = parseArgs({
  options: {
    runtime: { type: 'string', multiple: true },
    rounds: { type: 'string', default: '60' },
  },
})
const rounds = Number(values.rounds)
const ISSUER = 'https://issuer.example'
const RSA = (modulusLength) => ['rsa', { modulusLength }]
const EC = (namedCurve) => ['ec', { namedCurve, dsaEncoding: 'ieee-p1363' }]
const KINDS = [
  ['RS256', 'RS256', RSA(2048), 'sha256'],
  ['RS256, 4096 bits', 'RS256', RSA(4096), 'sha256'],
  ['RS512', 'RS512', RSA(2048), 'sha512'],
  ['PS256', 'PS256', RSA(2048), 'sha256', { padding: 6, saltLength: 32 }],
  ['ES256', 'ES256', EC('P-256'), 'sha256', { dsaEncoding: 'ieee-p1363' }],
  ['ES384', 'ES384', EC('P-384'), 'sha384', { dsaEncoding: 'ieee-p1363' }],
]

/** In the runtime: verifies `count` times, with tokens that were made here. */
const VERIFY = (isWaiting) => `
import * as api from 'sessiongate'
import { kinds } from './kinds.mjs'
const gates = {}
async function verify(name, signature, count) {
  const { token, jwk, alg } = kinds[name]
  gates[name + signature] ??= api.createGate({
    provider: api.oidc({ issuer: '${ISSUER}', audience: null, algorithms: [alg], jwks: { keys: [jwk] } }),
    cache: false,
    signature,
  })
  const gate = gates[name + signature]
  for (let i = 0; i < count; i++) {
    if (!(${isWaiting ? 'await gate.verifyToken' : 'gate.verifyTokenSync'}(token)).ok) throw new Error(name + ' was refused')
  }
}
`
const ENGINES = ['wasm', 'host']

const app = createApp()
try {
  writeFileSync(join(app.folder, 'kinds.mjs'), `export const kinds = ${JSON.stringify(kinds())}`)
  const runtimes = { node: inProcess, deno: inProcess, bun: inProcess, workerd: inWorker }
  // Without Node's modules: there the host's engine is WebCrypto.
  runtimes['workerd-plain'] = inWorker
  for (const name of values.runtime ?? Object.keys(runtimes)) {
    console.log(name)
    for (const [kind, times] of Object.entries(await runtimes[name](name))) show(kind, times)
  }
} finally {
  app.remove()
}

function kinds() {
  const exp = Math.floor(Date.now() / 1000) + 100_000
  const payload = { iss: ISSUER, sub: 'user_1', exp, roles: Array(40).fill('role:of:a:user') }
  return Object.fromEntries(
    KINDS.map(([name, alg, how, hash, padding]) => {
      const { publicKey, privateKey } = generateKeyPairSync(...how)
      const part = (value) => Buffer.from(JSON.stringify(value)).toString('base64url')
      const input = `${part({ alg, kid: 'k' })}.${part(payload)}`
      const proof = sign(hash, Buffer.from(input), { key: privateKey, ...padding })
      const jwk = { ...publicKey.export({ format: 'jwk' }), kid: 'k', alg }
      return [name, { alg, jwk, token: `${input}.${proof.toString('base64url')}` }]
    }),
  )
}

/** µs for each engine in each round. */
async function inProcess(runtime) {
  const file = `times.${runtime}.driver.mjs`
  const driver = `${VERIFY(false)}
const times = {}
for (const name of Object.keys(kinds)) {
  times[name] = []
  for (const signature of ['wasm', 'host']) await verify(name, signature, 100)
  for (let round = 0; round < ${rounds}; round++) {
    const taken = []
    for (const signature of ['wasm', 'host']) {
      const start = performance.now()
      await verify(name, signature, 50)
      taken.push((performance.now() - start) * 20)
    }
    times[name].push(taken)
  }
}
console.log(JSON.stringify(times))`
  writeFileSync(join(app.folder, file), driver)
  return runScript(runtime, app, file)
}

async function inWorker(runtime) {
  const isPlain = runtime === 'workerd-plain'
  const source = `${VERIFY(isPlain)}
export default { fetch: async (request) => {
  await verify(...(await request.json()))
  return new Response('')
} }`
  const server = await serve(
    await buildWorker(app, 'times-worker', source, isPlain ? undefined : WITH_NODE),
  )
  const time = async (...question) => {
    const start = performance.now()
    const response = await fetch(server.url, { method: 'POST', body: JSON.stringify(question) })
    if (!response.ok) throw new Error(`${response.status}: ${server.complaints()}`)
    await response.text()
    return performance.now() - start
  }
  const times = {}
  try {
    for (const name of KINDS.map(([name]) => name)) {
      for (const engine of ENGINES) await time(name, engine, 100)
      const least = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY]
      for (let round = 0; round < rounds; round++) {
        const [wasm, host] = ENGINES
        const questions = [
          [wasm, 100],
          [host, 100],
          [wasm, 0],
        ]
        for (const [place, [engine, count]] of questions.entries()) {
          least[place] = Math.min(least[place], await time(name, engine, count))
        }
      }
      const [wasm, host, empty] = least
      times[name] = [[(wasm - empty) * 10, (host - empty) * 10]]
    }
  } finally {
    await server.stop()
  }
  return times
}

function show(kind, times) {
  const [wasm, host] = [0, 1].map((place) => Math.min(...times.map((round) => round[place])))
  const columns = [wasm.toFixed(1), host.toFixed(1), (host / wasm).toFixed(2)]
  console.log(`  ${[kind.padEnd(18), ...columns.map((text) => text.padStart(8))].join('')}`)
}
