// The run of a comparison with a peer: makes cases up or reads them, asks both sides, counts, and
// shows what does not fit as small as it can be made. What is compared with what, it is told.

import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { kindOf, printFailure, printTally, Tally } from './report.mjs'
import { shrink } from './shrink.mjs'

/** From so many cases on, every difference should have been needed. */
const LONG_RUN = 20_000

/** The options of the command line; `import.meta.url` of the caller is where `--against` begins. */
export function optionsOfRun() {
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
  return values
}

/**
 * Runs a comparison and sets the exit code of the process.
 *
 * `comparison`: `generate(seed, number, only)` and `areas`; `askPeer(case)` and `askOurs(case)`;
 * `judge(case, peer, ours, ignored)` to `{ used, mismatches }`; `names` of all listed differences;
 * `placesOf(peer)`, where an answer ended up; `isRequest(case)`; `smaller(case)`, see shrink.mjs;
 * `describe(case)`, lines that help to read a failing case.
 */
export async function runComparison(comparison, values) {
  if (values.only && !comparison.areas.includes(values.only)) {
    throw new Error(`There is no area ${values.only}, only ${comparison.areas.join(', ')}.`)
  }
  const run = new Run(comparison, values)
  console.log(values.case ? `cases of ${values.case}` : `seed ${values.seed}`)
  const begin = performance.now()
  for (const testCase of values.case ? readCases(values.case) : run.madeUpCases()) {
    await run.add(testCase)
  }
  const seconds = ((performance.now() - begin) / 1000).toFixed(1)
  await run.report(seconds)
  process.exitCode = run.counts.failed > 0 ? 1 : 0
}

class Run {
  counts = { passed: 0, failed: 0, skipped: 0 }
  #coverage = new Tally()
  #differences = new Tally()
  #failures = new Map()
  #comparison
  #values

  constructor(comparison, values) {
    this.#comparison = comparison
    this.#values = values
  }

  *madeUpCases() {
    const { count, seed, only } = this.#values
    for (let number = 0; number < Number(count); number++) {
      yield this.#comparison.generate(Number(seed), number, only)
    }
  }

  async add(testCase) {
    if (!this.#comparison.isRequest(testCase)) {
      this.counts.skipped++
      return
    }
    const { peer, ours, used, mismatches } = await this.#answers(testCase)
    for (const place of this.#comparison.placesOf(peer)) this.#coverage.add(place)
    for (const name of used) this.#differences.add(name)
    if (mismatches.length === 0) {
      this.counts.passed++
      return
    }
    this.counts.failed++
    const kind = this.#kindOf(mismatches, peer, ours)
    const failure = this.#failures.get(kind) ?? { kind, count: 0, testCase, mismatches }
    this.#failures.set(kind, { ...failure, count: failure.count + 1 })
  }

  async report(seconds) {
    const { names, describe } = this.#comparison
    printTally('What was covered, by the answer of the peer:', this.#coverage)
    printTally('Listed differences that were needed:', this.#differences)
    const unused = names.filter((name) => this.#differences.count(name) === 0)
    const isLong =
      this.counts.passed + this.counts.failed >= LONG_RUN && this.#differences.rows.length > 0
    if (isLong && unused.length > 0) console.log(`\nNever needed: ${unused.join(', ')}`)
    const kinds = [...this.#failures.values()].sort((a, b) => b.count - a.count)
    const shown = Number(this.#values.failures)
    for (const failure of kinds.slice(0, shown)) {
      const smallest = await this.#smallest(failure)
      printFailure({ ...smallest, lines: describe(smallest.testCase) })
    }
    for (const { count, kind } of kinds.slice(shown, shown + 40)) console.log(`${count} x ${kind}`)
    console.log(`\n${seconds} s`)
    const { passed, failed, skipped } = this.counts
    console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`)
  }

  async #answers(testCase) {
    const { askPeer, askOurs, judge } = this.#comparison
    const peer = await askPeer(testCase)
    const ours = await askOurs(testCase)
    return { peer, ours, ...(await judge(testCase, peer, ours, this.#values.ignore)) }
  }

  #kindOf(mismatches, peer, ours) {
    return (this.#comparison.kindOf ?? kindOf)(mismatches, peer, ours)
  }

  async #smallest(failure) {
    const { isRequest, smaller } = this.#comparison
    const fails = async (candidate) => {
      if (!isRequest(candidate)) return false
      const { peer, ours, mismatches } = await this.#answers(candidate)
      return mismatches.length > 0 && this.#kindOf(mismatches, peer, ours) === failure.kind
    }
    const testCase = await shrink(failure.testCase, fails, smaller)
    const { mismatches } = await this.#answers(testCase)
    return { ...failure, testCase, mismatches }
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
