// What is odd about the claims of a token, seen without verifying anything.

import { decode } from './mint.mjs'

/** The last second that JavaScript's dates reach. */
export const LAST_DATE = 8.64e12

/**
 * The names of the times that are numbers, but no whole seconds since the epoch, or that lie beyond
 * all dates, where `exp` does no harm.
 */
export function oddTimes(token) {
  const payload = Object(decode(token)?.payload)
  return ['exp', 'nbf', 'iat'].filter((name) => {
    const value = payload[name]
    if (typeof value !== 'number') return false
    return !Number.isSafeInteger(value) || value < 0 || (value > LAST_DATE && name !== 'exp')
  })
}

export function hasOddTime(token) {
  return oddTimes(token).length > 0
}

/** An audience that is neither a string nor a list of strings. */
export function hasOddAudience(token) {
  const aud = decode(token)?.payload?.aud
  const isText = (entry) => typeof entry === 'string'
  const isList = Array.isArray(aud) && aud.every(isText) && aud.some((entry) => entry !== '')
  return aud !== undefined && !(isText(aud) && aud !== '') && !isList
}

/** Claims whose values are not of the type that the Auth object has for them. */
export function oddTypes(token) {
  const payload = Object(decode(token)?.payload)
  const types = { sid: 'string', sts: 'string', fva: 'object', org_id: 'string' }
  return Object.keys(types).filter((name) => {
    const value = payload[name] ?? null
    return value !== null && typeof value !== types[name]
  })
}

export function hasOddClaimType(token) {
  return oddTypes(token).length > 0
}

/** Whether the token says of itself that it is an OAuth access token, or one of a machine. */
export function isAccessToken(token) {
  return ['at+jwt', 'application/at+jwt'].includes(decode(token)?.header?.typ) && !isMachine(token)
}

export function isMachine(token) {
  const { sub } = Object(decode(token)?.payload)
  return typeof sub === 'string' && sub.startsWith('mch_')
}

/** Scopes of a machine or a client that are neither words in a text nor a list of texts. */
export function hasOddScopes(token) {
  const { scopes, scope, scp, aud } = Object(decode(token)?.payload)
  const [text, list] = isMachine(token) ? [scopes, aud] : [scope, scp]
  const isText = (value) => typeof value === 'string'
  const isList = Array.isArray(list) && list.every(isText)
  return !(text === undefined || isText(text)) || !(list === undefined || isList)
}

/** No `kid`, or one that the peer finds where no key is: among what every object inherits. */
export function hasOddKeyId(token) {
  const { header } = decode(token) ?? {}
  if (header?.constructor !== Object) return false
  const { kid } = header
  return kid === undefined || kid === '' || (typeof kid === 'string' && kid in {})
}

/** Features from which the peer cannot tell the permissions. */
export function hasMalformedFeatures(token) {
  const { v, o, fea } = Object(decode(token)?.payload)
  const isOdd = (value) => value !== undefined && value !== null && typeof value !== 'string'
  const isMalformed = typeof fea === 'string' && fea !== '' && /(^|,)[^:,]*(,|$)/.test(fea)
  return v === 2 && Boolean(o) && (isMalformed || [fea, o.per, o.fpm].some(isOdd))
}
