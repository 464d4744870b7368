// RSA keys of the tests, made once and kept under `target/`, where nothing is committed.

import { createPrivateKey, createPublicKey, generateKeyPairSync } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const folder = fileURLToPath(new URL('../../target/differential/', import.meta.url))

/**
 * `{ privateKey, spki, pkcs1, jwk }` of each key; `sizes` has the bits of the modulus by the name of
 * the key, `name` is that of the file.
 */
export function storedKeys(name, sizes) {
  const file = `${folder}${name}.json`
  const pems = stored(file, sizes) ?? made(file, sizes)
  return Object.fromEntries(Object.entries(pems).map(([key, pem]) => [key, keyOf(pem)]))
}

function stored(file, sizes) {
  try {
    const pems = JSON.parse(readFileSync(file, 'utf8'))
    return Object.keys(sizes).every((name) => name in pems) ? pems : null
  } catch {
    return null
  }
}

function made(file, sizes) {
  const pems = Object.fromEntries(
    Object.entries(sizes).map(([name, modulusLength]) => {
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
