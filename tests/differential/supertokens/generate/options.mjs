// Configurations: of the kit, and of one place in the application.

/** The options that many requests depend on, each changed now and then. */
export function commonOptions(draft) {
  const { random, options } = draft
  const maybe = (name, chance, values) => {
    if (random.chance(chance)) options[name] = random.pick(values)
  }
  maybe('antiCsrf', 0.3, ['NONE', 'VIA_TOKEN', 'VIA_CUSTOM_HEADER'])
  maybe('cookieSameSite', 0.35, ['none', 'none', 'lax', 'strict', ' None ', 'LAX'])
  maybe('useDynamicAccessTokenSigningKey', 0.2, [true, false, false])
  maybe('getTokenTransferMethod', 0.25, ['any', 'cookie', 'header'])
  maybe('sessionExpiredStatusCode', 0.07, [401, 419, 440, 404])
  maybe('invalidClaimStatusCode', 0.07, [403, 422, 451])
  maybe('apiKey', 0.2, ['key-of-the-core'])
}

/** The options that say how tokens travel. */
export function wireOptions(draft) {
  const { random, options } = draft
  const maybe = (name, values) => {
    if (random.chance(0.3)) options[name] = random.pick(values)
  }
  maybe('cookieDomain', COOKIE_DOMAINS)
  maybe('olderCookieDomain', ['', ...COOKIE_DOMAINS])
  maybe('cookieSecure', [true, false])
  maybe('accessTokenPath', ['/', '/api', 'api', '/a/b/', ''])
  maybe('exposeAccessTokenToFrontendInCookieBasedAuth', [true, false])
  maybe('apiBasePath', ['/auth', '/', '/api/auth', 'auth/', '/v1/auth'])
  maybe('apiGatewayPath', ['', '/gateway', 'gateway/'])
  maybe('cookieNames', [
    { access: 'at', refresh: 'rt' },
    { access: 'sAccessToken', refresh: 'other' },
    { access: '__Host-at', refresh: '__Secure-rt' },
  ])
  maybe('headerNames', [
    { access: 'x-access', refresh: 'x-refresh' },
    { access: 'St-Access-Token', refresh: 'St-Refresh-Token' },
  ])
}

const COOKIE_DOMAINS = [
  ...['example.com', '.example.com', 'api.example.com', ' .Example.COM ', 'https://example.com'],
  ...[
    'http://api.example.com:8080/path',
    '.api.example.com',
    'localhost',
    '127.0.0.1',
    '.localhost',
  ],
]

/** Where the API and the website are. */
export function domains(draft) {
  const { random, options } = draft
  const [apiDomain, websiteDomain, sameSite] = random.pick([
    ['https://api.example.com', 'https://example.com'],
    ['https://api.example.com', 'https://www.example.com'],
    ['https://example.com', 'https://example.com'],
    ['api.example.com', 'example.com'],
    ['https://api.example.com/', 'https://example.com/some/page'],
    ['http://api.example.com', 'http://example.com'],
    ['http://localhost:3001', 'http://localhost:3000'],
    ['localhost:3001', 'localhost:3000'],
    ['http://127.0.0.1:3001', 'http://127.0.0.1:3000'],
    ['https://api.example.com', 'http://example.com'],
    ['https://api.example.com', 'https://example.org'],
    ['https://api.example.com', 'https://example.org', 'none'],
    ['https://api.example.co.uk', 'https://example.co.uk'],
  ])
  Object.assign(options, { apiDomain, websiteDomain })
  if (sameSite) options.cookieSameSite = sameSite
}

/** The options of `verifySession`. */
export function sessionOptions(draft) {
  const { random, session } = draft
  if (random.chance(0.4)) session.sessionRequired = random.chance(0.25)
  if (random.chance(0.35)) session.antiCsrfCheck = random.chance(0.6)
  if (random.chance(0.2)) session.checkDatabase = random.chance(0.6)
}
