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

const DRIVER = `
import { readFileSync } from 'node:fs'
import * as api from 'sessiongate'
import { vectors } from './suite/vectors.mjs'
const read = (name) => JSON.parse(readFileSync(new URL(name, import.meta.url), 'utf8'))
console.log(JSON.stringify(await vectors(api, read('wycheproof.json'), read('jose.json'))))
`

/** Runs them in Node, in a process of its own. */
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
  writeFileSync(join(app.folder, 'vectors.driver.mjs'), DRIVER)
  const result = await runScript('node', app, 'vectors.driver.mjs')
  return tokens === null ? { ...result, skipped: ['the JOSE files of Wycheproof'] } : result
}

function exported(name) {
  const file = join(target, 'conformance', name)
  return existsSync(file) ? readFileSync(file) : null
}
