// What follows from the options: attributes of cookies, the protection against forgery, addresses.
//
// A session that the core ended shows the attributes, because its cookies are taken away; a POST shows
// the protection; keys that are fetched show where the API is.

import {
  API,
  CORE,
  call,
  cookies,
  ok,
  one,
  page,
  refused,
  tryRefresh,
  unauthorised,
} from '../../frame-supertokens.mjs'
import { JWKS, token } from '../../mint-supertokens.mjs'

const GOOD = token()
const EPOCH = 'Expires=Thu, 01 Jan 1970 00:00:00 GMT'

/** The cookies that are taken away when the session is gone. */
function cleared(
  name,
  options,
  {
    sameSite = 'Lax',
    secure = true,
    domain,
    access = '/',
    refresh = '/auth/session/refresh',
    names = ['sAccessToken', 'sRefreshToken'],
  } = {},
) {
  const cookie = (name, path) =>
    [
      `${name}=`,
      ...(domain ? [`Domain=${domain}`] : []),
      `Path=${path}`,
      EPOCH,
      'HttpOnly',
      ...(secure ? ['Secure'] : []),
      `SameSite=${sameSite}`,
    ].join('; ')
  const expected = [cookie(names[0], access), cookie(names[1], refresh)]
  return one(
    name,
    call({ cookie: `${names[0]}=${GOOD}` }),
    { ...unauthorised('session-revoked'), cookies: expected },
    {
      options: { connectionURI: CORE, ...options },
      session: { checkDatabase: true },
      replies: { [`${CORE}/recipe/session/verify`]: { body: '{"status":"UNAUTHORISED"}' } },
    },
  )
}

/** Whether a request that changes something needs the header `rid`. */
function protection(name, options, isNeeded) {
  const expect = isNeeded ? tryRefresh('anti-csrf-header-missing') : ok()
  return one(name, call(cookies(GOOD), 'POST'), expect, { options })
}

/** apiDomain, websiteDomain; what follows. */
const DOMAINS = [
  ['api.supertokens.io', 'supertokens.io', 'Lax', true],
  ['https://api.supertokens.io', 'supertokens.io', 'Lax', true],
  ['api.supertokens.com', 'supertokens.io', 'None', true],
  ['api.supertokens.co.uk', 'supertokens.co.uk', 'Lax', true],
  ['supertokens.io', 'www.supertokens.io', 'Lax', true],
  ['127.0.0.1:3000', '127.0.0.1:9000', 'Lax', false],
  ['localhost:3000', 'localhost:9000', 'Lax', false],
  ['localhost:3000', '127.0.0.1:9000', 'Lax', false],
  ['api.supertokens.io', '127.0.0.1:9000', 'None', true],
  ['https://localhost', 'http://localhost:3000', 'None', true],
  ['http://api.test.com:3000', 'google.com', 'None', false],
  ['https://api.test.com', 'http://api.test.com', 'None', true],
  ['http://api.test.com', 'http://test.com', 'Lax', false],
]
const derived = DOMAINS.flatMap(([apiDomain, websiteDomain, sameSite, secure]) => {
  const options = { apiDomain, websiteDomain, jwks: JWKS }
  const name = `${apiDomain} and ${websiteDomain}`
  return [
    cleared(`cookies of ${name}`, options, { sameSite, secure }),
    protection(`protection of ${name}`, options, sameSite === 'None'),
  ]
})

const SAME_SITE = [
  [' Lax ', 'Lax'],
  ['None ', 'None'],
  [' STRICT ', 'Strict'],
  ['lax', 'Lax'],
  ['none', 'None'],
  ['strict', 'Strict'],
]
const sameSite = SAME_SITE.flatMap(([cookieSameSite, sameSite]) => [
  cleared(`cookieSameSite ${JSON.stringify(cookieSameSite)}`, { cookieSameSite }, { sameSite }),
  protection(
    `protection with cookieSameSite ${JSON.stringify(cookieSameSite)}`,
    { cookieSameSite },
    sameSite === 'None',
  ),
])

