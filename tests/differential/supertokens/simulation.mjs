// Walks through every state of a visitor, the API, the keys and the core, and follows all redirects.
//
//     node simulation.mjs [--only name] [--show fault] [--workers N]
//
// The browser keeps cookies as browsers do (tough-cookie) and runs the real kit of SuperTokens on the pages
// that have it; the API is supertokens-node itself. What must hold stands in simulation/rules.mjs, and the
// applications and states in simulation/scenarios.mjs. There is no chance in it: each run is the same.

import { availableParallelism } from 'node:os'
import { parseArgs } from 'node:util'
import { Worker } from 'node:worker_threads'
import { printTally, Tally } from '../report.mjs'
import { SCENARIOS } from './simulation/scenarios.mjs'

const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    show: { type: 'string' },
    workers: { type: 'string', default: `${availableParallelism()}` },
  },
})
const begin = performance.now()
const rests = new Tally()
const lengths = new Tally()
const faults = new Map()
const counts = { states: 0, walks: 0 }

const names = SCENARIOS.map(({ name }) => name)
const queue = names.filter((name) => !values.only || name.includes(values.only))
if (queue.length === 0) throw new Error(`No scenario is called ${values.only}: ${names.join('; ')}`)
const workers = Math.min(Number(values.workers), queue.length)
await Promise.all(Array.from({ length: workers }, work))
report()

/** Has one thread take scenarios until none is left. */
function work() {
  const worker = new Worker(new URL('./simulation/worker.mjs', import.meta.url))
  return new Promise((resolve, reject) => {
    const next = () => {
      const name = queue.shift()
      if (name === undefined) resolve(worker.terminate())
      else worker.postMessage({ name, show: values.show })
    }
    worker.on('error', reject)
    worker.on('message', (result) => {
      add(result)
      next()
    })
    next()
  })
}

function add(result) {
  const { name, states, walks, seconds } = result
  counts.states += states
  counts.walks += walks
  for (const [rest, number] of result.rests) rests.add(rest, number)
  for (const [length, number] of result.lengths) lengths.add(length, number)
  for (const [fault, { states, examples }] of result.faults) {
    const found = faults.get(fault) ?? { states: 0, examples: [] }
    found.states += states
    found.examples.push(...examples)
    faults.set(fault, found)
  }
  const [all, taken] = [states, walks].map((number) => String(number).padStart(8))
  console.log(`${all} states in ${taken} walks, ${seconds.padStart(5)} s: ${name}`)
}

function report() {
  printTally('Redirects until rest', lengths)
  printTally('Where they rest', rests)
  for (const [fault, { states, examples }] of faults) {
    console.log(`\n${states} states: the walk ${fault}`)
    for (const example of examples) console.log(JSON.stringify(example, null, 1))
  }
  const seconds = ((performance.now() - begin) / 1000).toFixed(1)
  const broken = [...faults.values()].reduce((sum, { states }) => sum + states, 0)
  console.log(`\n${counts.states} states in ${counts.walks} walks, ${broken} faults, ${seconds} s`)
  process.exitCode = broken > 0 ? 1 : 0
}
