// What TanStack Start answers besides.

const PAGE = { accept: 'text/html', 'sec-fetch-dest': 'document' }
const SCRIPT = { accept: 'application/json', 'sec-fetch-dest': 'empty' }

const get = (name, path, visitor, expect, headers = PAGE) => ({
  name,
  request: { method: 'GET', path, visitor, headers },
  expect: { cache: 'private', ...expect },
})

export const paths = [
  get('an escape', '/%61dmin', 'member', { status: 403 }),
  // TanStack Start itself sends it to the page's own address.
  get('a slash more', '//admin', 'member', {
    status: 308,
    location: '{origin}/admin',
    cache: undefined,
  }),
  get('a slash at the end', '/admin/', 'member', { status: 403 }),
  get('an escape of an escape is another page', '/%2561dmin', 'member', { status: 404 }),
]

export const functions = [
  get(
    'a public page, with a function that looks when the beginning was sent',
    '/sign-in/later',
    'member',
    {
      status: 200,
      body: ['Ada Lovelace'],
    },
  ),
  get(
    'a function that nobody may call who is not signed in',
    '/_serverFn/x',
    'nobody',
    { status: 401, json: { 'error.code': 'session-token-and-uat-missing' } },
    { ...SCRIPT, 'sec-fetch-site': 'same-origin' },
  ),
]

export const example = [
  get(
    'signed in: claims',
    '/sign-in/example',
    'member',
    { status: 200, json: { fullName: 'Ada Lovelace', primaryEmail: 'ada@example.com' } },
    SCRIPT,
  ),
  get(
    'signed out: what the example says',
    '/sign-in/example',
    'nobody',
    { status: 401, json: { error: 'Unauthorized' } },
    SCRIPT,
  ),
]
