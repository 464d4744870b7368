// The claim validators of a case, made of the real claim classes of supertokens-node.
//
// A case has them as data, as our options have them:
// `{ claim, validator, value?, list?, maxAgeInSeconds?, refetchTimeOnFalseInSeconds?, id? }`.

import { createRequire } from 'node:module'

const require = createRequire(import.meta.url)
const {
  BooleanClaim,
  PrimitiveArrayClaim,
  PrimitiveClaim,
} = require('supertokens-node/recipe/session/claims')
const recipe = 'supertokens-node/lib/build/recipe'
const { EmailVerificationClaimClass } = require(
  `${recipe}/emailverification/emailVerificationClaim.js`,
)
const { MultiFactorAuthClaimClass } = require(`${recipe}/multifactorauth/multiFactorAuthClaim.js`)

/** Nothing new is known of a claim, wherever the application would look. */
const fetchValue = async () => undefined

const MAKERS = {
  hasValue: (claim, { value, maxAgeInSeconds, id }) => {
    return new PrimitiveClaim({ key: claim, fetchValue }).validators.hasValue(
      value,
      maxAgeInSeconds,
      id,
    )
  },
  isTrue: (claim, { maxAgeInSeconds, id }) => {
    return new BooleanClaim({ key: claim, fetchValue }).validators.isTrue(maxAgeInSeconds, id)
  },
  isFalse: (claim, { maxAgeInSeconds, id }) => {
    return new BooleanClaim({ key: claim, fetchValue }).validators.isFalse(maxAgeInSeconds, id)
  },
  isVerified: (_claim, { refetchTimeOnFalseInSeconds, maxAgeInSeconds }) => {
    const claim = Object.assign(new EmailVerificationClaimClass(), { fetchValue })
    return claim.validators.isVerified(refetchTimeOnFalseInSeconds, maxAgeInSeconds)
  },
  hasCompletedMFARequirementsForAuth: (claim, { id }) => {
    return factors(claim).hasCompletedMFARequirementsForAuth(id)
  },
  hasCompletedRequirementList: (claim, { list, id }) => {
    return factors(claim).hasCompletedRequirementList(list, id)
  },
}

/** A validator as `overrideGlobalClaimValidators` and `getGlobalClaimValidators` give it. */
export function validatorOf({ claim, validator, ...rest }) {
  const make = MAKERS[validator] ?? ((key, options) => ofArray(key, validator, options))
  return make(claim, rest)
}

function ofArray(claim, validator, { value, maxAgeInSeconds, id }) {
  const { validators } = new PrimitiveArrayClaim({ key: claim, fetchValue })
  return validators[validator](value, maxAgeInSeconds, id)
}

function factors(claim) {
  return Object.assign(new MultiFactorAuthClaimClass(null, claim), { fetchValue }).validators
}
