// Claims in the payload, and the validators that look at them.

import { oddValue } from './oddities.mjs'

/** Validators everywhere, in their place, or none; and claims that mostly hold. */
export function claimValidators(draft) {
  const { random, options, session } = draft
  const plans = Array.from({ length: random.int(1, 3) }, () => random.pick(PLANS)(draft))
  for (const { claim, stored } of plans) {
    if (stored !== undefined) draft.claims[claim] = stored
  }
  const validators = plans.map(({ stored: _, ...validator }) => validator)
  if (random.chance(0.7)) options.claimValidators = validators
  if (!options.claimValidators || random.chance(0.2)) {
    session.claimValidators = random.chance(0.85) ? validators : []
  }
}

const PLANS = [
  booleanClaim,
  booleanClaim,
  primitiveClaim,
  arrayClaim,
  arrayClaim,
  verifiedEmail,
  factors,
]

function booleanClaim(draft) {
  const { random } = draft
  const validator = random.pick(['isTrue', 'isFalse'])
  const stored = storedValue(draft, random.pick([true, true, false]))
  return { claim: 'flag', validator, ...common(draft), stored }
}

function primitiveClaim(draft) {
  const { random } = draft
  const value = random.pick(['gold', 'silver', 1, 0, true, null, '', 1.5])
  const stored = storedValue(
    draft,
    random.chance(0.6) ? value : random.pick(['gold', '1', 2, null]),
  )
  return { claim: 'level', validator: 'hasValue', value, ...common(draft), stored }
}

function arrayClaim(draft) {
  const { random } = draft
  const validator = random.pick([
    'includes',
    'excludes',
    'includesAll',
    'includesAny',
    'excludesAll',
  ])
  const roles = ['admin', 'editor', 'user', 'a"b', '']
  const isOne = validator === 'includes' || validator === 'excludes'
  const value = isOne ? random.pick([...roles, 1, null]) : random.some(roles, 0.4)
  const stored = storedValue(draft, random.some([...roles, 1, null], 0.5))
  return { claim: random.pick(['st-role', 'st-perm']), validator, value, ...common(draft), stored }
}

function verifiedEmail(draft) {
  const { random } = draft
  const stored = storedValue(draft, random.pick([true, true, false]))
  const refetch = random.chance(0.3) ? { refetchTimeOnFalseInSeconds: random.pick([0, 60]) } : {}
  const { id: _, ...rest } = common(draft)
  return { claim: 'st-ev', validator: 'isVerified', ...refetch, ...rest, stored }
}

function factors({ random }) {
  const id = random.chance(0.2) ? { id: 'second-factor' } : {}
  const c = Object.fromEntries(
    random.some(['emailpassword', 'totp', 'otp-email'], 0.5).map((name) => [name, 1772600000]),
  )
  const stored = random.chance(0.97) ? { c, v: random.chance(0.6) } : undefined
  if (random.chance(0.5)) {
    return { claim: 'st-mfa', validator: 'hasCompletedMFARequirementsForAuth', ...id, stored }
  }
  const list = random.some(
    ['totp', { oneOf: ['otp-email', 'totp'] }, { allOfInAnyOrder: ['emailpassword', 'otp-email'] }],
    0.6,
  )
  return { claim: 'st-mfa', validator: 'hasCompletedRequirementList', list, ...id, stored }
}

/** What all validators of stored values may have. */
function common({ random }) {
  const age = random.chance(0.35) ? { maxAgeInSeconds: random.pick([0, 1, 60, 0.5, 3600]) } : {}
  return random.chance(0.15) ? { ...age, id: random.pick(['own-id', 'st-role']) } : age
}

/** A value as it is stored; now and then it is missing, old, or malformed. */
function storedValue({ random, now }, v) {
  const t = now - random.pick([0, 1, 500, 1000, 1001, 30_000, 60_000, 60_001, 7_200_000])
  if (random.chance(0.1)) return undefined
  if (random.chance(0.08)) {
    return random.pick([
      null,
      {},
      { t },
      { v: oddValue(random), t },
      { v, t: oddValue(random) },
      { v },
      'x',
      [v, t],
      { v, t: now + 5000 },
    ])
  }
  return { v, t }
}
