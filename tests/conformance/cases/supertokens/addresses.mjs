// Domains, paths and addresses in the options, in every way in which they are written.

import { API, call, cleared, cookies, ok, one, refused } from '../../frame-supertokens.mjs'
import { JWKS, token } from '../../mint-supertokens.mjs'

const GOOD = token()

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
  refused(
    'cookieDomain with two dots; the peer writes a cookie that no browser takes',
    { cookieDomain: '..example.com' },
    'invalid-option',
    'cookieDomain',
  ),
  ...['', 'http://', 'exa mple.com'].map((cookieDomain) =>
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
    'keys behind a gateway, which the path outside begins with',
    { apiGatewayPath: 'gw/', apiBasePath: '/api/auth' },
    `${API}/gw/api/auth/jwt/jwks.json`,
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
  refused(
    'jwks and jwksUrl, which the peer does not have',
    { jwksUrl: 'https://a.example' },
    'invalid-option',
    'jwksUrl',
  ),
]

export const addressCases = [...cookieDomains, ...paths, ...addresses]
