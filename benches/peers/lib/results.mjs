// What was measured, kept beside the page that shows it: a part that is measured again replaces its
// file, and the page is made of all of them.

import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { fileURLToPath } from 'node:url'

/** The folder of the plots and figures. */
export const FOLDER = new URL('../../../docs/benchmarks/', import.meta.url)

export function writeResults(name, results) {
  mkdirSync(FOLDER, { recursive: true })
  const whole = { measured: new Date().toISOString().slice(0, 10), machine: machine(), ...results }
  writeFileSync(file(name), `${JSON.stringify(whole, null, 1)}\n`)
}

/** Null for what was never measured. */
export function readResults(name) {
  return existsSync(file(name)) ? JSON.parse(readFileSync(file(name), 'utf8')) : null
}

function file(name) {
  return fileURLToPath(new URL(`${name}.json`, FOLDER))
}

function machine() {
  const all = cpus()
  return `${all.length} × ${all[0]?.model.trim() ?? 'unknown processor'}, Node ${process.versions.node}`
}
