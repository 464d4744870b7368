// Schemas of libraries: what applications write, against real tokens.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ConfigError, createGate } from 'sessiongate'
import * as v from 'valibot'
import { z } from 'zod'
import { pick } from './support.mjs'

const signedIn = pick('signed in by cookie')
const { now, options, request } = signedIn
const gateWith = (claims, more = {}) => {
  return createGate({ ...options, clock: () => now, claims, ...more })
}

const schemas = {
  zod: {
    right: z.object({
      sub: z.string().startsWith('user_'),
      exp: z.number(),
      plan: z.string().default('free'),
    }),
    wrong: z.object({ sub: z.number(), address: z.object({ city: z.string() }) }),
    changing: z.object({ exp: z.number().transform((seconds) => new Date(seconds * 1000)) }),
    strict: z.strictObject({ sub: z.string() }),
    asynchronous: z.object({ sub: z.string().refine(async () => true) }),
  },
  valibot: {
    right: v.object({
      sub: v.pipe(v.string(), v.startsWith('user_')),
      exp: v.number(),
      plan: v.optional(v.string(), 'free'),
    }),
    wrong: v.object({ sub: v.number(), address: v.object({ city: v.string() }) }),
    changing: v.object({
      exp: v.pipe(
        v.number(),
        v.transform((seconds) => new Date(seconds * 1000)),
      ),
    }),
    strict: v.strictObject({ sub: v.string() }),
    asynchronous: v.objectAsync({
      sub: v.pipeAsync(
        v.string(),
        v.checkAsync(async () => true),
      ),
    }),
  },
}

for (const [library, { right, wrong, changing, strict, asynchronous }] of Object.entries(schemas)) {
  test(`${library}: claims that are right`, () => {
    const { outcome, auth } = gateWith(right).checkSync(request)
    assert.equal(outcome, 'allow')
    const plain = createGate({ ...options, clock: () => now }).checkSync(request)
    assert.deepEqual(auth.sessionClaims, { ...plain.auth.sessionClaims, plan: 'free' })
  })

  test(`${library}: claims that are wrong, and where`, () => {
    const { status, reason, state } = gateWith(wrong).checkSync(request)
    assert.deepEqual([status, reason, state.auth.userId], [403, 'claims-mismatch', null])
    const [sub, address] = state.claimErrors
    assert.deepEqual([sub.id, typeof sub.reason.message], ['sub', 'string'])
    assert.match(address.id, /^address/)
  })

  test(`${library}: claims that are changed`, () => {
    const { auth } = gateWith(changing).checkSync(request)
    assert.equal(auth.sessionClaims.exp instanceof Date, true)
    assert.equal(auth.sessionClaims.sub, 'user_1')
  })

  test(`${library}: a schema may allow no other claims`, () => {
    const { reason, state } = gateWith(strict).checkSync(request)
    assert.equal(reason, 'claims-mismatch')
    assert.equal(state.claimErrors.length > 0, true)
  })

  test(`${library}: an asynchronous schema is refused`, async () => {
    const gate = gateWith(asynchronous)
    const isRefused = (error) => error instanceof ConfigError && error.code === 'schema-async'
    assert.throws(() => gate.checkSync(request), isRefused)
    await assert.rejects(gate.check(request), isRefused)
  })
}

test('what a schema made of claims is made again when it was forgotten', () => {
  let asked = 0
  const claims = z.object({}).transform(() => ({ number: ++asked }))
  const gate = gateWith(claims, { cache: { maxTokens: 1 } })
  const first = gate.checkSync(request)
  const other = pick('version 1: another role')
  // Another token takes the only place, before anybody looked at the claims of the first.
  gate.authenticateSync(other.request)
  assert.equal(typeof first.auth.sessionClaims.number, 'number')
  assert.equal(first.auth.sessionClaims.sub, 'user_1')
})

test('claims cannot be changed by whoever gets them, because others get them too', () => {
  const { auth } = gateWith(schemas.zod.right).checkSync(request)
  assert.throws(() => {
    auth.sessionClaims.plan = 'pro'
  }, TypeError)
})
