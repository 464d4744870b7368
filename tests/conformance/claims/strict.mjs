// Where a claim is invalid although the peer guesses, or throws; and descriptions that are refused.

import { expired, NOW, one, own, refused, stored, wrong } from './frame.mjs'

const KEY = 'asdf'
const limited = [own('BooleanClaim', { key: KEY }, 'isTrue', [300], { maxAgeInSeconds: 300 })]

const ages = [
  one(
    'a limit and no time',
    limited,
    { [KEY]: { v: true } },
    { errors: [expired(KEY, null, 300)] },
    'claim-of-unknown-age',
  ),
  one(
    'a limit and a time that is a text',
    limited,
    { [KEY]: { v: true, t: `${NOW}` } },
    { errors: [expired(KEY, null, 300)] },
    'claim-of-unknown-age',
  ),
  one(
    'a limit and a time that is null',
    limited,
    { [KEY]: { v: true, t: null } },
    { errors: [expired(KEY, null, 300)], refetch: [KEY] },
    'claim-of-unknown-age',
  ),
  one(
    'a limit and a time to come',
    limited,
    { [KEY]: stored(true, -60.001) },
    { errors: [expired(KEY, -60.001, 300)] },
    'claim-from-the-future',
  ),
]

const LISTS = [
  ['includes', 'b', 'expectedToInclude', 'abc'],
  ['includes', 'b', 'expectedToInclude', 5],
  ['includes', 'b', 'expectedToInclude', null],
  ['excludes', 'x', 'expectedToNotInclude', 'abc'],
  ['excludes', 'x', 'expectedToNotInclude', { 0: 'a' }],
  ['includesAll', ['a', 'b'], 'expectedToInclude', 'abc'],
  ['includesAll', [], 'expectedToInclude', null],
  ['includesAny', ['a'], 'expectedToIncludeAtLeastOneOf', 'abc'],
  ['includesAny', ['a'], 'expectedToIncludeAtLeastOneOf', true],
  ['excludesAll', ['x'], 'expectedToNotInclude', null],
  ['excludesAll', ['x'], 'expectedToNotInclude', 0],
]
const lists = LISTS.map(([method, value, name, actual]) =>
  one(
    `${method}: ${JSON.stringify(value)} of ${JSON.stringify(actual)}, which is no array`,
    [own('PrimitiveArrayClaim', { key: KEY }, method, [value], { value })],
    { [KEY]: stored(actual) },
    { errors: [wrong(KEY, { [name]: value }, actual)] },
    'claim-that-is-no-list',
  ),
)

const isTrue = { claim: KEY, validator: 'isTrue' }
const required = { claim: 'st-mfa', validator: 'hasCompletedRequirementList' }
const refusals = [
  refused('a text', 'isTrue', 'wrong-type', ''),
  refused('an empty object', {}, 'missing-option', 'validator'),
  refused('no claim', { validator: 'isTrue' }, 'missing-option', 'claim'),
  refused('a claim that is an object', { ...isTrue, claim: { key: KEY } }, 'wrong-type', 'claim'),
  refused(
    'an unknown validator',
    { ...isTrue, validator: 'istrue' },
    'invalid-option',
    'validator',
  ),
  refused('an unknown member', { ...isTrue, maxAge: 5 }, 'unknown-option', 'maxAge'),
  refused('a value that is not asked for', { ...isTrue, value: true }, 'unknown-option', 'value'),
  refused('no value', { claim: KEY, validator: 'hasValue' }, 'missing-option', 'value'),
  refused(
    'a value that nothing is like',
    { claim: KEY, validator: 'hasValue', value: [] },
    'wrong-type',
    'value',
  ),
  refused(
    'one value for many',
    { claim: KEY, validator: 'includesAll', value: 'a' },
    'wrong-type',
    'value',
  ),
  refused(
    'a value in a value',
    { claim: KEY, validator: 'includesAny', value: ['a', {}] },
    'wrong-type',
    'value[1]',
  ),
  refused(
    'a negative age',
    { ...isTrue, maxAgeInSeconds: -1 },
    'invalid-option',
    'maxAgeInSeconds',
  ),
  refused(
    'an age that is null',
    { ...isTrue, maxAgeInSeconds: null },
    'wrong-type',
    'maxAgeInSeconds',
  ),
  refused(
    'an age that is a text',
    { ...isTrue, maxAgeInSeconds: '5' },
    'wrong-type',
    'maxAgeInSeconds',
  ),
  refused('no list', required, 'missing-option', 'list'),
  refused('an empty requirement', { ...required, list: ['a', {}] }, 'invalid-option', 'list[1]'),
  refused(
    'an unknown requirement',
    { ...required, list: [{ anyOf: [] }] },
    'unknown-option',
    'list[0].anyOf',
  ),
  refused(
    'a requirement of both kinds',
    { ...required, list: [{ oneOf: [], allOfInAnyOrder: [] }] },
    'invalid-option',
    'list[0]',
  ),
  refused(
    'a factor that is no text',
    { ...required, list: [{ oneOf: ['a', 5] }] },
    'wrong-type',
    'list[0].oneOf[1]',
  ),
]

export const strict = [...ages, ...lists, ...refusals]
