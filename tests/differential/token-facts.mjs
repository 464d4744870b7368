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

/** A time that is a number, but not one of whole seconds since the epoch. */
export function isOddTime(value) {
  return typeof value === 'number' && !(Number.isSafeInteger(value) && value >= 0)
}

export function hasOddTime(token) {
  const { exp, nbf, iat } = Object(decode(token)?.payload)
  return [exp, nbf, iat].some(isOddTime)
}

/** An audience that is neither a string nor a list of strings. */
export function hasOddAudience(token) {
  const aud = decode(token)?.payload?.aud
  const isList = Array.isArray(aud) && aud.every((entry) => typeof entry === 'string')
  return aud !== undefined && typeof aud !== 'string' && !isList
}

/** A claim whose value is not of the type that the Auth object has for it. */
export function hasOddClaimType(token) {
  const payload = Object(decode(token)?.payload)
  const types = { sid: 'string', sts: 'string', fva: 'object', act: 'object', org_id: 'string' }
  return Object.entries(types).some(([name, type]) => {
    return payload[name] !== undefined && payload[name] !== null && typeof payload[name] !== type
  })
}

/** Scopes of a machine that are no text. */
export function hasOddScopes(token) {
  const { scopes, scope, scp } = Object(decode(token)?.payload)
  return (
    [scopes, scope].some((value) => value !== undefined && typeof value !== 'string') ||
    (scp !== undefined && !Array.isArray(scp))
  )
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
