// What SvelteKit answers besides.

const PAGE = { accept: 'text/html', 'sec-fetch-dest': 'document' }
const SCRIPT = { accept: '*/*', 'sec-fetch-dest': 'empty' }

const get = (name, path, visitor, expect, headers = SCRIPT) => ({
  name,
  request: { method: 'GET', path, visitor, headers },
  expect: { cache: 'private', ...expect },
})

/** Data that a script asks for is that of a page, and so are the rules. */
export const data = [
  get('signed in', '/dashboard/__data.json', 'member', {
    status: 200,
    json: { type: 'data' },
    body: ['Ada Lovelace'],
  }),
  get('signed out: the page is left for the sign-in page', '/dashboard/__data.json', 'nobody', {
    status: 200,
    json: { type: 'redirect' },
    jsonContains: { location: '{origin}/sign-in?redirect_url={origin-encoded}%2Fdashboard' },
    // SvelteKit's own answer, which nobody stores.
    cache: undefined,
    headers: { 'cache-control': 'private, no-store' },
  }),
  get('without the role', '/admin/__data.json', 'member', { status: 403 }),
  get('with the role', '/admin/__data.json', 'admin', {
    status: 200,
    body: ['of the back office'],
  }),
]

export const events = [
  get('an escape', '/%61dmin', 'member', { status: 403 }, PAGE),
  get(
    'an address that the client gives for a function',
    '/_app/remote/x/y',
    'nobody',
    {
      status: 307,
    },
    { ...PAGE, 'x-sveltekit-pathname': '/' },
  ),
  get('the cookies of an event are fresh', '/api/cookies', 'expiredWithRefresh', {
    status: 200,
    jsonContains: { session: '{fresh}' },
    json: { theme: 'dark' },
    cookies: ['__session={fresh}'],
  }),
  get('a request to itself brings the fresh cookies', '/api/inner', 'expiredWithRefresh', {
    status: 200,
    json: { userId: 'user_ada', fullName: 'Ada Lovelace' },
    cookies: ['__session={fresh}'],
  }),
  get(
    'public, with data that looks when the beginning was sent',
    '/sign-in/later',
    'member',
    { status: 200, body: ['Ada Lovelace'] },
    PAGE,
  ),
]
