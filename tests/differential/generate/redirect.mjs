// Where a visitor stands, and which pages there are to sign in on.

const HOSTS = [
  'app.example.com',
  'app.example.com',
  'b.example.com',
  'localhost',
  '127.0.0.1',
  '[::1]',
  '[::FFFF:1.2.3.4]',
]
const PATHS = [
  '/',
  '/a/b',
  '/a/b/',
  '//x/y',
  '/%20',
  '/a%2Fb',
  '/a;b=c',
  '/sign-in',
  '/~x',
  "/it's",
  '/$&+,=@',
]
const QUERIES = [
  '',
  '?',
  '?q=1',
  '?a=%20b&c',
  '?q=a+b&q=~',
  '?redirect_url=x&redirect_url=y',
  '?__clerk_synced=true&x',
  "?[a]='b'",
  '?&&',
  '?%zz=%',
  '?ä=%C3%A4',
]
const FRAGMENTS = ['', '', '', '#', '#x y', '#/sign-in?a=1', '#`<>"']
const REFERENCES = [
  '',
  '/',
  '/x',
  'x',
  './x/../y',
  '../..',
  '/a/./b/',
  '?only=query',
  '#only',
  '\\x',
  '/\\x',
  '//b.example.com/y',
  '%2e%2e/z',
  '/a b',
  '/ä',
  'x:y',
  ' /trimmed ',
  '/t\tab',
  'https:x',
  'https:/x',
  'HTTPS://B.example.com:443/',
  'http://b.example.com:80',
]
/** What we refuse although browsers take it. */
export const REFUSED = [
  'https://user@b.example.com/',
  'https://user:pw@b.example.com/',
  'mailto:x@example.com',
  'javascript:alert(1)',
  'https://ä.example/',
  'https://127.1/',
  'https://b%2eexample.com/',
  'myapp://x',
  'data:,x',
  'https://a!b.example/',
]
const INVALID = [
  'https://',
  'https://a b/',
  'http://[::1',
  'https://b.example.com:99999/',
  'https://b.example.com:x/',
]

/** The arguments of the peer's `createRedirect` and of what it gives. */
export function redirect(random) {
  // Node forgets an empty query of the base, the URL standard does not.
  const base = absolute(random).replace(/\?(?=#|$)/, '')
  const isTest = random.chance(0.6)
  const host = random.pick([
    'clerk.example.com',
    'foo-bar-13.clerk.accounts.dev',
    'x.clerk.accountsstage.dev',
    'api.example.com',
    'clerk.clerk.accounts.dev',
  ])
  const encoded = Buffer.from(`${host}$`).toString('base64')
  return {
    page: random.pick(['sign-in', 'sign-up']),
    baseUrl: base,
    publishableKey: random.chance(0.85) ? `pk_${isTest ? 'test' : 'live'}_${encoded}` : '',
    signInUrl: random.chance(0.6) ? target(random) : '',
    signUpUrl: random.chance(0.4) ? target(random) : '',
    returnBackUrl: random.chance(0.8) ? target(random) : random.pick([undefined, null, '']),
    sessionStatus: random.chance(0.2) ? 'pending' : random.pick([null, 'active', undefined]),
    isSatellite: random.chance(0.4),
    devBrowserToken: random.chance(0.6) ? random.pick(['dvb_1', 'dvb 2&x', 'dvb_ä']) : '',
  }
}

function absolute(random) {
  const port = random.pick(['', '', '', ':8443', ':443', ':80'])
  const rest = random.pick(PATHS) + random.pick(QUERIES) + random.pick(FRAGMENTS)
  return new URL(`${random.pick(['https', 'https', 'http'])}://${random.pick(HOSTS)}${port}${rest}`)
    .href
}

function target(random) {
  return random.weighted([
    [4, () => absolute(random)],
    [4, () => random.pick(PATHS) + random.pick(QUERIES) + random.pick(FRAGMENTS)],
    [4, () => random.pick(REFERENCES) + random.pick(QUERIES)],
    [0.6, () => random.pick(REFUSED)],
    [0.3, () => random.pick(INVALID)],
  ])()
}
