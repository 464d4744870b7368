// Claims of a session that do not hold, for scripts.

import {
  bearer,
  CORE,
  call,
  cookies,
  invalidClaims,
  ok,
  one,
  tryRefresh,
  unauthorised,
} from '../../frame-supertokens.mjs'
import { NOW, T } from '../../mint.mjs'
import { legacyToken, token } from '../../mint-supertokens.mjs'
import {
  ALL,
  admin,
  EVERYTHING,
  factors,
  held,
  holding,
  missing,
  noAdmin,
  noFactor,
  notVerified,
  oldPlan,
  verified,
} from './asked-claims.mjs'

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
  row(
    'version 2 with null for its userData; the peer throws',
    legacyToken({ userData: null }),
    invalidClaims(missing('st-role', { expectedToInclude: 'admin' }), missing('st-mfa')),
    [admin, factors],
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
    'withSession: another cookie with a broken escape, on which the Next adapter fails',
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

export const sessionClaims = [...scripts, ...withSession, ...origin, ...withCore]
