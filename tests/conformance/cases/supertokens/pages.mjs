// Where the visitors of pages are sent: navigations cannot refresh a session by themselves.

import {
  bearer,
  CORE,
  call,
  cookies,
  JWKS_URL,
  nobody,
  ok,
  one,
  page,
  redirected,
  SITE,
  tryRefresh,
  unauthorised,
  unavailable,
} from '../../frame-supertokens.mjs'
import { NOW, T } from '../../mint.mjs'
import { base64, claims, header, token } from '../../mint-supertokens.mjs'

const GOOD = token()
const EXPIRED = token({ exp: T })
const FORGED = token({}, { key: 'static', head: header() })
const STATIC = token({}, { key: 'static' })
const ROTATED = token({}, { head: { kid: 'd-1' } })

const front = (payload = claims(), ate = (T + 3600) * 1000) =>
  base64(JSON.stringify({ uid: 'u1', ate, up: payload }))
const jar = (...pairs) => ({ cookie: pairs.join('; ') })
const access = (text) => `sAccessToken=${text}`
const frontToken = (text) => `sFrontToken=${text}`

/** API and website on one host: the gate refreshes by itself. */
const TOGETHER = { apiDomain: SITE }
/** The API below the website, with cookies for both. */
const SHARED = { cookieDomain: '.example.com' }
/** A page of the application refreshes. */
const OWN = { refreshPage: '/refresh' }

const PATH = '/a?b=1&c=%C3%A4'
const refresh = `${SITE}/auth/session/refresh?stRedirectTo=${encodeURIComponent(PATH)}`
const signIn = `${SITE}/auth?redirectToPath=${encodeURIComponent(PATH)}`
const outdated = (detail) => ({ status: 'refresh', reason: 'try-refresh-token', detail })
/** The cookie that counts what may come back by itself. */
const counted = (count) =>
  `stSsrSessionRefreshAttempt=${count}; Path=/; Max-Age=10; HttpOnly; SameSite=Lax; Secure`
const EPOCH = 'Expires=Thu, 01 Jan 1970 00:00:00 GMT'
const nobodyBecause = (detail) => ({ status: 'signed-out', reason: 'unauthorised', detail })

const visit = (name, headers, expect, { options = TOGETHER, ...more } = {}) =>
  one(`page: ${name}`, page(PATH, headers), expect, { options, ...more })

/** To sign in, where the browser's own kit may refresh and come back, once. */
const toSignIn = (state, location = signIn) =>
  redirected(location, state, { cookies: [counted(1)] })

/** Turned away, because going on would not end. */
const exceeded = (reason, state) => ({
  outcome: 'deny',
  status: 401,
  location: null,
  reason,
  cookies: [],
  state,
})

/** The table of the app router: payload and token there, or not. */
const appRouter = [
  visit('a session', cookies(GOOD), ok()),
  visit('no token: to sign in', {}, toSignIn(nobodyBecause('token-missing'))),
  visit('a deleted token: to sign in', cookies(''), toSignIn(nobodyBecause('token-missing'))),
  visit(
    'garbage for a token: to sign in',
    cookies('garbage'),
    toSignIn(nobodyBecause('token-not-compact')),
  ),
  visit(
    'an expired token: to refresh',
    cookies(EXPIRED),
    redirected(refresh, outdated('token-expired')),
  ),
  visit(
    'a key that is unknown: to refresh',
    cookies(ROTATED),
    redirected(refresh, outdated('key-not-found')),
  ),
  visit(
    'a bad signature: to refresh',
    cookies(FORGED),
    redirected(refresh, outdated('token-invalid-signature')),
  ),
  visit(
    'the wrong kind of key: to refresh; getSSRSession takes it',
    cookies(STATIC),
    redirected(refresh, outdated('signing-key-mismatch')),
  ),
  visit(
    'duplicate tokens: to refresh; getSSRSession takes the first',
    cookies(GOOD, GOOD),
    redirected(refresh, outdated('duplicate-access-token')),
  ),
  visit(
    'a session of an old kit: to refresh',
    jar('sIdRefreshToken=x'),
    redirected(refresh, outdated('legacy-session')),
  ),
  visit(
    'a refresh that was just made: a session, as for getSSRSession',
    cookies(token({ parentRefreshTokenHash1: 'p' })),
    ok(),
  ),
  visit('a token in the header: a session; getSSRSession does not look there', bearer(GOOD), ok()),
  visit(
    'a token in the header where cookies alone are looked at: to sign in',
    bearer(GOOD),
    toSignIn(nobodyBecause('token-missing')),
    {
      options: { ...TOGETHER, getTokenTransferMethod: 'cookie' },
    },
  ),
  visit('keys that cannot be had: neither', cookies(GOOD), unavailable('keys-unavailable'), {
    options: { jwks: undefined },
    replies: { [JWKS_URL]: null },
  }),
  visit(
    'a session that the core ended: to sign in, with its cookies taken away',
    cookies(GOOD),
    {
      ...toSignIn(nobodyBecause('session-revoked')),
      cookies: [
        'sAccessToken=; Path=/; Expires=Thu, 01 Jan 1970 00:00:00 GMT; HttpOnly; Secure; SameSite=Lax',
        'sRefreshToken=; Path=/auth/session/refresh; Expires=Thu, 01 Jan 1970 00:00:00 GMT; HttpOnly; Secure; SameSite=Lax',
        // So that the browser's own kit knows it as well, and does not try to refresh.
        `sFrontToken=; Path=/; ${EPOCH}; Secure; SameSite=Lax`,
        `sAntiCsrf=; Path=/; ${EPOCH}; Secure; SameSite=Lax`,
        `st-last-access-token-update=${NOW}; Path=/; Expires=Fri, 31 Dec 9999 23:59:59 GMT; Secure; SameSite=Lax`,
      ],
      headers: { 'front-token': 'remove' },
    },
    {
      options: { ...TOGETHER, connectionURI: CORE },
      session: { checkDatabase: true },
      replies: { [`${CORE}/recipe/session/verify`]: { body: '{"status":"UNAUTHORISED"}' } },
    },
  ),
]

