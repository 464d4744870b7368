// Tokens, good ones and every kind of bad one: header and payload may be any text or bytes.

import { sign, verify } from 'node:crypto'
import { KID, keys } from './keys.mjs'

const HASHES = { RS256: 'sha256', RS384: 'sha384', RS512: 'sha512' }

/** `value` is JSON, or text or bytes taken as they are. */
export function base64url(value) {
  if (typeof value === 'string' || value instanceof Uint8Array) {
    return Buffer.from(value).toString('base64url')
  }
  return Buffer.from(JSON.stringify(value)).toString('base64url')
}

/**
 * A signed compact token. Members of `header` that are undefined are left out; a header that is a
 * text or bytes does not choose the hash, SHA-256 unless given.
 */
export function mint(payload, { header = {}, key = keys.own, hash: given } = {}) {
  const isRaw = typeof header === 'string' || header instanceof Uint8Array
  const full = isRaw ? header : { alg: 'RS256', kid: KID, typ: 'JWT', ...header }
  const input = `${base64url(full)}.${base64url(payload)}`
  const hash = given ?? ((!isRaw && HASHES[full.alg]) || 'sha256')
  return `${input}.${sign(hash, Buffer.from(input), key.privateKey).toString('base64url')}`
}

/** The `{ key, hash }` that a token was signed with, or null. */
export function signerOf(token) {
  const end = token.lastIndexOf('.')
  const [input, signature] = [token.slice(0, end), token.slice(end + 1)]
  const pairs = Object.values(keys).flatMap((key) => {
    return Object.values(HASHES).map((hash) => ({ key, hash }))
  })
  return (
    pairs.find(({ key, hash }) => {
      return verify(hash, Buffer.from(input), key.publicKey, Buffer.from(signature, 'base64url'))
    }) ?? null
  )
}

/** Header and payload as a lenient reader sees them (the last duplicate wins), or null. */
export function decode(token) {
  const parts = String(token).split('.')
  if (parts.length !== 3) return null
  try {
    const [header, payload] = parts.slice(0, 2).map((part) => {
      if (!/^[\w-]*=*$/.test(part)) throw new SyntaxError('not base64url')
      const bytes = Buffer.from(part, 'base64url')
      return { value: JSON.parse(new TextDecoder().decode(bytes)), bytes }
    })
    return { header: header.value, payload: payload.value, bytes: [header.bytes, payload.bytes] }
  } catch {
    return null
  }
}
