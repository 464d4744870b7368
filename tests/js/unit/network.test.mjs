// Key sets over real HTTP, from an issuer that behaves and from one that does not.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { createGate } from 'sessiongate'
import { pick, serve } from './support.mjs'

const one = pick('a bearer token')
const { jwks, ...provider } = one.options.provider
const body = JSON.stringify(jwks)

/** A gate with the keys of `origin`; the time is `clock.now`. */
function gateFor(origin, clock = { now: one.now }, more = {}) {
  const options = { ...one.options, provider: { ...provider, jwksUrl: `${origin}/jwks` } }
  return createGate({ ...options, clock: () => clock.now, ...more })
}

/** An issuer that counts its requests and answers as `behave` says. */
async function issuer(t, behave) {
  const seen = []
  const origin = await serve(t, (request, response) => {
    seen.push(request.url)
    behave(response, request)
  })
  return { origin, seen }
}

const serveKeys = (response) => response.end(body)
const reasonOf = async (gate) => (await gate.check(one.request)).reason

test('fifty requests at once cost one fetch', async (t) => {
  const { origin, seen } = await issuer(t, async (response) => {
    await wait(50)
    serveKeys(response)
  })
  const gate = gateFor(origin)
  const decisions = await Promise.all(Array.from({ length: 50 }, () => gate.check(one.request)))
  assert.equal(
    decisions.every(({ outcome }) => outcome === 'allow'),
    true,
  )
  assert.deepEqual(seen, ['/jwks'])
})

test('authenticate and verifyToken wait for the same keys', async (t) => {
  const { origin, seen } = await issuer(t, serveKeys)
  const gate = gateFor(origin)
  const token = one.request.headers.authorization.slice('Bearer '.length)
  const [state, result] = await Promise.all([
    gate.authenticate(one.request),
    gate.verifyToken(token),
  ])
  assert.deepEqual([state.status, result.ok, seen.length], ['signed-in', true, 1])
})

test('a flood of unknown key names costs one fetch', async (t) => {
  const { origin, seen } = await issuer(t, serveKeys)
  const gate = gateFor(origin)
  const [, payload, signature] = one.request.headers.authorization.split('.')
  for (let i = 0; i < 100; i++) {
    const header = { alg: 'RS256', kid: `made-up-${i}` }
    const head = Buffer.from(JSON.stringify(header)).toString('base64url')
    const result = await gate.verifyToken(`${head}.${payload}.${signature}`)
    assert.equal(result.reason, 'key-not-found')
  }
  assert.equal(seen.length, 1)
})

test('a redirect is not followed', async (t) => {
  const { origin, seen } = await issuer(t, (response, { url }) => {
    if (url === '/elsewhere') serveKeys(response)
    else response.writeHead(302, { location: '/elsewhere' }).end()
  })
  assert.equal(await reasonOf(gateFor(origin)), 'keys-unavailable')
  assert.deepEqual(seen, ['/jwks'])
})

test('errors and broken replies are no keys', async (t) => {
  const behaviours = {
    'status 500': (response) => response.writeHead(500).end(body),
    'status 404 with keys': (response) => response.writeHead(404).end(body),
    'no UTF-8': (response) => response.end(Buffer.from([0x22, 0xff, 0x22])),
    'a connection that breaks': (response) => {
      response.writeHead(200, { 'content-length': body.length })
      response.write(body.slice(0, 50), () => response.destroy())
    },
  }
  for (const [name, behave] of Object.entries(behaviours)) {
    const { origin } = await issuer(t, behave)
    assert.equal(await reasonOf(gateFor(origin)), 'keys-unavailable', name)
  }
})

test('what is served but is no key set is told apart', async (t) => {
  const behaviours = {
    nothing: (response) => response.writeHead(204).end(),
    'an HTML page': (response) => response.end('<!doctype html>'),
    'half of the keys': (response) => response.end(body.slice(0, 100)),
  }
  for (const [name, behave] of Object.entries(behaviours)) {
    const { origin } = await issuer(t, behave)
    assert.equal(await reasonOf(gateFor(origin)), 'jwks-malformed', name)
  }
})

