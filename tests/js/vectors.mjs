// The published test vectors, through the npm package: the same verdicts as the native core.
//
// The native conformance tests (`cargo test`) write the cases and their verdicts to
// `target/conformance`; it is their verdicts that are checked against the vectors' own.

import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { runScript } from './runtimes/processes.mjs'

const target =
  process.env.CARGO_TARGET_DIR ?? fileURLToPath(new URL('../../target', import.meta.url))

/**
 * Every wasm build and engine in it: what to import, and the engine to ask for. The module for browsers
 * without SIMD is nowhere an entry of its own, so it is started by hand.
 */
const ENGINES = {
  kernels: { api: "import * as api from 'sessiongate'", engine: 'wasm' },
  ring: { api: "import * as api from 'sessiongate'", engine: 'ring' },
  scalar: {
    api: `
import { boot } from './node_modules/sessiongate/dist/core.js'
import * as api from './node_modules/sessiongate/dist/index.js'
boot(new WebAssembly.Module(readFileSync('node_modules/sessiongate/dist/wasm/scalar.wasm')))`,
    engine: 'wasm',
  },
  slim: { api: "import * as api from 'sessiongate/slim'", engine: 'wasm', isSlim: true },
}

const driver = ({ api, ...options }) => `
import { readFileSync } from 'node:fs'
${api}
import { vectors } from './suite/vectors.mjs'
const read = (name) => JSON.parse(readFileSync(new URL(name, import.meta.url), 'utf8'))
const [signatures, tokens] = [read('wycheproof.json'), read('jose.json')]
console.log(JSON.stringify(await vectors(api, signatures, tokens, ${JSON.stringify(options)})))
`

/** Runs them in Node, each engine in a process of its own. */
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
  writeFileSync(join(app.folder, 'wycheproof.json'), signatures)
  writeFileSync(join(app.folder, 'jose.json'), tokens ?? 'null')
  const total = { passed: 0, failed: [] }
  for (const [name, engine] of Object.entries(ENGINES)) {
    const file = `vectors.${name}.driver.mjs`
    writeFileSync(join(app.folder, file), driver(engine))
    const { passed, failed } = await runScript('node', app, file)
    total.passed += passed
    total.failed.push(...failed.map((one) => ({ ...one, name: `${name}: ${one.name}` })))
  }
  return tokens === null ? { ...total, skipped: ['the JOSE files of Wycheproof'] } : total
}

function exported(name) {
  const file = join(target, 'conformance', name)
  return existsSync(file) ? readFileSync(file) : null
}
