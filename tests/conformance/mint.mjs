// Makes tokens of every kind, right and wrong. Everything here is deterministic: fixed keys, fixed
// times, and only signature algorithms that draw no random numbers.

import {
  constants,
  createHash,
  createHmac,
  createPrivateKey,
  createPublicKey,
  privateEncrypt,
  sign,
} from 'node:crypto'
import { readFileSync } from 'node:fs'

const fixture = (name) => readFileSync(new URL(`../fixtures/keys/${name}`, import.meta.url), 'utf8')

/** The time of every case, in ms; and in s, as tokens have it. */
export const NOW = 1_750_000_000_000
export const T = NOW / 1000

const KEYS = ['rsa-2048-a', 'rsa-2048-b', 'rsa-1024', 'ed25519', 'p256']
const privateKeys = Object.fromEntries(
  KEYS.map((name) => [name, createPrivateKey(fixture(`${name}.private.pem`))]),
)

/** The public key as PEM. */
export const pem = (name) => fixture(`${name}.public.pem`)

/** The public key as JWK; its `kid` is its name. `alg: undefined` leaves the member out. */
export function jwk(name, members = {}) {
  const { kty, crv, n, e, x, y } = createPublicKey(pem(name)).export({ format: 'jwk' })
  const alg = { RSA: 'RS256', EC: 'ES256', OKP: 'EdDSA' }[kty]
  return JSON.parse(
    JSON.stringify({ kty, kid: name, use: 'sig', alg, crv, n, e, x, y, ...members }),
  )
}

export const base64url = (data) => Buffer.from(data).toString('base64url')

/** A compact token of any header and payload; texts are taken as they are, to be wrong on purpose. */
export function compact(header, payload, signature) {
  const text = (part) =>
    typeof part === 'string' || Buffer.isBuffer(part) ? part : JSON.stringify(part)
  const input = `${base64url(text(header))}.${base64url(text(payload))}`
  return `${input}.${base64url(signature(Buffer.from(input)))}`
}

/** The signature function of `alg` under the key `name`; `name` is the secret itself for HMAC. */
export function signer(alg, name) {
  const hash = `sha${alg.slice(2)}`
  if (alg === 'EdDSA') return (input) => sign(null, input, privateKeys[name])
  if (alg.startsWith('RS')) return (input) => sign(hash, input, privateKeys[name])
  if (alg.startsWith('HS')) return (input) => createHmac(hash, name).update(input).digest()
  if (alg === 'PS256') return (input) => signPss(input, privateKeys[name])
  throw new Error(`${alg} is not deterministic`)
}

/**
 * RSASSA-PSS with SHA-256 and a key of 2048 bits (RFC 8017 section 8.1.1), with zeros for the salt:
 * valid for every verifier, and the same each time.
 */
function signPss(input, key) {
  const sha256 = (...parts) => createHash('sha256').update(Buffer.concat(parts)).digest()
  const salt = Buffer.alloc(32)
  const hash = sha256(Buffer.alloc(8), sha256(input), salt)
  const block = Buffer.concat([Buffer.alloc(256 - 66), Buffer.from([1]), salt])
  const blocks = Array.from({ length: 7 }, (_, count) =>
    sha256(hash, Buffer.from([0, 0, 0, count])),
  )
  const mask = Buffer.concat(blocks)
  const masked = block.map((byte, at) => byte ^ mask[at])
  masked[0] &= 0x7f
  const padding = constants.RSA_NO_PADDING
  return privateEncrypt({ key, padding }, Buffer.concat([masked, hash, Buffer.from([0xbc])]))
}

/** Signs `claims` with the key `key`; `header` adds members or, with `undefined`, removes them. */
export function mint(
  claims,
  { key = 'rsa-2048-a', alg = key === 'ed25519' ? 'EdDSA' : 'RS256', header = {} } = {},
) {
  const members = { alg, kid: key, typ: 'JWT', ...header }
  return compact(JSON.parse(JSON.stringify(members)), claims, signer(alg, key))
}

/** The claims of a Clerk session token, version 2, as an instance mints it. */
export function session(claims = {}) {
  return {
    azp: 'https://app.example.com',
    exp: T + 50,
    fva: [0, -1],
    iat: T - 10,
    iss: 'https://clerk.example.com',
    jti: 'c0ffee',
    nbf: T - 20,
    sid: 'sess_1',
    sts: 'active',
    sub: 'user_1',
    v: 2,
    ...claims,
  }
}

/** The header that Clerk gives its session tokens. */
export const SESSION_HEADER = { cat: 'cl_B7d4PD111AAA' }

/** The claims of an access token of another issuer. */
export function access(claims = {}) {
  return {
    iss: 'https://issuer.example',
    aud: 'api',
    sub: 'subject-1',
    exp: T + 300,
    iat: T - 10,
    ...claims,
  }
}

/** The text of an object with further members exactly as written. */
export function withRaw(object, raw) {
  return `${JSON.stringify(object).slice(0, -1)},${raw}}`
}
