/**
 * Session claims of SuperTokens, under the names that its users know. A validator is plain data:
 * what it asks is judged by the core, here and in every gate. Fetching a claim again is up to the
 * origin; nothing here does it.
 */
import { ConfigError } from './errors.js'
import type {
  BooleanValidators,
  ClaimOptions,
  EmailVerificationValidators,
  JSONPrimitive,
  MFAClaimValue,
  MultiFactorAuthValidators,
  PrimitiveArrayValidators,
  PrimitiveValidators,
} from './types.js'

/** A claim in the payload of a session: `{ v: value, t: ms when it was fetched }`. */
export abstract class SessionClaim<T> {
  /** The claim's name in the payload. */
  readonly key: string

  constructor(key: string) {
    this.key = key
  }

  /** The value in a payload, as it stands there. */
  getValueFromPayload(payload: object, _userContext?: unknown): T | undefined {
    return this.stored(payload)?.v as T | undefined
  }

  /** When the value was fetched, in ms since the epoch, if the payload says so. */
  getLastRefetchTime(payload: object, _userContext?: unknown): number | undefined {
    const time = this.stored(payload)?.t
    return typeof time === 'number' ? time : undefined
  }

  /** What to merge into a payload so that the claim has this value from now on. */
  update(value: T, now: number): { [key: string]: unknown } {
    return { [this.key]: { v: value, t: now } }
  }

  /** What a payload has under the claim's name. */
  protected stored(payload: object): { v?: unknown; t?: unknown } | null | undefined {
    return Object.hasOwn(payload, this.key) ? payload[this.key as keyof typeof payload] : undefined
  }
}

/** A claim with one value. */
export class PrimitiveClaim<T extends JSONPrimitive> extends SessionClaim<T> {
  readonly defaultMaxAgeInSeconds: number | undefined
  readonly validators: PrimitiveValidators<T>

  constructor({ key, defaultMaxAgeInSeconds }: ClaimOptions) {
    super(key)
    this.defaultMaxAgeInSeconds = defaultMaxAgeInSeconds
    this.validators = {
      hasValue: (value, maxAge = defaultMaxAgeInSeconds, id) => ({
        claim: key,
        validator: 'hasValue',
        value: plain(value, 'value'),
        ...aged(maxAge),
        id: id ?? key,
      }),
    }
  }
}

/** A claim that is `true` or `false`. */
export class BooleanClaim extends PrimitiveClaim<boolean> {
  declare readonly validators: BooleanValidators

  constructor(options: ClaimOptions) {
    super(options)
    const { key, defaultMaxAgeInSeconds } = options
    const is =
      (validator: 'isTrue' | 'isFalse'): BooleanValidators['isTrue'] =>
      (maxAge = defaultMaxAgeInSeconds, id) => {
        return { claim: key, validator, ...aged(maxAge), id: id ?? key }
      }
    const { hasValue } = this.validators
    this.validators = { hasValue, isTrue: is('isTrue'), isFalse: is('isFalse') }
  }
}

/** A claim with an array of values. */
export class PrimitiveArrayClaim<T extends JSONPrimitive> extends SessionClaim<T[]> {
  readonly defaultMaxAgeInSeconds: number | undefined
  readonly validators: PrimitiveArrayValidators<T>

  constructor({ key, defaultMaxAgeInSeconds }: ClaimOptions) {
    super(key)
    this.defaultMaxAgeInSeconds = defaultMaxAgeInSeconds
    const one =
      (validator: 'includes' | 'excludes'): PrimitiveArrayValidators<T>['includes'] =>
      (value, maxAge = defaultMaxAgeInSeconds, id) => {
        const asked = { value: plain(value, 'value'), ...aged(maxAge) }
        return { claim: key, validator, ...asked, id: id ?? key }
      }
    const all =
      (
        validator: 'includesAll' | 'includesAny' | 'excludesAll',
      ): PrimitiveArrayValidators<T>['includesAll'] =>
      (values, maxAge = defaultMaxAgeInSeconds, id) => {
        const asked = { value: allPlain(values), ...aged(maxAge) }
        return { claim: key, validator, ...asked, id: id ?? key }
      }
    this.validators = {
      includes: one('includes'),
      excludes: one('excludes'),
      includesAll: all('includesAll'),
      includesAny: all('includesAny'),
      excludesAll: all('excludesAll'),
    }
  }
}

