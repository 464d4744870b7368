// What is known of supertokens-node, asked of supertokens-node: proof that the comparison asks it in the
// right way. Every row of Annex A of the notes on it is here.
//
//     node annex.mjs

import assert from 'node:assert/strict'
import { createRequire } from 'node:module'
import { test } from 'node:test'
import { base64url } from '../mint.mjs'
import { jwkOf, KIDS, plainKeySet } from './keys.mjs'
import { base64, headerOf, LEGACY_HEADERS, mint, mintLegacy } from './mint.mjs'
import { askPeer, at, core, start } from './peer.mjs'

const require = createRequire(import.meta.url)
const { getSSRSession, withSession } = require('supertokens-node/nextjs')

const NOW = Date.UTC(2026, 2, 4, 5, 6, 7, 250)
const SECONDS = Math.floor(NOW / 1000)
const HOUR = 3_600_000

const CLAIMS = {
  iat: SECONDS - 10,
  exp: SECONDS + 3600,
  sub: 'u1',
  tId: 'public',
  rsub: 'r1',
  sessionHandle: 'h1',
  refreshTokenHash1: 'hash',
  parentRefreshTokenHash1: null,
  antiCsrfToken: null,
  iss: 'https://api.example.com/auth',
}
const LEGACY = {
  sessionHandle: 'h1',
  userId: 'u1',
  refreshTokenHash1: 'hash',
  userData: { a: 1 },
  expiryTime: NOW + HOUR,
  timeCreated: NOW - 10_000,
}

const OK = 'signed-in'
const UNAUTHORISED = 'signed-out'
const TRY_REFRESH = 'refresh'
const NOBODY = 'nobody'
const FAILS = 'a status 500'

const BODIES = { [UNAUTHORISED]: 'unauthorised', [TRY_REFRESH]: 'try refresh token' }

/** A token of version 5 with other members in its header or its payload; `undefined` removes one. */
const withHeader = (change, options) => {
  return mint(CLAIMS, { header: { ...headerOf('5'), ...change }, ...options })
}
const withClaims = (change, version = '5', options = {}) => {
  return mint({ ...CLAIMS, ...change }, { header: headerOf(version), ...options })
}
const legacy = (change, options) => mintLegacy({ ...LEGACY, ...change }, options)
const cookies = (...tokens) => {
  return [['cookie', tokens.map((token) => `sAccessToken=${token}`).join('; ')]]
}
const bearer = (value) => ['authorization', value]
const keySet = (...list) => ({ core: { jwks: { body: { keys: list } } } })

const GOOD = withClaims({})
const EXPIRED = withClaims({ exp: SECONDS })
const FORGED = withClaims({}, '5', { key: 'foreign', header: headerOf('5') })
const FOREIGN = mint(
  { sub: 'someone', exp: SECONDS + 60 },
  { header: { alg: 'RS256', typ: 'JWT' } },
)

/** The members of a request and of a case around it. */
function caseOf({ headers, options = {}, session = {}, hosts = ['up'], ...request }) {
  const domains = { apiDomain: 'https://api.example.com', websiteDomain: 'https://example.com' }
  return {
    options: { ...domains, ...options },
    hosts,
    session,
    requests: [{ now: NOW, method: 'GET', path: '/api/x', core: {}, headers, ...request }],
  }
}

/** Asks, and looks at everything that belongs to a verdict. */
async function expectVerdict(given, verdict) {
  const [outcome] = await askPeer(caseOf(given))
  assert.equal(outcome.throws ? FAILS : outcome.verdict, verdict, JSON.stringify(outcome))
  if (verdict in BODIES) {
    const body = JSON.stringify({ message: BODIES[verdict] })
    assert.deepEqual([outcome.status, outcome.body], [401, body])
    assert.deepEqual([outcome.setCookies, outcome.headers], [[], {}], 'nothing is cleared')
  }
  return outcome
}

