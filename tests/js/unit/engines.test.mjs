// The host's signature engine: that it is asked when it should be, and what becomes of its failures.

import assert from 'node:assert/strict'
import crypto from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, test } from 'node:test'
import { verifyJws } from 'sessiongate'
import { app } from './support.mjs'

const examples = JSON.parse(readFileSync(join(app.root, 'tests/conformance/rfc.json'), 'utf8'))
const example = (name) => examples.find(({ id }) => id === name)
const RS256 = example('rfc7515-a.2')
const ES256 = example('rfc7515-a.3')
const PS384 = example('rfc7520-4.2')
const HS256 = example('rfc7515-a.1')

const { verify } = crypto
afterEach(() => {
  crypto.verify = verify
})

/** How often the host is asked while `task` runs; `answer` takes the place of its function. */
function asked(task, answer = verify) {
  let calls = 0
  crypto.verify = (...given) => {
    calls++
    return answer(...given)
  }
  task()
  return calls
}

const verdict = ({ token, keys }, signature) => verifyJws(token, keys, { signature }).ok
const changed = ({ token, keys }) => ({ token: `${token.slice(0, -6)}AAAAAA`, keys })

test('the host is asked where it is wanted', () => {
  for (const [one, host, auto] of [
    [RS256, 1, 1],
    [PS384, 1, 1],
    [ES256, 1, 0],
    [HS256, 0, 0],
  ]) {
    const calls = (signature) => asked(() => assert.equal(verdict(one, signature), true))
    assert.deepEqual([calls('host'), calls('auto'), calls('wasm')], [host, auto, 0], one.title)
    const refused = (signature) =>
      asked(() => assert.equal(verdict(changed(one), signature), false))
    assert.deepEqual([refused('auto'), refused('wasm')], [auto, 0], one.title)
  }
})

test('a host that throws is replaced by the module', () => {
  const thrower = () => {
    throw new Error('not here')
  }
  for (const one of [RS256, PS384, ES256]) {
    assert.equal(
      asked(() => assert.equal(verdict(one, 'host'), true), thrower),
      1,
    )
    assert.equal(
      asked(() => assert.equal(verdict(changed(one), 'host'), false), thrower),
      1,
    )
  }
})

test('what the host says counts, and only true is a yes', () => {
  for (const answer of [false, undefined, 0, '']) {
    asked(
      () => assert.equal(verdict(RS256, 'host'), false),
      () => answer,
    )
  }
})

test('the host is not asked about a signature of the wrong form', () => {
  const [head, payload] = RS256.token.split('.')
  for (const signature of ['', 'AAAA', 'A'.repeat(340), `${'_'.repeat(341)}w`]) {
    const token = `${head}.${payload}.${signature}`
    const calls = asked(() => assert.equal(verdict({ ...RS256, token }, 'host'), false))
    assert.equal(calls, 0, signature)
  }
  const [es, claims] = ES256.token.split('.')
  for (const signature of ['A'.repeat(86), `${'_'.repeat(85)}w`]) {
    const token = `${es}.${claims}.${signature}`
    assert.equal(
      asked(() => assert.equal(verdict({ ...ES256, token }, 'host'), false)),
      0,
    )
  }
})
