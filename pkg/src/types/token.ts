/** Tokens: what is in them and what verifying them answers. */
import type { Reason } from '../reason.js'

declare global {
  /**
   * The claims that your application adds to its session tokens. Declare it in your own code, as
   * Clerk's guide to custom session claims shows, and `sessionClaims` is typed accordingly.
   */
  interface CustomJwtSessionClaims {}
}

/** The claims that Clerk puts into every session token, in version 1 and 2 of its format. */
export interface JwtPayload extends CustomJwtSessionClaims {
  /** Issuer: the Frontend API of the instance. */
  readonly iss?: string
  /** Subject: the user's id. */
  readonly sub: string
  /** Audience. */
  readonly aud?: string | readonly string[]
  /** Expiry in seconds since the epoch. */
  readonly exp: number
  /** Start of validity in seconds since the epoch. */
  readonly nbf?: number
  /** Time of issue in seconds since the epoch. */
  readonly iat?: number
  /** Id of the token (version 2). */
  readonly jti?: string
  /** Session id. */
  readonly sid?: string
  /** Authorized party: the origin that the token was made for. */
  readonly azp?: string
  /** Version of the format; absent in version 1. */
  readonly v?: number
  /** Minutes since the first and the second factor were verified; -1 stands for never. */
  readonly fva?: readonly [firstFactor: number, secondFactor: number]
  /** Session status. */
  readonly sts?: string
  /** The one who impersonates the user. */
  readonly act?: ActorClaim
  /** Plan (version 2). */
  readonly pla?: string
  /** Features (version 2). */
  readonly fea?: string
  /** Active organization (version 2). */
  readonly o?: {
    readonly id: string
    readonly slg?: string
    readonly rol?: string
    readonly per?: string
    readonly fpm?: string
  }
  /** Active organization (version 1). */
  readonly org_id?: string
  readonly org_slug?: string
  readonly org_role?: string
  readonly org_permissions?: readonly string[]
  /** Any other claim. */
  readonly [claim: string]: unknown
}

/** The `act` claim: who acts in the name of the subject (RFC 8693 section 4.1). */
export interface ActorClaim {
  readonly sub: string
  readonly [claim: string]: unknown
}

/** The claims of a verified session token. */
export type SessionClaims = JwtPayload

/** The claims with those that the application declares, globally or as `createGate<C>`. */
export type ClaimsOf<C extends object> = SessionClaims & CustomJwtSessionClaims & C

/** The protected header of a signed token (RFC 7515 section 4). */
export interface JoseHeader {
  readonly alg: string
  readonly kid?: string
  readonly typ?: string
  readonly [member: string]: unknown
}

/** Why a token was refused. */
export interface TokenRefusal {
  readonly ok: false
  /** The stable code; the provider's own word where it has one. */
  readonly reason: Reason
  /** The exact rule behind a broader `reason`. */
  readonly detail: Reason | null
  /** What is wrong and what to do about it; never holds any part of the token. */
  readonly message: string
}

/** What `gate.verifyToken` answers. */
export type TokenResult<C extends object = object> =
  | { readonly ok: true; readonly header: JoseHeader; readonly claims: ClaimsOf<C> }
  | TokenRefusal

/** What {@link decodeToken} answers. Nothing in it was verified: never decide anything by it. */
export type DecodedToken =
  | {
      readonly ok: true
      readonly unverified: true
      readonly header: { readonly [member: string]: unknown }
      readonly claims: { readonly [claim: string]: unknown }
    }
  | { readonly ok: false; readonly reason: Reason; readonly message: string }

/** What {@link verifyJws} answers. */
export type JwsResult =
  | { readonly ok: true; readonly header: JoseHeader; readonly payload: Uint8Array }
  | { readonly ok: false; readonly reason: Reason; readonly message: string }
