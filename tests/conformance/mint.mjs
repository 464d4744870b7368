// Makes tokens of every kind, right and wrong. Everything here is deterministic: fixed keys, fixed
// times, and only signature algorithms that draw no random numbers.

import { createHmac, createPrivateKey, createPublicKey, sign } from 'node:crypto'
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
  throw new Error(`${alg} is not deterministic`)
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
