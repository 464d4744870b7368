// Where the request goes to, what kind of request it is, and where it comes from.

const PATHS = [
  '/',
  '/x',
  '/dashboard',
  '/dashboard/a',
  '/orgs/acme',
  '/o/org_1',
  '/me',
  '/a b/\u00e9',
]
const QUERIES = [
  '',
  '?a=1',
  '?a=%20b&c&~[]*=\'"<>\u00e9',
  '?',
  '?&',
  '?a=%zz&b=%ff&d=+&e=%2B&&f==g',
  '?x=1&x=2#top',
  '#frag',
  '?__dev_session=1&y=2',
  '?redirect_url=https%3A%2F%2Fother.example%2F%3Fq%3D1',
]

/** A plain address. */
export function plainAddress(draft) {
  const { random } = draft
  const origin = random.weighted([
    [6, 'https://app.example.com'],
    [2, 'http://localhost:3000'],
    [1, 'https://app.example.com:8443'],
  ])
  const query = random.chance(0.3) ? random.pick(QUERIES) : random.pick(['', '?a=1'])
  draft.url = `${origin}${random.chance(0.3) ? random.pick(PATHS) : '/x'}${query}`
}

/** Paths that look like hosts, and proxies that say where the request went. */
export function oddAddress(draft) {
  const { random } = draft
  if (random.chance(0.4)) {
    const url = new URL(draft.url)
    const path = random.pick([
      ...PATHS,
      '//evil.com/x',
      '/\\evil.com/x',
      '///x',
      '/.//evil.com/',
      '/%2F/x',
    ])
    draft.url = `${url.origin}${path}${random.pick(QUERIES)}`
  }
  if (random.chance(0.7)) proxied(draft)
}

function proxied(draft) {
  const { random } = draft
  // No fragment gets through a proxy.
  draft.url = draft.url.split('#')[0]
  const host = random.weighted([
    [5, 'app.example.com'],
    [1, 'other.example.com'],
    [1, 'app.example.com, inner'],
    [1, 'app.example.com,inner'],
    [0.5, ' app.example.com ,inner'],
    [0.5, 'APP.example.com:443'],
    [0.5, 'app.example.com:8080'],
    [0.5, ''],
    [0.5, ',x'],
    [0.3, 'a b'],
    [0.3, 'a.com/evil?x'],
    [0.3, 'user:pass@app.example.com'],
    [0.3, '[::1]:3000'],
    [0.3, '0x7f.1'],
    [0.3, 'a:99999'],
  ])
  const protocol = random.weighted([
    [5, 'https'],
    [2, 'http'],
    [1, 'https,http'],
    [0.5, 'https ,http'],
    [0.5, 'HTTPS'],
    [0.3, ''],
    [0.3, 'javascript'],
    [0.3, 'wss'],
    [0.3, 'https://'],
  ])
  if (random.chance(0.75)) draft.header('x-forwarded-host', host)
  if (random.chance(0.75)) draft.header('x-forwarded-proto', protocol)
  if (random.chance(0.4)) draft.header('host', random.pick([host, 'app.example.com', 'inner:3000']))
  if (random.chance(0.1)) draft.header('cloudfront-forwarded-proto', 'https')
  if (random.chance(0.1)) draft.header('x-forwarded-port', '4443')
  if (random.chance(0.5))
    draft.header('x-forwarded-for', random.pick(['192.0.2.7', '192.0.2.7, ::1']))
}

/** A visit to a page, or what a page fetches. */
export function plainNavigation(draft) {
  if (draft.random.chance(0.75)) draft.header('sec-fetch-dest', 'document')
  else if (draft.random.chance(0.5)) draft.header('accept', 'application/json')
}

/** What may and what may not be redirected. */
export function oddNavigation(draft) {
  const { random } = draft
  draft.method = random.weighted([
    [6, 'GET'],
    [1, 'POST'],
    [0.5, 'HEAD'],
    [0.3, 'get'],
    [0.3, 'PUT'],
    [0.3, 'OPTIONS'],
  ])
  const destinations = ['document', 'iframe', 'empty', 'Document', 'image', '', null, null]
  const accepts = [
    'text/html',
    'text/html,*/*',
    '*/*',
    'application/xml,text/html',
    'Text/HTML',
    null,
  ]
  const [destination, accept] = [random.pick(destinations), random.pick(accepts)]
  if (destination !== null) draft.header('sec-fetch-dest', destination)
  if (accept !== null) draft.header('accept', accept)
  if (random.chance(0.1)) draft.header('user-agent', 'Test/1.0 (\u00e9)')
}

/** The page that the visitor comes from. */
export function referrer(draft) {
  const { random, instance } = draft
  const { host } = instance
  const accounts = host.replace('clerk.', 'accounts.')
  draft.header(
    'referer',
    random.weighted([
      [4, 'https://www.google.com/'],
      [2, `${new URL(draft.url).origin}/before`],
      [1, 'https://app.example.com/before'],
      [1, `https://${host}/v1/x`],
      [1, `http://${host}:99/`],
      [1, `https://${accounts}/sign-in`],
      [0.5, `http://${accounts}/sign-in`],
      [0.5, `https://${accounts}:444/`],
      [1, 'https://foo-bar-13.accounts.dev/sign-in'],
      [0.5, 'https://other.accounts.dev/'],
      [0.5, 'https://other.clerk.accounts.dev/'],
      [0.5, 'https://accounts.foo.lcl.dev'],
      [0.5, 'https://x.accountsstage.dev'],
      [0.5, 'https://evilaccounts.dev'],
      [0.5, 'about:blank'],
      [0.5, 'android-app://com.example'],
      [0.5, 'not a url'],
      [0.5, ''],
    ]),
  )
  if (random.chance(0.2)) draft.header('origin', 'https://app.example.com')
}
