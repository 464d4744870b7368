// The RSA keys of the test are those of the fixtures, so that a seed makes the same cases anywhere.

import { createPrivateKey, createPublicKey } from 'node:crypto'
import { readFileSync } from 'node:fs'

/** The instance's key, a foreign one, and one of a size that the peer cannot read. */
const NAMES = { own: 'rsa-2048-a', foreign: 'rsa-2048-b', large: 'rsa-4096' }

/** `{ privateKey, publicKey, spki, pkcs1, jwk }` of each. */
export const keys = Object.fromEntries(
  Object.entries(NAMES).map(([name, file]) => [name, keyOf(file)]),
)

/** The `kid` that tokens name and the key set of the instance has. */
export const KID = 'ins_2a'

function keyOf(name) {
  const file = new URL(`../fixtures/keys/${name}.private.pem`, import.meta.url)
  const privateKey = createPrivateKey(readFileSync(file, 'utf8'))
  const publicKey = createPublicKey(privateKey)
  return {
    privateKey,
    publicKey,
    spki: publicKey.export({ type: 'spki', format: 'pem' }),
    pkcs1: publicKey.export({ type: 'pkcs1', format: 'pem' }),
    jwk: publicKey.export({ format: 'jwk' }),
  }
}
