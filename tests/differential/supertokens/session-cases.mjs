// Makes up cases for sessions: a configuration, and a few things that an application does one after the
// other. A case is JSON and nothing else.
//
// A step: `{ do, …arguments, core: { endpoint: reply }, after?: [op…] }`; an op is done with the session
// that the step gave.

import { headerOf, mint } from './mint.mjs'

const DAY = 86_400_000
const EPOCH = Date.UTC(2026, 2, 4, 5, 6, 7)

/** Weights of the steps. */
const STEPS = [
  [4, create],
  [1, createWithout],
  [4, get],
  [2, getWithout],
  [5, refresh],
  [1, refreshWithout],
  [2, signOut],
  [1, information],
  [1, handles],
  [1, revoke],
  [1, revokeMultiple],
  [1, revokeAll],
  [1, updateData],
  [2, mergeOf],
  [1, claimOf],
]

const NEEDS_KEYS = new Set([get, getWithout, signOut])

const OPS = [
  [5, merge],
  [2, setClaim],
  [1, removeClaim],
  [1, (random) => ({ do: 'getClaim', claim: claim(random) })],
  [1, () => ({ do: 'revoke' })],
]

export function makeCase(random) {
  const now = EPOCH + random.int(0, 1000) * DAY + random.int(0, 999)
  const context = { random, now, options: optionsOf(random) }
  const hosts = random.weighted([
    [12, ['up']],
    [2, ['up', 'other']],
    [2, ['up', 'down']],
    [1, ['down', 'up', 'other']],
    [2, ['down', 'up']],
    [0.3, ['down']],
  ])
  // The peer takes its keys from the core, so that without one it knows no session.
  const kinds = hosts.includes('up') ? STEPS : STEPS.filter(([, step]) => !NEEDS_KEYS.has(step))
  const steps = Array.from({ length: random.int(1, 3) }, () => random.weighted(kinds)(context))
  return { now, options: context.options, hosts, steps }
}

function optionsOf(random) {
  const apiDomain = random.weighted([
    [8, 'https://api.example.com'],
    [1, 'http://localhost:3001'],
    [1, 'https://example.com'],
  ])
  const websiteDomain = random.weighted([
    [6, 'https://example.com'],
    [1, 'https://example.org'],
    [1, 'http://localhost:3000'],
  ])
  const maybe = (chance, name, values) =>
    random.chance(chance) ? { [name]: random.pick(values) } : {}
  const names = (access, refresh) => ({ access, refresh })
  return {
    ...{ apiDomain, websiteDomain },
    ...maybe(0.5, 'apiKey', ['KEY', 'a b"c']),
    ...maybe(0.15, 'apiBasePath', ['/', '/api/auth']),
    ...maybe(0.1, 'apiGatewayPath', ['/gateway', 'gw/']),
    ...maybe(0.3, 'cookieDomain', ['.example.com', 'API.example.com', 'localhost']),
    ...maybe(0.4, 'olderCookieDomain', ['', '.example.com', 'api.example.com']),
    ...maybe(0.3, 'cookieSameSite', ['strict', 'lax', 'none']),
    ...maybe(0.2, 'cookieSecure', [true, false]),
    ...maybe(0.1, 'accessTokenPath', ['/', '/app', '/app/']),
    ...maybe(0.45, 'antiCsrf', ['VIA_TOKEN', 'VIA_CUSTOM_HEADER', 'NONE']),
    ...maybe(0.3, 'getTokenTransferMethod', ['any', 'cookie', 'header']),
    ...maybe(0.15, 'exposeAccessTokenToFrontendInCookieBasedAuth', [true]),
    ...maybe(0.1, 'useDynamicAccessTokenSigningKey', [false]),
    ...maybe(0.1, 'sessionExpiredStatusCode', [440]),
    ...maybe(0.1, 'cookieNames', [names('at', 'rt')]),
    ...maybe(0.1, 'headerNames', [names('X-Access', 'x-refresh')]),
  }
}

// What is done.

function create({ random, now, options }) {
  const headers = [...credentials({ random, now, options }), ...kitHeaders(random)]
  const arguments_ = { tenantId: tenant(random), recipeUserId: user(random) }
  const given = { ...maybePayload(random), ...maybeData(random) }
  const replies = { user: userReply(random), create: tokensReply({ random, now, options }) }
  const after = random.chance(0.5) ? ops({ random, now, options }) : []
  return { do: 'create', headers, ...arguments_, ...given, core: replies, after }
}

