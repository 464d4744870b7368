// Keys that are given, and keys that are fetched: when, from where, how often.

import {
  call,
  cookies,
  JWKS_URL,
  ok,
  one,
  sequence,
  tryRefresh,
  unavailable,
} from '../../frame-supertokens.mjs'
import { jwk, T } from '../../mint.mjs'
import {
  claims,
  header,
  JWKS,
  KID,
  legacyToken,
  publicKey,
  signed,
  token,
} from '../../mint-supertokens.mjs'

/** Good for a day. */
const GOOD = call(cookies(token({ exp: T + 86_400 })))
const UNKNOWN = call(cookies(signed(header({ kid: 'd-1' }), claims())))
const FORGED = call(cookies(token({}, { key: 'static', head: header() })))

const given = (name, keys, expect, request = GOOD) =>
  one(`key set: ${name}`, request, expect, { options: { jwks: { keys } } })

const sets = [
  given('two keys', JWKS.keys, ok()),
  given(
    'a key without algorithm and use',
    [publicKey('dynamic', { alg: undefined, use: undefined })],
    ok(),
  ),
  given('key_ops with verify', [publicKey('dynamic', { key_ops: ['verify'] })], ok()),
  given('keys of other types beside it', [jwk('p256'), jwk('ed25519'), ...JWKS.keys], ok()),
  given(
    'two keys of one name',
    [publicKey('dynamic'), publicKey('static', { kid: KID.dynamic })],
    tryRefresh('kid-ambiguous'),
  ),
  given(
    'a key for encryption',
    [publicKey('dynamic', { use: 'enc' }), publicKey('static')],
    tryRefresh('jwk-unusable'),
  ),
  given(
    'a key to sign with',
    [publicKey('dynamic', { key_ops: ['sign'] }), publicKey('static')],
    tryRefresh('jwk-unusable'),
  ),
  given(
    'a key of 1024 bits',
    [jwk('rsa-1024', { kid: KID.dynamic }), publicKey('static')],
    tryRefresh('jwk-unusable'),
  ),
  given(
    'a key of another type',
    [jwk('p256', { kid: KID.dynamic }), publicKey('static')],
    tryRefresh('jwk-unusable'),
  ),
  given(
    'a key for another algorithm',
    [publicKey('dynamic', { alg: 'RS512' }), publicKey('static')],
    tryRefresh('jwk-unusable'),
  ),
]

const reply = (body, cacheControl) => ({
  status: 200,
  headers: cacheControl === undefined ? [] : [['cache-control', cacheControl]],
  body: typeof body === 'string' ? body : JSON.stringify(body),
})
const REMOTE = { options: { jwks: undefined } }
const steps = (name, replies, ...list) =>
  sequence(`keys: ${name}`, list, { ...REMOTE, replies: { [JWKS_URL]: replies } })
const asking = (expect) => ({
  ...expect,
  asked: [{ method: 'GET', url: JWKS_URL, headers: {}, body: null }],
})
const silent = (expect) => ({ ...expect, asked: [] })

const OLD = { keys: [publicKey('static')] }
const NEW = token({}, { key: 'static', head: { kid: 'd-1750000000000' } })
const ROTATED = { keys: [publicKey('dynamic'), publicKey('static', { kid: 'd-1750000000000' })] }
const MINUTE = 60_000
const HOUR = 60 * MINUTE

