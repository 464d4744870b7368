// RSA keys of the test, made once and kept under `target/`, where nothing is committed.

import { createPrivateKey, createPublicKey, generateKeyPairSync } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const folder = fileURLToPath(new URL('../../target/differential/', import.meta.url))
const file = `${folder}keys.json`

/** Name and modulus size: the instance's key, a foreign one, and one of a size the peer cannot read. */
const SIZES = { own: 2048, foreign: 2048, large: 4096 }

/** `{ privateKey, spki, pkcs1, jwk }` of each. */
export const keys = Object.fromEntries(
  Object.entries(stored() ?? made()).map(([name, pem]) => [name, keyOf(pem)]),
)

/** The `kid` that tokens name and the key set of the instance has. */
export const KID = 'ins_2a'

function stored() {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return null
  }
}

function made() {
  const pems = Object.fromEntries(
    Object.entries(SIZES).map(([name, modulusLength]) => {
      const { privateKey } = generateKeyPairSync('rsa', { modulusLength })
      return [name, privateKey.export({ type: 'pkcs8', format: 'pem' })]
    }),
  )
  mkdirSync(folder, { recursive: true })
  writeFileSync(file, JSON.stringify(pems))
  return pems
}

function keyOf(pem) {
  const privateKey = createPrivateKey(pem)
  const publicKey = createPublicKey(pem)
  return {
    privateKey,
    spki: publicKey.export({ type: 'spki', format: 'pem' }),
    pkcs1: publicKey.export({ type: 'pkcs1', format: 'pem' }),
    jwk: publicKey.export({ format: 'jwk' }),
  }
}
