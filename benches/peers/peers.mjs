// The package and its peers side by side.
//
//   node peers.mjs [--runtime NAME]… [--runs N] [--quick] [--no-write]
//
// Prints a table for each runtime and keeps the figures for the page (see page.mjs). A wrong answer of
// anybody ends it with an error.

import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { readResults, writeResults } from './lib/results.mjs'
import { median, rounded, summaryOf } from './lib/statistics.mjs'
import { digits, textTable } from './lib/table.mjs'
import { makeMaterial } from './material.mjs'
import { LENGTHS, tokensFor } from './rounds.mjs'
import { edge } from './runtimes/edge.mjs'
import { bun, deno, node } from './runtimes/processes.mjs'
import { workerd } from './runtimes/workerd.mjs'

const RUNTIMES = { node, deno, bun, workerd, 'edge-runtime': edge }
/** The contender that all others are compared with. */
const BASE = 'sessiongate checkSync'

const { values } = parseArgs({
  options: {
    runtime: { type: 'string', multiple: true },
    runs: { type: 'string' },
    quick: { type: 'boolean', default: false },
    'no-write': { type: 'boolean', default: false },
  },
})
const names = values.runtime ?? Object.keys(RUNTIMES)
const unknown = names.find((name) => !(name in RUNTIMES))
if (unknown !== undefined) {
  console.error(`There is no runtime ${unknown}. Known are: ${Object.keys(RUNTIMES).join(', ')}.`)
  process.exit(2)
}
const length = values.quick ? LENGTHS.quick : LENGTHS.full
const runs = Number(values.runs ?? (values.quick ? 1 : 3))

const core = await startCore()
const material = makeMaterial(tokensFor(length), { coreUrl: core.url })
core.jwks = material.session.jwks
const measured = {}
try {
  for (let run = 0; run < runs; run++) {
    for (const name of names) await measure(name)
  }
} finally {
  core.stop()
}
for (const name of names) print(name, measured[name])
if (!values['no-write']) {
  const known = readResults('peers')?.runtimes ?? {}
  writeResults('peers', { runtimes: { ...known, ...measured } })
}

async function measure(name) {
  const folder = mkdtempSync(join(tmpdir(), 'sessiongate-peers-'))
  try {
    const races = await RUNTIMES[name].run({ folder, material, length })
    measured[name] ??= { version: RUNTIMES[name].version(), runs: [] }
    measured[name].runs.push(races.map((race) => shortened(race, name === 'workerd')))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/**
 * A race with medians and spreads in place of all rounds. Ratios are the median of those of the
 * rounds; where times are differences of others, single rounds say little, and it is that of medians.
 */
function shortened({ field, name, results }, areDifferences = false) {
  const base = results.find((result) => result.name === BASE)
  const ratioOf = (us) =>
    areDifferences
      ? median(us) / median(base.us)
      : median(us.map((time, round) => time / base.us[round]))
  const short = ({ name, decides, isOurs, us }) => {
    return { name, decides, isOurs, us: summaryOf(us), ratio: rounded(ratioOf(us)) }
  }
  return { field, name, results: results.map(short) }
}

function print(name, { version, runs }) {
  const last = runs.at(-1)
  for (const { field, name: race, results } of last) {
    const rows = results.map(({ name, us: [middle, low, high], ratio }) => {
      return [name, digits(middle), `${digits(low)}–${digits(high)}`, digits(ratio)]
    })
    const head = [`${name} ${version}: ${field}, ${race}`, 'us', 'spread', `x ${BASE}`]
    console.log(textTable([head, ...rows]))
  }
}

/** What the kit of SuperTokens asks for the keys. */
async function startCore() {
  const core = { jwks: { keys: [] } }
  const server = createServer((_, response) => {
    response.setHeader('content-type', 'application/json').end(JSON.stringify(core.jwks))
  })
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
  core.url = `http://127.0.0.1:${server.address().port}`
  core.stop = () => {
    server.closeAllConnections()
    server.close()
  }
  return core
}
