// What is odd about an access token, seen without verifying anything.

import { createRequire } from 'node:module'
import { LEGACY_HEADERS } from './mint.mjs'
import { lookInto } from './strict-json.mjs'

const require = createRequire(import.meta.url)
const session = 'supertokens-node/lib/build/recipe/session'
const { parseJWTWithoutSignatureVerification } = require(`${session}/jwt.js`)
const { validateAccessTokenStructure } = require(`${session}/accessToken.js`)

const LEGACY = new Set(Object.values(LEGACY_HEADERS))

/** Bytes of a token, of its header, and of its `kid`; depth and members of its JSON. */
const BUDGET = { token: 8192, header: 1024, kid: 256, depth: 8, members: 512 }

/** `{ version, kid, payload }` as the peer takes a token for one of its own, or null. */
export function readByPeer(token) {
  try {
    const { version, kid, payload, header } = parseJWTWithoutSignatureVerification(token)
    validateAccessTokenStructure(payload, version)
    return { version, kid, payload, header: isLegacy(token) ? {} : JSON.parse(bytesOf(header)) }
  } catch {
    return null
  }
}

export function isLegacy(token) {
  return LEGACY.has(token.split('.')[0])
}

/**
 * Not the one spelling of its bytes: base64url without padding, or standard base64 with it. The
 * signature is not looked at where the header is refused.
 */
export function isLooselyEncoded(token) {
  const alphabet = isLegacy(token) ? 'base64' : 'base64url'
  const parts = token.split('.').slice(0, hasExtension(token) || hasOddName(token) ? 2 : undefined)
  return parts.some((part) => bytesOf(part).toString(alphabet) !== part)
}

/** Larger, deeper or of more members than the budget of the core. */
export function isOverBudget(token) {
  const [header] = token.split('.')
  if (Buffer.byteLength(token) > BUDGET.token || bytesOf(header).length > BUDGET.header) return true
  return looks(token).some(({ depth, members }) => depth > BUDGET.depth || members > BUDGET.members)
}

/** A member that occurs twice in one object, at any depth. */
export const hasTwins = (token) => looks(token).some(({ hasTwins }) => hasTwins)

/** Bytes that are not UTF-8. */
export const isNotUtf8 = (token) => looks(token).some(({ isUtf8 }) => !isUtf8)

/** Half a character. */
export const hasLoneSurrogate = (token) => looks(token).some((look) => look.hasLoneSurrogate)

/** A number beyond those that JavaScript has. */
export const hasHugeNumber = (token) => looks(token).some(({ hasHugeNumber }) => hasHugeNumber)

/** A version that is written unlike those that there are. */
export function hasOddVersion(token) {
  const { header } = readByPeer(token) ?? {}
  return header?.version !== undefined && !['3', '4', '5'].includes(header.version)
}

/** Version 4 or 5 without the name of a tenant. */
export function hasNoTenant(token) {
  const { version, payload } = readByPeer(token) ?? {}
  return version >= 4 && typeof payload.tId !== 'string'
}

/** Version 2 with null in the place of its claims. */
export function hasNullForClaims(token) {
  const { version, payload } = readByPeer(token) ?? {}
  return version === 2 && payload.userData === null
}

/** A header with a `kid` or a `cty` that is no text, or a `kid` beyond the budget. */
export function hasOddName(token) {
  const { header } = readByPeer(token) ?? {}
  const isOdd = (name) => header?.[name] !== undefined && typeof header[name] !== 'string'
  return isOdd('kid') || isOdd('cty') || Buffer.byteLength(String(header?.kid)) > BUDGET.kid
}

/** A member of the header that changes how a token is to be read. */
export function hasExtension(token) {
  const { header } = readByPeer(token) ?? {}
  return ['crit', 'b64', 'zip'].some((name) => Object.hasOwn(header ?? {}, name))
}

/** Signed in another way than all access tokens are. */
export function hasOtherAlgorithm(token) {
  const { header, version } = readByPeer(token) ?? {}
  return version >= 3 && header.alg !== 'RS256'
}

/** What a strict reader sees in header and payload. */
function looks(token) {
  return token
    .split('.')
    .slice(0, 2)
    .map((part) => lookInto(bytesOf(part)))
}

/** As generous as the peer's reader. */
function bytesOf(part) {
  return Buffer.from(part, 'base64')
}
