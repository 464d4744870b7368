// Access tokens of every version, good ones and every kind of bad one.

import { constants, createHmac, sign } from 'node:crypto'
import { base64url } from '../mint.mjs'
import { KIDS, keys } from './keys.mjs'

/** The whole header of a token of versions 1 and 2, in standard base64. */
export const LEGACY_HEADERS = {
  1: legacyHeader('1'),
  2: legacyHeader('2'),
}

const HASHES = { RS256: 'sha256', RS384: 'sha384', RS512: 'sha512', PS256: 'sha256' }

/**
 * A signed token of version 3 or later. `header` and `payload` are JSON values, or text or bytes taken
 * as they are; `alg` says how it is signed, whatever the header says; `encode` turns a part into
 * text.
 */
export function mint(payload, { header, key = 'dynamic', alg = 'RS256', encode = base64url } = {}) {
  return signed(`${encode(header ?? headerOf('5', key))}.${encode(payload)}`, { key, alg, encode })
}

/** The header of a token as the core writes it; no version makes one like those of `createJWT`. */
export function headerOf(version, key = 'dynamic') {
  const members = { kid: KIDS[key], typ: 'JWT', version, alg: 'RS256' }
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined))
}

/** A token of version 1 or 2: standard base64 throughout. */
export function mintLegacy(
  payload,
  { version = '2', header, key = 'dynamic', encode = base64 } = {},
) {
  const input = `${header ?? LEGACY_HEADERS[version]}.${encode(payload)}`
  return signed(input, { key, alg: 'RS256', encode: base64 })
}

/** Standard base64 with padding; `value` as in `mint`. */
export function base64(value) {
  return Buffer.from(base64url(value), 'base64url').toString('base64')
}

function signed(input, { key, alg, encode }) {
  return `${input}.${encode(signature(Buffer.from(input), key, alg))}`
}

function signature(input, key, alg) {
  if (alg === 'none') return ''
  // The mistake that HS256 is offered for: the public key as the secret.
  if (alg === 'HS256') return createHmac('sha256', keys[key].spki).update(input).digest()
  const { privateKey } = keys[key]
  if (!alg.startsWith('PS')) return sign(HASHES[alg], input, privateKey)
  const padding = constants.RSA_PKCS1_PSS_PADDING
  return sign(HASHES[alg], input, { key: privateKey, padding, saltLength: 32 })
}

function legacyHeader(version) {
  return base64({ alg: 'RS256', typ: 'JWT', version })
}
