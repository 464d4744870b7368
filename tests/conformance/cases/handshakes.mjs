// Clerk: when the Frontend API is asked, with which address, and what its answer does.

import { APP, allowed, call, clerk, denied, one, open, page, RULE, redirected } from '../frame.mjs'
import { mint, session, T } from '../mint.mjs'

const DEVELOPMENT_KEY = 'pk_test_Zm9vLWJhci0xMy5jbGVyay5hY2NvdW50cy5kZXYk'
const development = (options = {}) => clerk({ publishableKey: DEVELOPMENT_KEY, ...options })
const satellite = (options = {}) =>
  clerk({ isSatellite: true, domain: 'satellite.example', ...options })

const good = mint(session())
const expired = mint(session({ exp: T - 60 }))
const cookies = (text) => ({ cookie: text })

/** The address at the Frontend API; the order of the parameters is part of the protocol. */
const frontend = (host, path, reason, { token, browser, organization, suffixed = false } = {}) => {
  const query = new URLSearchParams([
    ['redirect_url', APP + path],
    ['__clerk_api_version', '2026-05-12'],
    ['suffixed_cookies', String(suffixed)],
    ['__clerk_hs_reason', reason],
    ['format', 'nonce'],
  ])
  if (token) query.append('__session', token)
  if (browser) query.append('__clerk_db_jwt', browser)
  if (organization !== undefined) query.append('organization_id', organization)
  return `https://${host}/v1/client/handshake?${query}`
}

/** Sent to the Frontend API, whatever the rules say about the path. */
const asked = (location, reason, { detail = null, count = 1 } = {}) => ({
  ...redirected(null, location, reason, { detail }),
  state: { status: 'handshake', reason, detail },
  headers: {
    'cache-control': 'no-store',
    'set-cookie': `__clerk_redirect_count=${count}; SameSite=Lax; HttpOnly; Max-Age=2`,
    'x-clerk-auth-status': 'handshake',
    'x-clerk-auth-reason': reason,
  },
})
const production = (path, reason, options, more) =>
  asked(frontend('clerk.example.com', path, reason, options), reason, more)

const REFRESH = 'session-token-expired-refresh-non-eligible-no-refresh-cookie'
const NOBODY = 'session-token-and-uat-missing'

