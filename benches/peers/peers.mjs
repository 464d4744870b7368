// The package and its peers side by side.
//
//   node peers.mjs [--runtime NAME]… [--quick] [--run N]
//
// Prints a table for each race. A wrong answer of anybody ends it with an error.

import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { optionsOf } from './lib/options.mjs'
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

const options = optionsOf({ runtime: { type: 'string', multiple: true } })
const names = options.runtime ?? Object.keys(RUNTIMES)
const unknown = names.find((name) => !(name in RUNTIMES))
if (unknown !== undefined) {
  console.error(`There is no runtime ${unknown}. Known are: ${Object.keys(RUNTIMES).join(', ')}.`)
  process.exit(2)
}
const length = options.quick ? LENGTHS.quick : LENGTHS.full

const core = await startCore()
const material = makeMaterial(tokensFor(length), { coreUrl: core.url })
core.jwks = material.session.jwks
try {
  for (const name of names) await measure(name)
} finally {
  core.stop()
}

async function measure(name) {
  const folder = mkdtempSync(join(tmpdir(), 'sessiongate-peers-'))
  try {
    const finished = await RUNTIMES[name].run({ folder, material, length })
    const races = finished.map((race) => shortened(race, name === 'workerd'))
    const version = RUNTIMES[name].version()
    print(`${name} ${version}`, races)
    options.keep(`peers-${name}`, { version, races })
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

function print(runtime, races) {
  for (const { field, name, results } of races) {
    const rows = results.map(({ name, us: [middle, low, high], ratio }) => {
      return [name, digits(middle), `${digits(low)}–${digits(high)}`, digits(ratio)]
    })
    const head = [`${runtime}: ${field}, ${name}`, 'us', 'spread', `x ${BASE}`]
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