/** One test for each `[name, token or members of the case, verdict]`. */
function rows(title, list) {
  for (const [name, given, verdict] of list) {
    test(`${title}: ${name}`, async () => {
      const members = typeof given === 'string' ? { headers: cookies(given) } : given
      await expectVerdict(members, verdict)
    })
  }
}

for (const [name, token, tenant] of [
  ['v5', GOOD, 'public'],
  ['v4', withClaims({ tId: 't1' }, '4'), 't1'],
  ['v3 with tId', withClaims({ tId: 't1' }, '3'), 'public'],
  ['createJWT style, no version', mint(CLAIMS, { header: headerOf(undefined) }), 'public'],
  ['v4 without tId', withClaims({ tId: undefined }, '4'), null],
  ['v5 without tId', withClaims({ tId: undefined }), null],
]) {
  test(`versions: ${name} is OK in tenant ${tenant}`, async () => {
    const { session } = await expectVerdict({ headers: cookies(token) }, OK)
    assert.equal(session.tenantId, tenant)
  })
}

rows('no access token at all', [
  ['v5 without rsub', withClaims({ rsub: undefined }), UNAUTHORISED],
  ['sub is a number', withClaims({ sub: 1 }), UNAUTHORISED],
  ['exp is a text', withClaims({ exp: '9999999999' }), UNAUTHORISED],
  ['iat is null', withClaims({ iat: null }), UNAUTHORISED],
  ['stt 1', withClaims({ stt: 1 }), UNAUTHORISED],
  ['stt null', withClaims({ stt: null }), UNAUTHORISED],
  ['stt "0"', withClaims({ stt: '0' }), UNAUTHORISED],
  ['payload []', mint([]), UNAUTHORISED],
  ['payload null', mint(null), UNAUTHORISED],
  ['version 5, a number', withHeader({ version: 5 }), UNAUTHORISED],
  ['version null', withHeader({ version: null }), UNAUTHORISED],
  ['version "2" in another header', withHeader({ version: '2' }), UNAUTHORISED],
  ['typ "jwt"', withHeader({ typ: 'jwt' }), UNAUTHORISED],
  ['typ missing', withHeader({ typ: undefined }), UNAUTHORISED],
  ['kid missing', withHeader({ kid: undefined }), UNAUTHORISED],
  ['two parts', GOOD.split('.').slice(0, 2).join('.'), UNAUTHORISED],
  ['four parts', `${GOOD}.AA`, UNAUTHORISED],
])

rows(
  'versions that there are not',
  ['6', '5abc', '0x5', ' 5'].map((version) => [`"${version}"`, withHeader({ version }), OK]),
)

const twoKeys = keySet(jwkOf('dynamic'), jwkOf('old'))
const oneKey = keySet(jwkOf('dynamic'))
rows('tokens that no key vouches for', [
  ['kid unknown', withHeader({ kid: 'd-1' }), TRY_REFRESH],
  ...[null, 7, ''].map((kid) => {
    const headers = cookies(withHeader({ kid }))
    return [`kid ${JSON.stringify(kid)}, two keys`, { headers, ...twoKeys }, TRY_REFRESH]
  }),
  ['wrong signature', FORGED, TRY_REFRESH],
  ['RS512', withHeader({ alg: 'RS512' }, { alg: 'RS512' }), TRY_REFRESH],
  ['none', withHeader({ alg: 'none' }, { alg: 'none' }), TRY_REFRESH],
  ['HS256', withHeader({ alg: 'HS256' }, { alg: 'HS256' }), TRY_REFRESH],
  ['unknown crit', withHeader({ crit: ['x'], x: 1 }), TRY_REFRESH],
  [
    'two keys of one kid',
    { headers: cookies(GOOD), ...keySet(jwkOf('dynamic'), jwkOf('old', { kid: KIDS.dynamic })) },
    TRY_REFRESH,
  ],
  ['use enc', { headers: cookies(GOOD), ...keySet(jwkOf('dynamic', { use: 'enc' })) }, TRY_REFRESH],
  [
    'key_ops [sign]',
    { headers: cookies(GOOD), ...keySet(jwkOf('dynamic', { key_ops: ['sign'] })) },
    TRY_REFRESH,
  ],
  ['key set malformed', { headers: cookies(GOOD), core: { jwks: { body: '{' } } }, TRY_REFRESH],
  ['key set without keys', { headers: cookies(GOOD), core: { jwks: { body: {} } } }, TRY_REFRESH],
  ['key set unreachable', { headers: cookies(GOOD), hosts: ['down'] }, TRY_REFRESH],
  ['connection breaks', { headers: cookies(GOOD), core: { jwks: { fails: true } } }, TRY_REFRESH],
  [
    'a key of 1024 bits',
    { headers: cookies(mint(CLAIMS, { key: 'small' })), ...keySet(jwkOf('small')) },
    TRY_REFRESH,
  ],
])

