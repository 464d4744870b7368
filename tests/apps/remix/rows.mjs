// What the application answers besides the shared table.

const PAGE = { accept: 'text/html', 'sec-fetch-dest': 'document' }
const SCRIPT = { accept: 'application/json', 'sec-fetch-dest': 'empty' }

const get = (name, path, visitor, expect, headers = SCRIPT) => ({
  name,
  request: { method: 'GET', path, visitor, headers },
  expect: { cache: 'private', ...expect },
})

export const clerk = [
  get('claims', '/profile', 'member', {
    status: 200,
    json: { fullName: 'Ada Lovelace', primaryEmail: 'ada@example.com' },
  }),
  get(
    'signed out: to sign in',
    '/profile',
    'nobody',
    { status: 307, location: '{origin}/sign-in?redirect_url={origin-encoded}%2Fprofile' },
    PAGE,
  ),
  get('what a link of the application loads', '/dashboard.data', 'member', {
    status: 200,
    body: ['Ada Lovelace'],
  }),
  get('what a link of the application loads, signed out', '/dashboard.data', 'nobody', {
    status: 401,
  }),
  // By the rule of /hello, not by that of all other paths.
  get('what a link to a public page loads', '/hello.data?x=1', 'nobody', {
    status: 200,
    body: ['stranger'],
  }),
  get('what a link to the first page loads', '/_root.data', 'nobody', {
    status: 200,
    cache: 'shared',
  }),
]

export const claims = [
  get('claims of the token', '/api/organization', 'manager', {
    status: 200,
    json: { organizationId: 'org_1', role: 'owner', personId: undefined },
  }),
  get('a token without them: the database', '/api/organization', 'member', {
    status: 200,
    json: { organizationId: 'org_of_database', role: 'member' },
  }),
  get('a token with nulls: the database', '/api/organization', 'managerWithoutMetadata', {
    status: 200,
    json: { organizationId: 'org_of_database', role: 'member' },
  }),
  get('signed out', '/api/organization', 'nobody', { status: 401 }),
]
