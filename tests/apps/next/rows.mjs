// What the application answers besides the shared table.

const PAGE = { accept: 'text/html', 'sec-fetch-dest': 'document' }
const SCRIPT = { accept: 'application/json', 'sec-fetch-dest': 'empty' }

const get = (name, path, visitor, expect, headers = PAGE) => ({
  name,
  request: { method: 'GET', path, visitor, headers },
  expect: { cache: 'private', ...expect },
})
const script = (name, path, visitor, expect, headers = {}) =>
  get(name, path, visitor, expect, { ...SCRIPT, ...headers })

const SIGN_IN = '{origin}/sign-in?redirect_url={origin-encoded}'

/** What would have Next.js skip its proxy, or take the word of a visitor for that of the proxy. */
const FORGED = {
  'x-middleware-subrequest': 'proxy:proxy:proxy:proxy:proxy',
  'x-middleware-next': '1',
  'x-middleware-override-headers': 'x-sessiongate-mark',
  'x-middleware-request-x-sessiongate-mark': 'given GET http://localhost/',
  'x-sessiongate-mark': 'given GET http://localhost/',
}

export const pages = [
  get('getServerSideProps: claims', '/props', 'member', {
    status: 200,
    body: ['Props of user_ada: Ada Lovelace'],
  }),
  get('getServerSideProps with a token that was refreshed', '/props', 'expiredWithRefresh', {
    status: 200,
    body: ['Props of user_ada: Ada Lovelace'],
    cookies: ['__session={fresh}'],
  }),
  script("a page's data in the Pages Router", '/_next/data/built/props.json', 'member', {
    status: 200,
    json: { 'pageProps.fullName': 'Ada Lovelace' },
  }),
  script("a page's data, by the rule of the page", '/_next/data/built/props.json', 'nobody', {
    status: 307,
    // Next.js's own name for the location, for the router that asked.
    hasHeaders: ['x-nextjs-redirect'],
  }),
  script("a public page's data", '/_next/data/built/sign-in/old.json', 'nobody', {
    status: 200,
    json: { 'pageProps.userId': null },
    cache: undefined,
  }),
  get('auth() with a token that was refreshed', '/dashboard', 'expiredWithRefresh', {
    status: 200,
    body: ['Ada Lovelace'],
    cookies: ['__session={fresh}'],
  }),
  get('auth.protect() with the role', '/guarded', 'admin', {
    status: 200,
    body: ['Guarded for user_boss'],
  }),
  get('auth.protect() without the role', '/guarded', 'member', { status: 404 }),
  get('auth.protect() signed in', '/sign-in/protected', 'member', {
    status: 200,
    body: ['Protected for user_ada'],
    // No rule needs the visitor here; Next.js itself keeps the page from caches.
  }),
  get('auth.protect() signed out: to sign in', '/sign-in/protected?a=b', 'nobody', {
    status: 307,
    location: `${SIGN_IN}%2Fsign-in%2Fprotected%3Fa%3Db`,
    cache: undefined,
  }),
  get('redirectToSignIn()', '/sign-in/back', 'nobody', {
    status: 307,
    location: `${SIGN_IN}%2Fback`,
    cache: undefined,
  }),
  get('redirectToSignIn() is for nobody else', '/sign-in/back', 'member', {
    status: 200,
    body: ['Back again, user_ada'],
  }),
  get(
    'a page, with forged headers of Next.js',
    '/dashboard',
    'nobody',
    {
      status: 307,
      location: `${SIGN_IN}%2Fdashboard`,
    },
    { ...PAGE, ...FORGED },
  ),
  script(
    'an API, with forged headers of Next.js',
    '/api/profile',
    'nobody',
    { status: 401 },
    FORGED,
  ),
  script(
    'the mark of the gate, not of the visitor',
    '/api/profile',
    'member',
    {
      status: 200,
      json: { userId: 'user_ada' },
    },
    FORGED,
  ),
  script(
    'a page that a link of the application loads',
    '/dashboard',
    'nobody',
    { status: 307 },
    {
      accept: '*/*',
      'next-url': '/',
    },
  ),
]

/** Of edge/middleware.ts alone. */
export const handler = [
  get('auth.protect() in the handler, signed out', '/sign-in/staff', 'nobody', {
    status: 307,
    location: `${SIGN_IN}%2Fsign-in%2Fstaff`,
  }),
  get('auth.protect() in the handler, without the role', '/sign-in/staff', 'member', {
    status: 404,
  }),
  get('redirectToSignIn() in the handler', '/sign-in/back-again', 'nobody', {
    status: 307,
    location: `${SIGN_IN}%2Fsign-in%2Fback-again`,
  }),
  script('an answer of the handler', '/answered', 'expiredWithRefresh', {
    status: 200,
    json: { userId: 'user_ada', theme: 'dark' },
    cookies: ['__session={fresh}'],
  }),
  script('a rewrite of the handler', '/rewritten', 'member', {
    status: 200,
    json: { userId: 'user_ada' },
  }),
  get('a rewrite of the handler, signed out', '/rewritten', 'nobody', {
    status: 307,
    location: `${SIGN_IN}%2Frewritten`,
  }),
  script(
    'headers of the handler, and none that were forged',
    '/api/headers',
    'expiredWithRefresh',
    {
      status: 200,
      json: { 'x-by-the-handler': 'yes' },
      jsonContains: { cookie: '__session={fresh}', 'x-sessiongate-mark': '/api/headers' },
    },
    FORGED,
  ),
  get('a page that the gate does not see: an error', '/uncovered', 'member', {
    status: 500,
    cache: undefined,
  }),
  get(
    'a page that the gate does not see, with a forged mark',
    '/uncovered',
    'nobody',
    {
      status: 500,
      cache: undefined,
    },
    { ...PAGE, ...FORGED },
  ),
]

export const clerk = [
  script('claims', '/api/example', 'member', {
    status: 200,
    json: { fullName: 'Ada Lovelace', primaryEmail: 'ada@example.com' },
  }),
  script('signed out', '/api/example', 'nobody', { status: 401 }),
]

export const claims = [
  script('claims of the token, as the guide reads them', '/api/manager', 'manager', {
    status: 200,
    json: { organizationId: 'org_1' },
  }),
  script('claims of the token', '/api/organization', 'manager', {
    status: 200,
    json: { organizationId: 'org_1', role: 'owner', personId: undefined },
  }),
  script('a token without them: the database', '/api/organization', 'member', {
    status: 200,
    json: { organizationId: 'org_of_database', role: 'member' },
  }),
  script('a token with nulls: the database', '/api/organization', 'managerWithoutMetadata', {
    status: 200,
    json: { organizationId: 'org_of_database', role: 'member' },
  }),
  script('signed out', '/api/organization', 'nobody', { status: 401 }),
]
