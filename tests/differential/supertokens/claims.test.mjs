// Whether the comparison of claims sees what it has to see.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Random } from '../random.mjs'
import { askPeer, PEER, validatorOf } from './claim-calls.mjs'
import { makeCase } from './claim-cases.mjs'
import { DIFFERENCES } from './claim-differences.mjs'
import { expected, isRight, REFUSED } from './claim-judge.mjs'

/** The first cases that need a difference, and nothing else about them is different. */
async function casesWith(name) {
  const found = []
  for (let number = 0; number < 50_000 && found.length < 20; number++) {
    const testCase = makeCase(new Random(7, number))
    const wanted = await expected(testCase)
    if (wanted.names.length === 1 && wanted.names[0] === name) found.push({ testCase, wanted })
  }
  assert.equal(found.length, 20, name)
  return found
}

/** What the peer itself says to all of a case, or that it throws. */
async function peerText({ calls, payload, now }) {
  const answers = []
  for (const call of calls) answers.push(await askPeer(call, JSON.parse(payload), now))
  if (answers.some(({ throws }) => throws !== undefined)) return 'throws'
  const errors = answers.flatMap(({ error }) => error ?? [])
  return JSON.stringify({
    errors,
    refetch: answers.flatMap(({ id, refetch }) => (refetch ? id : [])),
  })
}

for (const { name } of DIFFERENCES) {
  test(`${name}: neither the peer's own answer passes nor another`, async () => {
    for (const { testCase, wanted } of await casesWith(name)) {
      const isTaken = (text) => isRight(wanted, { text, border: text })
      const { errors, refetch } = JSON.parse(wanted.text)
      assert.equal(isTaken(wanted.text), true)
      assert.equal(isTaken(await peerText(testCase)), false)
      assert.equal(isTaken(JSON.stringify({ errors: errors.slice(1), refetch })), false)
      assert.equal(isTaken(JSON.stringify({ errors, refetch: [...refetch, 'x'] })), false)
      const reworded = errors.map(({ id }) => ({ id, reason: { message: 'no' } }))
      assert.equal(isTaken(JSON.stringify({ errors: reworded, refetch })), false)
      assert.equal(isRight(wanted, { text: wanted.text, border: '{}' }), false)
      assert.equal(isRight(wanted, { refused: 'value' }), false)
    }
  })
}

test('a validator that nobody can mean is refused because of what is wrong with it', async () => {
  for (const { testCase, wanted } of await casesWith(REFUSED.name)) {
    const { option, index } = wanted
    assert.equal(isRight(wanted, { refused: option }), true)
    assert.equal(isRight(wanted, { refused: `validators[${index}].${option}` }), true)
    assert.equal(isRight(wanted, { refused: `validators[${index + 1}].${option}` }), false)
    assert.equal(isRight(wanted, { refused: `${option}s` }), false)
    assert.equal(isRight(wanted, { text: '{"errors":[],"refetch":[]}' }), false)
    // The peer makes a validator of it all the same.
    assert.equal(typeof validatorOf(PEER, testCase.calls[index]).validate, 'function')
  }
})

test('where no difference is needed the answer is that of the peer, byte by byte', async () => {
  let compared = 0
  for (let number = 0; number < 2000; number++) {
    const testCase = makeCase(new Random(8, number))
    const { text, names } = await expected(testCase)
    if (names.length > 0) continue
    assert.equal(text, await peerText(testCase))
    compared++
  }
  assert.equal(compared > 1000, true, `${compared}`)
})
