// Claims of a session that do not hold: for scripts, and for the visitors of pages.

import {
  bearer,
  CORE,
  call,
  cookies,
  invalidClaims,
  ok,
  one,
  page,
  redirected,
  SITE,
  tryRefresh,
  unauthorised,
} from '../../frame-supertokens.mjs'
import { NOW, T } from '../../mint.mjs'
import { legacyToken, token } from '../../mint-supertokens.mjs'

const verified = { claim: 'st-ev', validator: 'isVerified' }
const admin = { claim: 'st-role', validator: 'includes', value: 'admin' }
const reader = { claim: 'st-perm', validator: 'includesAll', value: ['read', 'list'] }
const plan = {
  claim: 'plan',
  validator: 'hasValue',
  value: 'pro',
  maxAgeInSeconds: 60,
  id: 'is-pro',
}
const factors = { claim: 'st-mfa', validator: 'hasCompletedMFARequirementsForAuth' }

const held = (v, t = NOW - 1000) => ({ v, t })
const EVERYTHING = {
  'st-ev': held(true),
  'st-role': held(['user', 'admin']),
  'st-perm': held(['list', 'read', 'write']),
  plan: held('pro'),
  'st-mfa': { c: { emailpassword: T - 20 }, v: true },
}
const ALL = [verified, admin, reader, plan, factors]
const holding = (changes) => token({ ...EVERYTHING, ...changes })

const notVerified = (actualValue) => ({
  id: 'st-ev',
  reason: { message: 'wrong value', expectedValue: true, actualValue },
})
const noAdmin = {
  id: 'st-role',
  reason: { message: 'wrong value', expectedToInclude: 'admin', actualValue: ['user'] },
}
const noFactor = { id: 'st-mfa', reason: { message: 'MFA requirement for auth is not satisfied' } }
const oldPlan = {
  id: 'is-pro',
  reason: { message: 'expired', ageInSeconds: 60.001, maxAgeInSeconds: 60 },
}
const missing = (id, rest) => ({ id, reason: { message: 'value does not exist', ...rest } })

const row = (name, text, expect, claimValidators = ALL, more = {}) =>
  one(`claims: ${name}`, call(cookies(text)), expect, { options: { claimValidators }, ...more })

const scripts = [
  row('all hold', holding(), ok()),
  row('none are asked for', token(), ok(), []),
  row(
    'an e-mail address that is not verified',
    holding({ 'st-ev': held(false) }),
    invalidClaims(notVerified(false)),
  ),
  row(
    'no claim of e-mail',
    holding({ 'st-ev': undefined }),
    invalidClaims(missing('st-ev', { expectedValue: true })),
  ),
  row('null is a value', holding({ 'st-ev': held(null) }), invalidClaims(notVerified(null))),
  row('a role that is missing', holding({ 'st-role': held(['user']) }), invalidClaims(noAdmin)),
  row('an age in the ms before its end', holding({ plan: held('pro', NOW - 60_000) }), ok()),
  row(
    'an age in the ms after its end',
    holding({ plan: held('pro', NOW - 60_001) }),
    invalidClaims(oldPlan),
  ),
  row(
    'a factor that is missing',
    holding({ 'st-mfa': { c: {}, v: false } }),
    invalidClaims(noFactor),
  ),
  row(
    'all failures, in the order in which they are asked',
    holding({
      'st-mfa': { c: {}, v: false },
      plan: held('pro', NOW - 60_001),
      'st-ev': held(false),
      'st-role': held(['user']),
    }),
    invalidClaims(notVerified(false), noAdmin, oldPlan, noFactor),
  ),
  row(
    'the same, asked in another order',
    holding({ 'st-mfa': { c: {}, v: false }, 'st-ev': held(false) }),
    invalidClaims(noFactor, notVerified(false)),
    [factors, verified],
  ),
  row('a route that asks for nothing', holding({ 'st-ev': held(false) }), ok(), ALL, {
    session: { claimValidators: [] },
  }),
  row(
    'a route that asks for something else',
    holding({ 'st-ev': held(false), 'st-role': held(['user']) }),
    invalidClaims(noAdmin),
    [verified],
    {
      session: { claimValidators: [admin] },
    },
  ),
  row(
    'a route that asks where nobody else does',
    holding({ 'st-role': held(['user']) }),
    invalidClaims(noAdmin),
    [],
    {
      session: { claimValidators: [admin] },
    },
  ),
  row('optional session', holding({ 'st-role': held(['user']) }), invalidClaims(noAdmin), ALL, {
    isOptional: true,
  }),
  one(
    'claims: a token in the header',
    call(bearer(holding({ 'st-role': held(['user']) }))),
    invalidClaims(noAdmin),
    {
      options: { claimValidators: ALL },
    },
  ),
  row(
    'an expired session is refreshed first',
    holding({ 'st-ev': held(false), exp: T }),
    tryRefresh('token-expired'),
  ),
  row(
    'version 2 is asked for its userData',
    legacyToken({
      userData: { ...EVERYTHING, 'st-role': held(['user']) },
      'st-role': held(['admin']),
    }),
    invalidClaims(noAdmin),
  ),
]

