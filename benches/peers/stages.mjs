// Reads what `cargo bench --bench stages` prints, which is for people.
//
//   node stages.mjs FILE [--run N]

import { readFileSync } from 'node:fs'
import { optionsOf } from './lib/options.mjs'

/** Microseconds in each unit. */
const UNITS = { ps: 1e-6, ns: 1e-3, µs: 1, ms: 1e3, s: 1e6 }

const options = optionsOf()
const stages = read(readFileSync(options.positionals[0], 'utf8'))
if (stages.length === 0) throw new Error('no stage has a time: did the table change its form?')
console.log(`${stages.length} stages read`)
options.keep('stages', { stages })

/** Lines of a tree: a branch has its name alone, a leaf its fastest, slowest, median and mean time. */
function read(text) {
  const found = []
  let branch = ''
  for (const line of text.split('\n')) {
    const leaf = /^(│?)\s*[├╰]─ (\S+)\s+([\d.]+ \S+)\s+│ ([\d.]+ \S+)\s+│ ([\d.]+ \S+)\s+│/.exec(
      line,
    )
    const name = /^[├╰]─ (\S+)/.exec(line)?.[1]
    if (leaf === null) {
      if (name !== undefined) branch = `${name} `
      continue
    }
    if (name !== undefined) branch = ''
    const [fastest, slowest, median] = leaf.slice(3).map(microseconds)
    found.push({ name: `${branch}${leaf[2]}`, fastest, slowest, median })
  }
  return found
}

function microseconds(text) {
  const [value, unit] = text.split(' ')
  return Number((Number(value) * UNITS[unit]).toPrecision(4))
}
