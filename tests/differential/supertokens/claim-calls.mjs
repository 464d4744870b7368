// One call of a validator factory, as plain data, made with the peer's claims or with ours:
//
//     { claim: 'PrimitiveClaim', options: { key, defaultMaxAgeInSeconds? }, method, args }
//     { claim: 'UserRoleClaim', method, args }
//
// What JSON cannot say is `{ js: 'undefined' }`, and so on, among the arguments and options.

import { createRequire } from 'node:module'

const require = createRequire(import.meta.url)
const recipe = (name) => require(`supertokens-node/recipe/${name}`)

/** The peer's own claims, none of which asks for a running SDK. */
export const PEER = {
  ...recipe('session/claims'),
  UserRoleClaim: recipe('userroles').UserRoleClaim,
  PermissionClaim: recipe('userroles').PermissionClaim,
  EmailVerificationClaim: recipe('emailverification').EmailVerificationClaim,
  AllowedDomainsClaim: recipe('multitenancy').AllowedDomainsClaim,
  MultiFactorAuthClaim: recipe('multifactorauth').MultiFactorAuthClaim,
}

const VALUES = {
  undefined: undefined,
  NaN: Number.NaN,
  Infinity: Number.POSITIVE_INFINITY,
  '-Infinity': Number.NEGATIVE_INFINITY,
}

/** The value that an argument stands for. */
export function decoded(arg) {
  const isMark = typeof arg === 'object' && arg !== null && Object.hasOwn(arg, 'js')
  return isMark ? VALUES[arg.js] : arg
}

/** The arguments of a call. */
export function argsOf({ args }) {
  return args.map((arg) => (Array.isArray(arg) ? arg.map(decoded) : decoded(arg)))
}

/** The claim's name in the payload. */
export function keyOf({ claim, options }) {
  return options === undefined ? PEER[claim].key : options.key
}

/** What a call gives with `claims`: the peer's validator, or our description of one. */
export function validatorOf(claims, call) {
  const options = Object.fromEntries(
    Object.entries(call.options ?? {}).map(([name, value]) => [name, decoded(value)]),
  )
  const claim = call.options === undefined ? claims[call.claim] : new claims[call.claim](options)
  return claim.validators[call.method](...argsOf(call))
}

/** What the peer's validator says about a payload at a moment: `{ id, refetch, error? | throws }`. */
export async function askPeer(call, payload, now) {
  const validator = validatorOf(PEER, call)
  const { now: clock } = Date
  Date.now = () => now
  try {
    const { id } = validator
    const refetch = validator.shouldRefetch(payload, {})
    // Nothing in there waits, so the clock is read before this line is left.
    const answer = validator.validate(payload, {})
    const { isValid, reason } = await answer
    return { id, refetch, ...(isValid ? {} : { error: { id, reason } }) }
  } catch (error) {
    return {
      id: validator.id,
      refetch: validator.shouldRefetch(payload, {}),
      throws: error.message,
    }
  } finally {
    Date.now = clock
  }
}
