// The RSA keys of the comparison with Clerk.

import { storedKeys } from './key-store.mjs'

/**
 * `{ privateKey, spki, pkcs1, jwk }` of the instance's key, a foreign one, and one of a size that the
 * peer cannot read.
 */
export const keys = storedKeys('keys', { own: 2048, foreign: 2048, large: 4096 })

/** The `kid` that tokens name and the key set of the instance has. */
export const KID = 'ins_2a'
