// The claim validators of a case, made of the real claim classes of supertokens-node.
//
// A case has them as data, as our options have them:
// `{ claim, validator, value?, list?, maxAgeInSeconds?, refetchTimeOnFalseInSeconds?, id? }`.

import { PEER, validatorOf as peerValidator } from './claim-calls.mjs'
import { DIFFERENCES, factsOf } from './claim-differences.mjs'

/** How many validators wanted to have their claim fetched again since this was set to 0. */
export const refetches = { count: 0 }

/**
 * The validator as `overrideGlobalClaimValidators` and `getGlobalClaimValidators` give it. Nothing new
 * is known of a claim, wherever the application would look. With `isMeant` it answers what ours must.
 */
export function validatorOf(descriptor, isMeant = false) {
  const call = callOf(descriptor)
  const validator = peerValidator(PEER, call)
  const claim = Object.assign(Object.create(validator.claim), { fetchValue: async () => undefined })
  const { validate } = validator
  const shouldRefetch = (payload, context) => {
    const isWanted = validator.shouldRefetch(payload, context)
    if (isWanted) refetches.count++
    return isWanted
  }
  if (!isMeant) return { ...validator, claim, shouldRefetch }
  const meant = async (payload, context) => {
    return (await answerOf(call, payload)) ?? validate(payload, context)
  }
  return { ...validator, claim, shouldRefetch, validate: meant }
}

/** What one of the listed differences says, if any. */
async function answerOf(call, payload) {
  for (const { answer } of DIFFERENCES) {
    const reason = await answer(factsOf(call, payload, Date.now()))
    if (reason !== undefined) return { isValid: false, reason: reason ?? undefined }
  }
  return null
}

/** The call of a factory that makes the validator; see claim-calls.mjs. */
function callOf({ claim, validator: method, value, list, id, ...ages }) {
  const { maxAgeInSeconds: age, refetchTimeOnFalseInSeconds: refetch } = ages
  switch (method) {
    case 'hasValue':
      return { claim: 'PrimitiveClaim', options: { key: claim }, method, args: [value, age, id] }
    case 'isTrue':
    case 'isFalse':
      return { claim: 'BooleanClaim', options: { key: claim }, method, args: [age, id] }
    case 'isVerified':
      return { claim: 'EmailVerificationClaim', method, args: [refetch, age] }
    case 'hasCompletedMFARequirementsForAuth':
      return { claim: 'MultiFactorAuthClaim', method, args: [id] }
    case 'hasCompletedRequirementList':
      return { claim: 'MultiFactorAuthClaim', method, args: [list, id] }
    default:
      return {
        claim: 'PrimitiveArrayClaim',
        options: { key: claim },
        method,
        args: [value, age, id],
      }
  }
}
