/** Keys that live as long as a test, made by WebCrypto. */
import type { Jwk } from '../types.js'

/** What test tokens can be signed with. */
export type TestAlgorithm = 'RS256' | 'ES256'

/** A key to sign with, and its public half. */
export interface TestKey {
  readonly alg: TestAlgorithm
  readonly kid: string
  /** The public key with `kid`, `alg` and `use`. */
  readonly jwk: Jwk
  /** The public key as PEM (SPKI). */
  readonly pem: string
  sign(message: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>>
  /** A key of somebody else, the same each time: making one takes a while. */
  stranger(): Promise<TestKey>
}

const RSA = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' }
const EC = { name: 'ECDSA', hash: 'SHA-256' }

/** The parameters to make a key with: RFC 7518 sections 3.3 and 3.4. */
const FORMS = {
  RS256: { ...RSA, modulusLength: 2048, publicExponent: new Uint8Array([1, 0, 1]) },
  ES256: { ...EC, namedCurve: 'P-256' },
}

/** Makes a new key. */
export async function newKey(alg: TestAlgorithm, kid: string): Promise<TestKey> {
  const { subtle } = crypto
  const pair = await subtle.generateKey(FORMS[alg], true, ['sign', 'verify'])
  const { kty, crv, n, e, x, y } = await subtle.exportKey('jwk', pair.publicKey)
  const members = kty === 'RSA' ? { kty, n, e } : { kty: 'EC', crv, x, y }
  const spki = new Uint8Array(await subtle.exportKey('spki', pair.publicKey))
  let stranger: Promise<TestKey> | undefined
  return {
    alg,
    kid,
    jwk: { ...members, kid, alg, use: 'sig' },
    pem: pemOf(spki),
    sign: async (message) => {
      const signature = await subtle.sign(alg === 'RS256' ? RSA : EC, pair.privateKey, message)
      return new Uint8Array(signature)
    },
    stranger: () => {
      stranger ??= newKey(alg, kid)
      return stranger
    },
  }
}

/** Signs with HMAC and SHA-256 (RFC 7518 section 3.2). */
export async function hmac(
  secret: Uint8Array<ArrayBuffer>,
  message: Uint8Array<ArrayBuffer>,
): Promise<Uint8Array<ArrayBuffer>> {
  const { subtle } = crypto
  const form = { name: 'HMAC', hash: 'SHA-256' }
  const key = await subtle.importKey('raw', secret, form, false, ['sign'])
  return new Uint8Array(await subtle.sign(form, key, message))
}

/** RFC 7468 section 13. */
function pemOf(spki: Uint8Array): string {
  const lines = btoa(String.fromCharCode(...spki)).match(/.{1,64}/g) ?? []
  return ['-----BEGIN PUBLIC KEY-----', ...lines, '-----END PUBLIC KEY-----', ''].join('\n')
}
