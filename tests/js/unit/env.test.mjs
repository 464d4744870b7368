// Clerk's environment variables.

import assert from 'node:assert/strict'
import { afterEach, test } from 'node:test'
import { clerk, createGate, oidc } from 'sessiongate'
import { pick } from './support.mjs'

const before = { ...process.env }
afterEach(() => {
  process.env = { ...before }
})

const one = pick('signed in by cookie')
const KEY = one.options.provider.publishableKey

test('a gate needs nothing but the environment', () => {
  process.env.CLERK_JWT_KEY = one.options.provider.jwtKey
  const gate = createGate({ provider: clerk(), clock: () => one.now })
  assert.equal(gate.checkSync(one.request).auth.userId, 'user_1')
})

test('every variable and every prefix is read', () => {
  for (const [variable, option] of [
    ['CLERK_PUBLISHABLE_KEY', 'publishableKey'],
    ['NEXT_PUBLIC_CLERK_PUBLISHABLE_KEY', 'publishableKey'],
    ['PUBLIC_CLERK_PUBLISHABLE_KEY', 'publishableKey'],
    ['VITE_CLERK_PUBLISHABLE_KEY', 'publishableKey'],
    ['CLERK_JWT_KEY', 'jwtKey'],
    ['CLERK_SIGN_IN_URL', 'signInUrl'],
    ['CLERK_SIGN_UP_URL', 'signUpUrl'],
    ['CLERK_SECRET_KEY', 'secretKey'],
    ['CLERK_DOMAIN', 'domain'],
    ['CLERK_PROXY_URL', 'proxyUrl'],
    ['CLERK_API_URL', 'apiUrl'],
    ['CLERK_API_VERSION', 'apiVersion'],
    ['NEXT_PUBLIC_CLERK_SIGN_IN_URL', 'signInUrl'],
  ]) {
    process.env = { [variable]: 'value' }
    assert.deepEqual(clerk(), { kind: 'clerk', [option]: 'value' }, variable)
  }
})

test('a satellite is told by a word, and a secret never by a public variable', () => {
  for (const [value, isSatellite] of [
    ['true', true],
    ['1', true],
    ['false', false],
  ]) {
    process.env = { CLERK_IS_SATELLITE: value, NEXT_PUBLIC_CLERK_SECRET_KEY: 'sk_test_x' }
    assert.deepEqual(clerk(), { kind: 'clerk', isSatellite })
  }
})

test('an option goes before its variable, and an empty variable is none', () => {
  process.env.CLERK_PUBLISHABLE_KEY = 'pk_test_other'
  process.env.CLERK_SIGN_IN_URL = ''
  assert.deepEqual(clerk({ publishableKey: KEY }), { kind: 'clerk', publishableKey: KEY })
})

test('keys that are given are not mixed with a key of the environment', () => {
  process.env.CLERK_JWT_KEY = 'other'
  const jwks = { keys: [] }
  assert.deepEqual(clerk({ jwks }), { kind: 'clerk', jwks })
})

test('an environment that must not be looked at is none', () => {
  const real = Object.getOwnPropertyDescriptor(globalThis, 'process')
  const provider = (value) => {
    Object.defineProperty(globalThis, 'process', { ...real, get: value, set: undefined })
    try {
      return clerk({ publishableKey: KEY })
    } finally {
      Object.defineProperty(globalThis, 'process', real)
    }
  }
  const expected = { kind: 'clerk', publishableKey: KEY }
  assert.deepEqual(
    provider(() => undefined),
    expected,
  )
  assert.deepEqual(
    provider(() => {
      throw new Error('NotCapable')
    }),
    expected,
  )
})

test('Deno is asked for its permission, not the user for his', () => {
  process.env.CLERK_JWT_KEY = 'key'
  for (const [state, expected] of [
    ['granted', { kind: 'clerk', jwtKey: 'key' }],
    ['prompt', { kind: 'clerk' }],
  ]) {
    globalThis.Deno = { permissions: { querySync: () => ({ state }) } }
    try {
      assert.deepEqual(clerk(), expected)
    } finally {
      delete globalThis.Deno
    }
  }
})

test('oidc reads no environment', () => {
  process.env.CLERK_JWT_KEY = 'key'
  const options = { issuer: 'https://i', audience: 'a', publicKey: 'pem' }
  assert.deepEqual(oidc(options), { ...options, kind: 'oidc' })
})