const said = [
  ...['random ', ' ', ''].map((cookieSameSite) =>
    refused(
      `cookieSameSite ${JSON.stringify(cookieSameSite)}`,
      { cookieSameSite },
      'invalid-option',
      'cookieSameSite',
    ),
  ),
  ...['RANDOM', 'none', ''].map((antiCsrf) =>
    refused(`antiCsrf ${JSON.stringify(antiCsrf)}`, { antiCsrf }, 'invalid-option', 'antiCsrf'),
  ),
  refused('antiCsrf that is a function', { antiCsrf: {} }, 'wrong-type', 'antiCsrf'),
  refused(
    'getTokenTransferMethod "both"',
    { getTokenTransferMethod: 'both' },
    'invalid-option',
    'getTokenTransferMethod',
  ),
  refused(
    'an option that there is not',
    { cookieSamesite: 'lax' },
    'unknown-option',
    'cookieSamesite',
  ),
  refused('no apiDomain', { apiDomain: undefined }, 'missing-option', 'apiDomain'),
  ...[
    '/one/two',
    '/.netlify/functions/api',
    '',
    'http://',
    'https://u:p@a.example',
    'javascript:x',
  ].map((apiDomain) =>
    refused(`apiDomain ${JSON.stringify(apiDomain)}`, { apiDomain }, 'invalid-option', 'apiDomain'),
  ),
  refused('websiteDomain "a b"', { websiteDomain: 'a b' }, 'invalid-option', 'websiteDomain'),
  refused(
    'neither websiteDomain nor cookieSameSite',
    { websiteDomain: undefined },
    'missing-option',
    'websiteDomain',
  ),
  refused(
    'two hosts that only the public suffix list can tell',
    { apiDomain: 'api.example.com', websiteDomain: 'app.example.com' },
    'missing-option',
    'cookieSameSite',
  ),
  cleared(
    'two hosts that the domain of the cookies tells',
    {
      apiDomain: 'api.example.com',
      websiteDomain: 'app.example.com',
      cookieDomain: '.example.com',
    },
    { domain: '.example.com' },
  ),
  cleared('cookieSecure false', { cookieSecure: false }, { secure: false }),
  cleared('cookieSecure true on this machine', {
    apiDomain: 'localhost:3000',
    websiteDomain: 'localhost:3000',
    cookieSecure: true,
  }),
  protection(
    'antiCsrf goes before cookieSameSite',
    { antiCsrf: 'NONE', cookieSameSite: 'none' },
    false,
  ),
  protection('antiCsrf where cookieSameSite needs none', { antiCsrf: 'VIA_CUSTOM_HEADER' }, true),
  protection(
    'antiCsrf on this machine',
    { apiDomain: '127.0.0.1:3000', websiteDomain: '127.0.0.1:9000', antiCsrf: 'VIA_CUSTOM_HEADER' },
    true,
  ),
  protection(
    'antiCsrf NONE for two sites',
    { apiDomain: 'https://127.0.0.1:3000', websiteDomain: 'google.com', antiCsrf: 'NONE' },
    false,
  ),
  cleared('other names', { cookieNames: { access: 'at', refresh: 'rt' } }, { names: ['at', 'rt'] }),
  refused(
    'a name that cookies cannot have',
    { cookieNames: { access: 'a;b' } },
    'invalid-option',
    'cookieNames.access',
  ),
]

