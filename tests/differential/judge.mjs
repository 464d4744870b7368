// Compares the answers to one case, and says by which listed differences they may differ.

import { compare } from './compare.mjs'
import { DIFFERENCES, isSilence, SILENCE } from './differences.mjs'
import { askPeer } from './peer.mjs'
import { restored } from './restate.mjs'

/** How many differences may come together in one case. */
const DEPTH = 3

/**
 * `{ used: [name…], mismatches: [{ field, peer, ours }…] }`; passed when there are no mismatches.
 * `ignored` is a regular expression of fields, see `compare`.
 */
export async function judge(testCase, peer, ours, ignored) {
  const all = compare(peer, ours, ignored)
  const mismatches = all.filter((mismatch) => !isSilence(mismatch))
  if (mismatches.length === 0) return { used: all.length > 0 ? [SILENCE] : [], mismatches }
  const hasSameCalls = !mismatches.some(({ field }) => field === 'calls')
  const context = { ours, ignored, hasSameCalls }
  const used = await explanation(context, { testCase, peer, used: [] })
  return used ? { used: used.map(({ name }) => name), mismatches: [] } : { used: [], mismatches }
}

/**
 * The differences by which the answers agree, or null. A case that was said otherwise may differ in
 * a further way, which is then looked for in the same manner.
 */
async function explanation(context, { testCase, peer, used }) {
  const mismatches = remaining(context, peer, used)
  if (mismatches.length === 0) return used
  const seen = { peer, ours: context.ours, testCase, mismatches }
  const applicable = DIFFERENCES.filter((difference) => {
    const { applies, when } = difference
    return !used.includes(difference) && applies(testCase) && (when === undefined || when(peer))
  })
  const accepted = applicable.find(({ accepts }) => accepts?.(seen))
  if (accepted) return [...used, accepted]
  if (used.length === DEPTH) return null
  for (const difference of applicable.filter(({ restate }) => restate)) {
    const said = difference.restate(testCase)
    const answer = restored(await askPeer(said), said.replaced ?? [])
    // A request that cannot even be made is no restatement.
    if (answer.throws && !peer.throws) continue
    const found = await explanation(context, {
      testCase: said,
      peer: answer,
      used: [...used, difference],
    })
    if (found) return found
  }
  return null
}

/** What is neither the same nor tolerated by the differences so far. */
function remaining({ ours, ignored, hasSameCalls }, peer, used) {
  const tolerated = new Set(used.flatMap(({ tolerates = [] }) => tolerates))
  return compare(peer, ours, ignored).filter((mismatch) => {
    // A call quotes the request, so it may be as it was before the request was restated.
    const isQuoted = mismatch.field === 'calls' && hasSameCalls
    return !isSilence(mismatch) && !tolerated.has(mismatch.field) && !isQuoted
  })
}
