// What is odd about a token, seen without verifying anything.

import { decode } from './mint.mjs'

/** Not the one spelling that RFC 4648 section 3.5 calls canonical, though the peer may read it. */
export function isLooselyEncoded(token) {
  return token.split('.').some((part) => {
    return part.includes('=') || Buffer.from(part, 'base64url').toString('base64url') !== part
  })
}

/** Header or payload that is JSON, but no object. */
export function isNoObject(token) {
  const { header, payload } = decode(token) ?? { header: {}, payload: {} }
  return [header, payload].some((part) => part?.constructor !== Object)
}

/** JSON that names a member twice, at any depth. */
export function hasDuplicateMember(token) {
  return texts(token).some((text) => {
    // Every member of the text has to be found again in what was parsed.
    const members = text.replace(/\\"/g, '').match(/"[^"]*"\s*:/g)?.length ?? 0
    return members > memberCount(JSON.parse(text))
  })
}

/** Bytes that are no UTF-8, or a byte order mark. */
export function isLooseUtf8(token) {
  return (decode(token)?.bytes ?? []).some((bytes) => {
    return !Buffer.from(new TextDecoder().decode(bytes)).equals(bytes)
  })
}

/** Lone surrogates, and numbers that JavaScript cannot hold. */
export function hasUnusualJson(token) {
  return texts(token).some((text) => {
    const numbers = text.replace(/"(\\.|[^"\\])*"/g, '')
    return /\\ud[89a-f]/i.test(text) || /\d{17,}|\de[+\d-]/i.test(numbers)
  })
}

/** Nested deeper, or larger, than the budget of the core. */
export function isOverBudget(token) {
  const { header, bytes } = decode(token) ?? {}
  const isLong = token.length > 8192 || bytes?.[0].length > 1024 || header?.kid?.length > 256
  return isLong || texts(token).some((text) => depthOf(JSON.parse(text)) > 8)
}

/** A member of the header that changes how a token is to be read. */
export function hasForbiddenHeader(token) {
  const header = decode(token)?.header ?? {}
  return ['crit', 'b64', 'zip'].some((name) => Object.hasOwn(Object(header), name))
}

/** A `kid` that is no text (RFC 7515 section 4.1.4). */
export function hasOddKeyIdType(token) {
  const { kid } = Object(decode(token)?.header)
  return kid !== undefined && typeof kid !== 'string'
}

/** The last second that JavaScript's dates reach. */
export const LAST_DATE = 8.64e12

/** Times that are no whole seconds since the epoch, or beyond all dates; by the claim's name. */
export function oddTimes(token) {
  const payload = Object(decode(token)?.payload)
  return ['exp', 'nbf', 'iat'].filter((name) => {
    const value = payload[name]
    // The peer compares `iat` with `__client_uat` whatever it is.
    if (typeof value !== 'number') return name === 'iat' && value !== undefined
    return !Number.isSafeInteger(value) || value < 0 || value > LAST_DATE
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
  const types = { sid: 'string', sts: 'string', fva: 'object', act: 'object', org_id: 'string' }
  return Object.keys(types).filter((name) => {
    const value = payload[name] ?? null
    return value !== null && typeof value !== types[name]
  })
}

export function hasOddClaimType(token) {
  return oddTypes(token).length > 0
}

/** Scopes of a machine that are not written as they should be. */
export function hasOddScopes(token) {
  const { scopes, scope, scp, aud } = Object(decode(token)?.payload)
  const texts = [scopes, scope].filter((value) => value !== undefined)
  const lists = [scp, scopes === undefined ? aud : undefined].filter((value) => value !== undefined)
  const isText = (value) => typeof value === 'string'
  return !texts.every(isText) || !lists.every(Array.isArray)
}

/** No `kid`, or one that the peer finds where no key is: among what every object inherits. */
export function hasOddKeyId(token) {
  const { kid } = Object(decode(token)?.header)
  return kid === undefined || kid === '' || (typeof kid === 'string' && kid in {})
}

/** Features from which the peer cannot tell the permissions. */
export function hasMalformedFeatures(token) {
  const { v, o, fea } = Object(decode(token)?.payload)
  const isOdd = (value) => value !== undefined && value !== null && typeof value !== 'string'
  const isMalformed = typeof fea === 'string' && fea !== '' && /(^|,)[^:,]*(,|$)/.test(fea)
  return v === 2 && Boolean(o) && (isMalformed || [fea, o.per, o.fpm].some(isOdd))
}

function texts(token) {
  return (decode(token)?.bytes ?? []).map((bytes) => new TextDecoder().decode(bytes))
}

function memberCount(value) {
  if (typeof value !== 'object' || value === null) return 0
  const own = Array.isArray(value) ? 0 : Object.keys(value).length
  return Object.values(value).reduce((sum, member) => sum + memberCount(member), own)
}

function depthOf(value) {
  if (typeof value !== 'object' || value === null) return 0
  return 1 + Math.max(0, ...Object.values(value).map(depthOf))
}
