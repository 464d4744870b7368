// What only the core can say of a token.

import {
  bearer,
  CORE,
  call,
  cookies,
  ok,
  one,
  refused,
  sequence,
  tryRefresh,
  unauthorised,
  unavailable,
} from '../../frame-supertokens.mjs'
import { T } from '../../mint.mjs'
import { base64, claims, header, legacyToken, token } from '../../mint-supertokens.mjs'

const GOOD = token()
const PARENT = token({ parentRefreshTokenHash1: 'hash-0' })
const VERIFY = `${CORE}/recipe/session/verify`
const WITH_CORE = { connectionURI: CORE }

const EPOCH = 'Expires=Thu, 01 Jan 1970 00:00:00 GMT'
/** The cookies that end a session. */
const CLEARED = [
  `sAccessToken=; Path=/; ${EPOCH}; HttpOnly; Secure; SameSite=Lax`,
  `sRefreshToken=; Path=/auth/session/refresh; ${EPOCH}; HttpOnly; Secure; SameSite=Lax`,
]

/** What the core says of the session of the ordinary token. */
const session = (more = {}) => ({
  handle: 'h1',
  userId: 'u1',
  recipeUserId: 'r1',
  tenantId: 'public',
  userDataInJWT: {},
  ...more,
})
const reply = (body, status = 200) => ({
  status,
  headers: [['content-type', 'application/json']],
  body: JSON.stringify(body),
})
const yes = reply({ status: 'OK', session: session() })

/** The request to the core, its body as `supertokens-node` writes it. */
const question = (
  accessToken,
  { checkDatabase = false, doAntiCsrfCheck = false, enableAntiCsrf = false, antiCsrfToken } = {},
) => ({
  method: 'POST',
  url: VERIFY,
  body: JSON.stringify({
    accessToken,
    antiCsrfToken,
    doAntiCsrfCheck,
    enableAntiCsrf,
    checkDatabase,
  }),
  headers: {
    'content-type': 'application/json; charset=utf-8',
    'cdi-version': '5.4',
    rid: 'session',
  },
})

function row(name, request, answer, expect, { options, ...more } = {}) {
  return one(`core: ${name}`, request, expect, {
    options: { ...WITH_CORE, ...options },
    replies: { [VERIFY]: answer },
    ...more,
  })
}

const revoked = {
  ...unauthorised('session-revoked'),
  cookies: CLEARED,
  headers: {
    'front-token': 'remove',
    'st-access-token': '',
    'st-refresh-token': '',
    'access-control-expose-headers': 'front-token, st-access-token, st-refresh-token',
    'cache-control': 'private, no-store',
  },
}
const gone = reply({ status: 'UNAUTHORISED', message: 'Session does not exist.' })
const tryAgain = reply({ status: 'TRY_REFRESH_TOKEN', message: 'x' })
const asked = (...questions) => ({ asked: questions })

const whether = [
  row('asked for a refresh that was just made', call(cookies(PARENT)), yes, {
    ...ok(),
    ...asked(question(PARENT)),
  }),
  ...['', ' '].map((hash) => {
    const text = token({ parentRefreshTokenHash1: hash })
    return row(`asked for the parent hash ${JSON.stringify(hash)}`, call(cookies(text)), yes, {
      ...ok(),
      ...asked(question(text)),
    })
  }),
  ...[null, 1, false, {}].map((hash) =>
    row(
      `not asked for the parent hash ${JSON.stringify(hash)}`,
      call(cookies(token({ parentRefreshTokenHash1: hash }))),
      yes,
      { ...ok(), ...asked() },
    ),
  ),
  row('not asked without a reason', call(cookies(GOOD)), yes, { ...ok(), ...asked() }),
  row(
    'asked where the route wants it',
    call(cookies(GOOD)),
    yes,
    { ...ok(), ...asked(question(GOOD, { checkDatabase: true })) },
    {
      session: { checkDatabase: true },
    },
  ),
  row(
    'not asked about a bad signature',
    call(cookies(token({}, { key: 'static', head: header() }))),
    yes,
    { ...tryRefresh('token-invalid-signature'), ...asked() },
    {
      session: { checkDatabase: true },
    },
  ),
  row(
    'not asked about an expired token',
    call(cookies(token({ exp: T }))),
    yes,
    { ...tryRefresh('token-expired'), ...asked() },
    {
      session: { checkDatabase: true },
    },
  ),
  row(
    'not asked where there is no token',
    call(),
    yes,
    { ...unauthorised('token-missing'), ...asked() },
    {
      session: { checkDatabase: true },
    },
  ),
  row('asked about a token in the header', call(bearer(PARENT), 'POST'), yes, {
    ...ok(),
    ...asked(question(PARENT)),
  }),
]