rows('kid that is no text, one key', [
  ['null', { headers: cookies(withHeader({ kid: null })), ...oneKey }, FAILS],
  ['a number', { headers: cookies(withHeader({ kid: 7 })), ...oneKey }, FAILS],
])

const staticToken = mint(CLAIMS, { key: 'static' })
const staticKeys = { options: { useDynamicAccessTokenSigningKey: false } }
const bare = mint(CLAIMS, { header: { ...headerOf('5'), kid: 'plain' } })
rows('kinds of keys', [
  ['static token, dynamic configured', staticToken, TRY_REFRESH],
  ['dynamic token, static configured', { headers: cookies(GOOD), ...staticKeys }, TRY_REFRESH],
  ['static token, static configured', { headers: cookies(staticToken), ...staticKeys }, OK],
  [
    'kid without a prefix, static configured',
    { headers: cookies(bare), ...staticKeys, ...keySet(jwkOf('dynamic', { kid: 'plain' })) },
    OK,
  ],
  [
    'PS256 with a key without alg',
    {
      headers: cookies(withHeader({ alg: 'PS256' }, { alg: 'PS256' })),
      ...keySet(jwkOf('dynamic', { alg: undefined })),
    },
    OK,
  ],
])

rows('times', [
  ['exp = now', EXPIRED, TRY_REFRESH],
  ['nbf to come', withClaims({ nbf: SECONDS + 1 }), TRY_REFRESH],
  ['nbf a text', withClaims({ nbf: '1' }), TRY_REFRESH],
  ['exp = now + 1 s', withClaims({ exp: SECONDS + 1 }), OK],
  ['exp with a fraction', withClaims({ exp: SECONDS + 1.5 }), OK],
  ['iat in an hour', withClaims({ iat: SECONDS + 3600 }), OK],
])

for (const [sub, userId] of [
  ['', ''],
  ['  u1 ', 'u1'],
]) {
  test(`users: "${sub}" is "${userId}"`, async () => {
    const { session } = await expectVerdict({ headers: cookies(withClaims({ sub })) }, OK)
    assert.equal(session.userId, userId)
  })
}

test('members: the last of one name counts', async () => {
  const text = JSON.stringify(CLAIMS).replace('"sub":"u1"', '"sub":"u1","sub":"u2"')
  const { session } = await expectVerdict({ headers: cookies(mint(text)) }, OK)
  assert.equal(session.userId, 'u2')
})

/** The same token in another alphabet, signed as it is. */
const junkHeader = `${base64url(headerOf('5'))}!`
const withJunk = mint(CLAIMS, { encode: (part) => (part.alg ? junkHeader : base64url(part)) })
rows('loose texts', [
  ['stt 0', withClaims({ stt: 0 }), OK],
  ['standard base64 with padding on v5', mint({ ...CLAIMS, x: '>>>???' }, { encode: base64 }), OK],
  ['"!" at the end of the header', withJunk, OK],
])

