// What every application answers: requests and expected answers, as data.
//
// `visitor` is one of those in lib/visitors.mjs. In texts and in headers `{origin}` stands for the
// application's own address, in texts `{fresh}` for the token that a refresh brings. `body` lists what an
// answer contains; `json` what its members are. `cache`: `private` (for this visitor alone) or `shared` (the same for
// everybody, so that caches may keep it).

const PAGE = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8', 'sec-fetch-dest': 'document' }
const SCRIPT = { accept: 'application/json', 'sec-fetch-dest': 'empty' }

/** What somebody sends who wants to be taken for another. */
const FORGED = {
  'x-clerk-auth-status': 'signed-in',
  'x-clerk-auth-token': 'a.b.c',
  'X-Clerk-Auth-Reason': 'none',
  'x-clerk-request-data': 'AAAA',
  'x-sessiongate-user': 'user_root',
  'X-SessionGate-Auth': '{"userId":"user_root"}',
}

const ADA = ['Ada Lovelace', 'ada@example.com']
const PROFILE = { userId: 'user_ada', fullName: 'Ada Lovelace', primaryEmail: 'ada@example.com' }

const page = (name, path, visitor, expect) => ({
  name,
  request: { method: 'GET', path, headers: PAGE, visitor },
  expect,
})
const script = (name, path, visitor, expect, more = {}) => ({
  name,
  request: { method: 'GET', path, visitor, ...more, headers: { ...SCRIPT, ...more.headers } },
  expect,
})

const everybody = [
  page('a public page, signed out', '/', 'nobody', {
    status: 200,
    body: ['Welcome'],
    cache: 'shared',
  }),
  page('a public page, signed in', '/', 'member', {
    status: 200,
    body: ['Welcome'],
    cache: 'shared',
    noHeaders: ['x-clerk-auth-status', 'x-clerk-auth-reason'],
  }),
  page('a public page that looks who it is, signed out', '/hello', 'nobody', {
    status: 200,
    body: ['Hello', 'stranger'],
    cache: 'private',
  }),
  page('a public page that looks who it is, signed in', '/hello', 'member', {
    status: 200,
    body: ['Hello', 'Ada Lovelace'],
    cache: 'private',
  }),
  page('a page, signed in: claims', '/dashboard', 'member', {
    status: 200,
    body: ADA,
    cache: 'private',
  }),
  page('a page for a role, with the role', '/admin', 'admin', {
    status: 200,
    body: ['The back office'],
    cache: 'private',
  }),
  script('an API, signed in: claims', '/api/profile', 'member', {
    status: 200,
    json: PROFILE,
    cache: 'private',
  }),
  script('an API with a bearer token', '/api/profile', 'bearer', {
    status: 200,
    json: PROFILE,
    cache: 'private',
  }),
  script(
    'forged identity headers do not reach a handler',
    '/api/headers',
    'member',
    {
      status: 200,
      jsonWithout: Object.keys(FORGED).map((name) => name.toLowerCase()),
      json: { accept: 'application/json' },
      cache: 'private',
    },
    { headers: FORGED },
  ),
  script(
    'forged identity headers let nobody in',
    '/api/profile',
    'nobody',
    { status: 401, cache: 'private' },
    { headers: FORGED },
  ),
  script(
    'a body arrives whole, also where headers were dropped',
    '/api/echo',
    'poster',
    { status: 200, json: { userId: 'user_ada', text: 'a body' }, cache: 'private' },
    {
      method: 'POST',
      body: 'a body',
      // Frameworks refuse forms of other origins.
      headers: { ...FORGED, 'content-type': 'text/plain', origin: '{origin}' },
    },
  ),
]

const clerk = [
  ...everybody,
  page('a page, signed out: to sign in', '/dashboard?tab=1', 'nobody', {
    status: 307,
    location: '{origin}/sign-in?redirect_url={origin-encoded}%2Fdashboard%3Ftab%3D1',
    cache: 'private',
  }),
  page('a page for a role, without the role', '/admin', 'member', {
    status: 403,
    body: ['role'],
    cache: 'private',
  }),
  page('a page, expired: to the handshake', '/dashboard', 'expired', {
    status: 307,
    locationStart:
      'https://clerk.example.com/v1/client/handshake?redirect_url={origin-encoded}%2Fdashboard&',
    headers: {
      'x-clerk-auth-reason': 'session-token-expired-refresh-non-eligible-no-refresh-cookie',
    },
    cache: 'private',
  }),
  script('an API, signed out: a status', '/api/profile', 'nobody', {
    status: 401,
    json: { 'error.code': 'session-token-and-uat-missing' },
    cache: 'private',
  }),
  script('an API, signed by somebody else', '/api/profile', 'forger', {
    status: 401,
    json: { 'error.code': 'token-invalid-signature' },
    cache: 'private',
  }),
  script(
    'an expired token that is refreshed: handlers see the new one',
    '/api/headers',
    'expiredWithRefresh',
    {
      status: 200,
      jsonContains: { cookie: '__session={fresh}' },
      cookies: ['__session={fresh}'],
      cache: 'private',
    },
  ),
  script('an expired token that is refreshed: claims', '/api/profile', 'expiredWithRefresh', {
    status: 200,
    json: PROFILE,
    cookies: ['__session={fresh}'],
    cache: 'private',
  }),
]

const supertokens = [
  ...everybody,
  page('a page, signed out: to sign in', '/dashboard?tab=1', 'nobody', {
    status: 307,
    location: '{origin}/auth?redirectToPath=%2Fdashboard%3Ftab%3D1',
    cache: 'private',
  }),
  page('a page for a role, without the role', '/admin', 'member', {
    status: 403,
    cache: 'private',
  }),
  page('a page, expired: to the refresh', '/dashboard', 'expired', {
    status: 307,
    location: '{origin}/auth/session/refresh?stRedirectTo=%2Fdashboard',
    cache: 'private',
  }),
  script('an API, expired: try to refresh', '/api/profile', 'expired', {
    status: 401,
    json: { message: 'try refresh token' },
    cache: 'private',
  }),
  script('an API, signed out: a status', '/api/profile', 'nobody', {
    status: 401,
    json: { message: 'unauthorised' },
    cache: 'private',
  }),
  script('an API for a role, without the role', '/admin', 'member', {
    status: 403,
    json: { message: 'invalid claim' },
    cache: 'private',
  }),
]

/** The rows for each provider. */
export const table = { clerk, supertokens }
