// Does each listed difference excuse the one answer that it foretells, and no other?

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { compare } from './compare.mjs'
import { DIFFERENCES, EVERYWHERE } from './differences.mjs'
import { generate } from './generate.mjs'
import { expectation, isApplicable, judge, next, start } from './judge.mjs'
import { askPeer } from './peer.mjs'

const SEED = 20_260_304
/** So many cases are looked through for so many in which the difference shows. */
const [SEARCHED, WANTED] = [6000, 3]

/** Where a difference is likely; elsewhere it takes long to find. */
const AREAS = {
  'pem-forms': 'keys',
  'large-key': 'keys',
  'key-set-entries': 'keys',
  'keys-unavailable': 'keys',
  'odd-kid': 'keys',
  'host-in-path': 'address',
  'forwarded-host-and-scheme': 'address',
  'empty-forwarded-header': 'address',
  'sync-target': 'sync',
  'repeated-parameter': 'organisation',
  'empty-pattern-list': 'organisation',
  'redirect-counter': 'loop',
  'handshake-error-is-no-exception': 'handshake',
  'unredeemed-nonce': 'nonce',
  'refresh-error-code': 'refresh',
  'sign-in-page-is-not-checked-per-request': 'satellite',
  'odd-scopes': 'machine',
  'no-publishable-key': 'machine',
  'opaque-machine-token': 'machine',
  'own-code-for-no-token': 'machine',
  'only-headers-that-decide': 'refresh',
}

/** What no application has often. */
const CHANGES = {
  'cookie-budget': ({ headers, ...testCase }) => {
    return { ...testCase, headers: [['cookie', `a=${'x'.repeat(40_000)}`], ...headers] }
  },
  'odd-audience': ({ options, ...testCase }) => {
    return { ...testCase, options: { ...options, audience: 'api' } }
  },
  'no-secret-key': ({ options: { secretKey: _, ...options }, ...testCase }) => {
    return { ...testCase, options }
  },
}

for (const difference of DIFFERENCES) {
  test(`${difference.name} excuses one answer and no other`, async () => {
    const found = await casesOf(difference.name, async (testCase, peer) => {
      if (!isApplicable(difference, start(testCase, peer))) return null
      return expectation(testCase, await next(start(testCase, peer), difference)).expected
    })
    for (const seen of found) await assertStrict(seen, difference.name)
  })
}

for (const difference of EVERYWHERE) {
  test(`${difference.name} excuses one answer and no other`, async () => {
    const found = await casesOf(difference.name, (testCase, peer) => {
      return peer.throws ? null : difference.expect(peer, testCase)
    })
    for (const { testCase, peer } of found) {
      const { expected } = expectation(testCase, start(testCase, peer))
      await assertStrict({ testCase, peer, expected }, difference.name)
    }
  })
}

/** Cases for which the difference foretells another answer than the peer's. */
async function casesOf(name, expectedOf) {
  const found = []
  for (let number = 0; number < SEARCHED && found.length < WANTED; number++) {
    const made = generate(SEED, number, AREAS[name])
    const testCase = CHANGES[name]?.(made) ?? made
    if (!isRequest(testCase)) continue
    const applies = DIFFERENCES.find((one) => one.name === name)?.applies ?? (() => true)
    if (!applies(testCase)) continue
    const peer = await askPeer(testCase)
    const expected = await expectedOf(testCase, peer)
    if (!expected || typeof expected.throws === 'string') continue
    const isEverywhere = EVERYWHERE.some((one) => one.name === name)
    const { expected: other } = expectation(testCase, start(testCase, peer))
    const isTelling = compare(isEverywhere ? peer : other, expected).length > 0
    if (isTelling) found.push({ testCase, peer, expected })
  }
  assert.equal(found.length, WANTED, `${name} does not show`)
  return found
}

/** The answer passes, by this difference; spoiled in any way it does not. */
async function assertStrict({ testCase, peer, expected }, name) {
  const answer = expected.throws ? thrown(expected.throws) : expected
  const { used, mismatches } = await judge(testCase, peer, answer)
  assert.deepEqual(mismatches, [])
  assert.ok(used.includes(name), `${name} was not needed, but ${used}`)
  const spoiled = expected.throws ? SPOILED_THROWS : SPOILED
  for (const [what, spoil] of Object.entries(spoiled)) {
    const wrong = spoil(structuredClone(answer))
    // The peer's own answer is never wrong.
    if (wrong === null || compare(peer, wrong).length === 0) continue
    const judged = await judge(testCase, peer, wrong)
    assert.ok(
      judged.mismatches.length > 0,
      `${what} passes by ${judged.used}: ${JSON.stringify(testCase)}`,
    )
  }
}

function isRequest({ method, url, headers }) {
  try {
    return Boolean(new Request(url, { method, headers }))
  } catch {
    return false
  }
}