for (const [hash, calls] of [
  ['p', 1],
  ['', 1],
  [7, 0],
  [null, 0],
]) {
  test(`parent hash ${JSON.stringify(hash)}: ${calls} calls of the core`, async () => {
    const session = { handle: 'h1', userId: 'u1', recipeUserId: 'r1', tenantId: 'public' }
    const verify = { body: { status: 'OK', session } }
    const headers = cookies(withClaims({ parentRefreshTokenHash1: hash }))
    const outcome = await expectVerdict({ headers, core: { verify } }, OK)
    assert.equal(outcome.calls.length, calls)
  })
}

const unpadded = LEGACY_HEADERS[2].replace('=', '')
rows('version 2', [
  ['any key of the set', legacy({}, { key: 'old' }), OK],
  ['version 1', legacy({}, { version: '1' }), OK],
  ['userData null', legacy({ userData: null }), OK],
  ['header without padding', legacy({}, { header: unpadded }), UNAUTHORISED],
  ['expired', legacy({ expiryTime: NOW - 1 }), TRY_REFRESH],
  [
    'unknown key, 5 hours old',
    legacy({ timeCreated: NOW - 5 * HOUR }, { key: 'foreign' }),
    TRY_REFRESH,
  ],
])

test('version 2: the payload is userData', async () => {
  const { session } = await expectVerdict({ headers: cookies(legacy({})) }, OK)
  assert.deepEqual([session.payload, session.tenantId], ['{"a":1}', 'public'])
})

test('version 2: an unknown key and a token just made is asked of the core', async () => {
  const session = { handle: 'h1', userId: 'u1', recipeUserId: 'r1', userDataInJWT: { b: 2 } }
  const headers = cookies(legacy({}, { key: 'foreign' }))
  const outcome = await expectVerdict(
    { headers, core: { verify: { body: { status: 'OK', session } } } },
    OK,
  )
  assert.equal(outcome.calls.length, 1)
  assert.equal(outcome.session.payload, '{"b":2}')
})

const optional = { session: { sessionRequired: false } }
rows('optional session', [
  ['none', { headers: [], ...optional }, NOBODY],
  ['garbage', { headers: cookies('garbage'), ...optional }, NOBODY],
  ['expired', { headers: cookies(EXPIRED), ...optional }, TRY_REFRESH],
  ['bad signature', { headers: cookies(FORGED), ...optional }, TRY_REFRESH],
  ['duplicate cookies', { headers: cookies(GOOD, GOOD), ...optional }, TRY_REFRESH],
  ['sIdRefreshToken', { headers: [['cookie', 'sIdRefreshToken=x']], ...optional }, TRY_REFRESH],
])

rows('duplicates', [
  ['valid and valid', { headers: cookies(GOOD, GOOD) }, TRY_REFRESH],
  ['valid and garbage', { headers: cookies(GOOD, 'garbage') }, TRY_REFRESH],
  [
    'the second name percent-encoded',
    { headers: [['cookie', `sAccessToken=${GOOD}; s%41ccessToken=x`]] },
    TRY_REFRESH,
  ],
  ['garbage and valid', { headers: cookies('garbage', GOOD) }, UNAUTHORISED],
])

rows('Authorization', [
  ['bearer', { headers: [bearer(`bearer ${GOOD}`)] }, UNAUTHORISED],
  ['more spaces', { headers: [bearer(`Bearer   ${GOOD}`)] }, OK],
  [
    'a foreign one and a valid cookie',
    { headers: [bearer(`Bearer ${FOREIGN}`), ...cookies(GOOD)] },
    OK,
  ],
  [
    'an expired one and a valid cookie',
    { headers: [bearer(`Bearer ${EXPIRED}`), ...cookies(GOOD)] },
    TRY_REFRESH,
  ],
  ['a quoted cookie', { headers: cookies(`"${GOOD}"`) }, OK],
])

