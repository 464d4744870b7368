// What Astro answers besides.

const PAGE = { accept: 'text/html', 'sec-fetch-dest': 'document' }
const SCRIPT = { accept: 'application/json', 'sec-fetch-dest': 'empty' }

const get = (name, path, visitor, expect, headers = PAGE) => ({
  name,
  request: { method: 'GET', path, visitor, headers },
  expect,
})
const denied = { status: 403, cache: 'private' }

/** Astro finds a page by what is left when every escape is resolved, however deep. */
export const paths = [
  get('an escape', '/%61dmin', 'member', denied),
  get('an escape of an escape', '/%2561dmin', 'member', denied),
  get('a slash more', '//admin', 'member', denied),
  get('a slash at the end', '/admin/', 'member', denied),
  get('the same with the role', '/%2561dmin', 'admin', {
    status: 200,
    body: ['The back office'],
    cache: 'private',
  }),
  get('no page at all', '/nowhere', 'member', { status: 404, cache: 'private' }),
  get('a page of the build', '/about', 'nobody', {
    status: 200,
    body: ['About'],
    cache: 'shared',
  }),
]

export const example = [
  get(
    'signed in: claims',
    '/api/example',
    'member',
    {
      status: 200,
      json: { fullName: 'Ada Lovelace', primaryEmail: 'ada@example.com' },
      cache: 'private',
    },
    SCRIPT,
  ),
  get(
    'signed out: what the example says',
    '/api/example',
    'nobody',
    { status: 401, body: ['Unauthorized'], cache: 'private' },
    SCRIPT,
  ),
  get(
    'refreshed: claims and the new token',
    '/api/example',
    'expiredWithRefresh',
    {
      status: 200,
      json: { fullName: 'Ada Lovelace' },
      cookies: ['__session={fresh}'],
      cache: 'private',
    },
    SCRIPT,
  ),
  get('a page that nobody looked at', '/', 'member', {
    status: 200,
    body: ['Welcome'],
    cache: 'shared',
  }),
]
