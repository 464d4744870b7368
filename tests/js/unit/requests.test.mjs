// Requests of Node's servers: whatever a client sends, the path that is judged is the real one.

import assert from 'node:assert/strict'
import { connect } from 'node:net'
import { test } from 'node:test'
import { createGate, RequestError } from 'sessiongate'
import { pick, serve } from './support.mjs'

const signedIn = pick('signed in by cookie')
const gate = createGate({ ...signedIn.options, clock: () => signedIn.now })
const { cookie } = signedIn.request.headers

/** Answers with the decision about the request itself. */
const judge = (request, response) =>
  gate.check(request).then(
    ({ outcome, location, auth, rule }) =>
      answer(response, 200, JSON.stringify({ outcome, location, userId: auth.userId, rule })),
    (error) => answer(response, 400, error.code),
  )

const answer = (response, status, body) =>
  response.writeHead(status, { 'content-length': Buffer.byteLength(body) }).end(body)

/** Sends the bytes as they are and returns status and body. */
function raw(url, text) {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(url)
    const socket = connect(port, hostname, () => socket.write(text))
    let answer = ''
    socket.setEncoding('latin1').on('data', (chunk) => {
      answer += chunk
    })
    socket.on('error', reject)
    socket.on('end', () => {
      const [head, body] = answer.split('\r\n\r\n')
      resolve({ status: Number(head.split(' ')[1]), body })
    })
  })
}

const get = (target, host = 'app.example.com', more = '') =>
  `GET ${target} HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n${more}\r\n`

test('a request over HTTP is known by its cookie', async (t) => {
  const url = await serve(t, judge)
  const answer = await fetch(`${url}/dashboard`, { headers: { cookie } })
  const { outcome, userId } = await answer.json()
  assert.deepEqual([outcome, userId], ['allow', 'user_1'])
})

test('the relative URL becomes absolute with the Host header', async (t) => {
  const { body } = await raw(await serve(t, judge), get('/account?x=1'))
  const back = encodeURIComponent('http://app.example.com/account?x=1')
  assert.match(body, new RegExp(`"http://app.example.com/sign-in\\?redirect_url=${back}"`))
})

test('the absolute form of a target counts as it stands', async (t) => {
  const { body } = await raw(
    await serve(t, judge),
    get('http://other.example/account', 'other.example'),
  )
  assert.match(body, /"http:\/\/other\.example\/sign-in\?/)
})

test('a Host header cannot bring a path along', async (t) => {
  const url = await serve(t, judge)
  for (const host of ['a/about?', 'a/about#', 'a\\about?', 'a b', 'user@a', 'a:b', '[::1']) {
    assert.deepEqual(await raw(url, get('/dashboard', host)), { status: 400, body: 'request-host' })
  }
  const { body } = await raw(url, get('/account', '[::1]:80'))
  assert.match(body, /"outcome":"redirect"/)
})

test('a target that is no path is no request', async (t) => {
  const url = await serve(t, judge)
  const { status, body } = await raw(url, get('*').replace('GET', 'OPTIONS'))
  assert.deepEqual([status, body], [400, 'request-url'])
})

test('dot segments that no browser would send are refused', async (t) => {
  const url = await serve(t, judge)
  for (const target of ['/about/../dashboard', '/about/%2e%2e/dashboard', '/./dashboard']) {
    assert.match((await raw(url, get(target))).body, /"outcome":"deny"/, target)
  }
})

test('repeated Cookie headers are all read', async (t) => {
  const more = `Cookie: a=b\r\nCookie: ${cookie}\r\n`
  const { body } = await raw(await serve(t, judge), get('/dashboard', 'app.example.com', more))
  assert.match(body, /"userId":"user_1"/)
})

/** A request as Node or a framework on top of it makes it. */
const node = (members) => ({
  method: 'GET',
  url: '/',
  headers: { host: 'app.example.com' },
  socket: {},
  ...members,
})
const returnAddress = (request) =>
  new URL(gate.checkSync(request).location).searchParams.get('redirect_url')

test('an encrypted socket makes it https', () => {
  const request = node({ url: '/account', socket: { encrypted: true } })
  assert.equal(returnAddress(request), 'https://app.example.com/account')
})

test('HTTP/2 names its host in a pseudo-header', () => {
  const headers = { ':authority': 'h2.example', ':path': '/account' }
  assert.equal(returnAddress(node({ url: '/account', headers })), 'http://h2.example/account')
})

test('without any host the own machine is meant', () => {
  assert.equal(returnAddress(node({ url: '/account', headers: {} })), 'http://localhost/account')
})

test('a router that shortens the URL does not change the rule', () => {
  const { rule } = gate.checkSync(node({ url: '/x', originalUrl: '/dashboard/x' }))
  assert.equal(rule.path, '/dashboard(.*)')
})

test('only the headers that decide are looked at', () => {
  const touched = new Set()
  const headers = new Proxy(
    { host: 'app.example.com', 'x-secret': 's' },
    {
      get(target, name) {
        touched.add(name)
        return target[name]
      },
    },
  )
  gate.checkSync(node({ headers }))
  assert.equal(touched.has('host'), true)
  assert.equal(touched.has('x-secret'), false)
})

test('headers of an unknown name may hold anything', () => {
  const headers = { 'x-odd': '\0', 'x-number': 1, 'X-A-Very-Long-Header-Name-Indeed': 'a\nb' }
  const request = { method: 'GET', url: 'https://app.example.com/', headers }
  assert.equal(gate.checkSync(request).outcome, 'allow')
})

test('controls in a header value are refused, a tab is not', () => {
  const request = (value) => ({
    method: 'GET',
    url: 'https://app.example.com/',
    headers: { Accept: value },
  })
  for (const code of [0, 1, 8, 10, 11, 13, 31, 127]) {
    const bad = request(`a${String.fromCharCode(code)}b`)
    assert.throws(() => gate.checkSync(bad), RequestError, `${code}`)
  }
  assert.equal(gate.checkSync(request('a\tb')).outcome, 'allow')
})

test('inherited headers are not headers', () => {
  const headers = Object.create({ authorization: `Bearer ${cookie.split('__session=')[1]}` })
  const request = { method: 'GET', url: 'https://app.example.com/dashboard', headers }
  assert.equal(gate.checkSync(request).outcome, 'deny')
})
