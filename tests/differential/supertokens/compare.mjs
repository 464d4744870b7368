// Where the answers of the two sides differ.

import { differing, membersDiffering } from '../compare.mjs'

/**
 * `[{ field, peer, ours }]`, empty when they are the same: one answer for each request of a case.
 * `ignored` is a regular expression of fields.
 */
export function compare(peer, ours, ignored) {
  const all = peer.flatMap((outcome, index) => {
    const prefix = peer.length > 1 ? `${index}.` : ''
    return mismatchesOf(outcome, ours[index]).map((mismatch) => {
      return { ...mismatch, field: prefix + mismatch.field }
    })
  })
  const pattern = ignored && new RegExp(`^(\\d+\\.)?(${ignored})`)
  return pattern ? all.filter(({ field }) => !pattern.test(field)) : all
}

function mismatchesOf(peer, ours) {
  const calls = differing('calls', peer.calls, ours.calls)
  if (peer.throws || ours.throws) {
    return [...differing('throws', peer.throws, ours.throws, isSameFailure), ...calls]
  }
  return [
    ...['verdict', 'status', 'body'].flatMap((name) => differing(name, peer[name], ours[name])),
    ...differing('setCookies', peer.setCookies, ours.setCookies),
    ...membersDiffering('headers', peer.headers, ours.headers),
    ...sessionsDiffering(peer.session, ours.session),
    ...calls,
  ]
}

function sessionsDiffering(peer, ours) {
  if (peer === null || ours === null) return differing('session', peer, ours, isBoth)
  return membersDiffering('session', peer, ours)
}

/** We throw what the peer throws, or a fault of an option that a difference foretells. */
function isSameFailure(peer, ours) {
  return /^(Config|Core)Error/.test(peer) ? ours?.startsWith(peer) === true : peer === ours
}

function isBoth(peer, ours) {
  return Boolean(peer) === Boolean(ours)
}
