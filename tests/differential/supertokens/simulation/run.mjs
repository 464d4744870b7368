// All walks through one application.

import { Tally } from '../../report.mjs'
import { startApi } from './api.mjs'
import { explore, sizeOf } from './choices.mjs'
import { faultsOf, redirectsOf, restOf } from './rules.mjs'
import { walk } from './walk.mjs'

/** So many examples of a fault are kept, and of the fault that is asked for. */
const FEW = 1
const MANY = 40

/**
 * `{ name, states, walks, seconds, rests, lengths, faults }`; the last three as entries. `show` is a fault
 * to keep more examples of, `makeGate` another gate than ours.
 */
export async function runScenario(scenario, { show, makeGate } = {}) {
  const begin = performance.now()
  const [rests, lengths, faults] = [new Tally(), new Tally(), new Map()]
  let [states, walks] = [0, 0]
  startApi(scenario)
  await explore(scenario.dimensions, async (choices) => {
    const taken = await walk(scenario, choices, makeGate)
    states += choices.weight
    walks++
    rests.add(restOf(taken), choices.weight)
    lengths.add(`${redirectsOf(taken)}`, choices.weight)
    for (const fault of faultsOf(taken)) {
      const found = faults.get(fault) ?? { states: 0, examples: [] }
      found.states += choices.weight
      if (found.examples.length < (show === fault ? MANY : FEW)) {
        found.examples.push(exampleOf(scenario, choices, taken))
      }
      faults.set(fault, found)
    }
  })
  if (states !== sizeOf(scenario.dimensions)) {
    throw new Error(`${scenario.name}: ${states} of ${sizeOf(scenario.dimensions)} states`)
  }
  const seconds = ((performance.now() - begin) / 1000).toFixed(1)
  const entries = { rests: rests.rows, lengths: lengths.rows, faults: [...faults] }
  return { name: scenario.name, states, walks, seconds, ...entries }
}

/** What is needed to understand a walk. */
function exampleOf(scenario, choices, { browser, world }) {
  return {
    scenario: scenario.name,
    state: choices.toString(),
    way: browser.steps.map(({ method, url, response, how }) => {
      return `${how}: ${method} ${url} ${response.status}`
    }),
    decisions: world.decisions.map(({ reason, state }) => `${reason}/${state.detail ?? ''}`),
    calls: world.calls.map(({ by, what, status }) => `${by} ${what} ${status}`),
  }
}