/** `withSession()` of the Next adapter, by status. */
const withSession = [
  one('withSession: a session', call(bearer(token())), {
    ...ok(),
    headers: { 'cache-control': 'private, no-store' },
  }),
  one('withSession: none', call(), {
    ...unauthorised('token-missing'),
    headers: { 'cache-control': 'private, no-store' },
  }),
  one('withSession: expired', call(bearer(token({ exp: T }))), tryRefresh('token-expired')),
  one(
    'withSession: an e-mail address that is not verified',
    call(cookies(token({ 'st-ev': held(false) }))),
    invalidClaims(notVerified(false)),
    {
      session: { claimValidators: [verified] },
    },
  ),
  one(
    'withSession: an e-mail address of which nothing is known',
    call(cookies(token())),
    invalidClaims(missing('st-ev', { expectedValue: true })),
    {
      options: { claimValidators: [verified] },
    },
  ),
  one(
    'withSession: another cookie with a broken escape; the peer has a status 500',
    call({ cookie: `a=%; sAccessToken=${token()}` }),
    ok(),
  ),
]

const refetch =
  (changes, expect, more = {}) =>
  (name) =>
    row(name, holding(changes), expect, ALL, {
      ...more,
      options: { claimValidators: ALL, originVerifies: true },
    })
const needsOrigin = (claimErrors, rest = {}) => ({
  ...ok(),
  state: {
    status: 'needs-origin',
    reason: 'origin-claim-refetch',
    ...(claimErrors && { claimErrors }),
  },
  ...rest,
})
const origin = [
  refetch(
    { 'st-ev': undefined },
    needsOrigin([missing('st-ev', { expectedValue: true })]),
  )('a backend that verifies fetches what is missing'),
  refetch(
    { 'st-ev': held(false, NOW - 10_001) },
    needsOrigin([notVerified(false)]),
  )('a backend that verifies looks again at what may have changed'),
  refetch(
    { 'st-ev': held(false, NOW - 10_000) },
    invalidClaims(notVerified(false)),
  )('nothing is fetched again that was just fetched'),
  refetch(
    { plan: held('pro', NOW - 60_001) },
    needsOrigin([oldPlan]),
  )('a backend that verifies fetches what is too old'),
  refetch(
    { 'st-role': held(['user']) },
    invalidClaims(noAdmin),
  )('roles that do not suffice are not fetched again'),
  refetch(
    { 'st-role': held(['user']), 'st-ev': undefined },
    needsOrigin([missing('st-ev', { expectedValue: true }), noAdmin]),
  )('with something to fetch everything is left to the backend'),
]

