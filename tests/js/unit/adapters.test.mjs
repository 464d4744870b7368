// The core of the adapters: what no application over HTTP shows well.

import assert from 'node:assert/strict'
import { createServer, request as sendTo } from 'node:http'
import { test } from 'node:test'
import { claimsOr, createGate } from 'sessiongate'
import { withGate as cloudflare } from 'sessiongate/cloudflare'
import { getAuth as authOf, withGate } from 'sessiongate/deno'
import { getAuth, requireAuth, sessionGate } from 'sessiongate/express'
import { pick } from './support.mjs'

const internal = (name) =>
  import(new URL(`../node_modules/sessiongate/dist/adapters/${name}.js`, import.meta.url))
const { withFreshCookies } = await internal('fresh-cookies')
const { isIdentityHeader } = await internal('identity')

/** The options of a gate that knows the visitor of a case. */
const { options, request, now } = pick('signed in by cookie')
const visitor = { ...options, clock: () => now, routes: [] }
const cookie = request.headers.cookie

test('fresh cookies take the place of old ones, and deleted ones go', () => {
  const sent = 'a=1; b=2; a=3; c=4'
  const set = (...values) => values.map((value) => ['set-cookie', value])
  for (const [headers, path, expected] of [
    [[], '/', null],
    [[['vary', 'Cookie']], '/', null],
    [set('a=9; Path=/; HttpOnly'), '/', 'b=2; c=4; a=9'],
    [set('b=; Expires=Thu, 01 Jan 1970 00:00:00 GMT'), '/', 'a=1; a=3; c=4'],
    [set('b=x; Max-Age=0'), '/', 'a=1; a=3; c=4'],
    [set('b=x; max-age=5; Expires=Thu, 01 Jan 1970 00:00:00 GMT'), '/', 'a=1; a=3; c=4; b=x'],
    [set('d=5; Path=/auth'), '/', null],
    [set('d=5; Path=/auth'), '/author', null],
    [set('d=5; Path=/auth'), '/auth/x', `${sent}; d=5`],
    [set('d=5; Path=/auth/'), '/auth/x', `${sent}; d=5`],
    [set('d=a=b'), '/', `${sent}; d=a=b`],
    [set('d=1', 'd=2'), '/', `${sent}; d=2`],
  ]) {
    assert.equal(withFreshCookies(sent, headers, path), expected, JSON.stringify(headers))
  }
  assert.equal(withFreshCookies(null, set('a=1'), '/'), 'a=1')
})

test('identity headers are known in any spelling', () => {
  for (const name of ['x-clerk-auth-status', 'X-Clerk-Auth-Anything', 'X-SESSIONGATE-USER']) {
    assert.equal(isIdentityHeader(name), true, name)
  }
  for (const name of ['x-clerk', 'x-session', 'authorization', 'cookie']) {
    assert.equal(isIdentityHeader(name), false, name)
  }
})

test('claims are taken from the token, or all of them from elsewhere', async () => {
  let asked = 0
  const user = claimsOr(({ userId }) => {
    asked += 1
    return { organizationId: `of ${userId}`, role: 'owner', constructor: 1 }
  })
  const auth = (sessionClaims, userId = 'user_1') => ({ userId, sessionClaims })
  const inToken = { organizationId: 'org_1', role: 'member', more: 1 }
  assert.deepEqual(await user(auth(inToken), 'organizationId', 'role'), {
    organizationId: 'org_1',
    role: 'member',
  })
  assert.equal(asked, 0)
  for (const [claims, names] of [
    [{ role: 'member' }, ['organizationId', 'role']],
    [{ organizationId: null, role: 'member' }, ['organizationId', 'role']],
  ]) {
    const found = await user(Promise.resolve(auth(claims)), ...names)
    assert.deepEqual(found, { organizationId: 'of user_1', role: 'owner' })
  }
  assert.deepEqual(await user(auth({}), 'constructor'), { constructor: 1 })
  assert.equal(asked, 3)
  assert.equal(await user(auth(null, null), 'role'), null)
  assert.equal(asked, 3)
  assert.equal(await claimsOr(() => null)(auth({}), 'role'), null)
})

test('the body of a request that a handler gets is the one that was sent', async () => {
  const handler = withGate(async (given) => Response.json([await given.text(), given.method]), {
    ...visitor,
  })
  for (const headers of [{}, { 'x-clerk-auth-status': 'signed-in' }]) {
    const init = { method: 'POST', body: 'text', headers }
    const answer = await handler(new Request('https://app.example.com/', init))
    assert.deepEqual(await answer.json(), ['text', 'POST'])
  }
})

test('what the application says of caches stays if it keeps shared ones away', async () => {
  const cases = [
    [undefined, 'private, no-store'],
    ['public, max-age=60', 'private, no-store'],
    ['no-cache', 'private, no-store'],
    ['private, max-age=60', 'private, max-age=60'],
    ['No-Store', 'No-Store'],
  ]
  for (const [own, expected] of cases) {
    const answer = async (given) => {
      authOf(given)
      const headers = { vary: 'Accept', ...(own === undefined ? {} : { 'cache-control': own }) }
      return new Response('', { headers })
    }
    const { headers } = await withGate(answer, visitor)(new Request('https://app.example.com/'))
    assert.equal(headers.get('cache-control'), expected)
    assert.equal(headers.get('vary'), 'Accept, Cookie')
  }
})

