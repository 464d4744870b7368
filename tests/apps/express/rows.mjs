// What the examples of the documents answer.

const PAGE = { accept: 'text/html', 'sec-fetch-dest': 'document' }
const SCRIPT = { accept: 'application/json', 'sec-fetch-dest': 'empty' }

const get = (name, path, visitor, expect, headers = SCRIPT) => ({
  name,
  request: { method: 'GET', path, visitor, headers },
  expect: { cache: 'private', ...expect },
})
const post = (name, path, visitor, expect) => ({
  name,
  request: { method: 'POST', path, visitor, headers: SCRIPT },
  expect: { cache: 'private', ...expect },
})

export const clerk = [
  get('signed in: claims', '/profile', 'member', {
    status: 200,
    json: { fullName: 'Ada Lovelace', primaryEmail: 'ada@example.com' },
  }),
  get(
    'signed out: to the sign-in page of the instance',
    '/profile',
    'nobody',
    {
      status: 307,
      location: 'https://accounts.example.com/sign-in?redirect_url={origin-encoded}%2Fprofile',
    },
    PAGE,
  ),
  get('signed out, no page', '/profile', 'nobody', {
    status: 401,
    json: { 'error.code': 'session-token-and-uat-missing' },
  }),
  get(
    'expired: to the handshake',
    '/profile',
    'expired',
    { status: 307, locationStart: 'https://clerk.example.com/v1/client/handshake?' },
    PAGE,
  ),
  get('refreshed: claims and the new token', '/profile', 'expiredWithRefresh', {
    status: 200,
    json: { fullName: 'Ada Lovelace' },
    cookies: ['__session={fresh}'],
  }),
  get('another path is open', '/nowhere', 'nobody', { status: 404, cache: 'shared' }),
]

export const supertokens = [
  post('the claims are changed', '/updateinfo', 'member', {
    status: 200,
    json: { message: 'successfully updated access token payload' },
    cookies: ['sAccessToken={changed}'],
    hasHeaders: ['front-token'],
  }),
  post('signed out', '/updateinfo', 'nobody', { status: 401, json: { message: 'unauthorised' } }),
  post('expired', '/updateinfo', 'expired', {
    status: 401,
    json: { message: 'try refresh token' },
  }),
  post('the session ended meanwhile', '/updateinfo', 'revoked', {
    status: 401,
    headers: { 'front-token': 'remove' },
    cookies: ['sAccessToken='],
  }),
  get('a session is read', '/session', 'admin', {
    status: 200,
    json: {
      userId: 'user_boss',
      recipeUserId: 'user_ada',
      tenantId: 'public',
      handle: 'session_ada',
      fullName: 'Ada Lovelace',
      'roles.0': 'admin',
      isSame: true,
    },
  }),
  get(
    'a page, expired: to the refresh',
    '/session',
    'expired',
    { status: 307, location: '{origin}/auth/session/refresh?stRedirectTo=%2Fsession' },
    PAGE,
  ),
  get(
    'a page, signed out: to sign in',
    '/session',
    'nobody',
    { status: 307, location: '{origin}/auth?redirectToPath=%2Fsession' },
    PAGE,
  ),
  get('no session where none is required', '/maybe', 'nobody', {
    status: 200,
    json: { userId: null },
  }),
  get('a session where none is required', '/maybe', 'member', {
    status: 200,
    json: { userId: 'user_ada' },
  }),
  get('a bad session where none is required', '/maybe', 'expired', {
    status: 401,
    json: { message: 'try refresh token' },
  }),
  get('a claim that holds', '/admins', 'admin', { status: 200, json: { userId: 'user_boss' } }),
  get('a claim that does not hold', '/admins', 'member', {
    status: 403,
    json: { message: 'invalid claim', 'claimValidationErrors.0.id': 'st-role' },
  }),
  get('what the core knows of a session', '/times', 'member', {
    status: 200,
    json: { created: 1_700_000_000_000, expiry: 1_900_000_000_000 },
  }),
  get('what the core does not know', '/times', 'revoked', { status: 401 }),
  post('a change is seen at once', '/change', 'member', {
    status: 200,
    json: { newKey: 'newValue', hasName: false },
  }),
  post('a session is ended', '/leave', 'member', {
    status: 200,
    json: { status: 'OK' },
    cookies: ['sAccessToken='],
    headers: { 'front-token': 'remove' },
  }),
  get('a page that nobody looked at', '/', 'member', { status: 200, cache: 'shared' }),
]

export const sessions = [
  get('a session is read', '/me', 'member', {
    status: 200,
    json: { userId: 'user_ada', 'claims.primaryEmail': 'ada@example.com' },
  }),
  get('signed out', '/me', 'nobody', { status: 401, json: { message: 'unauthorised' } }),
  post('the claims are changed', '/updateinfo', 'member', {
    status: 200,
    json: { message: 'successfully updated access token payload' },
    cookies: ['sAccessToken={changed}'],
  }),
]

export const claims = [
  get('claims of the token', '/organization', 'manager', {
    status: 200,
    json: { organizationId: 'org_1', role: 'owner', personId: undefined },
  }),
  get('a token without them: the database', '/organization', 'member', {
    status: 200,
    json: { organizationId: 'org_of_database', role: 'member' },
  }),
  get('a token with nulls: the database', '/organization', 'managerWithoutMetadata', {
    status: 200,
    json: { organizationId: 'org_of_database', role: 'member' },
  }),
  get('signed out', '/organization', 'nobody', { status: 401 }),
]
