// Claims that are stored with the time when they were fetched: what each validator says of a value
// that is missing, right, wrong, young or old.

import {
  builtIn,
  expired,
  INFINITY,
  missing,
  NOW,
  one,
  own,
  stored,
  UNDEFINED,
  wrong,
} from './frame.mjs'

const KEY = 'asdf'

/** Each validator with a value that it takes and one that it does not. */
const VALIDATORS = [
  {
    ...{ claim: 'PrimitiveClaim', method: 'hasValue', value: 'here' },
    ...{ right: 'here', other: 'elsewhere' },
    ...{ whenMissing: { expectedValue: 'here' }, whenWrong: { expectedValue: 'here' } },
  },
  {
    ...{ claim: 'BooleanClaim', method: 'isTrue', right: true, other: false },
    ...{ whenMissing: { expectedValue: true }, whenWrong: { expectedValue: true } },
  },
  {
    ...{ claim: 'BooleanClaim', method: 'isFalse', right: false, other: true },
    ...{ whenMissing: { expectedValue: false }, whenWrong: { expectedValue: false } },
  },
  {
    ...{ claim: 'PrimitiveArrayClaim', method: 'includes', value: 'a' },
    ...{ right: ['b', 'a'], other: ['b'] },
    ...{ whenMissing: { expectedToInclude: 'a' }, whenWrong: { expectedToInclude: 'a' } },
  },
  {
    ...{ claim: 'PrimitiveArrayClaim', method: 'excludes', value: 'a' },
    ...{ right: ['b'], other: ['b', 'a'] },
    ...{ whenMissing: { expectedToNotInclude: 'a' }, whenWrong: { expectedToNotInclude: 'a' } },
  },
  {
    ...{ claim: 'PrimitiveArrayClaim', method: 'includesAll', value: ['a', 'b'] },
    ...{ right: ['b', 'c', 'a'], other: ['a', 'c'] },
    ...{ whenMissing: { expectedToInclude: ['a', 'b'] } },
    ...{ whenWrong: { expectedToInclude: ['a', 'b'] } },
  },
  {
    // The name of the member when the value is missing is the peer's slip.
    ...{ claim: 'PrimitiveArrayClaim', method: 'includesAny', value: ['a', 'b'] },
    ...{ right: ['c', 'b'], other: ['c'] },
    ...{ whenMissing: { expectedToNotInclude: ['a', 'b'] } },
    ...{ whenWrong: { expectedToIncludeAtLeastOneOf: ['a', 'b'] } },
  },
  {
    ...{ claim: 'PrimitiveArrayClaim', method: 'excludesAll', value: ['a', 'b'] },
    ...{ right: ['c'], other: ['c', 'b'] },
    ...{ whenMissing: { expectedToNotInclude: ['a', 'b'] } },
    ...{ whenWrong: { expectedToNotInclude: ['a', 'b'] } },
  },
]

function casesOf({ claim, method, value, right, other, whenMissing, whenWrong }) {
  const given = value === undefined ? [] : [value]
  const asked = value === undefined ? {} : { value }
  const at = (text) => `${method}: ${text}`
  const ask = (args = [], options = {}, more = {}) => {
    const validator = own(claim, { key: KEY, ...options }, method, [...given, ...args], {
      ...asked,
      ...more,
    })
    // An id comes after the age, wherever that stands.
    const [, id] = args
    if (typeof id === 'string') validator.validator.id = id
    return [validator]
  }
  const limit = (maxAgeInSeconds) => ({ maxAgeInSeconds })
  const byDefault = { defaultMaxAgeInSeconds: 200 }
  const nothing = { errors: [missing(KEY, whenMissing)], refetch: [KEY] }
  const old = (age, max) => ({ errors: [expired(KEY, age, max)], refetch: [KEY] })
  return [
    one(at('an empty payload'), ask(), {}, nothing),
    one(at('another claim'), ask(), { other: stored(right) }, nothing),
    one(at('a claim that is null'), ask(), { [KEY]: null }, nothing),
    one(at('a claim that is no object'), ask(), { [KEY]: right }, nothing),
    one(at('a claim without a value'), ask(), { [KEY]: { t: NOW } }, nothing),
    one(at('nothing although there is a limit'), ask([300], {}, limit(300)), {}, nothing),
    one(at('the right value'), ask(), { [KEY]: stored(right) }, {}),
    one(
      at('another value'),
      ask(),
      { [KEY]: stored(other) },
      {
        errors: [wrong(KEY, whenWrong, other)],
      },
    ),
    one(at('a value of years ago without a limit'), ask(), { [KEY]: stored(right, 1e8) }, {}),
    one(at('a value without a time and without a limit'), ask(), { [KEY]: { v: right } }, {}),
    one(
      at('exactly as old as allowed'),
      ask([300], {}, limit(300)),
      { [KEY]: stored(right, 300) },
      {},
    ),
    one(
      at('a millisecond too old'),
      ask([300], {}, limit(300)),
      { [KEY]: stored(right, 300.001) },
      old(300.001, 300),
    ),
    one(
      at('too old and another value'),
      ask([0.5], {}, limit(0.5)),
      { [KEY]: stored(other, 1) },
      old(1, 0.5),
    ),
    one(
      at('older than the default limit'),
      ask([], byDefault, limit(200)),
      { [KEY]: stored(right, 250) },
      old(250, 200),
    ),
    one(
      at('younger than the default limit'),
      ask([UNDEFINED], byDefault, limit(200)),
      { [KEY]: stored(right, 150) },
      {},
    ),
    one(
      at('a longer limit in place of the default'),
      ask([300], byDefault, limit(300)),
      { [KEY]: stored(right, 250) },
      {},
    ),
    one(
      at('a shorter limit in place of the default'),
      ask([100], byDefault, limit(100)),
      { [KEY]: stored(right, 150) },
      old(150, 100),
    ),
    one(
      at('no limit in place of the default'),
      ask([INFINITY], byDefault),
      { [KEY]: stored(right, 1e8) },
      {},
    ),
    one(at('a limit of nothing'), ask([0], {}, limit(0)), { [KEY]: stored(right, 0) }, {}),
    one(
      at('a clock that is ahead by a minute'),
      ask([10], {}, limit(10)),
      { [KEY]: stored(right, -60) },
      {},
    ),
    one(
      at('an id of its own'),
      ask([UNDEFINED, 'mine']),
      { [KEY]: stored(other) },
      {
        errors: [wrong('mine', whenWrong, other)],
      },
    ),
    one(
      at('an id of its own, to be fetched again'),
      ask([300, 'mine'], {}, limit(300)),
      {},
      {
        errors: [missing('mine', whenMissing)],
        refetch: ['mine'],
      },
    ),
  ]
}

