// A run of random cases for one function: what the peer says, what we say, which listed difference
// excuses them.

import { parseArgs } from 'node:util'
import { Random } from './random.mjs'
import { Tally } from './report.mjs'

/** A run goes on past its count until everything was seen, to so many times the count. */
const PATIENCE = 20

/**
 * Compares `count` cases, and more where some of `kinds` were not seen in them. `compare(random, note)`
 * makes one case up and gives what is wrong with it, or nothing; `note(name)` counts a listed difference
 * or a kind of answer.
 */
export async function run({ count, kinds, compare }) {
  const { values } = parseArgs({
    options: {
      count: { type: 'string', default: `${count}` },
      seed: { type: 'string', default: `${Date.now() % 1_000_000}` },
      case: { type: 'string' },
    },
  })
  console.log(`seed ${values.seed}`)
  const isOne = values.case !== undefined
  const found = await compareCases({
    seed: Number(values.seed),
    first: Number(values.case ?? 0),
    count: isOne ? 1 : Number(values.count),
    kinds: isOne ? [] : kinds,
    compare,
  })
  report(found, isOne ? 1 : Number(values.count))
}

/**
 * `{ cases, tally, wrong, missing }`: how many cases were compared, what was noted, number and findings
 * of those that are wrong, and the kinds that did not occur.
 */
export async function compareCases({ seed, first, count, kinds, compare }) {
  const tally = new Tally()
  const wrong = []
  const missing = () => kinds.filter((kind) => tally.count(kind) === 0)
  // What is rare may need luck to be seen; that it is seen must not. What is wrong already is wrong.
  const isWanting = () => wrong.length === 0 && missing().length > 0
  let cases = 0
  while (cases < count || (cases < count * PATIENCE && isWanting())) {
    const number = first + cases
    const found = await compare(new Random(seed, number), (name) => tally.add(name))
    if (found) wrong.push({ number, ...found })
    cases++
  }
  return { cases, tally, wrong, missing: missing() }
}

function report({ cases, tally, wrong, missing }, count) {
  for (const failure of wrong.slice(0, 10)) console.log(JSON.stringify(failure, null, 2))
  for (const [name, number] of tally.rows) console.log(`${String(number).padStart(8)}  ${name}`)
  if (missing.length > 0) console.log(`Never seen: ${missing.join(', ')}`)
  const more = cases - count
  const rest = more > 0 ? ` (${count} asked for, ${more} more to see every kind)` : ''
  console.log(`${cases} cases${rest}, ${wrong.length} wrong`)
  process.exitCode = wrong.length + missing.length > 0 ? 1 : 0
}