/** An exception that the expression stands for. */
function thrown({ source }) {
  const [, option] = /\(\?:(\w+)/.exec(source)
  return { throws: `ConfigError provider.${option}: This is wrong.` }
}

const SPOILED_THROWS = {
  'no exception': () => ({ ...NOBODY }),
  'another option': () => ({ throws: 'ConfigError provider.cookies: This is wrong.' }),
  'another exception': () => ({ throws: 'TypeError: x is not a function' }),
}

const NOBODY = {
  status: 'signed-out',
  reason: 'session-token-and-uat-missing',
  message: '',
  tokenType: 'session_token',
  token: null,
  location: null,
  setCookies: [],
  headers: {},
  auth: { isAuthenticated: false },
  has: {},
  calls: [],
}

/** Ways to answer wrongly; null where there is nothing to spoil. */
const SPOILED = {
  'another status': (answer) => {
    return { ...answer, status: answer.status === 'signed-in' ? 'signed-out' : 'signed-in' }
  },
  'a handshake': (answer) => {
    return answer.status === 'handshake' ? null : { ...answer, status: 'handshake' }
  },
  'nobody at all': (answer) => (answer.status === 'signed-out' ? null : { ...answer, ...NOBODY }),
  'another reason': (answer) => {
    const isSignature = answer.reason === 'token-invalid-signature'
    return { ...answer, reason: isSignature ? 'token-expired' : 'token-invalid-signature' }
  },
  'no reason': (answer) => (answer.reason === null ? null : { ...answer, reason: null }),
  'another message': (answer) => ({ ...answer, message: `${answer.message ?? ''}.` }),
  'no message': (answer) => (answer.message ? { ...answer, message: null } : null),
  'another kind of token': (answer) => ({ ...answer, tokenType: 'webhook_token' }),
  'another token': (answer) => ({ ...answer, token: `${answer.token}x` }),
  'another address': (answer) => {
    return { ...answer, location: answer.location ? null : 'https://app.example.com/' }
  },
  'another page': (answer) => {
    return answer.location ? { ...answer, location: changed(answer.location, 'pathname') } : null
  },
  'another query': (answer) => {
    return answer.location ? { ...answer, location: changed(answer.location, 'search') } : null
  },
  'another way back': (answer) => wayBack(answer),
  'a cookie more': (answer) => ({ ...answer, setCookies: [...answer.setCookies, 'a=b'] }),
  'a cookie less': (answer) => {
    return answer.setCookies.length ? { ...answer, setCookies: answer.setCookies.slice(1) } : null
  },
  'a header more': (answer) => ({ ...answer, headers: { ...answer.headers, 'x-more': '1' } }),
  'a header less': ({ headers, ...answer }) => {
    const [, ...rest] = Object.entries(headers)
    const isOne = Object.keys(headers).length > 0
    return isOne ? { ...answer, headers: Object.fromEntries(rest) } : null
  },
  'another user': (answer) => ({ ...answer, auth: { ...answer.auth, userId: 'user_other' } }),
  'another organization': (answer) => ({ ...answer, auth: { ...answer.auth, orgId: 'org_other' } }),
  'other claims': (answer) => {
    return { ...answer, auth: { ...answer.auth, sessionClaims: { sub: 'user_other' } } }
  },
  'a permission': ({ has, ...answer }) => {
    const [[question, value]] = Object.entries(has)
    return { ...answer, has: { ...has, [question]: !value } }
  },
  'a call more': ({ calls, ...answer }) => {
    return { ...answer, calls: [...calls, { method: 'GET', url: 'https://api.clerk.com/v1/me' }] }
  },
  'a call less': ({ calls, ...answer }) => {
    return calls.length > 0 ? { ...answer, calls: calls.slice(1) } : null
  },
  'a header handed on that was not to be': (answer) => withHandedOn(answer, { 'x-more': ['1'] }),
  'a header handed on with another value': (answer) => withHandedOn(answer, { cookie: ['a=b'] }),
  'an exception': () => ({ throws: 'Error: no' }),
}

function changed(location, part) {
  const url = new URL(location)
  url[part] = part === 'pathname' ? `${url.pathname}x` : `${url.search}&more=1`
  return url.href
}

function wayBack({ location, ...answer }) {
  const url = location && new URL(location)
  const name = url && [...url.searchParams.keys()].find((key) => key.endsWith('redirect_url'))
  if (!name) return null
  url.searchParams.set(name, 'https://evil.example/')
  return { ...answer, location: url.href }
}

function withHandedOn({ calls, ...answer }, more) {
  const index = calls.findIndex(({ body }) => body?.request_headers)
  if (index < 0) return null
  const { body } = calls[index]
  const request_headers = { ...body.request_headers, ...more }
  const call = { ...calls[index], body: { ...body, request_headers } }
  return { ...answer, calls: calls.with(index, call) }
}
