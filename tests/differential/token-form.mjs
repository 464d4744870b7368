// What is odd about the form of a token, seen without verifying anything, and how we refuse to read it.

import { decode } from './mint.mjs'

/**
 * Not the one spelling that RFC 4648 section 3.5 calls canonical, though the peer may read it. What
 * has not three parts is no token for anybody, whatever the parts are.
 */
export function isLooselyEncoded(token) {
  const parts = token.split('.')
  return parts.length === 3 && parts.some(isLoose)
}

/** Header or payload that is JSON, but no object. */
export function isNoObject(token) {
  const { header, payload } = decode(token) ?? { header: {}, payload: {} }
  return [header, payload].some((part) => part?.constructor !== Object)
}

/** JSON that names a member twice, at any depth. */
export function hasDuplicateMember(token) {
  return texts(token).some(isDuplicate)
}

/** Bytes that are no UTF-8, or a byte order mark. */
export function isLooseUtf8(token) {
  return (decode(token)?.bytes ?? []).some(isNoUtf8)
}

/** Lone surrogates, and numbers that JavaScript cannot hold. */
export function hasUnusualJson(token) {
  return texts(token).some(isUnusual)
}

/** The limits of the core for one token. */
const LIMITS = { token: 8 * 1024, header: 1024, kid: 256, depth: 8 }

/** Nested deeper, or larger, than the budget of the core. */
export function isOverBudget(token) {
  const { header, bytes } = decode(token) ?? {}
  const isLong = token.length > LIMITS.token || bytes?.[0].length > LIMITS.header
  return isLong || header?.kid?.length > LIMITS.kid || texts(token).some(isDeep)
}

/** A member of the header that changes how a token is to be read. */
export function hasForbiddenHeader(token) {
  const header = decode(token)?.header ?? {}
  return FORBIDDEN.some((name) => Object.hasOwn(Object(header), name))
}

const FORBIDDEN = ['crit', 'b64', 'zip']

/** A `kid` that is no text (RFC 7515 section 4.1.4). */
export function hasOddKeyIdType(token) {
  const { kid } = Object(decode(token)?.header)
  return kid !== undefined && typeof kid !== 'string'
}

/** The code with which we refuse to read a token, or null: the first fault in our order. */
export function refusalOf(token) {
  if (token.length > LIMITS.token) return 'token-too-large'
  const parts = token.split('.')
  if (parts.length !== 3) return null
  const [header, payload, signature] = parts
  return (
    encodingFault(header) ??
    headerFault(bytesOf(header)) ??
    encodingFault(payload) ??
    encodingFault(signature) ??
    jsonFault(bytesOf(payload))
  )
}

function headerFault(bytes) {
  if (bytes.length > LIMITS.header) return 'token-header-too-large'
  const fault = jsonFault(bytes)
  if (fault) return fault
  const header = JSON.parse(textOf(bytes))
  const forbidden = FORBIDDEN.find((name) => Object.hasOwn(header, name))
  if (forbidden) return `header-${forbidden}`
  const { kid = '' } = header
  if (typeof kid !== 'string') return 'header-member-type'
  return Buffer.byteLength(kid) > LIMITS.kid ? 'kid-too-long' : null
}

function jsonFault(bytes) {
  if (isNoUtf8(bytes)) return 'token-not-utf8'
  const text = textOf(bytes)
  if (!isJson(text) || isUnusual(text)) return 'token-not-json'
  if (isDuplicate(text)) return 'token-duplicate-member'
  if (isDeep(text)) return 'token-too-deep'
  return JSON.parse(text)?.constructor === Object ? null : 'token-not-object'
}

function encodingFault(part) {
  return isLoose(part) ? 'token-not-base64url' : null
}

function isLoose(part) {
  return part.includes('=') || bytesOf(part).toString('base64url') !== part
}

function isNoUtf8(bytes) {
  return !Buffer.from(textOf(bytes)).equals(bytes)
}

function isJson(text) {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

/** Every member of the text has to be found again in what was parsed. */
function isDuplicate(text) {
  const members = text.replace(/\\"/g, '').match(/"[^"]*"\s*:/g)?.length ?? 0
  return members > memberCount(JSON.parse(text))
}

function isUnusual(text) {
  const numbers = text.replace(/"(\\.|[^"\\])*"/g, '')
  return /\\ud[89a-f]/i.test(text) || /\d{17,}|\de[+\d-]/i.test(numbers)
}

function isDeep(text) {
  return depthOf(JSON.parse(text)) > LIMITS.depth
}

function texts(token) {
  return (decode(token)?.bytes ?? []).map(textOf)
}

function bytesOf(part) {
  return Buffer.from(part, 'base64url')
}

function textOf(bytes) {
  return new TextDecoder().decode(bytes)
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
