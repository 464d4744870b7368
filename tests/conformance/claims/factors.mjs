// Multi-factor authentication.

import { builtIn, one } from './frame.mjs'

const KEY = 'st-mfa'
const ID = { js: 'undefined' }
const auth = [builtIn('MultiFactorAuthClaim', KEY, 'hasCompletedMFARequirementsForAuth', [], {})]
const list = (list) => [
  builtIn('MultiFactorAuthClaim', KEY, 'hasCompletedRequirementList', [list], { list }),
]
const done = (...factors) => ({
  [KEY]: { c: Object.fromEntries(factors.map((one) => [one, 1_702_877_939])), v: true },
})
const error = (reason) => ({ errors: [{ id: KEY, reason }] })
const factor = (factorId) =>
  error({ message: `Factor validation failed: ${factorId} not completed`, factorId })
const none = (...oneOf) =>
  error({
    message: `None of these factors are complete in the session: ${oneOf.join(', ')}`,
    oneOf,
  })
const some = (...allOfInAnyOrder) =>
  error({
    message: `Some of the factors are not complete in the session: ${allOfInAnyOrder.join(', ')}`,
    allOfInAnyOrder,
  })
const told = (name, asked, payload, expect, differs) =>
  one(`st-mfa: ${name}`, asked, payload, expect, differs)
const withId = {
  call: { ...auth[0].call, args: ['mine'] },
  validator: { ...auth[0].validator, id: 'mine' },
}
const without = {
  call: { ...auth[0].call, args: [ID] },
  validator: auth[0].validator,
}

const lists = [
  told('nothing is asked', list([]), done(), {}),
  told('nothing is asked of nothing', list([]), {}, { refetch: [KEY] }),
  told('the factor was completed', list(['totp']), done('emailpassword', 'totp'), {}),
  told('the factor was not completed', list(['totp']), done('emailpassword'), factor('totp')),
  told(
    'a factor without a time counts',
    list(['totp']),
    { [KEY]: { c: { totp: null }, v: true } },
    {},
  ),
  told('the first that is missing is told', list(['a', 'b', 'c']), done('a'), factor('b')),
  told('one of several is enough', list([{ oneOf: ['a', 'b'] }]), done('b'), {}),
  told('none of several', list([{ oneOf: ['a', 'b'] }]), done('c'), none('a', 'b')),
  told('none of the same twice', list([{ oneOf: ['a', 'a', 'b'] }]), done(), none('a', 'b')),
  told('all of several', list([{ allOfInAnyOrder: ['a', 'b'] }]), done('b', 'a'), {}),
  told(
    'only some of several',
    list([{ allOfInAnyOrder: ['a', 'b', 'c'] }]),
    done('b'),
    some('a', 'c'),
  ),
  told('one of none, all of none', list([{ oneOf: [] }, { allOfInAnyOrder: [] }]), done(), {}),
  told(
    'a list is gone through in its order',
    list([{ oneOf: ['a', 'b'] }, { allOfInAnyOrder: ['c', 'd'] }, 'e']),
    done('b', 'd'),
    some('c'),
  ),
  told(
    'the last of a list',
    list([{ oneOf: ['a', 'b'] }, { allOfInAnyOrder: ['c', 'd'] }, 'e']),
    done('a', 'c', 'd'),
    factor('e'),
  ),
  told('being signed in is not asked', list(['a']), { [KEY]: { c: { a: 1 }, v: false } }, {}),
]

const strict = [
  told(
    'no claim',
    auth,
    {},
    { ...error({ message: 'value does not exist' }), refetch: [KEY] },
    'mfa-claim-missing',
  ),
  told(
    'no claim for a list',
    list([{ oneOf: [] }]),
    {},
    { ...error({ message: 'value does not exist' }), refetch: [KEY] },
    'mfa-claim-missing',
  ),
  told(
    'a claim that is null',
    auth,
    { [KEY]: null },
    error({ message: 'wrong value', actualValue: null }),
    'mfa-claim-of-another-shape',
  ),
  told(
    'a claim without factors',
    list(['a']),
    { [KEY]: { v: true } },
    error({ message: 'wrong value', actualValue: { v: true } }),
    'mfa-claim-of-another-shape',
  ),
  told(
    'factors that are a list',
    list(['0']),
    { [KEY]: { c: ['totp'], v: true } },
    error({ message: 'wrong value', actualValue: { c: ['totp'], v: true } }),
    'mfa-claim-of-another-shape',
  ),
  told(
    'something that counts as true',
    auth,
    { [KEY]: { c: {}, v: 1 } },
    { errors: [{ id: KEY }] },
    'mfa-satisfied-by-true-alone',
  ),
  told(
    'a factor that every object has',
    list(['constructor']),
    done(),
    factor('constructor'),
    'factors-are-own-members',
  ),
]

export const factors = [
  told('enough to be signed in', auth, done('a'), {}),
  told(
    'not enough to be signed in',
    auth,
    { [KEY]: { c: {}, v: false } },
    error({ message: 'MFA requirement for auth is not satisfied' }),
  ),
  told('neither enough nor not enough', auth, { [KEY]: { c: {} } }, { errors: [{ id: KEY }] }),
  told('nothing instead of enough', auth, { [KEY]: { c: {}, v: null } }, { errors: [{ id: KEY }] }),
  told('a claim that is a text', auth, { [KEY]: 'totp' }, { errors: [{ id: KEY }] }),
  told('an id of its own', [withId], { [KEY]: { c: {} } }, { errors: [{ id: 'mine' }] }),
  told('an id that is left out', [without], { [KEY]: { c: {} } }, { errors: [{ id: KEY }] }),
  ...lists,
  ...strict,
]
