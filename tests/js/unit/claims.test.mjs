// The factories of claim validators, and what of them is not in the cases.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  AllowedDomainsClaim,
  BooleanClaim,
  ConfigError,
  EmailVerificationClaim,
  MultiFactorAuthClaim,
  PermissionClaim,
  PrimitiveArrayClaim,
  PrimitiveClaim,
  RequestError,
  UserRoleClaim,
  validateClaims,
} from 'sessiongate'

const claims = [
  UserRoleClaim,
  PermissionClaim,
  EmailVerificationClaim,
  AllowedDomainsClaim,
  MultiFactorAuthClaim,
]

test('the claims that everybody has are called as SuperTokens calls them', () => {
  assert.deepEqual(
    claims.map(({ key }) => key),
    ['st-role', 'st-perm', 'st-ev', 'st-t-dmns', 'st-mfa'],
  )
})

test('each claim has its validators and no others', () => {
  const names = ({ validators }) => Object.keys(validators).sort()
  const list = ['excludes', 'excludesAll', 'includes', 'includesAll', 'includesAny']
  assert.deepEqual(names(UserRoleClaim), list)
  assert.deepEqual(names(new PrimitiveArrayClaim({ key: 'k' })), list)
  assert.deepEqual(names(new PrimitiveClaim({ key: 'k' })), ['hasValue'])
  assert.deepEqual(names(new BooleanClaim({ key: 'k' })), ['hasValue', 'isFalse', 'isTrue'])
  assert.deepEqual(names(EmailVerificationClaim), ['hasValue', 'isFalse', 'isTrue', 'isVerified'])
  assert.deepEqual(names(MultiFactorAuthClaim), [
    'hasCompletedMFARequirementsForAuth',
    'hasCompletedRequirementList',
  ])
})

test('validators are plain data that JSON keeps', () => {
  const { validators } = new PrimitiveArrayClaim({ key: 'k', defaultMaxAgeInSeconds: 60 })
  const one = validators.includesAny(['a', null, 1], undefined, 'mine')
  assert.deepEqual(JSON.parse(JSON.stringify(one)), {
    claim: 'k',
    validator: 'includesAny',
    value: ['a', null, 1],
    maxAgeInSeconds: 60,
    id: 'mine',
  })
  // The methods may be taken apart from their claim.
  const { includes } = UserRoleClaim.validators
  assert.equal(includes('admin').id, 'st-role')
})

test('a definition that can fetch is taken as it is, and nothing is fetched', () => {
  const claim = new BooleanClaim({ key: 'k', fetchValue: () => assert.fail('fetched') })
  assert.deepEqual(validateClaims([claim.validators.isTrue()], {}).refetch, ['k'])
})

test('what a payload holds can be read', () => {
  const claim = new PrimitiveClaim({ key: 'k' })
  assert.equal(claim.getValueFromPayload({ k: { v: 'x', t: 5 } }), 'x')
  assert.equal(claim.getLastRefetchTime({ k: { v: 'x', t: 5 } }), 5)
  for (const payload of [{}, { k: null }, { k: 'x' }, { k: {} }]) {
    assert.equal(claim.getValueFromPayload(payload), undefined)
    assert.equal(claim.getLastRefetchTime(payload), undefined)
  }
  assert.equal(claim.getLastRefetchTime({ k: { t: '5' } }), undefined)
  assert.deepEqual(UserRoleClaim.getValueFromPayload({ 'st-role': { v: ['a'] } }), ['a'])
  // Nothing that objects have by themselves is a claim.
  assert.equal(new PrimitiveClaim({ key: '__proto__' }).getValueFromPayload({}), undefined)
  const mfa = { c: { totp: 1 }, v: true }
  assert.equal(MultiFactorAuthClaim.getValueFromPayload({ 'st-mfa': mfa }), mfa)
  assert.equal(MultiFactorAuthClaim.getValueFromPayload({}), undefined)
  assert.equal(MultiFactorAuthClaim.getLastRefetchTime({ 'st-mfa': mfa }), undefined)
})

test('what JSON would turn into something else is refused when it is written', () => {
  const { hasValue } = new PrimitiveClaim({ key: 'k' }).validators
  const { includesAll } = UserRoleClaim.validators
  const { isVerified } = EmailVerificationClaim.validators
  for (const [make, option] of [
    [() => hasValue(Number.NaN), 'value'],
    [() => hasValue(), 'value'],
    [() => hasValue(new Date(0)), 'value'],
    [() => hasValue(1, Number.NaN), 'maxAgeInSeconds'],
    [() => hasValue(1, Number.NEGATIVE_INFINITY), 'maxAgeInSeconds'],
    [() => includesAll(['a', undefined]), 'value[1]'],
    [() => includesAll(['a', Symbol('b')]), 'value[1]'],
    [() => isVerified(Number.NaN), 'refetchTimeOnFalseInSeconds'],
    [() => isVerified(10, Number.NaN), 'maxAgeInSeconds'],
  ]) {
    assert.throws(make, (error) => error instanceof ConfigError && error.option === option)
  }
})

test('the time is that of the clock', () => {
  const limited = [UserRoleClaim.validators.includes('a', 60)]
  const payload = (t) => ({ 'st-role': { v: ['a'], t } })
  assert.deepEqual(validateClaims(limited, payload(Date.now())), { errors: [], refetch: [] })
  assert.equal(validateClaims(limited, payload(Date.now() - 61_000)).errors.length, 1)
  const clock = () => 61_000
  assert.deepEqual(validateClaims(limited, payload(0), { clock }), {
    errors: [
      { id: 'st-role', reason: { message: 'expired', ageInSeconds: 61, maxAgeInSeconds: 60 } },
    ],
    refetch: ['st-role'],
  })
  assert.throws(() => validateClaims([], {}, { clock: () => Number.NaN }), RequestError)
})

test('what is no payload and what are no validators is said to be so', () => {
  for (const [validators, payload, code, option] of [
    [[], null, 'wrong-type', 'payload'],
    [[], undefined, 'not-json', 'payload'],
    [[], 'text', 'wrong-type', 'payload'],
    [[], [], 'wrong-type', 'payload'],
    [undefined, {}, 'not-json', 'validators'],
    [{}, {}, 'wrong-type', 'validators'],
    [[() => true], {}, 'wrong-type', 'validators[0]'],
    // A validator of one's own, with code in it, is for the origin.
    [
      [{ id: 'mine', validate: () => ({ isValid: true }) }],
      {},
      'missing-option',
      'validators[0].validator',
    ],
  ]) {
    const matches = (error) => error.code === code && error.option === option
    assert.throws(() => validateClaims(validators, payload), matches, `${code} ${option}`)
  }
})

test('a refused age is refused by the core', () => {
  for (const age of [-1, '5', null]) {
    const asked = [UserRoleClaim.validators.includes('a', age)]
    const isAge = ({ option }) => option === 'validators[0].maxAgeInSeconds'
    assert.throws(() => validateClaims(asked, {}), isAge, String(age))
  }
})
