// What was measured, kept beside the page that shows it: a part that is measured again replaces its
// file, and the page is made of all of them.

import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { fileURLToPath } from 'node:url'

/** The folder of the figures and plots. */
export const FOLDER = new URL('../../../docs/benchmarks/', import.meta.url)

/** Keeps the figures of a run, counted from 1. */
export function keepRun(name, run, figures) {
  mkdirSync(FOLDER, { recursive: true })
  const runs = run > 1 ? (readResults(name)?.runs.slice(0, run - 1) ?? []) : []
  const whole = { measured: new Date().toISOString().slice(0, 10), machine: machine() }
  const text = JSON.stringify({ ...whole, runs: [...runs, figures] }, null, 1)
  // Lists of plain numbers stay on one line.
  const short = text.replace(
    /\[\s+([-\d.,\s]+?)\s+\]/g,
    (_, list) => `[${list.replace(/\s+/g, ' ')}]`,
  )
  writeFileSync(file(name), `${short}\n`)
}

/** `{ measured, machine, runs }`, or null for what was never measured. */
export function readResults(name) {
  return existsSync(file(name)) ? JSON.parse(readFileSync(file(name), 'utf8')) : null
}

function file(name) {
  return fileURLToPath(new URL(`${name}.json`, FOLDER))
}

function machine() {
  const all = cpus()
  return `${all.length} × ${all[0]?.model.trim() ?? 'unknown processor'}`
}
