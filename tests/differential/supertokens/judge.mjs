// What we must answer to a case, and whether we do.

import { compare } from './compare.mjs'
import { DIFFERENCES } from './differences.mjs'
import { withOurKeys, withoutKeys } from './key-differences.mjs'
import { askPeer } from './peer.mjs'

/**
 * `{ used: [name…], mismatches: [{ field, peer, ours }…] }`; `peer` in a mismatch is what we must
 * answer. `used` names the differences without which that would be something else.
 */
export async function judge(testCase, peer, ours, ignored) {
  const { outcomes, used } = await expected(testCase, peer, ours)
  const mismatches = compare(outcomes, ours, ignored)
  return { used: mismatches.length === 0 ? used : [], mismatches }
}

/** What we must answer to each request, and the names of the differences that made it so. */
export async function expected(testCase, peer, ours) {
  const steps = new Steps(peer)
  const applicable = []
  const sayings = [{ name: null, said: testCase }]
  for (const difference of DIFFERENCES) {
    const { said } = sayings.at(-1)
    if (!difference.applies(said)) continue
    applicable.push(difference)
    if (difference.restate) sayings.push({ name: difference.name, said: difference.restate(said) })
  }
  const { said } = sayings.at(-1)
  if (sayings.length > 1) await takeSayings(steps, sayings.slice(1))
  const keys = await withOurKeys(said)
  if (keys.said !== said) {
    const answers = await askPeer(keys.said)
    steps.take(
      keys.used,
      answers.map((answer, index) => withoutKeys(answer, keys.troubles[index])),
    )
  }
  for (const { name, expect, beside } of applicable.filter((difference) => difference.expect)) {
    const others = beside ? await askPeer(beside(keys.said)) : []
    const changed = steps.outcomes.map((outcome, index) => {
      const request = testCase.requests[index]
      return expect(outcome, { request, testCase, ours: ours[index], beside: others[index] })
    })
    steps.take([name], changed)
  }
  return { outcomes: steps.outcomes, used: [...steps.used] }
}

/** The last saying counts; those before are asked only to know which of them were needed. */
async function takeSayings(steps, sayings) {
  const last = await askPeer(sayings.at(-1).said)
  if (compare(steps.outcomes, last).length > 0) {
    for (const { name, said } of sayings.slice(0, -1)) steps.take([name], await askPeer(said))
  }
  steps.take([sayings.at(-1).name], last)
}

/** From the peer's own answers to those that we must give. */
class Steps {
  used = new Set()

  constructor(outcomes) {
    this.outcomes = outcomes
  }

  /** The answers after one more difference, which counts if it changed anything. */
  take(names, outcomes) {
    if (compare(this.outcomes, outcomes).length > 0) for (const name of names) this.used.add(name)
    this.outcomes = outcomes
  }
}
