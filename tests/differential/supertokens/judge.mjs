// What we must answer to a case, and whether we do.

import { compare } from './compare.mjs'
import { DIFFERENCES } from './differences.mjs'
import { withoutKeys, withOurKeys } from './key-differences.mjs'
import { askPeer } from './peer.mjs'

/**
 * `{ used: [name…], mismatches: [{ field, peer, ours }…] }`; `peer` in a mismatch is what we must
 * answer. `used` names the differences that apply, where the peer's own answer is another.
 */
export async function judge(testCase, peer, ours, ignored) {
  const { outcomes, names } = await expected(testCase, peer, ours)
  const mismatches = compare(outcomes, ours, ignored)
  const isNeeded = mismatches.length === 0 && compare(peer, ours, ignored).length > 0
  return { used: isNeeded ? names : [], mismatches }
}

/** What we must answer to each request, and the names of the differences that went into it. */
async function expected(testCase, peer, ours) {
  const applicable = []
  let said = testCase
  for (const difference of DIFFERENCES) {
    if (!difference.applies(said)) continue
    applicable.push(difference)
    said = difference.restate?.(said) ?? said
  }
  const keys = await withOurKeys(said)
  const answers = keys.said === testCase ? peer : await askPeer(keys.said)
  const outcomes = answers.map((answer, index) => {
    const request = testCase.requests[index]
    const expecting = applicable.filter(({ expect }) => expect)
    return expecting.reduce(
      (outcome, { expect }) => expect(outcome, request, testCase, ours[index]),
      withoutKeys(answer, keys.troubles[index]),
    )
  })
  return { outcomes, names: [...applicable.map(({ name }) => name), ...keys.used] }
}