/** The states of SuperTokens' own Next middleware, in their order. */
const states = [
  visit('state 1, no front token: to sign in', {}, toSignIn(nobodyBecause('token-missing'))),
  visit('state 1 with a good access token: a session; the peer has none', cookies(GOOD), ok()),
  visit(
    'state 2, a front token that cannot be read: to refresh; the peer signs out',
    jar(frontToken('garbage')),
    redirected(refresh, nobodyBecause('token-missing')),
  ),
  visit(
    'state 2 with a good access token: a session; the peer signs out',
    jar(access(GOOD), frontToken('garbage')),
    ok(),
  ),
  visit(
    'state 3, an expired front token: to refresh',
    jar(frontToken(front(claims(), T * 1000 - 1))),
    redirected(refresh, nobodyBecause('token-missing')),
  ),
  visit(
    'state 3 with a good access token: a session; the peer refreshes',
    jar(access(GOOD), frontToken(front(claims(), T * 1000 - 1))),
    ok(),
  ),
  visit(
    'state 4, a front token alone: to refresh',
    jar(frontToken(front())),
    redirected(refresh, nobodyBecause('token-missing')),
  ),
  visit(
    'state 5, expired: to refresh; the peer signs out',
    jar(access(EXPIRED), frontToken(front())),
    redirected(refresh, outdated('token-expired')),
  ),
  visit(
    'state 5, an unknown key: to refresh; the peer signs out',
    jar(access(ROTATED), frontToken(front())),
    redirected(refresh, outdated('key-not-found')),
  ),
  visit(
    'state 5, garbage: to refresh; the peer signs out',
    jar(access('garbage'), frontToken(front())),
    redirected(refresh, nobodyBecause('token-not-compact')),
  ),
  visit(
    'state 5, keys that cannot be had: neither; the peer signs out',
    jar(access(GOOD), frontToken(front())),
    unavailable('keys-unavailable'),
    {
      options: { jwks: undefined },
      replies: { [JWKS_URL]: null },
    },
  ),
  visit(
    'state 6, a front token of another payload: a session; the peer refreshes',
    jar(access(GOOD), frontToken(front(claims({ plan: 'pro' })))),
    ok(),
  ),
  visit('state 7, both match: a session', jar(access(GOOD), frontToken(front())), ok()),
  visit('optional session, nothing: nobody', {}, nobody('token-missing'), { isOptional: true }),
  visit(
    'optional session, a front token alone: nobody',
    jar(frontToken(front())),
    nobody('token-missing'),
    { isOptional: true },
  ),
  visit(
    'optional session, expired: to refresh',
    cookies(EXPIRED),
    redirected(refresh, outdated('token-expired')),
    { isOptional: true },
  ),
  one(
    'page: a script is not sent anywhere, it refreshes by itself',
    { ...call(cookies(EXPIRED)), url: SITE + PATH },
    tryRefresh('token-expired'),
    { options: TOGETHER },
  ),
  one(
    'page: a script without a session is not sent anywhere',
    { ...call(jar(frontToken(front()))), url: SITE + PATH },
    unauthorised('token-missing'),
    { options: TOGETHER },
  ),
]

