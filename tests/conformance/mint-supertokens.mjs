// Access tokens of SuperTokens in every version, right and wrong; as deterministic as all others.

import { base64url, compact, jwk, NOW, signer, T } from './mint.mjs'

/** The names of keys as the core gives them: `d-` with a time for rotating keys, `s-` for the static one. */
export const KID = {
  dynamic: 'd-1749000000000',
  static: 's-2de612a5-a5ba-413e-9216-4c43e2e78c86',
}
const KEYS = { dynamic: 'rsa-2048-a', static: 'rsa-2048-b' }

/** The public key of this name; `members` are other ones. */
export const publicKey = (name, members = {}) => jwk(KEYS[name], { kid: KID[name], ...members })

/** What the API serves at `/auth/jwt/jwks.json`. */
export const JWKS = { keys: [publicKey('dynamic'), publicKey('static')] }

/** The claims of a session, in the order in which the core writes them. */
export const claims = (changes = {}) => ({
  iat: T - 10,
  exp: T + 3600,
  sub: 'u1',
  tId: 'public',
  rsub: 'r1',
  sessionHandle: 'h1',
  refreshTokenHash1: 'hash-1',
  parentRefreshTokenHash1: null,
  antiCsrfToken: null,
  iss: 'https://api.example.com/auth',
  ...changes,
})

/** The header that the core writes; `undefined` leaves a member out. */
export const header = (changes = {}) => ({
  kid: KID.dynamic,
  typ: 'JWT',
  version: '5',
  alg: 'RS256',
  ...changes,
})

/** A token of version 5 with other claims, or of another version or kind. */
export function token(changes = {}, { version = '5', key = 'dynamic', head = {}, ...rest } = {}) {
  return signed(header({ version, kid: KID[key], ...head }), claims(changes), { key, ...rest })
}

/**
 * A token of exactly this header and payload, which may be texts. `alg` and `key` say how it is
 * signed, whatever the header says.
 */
export function signed(head, payload, { key = 'dynamic', alg = 'RS256' } = {}) {
  const sign = alg === 'none' ? () => '' : signer(alg, KEYS[key] ?? key)
  return compact(head, payload, sign)
}

/** The claims of versions 1 and 2, with their times in ms. */
export const legacyClaims = (changes = {}) => ({
  sessionHandle: 'h1',
  userId: 'u1',
  refreshTokenHash1: 'hash-1',
  userData: { plan: 'pro' },
  expiryTime: NOW + 3_600_000,
  timeCreated: NOW - 10_000,
  ...changes,
})

/** The headers of versions 1 and 2, which are compared as texts. */
export const LEGACY_HEADER = {
  1: base64('{"alg":"RS256","typ":"JWT","version":"1"}'),
  2: base64('{"alg":"RS256","typ":"JWT","version":"2"}'),
}

/** A token of version 2: standard base64 throughout, and no `kid`. */
export function legacyToken(changes = {}, { head = LEGACY_HEADER[2], key = 'dynamic' } = {}) {
  return legacySigned(legacyClaims(changes), { head, key })
}

/** The same with any payload, which may be a text. */
export function legacySigned(payload, { head = LEGACY_HEADER[2], key = 'dynamic' } = {}) {
  const input = `${head}.${base64(typeof payload === 'string' ? payload : JSON.stringify(payload))}`
  return `${input}.${base64(signer('RS256', KEYS[key])(Buffer.from(input)))}`
}

/** A token in another text, signed as it stands there: `encode` writes header and payload. */
export function written(encode, changes = {}) {
  const [head, body] = [header(), claims(changes)].map((part) => JSON.stringify(part))
  const input = `${encode(head, 'header')}.${encode(body, 'payload')}`
  return `${input}.${base64url(signer('RS256', KEYS.dynamic)(Buffer.from(input)))}`
}

/** Standard base64 with padding. */
export function base64(data) {
  return Buffer.from(data).toString('base64')
}

/** The payload of another token under header and signature of this one. */
export function swapped(one, other) {
  const [head, , signature] = one.split('.')
  return [head, other.split('.')[1], signature].join('.')
}
