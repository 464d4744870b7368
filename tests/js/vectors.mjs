// The published test vectors, through the npm package: the same verdicts as the native core.
//
// The native conformance tests (`cargo test`) write the cases and their verdicts to
// `target/conformance`; it is their verdicts that are checked against the vectors' own.

import { readFileSync, writeFileSync } from 'node:fs'
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
export function vectors(app) {
  for (const name of ['wycheproof.json', 'jose.json']) {
    writeFileSync(join(app.folder, name), exported(name))
  }
  writeFileSync(join(app.folder, 'vectors.driver.mjs'), DRIVER)
  return runScript('node', app, 'vectors.driver.mjs')
}

function exported(name) {
  try {
    return readFileSync(join(target, 'conformance', name))
  } catch {
    throw new Error(
      `target/conformance/${name} is missing: run \`cargo test\` first, which writes it.`,
    )
  }
}