function createWithout({ random, now, options }) {
  const arguments_ = { tenantId: tenant(random), recipeUserId: user(random) }
  const given = { ...maybePayload(random), ...maybeData(random) }
  const disableAntiCsrf = random.chance(0.3) ? random.chance(0.5) : undefined
  const replies = { user: userReply(random), create: tokensReply({ random, now, options }) }
  const after = random.chance(0.3) ? ops({ random, now, options }) : []
  return { do: 'createWithout', ...arguments_, ...given, disableAntiCsrf, core: replies, after }
}

function get({ random, now, options }) {
  const method = random.pick(['GET', 'GET', 'POST'])
  const headers = [...credentials({ random, now, options }, 0.9), ...kitHeaders(random)]
  const asked = random.chance(0.3) ? { sessionRequired: random.chance(0.4) } : {}
  if (random.chance(0.2)) asked.checkDatabase = true
  if (random.chance(0.3)) asked.antiCsrfCheck = random.chance(0.3)
  const core = { verify: verifyReply({ random, now, options }) }
  return { do: 'get', method, headers, asked, core, after: ops({ random, now, options }) }
}

function getWithout({ random, now, options }) {
  const token = random.chance(0.9) ? accessToken({ random, now, options }) : 'x'
  const antiCsrf = random.chance(0.6) ? 'csrf' : undefined
  const asked = random.chance(0.7) ? { antiCsrfCheck: random.chance(0.3) } : {}
  if (random.chance(0.2)) asked.sessionRequired = false
  if (random.chance(0.2)) asked.checkDatabase = true
  const core = { verify: verifyReply({ random, now, options }) }
  return { do: 'getWithout', token, antiCsrf, asked, core, after: ops({ random, now, options }) }
}

function refresh({ random, now, options }) {
  const names = options.cookieNames ?? { access: 'sAccessToken', refresh: 'sRefreshToken' }
  const cookies = []
  if (random.chance(0.8)) cookies.push(`${names.refresh}=${refreshToken(random)}`)
  if (random.chance(0.1)) cookies.push(`${names.refresh}=${refreshToken(random)}`)
  if (random.chance(0.5)) cookies.push(`${names.access}=x`)
  if (random.chance(0.08)) cookies.push(`${names.access}=y`)
  if (random.chance(0.2)) cookies.push('sIdRefreshToken=z')
  if (random.chance(0.2)) cookies.push('other="b%b"')
  const headers = [...kitHeaders(random)]
  if (cookies.length > 0) headers.push(['cookie', cookies.join('; ')])
  if (random.chance(0.3)) headers.push(['authorization', `Bearer ${refreshToken(random)}`])
  return { do: 'refresh', headers, core: { refresh: refreshReply({ random, now, options }) } }
}

function refreshWithout({ random, now, options }) {
  const disableAntiCsrf = random.chance(0.5) ? random.chance(0.7) : undefined
  const antiCsrf = random.chance(0.5) ? 'csrf' : undefined
  const core = { refresh: refreshReply({ random, now, options }) }
  const after = random.chance(0.3) ? ops({ random, now, options }) : []
  return { do: 'refreshWithout', token: 'old', disableAntiCsrf, antiCsrf, core, after }
}

function signOut({ random, now, options }) {
  const headers = [...credentials({ random, now, options }, 0.9), ...kitHeaders(random)]
  return { do: 'signOut', headers, core: { verify: verifyReply({ random, now, options }) } }
}

function information({ random }) {
  return {
    do: 'information',
    handle: handle(random),
    core: { information: informationReply(random) },
  }
}

function handles({ random }) {
  const [linked, tenantId] = [maybeBoolean(random), random.pick([undefined, 'public', 't1'])]
  const core = {
    handles: { body: { status: 'OK', sessionHandles: random.some(['a', 'b/c', 'ä']) } },
  }
  return { do: 'handles', userId: user(random), linked, tenantId, core }
}

function revoke({ random }) {
  return { do: 'revokeOne', handle: handle(random), core: { remove: removeReply(random) } }
}

function revokeMultiple({ random }) {
  const handles = random.some(['h', 'a b', '"'])
  return { do: 'revokeMultiple', handles, core: { remove: removeReply(random) } }
}

function revokeAll({ random }) {
  const [linked, tenantId] = [maybeBoolean(random), random.pick([undefined, 'public', 't1'])]
  const core = { remove: removeReply(random) }
  return { do: 'revokeAll', userId: user(random), linked, tenantId, core }
}

function updateData({ random }) {
  const core = { data: storedReply(random) }
  return { do: 'updateData', handle: handle(random), data: payload(random), core }
}

function mergeOf({ random }) {
  const core = { information: informationReply(random), payload: storedReply(random) }
  return { do: 'mergeOf', handle: handle(random), update: update(random), core }
}

