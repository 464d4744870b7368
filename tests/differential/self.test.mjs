// Does the harness itself see what it has to see?

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { DIFFERENCES } from './differences.mjs'
import { AREA_NAMES, generate } from './generate.mjs'
import { expectation, judge, next, start } from './judge.mjs'
import { keys } from './keys.mjs'
import { mint } from './mint.mjs'
import { askPeer } from './peer.mjs'
import { placeOf } from './report.mjs'
import { shrink } from './shrink.mjs'

const SEED = 20_260_304
const cases = (count, only) => Array.from({ length: count }, (_, n) => generate(SEED, n, only))

/** How many of the cases fail when the peer's own answer is changed on the way. */
async function failuresOf(list, change) {
  let failures = 0
  for (const testCase of list) {
    const peer = await askPeer(testCase)
    const { mismatches } = await judge(
      testCase,
      peer,
      await change(structuredClone(peer), testCase),
    )
    if (mismatches.length > 0) failures++
  }
  return failures
}

test('the same seed makes the same case, whatever came before', () => {
  assert.deepEqual(generate(SEED, 7), generate(SEED, 7))
  assert.notDeepEqual(generate(SEED, 7), generate(SEED, 8))
  assert.notDeepEqual(generate(SEED, 7), generate(SEED + 1, 7))
})

test('a case is JSON and nothing else', () => {
  for (const testCase of cases(300)) {
    assert.deepEqual(JSON.parse(JSON.stringify(testCase)).headers, testCase.headers)
  }
})

test('the peer agrees with itself', async () => {
  assert.equal(await failuresOf(cases(500), (peer) => peer), 0)
})

test('every listed difference can occur', () => {
  const list = cases(6000)
  const never = DIFFERENCES.filter(({ applies }) => !list.some((testCase) => applies(testCase)))
  assert.deepEqual(
    never.map(({ name }) => name),
    [],
  )
})

test('the peer hands on every header with a refresh', async () => {
  let calls = 0
  for (const testCase of cases(60, 'refresh')) {
    const { url, method, headers } = testCase
    const sent = [...new Request(url, { method, headers }).headers]
    const handedOn = Object.fromEntries(sent.map(([name, value]) => [name, [value]]))
    for (const { body } of (await askPeer(testCase)).calls ?? []) {
      if (!body?.request_headers) continue
      assert.deepEqual(body.request_headers, handedOn)
      calls++
    }
  }
  assert.ok(calls > 10)
})

const DISTORTIONS = {
  'the status': (peer) => ({ ...peer, status: 'signed-in' }),
  'the reason': (peer) => ({ ...peer, reason: peer.reason && `${peer.reason}x` }),
  'the message': (peer) => ({ ...peer, message: peer.message && `${peer.message} ` }),
  'who it is': (peer) => ({
    ...peer,
    auth: peer.auth?.userId ? { ...peer.auth, userId: 'user_x' } : peer.auth,
  }),
  'a cookie': (peer) => ({ ...peer, setCookies: peer.setCookies?.slice(1) }),
  'the order of a query': (peer) => ({ ...peer, location: reversed(peer.location) }),
  'a header': (peer) => ({ ...peer, headers: { ...peer.headers, 'x-more': '1' } }),
  'an exception': () => ({ throws: 'Error: no' }),
  'the clock': (_, testCase) => askPeer({ ...testCase, now: testCase.now + 120_000 }),
  'the method': (_, testCase) => askPeer({ ...testCase, method: 'PUT' }),
}

function reversed(location) {
  if (!location || !URL.canParse(location)) return location ?? null
  const url = new URL(location)
  url.search = new URLSearchParams([...url.searchParams].reverse())
  return url.href
}

for (const [what, change] of Object.entries(DISTORTIONS)) {
  test(`a difference in ${what} is seen`, async () => {
    const list = [...cases(40, 'header'), ...cases(40, 'states'), ...cases(40, 'handshake')]
    assert.ok((await failuresOf(list, change)) > 10)
  })
}

test('ignoring good handshakes is not excused', async () => {
  const list = cases(60, 'handshake').filter(
    ({ headers }) => !headers.some(([, v]) => v === 'null'),
  )
  const ignoring = (peer, testCase) => {
    const text = JSON.stringify(testCase).replaceAll('__clerk_handshake', '__clerk_nothing')
    return peer.status === 'signed-in' ? askPeer(JSON.parse(text)) : peer
  }
  assert.ok((await failuresOf(list, ignoring)) > 10)
})

test('what has two parts is refused as such beside a handshake token with padding', async () => {
  const now = Date.UTC(2026, 2, 4)
  const seconds = now / 1000
  const iss = 'https://clerk.example.com'
  const times = { iat: seconds - 10, nbf: seconds - 10, exp: seconds + 50 }
  const session = mint({ iss, sub: 'user_1', sid: 'sess_1', ...times })
  const handshake = `${mint({ handshake: [`__session=${session}; Path=/`] })}=`
  const cookie = `__session=a.b; __client_uat=${seconds - 20}; __clerk_handshake=${handshake}`
  const testCase = {
    ...{ now, method: 'GET', url: 'https://app.example.com/', headers: [['cookie', cookie]] },
    ...{ ours: {}, toAuth: {}, network: {} },
    options: {
      publishableKey: `pk_live_${Buffer.from('clerk.example.com$').toString('base64')}`,
      secretKey: 'sk_live_1',
      jwtKey: keys.own.spki,
    },
  }
  const peer = await askPeer(testCase)
  assert.equal(peer.status, 'signed-in')
  const strict = DIFFERENCES.find(({ name }) => name === 'strict-base64url')
  const said = await next(start(testCase, peer), strict)
  const { expected } = expectation(testCase, said)
  assert.equal(expected.status, 'signed-out')
  assert.match(expected.message, /A JWT consists of three parts separated by dots/)
  assert.equal(strict.applies({ ...testCase, headers: [['cookie', '__session=a.b']] }), false)
})

test('every area reaches more than one answer', async () => {
  for (const area of AREA_NAMES) {
    const places = new Set()
    for (const testCase of cases(40, area)) places.add(placeOf(await askPeer(testCase)))
    assert.ok(places.size >= 3, `${area}: ${[...places]}`)
  }
})

test('a failing case gets smaller and still fails', async () => {
  const testCase = cases(200, 'mixed').find(({ headers }) => headers.length > 4)
  const fails = async ({ headers }) => headers.some(([name]) => name === testCase.headers[0][0])
  const smallest = await shrink(testCase, fails)
  assert.ok(smallest.headers.length < testCase.headers.length)
  assert.ok(await fails(smallest))
})