const csrf = token({ antiCsrfToken: 'csrf-1', parentRefreshTokenHash1: 'hash-0' })
const questions = [
  row('told to look for forgery', call(cookies(PARENT), 'POST'), yes, {
    ...ok(),
    ...asked(question(PARENT, { doAntiCsrfCheck: true })),
  }),
  row(
    'told the token against forgery',
    call({ ...cookies(csrf), 'anti-csrf': 'csrf-1' }, 'POST'),
    yes,
    {
      ...ok(),
      ...asked(
        question(csrf, { antiCsrfToken: 'csrf-1', doAntiCsrfCheck: true, enableAntiCsrf: true }),
      ),
    },
    { options: { antiCsrf: 'VIA_TOKEN' } },
  ),
  row(
    'not told to look for forgery where the custom header proved enough',
    call({ ...cookies(PARENT), rid: 'x' }, 'POST'),
    yes,
    { ...ok(), ...asked(question(PARENT)) },
    { options: { antiCsrf: 'VIA_CUSTOM_HEADER' } },
  ),
  row(
    'shown the key',
    call(cookies(PARENT)),
    yes,
    { ...ok(), asked: [{ headers: { ...question('').headers, 'api-key': 'key-1' } }] },
    {
      options: { apiKey: 'key-1' },
    },
  ),
]

const answers = [
  row('the session is gone', call(cookies(PARENT)), gone, revoked),
  row('the session is gone, optional session', call(cookies(PARENT)), gone, revoked, {
    isOptional: true,
  }),
  row('the session is gone, by the database', call(cookies(GOOD)), gone, revoked, {
    session: { checkDatabase: true },
  }),
  row('try again', call(cookies(PARENT)), tryAgain, tryRefresh('core-refused')),
  row(
    'a word that nobody knows',
    call(cookies(PARENT)),
    reply({ status: 'MAYBE' }),
    tryRefresh('core-refused'),
  ),
  ...[
    ['a status 500', reply({ message: 'x' }, 500)],
    ['a status 404', reply({ message: 'x' }, 404)],
    ['a wrong key', reply({ message: 'Invalid API key' }, 401)],
    ['no connection', null],
    ['no JSON', { body: 'oops' }],
    ['no session', reply({ status: 'OK' })],
  ].map(([name, answer]) =>
    row(
      `${name}; the peer has a status 500`,
      call(cookies(PARENT)),
      answer,
      unavailable('core-unavailable'),
    ),
  ),
  row(
    'no word; the peer says to try again',
    call(cookies(PARENT)),
    reply({}),
    unavailable('core-unavailable'),
  ),
  row(
    'it knows better who it is',
    call(cookies(PARENT)),
    reply({ status: 'OK', session: session({ userId: 'u9', recipeUserId: 'r9', tenantId: 't9' }) }),
    ok({ userId: 'u9', recipeUserId: 'r9', tenantId: 't9' }),
  ),
  row(
    'it knows better what a token of version 2 holds',
    call(cookies(legacyToken({ parentRefreshTokenHash1: 'hash-0' }))),
    reply({ status: 'OK', session: session({ userDataInJWT: { plan: 'free' } }) }),
    { ...ok(), auth: { ...ok().auth, sessionClaims: { plan: 'free' } } },
  ),
]

const NEW = token({ iat: T, exp: T + 3600, plan: 'pro' })
const exchanged = reply({
  status: 'OK',
  session: session({ userDataInJWT: { plan: 'pro' } }),
  accessToken: { token: NEW, expiry: (T + 3600) * 1000, createdTime: T * 1000 },
})
const front = base64(
  JSON.stringify({ uid: 'u1', ate: (T + 3600) * 1000, up: claims({ iat: T, plan: 'pro' }) }),
)
const newCookie = (domain) =>
  `sAccessToken=${NEW}; ${domain}Path=/; Expires=Mon, 15 Jun 2026 15:06:40 GMT; HttpOnly; Secure; SameSite=Lax`
const replaced = { ...ok(), auth: { ...ok().auth, sessionClaims: claims({ iat: T, plan: 'pro' }) } }