/** Whether the user's e-mail address is verified. */
export class EmailVerificationClaimClass extends BooleanClaim {
  declare readonly validators: EmailVerificationValidators

  constructor() {
    super({ key: 'st-ev' })
    const { key } = this
    this.validators = {
      ...(this.validators as BooleanValidators),
      isVerified: (refetchTimeOnFalseInSeconds, maxAge) => ({
        claim: key,
        validator: 'isVerified',
        ...refetched(refetchTimeOnFalseInSeconds),
        ...aged(maxAge),
        id: key,
      }),
    }
  }
}

/** Which factors the user completed. It has no time of fetching and never becomes too old. */
export class MultiFactorAuthClaimClass extends SessionClaim<MFAClaimValue> {
  readonly validators: MultiFactorAuthValidators

  constructor(key = 'st-mfa') {
    super(key)
    this.validators = {
      hasCompletedMFARequirementsForAuth: (id) => ({
        claim: key,
        validator: 'hasCompletedMFARequirementsForAuth',
        id: id ?? key,
      }),
      hasCompletedRequirementList: (list, id) => ({
        claim: key,
        validator: 'hasCompletedRequirementList',
        list,
        id: id ?? key,
      }),
    }
  }

  override getValueFromPayload(payload: object, _userContext?: unknown): MFAClaimValue | undefined {
    return this.stored(payload) as MFAClaimValue | undefined
  }

  override update({ c, v }: MFAClaimValue): { [key: string]: unknown } {
    return { [this.key]: { c: { ...c }, v } }
  }
}

/** The roles of the user. */
export const UserRoleClaim: PrimitiveArrayClaim<string> = new PrimitiveArrayClaim({
  key: 'st-role',
})
/** The permissions that the user's roles give. */
export const PermissionClaim: PrimitiveArrayClaim<string> = new PrimitiveArrayClaim({
  key: 'st-perm',
})
/** The domains on which the user's tenant lives. */
export const AllowedDomainsClaim: PrimitiveArrayClaim<string> = new PrimitiveArrayClaim({
  key: 'st-t-dmns',
})
/** Whether the user's e-mail address is verified. */
export const EmailVerificationClaim: EmailVerificationClaimClass = new EmailVerificationClaimClass()
/** Which factors the user completed. */
export const MultiFactorAuthClaim: MultiFactorAuthClaimClass = new MultiFactorAuthClaimClass()

/** No limit and an infinite one are the same. */
function aged(maxAgeInSeconds: number | undefined): { maxAgeInSeconds?: number } {
  if (maxAgeInSeconds === undefined || maxAgeInSeconds === Number.POSITIVE_INFINITY) return {}
  return { maxAgeInSeconds: plain(maxAgeInSeconds, 'maxAgeInSeconds') }
}

/** The largest age stands for never, which has no form in JSON. */
function refetched(seconds: number | undefined): { refetchTimeOnFalseInSeconds?: number } {
  if (seconds === undefined) return {}
  const name = 'refetchTimeOnFalseInSeconds'
  const age = seconds === Number.POSITIVE_INFINITY ? Number.MAX_VALUE : seconds
  return { [name]: plain(age, name) }
}

function allPlain<T extends JSONPrimitive>(values: readonly T[]): readonly T[] {
  // What is no array is refused by the core.
  if (!Array.isArray(values)) return values
  return values.map((value, index) => plain(value, `value[${index}]`))
}

/** Anything else would be another value in JSON: `null` for `NaN`, a text for a date. */
function plain<T extends JSONPrimitive>(value: T, option: string): T {
  const isPlain =
    value === null || Number.isFinite(value) || ['string', 'boolean'].includes(typeof value)
  if (isPlain) return value
  const message = `This must be a string, a finite number, a boolean or null, not ${String(value)}.`
  throw new ConfigError('wrong-type', option, message)
}