/** Where the refresh is. */
const places = [
  visit(
    'cookies for API and website: the gate refreshes',
    cookies(EXPIRED),
    redirected(refresh, outdated('token-expired')),
    { options: SHARED },
  ),
  visit(
    'another base path',
    cookies(EXPIRED),
    redirected(
      `${SITE}/api/session/refresh?stRedirectTo=${encodeURIComponent(PATH)}`,
      outdated('token-expired'),
    ),
    {
      options: { ...TOGETHER, apiBasePath: '/api', apiGatewayPath: '/' },
    },
  ),
  visit(
    'behind a gateway',
    cookies(EXPIRED),
    redirected(
      `${SITE}/gw/auth/session/refresh?stRedirectTo=${encodeURIComponent(PATH)}`,
      outdated('token-expired'),
    ),
    {
      options: { ...TOGETHER, apiGatewayPath: '/gw' },
    },
  ),
  visit(
    'a page of the application',
    cookies(EXPIRED),
    redirected(
      `${SITE}/refresh?stRedirectTo=${encodeURIComponent(PATH)}`,
      outdated('token-expired'),
      {
        cookies: [counted(1)],
      },
    ),
    { options: OWN },
  ),
  visit(
    'a page of the application, a second time: no further',
    jar(access(EXPIRED), 'stSsrSessionRefreshAttempt=1'),
    exceeded('refresh-attempts-exceeded', outdated('token-expired')),
    { options: OWN },
  ),
  visit(
    'a refresh by the gate, a second time: no further',
    jar(access(EXPIRED), 'stSsrSessionRefreshAttempt=1'),
    exceeded('refresh-attempts-exceeded', outdated('token-expired')),
  ),
  visit(
    'several counts, of which the highest counts',
    jar(access(EXPIRED), 'stSsrSessionRefreshAttempt=0', 'stSsrSessionRefreshAttempt=1'),
    exceeded('refresh-attempts-exceeded', outdated('token-expired')),
  ),
  visit(
    'a count that is none',
    jar(access(EXPIRED), 'stSsrSessionRefreshAttempt=x'),
    redirected(refresh, outdated('token-expired')),
  ),
  visit(
    'a front token alone, a second time: no further',
    jar(frontToken(front()), 'stSsrSessionRefreshAttempt=1'),
    exceeded('session-out-of-reach', nobodyBecause('token-missing')),
  ),
  visit(
    'an API that no cookie of the page reaches: to sign in, where the kit refreshes',
    cookies(EXPIRED),
    toSignIn(outdated('token-expired')),
    { options: {} },
  ),
  visit(
    'the same a second time: no further',
    jar(access(EXPIRED), 'stSsrSessionRefreshAttempt=1'),
    exceeded('refresh-attempts-exceeded', outdated('token-expired')),
    { options: {} },
  ),
  visit(
    'a browser that knows of no session: to sign in, and it stays there',
    jar('st-last-access-token-update=1'),
    redirected(signIn, nobodyBecause('token-missing')),
  ),
  visit(
    'a page that is fetched in advance is not counted',
    { 'sec-purpose': 'prefetch' },
    redirected(signIn, nobodyBecause('token-missing')),
  ),
  visit(
    'a form of another page: no refresh gives it the header',
    cookies(GOOD),
    { ...tryRefresh('anti-csrf-header-missing') },
    {
      options: { ...TOGETHER, antiCsrf: 'VIA_CUSTOM_HEADER' },
      request: page(PATH, cookies(GOOD), { method: 'POST' }),
    },
  ),
  visit(
    'a sign-in page elsewhere, where the path would be another page',
    {},
    toSignIn(nobodyBecause('token-missing'), 'https://www.example.com/login'),
    {
      options: { ...TOGETHER, websiteDomain: 'https://www.example.com', websiteBasePath: '/login' },
    },
  ),
]

const wayBack = (path) => `${SITE}/auth/session/refresh?stRedirectTo=${encodeURIComponent(path)}`
const from = (name, url, back) => ({
  ...visit(
    `the way back: ${name}`,
    cookies(EXPIRED),
    redirected(wayBack(back), outdated('token-expired')),
  ),
  request: { ...page('/', cookies(EXPIRED)), url },
})
const returns = [
  from('two slashes', `${SITE}//evil.example`, '/'),
  from('two slashes later', `${SITE}/a//evil.example`, '/'),
  from('a fragment is left out', `${SITE}/a?b#c`, '/a?b'),
  from(
    'an address in the query',
    `${SITE}/a?next=https://evil.example//x`,
    '/a?next=https://evil.example//x',
  ),
]

export const pages = [...appRouter, ...states, ...places, ...returns]
