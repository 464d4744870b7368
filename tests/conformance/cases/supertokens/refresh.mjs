// A page's visit to the refresh endpoint: the gate asks the API, and sends the visitor back.

import { call, nobody, one, page, SITE, unauthorised } from '../../frame-supertokens.mjs'
import { NOW, T } from '../../mint.mjs'
import { base64, claims, token } from '../../mint-supertokens.mjs'

const TOGETHER = { apiDomain: SITE }
const REFRESH = `${SITE}/auth/session/refresh`
const EPOCH = 'Expires=Thu, 01 Jan 1970 00:00:00 GMT'
const FAR = 'Expires=Fri, 31 Dec 9999 23:59:59 GMT'
const COUNT = (count) =>
  `stSsrSessionRefreshAttempt=${count}; Path=/; Max-Age=10; HttpOnly; SameSite=Lax; Secure`
const ATTRIBUTES = 'HttpOnly; Secure; SameSite=Lax'

const FRONT = base64(JSON.stringify({ uid: 'u1', ate: (T + 3600) * 1000, up: claims() }))
const NEW = [
  `sAccessToken=${token()}; Path=/; Expires=Mon, 15 Jun 2026 15:06:40 GMT; ${ATTRIBUTES}`,
  `sRefreshToken=new; Path=/auth/session/refresh; Expires=Mon, 15 Jun 2026 15:06:40 GMT; ${ATTRIBUTES}`,
]
const CLEARED = [
  `sAccessToken=; Path=/; ${EPOCH}; ${ATTRIBUTES}`,
  `sRefreshToken=; Path=/auth/session/refresh; ${EPOCH}; ${ATTRIBUTES}`,
]
const FRONT_CLEARED = ['sFrontToken', 'sAntiCsrf'].map(
  (name) => `${name}=; Path=/; ${EPOCH}; Secure; SameSite=Lax`,
)
const frontCookie = (name, value) => `${name}=${value}; Path=/; ${FAR}; Secure; SameSite=Lax`

const setCookies = (cookies) => cookies.map((cookie) => ['set-cookie', cookie])
const success = { status: 200, headers: [...setCookies(NEW), ['front-token', FRONT]], body: '{}' }
const denied = {
  status: 401,
  headers: [...setCookies(CLEARED), ['front-token', 'remove']],
  body: '{"message":"unauthorised"}',
}

const JAR = 'sAccessToken=old; sRefreshToken=r1; sFrontToken=x; theme=dark'
const visit = (
  name,
  answer,
  expect,
  { cookie = JAR, back = '/a?b=1', options, request, ...more } = {},
) => {
  const path = `/auth/session/refresh${back === null ? '' : `?stRedirectTo=${encodeURIComponent(back)}`}`
  return one(`refresh: ${name}`, request ?? page(path, cookie === null ? {} : { cookie }), expect, {
    options: { ...TOGETHER, ...options },
    replies: answer === undefined ? undefined : { [REFRESH]: answer },
    ...more,
  })
}

const sent = (location, reason, cookies, more = {}) => ({
  outcome: 'redirect',
  status: 307,
  location,
  cookies,
  headers: { 'cache-control': 'private, no-store' },
  state: { status: 'refresh', reason, detail: null },
  ...more,
})
const back = (path = '/a?b=1', more = {}) =>
  sent(
    SITE + path,
    'session-refreshed',
    [
      ...NEW,
      frontCookie('sFrontToken', FRONT),
      frontCookie('st-last-access-token-update', NOW),
      COUNT(1),
    ],
    more,
  )
/** To sign in, with nothing left that makes the browser's own kit believe in a session. */
const ended = (reason, cookies) =>
  sent(`${SITE}/auth?redirectToPath=${encodeURIComponent('/a?b=1')}`, reason, [
    ...cookies,
    ...FRONT_CLEARED,
    frontCookie('st-last-access-token-update', NOW),
    COUNT(1),
  ])
const neither = (reason) => ({
  outcome: 'deny',
  status: 503,
  cookies: [],
  headers: { 'retry-after': '5', 'cache-control': 'private, no-store' },
  state: { status: 'refresh', reason, detail: null },
})

const question = (cookie, more = {}) => ({
  method: 'POST',
  url: REFRESH,
  body: '',
  headers: { cookie, rid: 'anti-csrf', 'st-auth-mode': 'cookie', ...more },
})

