// The published test vectors, through the npm package: the same verdicts as the native core.
//
// The native conformance tests (`cargo test`) write the cases and their verdicts to
// `target/conformance`; it is their verdicts that are checked against the vectors' own.

import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { runScript } from './runtimes/processes.mjs'
import { answerOf, buildWorker, WITH_NODE } from './runtimes/workerd.mjs'

const target =
  process.env.CARGO_TARGET_DIR ?? fileURLToPath(new URL('../../target', import.meta.url))

const WHOLE = "import * as api from 'sessiongate'"

/** WebCrypto answers later and is asked by gates alone, so its part of the package is asked here. */
const SUBTLE = `
import { verdictOf } from './node_modules/sessiongate/dist/subtle.js'
import signatures from './wycheproof.mjs'
import { subtleVectors } from './suite/vectors-subtle.mjs'
console.log(JSON.stringify(await subtleVectors(verdictOf, signatures)))
`

/**
 * Every wasm build and engine in it: what to import, and the engine to ask for. The module for browsers
 * without SIMD is nowhere an entry of its own, so it is started by hand.
 */
const ENGINES = {
  kernels: { api: WHOLE, engine: 'wasm' },
  ring: { api: WHOLE, engine: 'ring' },
  scalar: {
    api: `
import { readFileSync } from 'node:fs'
import { boot } from './node_modules/sessiongate/dist/core.js'
import * as api from './node_modules/sessiongate/dist/index.js'
boot(new WebAssembly.Module(readFileSync('node_modules/sessiongate/dist/wasm/scalar.wasm')))`,
    engine: 'wasm',
  },
  host: { api: WHOLE, engine: 'host' },
  'host in bun': { api: WHOLE, engine: 'host', runtime: 'bun' },
  'host in deno': { api: WHOLE, engine: 'host', runtime: 'deno' },
  'host in workerd': { api: WHOLE, engine: 'host', runtime: 'workerd' },
  webcrypto: { source: SUBTLE },
  slim: { api: "import * as api from 'sessiongate/slim'", engine: 'wasm', isSlim: true },
}

const driver = ({ source, api, ...options }) =>
  source ??
  `
${api}
import signatures from './wycheproof.mjs'
import tokens from './jose.mjs'
import { vectors } from './suite/vectors.mjs'
console.log(JSON.stringify(await vectors(api, signatures, tokens, ${JSON.stringify(options)})))
`

/** Runs them, each engine in a process of its own. */
export async function vectors(app) {
  const signatures = exported('wycheproof.json')
  if (signatures === null) {
    throw new Error(
      'target/conformance/wycheproof.json is missing: run `cargo test` first, which writes it.',
    )
  }
  // The native run says where the files of the JOSE vectors are to be had, and takes its list away
  // when they are not there.
  const tokens = exported('jose.json')
  // As modules: Deno reads no other files.
  writeFileSync(join(app.folder, 'wycheproof.mjs'), `export default ${signatures}`)
  writeFileSync(join(app.folder, 'jose.mjs'), `export default ${tokens}`)
  const total = { passed: 0, failed: [] }
  for (const [name, engine] of Object.entries(ENGINES)) {
    const start = engine.runtime === 'workerd' ? inWorker : inProcess
    const { passed, failed } = await start(app, engine, name.replaceAll(' ', '-'))
    total.passed += passed
    total.failed.push(...failed.map((one) => ({ ...one, name: `${name}: ${one.name}` })))
  }
  return tokens === null ? { ...total, skipped: ['the JOSE files of Wycheproof'] } : total
}

function inProcess(app, { runtime = 'node', ...engine }, name) {
  const file = `vectors.${name}.driver.mjs`
  writeFileSync(join(app.folder, file), driver(engine))
  return runScript(runtime, app, file)
}

async function inWorker(app, { api, engine }, name) {
  const source = `
${api}
import { vectors } from './suite/vectors.mjs'
export default {
  fetch: async (request) => {
    const [signatures, tokens] = await request.json()
    return Response.json(await vectors(api, signatures, tokens, { engine: '${engine}' }))
  },
}
`
  const body = `[${exported('wycheproof.json')}, ${exported('jose.json')}]`
  const folder = await buildWorker(app, `vectors-${name}`, source, WITH_NODE)
  return answerOf(folder, { method: 'POST', body })
}

function exported(name) {
  const file = join(target, 'conformance', name)
  return existsSync(file) ? readFileSync(file, 'utf8') : null
}
