/** Session claims of SuperTokens, and what may be asked of them. */

/** A value that is compared as it is. */
export type JSONPrimitive = string | number | boolean | null

interface AnyClaim {
  /** The claim's name in the payload, as in `st-role`. */
  readonly claim: string
  /** What a refusal names; the claim's name unless given. */
  readonly id?: string | undefined
}

interface AgedClaim extends AnyClaim {
  /** How old the value may be; without a limit unless given. */
  readonly maxAgeInSeconds?: number | undefined
}

/** One thing that is asked of a session claim: plain data, as `claim.validators.…` make it. */
export type SessionClaimValidator =
  | (AgedClaim & {
      readonly validator: 'hasValue' | 'includes' | 'excludes'
      readonly value: JSONPrimitive
    })
  | (AgedClaim & {
      readonly validator: 'includesAll' | 'includesAny' | 'excludesAll'
      readonly value: readonly JSONPrimitive[]
    })
  | (AgedClaim & { readonly validator: 'isTrue' | 'isFalse' })
  | (AgedClaim & {
      readonly validator: 'isVerified'
      /** How old `false` may be before it should be fetched again; 10 unless given. */
      readonly refetchTimeOnFalseInSeconds?: number | undefined
    })
  | (AnyClaim & { readonly validator: 'hasCompletedMFARequirementsForAuth' })
  | (AnyClaim & {
      readonly validator: 'hasCompletedRequirementList'
      readonly list: MFARequirementList
    })

/** Factors to complete, one requirement after the other. */
export type MFARequirementList = readonly (
  | string
  | { readonly oneOf: readonly string[] }
  | { readonly allOfInAnyOrder: readonly string[] }
)[]

/** The claim `st-mfa`. */
export interface MFAClaimValue {
  /** When each factor was completed, in seconds since the epoch. */
  readonly c: { readonly [factorId: string]: number | undefined }
  /** Whether that is all that signing in asks for. */
  readonly v: boolean
}

/** A claim that is not as it must be. */
export interface ClaimValidationError {
  /** The id of the validator; for a schema the path of the claim, as in `address.city`. */
  readonly id: string
  /** Why, in the words of SuperTokens' own validators or of the schema; sometimes they have none. */
  readonly reason?: ClaimFailure
}

/** Why a claim is invalid. Which members there are depends on the validator. */
export interface ClaimFailure {
  /** `value does not exist`, `expired`, `wrong value`, or a sentence about factors. */
  readonly message: string
  readonly expectedValue?: JSONPrimitive
  readonly expectedToInclude?: JSONPrimitive | readonly JSONPrimitive[]
  readonly expectedToNotInclude?: JSONPrimitive | readonly JSONPrimitive[]
  readonly expectedToIncludeAtLeastOneOf?: readonly JSONPrimitive[]
  /** What the payload holds; left out when it holds nothing. */
  readonly actualValue?: unknown
  /** `null` when the age cannot be told; below 0 for a time to come. */
  readonly ageInSeconds?: number | null
  readonly maxAgeInSeconds?: number
  readonly factorId?: string
  readonly oneOf?: readonly string[]
  readonly allOfInAnyOrder?: readonly string[]
}

/** What {@link validateClaims} answers. */
export interface ClaimVerdict {
  /** Every claim that is not as it must be, in the order of the validators. */
  readonly errors: readonly ClaimValidationError[]
  /**
   * The ids of the validators whose claim is missing or too old: the origin should fetch it again,
   * so that no judgement about it is final here.
   */
  readonly refetch: readonly string[]
}

/** Options of {@link validateClaims}. */
export interface ClaimCheckOptions {
  /** The time in ms since the epoch; `Date.now` unless given. */
  readonly clock?: (() => number) | undefined
}

/** What a claim of your own is made from. */
export interface ClaimOptions {
  /** The claim's name in the payload. */
  readonly key: string
  /** How old its value may be unless a validator says otherwise; without a limit unless given. */
  readonly defaultMaxAgeInSeconds?: number | undefined
  /**
   * Taken so that a definition can be shared with the origin, and never called: only the origin can
   * fetch a claim.
   */
  readonly fetchValue?: ((...input: never[]) => unknown) | undefined
}

/** The validators of a claim with one value. Ages are in seconds; `Infinity` lifts a default. */
export interface PrimitiveValidators<T extends JSONPrimitive> {
  hasValue(value: T, maxAgeInSeconds?: number, id?: string): SessionClaimValidator
}

/** The validators of a claim that is `true` or `false`. */
export interface BooleanValidators extends PrimitiveValidators<boolean> {
  isTrue(maxAgeInSeconds?: number, id?: string): SessionClaimValidator
  isFalse(maxAgeInSeconds?: number, id?: string): SessionClaimValidator
}

/** The validators of `st-ev`. */
export interface EmailVerificationValidators extends BooleanValidators {
  /** A `false` older than the first age, 10 seconds unless given, should be fetched again. */
  isVerified(refetchTimeOnFalseInSeconds?: number, maxAgeInSeconds?: number): SessionClaimValidator
}

/** The validators of a claim with an array of values. */
export interface PrimitiveArrayValidators<T extends JSONPrimitive> {
  includes(value: T, maxAgeInSeconds?: number, id?: string): SessionClaimValidator
  excludes(value: T, maxAgeInSeconds?: number, id?: string): SessionClaimValidator
  includesAll(values: readonly T[], maxAgeInSeconds?: number, id?: string): SessionClaimValidator
  includesAny(values: readonly T[], maxAgeInSeconds?: number, id?: string): SessionClaimValidator
  excludesAll(values: readonly T[], maxAgeInSeconds?: number, id?: string): SessionClaimValidator
}

/** The validators of `st-mfa`. */
export interface MultiFactorAuthValidators {
  hasCompletedMFARequirementsForAuth(id?: string): SessionClaimValidator
  hasCompletedRequirementList(list: MFARequirementList, id?: string): SessionClaimValidator
}
