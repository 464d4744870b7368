/** Keys to verify with. */

/** The name of a signature algorithm (RFC 7518 section 3.1, RFC 8037 section 3.1). */
export type Algorithm =
  | 'RS256'
  | 'RS384'
  | 'RS512'
  | 'PS256'
  | 'PS384'
  | 'PS512'
  | 'ES256'
  | 'ES384'
  | 'EdDSA'
  | 'HS256'
  | 'HS384'
  | 'HS512'

/** A JSON Web Key (RFC 7517 section 4). */
export interface Jwk {
  readonly kty: string
  readonly kid?: string
  readonly alg?: string
  readonly use?: string
  readonly [member: string]: unknown
}

/** A JSON Web Key set (RFC 7517 section 5). */
export interface JwkSet {
  readonly keys: readonly Jwk[]
}

/** How a signature is verified. */
export interface JwsOptions {
  /** Which engine computes; all say the same. */
  readonly signature?: 'wasm'
}

/** The key or keys to verify a signature with, in exactly one form. */
export type JwsKeys = (
  | { readonly jwks: JwkSet; readonly jwk?: never; readonly pem?: never; readonly secret?: never }
  | { readonly jwk: Jwk; readonly jwks?: never; readonly pem?: never; readonly secret?: never }
  /** A public key in SPKI or PKCS#1 form. */
  | { readonly pem: string; readonly jwks?: never; readonly jwk?: never; readonly secret?: never }
  /** The bytes of an HMAC secret. */
  | {
      readonly secret: Uint8Array
      readonly jwks?: never
      readonly jwk?: never
      readonly pem?: never
    }
) & {
  /** The algorithms to accept; the key's own when it names one. */
  readonly algorithms?: readonly Algorithm[]
}