const crossSite = { options: { cookieSameSite: 'none' } }
rows('sameSite none', [
  ['POST without rid', { headers: cookies(GOOD), method: 'POST', ...crossSite }, TRY_REFRESH],
  ['HEAD without rid', { headers: cookies(GOOD), method: 'HEAD', ...crossSite }, TRY_REFRESH],
  [
    'POST with rid',
    { headers: [['rid', 'x'], ...cookies(GOOD)], method: 'POST', ...crossSite },
    OK,
  ],
  [
    'POST with an empty rid',
    { headers: [['rid', ''], ...cookies(GOOD)], method: 'POST', ...crossSite },
    OK,
  ],
  ['GET', { headers: cookies(GOOD), ...crossSite }, OK],
  [
    'token in the header',
    { headers: [bearer(`Bearer ${GOOD}`)], method: 'POST', ...crossSite },
    OK,
  ],
  ['POST of garbage', { headers: cookies('garbage'), method: 'POST', ...crossSite }, UNAUTHORISED],
])

const withToken = withClaims({ antiCsrfToken: 'csrf' })
const viaToken = { method: 'POST', options: { antiCsrf: 'VIA_TOKEN' } }
rows('VIA_TOKEN', [
  ['match', { headers: [['anti-csrf', 'csrf'], ...cookies(withToken)], ...viaToken }, OK],
  ['missing', { headers: cookies(withToken), ...viaToken }, TRY_REFRESH],
  ['wrong', { headers: [['anti-csrf', 'x'], ...cookies(withToken)], ...viaToken }, TRY_REFRESH],
  [
    'none in the token',
    { headers: [['anti-csrf', 'csrf'], ...cookies(GOOD)], ...viaToken },
    TRY_REFRESH,
  ],
])

test('key requests: once, then for an unknown kid after half a second, never for a bad signature', async () => {
  const unknown = withHeader({ kid: 'd-1' })
  const steps = [
    [0, GOOD, 1],
    [1, GOOD, 0],
    [400, unknown, 0],
    [600, unknown, 1],
    [650, unknown, 0],
    [2000, FORGED, 0],
  ]
  start(caseOf({ headers: [] }))
  const [first] = caseOf({ headers: [] }).requests
  const requests = steps.map(([after, token]) => ({
    ...first,
    now: NOW + after,
    headers: cookies(token),
  }))
  for (const [index, [after, , expected]] of steps.entries()) {
    // Each prefix anew: what its last request adds is what is asked for it.
    const count = async (length) => {
      const before = core.keyRequests
      await askPeer({ ...caseOf({ headers: [] }), requests: requests.slice(0, length) })
      return core.keyRequests - before
    }
    assert.equal((await count(index + 1)) - (await count(index)), expected, `after ${after} ms`)
  }
})

for (const [name, token, hasToken, hasPayload] of [
  ['none', undefined, false, false],
  ['empty', '', false, false],
  ['garbage', 'garbage', true, false],
  ['expired', EXPIRED, true, false],
  ['unknown kid', withHeader({ kid: 'd-1' }), true, false],
  ['valid', GOOD, true, true],
  ['static, dynamic configured', staticToken, true, true],
  ['parent hash', withClaims({ parentRefreshTokenHash1: 'p' }), true, true],
]) {
  test(`getSSRSession: ${name}`, async () => {
    start(caseOf({ headers: [] }))
    core.follow({})
    const list = token === undefined ? [] : [{ name: 'sAccessToken', value: token }]
    const answer = await at(NOW, () => getSSRSession(list))
    assert.deepEqual(
      [answer.hasToken, answer.accessTokenPayload !== undefined, answer.error],
      [hasToken, hasPayload, undefined],
    )
  })
}

test('the Next adapter takes the last of several cookies', async () => {
  start(caseOf({ headers: [] }))
  core.follow({})
  const headers = { cookie: cookies('garbage', GOOD)[0][1] }
  const request = new Request('https://api.example.com/api/x', { headers })
  const response = await at(NOW, () => withSession(request, async () => new Response('reached')))
  assert.deepEqual(
    [response.status, await response.json()],
    [401, { message: 'try refresh token' }],
  )
})

test('the published key set is what the tokens were signed with', async () => {
  const response = await fetch(`${core.address('up')}/.well-known/jwks.json`)
  assert.deepEqual(await response.json(), plainKeySet())
})
