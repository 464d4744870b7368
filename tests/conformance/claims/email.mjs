// Whether the e-mail address is verified: `false` does not stay true for long.

import { builtIn, expired, INFINITY, missing, one, stored, UNDEFINED, wrong } from './frame.mjs'

const KEY = 'st-ev'
const isVerified = (args = [], asked = {}) => [
  builtIn('EmailVerificationClaim', KEY, 'isVerified', args, asked),
]
const refetched = (refetchTimeOnFalseInSeconds) => ({ refetchTimeOnFalseInSeconds })
const limit = (maxAgeInSeconds) => ({ maxAgeInSeconds })
const not = { errors: [wrong(KEY, { expectedValue: true }, false)] }
const again = { refetch: [KEY] }

export const email = [
  one('st-ev: verified', isVerified(), { [KEY]: stored(true, 1e8) }, {}),
  one(
    'st-ev: nothing known',
    isVerified(),
    {},
    {
      errors: [missing(KEY, { expectedValue: true })],
      ...again,
    },
  ),
  one('st-ev: not verified a moment ago', isVerified(), { [KEY]: stored(false, 1) }, not),
  one('st-ev: not verified ten seconds ago', isVerified(), { [KEY]: stored(false, 10) }, not),
  one(
    'st-ev: not verified longer ago',
    isVerified(),
    { [KEY]: stored(false, 10.001) },
    {
      ...not,
      ...again,
    },
  ),
  one('st-ev: more patience', isVerified([60], refetched(60)), { [KEY]: stored(false, 60) }, not),
  one(
    'st-ev: the end of more patience',
    isVerified([60], refetched(60)),
    { [KEY]: stored(false, 61) },
    {
      ...not,
      ...again,
    },
  ),
  one(
    'st-ev: no patience',
    isVerified([0], refetched(0)),
    { [KEY]: stored(false, 0.001) },
    {
      ...not,
      ...again,
    },
  ),
  one(
    'st-ev: endless patience',
    isVerified([INFINITY], refetched(Number.MAX_VALUE)),
    { [KEY]: stored(false, 1e9) },
    not,
  ),
  one(
    'st-ev: verified, but too long ago',
    isVerified([UNDEFINED, 300], limit(300)),
    { [KEY]: stored(true, 301) },
    {
      errors: [expired(KEY, 301, 300)],
      ...again,
    },
  ),
  one(
    'st-ev: verified within the limit',
    isVerified([UNDEFINED, 300], limit(300)),
    { [KEY]: stored(true, 299) },
    {},
  ),
  one(
    'st-ev: not verified, patience and a limit',
    isVerified([60, 30], { ...refetched(60), ...limit(30) }),
    { [KEY]: stored(false, 45) },
    { errors: [expired(KEY, 45, 30)], ...again },
  ),
  one(
    'st-ev: neither true nor false',
    isVerified(),
    { [KEY]: stored(0, 99) },
    {
      errors: [wrong(KEY, { expectedValue: true }, 0)],
    },
  ),
  one(
    'st-ev: not verified at a time that is not known',
    isVerified(),
    { [KEY]: { v: false } },
    not,
  ),
]
