// Runs the suite of the npm package in every runtime.
//
//   node run.mjs                   everything
//   node run.mjs --runtime NAME    one of: node, deno, bun, workerd, edge-runtime, chromium, builds,
//                                  unit, vectors, testers
//
// Prints one line for each and a closing line; the exit code is 1 when anything failed.

import { parseArgs } from 'node:util'
import { createApp } from './app.mjs'
import { builds } from './runtimes/builds.mjs'
import { chromium } from './runtimes/chromium.mjs'
import { edge } from './runtimes/edge.mjs'
import { bun, deno, node } from './runtimes/processes.mjs'
import { testers } from './runtimes/testers.mjs'
import { workerd } from './runtimes/workerd.mjs'
import { unit } from './unit.mjs'
import { vectors } from './vectors.mjs'

// The browser waits for its page, so it goes before the machine is busy.
const RUNTIMES = {
  chromium,
  vectors,
  unit,
  testers,
  node,
  deno,
  bun,
  workerd,
  'edge-runtime': edge,
  builds,
}
/** More would only take time from each other. */
const AT_ONCE = 3

const { values } = parseArgs({ options: { runtime: { type: 'string', multiple: true } } })
const names = values.runtime ?? Object.keys(RUNTIMES)
const unknown = names.find((name) => !(name in RUNTIMES))
if (unknown !== undefined) {
  console.error(`There is no runtime ${unknown}. Known are: ${Object.keys(RUNTIMES).join(', ')}.`)
  process.exit(2)
}

const app = createApp()
const total = { passed: 0, failed: 0, skipped: 0 }
try {
  const waiting = [...names]
  await Promise.all(Array.from({ length: AT_ONCE }, () => work(waiting)))
} finally {
  app.remove()
}
console.log(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`)
process.exitCode = total.failed > 0 ? 1 : 0

/** Takes one after the other, as long as there are any. */
async function work(waiting) {
  for (let name = waiting.shift(); name !== undefined; name = waiting.shift()) await runOne(name)
}

async function runOne(name) {
  const {
    passed,
    failed,
    skipped = [],
  } = await RUNTIMES[name](app).catch((error) => ({
    passed: 0,
    failed: [{ name: 'start', why: String(error.stack) }],
  }))
  total.passed += passed
  total.failed += failed.length
  total.skipped += skipped.length
  console.log(`${name}: ${passed} passed, ${failed.length} failed`)
  for (const check of skipped) console.log(`  skipped: ${check}`)
  for (const { name: check, why } of failed.slice(0, 20)) console.log(`  ${check}\n    ${why}`)
}