const fetches = [
  steps(
    'fetched once',
    reply(JWKS),
    [0, GOOD, asking(ok())],
    [1, GOOD, silent(ok())],
    [MINUTE, GOOD, silent(ok())],
  ),
  steps('not fetched without a token', reply(JWKS), [0, call(), { outcome: 'deny', asked: [] }]),
  steps('not fetched for what is no access token', reply(JWKS), [
    0,
    call(cookies('x.y.z')),
    { outcome: 'deny', asked: [] },
  ]),
  steps('not fetched for an algorithm that is refused', reply(JWKS), [
    0,
    call(cookies(signed(header({ alg: 'none' }), claims(), { alg: 'none' }))),
    silent(tryRefresh('alg-none')),
  ]),
  steps(
    'a bad signature fetches nothing',
    reply(JWKS),
    [0, GOOD, asking(ok())],
    [MINUTE, FORGED, silent(tryRefresh('token-invalid-signature'))],
  ),
  steps(
    'an unknown kid fetches again, but not within the cool-down; the peer waits half a second',
    reply(JWKS),
    [0, GOOD, asking(ok())],
    [29_999, UNKNOWN, silent(tryRefresh('key-not-found'))],
    [30_000, UNKNOWN, asking(tryRefresh('key-not-found'))],
    [30_001, UNKNOWN, silent(tryRefresh('key-not-found'))],
    [59_999, UNKNOWN, silent(tryRefresh('key-not-found'))],
    [60_000, UNKNOWN, asking(tryRefresh('key-not-found'))],
  ),
  steps(
    'a key that is new is found',
    [reply(OLD), reply(ROTATED)],
    [0, call(cookies(token({}, { key: 'static' }))), asking(tryRefresh('signing-key-mismatch'))],
    [MINUTE, call(cookies(NEW)), asking(ok())],
    [MINUTE + 1, GOOD, silent(ok())],
  ),
  steps(
    'a key that is gone counts no longer',
    [reply(JWKS), reply(OLD)],
    [0, GOOD, asking(ok())],
    [MINUTE, UNKNOWN, asking(tryRefresh('key-not-found'))],
    [MINUTE + 1, GOOD, silent(tryRefresh('key-not-found'))],
  ),
  steps(
    'the answer says how long it is good for',
    [reply(JWKS, 'max-age=3600, must-revalidate'), reply(OLD)],
    [0, GOOD, asking(ok())],
    [HOUR - 1, GOOD, silent(ok())],
    [HOUR, GOOD, asking(tryRefresh('key-not-found'))],
  ),
  steps(
    'no answer is good for more than four hours',
    [reply(JWKS, 'public, max-age=604800'), reply(OLD)],
    [0, GOOD, asking(ok())],
    [4 * HOUR - 1, GOOD, silent(ok())],
    [4 * HOUR, GOOD, asking(tryRefresh('key-not-found'))],
  ),
  steps(
    'without a word it is good for five minutes',
    [reply(JWKS), reply(OLD)],
    [0, GOOD, asking(ok())],
    [5 * MINUTE - 1, GOOD, silent(ok())],
    [5 * MINUTE, GOOD, asking(tryRefresh('key-not-found'))],
  ),
  steps(
    'an answer that is good for a second is not fetched each second',
    reply(JWKS, 'max-age=1'),
    [0, GOOD, asking(ok())],
    [29_999, GOOD, silent(ok())],
    [30_000, GOOD, asking(ok())],
  ),
  steps(
    'version 2 names no key and fetches nothing but the set',
    reply(JWKS),
    [0, call(cookies(legacyToken())), asking(ok({ recipeUserId: 'u1' }))],
    [MINUTE, call(cookies(legacyToken())), silent(ok({ recipeUserId: 'u1' }))],
  ),
]

const failures = [
  ['unreachable', null, 'keys-unavailable'],
  ['a status 500', { status: 500, body: JSON.stringify(JWKS) }, 'keys-unavailable'],
  [
    'a redirect',
    { status: 302, headers: [['location', 'https://evil.example']], body: '' },
    'keys-unavailable',
  ],
  ['no JSON', reply('{'), 'jwks-malformed'],
  ['no keys', reply({}), 'jwks-malformed'],
  ['another document', reply('<html>'), 'jwks-malformed'],
].flatMap(([name, answer, reason]) => [
  steps(
    `${name}: neither yes nor no; the peer has every session refreshed`,
    [answer, reply(JWKS)],
    [0, GOOD, asking(unavailable(reason))],
    [1, GOOD, silent(unavailable(reason))],
    [30_000, GOOD, asking(ok())],
  ),
  steps(
    `${name}, after good ones: these are used for an hour`,
    [reply(JWKS), answer],
    [0, GOOD, asking(ok())],
    [10 * MINUTE, GOOD, asking(ok())],
    [HOUR - 1, GOOD, asking(ok())],
    [HOUR, GOOD, silent(unavailable(reason))],
  ),
])

export const keys = [...sets, ...fetches, ...failures]
