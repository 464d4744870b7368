// Applications to walk through, and the states that a visitor and the rest of the world can be in there.

import { EmailVerificationClaim, MultiFactorAuthClaim, UserRoleClaim } from './package.mjs'
import { CLAIMS, FRONT_TOKENS, OTHER_TOKENS, TOKENS } from './tokens.mjs'

const SITE = 'https://app.example.com'
const API = 'https://api.example.com'

const IS_VERIFIED = EmailVerificationClaim.validators.isVerified(10, 3600)
const HAS_FACTORS = MultiFactorAuthClaim.validators.hasCompletedMFARequirementsForAuth()
const IS_ADMIN = UserRoleClaim.validators.includes('admin')
const ALL_CLAIMS = [IS_VERIFIED, HAS_FACTORS, IS_ADMIN]

/** Where the API is, seen from the website. */
const PLACES = {
  'on the same host': { apiDomain: SITE },
  'below the domain of the cookies': { apiDomain: API, cookieDomain: '.example.com' },
  'on another host': { apiDomain: API, cookieSameSite: 'lax' },
}

const FRONTS = Object.entries(FRONT_TOKENS).map(([name, value]) => ({ name, value }))
/** Of the cookie that counts refreshes. */
const ATTEMPTS = ['0', '1', '3', 'many']
const FEW_ATTEMPTS = [null, '1']
const REFRESH_TOKENS = ['none', 'one', 'twice']
/** How the API answers: as it should, with a failure, not at all, or somebody else in its place. */
const APIS = ['answers', 'fails', 'silent', 'walled']
/** What the API finds: the session of a refresh token, and the access token that a refresh brings. */
const SESSIONS = ['good', 'revoked', 'theft']
const BROUGHT = ['good', 'expired', 'unknown']
const KEYS = ['served', 'unreachable', 'malformed', 'rotated']

/** Open to all, protected, for members and others, with claims. */
const PATHS = ['/', '/dashboard?tab=1', '/optional', '/account']
const MORE_PATHS = ['/dashboard', '/always', '/auth?redirectToPath=%2Fdashboard']
const REFRESHES = ['/auth/session/refresh?stRedirectTo=%2Fdashboard', '/auth/session/refresh']

const ROUTES = [
  { path: ['/auth(.*)', '/refresh-session'], access: 'public' },
  { path: '/optional', access: 'public', session: { sessionRequired: false } },
  { path: '/account', access: 'signed-in', session: { claimValidators: ALL_CLAIMS } },
  { path: '/always', access: 'signed-in', onDenied: 'redirect' },
  { path: '/database', access: 'signed-in', session: { checkDatabase: true } },
  { path: '/dashboard', access: 'signed-in' },
]
/** Everything is asked of everybody, on the sign-in page as well. */
const CLOSED = [
  { path: '/auth/jwt(.*)', access: 'public' },
  { path: '/(.*)', access: 'signed-in', session: { claimValidators: ALL_CLAIMS } },
]
/** Each of the two screens asks for what the other one mends. */
const CROSSED = [
  { path: '/auth/verify-email', access: 'signed-in', session: { claimValidators: [HAS_FACTORS] } },
  { path: '/auth/mfa', access: 'signed-in', session: { claimValidators: [IS_VERIFIED] } },
  ...ROUTES,
]

/** An application, complete. */
function scenario(name, { provider, api, dimensions, routes = ROUTES, ...rest }) {
  const { apiDomain, ...others } = provider
  const website = { websiteDomain: SITE, ...others }
  const {
    refreshPage: _,
    connectionURI: __,
    apiKey: ___,
    sessionTokenFrontendDomain: ____,
    ...session
  } = website
  return {
    name,
    site: SITE,
    screens: ['/auth', '/auth/verify-email', '/auth/mfa', REFRESHES[1]],
    routes: routes.filter(({ session }) => provider.connectionURI || !session?.checkDatabase),
    provider: { apiDomain, ...website },
    api: { apiDomain, ...session, ...api },
    dimensions: {
      token: TOKENS,
      front: FRONTS,
      attempts: ATTEMPTS,
      path: PATHS,
      way: ['link', 'script'],
      keys: KEYS,
      lastUpdate: [true, false],
      refreshToken: REFRESH_TOKENS,
      api: APIS,
      session: SESSIONS,
      brought: BROUGHT,
      ...dimensions,
    },
    ...rest,
  }
}

/** Where the API is, with and without a page that refreshes. */
const places = Object.entries(PLACES).flatMap(([place, provider]) => [
  scenario(`the API ${place}`, { provider, isOutOfReach: provider === PLACES['on another host'] }),
  scenario(`the API ${place}, a page that refreshes`, {
    provider: { ...provider, refreshPage: '/refresh-session' },
  }),
])

const below = PLACES['below the domain of the cookies']

