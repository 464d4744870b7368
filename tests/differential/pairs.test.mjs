// Does a run of cases demand what it has to, and no luck?

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { compareCases } from './pairs.mjs'

const BASE = { seed: 1, first: 0, count: 10, kinds: ['common', 'rare'] }

/** A comparison in which something rare happens in the case with this number, counted from 1. */
function rareIn(number, wrong = () => undefined) {
  let cases = 0
  return (_random, note) => {
    cases++
    note(cases === number ? 'rare' : 'common')
    return wrong(cases)
  }
}

test('what is seen in time costs no case more', async () => {
  const found = await compareCases({ ...BASE, compare: rareIn(3) })
  assert.deepEqual([found.cases, found.missing], [10, []])
})

test('what is rare is waited for, and every case counts', async () => {
  const found = await compareCases({ ...BASE, compare: rareIn(150) })
  assert.deepEqual([found.cases, found.missing], [150, []])
  assert.equal(found.tally.count('common') + found.tally.count('rare'), 150)
})

test('what never comes is missing in the end', async () => {
  const found = await compareCases({ ...BASE, compare: rareIn(201) })
  assert.deepEqual([found.cases, found.missing], [200, ['rare']])
})

test('what is wrong is found beyond the count as well, and ends the waiting', async () => {
  const wrong = (number) => (number === 17 ? { what: 'no' } : undefined)
  const found = await compareCases({ ...BASE, compare: rareIn(150, wrong) })
  assert.deepEqual([found.cases, found.wrong], [17, [{ number: 16, what: 'no' }]])
})

test('what is wrong does not end the cases that were asked for', async () => {
  const found = await compareCases({ ...BASE, compare: rareIn(150, () => ({ what: 'no' })) })
  assert.equal(found.wrong.length, 10)
})

test('a case that goes on has the random numbers that it has alone', async () => {
  const seen = []
  const compare = (random, note) => {
    seen.push(random.next())
    note(seen.length < 30 ? 'common' : 'rare')
  }
  await compareCases({ ...BASE, compare })
  const alone = []
  const one = { ...BASE, first: 29, count: 1, kinds: [] }
  await compareCases({ ...one, compare: (random) => void alone.push(random.next()) })
  assert.deepEqual(alone, [seen[29]])
})