test('an answer whose headers cannot be changed is copied', async () => {
  const frozen = async (given) => {
    authOf(given)
    return Response.redirect('https://app.example.com/next', 302)
  }
  const answer = await withGate(frozen, visitor)(new Request('https://app.example.com/'))
  assert.equal(answer.status, 302)
  assert.equal(answer.headers.get('location'), 'https://app.example.com/next')
  assert.equal(answer.headers.get('cache-control'), 'private, no-store')
})

test('what is no answer, or changes the protocol, stays as it is', async () => {
  const upgrade = { status: 101, headers: Object.freeze({}) }
  for (const answer of [undefined, upgrade]) {
    const handler = withGate(() => answer, visitor)
    assert.equal(await handler(new Request('https://app.example.com/')), answer)
  }
})

test('a gate that was made elsewhere is used as it is', async () => {
  const gate = createGate(visitor)
  const handler = withGate((given) => Response.json(authOf(given).userId), { gate })
  const sent = new Request('https://app.example.com/', { headers: { cookie } })
  assert.equal(await (await handler(sent)).json(), 'user_1')
})

test('options of a worker are made once, of its bindings', async () => {
  let made = 0
  const worker = cloudflare({ fetch: (_given, env) => Response.json(env), other: 5 }, (env) => {
    made += 1
    assert.deepEqual(env, { A: 1 })
    return visitor
  })
  for (let round = 0; round < 2; round++) {
    const answer = await worker.fetch(new Request('https://app.example.com/'), { A: 1 })
    assert.deepEqual(await answer.json(), { A: 1 })
  }
  assert.equal(made, 1)
  assert.equal(worker.other, 5)
})

test('who asks for a visitor that came past the gate is told so', () => {
  assert.throws(
    () => authOf(new Request('https://app.example.com/')),
    /withGate\(handler, options\)/,
  )
  assert.throws(() => getAuth({}), /sessionGate\(\)/)
})

test('who asks for another kind of token is not given this one', async () => {
  const options = { acceptsToken: 'm2m_token' }
  const handler = withGate((given) => Response.json(authOf(given, options)), visitor)
  const sent = new Request('https://app.example.com/', { headers: { cookie } })
  await assert.rejects(handler(sent), /getAuth\(\) takes no options/)
})

test('wrong options are told at once', () => {
  assert.throws(() => sessionGate({ provider: { kind: 'other' } }), { name: 'ConfigError' })
  assert.throws(() => withGate(() => new Response(), { ...visitor, routes: 5 }), {
    name: 'ConfigError',
  })
})

test('in Node a request that is none gets a 400, and errors go to their handler', async (t) => {
  const gate = sessionGate(visitor)
  const answer = await exchange(t, { host: 'a/b' }, (req, res, next) => gate(req, res, next))
  assert.equal(answer.status, 400)
  assert.equal(JSON.parse(answer.body).error.code, 'request-host')
  const asked = await exchange(t, {}, (req, res, next) => requireAuth()(req, res, next))
  assert.match(asked.body, /next: Error: sessiongate: this request did not come through/)
})

test('in Node headers that are handed to writeHead are seen in any form', async (t) => {
  const gate = sessionGate(visitor)
  for (const headers of [
    { 'Cache-Control': 'public', 'Set-Cookie': ['a=1', 'b=2'], Vary: 'Accept' },
    ['Cache-Control', 'public', 'Set-Cookie', 'a=1', 'set-cookie', 'b=2', 'Vary', 'Accept'],
    [
      ['Cache-Control', 'public'],
      ['Set-Cookie', ['a=1', 'b=2']],
      ['Vary', 'Accept'],
    ],
  ]) {
    const answer = await exchange(t, { cookie }, (req, res, next) =>
      gate(req, res, (error) => {
        if (error !== undefined) return next(error)
        getAuth(req)
        res.writeHead(201, 'Made', headers)
        res.end(req.auth().userId)
      }),
    )
    assert.deepEqual([answer.status, answer.body], [201, 'user_1'])
    assert.equal(answer.headers['cache-control'], 'private, no-store')
    assert.equal(answer.headers.vary, 'Accept, Cookie')
    assert.deepEqual(answer.headers['set-cookie'], ['a=1', 'b=2'])
  }
})

test('in Node forged headers are nowhere', async (t) => {
  const gate = sessionGate(visitor)
  const forged = { 'X-Clerk-Auth-Status': 'signed-in', 'x-sessiongate-a': ['1', '2'] }
  const answer = await exchange(t, forged, (req, res) =>
    gate(req, res, () =>
      res.end(JSON.stringify([req.headers, req.rawHeaders, req.headersDistinct])),
    ),
  )
  assert.doesNotMatch(answer.body, /clerk|sessiongate/i)
})

/** Sends one request to a middleware. */
async function exchange(t, headers, middleware) {
  const server = createServer((req, res) =>
    middleware(req, res, (error) => res.end(`next: ${error}`)),
  )
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
  t.after(() => server.close())
  const { port } = server.address()
  return new Promise((resolve, reject) => {
    const sent = sendTo({ host: '127.0.0.1', port, headers, agent: false }, async (answer) => {
      let body = ''
      for await (const chunk of answer) body += chunk
      resolve({ status: answer.statusCode, headers: answer.headers, body })
    })
    sent.on('error', reject)
    sent.end()
  })
}
