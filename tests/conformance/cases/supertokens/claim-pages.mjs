// Claims of a session that do not hold: where the visitors of pages are sent.

import {
  call,
  cookies,
  invalidClaims,
  one,
  page,
  redirected,
  SITE,
} from '../../frame-supertokens.mjs'
import { NOW } from '../../mint.mjs'
import { ALL, held, holding, noAdmin, noFactor, notVerified } from './asked-claims.mjs'

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
export const claimPages = [
  visit(
    'a page elsewhere, where the path would be another page',
    unverified,
    redirected('https://id.example/verify?x=1', state([notVerified(false)])),
    { options: { claimPages: { 'st-ev': 'https://id.example/verify?x=1' } } },
  ),
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
    { ...invalidClaims(notVerified(false)), reason: 'claim-page-protected' },
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
  ...[
    ['status', 403],
    [404, 404],
  ].map(([onDenied, status]) =>
    visit(
      `a refetch leads nowhere where the route wants a status: ${status}`,
      unverified,
      { outcome: 'deny', status, location: null, reason: 'invalid-claims', cookies: [] },
      {
        onDenied,
        options: { originVerifies: true },
        request: page('/a?b=1', cookies(holding({ 'st-ev': held(false, NOW - 10_001) }))),
      },
    ),
  ),
]