const VERIFY = `${CORE}/recipe/session/verify`
const withCore = [
  one(
    'claims: the core makes another token, and a claim does not hold; the peer keeps the token',
    call(cookies(token({ parentRefreshTokenHash1: 'p' }))),
    {
      outcome: 'deny',
      status: 403,
      headers: { 'access-control-expose-headers': 'front-token' },
    },
    {
      options: { claimValidators: [verified], connectionURI: CORE },
      replies: {
        [VERIFY]: {
          body: JSON.stringify({
            status: 'OK',
            session: { handle: 'h1', userId: 'u1', recipeUserId: 'r1', tenantId: 'public' },
            accessToken: { token: token({ iat: T }), expiry: (T + 3600) * 1000, createdTime: NOW },
          }),
        },
      },
    },
  ),
]

const back = `redirectToPath=${encodeURIComponent('/a?b=1')}`
const state = (errors) => ({
  status: 'invalid-claims',
  reason: 'invalid-claims',
  claimErrors: errors,
})
const visit = (name, changes, expect, { options, ...more } = {}) =>
  one(`claims of pages: ${name}`, page('/a?b=1', cookies(holding(changes))), expect, {
    options: { claimValidators: ALL, ...options },
    ...more,
  })
const unverified = { 'st-ev': held(false) }
const halfway = { 'st-mfa': { c: {}, v: false } }
const user = { 'st-role': held(['user']) }
const pages = [
  visit(
    'an e-mail address that is not verified',
    unverified,
    redirected(`${SITE}/auth/verify-email?${back}`, state([notVerified(false)])),
  ),
  visit(
    'a factor that is missing',
    halfway,
    redirected(`${SITE}/auth/mfa?${back}`, state([noFactor])),
  ),
  visit(
    'several, of which the first leads',
    { ...halfway, ...unverified },
    redirected(`${SITE}/auth/verify-email?${back}`, state([notVerified(false), noFactor])),
  ),
  visit(
    'several, of which the first has no page',
    { ...halfway, ...user },
    redirected(`${SITE}/auth/mfa?${back}`, state([noAdmin, noFactor])),
  ),
  visit('one that has no page', user, { ...invalidClaims(noAdmin) }),
  visit(
    'a page of its own',
    { plan: held('free') },
    redirected(
      `${SITE}/buy?${back}`,
      state([
        {
          id: 'is-pro',
          reason: { message: 'wrong value', expectedValue: 'pro', actualValue: 'free' },
        },
      ]),
    ),
    {
      options: { claimPages: { 'is-pro': '/buy' } },
    },
  ),
  visit(
    'a page of its own in place of the usual one',
    unverified,
    redirected(`${SITE}/verify?x=1&${back}`, state([notVerified(false)])),
    {
      options: { claimPages: { 'st-ev': '/verify?x=1' } },
    },
  ),
  visit(
    'another base path',
    unverified,
    redirected(`${SITE}/login/verify-email?${back}`, state([notVerified(false)])),
    {
      options: { websiteBasePath: '/login/' },
    },
  ),
  visit(
    'no base path',
    unverified,
    redirected(`${SITE}/verify-email?${back}`, state([notVerified(false)])),
    { options: { websiteBasePath: '/' } },
  ),
  visit(
    'a posted form is not posted again',
    unverified,
    redirected(`${SITE}/auth/verify-email?${back}`, state([notVerified(false)]), { status: 303 }),
    {
      request: page('/a?b=1', cookies(holding(unverified)), { method: 'POST' }),
    },
  ),
  visit(
    'the page that mends it is no loop',
    unverified,
    { ...invalidClaims(notVerified(false)) },
    {
      request: page('/auth/verify-email?x', cookies(holding(unverified))),
    },
  ),
  visit('a script gets the reasons', unverified, invalidClaims(notVerified(false)), {
    request: { ...call(cookies(holding(unverified))), url: `${SITE}/a` },
  }),
  visit(
    'a refetch that a backend would make leads there as well',
    unverified,
    redirected(`${SITE}/auth/verify-email?${back}`, {
      status: 'needs-origin',
      reason: 'origin-claim-refetch',
    }),
    {
      options: { originVerifies: true },
      request: page('/a?b=1', cookies(holding({ 'st-ev': held(false, NOW - 10_001) }))),
    },
  ),
]

export const sessionClaims = [...scripts, ...withSession, ...origin, ...withCore, ...pages]