export const SCENARIOS = [
  ...places,
  scenario('every kind of token', {
    provider: PLACES['on the same host'],
    dimensions: { token: OTHER_TOKENS, attempts: FEW_ATTEMPTS },
  }),
  scenario('every way to a page', {
    provider: PLACES['on the same host'],
    dimensions: { way: ['form', 'router'], attempts: FEW_ATTEMPTS, keys: ['served', 'rotated'] },
  }),
  scenario('other pages', {
    provider: PLACES['on the same host'],
    dimensions: { path: MORE_PATHS, attempts: FEW_ATTEMPTS, keys: ['served', 'rotated'] },
  }),
  ...Object.entries(PLACES).map(([place, provider]) => {
    return scenario(`visits to the refresh endpoint, the API ${place}`, {
      provider,
      dimensions: { path: REFRESHES, way: ['link', 'router'], attempts: FEW_ATTEMPTS },
    })
  }),
  scenario('claims, and screens that mend them', {
    provider: PLACES['on the same host'],
    dimensions: { token: CLAIMS, path: ['/account', '/auth/verify-email', '/auth/mfa'] },
  }),
  scenario('claims, and screens that ask for each other', {
    provider: PLACES['on the same host'],
    routes: CROSSED,
    dimensions: { token: CLAIMS, path: ['/account', '/auth/verify-email', '/auth/mfa'] },
  }),
  scenario('everything protected', {
    provider: PLACES['on the same host'],
    routes: CLOSED,
    dimensions: {
      token: [...TOKENS, ...CLAIMS.slice(1, 6)],
      path: ['/dashboard', '/auth', '/auth/verify-email', REFRESHES[0]],
      attempts: FEW_ATTEMPTS,
    },
  }),
  scenario('a core to ask', {
    provider: { ...below, connectionURI: 'https://core.example.com' },
    dimensions: {
      path: ['/', '/dashboard', '/database', '/optional'],
      attempts: FEW_ATTEMPTS,
      keys: ['served', 'rotated'],
      core: ['ok', 'other token', 'unauthorised', 'try refresh', 'fails', 'silent'],
    },
  }),
  scenario('cookies of an older domain', {
    provider: { ...below, olderCookieDomain: '' },
    dimensions: { keys: ['served'], path: ['/dashboard', '/optional'] },
  }),
  scenario('front tokens for the whole domain', {
    provider: { ...below, sessionTokenFrontendDomain: '.example.com' },
    frontDomain: '.example.com',
    dimensions: {
      keys: ['served'],
      path: ['/dashboard', '/account', '/auth'],
      attempts: FEW_ATTEMPTS,
    },
  }),
  scenario('tokens in headers', {
    provider: { ...below, getTokenTransferMethod: 'header' },
    byHeader: true,
    isWithheld: true,
    isOutOfReach: true,
    dimensions: {
      keys: ['served'],
      path: ['/dashboard', '/account', '/auth'],
      attempts: FEW_ATTEMPTS,
    },
  }),
  scenario('strict cookies, a link on another site', {
    provider: { ...below, cookieSameSite: 'strict' },
    sameSite: 'Strict',
    isCrossSite: true,
    isWithheld: true,
    dimensions: { way: ['link'], path: ['/dashboard', '/account', '/optional', REFRESHES[0]] },
  }),
  scenario('access tokens for a part of the host', {
    provider: { ...below, accessTokenPath: '/api' },
    accessPath: '/api',
    isWithheld: true,
    dimensions: { token: [TOKENS[1]], keys: ['served'] },
  }),
  scenario('a proxy that ends TLS', {
    provider: { ...below, sessionTokenFrontendDomain: 'app.example.com' },
    seenAs: 'http://app.example.com',
    dimensions: { attempts: FEW_ATTEMPTS, path: ['/dashboard', '/account', REFRESHES[0]] },
  }),
  scenario('a proxy that ends TLS, everything protected', {
    provider: PLACES['on the same host'],
    seenAs: 'http://app.example.com',
    routes: CLOSED,
    dimensions: { attempts: FEW_ATTEMPTS, path: ['/dashboard', '/auth', '/auth/verify-email'] },
  }),
  scenario('a website of its own for the sign-in page', {
    provider: { ...below, websiteDomain: 'https://www.example.com' },
    otherOrigins: ['https://www.example.com'],
    dimensions: { attempts: FEW_ATTEMPTS, keys: ['served', 'rotated'] },
  }),
  scenario('front tokens of a domain that the gate was not told of', {
    provider: below,
    frontDomain: '.example.com',
    dimensions: { keys: ['served'], path: ['/dashboard'], attempts: ['0', '1'] },
  }),
  scenario('anti-CSRF tokens', {
    provider: { ...below, antiCsrf: 'VIA_TOKEN' },
    dimensions: {
      keys: ['served'],
      attempts: FEW_ATTEMPTS,
      path: ['/dashboard', '/account', '/always'],
    },
  }),
  scenario('anti-CSRF headers', {
    provider: { ...below, antiCsrf: 'VIA_CUSTOM_HEADER' },
    dimensions: {
      keys: ['served'],
      attempts: FEW_ATTEMPTS,
      path: ['/dashboard', '/account', '/always'],
    },
  }),
]
