// RSA keys of the fixtures, so that a seed makes the same cases anywhere.

import { createPrivateKey, createPublicKey } from 'node:crypto'
import { readFileSync } from 'node:fs'

/** `{ privateKey, publicKey, spki, pkcs1, jwk }` of each; `names` has the names of the files. */
export function fixtureKeys(names) {
  return Object.fromEntries(Object.entries(names).map(([name, file]) => [name, keyOf(file)]))
}

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