export const handshakes = [
  one(
    'a session cookie without client_uat asks the Frontend API',
    clerk(),
    page('/dashboard?a=b', cookies(`__session=${good}`)),
    production('/dashboard?a=b', 'session-token-but-no-client-uat', { token: good }),
  ),
  one(
    'client_uat without a session cookie asks, on a public page as well',
    clerk(),
    page('/', cookies('__client_uat=1749999000')),
    production('/', 'client-uat-but-no-session-token'),
  ),
  one(
    'a session cookie older than client_uat asks',
    clerk(),
    page('/', cookies(`__session=${good}; __client_uat=${T + 60}`)),
    production('/', 'session-token-iat-before-client-uat', { token: good }),
  ),
  ...[`${T}`, [T], null, true].map((iat) => {
    const token = mint(session({ iat }))
    return one(
      `an iat that is no number is compared with client_uat as if it were one (${JSON.stringify(iat)})`,
      clerk(),
      page('/', cookies(`__session=${token}; __client_uat=${T + 60}`)),
      production('/', 'session-token-iat-before-client-uat', { token }),
    )
  }),
  one(
    'an expired session cookie asks',
    clerk(),
    page('/dashboard', cookies(`__session=${expired}; __client_uat=1749999000`)),
    production('/dashboard', REFRESH, { token: expired }, { detail: 'token-expired' }),
  ),
  one(
    'suffixed cookies are announced',
    clerk(),
    page('/', cookies(`__session_naoXFJnI=${expired}; __client_uat_naoXFJnI=1749999000`)),
    production('/', REFRESH, { token: expired, suffixed: true }, { detail: 'token-expired' }),
  ),
  one(
    'a script is not redirected',
    clerk(),
    call('/api/me', cookies('__client_uat=1749999000')),
    denied(RULE.api, 'client-uat-but-no-session-token'),
  ),
  one(
    'the redirects are counted',
    clerk(),
    page('/', cookies('__client_uat=1749999000; __clerk_redirect_count=2')),
    production('/', 'client-uat-but-no-session-token', {}, { count: 3 }),
  ),
  ...['3', '4', '0x3', '1e9'].map((count) =>
    one(
      `a loop ends after three redirects (${count})`,
      clerk(),
      page('/', cookies(`__client_uat=1749999000; __clerk_redirect_count=${count}`)),
      open(RULE.home, 'client-uat-but-no-session-token'),
    ),
  ),
  one(
    'a visitor from another site is checked once',
    clerk(),
    page('/', {
      ...cookies(`__session=${good}; __client_uat=1749999000`),
      referer: 'https://elsewhere.example/',
    }),
    production('/', 'primary-domain-cross-origin-sync', { token: good }),
  ),
  ...['https://clerk.example.com/x', 'https://accounts.example.com/sign-in'].map((referer) =>
    one(
      `a visitor from Clerk's own page is not (${referer})`,
      clerk(),
      page('/', { ...cookies(`__session=${good}; __client_uat=1749999000`), referer }),
      allowed(RULE.home),
    ),
  ),
  one(
    'a development instance wants its dev browser',
    development(),
    page('/'),
    asked(
      frontend('foo-bar-13.clerk.accounts.dev', '/', 'dev-browser-missing'),
      'dev-browser-missing',
    ),
  ),
  one(
    'a dev browser in the URL is taken over and taken out of the URL',
    development(),
    page('/?__clerk_db_jwt=dvb_1&x=y'),
    asked(
      frontend('foo-bar-13.clerk.accounts.dev', '/?x=y', 'dev-browser-sync', { browser: 'dvb_1' }),
      'dev-browser-sync',
    ),
  ),
  one(
    'a satellite without cookies waits until it is asked',
    satellite(),
    page('/'),
    open(RULE.home, NOBODY),
  ),
  one(
    'a satellite that is to be synced asks its own Frontend API',
    satellite(),
    page('/?__clerk_synced=false'),
    asked(
      frontend('clerk.satellite.example', '/?__clerk_synced=false', 'satellite-needs-syncing'),
      'satellite-needs-syncing',
    ),
  ),
  one(
    'a satellite may ask at once',
    satellite({ satelliteAutoSync: true }),
    page('/'),
    asked(
      frontend('clerk.satellite.example', '/', 'satellite-needs-syncing'),
      'satellite-needs-syncing',
    ),
  ),
  one(
    'a development satellite asks the primary application',
    development({
      isSatellite: true,
      domain: 'satellite.example',
      signInUrl: 'https://primary.example/sign-in?x=1',
    }),
    page('/?__clerk_synced=false', cookies('__clerk_db_jwt=dvb_1')),
    asked(
      'https://primary.example/sign-in?x=1&__clerk_redirect_url=https%3A%2F%2Fapp.example.com%2F%3F__clerk_synced%3Dfalse',
      'satellite-needs-syncing',
    ),
  ),
  one(
    'the primary application answers a satellite on this machine',
    development(),
    page(
      '/sign-in?__clerk_redirect_url=http%3A%2F%2Flocalhost%3A3001%2Fa%3Fb%3Dc',
      cookies('__clerk_db_jwt=dvb_1'),
    ),
    asked(
      'http://localhost:3001/a?b=c&__clerk_db_jwt=dvb_1&__clerk_synced=true',
      'primary-responds-to-syncing',
    ),
  ),
  one(
    'and one that is configured',
    development({ allowedRedirectOrigins: ['https://satellite.example'] }),
    page(
      '/sign-in?__clerk_redirect_url=https%3A%2F%2Fsatellite.example%2F',
      cookies('__clerk_db_jwt=dvb_1'),
    ),
    asked(
      'https://satellite.example/?__clerk_db_jwt=dvb_1&__clerk_synced=true',
      'primary-responds-to-syncing',
    ),
  ),
  one(
    'but hands its dev browser to nobody else',
    development(),
    page(
      '/sign-in?__clerk_redirect_url=https%3A%2F%2Fevil.example%2F',
      cookies('__clerk_db_jwt=dvb_1'),
    ),
    open(RULE.open, NOBODY),
  ),
  one(
    'a handshake sets its cookies and signs in',
    clerk(),
    page('/dashboard', {
      cookie: `__clerk_handshake=${mint({
        handshake: [`__session=${good}; Path=/; SameSite=Lax`, '__client_uat=1749999000; Path=/'],
      })}`,
    }),
    {
      ...allowed(RULE.dashboard),
      headers: {
        'access-control-allow-origin': 'null',
        'access-control-allow-credentials': 'true',
      },
    },
  ),
  one(
    'a handshake without a session signs out',
    clerk(),
    page('/', {
      cookie: `__clerk_handshake=${mint({ handshake: ['__session=; Path=/; Max-Age=0'] })}`,
    }),
    open(RULE.home, 'session-token-missing'),
  ),
  one(
    'a handshake that somebody else signed is not read',
    clerk(),
    page('/', {
      cookie: `__clerk_handshake=${mint(
        { handshake: [`__session=${good}`] },
        { key: 'rsa-2048-b' },
      )}`,
    }),
    open(RULE.home, NOBODY),
  ),
  one(
    'in development the handshake is taken out of the URL',
    development(),
    page(`/?x=y&__clerk_handshake=${mint({ handshake: [`__session=${good}; Path=/`] })}`),
    {
      outcome: 'redirect',
      status: 307,
      location: `${APP}/?x=y`,
      reason: null,
      rule: null,
      state: { status: 'signed-in', reason: null, detail: null },
    },
  ),
  one(
    'a nonce that cannot be redeemed leaves the cookies to decide',
    clerk(),
    page('/', {
      cookie: `__clerk_handshake_nonce=abc; __session=${good}; __client_uat=1749999000`,
    }),
    allowed(RULE.home),
  ),
]
