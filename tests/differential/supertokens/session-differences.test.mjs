// Whether the comparison of sessions sees what it has to see.

import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { Random } from '../random.mjs'
import { mint } from './mint.mjs'
import { makeCase } from './session-cases.mjs'
import { DIFFERENCES, expected } from './session-differences.mjs'
import { differing } from './session-outcome.mjs'
import { askPeer } from './session-peer.mjs'

const SEED = 11
const CACHES = 'tokens-are-kept-from-caches'
/** What each difference was needed for, in the first cases of one seed: `{ peer, outcome }`. */
const needed = new Map(DIFFERENCES.map(({ name }) => [name, []]))
/** Steps that need no difference. */
const plain = []

for (let number = 0; number < 2_000 && isWanting(); number++) {
  const testCase = makeCase(new Random(SEED, number))
  const outcomes = await askPeer(testCase)
  for (const index of testCase.steps.keys()) {
    const { outcome, names } = await expected(testCase, index, outcomes, askPeer)
    if (names.length === 0) plain.push({ peer: outcomes[index], outcome })
    // What is said of caches comes with nearly every other difference.
    const others = names.filter((name) => name !== CACHES)
    const single = others.length === 0 ? names : others
    if (single.length === 1) needed.get(single[0]).push({ peer: outcomes[index], outcome })
  }
}
// Servers and connections of the peer are still there.
after(() => setImmediate(() => process.exit()))

function isWanting() {
  return [...needed.values()].some((found) => found.length < 2)
}

for (const [name, found] of needed) {
  test(`${name}: neither the peer's own answer passes nor another`, () => {
    assert.ok(found.length > 1, `needed ${found.length} times`)
    for (const { peer, outcome } of found) {
      assert.notDeepEqual(differing(outcome, peer), [])
      assert.deepEqual(differing(outcome, structuredClone(outcome)), [])
      for (const spoiled of spoil(outcome)) assert.notDeepEqual(differing(outcome, spoiled), [])
    }
  })
}

test('where no difference is needed the answer is that of the peer', () => {
  assert.ok(plain.length > 100)
  for (const { peer, outcome } of plain.slice(0, 500)) {
    assert.equal(outcome, peer)
    for (const spoiled of spoil(outcome)) assert.notDeepEqual(differing(outcome, spoiled), [])
  }
})

test('what a core would have said after the connection broke is not looked at', async () => {
  const asked = { sessionRequired: true, antiCsrfCheck: false }
  const now = Date.UTC(2026, 2, 4)
  const [iat, exp] = [now / 1000 - 10, now / 1000 + 60]
  const token = mint({
    ...{ sub: 'u', rsub: 'u', tId: 'public', iat, exp },
    ...{ sessionHandle: 'h', refreshTokenHash1: 'x' },
  })
  const merge = (regenerate) => ({ do: 'merge', update: {}, core: { regenerate } })
  const after = [merge({ fails: true }), merge({ body: {} })]
  const step = { do: 'getWithout', token, asked, core: {}, after }
  const options = { apiDomain: 'https://example.com', websiteDomain: 'https://example.com' }
  for (const hosts of [
    ['up', 'other'],
    ['down', 'up', 'other'],
  ]) {
    const testCase = { now, options, hosts, steps: [step] }
    const { outcome } = await expected(testCase, 0, await askPeer(testCase), askPeer)
    assert.equal(outcome.throws, 'core-unreachable')
    assert.equal(outcome.calls.length, 2)
  }
})

/** An outcome with one thing wrong, for each thing that can be. */
function* spoil(outcome) {
  for (const [field, value] of Object.entries(outcome)) {
    yield { ...outcome, [field]: Array.isArray(value) ? [...value, 'x'] : `${value}x` }
    if (!Array.isArray(value)) continue
    for (const index of value.keys()) {
      yield { ...outcome, [field]: value.toSpliced(index, 1) }
      const isText = typeof value[index] === 'string'
      const wrong = isText ? `${value[index]}x` : { ...value[index], more: true }
      yield { ...outcome, [field]: value.with(index, wrong) }
    }
    if (value.length > 1 && JSON.stringify(value[0]) !== JSON.stringify(value[1])) {
      yield { ...outcome, [field]: value.toReversed() }
    }
  }
  yield { ...outcome, throws: `${outcome.throws}x` }
}
