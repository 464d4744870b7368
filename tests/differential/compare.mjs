// Where two outcomes differ.

import { isDeepStrictEqual } from 'node:util'

/** `[{ field, peer, ours }]`, empty when they are the same. `ignored` is a regular expression. */
export function compare(peer, ours, ignored) {
  const mismatches = mismatchesOf(peer, ours)
  const pattern = ignored && new RegExp(`^(${ignored})`)
  return pattern ? mismatches.filter(({ field }) => !pattern.test(field)) : mismatches
}

function mismatchesOf(peer, ours) {
  if (peer.throws || ours.throws) return differing('throws', peer.throws, ours.throws, isSameThrow)
  return [
    ...['status', 'reason', 'message', 'tokenType', 'token'].flatMap((field) => {
      return differing(field, peer[field], ours[field])
    }),
    ...differing('location', locationOf(peer), locationOf(ours)),
    ...differing('setCookies', peer.setCookies, ours.setCookies),
    ...membersDiffering('headers', peer.headers, ours.headers),
    ...membersDiffering('auth', peer.auth, ours.auth),
    ...membersDiffering('has', peer.has, ours.has),
    ...differing('calls', peer.calls, ours.calls),
  ]
}

/** A URL in its parts: the query in its order, everything decoded once. */
export function locationOf({ location }) {
  if (location === null || location === undefined) return null
  if (!URL.canParse(location)) return { invalid: location }
  const { protocol, host, username, password, pathname, hash, searchParams } = new URL(location)
  return { protocol, host, username, password, pathname, hash, query: [...searchParams] }
}

/** Where the members of two objects differ; an absent one and `null` count as the same. */
export function membersDiffering(name, peer, ours) {
  const members = new Set([...Object.keys(peer), ...Object.keys(ours)])
  return [...members].flatMap((member) => {
    return differing(`${name}.${member}`, peer[member] ?? null, ours[member] ?? null)
  })
}

/** `[{ field, peer, ours }]`, or nothing when both are the same. */
export function differing(field, peer, ours, isSame = isDeepStrictEqual) {
  return isSame(peer, ours) ? [] : [{ field, peer: peer ?? null, ours: ours ?? null }]
}

/**
 * What is thrown is a matter of each side's own wording, but ours is about an option. A regular
 * expression is what is expected of our message.
 */
function isSameThrow(peer, ours) {
  if (peer instanceof RegExp) return peer.test(ours ?? '')
  return peer === ours || Boolean(peer && ours?.startsWith('ConfigError provider.'))
}
