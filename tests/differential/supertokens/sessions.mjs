// The same sessions made, found, changed, refreshed and ended by supertokens-node and by us.
//
//     node sessions.mjs [--count N] [--seed N] [--case N]
//
// Compared is what the core is asked, byte by byte, what the browser is told, in order, and what the
// application sees.

import { run } from '../pairs.mjs'
import { makeCase } from './session-cases.mjs'
import { DIFFERENCES, expected } from './session-differences.mjs'
import { askOurs } from './session-ours.mjs'
import { differing } from './session-outcome.mjs'
import { askPeer } from './session-peer.mjs'

await run({
  count: 5_000,
  kinds: ['session', 'refused', 'core fails', ...DIFFERENCES.map(({ name }) => name)],
  async compare(random, note) {
    const testCase = makeCase(random)
    const peer = await askPeer(testCase)
    const ours = await askOurs(testCase)
    for (const [index, step] of testCase.steps.entries()) {
      const { outcome, names } = await expected(testCase, index, peer, askPeer)
      for (const name of names) note(name)
      note(kindOf(outcome))
      const mismatches = differing(outcome, ours[index])
      if (mismatches.length > 0)
        return { step: step.do, mismatches, testCase: JSON.stringify(testCase) }
    }
  },
})
// Servers and connections of both sides are still there.
process.exit()

function kindOf({ throws, refused, status, result }) {
  if (throws !== undefined) return 'core fails'
  if (refused !== undefined || status > 200) return 'refused'
  return Array.isArray(result) && typeof result[0] === 'object' ? 'session' : 'answer'
}