/** The claims of roles, permissions and domains are arrays like any other. */
const names = [
  ['UserRoleClaim', 'st-role'],
  ['PermissionClaim', 'st-perm'],
  ['AllowedDomainsClaim', 'st-t-dmns'],
].flatMap(([claim, key]) => {
  const ask = (method, value) => [builtIn(claim, key, method, [value], { value })]
  return [
    one(`${key}: has it`, ask('includes', 'a'), { [key]: stored(['a', 'b']) }, {}),
    one(
      `${key}: has it not`,
      ask('includesAll', ['a', 'c']),
      { [key]: stored(['a', 'b'], 1e6) },
      {
        errors: [wrong(key, { expectedToInclude: ['a', 'c'] }, ['a', 'b'])],
      },
    ),
    one(
      `${key}: not in the token`,
      ask('excludes', 'a'),
      {},
      {
        errors: [missing(key, { expectedToNotInclude: 'a' })],
        refetch: [key],
      },
    ),
  ]
})

const array = (method, value, args = [value]) => [
  own('PrimitiveArrayClaim', { key: KEY }, method, args, { value }),
]
const has = (value) => [own('PrimitiveClaim', { key: KEY }, 'hasValue', [value], { value })]

const edges = [
  one('an empty list is included in all', array('includesAll', []), { [KEY]: stored([]) }, {}),
  one(
    'nothing of an empty list is included',
    array('includesAny', []),
    { [KEY]: stored(['a']) },
    {
      errors: [wrong(KEY, { expectedToIncludeAtLeastOneOf: [] }, ['a'])],
    },
  ),
  one('an empty list excludes nothing', array('excludesAll', []), { [KEY]: stored(['a']) }, {}),
  one(
    'an empty array includes nothing',
    array('includes', 'a'),
    { [KEY]: stored([]) },
    {
      errors: [wrong(KEY, { expectedToInclude: 'a' }, [])],
    },
  ),
  one('null is a value', has(null), { [KEY]: stored(null) }, {}),
  one(
    'null is not nothing',
    has(false),
    { [KEY]: stored(null) },
    {
      errors: [wrong(KEY, { expectedValue: false }, null)],
    },
  ),
  one(
    'a number is not its text',
    has(1),
    { [KEY]: stored('1') },
    {
      errors: [wrong(KEY, { expectedValue: 1 }, '1')],
    },
  ),
  one(
    'an object is like nothing else',
    has('a'),
    { [KEY]: stored({ b: 1, a: [null] }) },
    {
      errors: [wrong(KEY, { expectedValue: 'a' }, { b: 1, a: [null] })],
    },
  ),
  one(
    'arrays in an array are like nothing else',
    array('includes', 1),
    { [KEY]: stored([[1], 2]) },
    {
      errors: [wrong(KEY, { expectedToInclude: 1 }, [[1], 2])],
    },
  ),
  one(
    'all failures are told, in the order of the validators',
    [
      ...array('includes', 'x'),
      ...has('y'),
      builtIn('UserRoleClaim', 'st-role', 'includes', ['admin'], { value: 'admin' }),
      builtIn('EmailVerificationClaim', 'st-ev', 'isTrue', [], {}),
      ...array('excludes', 'a'),
    ],
    { 'st-ev': stored(false, 5), [KEY]: stored(['a'], 99) },
    {
      errors: [
        wrong(KEY, { expectedToInclude: 'x' }, ['a']),
        wrong(KEY, { expectedValue: 'y' }, ['a']),
        missing('st-role', { expectedToInclude: 'admin' }),
        wrong('st-ev', { expectedValue: true }, false),
        wrong(KEY, { expectedToNotInclude: 'a' }, ['a']),
      ],
      refetch: ['st-role'],
    },
  ),
  one('nothing is asked', [], {}, {}),
]

export const values = [...VALIDATORS.flatMap(casesOf), ...names, ...edges]
