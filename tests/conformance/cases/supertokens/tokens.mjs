// Access tokens of versions 3 to 5: what is one, what is none, and what must be refreshed.

import { call, cookies, ok, one, tryRefresh, unauthorised } from '../../frame-supertokens.mjs'
import { jwk, NOW, T } from '../../mint.mjs'
import { claims, header, signed, token } from '../../mint-supertokens.mjs'

const GOOD = token()

const row = (name, text, expect, members) =>
  one(`token: ${name}`, call(cookies(text)), expect, members)
const headed = (changes, options) => signed(header(changes), claims(), options)
const malformed = unauthorised('session-claims-malformed')
const otherVersion = unauthorised('token-version-unsupported')

/** A token of which the whole payload is seen. */
const seen = (name, text, payload, auth) => {
  return row(name, text, { ...ok(auth), auth: { ...ok(auth).auth, sessionClaims: payload } })
}

const versions = [
  seen('version 5', GOOD, claims()),
  seen(
    'version 5 of a linked account and a tenant',
    token({ rsub: 'r9', tId: 't1' }),
    claims({ rsub: 'r9', tId: 't1' }),
    {
      recipeUserId: 'r9',
      tenantId: 't1',
    },
  ),
  seen(
    'version 4',
    token({ rsub: undefined, tId: 't1' }, { version: '4' }),
    claimsWithout('rsub', { tId: 't1' }),
    {
      recipeUserId: 'u1',
      tenantId: 't1',
    },
  ),
  row(
    'version 3 knows no tenants',
    token({ rsub: undefined, tId: 't1' }, { version: '3' }),
    ok({ recipeUserId: 'u1' }),
  ),
  row(
    'version 3',
    token({ rsub: undefined, tId: undefined }, { version: '3' }),
    ok({ recipeUserId: 'u1' }),
  ),
  seen(
    'no version, as createJWT makes them',
    token({ plan: 'pro' }, { version: undefined }),
    claims({ plan: 'pro' }),
  ),
  row(
    'no version, of createJWT with too few claims',
    signed(header({ version: undefined }), { sub: 'u1', exp: T + 60, iat: T }),
    malformed,
  ),
  row(
    'no version, signed with the static key',
    token({}, { version: undefined, key: 'static' }),
    tryRefresh('signing-key-mismatch'),
  ),
  row(
    'version 4 without tId; the peer has no tenant then',
    token({ tId: undefined }, { version: '4' }),
    malformed,
  ),
  row('version 5 without tId; the peer has no tenant then', token({ tId: undefined }), malformed),
  row('version 5 without rsub', token({ rsub: undefined }), malformed),
  ...['6', '5abc', '0x5', ' 5'].map((version) =>
    row(
      `version ${JSON.stringify(version)}; the peer takes it for 5`,
      headed({ version }),
      otherVersion,
    ),
  ),
  ...['05', '5.0', '03', '999'].map((version) =>
    row(
      `version ${JSON.stringify(version)}; the peer reads a number`,
      headed({ version }),
      otherVersion,
    ),
  ),
  ...['', '1', '2'].map((version) =>
    row(`version ${JSON.stringify(version)}`, headed({ version }), otherVersion),
  ),
  ...[5, null, {}, ['5'], true].map((version) =>
    row(`version ${JSON.stringify(version)}, not a text`, headed({ version }), otherVersion),
  ),
]

function claimsWithout(name, changes) {
  const { [name]: _, ...rest } = claims(changes)
  return rest
}

