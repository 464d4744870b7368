// Where our answer about a claim is meant to be another than the peer's, and exactly which it is.
//
// `answer(facts)` gives what we must say instead, as `{ error }` or `{}`, or `undefined` where the
// difference has nothing to do with the case. It never looks at what we do say.

import { argsOf, askPeer, decoded, keyOf } from './claim-calls.mjs'

/** By how many milliseconds a time may lie ahead. */
const SKEW = 60_000

const WRONG = {
  includes: 'expectedToInclude',
  excludes: 'expectedToNotInclude',
  includesAll: 'expectedToInclude',
  includesAny: 'expectedToIncludeAtLeastOneOf',
  excludesAll: 'expectedToNotInclude',
}

export const DIFFERENCES = [
  {
    name: 'claim-of-unknown-age',
    answer({ value, time, limit }) {
      if (value === undefined || limit === undefined || typeof time === 'number') return undefined
      return { message: 'expired', ageInSeconds: null, maxAgeInSeconds: limit }
    },
  },
  {
    name: 'claim-from-the-future',
    answer({ value, time, limit, now }) {
      if (value === undefined || limit === undefined || !(time - now > SKEW)) return undefined
      return { message: 'expired', ageInSeconds: (now - time) / 1000, maxAgeInSeconds: limit }
    },
  },
  {
    name: 'claim-that-is-no-list',
    answer({ method, args, value, time, limit, now }) {
      const isTooOld = limit !== undefined && (now - time) / 1000 > limit
      const isAsked = Object.hasOwn(WRONG, method) && value !== undefined && !isTooOld
      if (!isAsked || Array.isArray(value)) return undefined
      return { message: 'wrong value', [WRONG[method]]: args[0], actualValue: value }
    },
  },
  {
    name: 'mfa-claim-missing',
    answer({ method, args, isThere }) {
      const isList = method === 'hasCompletedRequirementList' && args[0].length > 0
      if (isThere || !(isList || method === 'hasCompletedMFARequirementsForAuth')) return undefined
      return { message: 'value does not exist' }
    },
  },
  {
    name: 'mfa-claim-of-another-shape',
    answer({ method, args, isThere, claim }) {
      if (!isThere) return undefined
      const isList = method === 'hasCompletedRequirementList' && args[0].length > 0
      const isAuth = method === 'hasCompletedMFARequirementsForAuth'
      if ((isList && !isObject(claim?.c)) || (isAuth && claim === null)) {
        return { message: 'wrong value', actualValue: claim }
      }
      return undefined
    },
  },
  {
    name: 'mfa-satisfied-by-true-alone',
    answer({ method, isThere, claim }) {
      const isAuth = method === 'hasCompletedMFARequirementsForAuth' && isThere && claim !== null
      return isAuth && claim.v && claim.v !== true ? null : undefined
    },
  },
  {
    name: 'factors-are-own-members',
    async answer({ call, method, payload, claim, now }) {
      if (method !== 'hasCompletedRequirementList' || !isObject(claim?.c)) return undefined
      // The same said so that the peer finds nothing but the members themselves.
      const c = Object.create(null)
      for (const name of Object.keys(claim.c)) {
        Object.defineProperty(c, name, { value: claim.c[name], enumerable: true })
      }
      const { error } = await askPeer(call, { ...payload, 'st-mfa': { ...claim, c } }, now)
      return error?.reason
    },
  },
]

/** What the differences look at. */
export function factsOf(call, payload, now) {
  const { method } = call
  const args = argsOf(call)
  const key = keyOf(call)
  const isThere = Object.hasOwn(payload, key)
  const claim = isThere ? payload[key] : undefined
  const given = args[method === 'isTrue' || method === 'isFalse' ? 0 : 1]
  const limit = given ?? decoded(call.options?.defaultMaxAgeInSeconds)
  return {
    ...{ call, method, args, payload, now, isThere, claim },
    value: claim?.v,
    time: claim?.t,
    // An infinite age is no limit; factors have no age at all.
    limit: Number.isFinite(limit) ? limit : undefined,
  }
}

/**
 * The option that we refuse, where the peer takes a validator that nobody can mean; `undefined` for
 * any other call.
 */
export function refusedOption(call) {
  const { method } = call
  const [first, second] = argsOf(call)
  const isAge = (age) => age === undefined || (typeof age === 'number' && age >= 0)
  const isPlain = (value) =>
    value === null || Number.isFinite(value) || ['string', 'boolean'].includes(typeof value)
  switch (method) {
    case 'hasCompletedMFARequirementsForAuth':
      return ['string', 'undefined'].includes(typeof first) ? undefined : 'id'
    case 'hasCompletedRequirementList':
      return refusedRequirement(first)
    case 'isTrue':
    case 'isFalse':
      return isAge(first) ? undefined : 'maxAgeInSeconds'
    case 'isVerified':
      if (!isAge(first)) return 'refetchTimeOnFalseInSeconds'
      return isAge(second) ? undefined : 'maxAgeInSeconds'
  }
  const list = ['includesAll', 'includesAny', 'excludesAll'].includes(method)
  if (list) {
    const index = first.findIndex((one) => !isPlain(one))
    if (index >= 0) return `value[${index}]`
  } else if (!isPlain(first)) return 'value'
  return isAge(second) ? undefined : 'maxAgeInSeconds'
}

function refusedRequirement(list) {
  if (!Array.isArray(list)) return 'list'
  for (const [index, one] of list.entries()) {
    if (typeof one === 'string') continue
    const place = `list[${index}]`
    if (!isObject(one)) return place
    const unknown = Object.keys(one).find((name) => !['oneOf', 'allOfInAnyOrder'].includes(name))
    if (unknown !== undefined) return `${place}.${unknown}`
    const [[name, factors] = []] = Object.entries(one)
    if (name === undefined) return place
    if (!Array.isArray(factors)) return `${place}.${name}`
    const odd = factors.findIndex((factor) => typeof factor !== 'string')
    if (odd >= 0) return `${place}.${name}[${odd}]`
  }
  return undefined
}

function isObject(value) {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
