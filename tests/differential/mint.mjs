// Tokens, good ones and every kind of bad one: header and payload may be any text or bytes.

import { sign } from 'node:crypto'
import { KID, keys } from './keys.mjs'

const HASHES = { RS256: 'sha256', RS384: 'sha384', RS512: 'sha512' }

/** `value` is JSON, or text or bytes taken as they are. */
export function base64url(value) {
  if (typeof value === 'string' || value instanceof Uint8Array) {
    return Buffer.from(value).toString('base64url')
  }
  return Buffer.from(JSON.stringify(value)).toString('base64url')
}

/** A signed compact token. Members of `header` that are undefined are left out. */
export function mint(payload, { header = {}, key = keys.own } = {}) {
  const isRaw = typeof header === 'string' || header instanceof Uint8Array
  const full = isRaw ? header : { alg: 'RS256', kid: KID, typ: 'JWT', ...header }
  const input = `${base64url(full)}.${base64url(payload)}`
  const hash = (!isRaw && HASHES[full.alg]) || 'sha256'
  return `${input}.${sign(hash, Buffer.from(input), key.privateKey).toString('base64url')}`
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
