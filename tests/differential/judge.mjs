// Compares the answers to one case, and says by which listed differences they may differ.

import { compare } from './compare.mjs'
import { DIFFERENCES, EVERYWHERE } from './differences.mjs'
import { askPeer } from './peer.mjs'
import { restored } from './restate.mjs'

/** How many differences may come together in one case. */
const DEPTH = 3

/**
 * `{ used: [name…], mismatches: [{ field, peer, ours }…] }`; passed when there are no mismatches.
 * `ignored` is a regular expression of fields, see `compare`.
 */
export async function judge(testCase, peer, ours, ignored) {
  const mismatches = compare(peer, ours, ignored)
  if (mismatches.length === 0) return { used: [], mismatches }
  const isMet = (expected) => compare(expected, ours, ignored).length === 0
  const used = await explanation({ testCase, isMet }, start(testCase, peer))
  return used ? { used, mismatches: [] } : { used: [], mismatches }
}

/** The peer's answer before any difference is looked at. */
export function start(testCase, answer) {
  return { testCase, answer, steps: [] }
}

/** One difference further: the case as it is said then, and the peer's answer to that. */
export async function next({ testCase, answer, steps }, difference) {
  const taken = [...steps, { difference, testCase, before: answer }]
  if (!difference.restate) return { testCase, answer, steps: taken }
  const said = difference.restate(testCase)
  return {
    testCase: said,
    answer: restored(await askPeer(said), said.replaced ?? []),
    steps: taken,
  }
}

/**
 * `{ expected, everywhere }`: what we have to answer, and the differences besides the steps that say
 * so. The last step speaks first, because it was asked last.
 */
export function expectation(testCase, { answer, steps }) {
  const said = steps.reduceRight((sum, { difference, ...step }) => {
    // An exception is no answer that could be said in other words.
    const isFinal = sum.throws instanceof RegExp || (sum.throws && difference.restate)
    return isFinal ? sum : (difference.expect?.(sum, step) ?? sum)
  }, answer)
  if (said.throws) return { expected: said, everywhere: [] }
  return EVERYWHERE.reduce(
    ({ expected, everywhere }, { name, expect }) => {
      const changed = expect(expected, testCase)
      return changed === expected
        ? { expected, everywhere }
        : { expected: changed, everywhere: [...everywhere, name] }
    },
    { expected: said, everywhere: [] },
  )
}

/** Whether a difference has anything to say here. */
export function isApplicable({ applies, when }, { testCase, answer }) {
  return applies(testCase) && (when === undefined || when(answer))
}

/**
 * The names of the differences by which our answer is the expected one, or null. A case that was
 * said otherwise may differ in a further way, which is then looked for in the same manner.
 */
async function explanation(context, state) {
  const { expected, everywhere } = expectation(context.testCase, state)
  const used = state.steps.map(({ difference }) => difference)
  if (context.isMet(expected)) return [...used.map(({ name }) => name), ...everywhere]
  if (used.length === DEPTH) return null
  for (const difference of DIFFERENCES) {
    if (used.includes(difference) || !isApplicable(difference, state)) continue
    const found = await explanation(context, await next(state, difference))
    if (found) return found
  }
  return null
}
