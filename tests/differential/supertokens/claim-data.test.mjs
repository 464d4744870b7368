// Whether `tests/conformance/claim-validators.json` says what the peer says.

import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { askPeer } from './claim-calls.mjs'
import { expected } from './claim-judge.mjs'

const file = new URL('../../conformance/claim-validators.json', import.meta.url)
const cases = JSON.parse(readFileSync(file, 'utf8'))
const verdicts = cases.filter(({ expect }) => expect !== undefined)
const text = (value) => JSON.stringify(value)

/** The peer's own verdict; its answer ends where it throws. */
async function verdictOf({ calls, payload, now }) {
  const [errors, refetch] = [[], []]
  for (const call of calls) {
    const answer = await askPeer(call, payload, now)
    if (answer.refetch) refetch.push(answer.id)
    if (answer.throws !== undefined) return { throws: answer.throws }
    if (answer.error !== undefined) errors.push(answer.error)
  }
  return { errors, refetch }
}

test('the peer says the same of every case that names no difference', async () => {
  const same = verdicts.filter(({ differs }) => differs === undefined)
  assert.equal(same.length > 200, true, `${same.length}`)
  for (const one of same) assert.equal(text(await verdictOf(one)), text(one.expect), one.name)
})

test('it says something else of the others, each for the difference that it names', async () => {
  const others = verdicts.filter(({ differs }) => differs !== undefined)
  assert.equal(others.length > 15, true, `${others.length}`)
  for (const one of others) {
    assert.notEqual(text(await verdictOf(one)), text(one.expect), one.name)
    const wanted = await expected({ ...one, payload: text(one.payload) })
    assert.deepEqual([wanted.text, wanted.names], [text(one.expect), [one.differs]], one.name)
  }
})