test('a reply without end is cut off', async (t) => {
  let sent = 0
  const { origin } = await issuer(t, (response) => {
    const more = () => {
      while (!response.destroyed && response.write(' '.repeat(16_384))) sent += 16_384
    }
    response.on('drain', more)
    more()
  })
  assert.equal(await reasonOf(gateFor(origin)), 'keys-unavailable')
  await wait(50)
  const atRest = sent
  await wait(100)
  assert.equal(sent, atRest, 'the issuer still sends')
})

test('the size limit is that of the budget', async (t) => {
  const { origin } = await issuer(t, serveKeys)
  const tight = gateFor(origin, undefined, { budget: { jwksBytes: body.length - 1 } })
  assert.equal(await reasonOf(tight), 'keys-unavailable')
  const exact = gateFor(origin, undefined, { budget: { jwksBytes: body.length } })
  assert.equal(await reasonOf(exact), null)
})

test('an issuer that does not answer is given up after five seconds', async (t) => {
  const { origin } = await issuer(t, () => {})
  const start = performance.now()
  assert.equal(await reasonOf(gateFor(origin)), 'keys-unavailable')
  const seconds = (performance.now() - start) / 1000
  assert.equal(seconds > 4.5 && seconds < 8, true, `${seconds} s`)
})

test('an issuer that starts to answer and stops is given up as well', async (t) => {
  const { origin } = await issuer(t, (response) => response.write('{"keys":'))
  const start = performance.now()
  assert.equal(await reasonOf(gateFor(origin)), 'keys-unavailable')
  assert.equal(performance.now() - start < 8000, true)
})

test('who waits for a fetch that never ends starts another', async () => {
  let calls = 0
  const fetch = () => {
    calls++
    return calls === 1 ? new Promise(() => {}) : Promise.resolve(new Response(body))
  }
  // As in a worker whose host cancels a fetch with the request that began it: nobody goes on with
  // the first one, not even its own time-out.
  const stuck = gateFor('https://issuer.example', undefined, { fetch })
  const real = globalThis.setTimeout
  globalThis.setTimeout = () => 0
  const abandoned = stuck.check(one.request)
  globalThis.setTimeout = real
  const start = performance.now()
  assert.equal((await stuck.check(one.request)).outcome, 'allow')
  assert.equal(performance.now() - start < 8000, true)
  assert.equal(calls, 2)
  void abandoned
})

test('an outage is outlived with the last good keys, and ends by itself', async (t) => {
  const clock = { now: one.now }
  let works = true
  const { origin, seen } = await issuer(t, (response) =>
    works ? serveKeys(response) : response.writeHead(503).end(),
  )
  // The token must outlive the outage; what is shown here is about keys.
  const patient = { ...provider, jwksUrl: `${origin}/jwks`, clockSkewInMs: 86_400_000 }
  const gate = createGate({ ...one.options, provider: patient, clock: () => clock.now })
  assert.equal(await reasonOf(gate), null)

  works = false
  clock.now += 6 * 60_000
  assert.equal(await reasonOf(gate), null, 'the last good keys still count')
  const during = seen.length
  await reasonOf(gate)
  assert.equal(seen.length, during, 'the issuer is not asked again at once')

  clock.now += 2 * 3_600_000
  assert.equal(await reasonOf(gate), 'keys-unavailable', 'but not for ever')
  works = true
  clock.now += 60_000
  assert.equal(await reasonOf(gate), null, 'recovered')
})

test('keys are not fetched without TLS from elsewhere', () => {
  assert.throws(() => gateFor('http://issuer.example'), {
    name: 'ConfigError',
    code: 'invalid-option',
  })
})
