// `exp`, `nbf` and `iat` at their boundaries, and in every wrong shape.

import { allowed, bearer, call, clerk, denied, one, RULE } from '../frame.mjs'
import { compact, mint, session, signer, T, withRaw } from '../mint.mjs'

const api = (name, token, expect, provider = clerk()) =>
  one(name, provider, call('/api/me', bearer(token)), expect)
const at = (claims) => mint(session(claims))

/** A token whose `exp` is written exactly so. */
const rawExp = (text) => {
  const { exp, ...claims } = session()
  const header = { alg: 'RS256', kid: 'rsa-2048-a', typ: 'JWT' }
  return compact(header, withRaw(claims, `"exp":${text}`), signer('RS256', 'rsa-2048-a'))
}

const REFRESH = 'session-token-expired-refresh-non-eligible-no-refresh-cookie'
const expired = denied(RULE.api, REFRESH, 'token-expired')
const early = denied(RULE.api, 'session-token-nbf', 'token-not-active-yet')
const future = denied(RULE.api, 'session-token-iat-in-the-future', 'token-iat-in-the-future')
const wrong = (detail) => denied(RULE.api, 'token-verification-failed', detail)

export const times = [
  api('expired 4 s ago, within the skew', at({ exp: T - 4 }), allowed(RULE.api)),
  api('expired 5 s ago', at({ exp: T - 5 }), expired),
  api('valid from in 5 s, within the skew', at({ nbf: T + 5 }), allowed(RULE.api)),
  api('valid from in 6 s', at({ nbf: T + 6 }), early),
  api('issued in 5 s, within the skew', at({ iat: T + 5 }), allowed(RULE.api)),
  api('issued in 6 s', at({ iat: T + 6 }), future),
  api('no skew: expires now', at({ exp: T }), expired, clerk({ clockSkewInMs: 0 })),
  api(
    'no skew: expires in 1 s',
    at({ exp: T + 1 }),
    allowed(RULE.api),
    clerk({ clockSkewInMs: 0 }),
  ),
  api('no skew: valid from now', at({ nbf: T }), allowed(RULE.api), clerk({ clockSkewInMs: 0 })),
  api('a minute of skew', at({ exp: T - 59 }), allowed(RULE.api), clerk({ clockSkewInMs: 60_000 })),
  api(
    'times are optional but for the expiry',
    at({ nbf: undefined, iat: undefined }),
    allowed(RULE.api),
  ),
  api('no expiry', at({ exp: undefined }), wrong('exp-missing')),
  api('the expiry is a string', at({ exp: String(T + 50) }), wrong('exp-invalid')),
  api('the expiry has a fraction', at({ exp: T + 0.5 }), wrong('exp-invalid')),
  api('the expiry is written with an exponent', rawExp('1.8e9'), wrong('exp-invalid')),
  api(
    'the expiry is beyond every number',
    rawExp('1e400'),
    denied(RULE.api, 'token-invalid', 'token-not-json'),
  ),
  api('the expiry is negative', at({ exp: -1 }), wrong('exp-invalid')),
  api('the expiry is beyond 2^53', rawExp('9007199254740993'), wrong('exp-invalid')),
  api('the expiry is beyond 2^64', rawExp('18446744073709551617'), wrong('exp-invalid')),
  api('the expiry is null', at({ exp: null }), wrong('exp-invalid')),
  api('the start is a string', at({ nbf: '0' }), wrong('nbf-invalid')),
  api('the time of issue is an array', at({ iat: [T] }), wrong('iat-invalid')),
]
