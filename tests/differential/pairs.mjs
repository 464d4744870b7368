// A run of random cases for one function: what the peer says, what we say, which listed difference
// excuses them.

import { parseArgs } from 'node:util'
import { Random } from './random.mjs'
import { Tally } from './report.mjs'

/**
 * Compares `count` cases. `compare(random, note)` makes one case up and gives what is wrong with it,
 * or nothing; `note(name)` counts a listed difference or a kind of answer.
 */
export async function run({ count, kinds, compare }) {
  const { values } = parseArgs({
    options: {
      count: { type: 'string', default: `${count}` },
      seed: { type: 'string', default: `${Date.now() % 1_000_000}` },
      case: { type: 'string' },
    },
  })
  const [seed, first] = [Number(values.seed), Number(values.case ?? 0)]
  const last = values.case === undefined ? Number(values.count) : first + 1
  console.log(`seed ${seed}`)
  const tally = new Tally()
  const wrong = []
  for (let number = first; number < last; number++) {
    const found = await compare(new Random(seed, number), (name) => tally.add(name))
    if (found) wrong.push({ number, ...found })
  }
  for (const failure of wrong.slice(0, 10)) console.log(JSON.stringify(failure, null, 2))
  for (const [name, number] of tally.rows) console.log(`${String(number).padStart(8)}  ${name}`)
  const missing = values.case ? [] : kinds.filter((kind) => tally.count(kind) === 0)
  if (missing.length > 0) console.log(`Never seen: ${missing.join(', ')}`)
  console.log(`${last - first} cases, ${wrong.length} wrong`)
  process.exitCode = wrong.length + missing.length > 0 ? 1 : 0
}
