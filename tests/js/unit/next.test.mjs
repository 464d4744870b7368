// The adapter of Next.js: what no application over HTTP shows well.

import assert from 'node:assert/strict'
import { afterEach, test } from 'node:test'
import { createGate } from 'sessiongate'
import { getAuth, sessionGate } from 'sessiongate/next'
import { pick } from './support.mjs'

/** The options of a gate that knows the visitor of a case. */
const { options, request, now } = pick('signed in by cookie')
const visitor = { ...options, clock: () => now, routes: [] }
const cookie = request.headers.cookie
const URL = 'https://app.example.com/page'
const MARK = 'x-middleware-request-x-sessiongate-mark'

/** What another process does not have. */
const forgetGates = () => delete globalThis[Symbol.for('sessiongate.next')]
afterEach(forgetGates)

const ask = (headers = { cookie }) => new Request(URL, { headers })
/** The request as pages see it behind a proxy that answered so. */
function behind({ headers }) {
  const names = headers.get('x-middleware-override-headers').split(',')
  return {
    headers: Object.fromEntries(
      names.map((name) => [name, headers.get(`x-middleware-request-${name}`)]),
    ),
  }
}

test('pages verify the visitor again', async () => {
  const seen = behind(await sessionGate(visitor)(ask()))
  assert.equal(getAuth(seen).userId, 'user_1')
  assert.equal(getAuth({ headers: new Headers(seen.headers) }).userId, 'user_1')
  const { cookie: _, ...rest } = seen.headers
  assert.equal(getAuth({ headers: rest }).userId, null)
  assert.throws(() => getAuth(seen, { acceptsToken: 'any' }), /getAuth\(\) takes no options/)
})

test('nobody is believed whom no gate has seen', async () => {
  sessionGate(visitor)
  for (const mark of [undefined, '', 'given', 'given GET', 'given GET nowhere']) {
    const headers = { cookie, 'x-sessiongate-mark': mark }
    assert.throws(() => getAuth({ headers }), /no gate has seen this request/, mark)
  }
})

test('pages never ask a gate with other settings than the one in front', async () => {
  const seen = behind(await sessionGate(visitor)(ask()))
  forgetGates()
  assert.throws(() => getAuth(seen), /does not know the settings/)
  sessionGate({ ...visitor, provider: { ...options.provider, audience: 'another' } })
  assert.throws(() => getAuth(seen), /does not know the settings/)
  // The routes are those of the gate in front.
  sessionGate({ ...visitor, routes: [{ path: '/(.*)', access: 'signed-in' }] })
  assert.equal(getAuth(seen).userId, 'user_1')
})

test('a gate that was made elsewhere is used as it is', async () => {
  const seen = behind(await sessionGate({ gate: createGate(visitor) })(ask()))
  assert.equal(getAuth(seen).userId, 'user_1')
})

test('the mark tells no secret, not even as a part of its hash', async () => {
  const marks = []
  for (const secretKey of ['sk_live_1', 'sk_live_2']) {
    const provider = { ...options.provider, secretKey }
    const answer = await sessionGate({ ...visitor, provider })(ask())
    marks.push(answer.headers.get(MARK))
  }
  assert.equal(marks[0], marks[1])
  assert.match(marks[0], /^[\da-f]{1,16} GET https:\/\/app\.example\.com\/page$/)
})

test('headers that were forged are not handed on, also by a handler', async () => {
  const forged = {
    cookie,
    'x-sessiongate-mark': 'forged GET https://a.example/',
    'x-clerk-auth-status': 'signed-in',
  }
  const handlers = [
    undefined,
    () => new Response(null, { headers: { 'x-middleware-next': '1' } }),
    () =>
      new Response(null, {
        headers: {
          'x-middleware-rewrite': '/other',
          'x-middleware-override-headers': 'cookie, x-clerk-auth-status',
          'x-middleware-request-cookie': cookie,
          'x-middleware-request-x-clerk-auth-status': 'signed-in',
        },
      }),
  ]
  for (const handler of handlers) {
    const proxy = handler === undefined ? sessionGate(visitor) : sessionGate(handler, visitor)
    const answer = await proxy(ask(forged))
    assert.deepEqual(Object.keys(behind(answer).headers), ['cookie', 'x-sessiongate-mark'])
    assert.doesNotMatch(JSON.stringify([...answer.headers]), /forged|signed-in/)
    assert.equal(getAuth(behind(answer)).userId, 'user_1')
  }
})

test('an answer of a handler is sent as it is, and kept from caches if it looked', async () => {
  const own = await sessionGate(() => Response.json('own'), visitor)(ask())
  assert.equal(await own.json(), 'own')
  assert.deepEqual([own.headers.get('cache-control'), own.headers.get(MARK)], [null, null])
  const looked = await sessionGate(async (auth) => {
    const { userId } = await auth()
    return Response.json(userId, { status: 201 })
  }, visitor)(ask())
  assert.deepEqual([looked.status, await looked.json()], [201, 'user_1'])
  assert.equal(looked.headers.get('cache-control'), 'private, no-store')
  assert.equal(looked.headers.get('vary'), 'Cookie')
})

test('protect() in a handler takes what the peer takes', async () => {
  const asked = async (...args) => {
    const proxy = sessionGate(async (auth) => void (await auth.protect(...args)), visitor)
    const { status, headers } = await proxy(ask())
    assert.equal(headers.get('cache-control'), 'private, no-store')
    return [status, headers.get('location')]
  }
  assert.deepEqual(await asked(), [200, null])
  assert.deepEqual(await asked({ role: 'org:none' }), [404, null])
  assert.deepEqual(await asked({ role: 'org:none', unauthorizedStatus: 403 }), [403, null])
  assert.deepEqual(await asked({ role: 'org:none' }, { unauthorizedUrl: 'https://a.example/no' }), [
    307,
    'https://a.example/no',
  ])
  assert.deepEqual(await asked(() => true), [200, null])
  assert.deepEqual(await asked((has) => has({ role: 'org:none' })), [404, null])
  assert.deepEqual(await asked(() => false, { unauthorizedStatus: 403 }), [403, null])
  assert.deepEqual(await asked(() => false, { unauthorizedUrl: '/no' }), [
    307,
    'https://app.example.com/no',
  ])
})

test('errors of a handler are its own', async () => {
  const proxy = sessionGate(() => {
    throw new RangeError('mine')
  }, visitor)
  await assert.rejects(proxy(ask()), RangeError)
})

test('wrong options are told at once', () => {
  assert.throws(() => sessionGate({ provider: { kind: 'other' } }), { name: 'ConfigError' })
})
