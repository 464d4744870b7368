// Does each listed difference excuse the one answer that it foretells, and no other?

import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { compare } from './compare.mjs'
import { DIFFERENCES } from './differences.mjs'
import { distorted } from './distort.mjs'
import { generate } from './generate.mjs'
import { expected, judge } from './judge.mjs'
import { KEY_DIFFERENCES } from './key-differences.mjs'
import { askPeer } from './peer.mjs'
import { isRequest } from './wire.mjs'

const SEED = 20_261_121
const ALL = [...DIFFERENCES, ...KEY_DIFFERENCES]
/** So many cases of an area are looked through for so many in which the difference shows. */
const [SEARCHED, WANTED] = [4000, 3]

/** Where a difference is likely; elsewhere it takes long to find. */
const AREAS = {
  'duplicates-first': 'carrier',
  'preflights-alone': 'csrf',
  'old-tokens-of-unknown-keys': 'token',
  'one-algorithm': 'algorithms',
  'addresses-in-order': 'core',
  'null-holds-no-claims': 'claims',
  'claims-in-their-shape': 'claims',
  'core-unavailable': 'core',
  'errors-of-the-core': 'refresh',
  'duplicate-cookies-at-a-refresh': 'refresh',
  'without-a-core': 'backend',
  'claims-left-to-the-backend': 'backend',
  'renewed-despite-claims': 'core',
  'visible-anti-csrf': 'core',
  'trimmed-cookie-domain': 'refresh',
  'site-is-told': 'options',
  'sentences-for-pages': 'mixed',
  'nothing-is-cached': 'mixed',
  'odd-keys': 'keys',
  'keys-unavailable': 'keys',
  'keys-are-remembered': 'sequence',
}

// Connections of the peer to the core, of which it does not read every answer, are still there.
after(() => setImmediate(() => process.exit()))

const cases = await casesOfAll()
for (const { name } of ALL) {
  test(`${name} excuses one answer and no other`, async () => {
    const found = cases.get(name)
    assert.equal(found.length, WANTED, `the difference shows in ${found.length} cases only`)
    for (const seen of found) await assertStrict(seen)
  })
}

/** For each difference the first cases for which it foretells another answer than the peer's. */
async function casesOfAll() {
  const found = new Map(ALL.map(({ name }) => [name, []]))
  for (let number = 0; number < SEARCHED; number++) {
    const wanting = ALL.filter(({ name }) => found.get(name).length < WANTED)
    for (const area of new Set(wanting.map(areaOf))) {
      const testCase = generate(SEED, number, area)
      // Whoever does not apply cannot show, and the peer is slow to ask.
      const likely = wanting.filter((one) => one.applies?.(testCase) ?? areaOf(one) === area)
      if (likely.length === 0 || !isRequest(testCase)) continue
      const peer = await askPeer(testCase)
      const { outcomes, used } = await expected(testCase, peer, reasonsFor(testCase))
      for (const { name } of likely) {
        const seen = found.get(name)
        if (used.includes(name) && seen.length < WANTED) seen.push({ testCase, peer, outcomes })
      }
    }
  }
  return found
}

function areaOf({ name }) {
  return AREAS[name] ?? 'token'
}

/** The foretold answer passes; the peer's own and every spoiled one do not. */
async function assertStrict({ testCase, peer, outcomes }) {
  const reasons = reasonsFor(testCase)
  const right = outcomes.map((outcome, index) => ({ ...outcome, ...reasons[index] }))
  assert.deepEqual((await judge(testCase, peer, right)).mismatches, [])
  const own = peer.map((outcome, index) => ({ ...outcome, ...reasons[index] }))
  assert.notDeepEqual((await judge(testCase, peer, own)).mismatches, [], 'the peer passes')
  for (const [index, outcome] of right.entries()) {
    for (const [what, wrong] of distorted(outcome)) {
      // What is foretold does not depend on the answer, so it need not be foretold again.
      const mismatches = compare(outcomes, right.with(index, wrong))
      assert.notEqual(mismatches.length, 0, `${what}: ${JSON.stringify(wrong)}`)
    }
  }
}

/** The sentence of a page is that of our reason. */
function reasonsFor({ requests }) {
  return requests.map(() => ({ code: 'token-missing', detail: null }))
}
