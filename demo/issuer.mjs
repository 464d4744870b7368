// A small issuer: makes a key when it starts and signs session tokens in the shape of Clerk's.

import { generateKeyPairSync, sign } from 'node:crypto'
import { listen } from './http.mjs'

/** The name starts with `dev-`: it must never be believed in production. */
const KID = 'dev-demo'

/** The people who can sign in. */
export const PEOPLE = {
  ada: { name: 'Ada Lovelace', email: 'ada@example.com', role: 'admin' },
  ben: { name: 'Ben Bitdiddle', email: 'ben@example.com', role: 'member' },
}

/** Serves the public key; gives functions that mint tokens. */
export async function startIssuer() {
  const own = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const foreign = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const jwk = { ...own.publicKey.export({ format: 'jwk' }), kid: KID, alg: 'RS256', use: 'sig' }
  const server = await listen(async (request, response) => {
    if (request.url === '/.well-known/jwks.json') {
      response.setHeader('content-type', 'application/json')
      response.end(JSON.stringify({ keys: [jwk] }))
    } else {
      response.writeHead(404).end()
    }
  })
  const claims = (person, origin, more) => sessionClaims(person, origin, server.origin, more)
  return {
    jwksUrl: `${server.origin}/.well-known/jwks.json`,
    stop: server.stop,
    /** A session token for one of {@link PEOPLE}, to be used at `origin`. */
    mint: (person, origin) => token({}, claims(person, origin), own.privateKey),
    /** Tokens that must be refused, by what is wrong with them. */
    broken: {
      tampered: (origin) => tampered(token({}, claims('ada', origin), own.privateKey)),
      expired: (origin) => token({}, claims('ada', origin, expired()), own.privateKey),
      'wrong audience': (origin) =>
        token({}, claims('ada', origin, { aud: 'another-app' }), own.privateKey),
      'foreign key': (origin) => token({}, claims('ada', origin), foreign.privateKey),
      'unknown key': (origin) =>
        token({ kid: 'dev-other' }, claims('ada', origin), foreign.privateKey),
      'another origin': () => token({}, claims('ada', 'https://evil.example'), own.privateKey),
      unsigned: (origin) => token({ alg: 'none' }, claims('ada', origin), null),
      oversized: (origin) =>
        token({}, claims('ada', origin, { bio: 'x'.repeat(8192) }), own.privateKey),
    },
  }
}

/** Version 2 of Clerk's session claims, with two custom ones. */
function sessionClaims(id, origin, issuer, more = {}) {
  const now = Math.floor(Date.now() / 1000)
  const { name, email, role } = PEOPLE[id]
  return {
    iss: issuer,
    aud: 'demo',
    azp: origin,
    sub: `user_${id}`,
    sid: `sess_${id}`,
    iat: now,
    nbf: now - 10,
    exp: now + 600,
    sts: 'active',
    v: 2,
    fea: 'o:invoices',
    o: {
      id: 'org_acme',
      slg: 'acme',
      rol: role,
      per: 'read,write',
      fpm: role === 'admin' ? '3' : '1',
    },
    fullName: name,
    primaryEmail: email,
    ...more,
  }
}

function expired() {
  const now = Math.floor(Date.now() / 1000)
  return { iat: now - 120, nbf: now - 130, exp: now - 60 }
}

function token(header, claims, key) {
  const part = (value) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const input = `${part({ alg: 'RS256', kid: KID, typ: 'JWT', ...header })}.${part(claims)}`
  const signature =
    key === null ? '' : sign('sha256', Buffer.from(input), key).toString('base64url')
  return `${input}.${signature}`
}

/** Other claims under the same signature. */
function tampered(text) {
  const [header, payload, signature] = text.split('.')
  const claims = JSON.parse(Buffer.from(payload, 'base64url'))
  const other = Buffer.from(JSON.stringify({ ...claims, sub: 'user_eve' })).toString('base64url')
  return `${header}.${other}.${signature}`
}
