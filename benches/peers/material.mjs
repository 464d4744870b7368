// What is measured with: keys, tokens of exactly the size that real ones have, and cookies around
// them. Every token belongs to another user, so that an answer about the wrong one shows.

import { createHash, createPrivateKey, createPublicKey, sign } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { userOf } from './visitors.mjs'

/** Bytes of a token and of a whole Cookie header. */
const TOKEN_BYTES = 1222
const COOKIE_BYTES = 1741
/** How long tokens are good; no measurement takes longer. */
const DAY = 86_400

const HOST = 'clerk.example.com'
const KID = 'ins_2aBcDeFgHiJkLmNoPqRsTuVwXyZ'
const SESSION_KID = 'd-1749000000000'

/** Everything that the contenders are made from, as JSON: `count` tokens of each provider. */
export function makeMaterial(count, { coreUrl = null } = {}) {
  const privateKey = fixture('rsa-2048-a')
  const publicKey = createPublicKey(privateKey)
  const jwk = publicKey.export({ format: 'jwk' })
  const publishableKey = `pk_live_${btoa(`${HOST}$`)}`
  return {
    clerk: {
      publishableKey,
      // Clerk's suffix of cookie names: the first letters of a hash of the publishable key.
      suffix: createHash('sha1').update(publishableKey).digest('base64url').slice(0, 8),
      secretKey: 'sk_live_benchmark',
      issuer: `https://${HOST}`,
      origin: 'https://app.example.com',
      pem: publicKey.export({ type: 'spki', format: 'pem' }),
      jwk: { ...jwk, kid: KID, use: 'sig', alg: 'RS256' },
      tokens: tokens(count, (user) => clerkToken(user, privateKey)),
    },
    session: {
      apiDomain: 'https://api.example.com',
      websiteDomain: 'https://example.com',
      coreUrl,
      jwks: { keys: [{ ...jwk, kid: SESSION_KID, use: 'sig', alg: 'RS256' }] },
      tokens: tokens(count, (user) => sessionToken(user, privateKey)),
    },
    cookieBytes: COOKIE_BYTES,
  }
}

/** A Clerk session token of version 2 for this user. */
export function clerkToken(user, privateKey = fixture('rsa-2048-a'), members = {}) {
  const now = Math.floor(Date.now() / 1000)
  const header = { alg: 'RS256', cat: 'cl_B7d4PD111AAA', kid: KID, typ: 'JWT' }
  return padded(header, privateKey, {
    azp: 'https://app.example.com',
    email: `${user}@example.com`,
    exp: now + DAY,
    fva: [0, -1],
    iat: now - 10,
    iss: `https://${HOST}`,
    jti: user.slice(-8),
    metadata: { plan: 'pro', team: 'north' },
    nbf: now - 20,
    o: { id: 'org_1', rol: 'admin', slg: 'acme', per: 'read,manage', fpm: '3' },
    sid: `sess_${user}`,
    sts: 'active',
    sub: user,
    v: 2,
    ...members,
  })
}

function sessionToken(user, privateKey) {
  const now = Math.floor(Date.now() / 1000)
  const header = { kid: SESSION_KID, typ: 'JWT', version: '5', alg: 'RS256' }
  return padded(header, privateKey, {
    iat: now - 10,
    exp: now + DAY,
    sub: user,
    tId: 'public',
    rsub: user,
    sessionHandle: `handle-${user}`,
    refreshTokenHash1: createHash('sha256').update(user).digest('hex'),
    parentRefreshTokenHash1: null,
    antiCsrfToken: null,
    iss: 'https://api.example.com/auth',
  })
}

/** Signed, with one more claim that brings it to its size. */
function padded(header, privateKey, claims) {
  const head = base64url(header)
  const signature = 342
  const payload = Math.floor(((TOKEN_BYTES - head.length - signature - 2) * 3) / 4)
  const frame = JSON.stringify({ ...claims, note: '' }).length
  const input = `${head}.${base64url({ ...claims, note: 'n'.repeat(payload - frame) })}`
  const token = `${input}.${sign('sha256', Buffer.from(input), privateKey).toString('base64url')}`
  if (token.length !== TOKEN_BYTES) throw new Error(`a token has ${token.length} bytes`)
  return token
}

function tokens(count, make) {
  return Array.from({ length: count }, (_, place) => make(userOf(place)))
}

function base64url(value) {
  return Buffer.from(JSON.stringify(value)).toString('base64url')
}

function fixture(name) {
  const file = new URL(`../../tests/fixtures/keys/${name}.private.pem`, import.meta.url)
  return createPrivateKey(readFileSync(file, 'utf8'))
}
