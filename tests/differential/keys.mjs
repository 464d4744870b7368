// The RSA keys of the comparison with Clerk.

import { fixtureKeys } from './fixture-keys.mjs'

/** The instance's key, a foreign one, and one of a size that the peer cannot read. */
export const keys = fixtureKeys({ own: 'rsa-2048-a', foreign: 'rsa-2048-b', large: 'rsa-4096' })

/** The `kid` that tokens name and the key set of the instance has. */
export const KID = 'ins_2a'
