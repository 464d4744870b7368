// Which key of a set a token means, and keys that mean nothing.

import { allowed, bearer, call, clerkWithKeys, denied, oidc, one, RULE } from '../frame.mjs'
import { access, base64url, compact, jwk, mint, session } from '../mint.mjs'

const clerkCall = (name, token, expect, provider = clerkWithKeys()) =>
  one(name, provider, call('/api/me', bearer(token)), expect)
const oidcCall = (name, options, token, expect) =>
  one(name, oidc(options), call('/api/me', bearer(token)), expect)

const SUBJECT = { userId: 'subject-1' }
const unknown = denied(RULE.api, 'jwk-kid-mismatch', 'key-not-found')
const set = (...keys) => ({ jwks: { keys } })

/** A signature under a P-256 key, made of two numbers as they stand. */
function ecSignature(r, s) {
  const header = { alg: 'ES256', kid: 'p256', typ: 'JWT' }
  return compact(header, access(), () => Buffer.concat([r, s]))
}
const EC = { ...set(jwk('p256')), algorithms: ['ES256'] }
const N = Buffer.from('ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551', 'hex')
const zero = Buffer.alloc(32)
const one32 = Buffer.concat([Buffer.alloc(31), Buffer.from([1])])

/** The same Ed25519 signature with S + L in place of S (RFC 8032 section 5.1.7 forbids it). */
function malleated(token) {
  const [head, body, signature] = token.split('.')
  const bytes = Buffer.from(signature, 'base64url')
  const order = 2n ** 252n + 27742317777372353535851937790883648493n
  let s = BigInt(`0x${Buffer.from(bytes.subarray(32)).reverse().toString('hex')}`) + order
  for (let i = 32; i < 64; i++, s >>= 8n) bytes[i] = Number(s & 255n)
  return `${head}.${body}.${base64url(bytes)}`
}

export const keys = [
  clerkCall('the key of the set that the token names', mint(session()), allowed(RULE.api)),
  clerkCall('the other key of the set', mint(session(), { key: 'rsa-2048-b' }), allowed(RULE.api)),
  clerkCall('a key that is not in the set', mint(session(), { header: { kid: 'other' } }), unknown),
  ...[
    '__proto__',
    'constructor',
    '../../etc/passwd',
    "' OR 1=1 --",
    'RSA-2048-A',
    'rsa-2048-a ',
  ].map((kid) =>
    clerkCall(`a kid that is only a name: ${kid}`, mint(session(), { header: { kid } }), unknown),
  ),
  clerkCall(
    'no kid where two keys could be meant',
    mint(session(), { header: { kid: undefined } }),
    denied(RULE.api, 'jwk-kid-mismatch', 'kid-missing'),
  ),
  oidcCall(
    'no kid where one key alone can be meant',
    {},
    mint(access(), { header: { kid: undefined } }),
    allowed(RULE.api, SUBJECT),
  ),
  oidcCall(
    'two keys of one name',
    set(jwk('rsa-2048-a'), jwk('rsa-2048-b', { kid: 'rsa-2048-a' })),
    mint(access()),
    denied(RULE.api, 'kid-ambiguous'),
  ),
  oidcCall(
    'a key without alg is bound to the one algorithm that is allowed',
    { ...set(jwk('rsa-2048-a', { alg: undefined })), algorithms: ['RS384'] },
    mint(access(), { alg: 'RS384' }),
    allowed(RULE.api, SUBJECT),
  ),
  oidcCall(
    'the algorithm of a key without alg is not taken from the token',
    set(jwk('rsa-2048-a', { alg: undefined })),
    mint(access(), { alg: 'RS512' }),
    denied(RULE.api, 'alg-not-allowed'),
  ),
  oidcCall(
    'a key without alg where more than one could be meant',
    { ...set(jwk('rsa-2048-a', { alg: undefined })), algorithms: ['RS256', 'RS512'] },
    mint(access()),
    denied(RULE.api, 'jwk-unusable'),
  ),
  oidcCall(
    'another algorithm than that of the key',
    { ...set(jwk('rsa-2048-a')), algorithms: ['RS256', 'RS384'] },
    mint(access(), { alg: 'RS384' }),
    denied(RULE.api, 'alg-key-mismatch'),
  ),
  oidcCall(
    'a key that is meant for encryption',
    set(jwk('rsa-2048-a', { use: 'enc' })),
    mint(access()),
    denied(RULE.api, 'jwk-unusable'),
  ),
  oidcCall(
    'an RSA key of 1024 bits',
    set(jwk('rsa-2048-a'), jwk('rsa-1024')),
    mint(access(), { key: 'rsa-1024' }),
    denied(RULE.api, 'jwk-unusable'),
  ),
  oidcCall(
    'a bad key does not spoil the others',
    set(jwk('rsa-1024'), { kty: 'XYZ', kid: 'x' }, jwk('rsa-2048-a')),
    mint(access()),
    allowed(RULE.api, SUBJECT),
  ),
  oidcCall(
    'ES256 with r = 0 and s = 0',
    EC,
    ecSignature(zero, zero),
    denied(RULE.api, 'token-invalid-signature'),
  ),
  oidcCall(
    'ES256 with r = n',
    EC,
    ecSignature(N, one32),
    denied(RULE.api, 'token-invalid-signature'),
  ),
  oidcCall(
    'ES256 with s = n',
    EC,
    ecSignature(one32, N),
    denied(RULE.api, 'token-invalid-signature'),
  ),
  oidcCall(
    'ES256 with a DER signature',
    EC,
    ecSignature(Buffer.from('3006020101', 'hex'), Buffer.from('020101', 'hex')),
    denied(RULE.api, 'token-invalid-signature'),
  ),
  oidcCall(
    'ES256 with a signature of 63 bytes',
    EC,
    ecSignature(one32, one32.subarray(1)),
    denied(RULE.api, 'token-invalid-signature'),
  ),
  oidcCall(
    'EdDSA',
    { ...set(jwk('ed25519')), algorithms: ['EdDSA'] },
    mint(access(), { key: 'ed25519' }),
    allowed(RULE.api, SUBJECT),
  ),
  oidcCall(
    'EdDSA with S beyond the order of the group',
    { ...set(jwk('ed25519')), algorithms: ['EdDSA'] },
    malleated(mint(access(), { key: 'ed25519' })),
    denied(RULE.api, 'token-invalid-signature'),
  ),
]
