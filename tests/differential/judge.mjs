// Compares the answers to one case, and says by which listed differences they may differ.

import { compare } from './compare.mjs'
import { DIFFERENCES, isSilence, SILENCE } from './differences.mjs'
import { askPeer } from './peer.mjs'
import { restored } from './restate.mjs'

/** `{ used: [name…], mismatches: [{ field, peer, ours }…] }`; passed when there are none. */
export async function judge(testCase, peer, ours) {
  const all = compare(peer, ours)
  const mismatches = all.filter((mismatch) => !isSilence(mismatch))
  if (mismatches.length === 0) return { used: all.length > 0 ? [SILENCE] : [], mismatches }
  const applicable = DIFFERENCES.filter(({ applies, when }) => {
    return applies(testCase) && (when === undefined || when(peer))
  })
  const seen = { peer, ours, testCase, mismatches }
  const accepted = applicable.find(({ accepts }) => accepts?.(seen))
  if (accepted) return { used: [accepted.name], mismatches: [] }
  const used = await explanation(testCase, applicable, peer, ours)
  return used ? { used, mismatches: [] } : { used: [], mismatches }
}

/** The names of the differences that, said otherwise, make the peer agree; null if none do. */
async function explanation(testCase, applicable, peer, ours) {
  const able = applicable.filter(({ restate }) => restate)
  const attempts = able.map((one) => [one])
  if (able.length > 1) attempts.push(able)
  for (const attempt of attempts) {
    if (await agrees(testCase, attempt, applicable, peer, ours)) {
      return attempt.map(({ name }) => name)
    }
  }
  return null
}

async function agrees(testCase, attempt, applicable, peer, ours) {
  const tolerated = new Set(attempt.flatMap(({ tolerates = [] }) => tolerates))
  const said = attempt.reduce((current, { restate }) => restate(current), testCase)
  const answer = restored(await askPeer(said), said.replaced ?? [])
  // A request that cannot even be made is no restatement.
  if (answer.throws && !peer.throws) return false
  const mismatches = compare(answer, ours).filter((mismatch) => !isSilence(mismatch))
  // A call quotes the request, so it may be as it was before the request was restated.
  const before = new Set(compare(peer, ours).map(({ field }) => field))
  const isExplained = ({ field }) =>
    tolerated.has(field) || (field === 'calls' && !before.has(field))
  if (mismatches.every(isExplained)) return true
  const seen = { peer: answer, ours, testCase: said, mismatches }
  return applicable.some(({ accepts }) => accepts?.(seen))
}
