// Access tokens of every version: what is one, what is none, and what must be refreshed.

import {
  bearer,
  call,
  cookies,
  ok,
  one,
  tryRefresh,
  unauthorised,
} from '../../frame-supertokens.mjs'
import { base64url, jwk, NOW, T } from '../../mint.mjs'
import {
  base64,
  claims,
  header,
  JWKS,
  KID,
  LEGACY_HEADER,
  legacyClaims,
  legacySigned,
  legacyToken,
  signed,
  token,
  written,
} from '../../mint-supertokens.mjs'

const GOOD = token()
const HOUR = 3_600_000

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
  ...['', '05', '5.0', '03', '1', '2', '999'].map((version) =>
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

const headers = [
  row('typ "jwt"', headed({ typ: 'jwt' }), unauthorised('typ-mismatch')),
  row('typ "at+jwt"', headed({ typ: 'at+jwt' }), unauthorised('typ-mismatch')),
  row('no typ', headed({ typ: undefined }), unauthorised('typ-mismatch')),
  row('no kid', headed({ kid: undefined }), unauthorised('kid-missing')),
  row('kid unknown', headed({ kid: 'd-1' }), tryRefresh('key-not-found')),
  row('kid empty', headed({ kid: '' }), tryRefresh('key-not-found')),
  row(
    'kid in another case',
    headed({ kid: KID.dynamic.toUpperCase() }),
    tryRefresh('key-not-found'),
  ),
  ...['__proto__', '../keys', `${KID.dynamic}\u0000`, ` ${KID.dynamic}`].map((kid) =>
    row(`kid ${JSON.stringify(kid)}`, headed({ kid }), tryRefresh('key-not-found')),
  ),
  ...[null, 7, {}, [KID.dynamic]].flatMap((kid) => [
    row(`kid ${JSON.stringify(kid)}`, headed({ kid }), tryRefresh('header-member-type')),
    row(
      `kid ${JSON.stringify(kid)} with one key; the peer has a status 500`,
      headed({ kid }),
      tryRefresh('header-member-type'),
      { options: { jwks: { keys: JWKS.keys.slice(0, 1) } } },
    ),
  ]),
  row('a long kid', headed({ kid: `d-${'1'.repeat(300)}` }), tryRefresh('kid-too-long')),
  row(
    'a bad signature',
    token({}, { key: 'static', head: header() }),
    tryRefresh('token-invalid-signature'),
  ),
  row(
    'another payload under a good signature',
    swapped(GOOD, token({ sub: 'u2' })),
    tryRefresh('token-invalid-signature'),
  ),
  row(
    'no signature',
    `${GOOD.split('.').slice(0, 2).join('.')}.`,
    tryRefresh('token-invalid-signature'),
  ),
  ...['RS512', 'RS384', 'PS256'].map((alg) =>
    row(alg, headed({ alg }, { alg }), tryRefresh('alg-not-allowed')),
  ),
  row('RS512 in name alone', headed({ alg: 'RS512' }), tryRefresh('alg-not-allowed')),
  row(
    'PS256 with a key that names no algorithm; the peer takes it',
    headed({ alg: 'PS256' }, { alg: 'PS256' }),
    tryRefresh('alg-not-allowed'),
    { options: { jwks: { keys: [jwk('rsa-2048-a', { kid: KID.dynamic, alg: undefined })] } } },
  ),
  ...['none', 'None', 'NONE'].map((alg) =>
    row(`alg ${alg}`, headed({ alg }, { alg: 'none' }), tryRefresh('alg-none')),
  ),
  row('alg none with a good signature', headed({ alg: 'none' }), tryRefresh('alg-none')),
  row(
    'HS256',
    headed({ alg: 'HS256' }, { alg: 'HS256', key: 'a secret' }),
    tryRefresh('alg-not-allowed'),
  ),
  row('no alg', headed({ alg: undefined }), tryRefresh('alg-missing')),
  row('alg in lower case', headed({ alg: 'rs256' }), tryRefresh('alg-unsupported')),
  row('alg that is a list', headed({ alg: ['RS256'] }), tryRefresh('alg-unsupported')),
  row('crit that nobody knows', headed({ crit: ['x'], x: 1 }), tryRefresh('header-crit')),
  row(
    'crit with a payload that is none',
    signed(header({ crit: ['x'] }), { sub: 'u1' }),
    malformed,
  ),
  row('b64; the peer takes it', headed({ b64: true }), tryRefresh('header-b64')),
  row('zip; the peer does not look', headed({ zip: 'DEF' }), tryRefresh('header-zip')),
  row(
    'keys of its own',
    headed({ jwk: jwk('rsa-2048-b'), jku: 'https://evil.example', x5c: ['x'] }),
    ok(),
  ),
]

function swapped(one, other) {
  const [head, , signature] = one.split('.')
  return [head, other.split('.')[1], signature].join('.')
}

const text = (name, value, expect) => one(`text: ${name}`, call(bearer(value)), expect)
const withMember = (raw) => signed(header(), `${JSON.stringify(claims()).slice(0, -1)},${raw}}`)
const withHeader = (raw) => signed(`${JSON.stringify(header()).slice(0, -1)},${raw}}`, claims())
const [HEAD, BODY, SIGNATURE] = GOOD.split('.')
/** Until standard base64 of the payload is another text than base64url. */
const SPECIAL = { x: '>>>???' }

const texts = [
  text('two parts', `${HEAD}.${BODY}`, unauthorised('token-not-compact')),
  text('four parts', `${GOOD}.${SIGNATURE}`, unauthorised('token-not-compact')),
  text('five parts', `${GOOD}.${BODY}.${SIGNATURE}`, unauthorised('token-encrypted')),
  text('one part', 'garbage', unauthorised('token-not-compact')),
  text('empty parts', '..', unauthorised('token-not-json')),
  text(
    'standard base64 with padding; the peer takes it',
    written(base64, SPECIAL),
    unauthorised('token-not-base64url'),
  ),
  text(
    'padding alone; the peer takes it',
    written((part) => withPadding(base64url(part)), SPECIAL),
    unauthorised('token-not-base64url'),
  ),
  text(
    'a mark at the end of the header; the peer takes it',
    written((part, which) => `${base64url(part)}${which === 'header' ? '!' : ''}`),
    unauthorised('token-not-base64url'),
  ),
  text(
    'padding after the signature; the peer takes it',
    `${GOOD}==`,
    unauthorised('token-not-base64url'),
  ),
  text(
    'a duplicate claim; for the peer the last counts',
    withMember('"sub":"u2"'),
    unauthorised('token-duplicate-member'),
  ),
  text(
    'a duplicate deep in a claim; for the peer the last counts',
    withMember('"x":{"a":1,"a":2}'),
    unauthorised('token-duplicate-member'),
  ),
  text(
    'a duplicate in the header; for the peer the last counts',
    withHeader('"alg":"RS256"'),
    unauthorised('token-duplicate-member'),
  ),
  text(
    'a header that is a text',
    `${base64url('"hello"')}.${BODY}.${SIGNATURE}`,
    unauthorised('token-not-object'),
  ),
  text(
    'a header that is an array',
    `${base64url('[1, 2]')}.${BODY}.${SIGNATURE}`,
    unauthorised('token-not-object'),
  ),
  text(
    'a header that is cut off',
    `${base64url('{')}.${BODY}.${SIGNATURE}`,
    unauthorised('token-not-json'),
  ),
  text(
    'bytes that are not UTF-8',
    `${HEAD}.${base64url(Buffer.from('{"sub":"\xff"}', 'latin1'))}.${SIGNATURE}`,
    unauthorised('token-not-utf8'),
  ),
  text('larger than the budget', token({ x: 'x'.repeat(7000) }), unauthorised('token-too-large')),
  text(
    'a header larger than the budget',
    headed({ x: 'x'.repeat(1100) }),
    unauthorised('token-header-too-large'),
  ),
  text(
    'deeper than the budget',
    withMember('"x":[[[[[[[[[1]]]]]]]]]'),
    unauthorised('token-too-deep'),
  ),
]

function withPadding(part) {
  return part.padEnd(Math.ceil(part.length / 4) * 4, '=')
}

/** The core's own list of headers that must not be a server's fault (JWTTest.java). */
const preParsed = (name, head, reason) => {
  const encoded = typeof head === 'string' ? head : base64url(JSON.stringify(head))
  // With claims that are in order, so that the header alone decides.
  return one(`core: ${name}`, call(bearer(`${encoded}.${BODY}.${SIGNATURE}`)), reason)
}
const core = [
  one('core: not three parts', call(bearer('not-a-jwt')), unauthorised('token-not-compact')),
  preParsed('a header that is not base64', '!!!notbase64!!!', unauthorised('token-not-base64url')),
  preParsed('a header that is not JSON', base64url('{'), unauthorised('token-not-json')),
  preParsed('a header that is a scalar', base64url('"hello"'), unauthorised('token-not-object')),
  preParsed('a header that is a list', base64url('[1, 2]'), unauthorised('token-not-object')),
  preParsed(
    'typ that is an object',
    { typ: {}, alg: 'RS256', kid: 'key1' },
    unauthorised('typ-mismatch'),
  ),
  preParsed(
    'alg that is a list',
    { typ: 'JWT', alg: [], kid: 'key1' },
    tryRefresh('alg-unsupported'),
  ),
  preParsed(
    'version that is an object',
    { typ: 'JWT', alg: 'RS256', version: {}, kid: 'key1' },
    otherVersion,
  ),
  preParsed(
    'version that there is not',
    { typ: 'JWT', alg: 'RS256', version: '999', kid: 'key1' },
    otherVersion,
  ),
  preParsed('no kid', { typ: 'JWT', alg: 'RS256' }, unauthorised('kid-missing')),
  preParsed(
    'kid that is an object',
    { typ: 'JWT', alg: 'RS256', kid: {} },
    tryRefresh('header-member-type'),
  ),
  preParsed(
    'kid that is a number',
    { typ: 'JWT', alg: 'RS256', kid: 42 },
    tryRefresh('header-member-type'),
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

const legacy = (name, value, expect, members) =>
  one(`version 2: ${name}`, call(cookies(value)), expect, members)
const ofLegacy = (auth) => ok({ recipeUserId: 'u1', ...auth })
const legacyMalformed = unauthorised('session-claims-malformed')
const versionTwo = [
  legacy('valid', legacyToken(), {
    ...ofLegacy(),
    auth: { ...ofLegacy().auth, sessionClaims: { plan: 'pro' } },
  }),
  legacy('version 1 is read as 2', legacyToken({}, { head: LEGACY_HEADER[1] }), ofLegacy()),
  legacy('any key of the set', legacyToken({}, { key: 'static' }), ofLegacy()),
  legacy('whatever kind of key is expected', legacyToken(), ofLegacy(), {
    options: { useDynamicAccessTokenSigningKey: false },
  }),
  legacy('in the header', legacyToken(), ofLegacy()),
  legacy('userData null', legacyToken({ userData: null }), ofLegacy()),
  legacy('no userData', legacyToken({ userData: undefined }), legacyMalformed),
  ...['sessionHandle', 'userId', 'refreshTokenHash1'].map((name) =>
    legacy(`${name} is a number`, legacyToken({ [name]: 1 }), legacyMalformed),
  ),
  ...['expiryTime', 'timeCreated'].map((name) =>
    legacy(`${name} is a text`, legacyToken({ [name]: String(NOW) }), legacyMalformed),
  ),
  legacy('stt is 1', legacyToken({ stt: 1 }), unauthorised('token-use-mismatch')),
  legacy('expiring now', legacyToken({ expiryTime: NOW }), ofLegacy()),
  legacy('expired', legacyToken({ expiryTime: NOW - 1 }), tryRefresh('token-expired')),
  legacy(
    'header as unpadded base64url',
    legacyToken({}, { head: LEGACY_HEADER[2].replace('=', '') }),
    unauthorised('token-not-base64url'),
  ),
  legacy(
    'header with its members in another order',
    legacyToken({}, { head: base64('{"typ":"JWT","alg":"RS256","version":"2"}') }),
    unauthorised('token-not-base64url'),
  ),
  legacy(
    'payload in base64url; the peer takes it',
    inBase64url(),
    unauthorised('token-not-base64url'),
  ),
  legacy(
    'an unknown key, made 5 hours ago',
    legacyToken({ timeCreated: NOW - 5 * HOUR }, { key: 'static' }),
    tryRefresh('token-invalid-signature'),
    {
      options: { jwks: { keys: JWKS.keys.slice(0, 1) } },
    },
  ),
  legacy(
    'an unknown key, made just now; the peer asks the core',
    legacyToken({}, { key: 'static' }),
    tryRefresh('token-invalid-signature'),
    {
      options: { jwks: { keys: JWKS.keys.slice(0, 1) } },
    },
  ),
  legacy('four parts', `${legacyToken()}.AA==`, unauthorised('token-not-compact')),
  legacy(
    'two parts',
    legacyToken().split('.').slice(0, 2).join('.'),
    unauthorised('token-not-compact'),
  ),
  legacy(
    'a duplicate claim; for the peer the last counts',
    legacySigned(`${JSON.stringify(legacyClaims()).slice(0, -1)},"userId":"u2"}`),
    unauthorised('token-duplicate-member'),
  ),
  legacy(
    'another payload under a good signature',
    swapped(legacyToken(), legacyToken({ userId: 'u2' })),
    tryRefresh('token-invalid-signature'),
  ),
]

function inBase64url() {
  const [head, , signature] = legacyToken().split('.')
  return [head, base64url(JSON.stringify(legacyClaims({ x: '>>>???' }))), signature].join('.')
}

export const tokens = [
  ...versions,
  ...structure,
  ...headers,
  ...texts,
  ...core,
  ...times,
  ...keys,
  ...versionTwo,
]