function claimOf({ random }) {
  const what = random.pick(['setClaimOf', 'removeClaimOf', 'getClaimOf'])
  const core = { information: informationReply(random), payload: storedReply(random) }
  return { do: what, handle: handle(random), claim: claim(random), value: value(random), core }
}

// What is done with a session.

function ops(context) {
  const { random } = context
  return Array.from({ length: random.int(0, 3) }, () => {
    const op = random.weighted(OPS)(random)
    const replies = { regenerate: regenerateReply(context), remove: removeReply(random) }
    return { ...op, core: replies }
  })
}

function merge(random) {
  return { do: 'merge', update: update(random) }
}

function setClaim(random) {
  return { do: 'setClaim', claim: claim(random), value: value(random) }
}

function removeClaim(random) {
  return { do: 'removeClaim', claim: claim(random) }
}

// Requests.

/** Headers by which a request shows its session, a good one most of the time. */
function credentials(context, chance = 0.3) {
  const { random, options } = context
  const headers = []
  const name = options.cookieNames?.access ?? 'sAccessToken'
  if (random.chance(chance * 0.7)) headers.push(['cookie', `${name}=${accessToken(context)}`])
  if (random.chance(chance * 0.4)) headers.push(['authorization', `Bearer ${accessToken(context)}`])
  return headers
}

function kitHeaders(random) {
  const headers = []
  if (random.chance(0.6))
    headers.push(['st-auth-mode', random.pick(['cookie', 'header', 'Cookie', 'x'])])
  if (random.chance(0.6)) headers.push(['rid', random.pick(['anti-csrf', 'session'])])
  if (random.chance(0.5)) headers.push(['anti-csrf', random.pick(['csrf', 'csrf', 'wrong'])])
  return headers
}

// Tokens.

const PROTECTED = ['sub', 'exp', 'tId', 'stt', 'antiCsrfToken']

function claimsOf({ random, now }) {
  const seconds = Math.floor(now / 1000)
  return {
    ...(random.chance(0.2) ? ownClaims(random) : {}),
    ...{ sub: 'u1', rsub: random.pick(['u1', 'r1']), tId: random.pick(['public', 't1']) },
    ...{ iat: seconds - 10, exp: seconds + random.pick([3600, 7200]), sessionHandle: 'h1' },
    ...{ refreshTokenHash1: 'x', parentRefreshTokenHash1: random.chance(0.15) ? 'p' : null },
    antiCsrfToken: random.chance(0.8) ? 'csrf' : null,
    ...(random.chance(0.8) ? ownClaims(random) : {}),
  }
}

/** What an application may put into a token. */
function ownClaims(random) {
  const claims = Object.entries(payload(random))
  return Object.fromEntries(claims.filter(([name]) => !PROTECTED.includes(name)))
}

function accessToken(context) {
  const { options } = context
  const key = options.useDynamicAccessTokenSigningKey === false ? 'static' : 'dynamic'
  return mint(claimsOf(context), { header: headerOf('5', key), key })
}

function refreshToken(random) {
  return random.pick(['old', 'old%2B%2F', '"quoted"', 'a.b-c_d'])
}

// What the core answers.

function tokensReply(context) {
  const { random, now, isRefresh } = context
  if (random.chance(0.04)) return trouble(random)
  const claims = claimsOf(context)
  if (isRefresh && random.chance(0.1)) delete claims.tId
  const key = 'dynamic'
  const token = mint(claims, { header: headerOf('5', key), key })
  return {
    body: {
      status: 'OK',
      session: sessionReply(random),
      accessToken: { token, expiry: claims.exp * 1000, createdTime: now },
      refreshToken: {
        token: random.pick(['new', 'new+/=', 'a.b', "it's(fine)*"]),
        expiry: now + random.int(1, 100) * DAY,
        createdTime: now,
      },
      ...(random.chance(0.4) ? { antiCsrfToken: 'csrf-new' } : {}),
    },
  }
}

function sessionReply(random) {
  const tenantId = random.pick(['public', 't1'])
  const userDataInJWT = payload(random)
  return {
    handle: 'h2',
    userId: 'u1',
    recipeUserId: random.pick(['u1', 'r1']),
    userDataInJWT,
    tenantId,
  }
}

function refreshReply(context) {
  const { random } = context
  const session = sessionReply(random)
  return random.weighted([
    [6, tokensReply({ ...context, isRefresh: true })],
    [1, { body: { status: 'UNAUTHORISED', message: 'gone' } }],
    [1, { body: { status: 'TOKEN_THEFT_DETECTED', session } }],
  ])
}

