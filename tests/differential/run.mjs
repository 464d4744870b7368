// Sends the same random requests to @clerk/backend and to us, and compares the answers.
//
//     node run.mjs [--count N] [--seed N] [--only area]
//                  [--case file]      one case, as a failed run prints it ("-": standard input)
//                  [--against file]   another module with `askOurs`; `./peer.mjs` checks the harness
//                  [--ignore regexp]  fields that are not compared for once, as in "has|calls"
//                  [--failures N]     how many kinds of failures are shown (10)

import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { DIFFERENCES, EVERYWHERE } from './differences.mjs'
import { AREA_NAMES, generate } from './generate.mjs'
import { judge } from './judge.mjs'
import { askPeer } from './peer.mjs'
import { kindOf, placeOf, printFailure, printTally, Tally } from './report.mjs'
import { shrink } from './shrink.mjs'

const { values } = parseArgs({
  options: {
    count: { type: 'string', default: '2000' },
    seed: { type: 'string', default: `${Date.now() % 1_000_000}` },
    only: { type: 'string' },
    case: { type: 'string' },
    against: { type: 'string', default: './ours.mjs' },
    failures: { type: 'string', default: '10' },
    ignore: { type: 'string' },
  },
})
if (values.only && !AREA_NAMES.includes(values.only)) {
  throw new Error(`There is no area ${values.only}, only ${AREA_NAMES.join(', ')}.`)
}
/** From so many cases on, every difference should have been needed. */
const LONG_RUN = 20_000
const side = await import(new URL(values.against, import.meta.url).href)
const askOurs = side.askOurs ?? side.askPeer

const coverage = new Tally()
const differences = new Tally()
const failures = new Map()
const counts = { passed: 0, failed: 0, skipped: 0 }

const cases = values.case ? readCases(values.case) : madeUpCases()
console.log(values.case ? `cases of ${values.case}` : `seed ${values.seed}`)
const begin = performance.now()
for (const testCase of cases) await run(testCase)
const seconds = ((performance.now() - begin) / 1000).toFixed(1)
await report()
process.exitCode = counts.failed > 0 ? 1 : 0

async function run(testCase) {
  if (!isRequest(testCase)) {
    counts.skipped++
    return
  }
  const { peer, ours, used, mismatches } = await answers(testCase)
  coverage.add(placeOf(peer))
  for (const name of used) differences.add(name)
  if (mismatches.length === 0) {
    counts.passed++
    return
  }
  counts.failed++
  const kind = kindOf(mismatches, peer, ours)
  const failure = failures.get(kind) ?? { kind, count: 0, testCase, mismatches }
  failures.set(kind, { ...failure, count: failure.count + 1 })
}

async function answers(testCase) {
  const peer = await askPeer(testCase)
  const ours = await askOurs(testCase)
  return { peer, ours, ...(await judge(testCase, peer, ours, values.ignore)) }
}

/** Whether there can be such a request at all. */
function isRequest({ method, url, headers }) {
  try {
    return Boolean(new Request(url, { method, headers }))
  } catch {
    return false
  }
}

function* madeUpCases() {
  for (let number = 0; number < Number(values.count); number++) {
    yield generate(Number(values.seed), number, values.only)
  }
}

/** One case per line. */
function readCases(file) {
  const text = readFileSync(file === '-' ? 0 : file, 'utf8')
  return text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
}

async function report() {
  printTally('What was covered, by the answer of the peer:', coverage)
  printTally('Listed differences that were needed:', differences)
  const names = [...EVERYWHERE, ...DIFFERENCES].map(({ name }) => name)
  const unused = names.filter((name) => differences.count(name) === 0)
  const isLong = counts.passed + counts.failed >= LONG_RUN && differences.rows.length > 0
  if (isLong && unused.length > 0) console.log(`\nNever needed: ${unused.join(', ')}`)
  const kinds = [...failures.values()].sort((a, b) => b.count - a.count)
  for (const failure of kinds.slice(0, Number(values.failures)))
    printFailure(await smallest(failure))
  const hidden = kinds.slice(Number(values.failures))
  for (const { count, kind } of hidden.slice(0, 40)) console.log(`${count} x ${kind}`)
  console.log(`\n${seconds} s`)
  console.log(`${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`)
}

async function smallest(failure) {
  const testCase = await shrink(failure.testCase, async (candidate) => {
    if (!isRequest(candidate)) return false
    const { peer, ours, mismatches } = await answers(candidate)
    return mismatches.length > 0 && kindOf(mismatches, peer, ours) === failure.kind
  })
  const { mismatches } = await answers(testCase)
  return { ...failure, testCase, mismatches }
}
