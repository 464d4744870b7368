// Does the harness itself see what it has to see?

import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { shrink } from '../shrink.mjs'
import { compare } from './compare.mjs'
import { DIFFERENCES } from './differences.mjs'
import { distorted } from './distort.mjs'
import { AREA_NAMES, generate } from './generate.mjs'
import { expected } from './judge.mjs'
import { askPeer, core } from './peer.mjs'
import { placeOf } from './places.mjs'
import { smaller } from './shrink.mjs'
import { lookInto } from './strict-json.mjs'
import { isRequest } from './wire.mjs'

const SEED = 20_261_121
const cases = (count, only) => Array.from({ length: count }, (_, n) => generate(SEED, n, only))

// Connections of the peer to the core, of which it does not read every answer, are still there.
after(() => setImmediate(() => process.exit()))

test('the same seed makes the same case, whatever came before', () => {
  assert.deepEqual(generate(SEED, 7), generate(SEED, 7))
  assert.notDeepEqual(generate(SEED, 7), generate(SEED, 8))
  assert.notDeepEqual(generate(SEED, 7), generate(SEED + 1, 7))
})

test('a case is JSON and nothing else', () => {
  for (const testCase of cases(300)) {
    assert.deepEqual(JSON.parse(JSON.stringify(testCase)).requests, testCase.requests)
  }
})

test('the peer agrees with itself, whatever it was asked before', async () => {
  for (const testCase of cases(300)) {
    assert.deepEqual(compare(await askPeer(testCase), await askPeer(testCase)), [])
  }
})

test('every listed difference can occur', () => {
  const list = cases(4000)
  const never = DIFFERENCES.filter(({ applies }) => !list.some((testCase) => applies(testCase)))
  assert.deepEqual(
    never.map(({ name }) => name),
    [],
  )
})

test('nearly every case is a request', () => {
  const list = cases(2000)
  assert.ok(list.filter(isRequest).length > 1980)
})

test('every area reaches more than one answer', async () => {
  for (const area of AREA_NAMES) {
    const places = new Set()
    for (const testCase of cases(40, area)) {
      for (const outcome of await askPeer(testCase)) places.add(placeOf(outcome))
    }
    assert.ok(places.size >= 3, `${area}: ${[...places]}`)
  }
})

test('whatever is wrong in an answer is seen', async () => {
  for (const testCase of cases(60)) {
    const reasons = testCase.requests.map(() => ({ code: 'token-missing', detail: null }))
    const { outcomes } = await expected(testCase, await askPeer(testCase), reasons)
    for (const [index, outcome] of outcomes.entries()) {
      for (const [what, wrong] of distorted(outcome)) {
        assert.notDeepEqual(compare(outcomes, outcomes.with(index, wrong)), [], what)
      }
    }
  }
})

test('another moment, method or answer of the core is not excused', async () => {
  const changes = {
    later: (request) => ({ ...request, now: request.now + 200_000_000 }),
    method: (request) => ({ ...request, method: request.method === 'POST' ? 'GET' : 'POST' }),
    core: (request) => ({ ...request, core: { ...request.core, verify: { body: REVOKED } } }),
    bare: (request) => ({ ...request, headers: [] }),
  }
  for (const [what, change] of Object.entries(changes)) {
    let seen = 0
    for (const testCase of [...cases(25, 'core'), ...cases(25, 'csrf')]) {
      const peer = await askPeer(testCase)
      const other = await askPeer({ ...testCase, requests: testCase.requests.map(change) })
      if (compare(peer, other).length > 0) seen++
    }
    assert.ok(seen > 5, `${what}: ${seen}`)
  }
})

const REVOKED = { status: 'UNAUTHORISED', message: 'gone' }

test('a failing case gets smaller and still fails', async () => {
  const testCase = cases(200, 'mixed').find(({ requests: [{ headers }] }) => headers.length > 4)
  const [name] = testCase.requests[0].headers[0]
  const fails = async ({ requests }) => requests[0].headers.some(([header]) => header === name)
  const smallest = await shrink(testCase, fails, smaller)
  assert.ok(smallest.requests[0].headers.length < testCase.requests[0].headers.length)
  assert.ok(await fails(smallest))
})

test('a core that is down does not answer', async () => {
  await assert.rejects(fetch(`${core.address('down')}/apiversion`))
  const response = await fetch(`${core.address('other')}/apiversion`)
  assert.deepEqual((await response.json()).versions.at(-1), '5.5')
})

test('the strict reader of JSON sees what others pass over', () => {
  const look = (text) => lookInto(Buffer.from(text))
  assert.equal(look('{"a":{"b":1,"b":2}}').hasTwins, true)
  assert.equal(look('{"a":1,"\\u0061":2}').hasTwins, true)
  assert.equal(look('{"a":{"b":1},"b":2,"c":["b","b"]}').hasTwins, false)
  assert.equal(look('{"a":"\\ud800"}').hasLoneSurrogate, true)
  assert.equal(look('{"a":"\\ud83d\\ude00"}').hasLoneSurrogate, false)
  assert.equal(look('{"a":1e400,"b":"1e400"}').hasHugeNumber, true)
  assert.equal(look('{"a":1e300,"b":"1e400"}').hasHugeNumber, false)
  assert.deepEqual([look('[[[]],{}]').depth, look('[[[]],{}]').members], [3, 3])
  assert.deepEqual([look('{"a":[1,2],"b":"{"}').depth, look('{"a":[1,2],"b":"{"}').members], [2, 4])
  assert.equal(look('\ufeff{}').isJson, false)
  assert.equal(lookInto(Buffer.from([0x22, 0xff, 0x22])).isUtf8, false)
})
