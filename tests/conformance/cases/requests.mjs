// Where a token is found in a request, and where an anonymous visitor is sent.

import {
  APP,
  allowed,
  bearer,
  call,
  clerk,
  cookie,
  denied,
  one,
  open,
  page,
  RULE,
  redirected,
  SUFFIX,
} from '../frame.mjs'
import { mint, session, T } from '../mint.mjs'

const NOBODY = 'session-token-and-uat-missing'
const token = mint(session())
const other = mint(session({ sub: 'user_2', sid: 'sess_2' }))
const foreign = mint(session(), { key: 'rsa-2048-b' })
const signIn = (path, from) =>
  `${APP}${path}${path.includes('?') ? '&' : '?'}redirect_url=${encodeURIComponent(from)}`

export const requests = [
  one('anonymous on a public page', clerk(), page('/'), open(RULE.home, NOBODY)),
  one('anonymous on a page without a rule', clerk(), page('/nowhere'), open(null, NOBODY)),
  one(
    'anonymous on a protected page goes to the sign-in page and comes back',
    clerk(),
    page('/dashboard?tab=1&x=a%20b'),
    {
      ...redirected(
        RULE.dashboard,
        `${APP}/sign-in?redirect_url=https%3A%2F%2Fapp.example.com%2Fdashboard%3Ftab%3D1%26x%3Da%2520b`,
        NOBODY,
      ),
      headers: { 'cache-control': 'private, no-store', vary: 'Cookie' },
    },
  ),
  one(
    'anonymous script gets a status',
    clerk(),
    call('/dashboard'),
    denied(RULE.dashboard, NOBODY),
  ),
  one(
    'without fetch metadata the Accept header tells a page',
    clerk(),
    { method: 'GET', url: `${APP}/dashboard`, headers: { accept: 'text/html,*/*;q=0.8' } },
    redirected(RULE.dashboard, signIn('/sign-in', `${APP}/dashboard`), NOBODY),
  ),
  one(
    'a request without any header gets a status',
    clerk(),
    { method: 'GET', url: `${APP}/dashboard`, headers: {} },
    denied(RULE.dashboard, NOBODY),
  ),
  one(
    'a form that was posted is not posted to the sign-in page',
    clerk(),
    page('/dashboard', {}, 'POST'),
    redirected(RULE.dashboard, signIn('/sign-in', `${APP}/dashboard`), NOBODY, { status: 303 }),
  ),
  one(
    'HEAD is redirected like GET',
    clerk(),
    page('/dashboard', {}, 'HEAD'),
    redirected(RULE.dashboard, signIn('/sign-in', `${APP}/dashboard`), NOBODY),
  ),
  one(
    'a sign-in page with a query keeps it',
    clerk({ signInUrl: '/sign-in?theme=dark' }),
    page('/dashboard'),
    redirected(RULE.dashboard, signIn('/sign-in?theme=dark', `${APP}/dashboard`), NOBODY),
  ),
  one(
    'an absolute sign-in page',
    clerk({ signInUrl: 'https://login.example.net/in' }),
    page('/dashboard'),
    redirected(
      RULE.dashboard,
      'https://login.example.net/in?redirect_url=https%3A%2F%2Fapp.example.com%2Fdashboard',
      NOBODY,
    ),
  ),
  one(
    "without a sign-in page the instance's own is used",
    clerk({ signInUrl: undefined }),
    page('/dashboard'),
    redirected(
      RULE.dashboard,
      'https://accounts.example.com/sign-in?redirect_url=https%3A%2F%2Fapp.example.com%2Fdashboard',
      NOBODY,
    ),
  ),
  one(
    'the return address cannot leave the host through a double slash',
    clerk(),
    page('//dashboard/..evil.example'),
    redirected(RULE.dashboard, signIn('/sign-in', `${APP}//dashboard/..evil.example`), NOBODY),
  ),
  one(
    'a redirect_url of the request itself stays inside the return address',
    clerk(),
    page('/dashboard?redirect_url=https://evil.example'),
    redirected(
      RULE.dashboard,
      `${APP}/sign-in?redirect_url=https%3A%2F%2Fapp.example.com%2Fdashboard%3Fredirect_url%3Dhttps%3A%2F%2Fevil.example`,
      NOBODY,
    ),
  ),
  one(
    'behind a proxy the return address is the public one',
    clerk(),
    {
      method: 'GET',
      url: 'http://127.0.0.1:3000/dashboard',
      headers: {
        ...page('/').headers,
        host: '127.0.0.1:3000',
        'x-forwarded-host': 'app.example.com',
        'x-forwarded-proto': 'https',
      },
    },
    redirected(RULE.dashboard, signIn('/sign-in', `${APP}/dashboard`), NOBODY),
    { trustProxy: true },
  ),
  one(
    'an untrusted proxy header changes nothing',
    clerk(),
    page('/dashboard', { 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'http' }),
    redirected(RULE.dashboard, signIn('/sign-in', `${APP}/dashboard`), NOBODY),
    { trustProxy: false },
  ),
  one(
    'a forwarded host that is none is ignored',
    clerk(),
    page('/dashboard', { 'x-forwarded-host': 'evil.example/x?', 'x-forwarded-proto': 'https' }),
    redirected(RULE.dashboard, signIn('/sign-in', `${APP}/dashboard`), NOBODY),
    { trustProxy: true },
  ),
  one(
    'a sign-in page that its own rules protect is not redirected to itself',
    clerk(),
    page('/sign-in'),
    {
      ...denied(0, 'sign-in-page-protected'),
      state: { status: 'signed-out', reason: NOBODY, detail: null },
    },
    { routes: [{ path: '/(.*)', access: 'signed-in' }] },
  ),

  one('signed in by cookie', clerk(), page('/dashboard', cookie(token)), {
    ...allowed(RULE.dashboard, {
      userId: 'user_1',
      sessionId: 'sess_1',
      sessionStatus: 'active',
      actor: null,
      orgId: null,
      orgRole: null,
      orgSlug: null,
      factorVerificationAge: [0, -1],
      sessionClaims: session(),
    }),
    headers: { 'cache-control': 'private, no-store', vary: 'Cookie' },
  }),
  one(
    'signed in by the suffixed cookie',
    clerk(),
    page('/dashboard', {
      cookie: `__client_uat_${SUFFIX}=1749999000; __session_${SUFFIX}=${token}`,
    }),
    allowed(RULE.dashboard),
  ),
  one(
    'the suffixed cookie of this instance goes before the plain one of another',
    clerk(),
    page('/dashboard', {
      cookie: [
        '__client_uat=1749999000',
        `__client_uat_${SUFFIX}=1749999000`,
        `__session=${mint(session({ iss: 'https://clerk.other.example', sub: 'user_9' }), { key: 'rsa-2048-b' })}`,
        `__session_${SUFFIX}=${token}`,
      ].join('; '),
    }),
    allowed(RULE.dashboard),
  ),
  one(
    'the newer suffixed cookie goes before an older plain one',
    clerk(),
    page('/dashboard', {
      cookie: [
        '__client_uat=1749999000',
        `__client_uat_${SUFFIX}=1749999000`,
        `__session=${mint(session({ sub: 'user_2', iat: T - 15 }))}`,
        `__session_${SUFFIX}=${token}`,
      ].join('; '),
    }),
    allowed(RULE.dashboard),
  ),
  one(
    'a cookie of another instance is nobody',
    clerk(),
    page('/dashboard', { cookie: `__session_xxxxxxxx=${token}` }),
    redirected(RULE.dashboard, signIn('/sign-in', `${APP}/dashboard`), NOBODY),
  ),
  one(
    'an empty cookie is nobody',
    clerk(),
    page('/dashboard', { cookie: '__session=; __client_uat=0' }),
    redirected(RULE.dashboard, signIn('/sign-in', `${APP}/dashboard`), NOBODY),
  ),
  one(
    'cookie names have a case',
    clerk(),
    call('/api/x', { cookie: `__Session=${token}` }),
    denied(RULE.api, NOBODY),
  ),
  one(
    'cookies in several headers',
    clerk(),
    call('/api/x', { cookie: ['theme=dark', `__client_uat=1749999000; __session=${token}`] }),
    allowed(RULE.api),
  ),
  one('signed in by header', clerk(), call('/api/x', bearer(token)), allowed(RULE.api)),
  one(
    'header names have no case',
    clerk(),
    { ...call('/api/x'), headers: { Authorization: `Bearer ${token}` } },
    allowed(RULE.api),
  ),
  one(
    'a header that is the token itself',
    clerk(),
    call('/api/x', { authorization: token }),
    allowed(RULE.api),
  ),
  one(
    'the header goes before the cookie',
    clerk(),
    call('/api/x', { ...cookie(token), ...bearer(other) }),
    allowed(RULE.api, { userId: 'user_2', sessionId: 'sess_2' }),
  ),
  one(
    'a bad header is not mended by a good cookie',
    clerk(),
    call('/api/x', { ...cookie(token), ...bearer(foreign) }),
    denied(RULE.api, 'token-invalid-signature'),
  ),
  one(
    'another scheme leaves the cookie in force',
    clerk(),
    call('/api/x', { ...cookie(token), authorization: 'Basic dXNlcjpwYXNz' }),
    allowed(RULE.api),
  ),
  one(
    'a bad token on a public page is nobody, and no obstacle',
    clerk(),
    page('/', cookie(foreign)),
    open(RULE.home, 'token-invalid-signature'),
  ),
  one(
    'a Cookie header beyond the budget',
    clerk(),
    call('/api/x', { cookie: `__session=${token}; x=${'y'.repeat(40_000)}` }),
    denied(RULE.api, 'cookie-header-too-large'),
  ),
  one(
    'more cookies than the budget',
    clerk(),
    call('/api/x', { cookie: `${'a=1; '.repeat(300)}__session=${token}` }),
    denied(RULE.api, 'too-many-cookies'),
  ),
]