/** What is written, and what the attribute is; config.test.js and sessionUtils.test.js. */
const COOKIE_DOMAINS = [
  ['api.example.com', 'api.example.com'],
  ['http://api.example.com', 'api.example.com'],
  ['https://api.example.com', 'api.example.com'],
  ['http://api.example.com?hello=1', 'api.example.com'],
  ['http://api.example.com/hello', 'api.example.com'],
  ['http://api.example.com/', 'api.example.com'],
  ['http://api.example.com:8080', 'api.example.com'],
  ['http://api.example.com#random2', 'api.example.com'],
  ['api.example.com/', 'api.example.com'],
  ['api.example.com#random', 'api.example.com'],
  ['example.com', 'example.com'],
  ['api.example.com/?hello=1&bye=2', 'api.example.com'],
  ['localhost.org', 'localhost.org'],
  ['localhost', 'localhost'],
  ['localhost:8080', 'localhost'],
  ['127.0.0.1', '127.0.0.1'],
  ['192.168.1.1', '192.168.1.1'],
  ['.api.example.com', '.api.example.com'],
  ['.api.example.com/', '.api.example.com'],
  ['.api.example.com#random', '.api.example.com'],
  ['.example.com', '.example.com'],
  ['.api.example.com/?hello=1&bye=2', '.api.example.com'],
  ['.localhost.org', '.localhost.org'],
  ['.localhost', 'localhost'],
  ['.localhost:8080', 'localhost'],
  ['.127.0.0.1', '127.0.0.1'],
  ['http://example.com', 'example.com'],
  ['https://example.com', 'example.com'],
  ['  example.com  ', 'example.com'],
  ['sub.example.com', 'sub.example.com'],
  ['http://sub.example.com', 'sub.example.com'],
  ['https://sub.example.com', 'sub.example.com'],
  ['.sub.example.com', '.sub.example.com'],
  ['a.sub.example.com', 'a.sub.example.com'],
  ['http://a.sub.example.com', 'a.sub.example.com'],
  ['https://a.sub.example.com', 'a.sub.example.com'],
  ['.a.sub.example.com', '.a.sub.example.com'],
  ['API.Example.COM', 'api.example.com'],
]
const cookieDomains = [
  ...COOKIE_DOMAINS.map(([cookieDomain, domain]) =>
    cleared(`cookieDomain ${JSON.stringify(cookieDomain)}`, { cookieDomain }, { domain }),
  ),
  ...['', 'http://', '..example.com', 'exa mple.com'].map((cookieDomain) =>
    refused(
      `cookieDomain ${JSON.stringify(cookieDomain)}`,
      { cookieDomain },
      'invalid-option',
      'cookieDomain',
    ),
  ),
]

const paths = [
  cleared('accessTokenPath', { accessTokenPath: '/access' }, { access: '/access' }),
  cleared('apiBasePath', { apiBasePath: '/custom/a' }, { refresh: '/custom/a/session/refresh' }),
  cleared(
    'apiBasePath with slashes otherwise',
    { apiBasePath: 'custom/a/' },
    { refresh: '/custom/a/session/refresh' },
  ),
  cleared('apiBasePath "/"', { apiBasePath: '/' }, { refresh: '/session/refresh' }),
  cleared('apiBasePath ""', { apiBasePath: '' }, { refresh: '/session/refresh' }),
  cleared(
    'apiGatewayPath',
    { apiGatewayPath: '/gateway' },
    { refresh: '/gateway/auth/session/refresh' },
  ),
  ...['/a?b', '/a#b', '/a\\b', 'http://api.example.com/one'].map((apiBasePath) =>
    refused(
      `apiBasePath ${JSON.stringify(apiBasePath)}; the peer takes a part of it`,
      { apiBasePath },
      'invalid-option',
      'apiBasePath',
    ),
  ),
]