function regenerateReply(context) {
  const { random } = context
  const { body } = tokensReply({ ...context, random: calm(random) })
  const { refreshToken: _, antiCsrfToken: __, accessToken, ...rest } = body
  return random.weighted([
    [6, { body: { ...rest, accessToken } }],
    [1, { body: rest }],
    [1, { body: { status: 'UNAUTHORISED', message: 'gone' } }],
    [0.3, trouble(random)],
  ])
}

/** The same random numbers without the chance of trouble. */
function calm(random) {
  return Object.assign(Object.create(random), {
    next: () => random.next(),
    int: (from, to) => random.int(from, to),
    pick: (list) => random.pick(list),
    some: (list) => random.some(list),
    word: () => random.word(),
    weighted: (pairs) => random.weighted(pairs),
    chance: (probability) => probability > 0.05 && random.chance(probability),
  })
}

function verifyReply(context) {
  const { random } = context
  const { body } = tokensReply({ ...context, random: calm(random) })
  const { accessToken, session } = body
  return random.weighted([
    [5, { body: { status: 'OK', session } }],
    [3, { body: { status: 'OK', session, accessToken } }],
    [1, { body: { status: 'UNAUTHORISED', message: 'gone' } }],
    [1, { body: { status: 'TRY_REFRESH_TOKEN', message: 'try' } }],
  ])
}

function informationReply(random) {
  if (random.chance(0.05)) return trouble(random)
  if (random.chance(0.2)) return { body: { status: 'UNAUTHORISED', message: 'gone' } }
  const { handle: sessionHandle, ...rest } = sessionReply(random)
  const claims = random.chance(0.5) ? { 'st-a': { v: true, t: 1 }, 'st-b': { v: ['x'], t: 2 } } : {}
  return {
    body: {
      ...{
        status: 'OK',
        sessionHandle,
        timeCreated: 1,
        expiry: 2,
        userDataInDatabase: payload(random),
      },
      ...rest,
      userDataInJWT: { ...rest.userDataInJWT, ...claims },
    },
  }
}

function storedReply(random) {
  if (random.chance(0.05)) return trouble(random)
  return { body: { status: random.chance(0.8) ? 'OK' : 'UNAUTHORISED' } }
}

function removeReply(random) {
  if (random.chance(0.04)) return trouble(random)
  return { body: { status: 'OK', sessionHandlesRevoked: random.some(['h', 'i']) } }
}

function userReply(random) {
  if (random.chance(0.03)) return trouble(random)
  return { body: { status: 'UNKNOWN_USER_ID_ERROR' } }
}

/** The core fails. */
function trouble(random) {
  return random.weighted([
    [2, { status: random.pick([400, 401, 500]), body: 'no' }],
    [1, { fails: true }],
    [1, { body: '<html>' }],
    [1, { body: {} }],
  ])
}

// Values.

const NAMES = [
  'a',
  'role',
  'sub',
  'iss',
  'exp',
  'tId',
  'stt',
  'antiCsrfToken',
  '10',
  '2',
  '-1',
  '01',
]

function payload(random, depth = 0) {
  const names = random.some(NAMES, 0.3)
  if (random.chance(0.1)) names.reverse()
  return Object.fromEntries(names.map((name) => [name, anything(random, depth)]))
}

function anything(random, depth) {
  const plain = [null, true, false, 0, -7, 1.5, 1e21, 1e-7, '', 'text', 'ü "\\\n', '\u2028', []]
  if (depth < 2 && random.chance(0.3)) return payload(random, depth + 1)
  if (depth < 2 && random.chance(0.1))
    return [anything(random, depth + 1), anything(random, depth + 1)]
  return random.pick(plain)
}

/** A change never touches what is protected: the core would refuse it. */
function update(random) {
  return ownClaims(random)
}

function maybePayload(random) {
  return random.chance(0.7) ? { payload: payload(random) } : {}
}

function maybeData(random) {
  return random.chance(0.4) ? { data: payload(random) } : {}
}

function maybeBoolean(random) {
  return random.pick([undefined, true, false])
}

function tenant(random) {
  return random.pick(['public', 't1', 'tenant-2'])
}

function user(random) {
  return random.pick(['u1', 'r1', 'user with / ü&=?'])
}

function handle(random) {
  return random.pick(['h1', 'a b/c', 'ü'])
}

/** `[class, key]` */
function claim(random) {
  return random.pick([
    ['PrimitiveClaim', 'st-a'],
    ['BooleanClaim', 'st-c'],
    ['PrimitiveArrayClaim', 'st-b'],
    ['MultiFactorAuthClaim', 'st-mfa'],
  ])
}

function value(random) {
  return random.pick([true, 'x', ['x', 'y'], { c: { totp: 1 }, v: false }])
}