const outcomes = [
  visit('a new session, and back', success, {
    ...back(),
    asked: [question('sRefreshToken=r1; sAccessToken=old')],
  }),
  visit(
    'the refresh token alone',
    success,
    { ...back(), asked: [question('sRefreshToken=r1')] },
    { cookie: 'sRefreshToken=r1' },
  ),
  visit(
    'with the token against forgery',
    { ...success, headers: [...success.headers, ['anti-csrf', 'csrf-2']] },
    {
      ...sent(`${SITE}/a?b=1`, 'session-refreshed', [
        ...NEW,
        frontCookie('sFrontToken', FRONT),
        frontCookie('st-last-access-token-update', NOW),
        frontCookie('sAntiCsrf', 'csrf-2'),
        COUNT(1),
      ]),
      asked: [question('sRefreshToken=r1', { 'anti-csrf': 'csrf-1' })],
    },
    { cookie: 'sRefreshToken=r1; sAntiCsrf=csrf-1' },
  ),
  visit(
    'denied: to sign in, with the cookies that the API took away',
    denied,
    ended('refresh-denied', CLEARED),
  ),
  visit(
    'no refresh token: to sign in; nobody is asked, and no token is taken away',
    undefined,
    { ...ended('refresh-token-missing', []), asked: [] },
    {
      cookie: 'sAccessToken=old; sFrontToken=x',
    },
  ),
  visit(
    'no refresh token, but a good access token: back, nothing is taken away',
    undefined,
    {
      ...sent(`${SITE}/a?b=1`, 'refresh-token-missing', [COUNT(1)]),
      asked: [],
    },
    { cookie: `sAccessToken=${token()}; sFrontToken=x` },
  ),
  visit(
    'strict cookies that the browser held back: it asks once more by itself',
    undefined,
    {
      outcome: 'deny',
      status: 401,
      cookies: [COUNT(1)],
      headers: { refresh: `0;url=${REFRESH}?stRedirectTo=%2Fa%3Fb%3D1` },
      state: { status: 'signed-out', reason: 'strict-cookies-withheld' },
      asked: [],
    },
    { cookie: 'theme=dark', options: { cookieSameSite: 'strict' } },
  ),
  visit(
    'a second time in a row: no further',
    undefined,
    { ...neither('refresh-attempts-exceeded'), asked: [] },
    { cookie: 'sRefreshToken=r1; stSsrSessionRefreshAttempt=2' },
  ),
  ...[
    ['a status 500', { status: 500, body: 'oops' }],
    ['a status 404', { status: 404, body: '' }],
    ['a status 429', { status: 429, body: '' }],
    ['a redirect', { status: 302, headers: [['location', 'https://evil.example']], body: '' }],
    ['no connection', null],
  ].map(([name, answer]) =>
    visit(`${name}: neither, and no cookie is taken away`, answer, neither('refresh-unavailable')),
  ),
]

const SCRIPT = { host: 'example.com', 'sec-fetch-dest': 'empty', accept: 'application/json' }
const others = [
  visit(
    'a script posts to the API itself: passed on, whatever the route',
    undefined,
    { ...nobody('token-missing'), asked: [] },
    {
      request: { method: 'POST', url: REFRESH, headers: { ...SCRIPT, cookie: 'sRefreshToken=r1' } },
    },
  ),
  visit(
    'a script that gets',
    undefined,
    { ...unauthorised('token-missing'), asked: [] },
    {
      request: { method: 'GET', url: REFRESH, headers: { ...SCRIPT, cookie: 'sRefreshToken=r1' } },
    },
  ),
  visit(
    'a script posts to another host than that of the API',
    undefined,
    { ...unauthorised('token-missing'), asked: [] },
    {
      request: { method: 'POST', url: REFRESH, headers: { ...SCRIPT, cookie: 'sRefreshToken=r1' } },
      options: { apiDomain: 'https://api.example.com', cookieDomain: '.example.com' },
    },
  ),
  visit(
    'a script posts to another path',
    undefined,
    { ...unauthorised('token-missing'), asked: [] },
    {
      request: {
        method: 'POST',
        url: `${REFRESH}/x`,
        headers: { ...SCRIPT, cookie: 'sRefreshToken=r1' },
      },
    },
  ),
  visit(
    'an API elsewhere',
    undefined,
    { ...unauthorised('token-missing'), asked: [] },
    {
      request: { ...call({ cookie: 'sRefreshToken=r1' }), url: REFRESH },
      options: { apiDomain: 'https://api.example.com' },
    },
  ),
]

/** Where a visitor may be sent back to: nowhere but to the own origin. */
const SAFE = ['/', '/a', '/a?b=1#c', '/a/../b', '/a%5Cb', '/a?u=//x', '/auth?x=1']
const UNSAFE = [
  '',
  'a',
  '//evil.example',
  '///evil.example',
  '/\\evil.example',
  '\\/evil.example',
  '\\\\evil.example',
  '/..//evil.example',
  '/a//b',
  'https://evil.example/a',
  'https:evil.example',
  '//user@evil.example',
  'javascript:alert(1)',
  'data:text/html,x',
  '/a\tb',
  '\t//evil.example',
  ' /a',
  '/a b',
  '/a\r\nset-cookie: x=y',
  '/\u0000',
  '/\u00e4',
  '/\u2028',
]
const returns = [
  ...SAFE.map((path) =>
    visit(`back to ${JSON.stringify(path)}`, success, back(path), { back: path }),
  ),
  ...UNSAFE.map((path) =>
    visit(`not back to ${JSON.stringify(path)}`, success, back('/'), { back: path }),
  ),
  visit('back without a way back', success, back('/'), { back: null }),
]

export const refresh = [...outcomes, ...others, ...returns]
