// Single rules, redirects to sign in, and route matchers.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ConfigError, createGate, createRouteMatcher, RequestError } from 'sessiongate'
import { pick } from './support.mjs'

const one = pick('signed in by cookie')
const gate = createGate({ provider: one.options.provider, clock: () => one.now })
const anonymous = (headers = {}) => ({
  method: 'GET',
  url: 'https://app.example.com/a?b=c',
  headers,
})
const page = anonymous({ 'sec-fetch-dest': 'document' })

test('whoever is signed in is let in', async () => {
  assert.equal((await gate.protect(one.request)).outcome, 'allow')
  assert.equal(gate.protectSync(one.request).auth.userId, 'user_1')
})

test('pages are redirected, and all else does not exist', () => {
  const decision = gate.protectSync(page)
  assert.deepEqual([decision.outcome, decision.status], ['redirect', 307])
  assert.match(decision.location, /\/sign-in\?redirect_url=https%3A%2F%2Fapp\.example\.com%2Fa/)
  assert.equal(gate.protectSync(anonymous()).status, 404)
  assert.equal(gate.protectSync(anonymous(), { onDenied: 'status' }).status, 401)
})

test('what is asked for has to be there', () => {
  assert.equal(gate.protectSync(one.request, { role: 'org:nobody' }).status, 404)
  const denied = gate.protectSync(one.request, { role: 'org:nobody', unauthorizedStatus: 403 })
  assert.deepEqual([denied.status, denied.reason], [403, 'role-missing'])
  const elsewhere = gate.protectSync(one.request, { plan: 'pro', unauthorizedUrl: '/buy' })
  assert.equal(elsewhere.location, 'https://app.example.com/buy')
  assert.throws(() => gate.protectSync(one.request, { rol: 'admin' }), ConfigError)
})

test('a redirect to sign in comes back to where it is told', () => {
  const location = (options) => gate.redirectToSignIn(page, options).headers.get('location')
  assert.match(location(), /redirect_url=https%3A%2F%2Fapp\.example\.com%2Fa%3Fb%3Dc/)
  assert.match(
    location({ returnBackUrl: '/x' }),
    /redirect_url=https%3A%2F%2Fapp\.example\.com%2Fx/,
  )
  assert.doesNotMatch(location({ returnBackUrl: null }), /redirect_url/)
  assert.equal(gate.redirectToSignUp(page).status, 307)
  assert.throws(() => location({ returnBackUrl: 'javascript:alert(1)' }), RequestError)
})

test('a route matcher reads patterns as the peer does', () => {
  const matches = createRouteMatcher(['/dashboard(.*)', '/:org/settings'])
  const at = (path) => matches({ ...page, url: `https://app.example.com${path}` })
  assert.deepEqual(['/dashboard/x', '/Acme/settings/', '/acme/x', '/%64ashboard'].map(at), [
    true,
    true,
    false,
    true,
  ])
  assert.throws(() => at('/%'), { code: 'path-malformed' })
  assert.throws(() => createRouteMatcher('/foo*'), ConfigError)
})