const exchange = [
  row('another token in a cookie', call(cookies(PARENT)), exchanged, {
    ...replaced,
    cookies: [newCookie('')],
    state: { ...replaced.state, token: NEW },
    headers: {
      'front-token': front,
      'access-control-expose-headers': 'front-token',
      'cache-control': 'private, no-store',
    },
  }),
  row('another token in a header', call(bearer(PARENT)), exchanged, {
    ...replaced,
    cookies: [],
    headers: {
      'front-token': front,
      'st-access-token': NEW,
      'access-control-expose-headers': 'front-token, st-access-token',
    },
  }),
  row(
    'another token in a cookie of a domain, shown to scripts',
    call(cookies(PARENT)),
    exchanged,
    {
      ...replaced,
      cookies: [newCookie('Domain=.example.com; ')],
      headers: {
        'st-access-token': NEW,
        'access-control-expose-headers': 'front-token, st-access-token',
      },
    },
    {
      options: { cookieDomain: '.example.com', exposeAccessTokenToFrontendInCookieBasedAuth: true },
    },
  ),
]

const several = (replies, expect) =>
  one('core: several addresses', call(cookies(PARENT)), expect, {
    options: { connectionURI: 'https://a.example;https://b.example/core/' },
    replies,
  })
const [A, B] = [
  'https://a.example/recipe/session/verify',
  'https://b.example/core/recipe/session/verify',
]
const named = (suffix, { name, ...rest }) => ({ name: `${name}, ${suffix}`, ...rest })
const addresses = [
  named('the first answers', several({ [A]: yes, [B]: gone }, { ...ok(), asked: [{ url: A }] })),
  named(
    'the first is gone',
    several({ [A]: null, [B]: yes }, { ...ok(), asked: [{ url: A }, { url: B }] }),
  ),
  named(
    'all are gone',
    several(
      { [A]: null, [B]: null },
      { ...unavailable('core-unavailable'), asked: [{ url: A }, { url: B }] },
    ),
  ),
  one(
    'core: addresses without a scheme',
    call(cookies(PARENT)),
    {
      ...unavailable('core-unavailable'),
      asked: ['https://try.example', 'https://try.example:8080', 'http://localhost:90/x'].map(
        (core) => ({
          url: `${core}/recipe/session/verify`,
        }),
      ),
    },
    { options: { connectionURI: 'try.example;Try.Example:8080/; localhost:90/x/' }, replies: {} },
  ),
  refused(
    'an address of the core that is none; the peer finds out when it asks',
    { connectionURI: 'https://core.example;a b' },
    'invalid-option',
    'connectionURI',
  ),
  named(
    'a status 500 is an answer',
    several(
      { [A]: reply({}, 500), [B]: yes },
      { ...unavailable('core-unavailable'), asked: [{ url: A }] },
    ),
  ),
]

const origin = (detail) => ({
  ...ok(),
  state: { status: 'needs-origin', reason: detail, detail: null },
})
const withoutCore = [
  one(
    'without a core, which the peer always has: a refresh that was just made',
    call(cookies(PARENT)),
    ok(),
  ),
  one(
    'without a core, for a backend that verifies: a refresh that was just made',
    call(cookies(PARENT)),
    origin('origin-parent-refresh-token'),
    {
      options: { originVerifies: true },
    },
  ),
  one(
    'without a core, for a backend that verifies: the database',
    call(cookies(GOOD)),
    origin('origin-database-check'),
    {
      options: { originVerifies: true },
      session: { checkDatabase: true },
    },
  ),
  {
    ...one(
      'without a core, which the peer always has: the database',
      call(),
      {
        error: { code: 'invalid-option', option: 'routes[0].session.checkDatabase' },
      },
      { session: { checkDatabase: true } },
    ),
  },
]

const again = sequence(
  'core: asked for each request anew',
  [
    [0, call(cookies(GOOD)), { ...ok(), asked: [question(GOOD, { checkDatabase: true })] }],
    [1, call(cookies(GOOD)), { ...revoked, asked: [question(GOOD, { checkDatabase: true })] }],
    [2, call(cookies(GOOD)), { ...ok(), asked: [question(GOOD, { checkDatabase: true })] }],
  ],
  {
    options: WITH_CORE,
    session: { checkDatabase: true },
    replies: { [VERIFY]: [yes, gone, yes] },
  },
)

export const core = [
  again,
  ...whether,
  ...questions,
  ...answers,
  ...exchange,
  ...addresses,
  ...withoutCore,
]