const strings = ['sub', 'sessionHandle', 'refreshTokenHash1', 'rsub', 'tId']
const structure = [
  ...strings.flatMap((name) =>
    [1, null, true, ['x'], {}].map((value) =>
      row(
        `${name} is ${JSON.stringify(value)}${name === 'tId' ? '; the peer does not look' : ''}`,
        token({ [name]: value }),
        malformed,
      ),
    ),
  ),
  ...strings.slice(0, 3).map((name) => row(`no ${name}`, token({ [name]: undefined }), malformed)),
  ...['exp', 'iat'].flatMap((name) => [
    row(`no ${name}`, token({ [name]: undefined }), malformed),
    ...[String(T + 60), null, true, [T + 60], {}].map((value) =>
      row(`${name} is ${JSON.stringify(value)}`, token({ [name]: value }), malformed),
    ),
  ]),
  ...[1, 2, 0.5, null, '0', false, []].map((stt) =>
    row(`stt is ${JSON.stringify(stt)}`, token({ stt }), unauthorised('token-use-mismatch')),
  ),
  row('stt is 0', token({ stt: 0 }), ok()),
  row('an empty sub', token({ sub: '' }), ok({ userId: '' })),
  row(
    'white space around texts',
    token({ sub: '  u1 ', rsub: '\tr1\n', tId: ' t1\u00a0', sessionHandle: '\ufeffh1' }),
    ok({ tenantId: 't1' }),
  ),
  row(
    'empty texts',
    token({ sub: '', rsub: '', tId: '', sessionHandle: '', refreshTokenHash1: '' }),
    ok({ userId: '', recipeUserId: '', tenantId: '', sessionId: '' }),
  ),
  ...['[]', 'null', '"text"', '7'].map((payload) =>
    row(`the payload is ${payload}`, signed(header(), payload), unauthorised('token-not-object')),
  ),
  row('the payload is no JSON', signed(header(), '{"sub":"u1"'), unauthorised('token-not-json')),
  row(
    'claims that may be null are missing',
    token({ parentRefreshTokenHash1: undefined, antiCsrfToken: undefined }),
    ok(),
  ),
  row('claims that may be null are empty', token({ antiCsrfToken: '' }), ok()),
  row(
    'claims that may be null are numbers',
    token({ parentRefreshTokenHash1: 1, antiCsrfToken: 1 }),
    ok(),
  ),
  row(
    'claims that may be null are other things',
    token({ parentRefreshTokenHash1: { a: 1 }, antiCsrfToken: ['x'] }),
    ok(),
  ),
  seen(
    "an application's own claims, with names that only other tokens have",
    token({
      userId: 'u9',
      iss: 'https://evil.example',
      aud: 'x',
      sid: 'h9',
      role: ['admin'],
      __proto__x: 1,
    }),
    claims({
      userId: 'u9',
      iss: 'https://evil.example',
      aud: 'x',
      sid: 'h9',
      role: ['admin'],
      __proto__x: 1,
    }),
  ),
]

const expiring = (exp, members) => token({ exp }, members)
const times = [
  row('exp is now', expiring(T), tryRefresh('token-expired')),
  row('exp in a second', expiring(T + 1), ok()),
  row('exp in the last ms of its second', expiring(T + 1), ok(), { now: NOW + 999 }),
  row('exp a ms later', expiring(T + 1), tryRefresh('token-expired'), { now: NOW + 1000 }),
  row('exp with a fraction', expiring(T + 1.5), ok(), { now: NOW + 1000 }),
  row('exp with a fraction, in the ms of its expiry', expiring(T + 1.5), ok(), { now: NOW + 1500 }),
  row('exp with a fraction, a ms later', expiring(T + 1.5), tryRefresh('token-expired'), {
    now: NOW + 1501,
  }),
  row('exp is 0', expiring(0), tryRefresh('token-expired')),
  row('exp in the year 5000', expiring(95_617_584_000), ok()),
  row(
    'exp that has no place in time',
    signed(header(), JSON.stringify(claims()).replace(String(T + 3600), '1e300')),
    ok(),
  ),
  row('nbf is now', token({ nbf: T }), ok()),
  row('nbf in a second', token({ nbf: T + 1 }), tryRefresh('token-not-active-yet')),
  row('nbf that is a text', token({ nbf: '1' }), tryRefresh('nbf-invalid')),
  row('iat in an hour', token({ iat: T + 3600 }), ok()),
]

const keys = [
  row(
    'static where rotating keys are expected',
    token({}, { key: 'static' }),
    tryRefresh('signing-key-mismatch'),
  ),
  row('static where the static key is expected', token({}, { key: 'static' }), ok(), {
    options: { useDynamicAccessTokenSigningKey: false },
  }),
  row('rotating where the static key is expected', GOOD, tryRefresh('signing-key-mismatch'), {
    options: { useDynamicAccessTokenSigningKey: false },
  }),
  ...[true, false].map((dynamic) =>
    row(
      `a kid without a prefix where ${dynamic ? 'rotating keys are' : 'the static key is'} expected`,
      headed({ kid: 'plain' }),
      dynamic ? tryRefresh('signing-key-mismatch') : ok(),
      {
        options: {
          useDynamicAccessTokenSigningKey: dynamic,
          jwks: { keys: [jwk('rsa-2048-a', { kid: 'plain' })] },
        },
      },
    ),
  ),
  row(
    'a kid that begins with d but not d-',
    headed({ kid: 'd1' }),
    tryRefresh('signing-key-mismatch'),
    { options: { jwks: { keys: [jwk('rsa-2048-a', { kid: 'd1' })] } } },
  ),
  row(
    'expired and of the wrong kind of key',
    token({ exp: T }, { key: 'static' }),
    tryRefresh('token-expired'),
  ),
]

export const tokens = [...versions, ...structure, ...times, ...keys]