/** What is written, and where the keys are fetched. */
const API_DOMAINS = [
  ['https://api.example.com', 'https://api.example.com'],
  ['https://api.example.com/one/two/', 'https://api.example.com'],
  ['api.example.com/', 'https://api.example.com'],
  ['api.example.com', 'https://api.example.com'],
  ['api.example.com#random', 'https://api.example.com'],
  ['.example.com', 'https://example.com'],
  ['api.example.com/?hello=1&bye=2', 'https://api.example.com'],
  ['localhost', 'http://localhost'],
  ['https://localhost', 'https://localhost'],
  ['api.example.com/one/two', 'https://api.example.com'],
  ['api.example.com/one/two/#random', 'https://api.example.com'],
  ['.example.com/one/two', 'https://example.com'],
  ['localhost:4000', 'http://localhost:4000'],
  ['127.0.0.1:4000', 'http://127.0.0.1:4000'],
  ['127.0.0.1', 'http://127.0.0.1'],
  ['https://127.0.0.1:80/', 'https://127.0.0.1:80'],
  ['HTTPS://API.example.com:443', 'https://api.example.com'],
]
const BASE_PATHS = [
  ['exists', '/exists'],
  ['eXiStS', '/eXiStS'],
  ['/exists', '/exists'],
  ['/one/two', '/one/two'],
  ['one/two', '/one/two'],
  ['one/two/', '/one/two'],
  ['/one/two/', '/one/two'],
  ['/', ''],
  ['', ''],
  ['/.netlify/functions/api', '/.netlify/functions/api'],
  ['/app.example.com', '/app.example.com'],
]
const fetched = (name, options, url) =>
  one(
    name,
    call(cookies(GOOD)),
    { ...ok(), asked: [{ method: 'GET', url }] },
    {
      options: { jwks: undefined, cookieSameSite: 'lax', ...options },
      replies: { [url]: { body: JSON.stringify(JWKS) } },
    },
  )
const addresses = [
  ...API_DOMAINS.map(([apiDomain, origin]) =>
    fetched(
      `apiDomain ${JSON.stringify(apiDomain)}`,
      { apiDomain },
      `${origin}/auth/jwt/jwks.json`,
    ),
  ),
  ...BASE_PATHS.map(([apiBasePath, path]) =>
    fetched(
      `keys with apiBasePath ${JSON.stringify(apiBasePath)}`,
      { apiBasePath },
      `${API}${path}/jwt/jwks.json`,
    ),
  ),
  fetched(
    'jwksUrl',
    { jwksUrl: 'https://core.example/.well-known/jwks.json' },
    'https://core.example/.well-known/jwks.json',
  ),
  ...['http://api.example.com', 'http://1.2.3.4', '1.2.3.4'].map((apiDomain) =>
    refused(
      `apiDomain ${apiDomain} without keys; the peer fetches them in the clear`,
      { apiDomain, jwks: undefined, cookieSameSite: 'lax' },
      'invalid-option',
      'apiDomain',
    ),
  ),
  refused('jwks and jwksUrl', { jwksUrl: 'https://a.example' }, 'invalid-option', 'jwksUrl'),
]

const claimValidators = [{ claim: 'st-ev', validator: 'isVerified' }]
const expired = (status) => ({ ...unauthorised('token-missing'), status })
const statuses = [
  one('sessionExpiredStatusCode, no session', call(), expired(402), {
    options: { sessionExpiredStatusCode: 402 },
  }),
  one(
    'sessionExpiredStatusCode, to be refreshed',
    call(cookies(GOOD), 'POST'),
    { ...tryRefresh('anti-csrf-header-missing'), status: 440 },
    {
      options: { sessionExpiredStatusCode: 440, antiCsrf: 'VIA_CUSTOM_HEADER' },
    },
  ),
  one(
    'invalidClaimStatusCode',
    call(cookies(GOOD)),
    { outcome: 'deny', status: 418 },
    {
      options: { invalidClaimStatusCode: 418, claimValidators },
    },
  ),
  refused(
    'statuses that are the same',
    { sessionExpiredStatusCode: 403 },
    'invalid-option',
    'invalidClaimStatusCode',
  ),
  ...[200, 302, 500, 1000].map((sessionExpiredStatusCode) =>
    refused(
      `sessionExpiredStatusCode ${sessionExpiredStatusCode}`,
      { sessionExpiredStatusCode },
      'invalid-option',
      'sessionExpiredStatusCode',
    ),
  ),
  one(
    'a page has a status as well where there is nowhere to go',
    page('/', cookies(token({ exp: 0 }))),
    { outcome: 'deny', status: 401 },
  ),
]

export const settings = [
  ...derived,
  ...sameSite,
  ...said,
  ...cookieDomains,
  ...paths,
  ...addresses,
  ...statuses,
]
