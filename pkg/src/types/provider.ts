/** Who vouches for visitors. */
import type { Algorithm, JwkSet } from './key.js'

/** Options of {@link clerk}; each falls back to Clerk's environment variable, where it has one. */
export interface ClerkOptions {
  /** `pk_live_…` or `pk_test_…`; names the instance. `CLERK_PUBLISHABLE_KEY`. */
  readonly publishableKey?: string | undefined
  /** The instance's public key in PEM form: nothing is ever fetched. `CLERK_JWT_KEY`. */
  readonly jwtKey?: string | undefined
  /** The instance's key set: nothing is ever fetched. */
  readonly jwks?: JwkSet | undefined
  /** The origins that tokens may have been made for (`azp`). Set it: it stops stolen tokens. */
  readonly authorizedParties?: readonly string[] | undefined
  /** The audiences to accept (`aud`). */
  readonly audience?: string | readonly string[] | undefined
  /** By how much clocks may differ, in ms; 5 000 unless given. */
  readonly clockSkewInMs?: number | undefined
  /** The issuer to require (`iss`); Clerk itself does not check it. */
  readonly issuer?: string | undefined
  /** Where signed-out visitors are sent: a path or an absolute URL. `CLERK_SIGN_IN_URL`. */
  readonly signInUrl?: string | undefined
}

interface OidcCommon {
  /** The issuer to require (`iss`), compared byte by byte. */
  readonly issuer: string
  /** The audiences to accept (`aud`); one must be in the token. `null` accepts tokens for anybody. */
  readonly audience: string | readonly string[] | null
  /** The algorithms to accept. */
  readonly algorithms?: readonly Algorithm[] | undefined
  /** The name of the cookie that holds the token. */
  readonly cookie?: string | undefined
  /** Whether `Authorization: Bearer` is looked at; yes unless given. */
  readonly header?: boolean | undefined
  /** By how much clocks may differ, in ms; 5 000 unless given. */
  readonly clockSkewInMs?: number | undefined
  /** Where signed-out visitors are sent: a path or an absolute URL. */
  readonly signInUrl?: string | undefined
}

/** Options of {@link oidc}: an issuer, and its keys in exactly one form. */
export type OidcOptions = OidcCommon &
  (
    | { readonly jwks: JwkSet; readonly jwksUrl?: never; readonly publicKey?: never }
    /** Where the key set is fetched; `https`, or `http` on the own machine. */
    | { readonly jwksUrl: string; readonly jwks?: never; readonly publicKey?: never }
    /** A public key in PEM form. */
    | { readonly publicKey: string; readonly jwks?: never; readonly jwksUrl?: never }
  )

/** A provider as {@link clerk} and {@link oidc} make it. */
export type Provider =
  | ({ readonly kind: 'clerk' } & ClerkOptions)
  | ({ readonly kind: 'oidc' } & OidcOptions)
