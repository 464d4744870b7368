// How long the first verified decision takes in a fresh process, isolate or page.
//
//   node size.mjs [--json] [--runs N] [--runtime NAME]
//
// `firstDecisionMs` is the time from importing the package to the decision. Where a clock inside is
// of no use (workerd freezes it) it is what a fresh server needs for its first answer, less what one
// with an empty worker needs. `wallMs` and `emptyMs` are those two times as seen from outside, with
// the start of the process. All are medians of interleaved runs.

import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { createApp } from './app.mjs'
import { PREPARE, round } from './first-decision.mjs'

const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    runs: { type: 'string', default: '7' },
    runtime: { type: 'string', multiple: true },
  },
})
const runs = Number(values.runs)
if (!Number.isInteger(runs) || runs < 5) {
  console.error('--runs must be a whole number of at least 5')
  process.exit(2)
}

const names = values.runtime ?? Object.keys(PREPARE)
const unknown = names.find((name) => !(name in PREPARE))
if (unknown !== undefined) {
  console.error(`There is no runtime ${unknown}. Known are: ${Object.keys(PREPARE).join(', ')}.`)
  process.exit(2)
}

const app = createApp()
const prepared = []
try {
  // One case and not all of them: reading the others would be measured as well.
  const one = (await import(join(app.folder, 'cases.mjs'))).cases.find(
    ({ name }) => name === 'signed in by cookie',
  )
  writeFileSync(join(app.folder, 'one.mjs'), `export const one = ${JSON.stringify(one)}\n`)
  for (const name of names) {
    prepared.push({ name, samples: [], ...(await PREPARE[name](app)) })
  }
  for (let round = 0; round < runs; round++) {
    for (const { run, samples } of prepared) samples.push(await run())
  }
} finally {
  for (const { stop } of prepared) await stop?.()
  app.remove()
}
report(prepared.map(summary))

function summary({ name, version, samples }) {
  const times = (key) => {
    const numbers = samples.map((sample) => sample[key])
    return numbers.includes(undefined) ? {} : { [key]: { median: median(numbers), runs: numbers } }
  }
  const { wallMs } = times('wallMs')
  const { emptyMs } = times('emptyMs')
  const first = times('firstDecisionMs').firstDecisionMs ?? {
    median: round(wallMs.median - emptyMs.median),
    runs: samples.map((sample) => round(sample.wallMs - sample.emptyMs)),
  }
  return { runtime: name, version, firstDecisionMs: first, wallMs, emptyMs }
}

function report(results) {
  if (values.json) {
    console.log(JSON.stringify(results, null, 2))
    return
  }
  for (const { runtime, version, firstDecisionMs, wallMs, emptyMs } of results) {
    const outside = wallMs ? ` (outside: ${wallMs.median} ms, empty ${emptyMs.median} ms)` : ''
    console.log(
      `${runtime} ${version}: first decision after ${firstDecisionMs.median} ms${outside}`,
    )
  }
}

function median(numbers) {
  const sorted = [...numbers].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[middle] : round((sorted[middle - 1] + sorted[middle]) / 2)
}
