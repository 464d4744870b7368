// The classes of attack that a token itself can carry: form, header and payload.

import { allowed, bearer, call, clerk, denied, oidc, one, RULE } from '../frame.mjs'
import {
  access,
  base64url,
  compact,
  jwk,
  mint,
  pem,
  session,
  signer,
  T,
  withRaw,
} from '../mint.mjs'

const rs256 = signer('RS256', 'rsa-2048-a')
const HEADER = { alg: 'RS256', kid: 'rsa-2048-a', typ: 'JWT' }

/** The same attack on both providers; Clerk has broader words for some. */
const both = (name, make, exact, word = exact) => [
  one(
    `${name} (clerk)`,
    clerk(),
    call('/api/me', bearer(make(session()))),
    denied(RULE.api, word, word === exact ? null : exact),
  ),
  one(`${name} (oidc)`, oidc(), call('/api/me', bearer(make(access()))), denied(RULE.api, exact)),
]

/** Signed as it stands; only the header or the text of the payload is out of order. */
const header = (members) => (claims) => compact({ ...HEADER, ...members }, claims, rs256)
const rawHeader = (text) => (claims) => compact(text, claims, rs256)
const payload = (text) => (claims) =>
  compact(HEADER, typeof text === 'function' ? text(claims) : text, rs256)
const nothing = () => Buffer.alloc(0)

const ALG = 'token-invalid-algorithm'
const FORM = 'token-invalid'

const alternatives = ['none', 'None', 'NONE', 'nOnE'].flatMap((alg) =>
  both(
    `alg ${alg} and no signature`,
    (claims) => compact({ ...HEADER, alg }, claims, nothing),
    'alg-none',
    ALG,
  ),
)

/** Replaces the last character by the next one of the alphabet: other bits than canonical ones. */
function looseBits(token) {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
  return token.slice(0, -1) + alphabet[alphabet.indexOf(token.at(-1)) + 1]
}

/** The signature with one bit turned. */
function tampered(token) {
  const [head, body, signature] = token.split('.')
  const bytes = Buffer.from(signature, 'base64url')
  bytes[100] ^= 1
  return `${head}.${body}.${base64url(bytes)}`
}

/** The same signature over other claims. */
function swapped(claims) {
  const [head, , signature] = mint(claims).split('.')
  return `${head}.${base64url(JSON.stringify({ ...claims, sub: 'user_2' }))}.${signature}`
}

const nested = (depth) => '['.repeat(depth) + ']'.repeat(depth)

export const tokens = [
  ...alternatives,
  ...both('alg none with the signature of another token', header({ alg: 'none' }), 'alg-none', ALG),
  ...both(
    'no alg',
    (claims) => compact({ kid: 'rsa-2048-a', typ: 'JWT' }, claims, rs256),
    'alg-missing',
    ALG,
  ),
  ...both('alg in lower case', header({ alg: 'rs256' }), 'alg-unsupported', ALG),
  ...both('alg with a blank', header({ alg: ' RS256' }), 'alg-unsupported', ALG),
  ...both('alg is an array', header({ alg: ['RS256'] }), 'alg-unsupported', ALG),
  ...both(
    'the public key as an HMAC secret',
    (claims) =>
      mint(claims, { key: pem('rsa-2048-a'), alg: 'HS256', header: { kid: 'rsa-2048-a' } }),
    'alg-not-allowed',
    ALG,
  ),
  ...both(
    'the public key as an HMAC secret, trimmed',
    (claims) =>
      mint(claims, { key: pem('rsa-2048-a').trim(), alg: 'HS256', header: { kid: 'rsa-2048-a' } }),
    'alg-not-allowed',
    ALG,
  ),
  ...both(
    'the signature is empty',
    (claims) => compact(HEADER, claims, nothing),
    'token-invalid-signature',
  ),
  ...both(
    'the signature has one bit turned',
    (claims) => tampered(mint(claims)),
    'token-invalid-signature',
  ),
  ...both('the signature is of other claims', swapped, 'token-invalid-signature'),
  ...both(
    'signed with a foreign key',
    (claims) => mint(claims, { key: 'rsa-2048-b', header: { kid: 'rsa-2048-a' } }),
    'token-invalid-signature',
  ),

  ...both(
    'the key comes along in the header',
    (claims) =>
      mint(claims, { key: 'rsa-2048-b', header: { kid: 'rsa-2048-a', jwk: jwk('rsa-2048-b') } }),
    'token-invalid-signature',
  ),
  ...both(
    'the header points to a key set',
    (claims) =>
      mint(claims, {
        key: 'rsa-2048-b',
        header: {
          kid: 'rsa-2048-a',
          jku: 'https://evil.example/jwks',
          x5u: 'https://evil.example/x5u',
        },
      }),
    'token-invalid-signature',
  ),
  one(
    'pointers in the header of a good token are not read',
    clerk(),
    call(
      '/api/me',
      bearer(mint(session(), { header: { jku: 'https://evil.example/jwks', x5c: ['x'] } })),
    ),
    allowed(RULE.api),
  ),
  ...both('a critical extension', header({ crit: ['exp'], exp: T + 50 }), 'header-crit'),
  ...both('an empty list of critical extensions', header({ crit: [] }), 'header-crit'),
  ...both('an unencoded payload', header({ b64: false }), 'header-b64'),
  ...both('a compressed payload', header({ zip: 'DEF' }), 'header-zip'),
  ...both('kid is a number', header({ kid: 1 }), 'header-member-type', FORM),
  ...both('kid is longer than the budget', header({ kid: 'k'.repeat(300) }), 'kid-too-long'),

  ...both(
    'a member of the header twice',
    rawHeader(withRaw(HEADER, '"alg":"RS256"')),
    'token-duplicate-member',
  ),
  ...both(
    'a claim twice',
    payload((claims) => withRaw(claims, '"sub":"user_2"')),
    'token-duplicate-member',
  ),
  ...both(
    'a claim twice, once escaped',
    payload((claims) => withRaw(claims, '"s\\u0075b":"user_2"')),
    'token-duplicate-member',
  ),
  ...both(
    'a member twice deep inside',
    payload((claims) => withRaw(claims, '"x":[{"y":{"z":1,"z":2}}]')),
    'token-duplicate-member',
  ),

  ...both('padding', (claims) => `${mint(claims)}==`, 'token-not-base64url', FORM),
  ...both(
    'standard base64',
    (claims) => mint(claims).replaceAll('-', '+').replaceAll('_', '/'),
    'token-not-base64url',
    FORM,
  ),
  ...both('loose trailing bits', (claims) => looseBits(mint(claims)), 'token-not-base64url', FORM),
  ...both(
    'a character too many',
    (claims) => mint(claims).replace('.', 'AAA.'),
    'token-not-base64url',
    FORM,
  ),
  ...both(
    'two parts',
    (claims) => mint(claims).split('.').slice(0, 2).join('.'),
    'token-not-compact',
    FORM,
  ),
  ...both('four parts', (claims) => `${mint(claims)}.x`, 'token-not-compact', FORM),
  ...both(
    'five parts, an encrypted token',
    (claims) => `${mint(claims)}.x.y`,
    'token-encrypted',
    FORM,
  ),
  ...both('no token at all', () => 'nonsense', 'token-not-compact', FORM),

  ...both(
    'the payload is no UTF-8',
    payload(Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d])),
    'token-not-utf8',
    FORM,
  ),
  ...both(
    'the payload starts with a byte order mark',
    payload((claims) => `\u{feff}${JSON.stringify(claims)}`),
    'token-not-json',
    FORM,
  ),
  ...both(
    'half a surrogate pair',
    payload((claims) => withRaw(claims, '"x":"\\ud800"')),
    'token-not-json',
    FORM,
  ),
  ...both(
    'the payload is cut off',
    payload((claims) => JSON.stringify(claims).slice(0, -1)),
    'token-not-json',
    FORM,
  ),
  ...both(
    'something after the payload',
    payload((claims) => `${JSON.stringify(claims)}{}`),
    'token-not-json',
    FORM,
  ),
  ...both('the payload is null', payload('null'), 'token-not-object', FORM),
  ...both('the payload is an array', payload('[]'), 'token-not-object', FORM),
  ...both('the header is an array', rawHeader('["RS256"]'), 'token-not-object', FORM),
  one(
    'a NUL in the subject is a character like any other',
    clerk(),
    call('/api/me', bearer(mint(session({ sub: 'user_1\u0000' })))),
    allowed(RULE.api, { userId: 'user_1\u0000' }),
  ),

  ...both(
    'JSON nested too deep',
    payload((claims) => withRaw(claims, `"x":${nested(8)}`)),
    'token-too-deep',
  ),
  one(
    'JSON nested as deep as allowed',
    clerk(),
    call('/api/me', bearer(payload((claims) => withRaw(claims, `"x":${nested(7)}`))(session()))),
    allowed(RULE.api),
  ),
  ...both(
    'too many members',
    payload((claims) => withRaw(claims, `"x":[${'0,'.repeat(600)}0]`)),
    'token-too-many-members',
  ),
  ...both(
    'a token beyond 8 KB',
    (claims) => mint({ ...claims, x: 'y'.repeat(8000) }),
    'token-too-large',
  ),
  ...both('a header beyond 1 KB', header({ x: 'y'.repeat(1100) }), 'token-header-too-large'),
  one(
    'a budget of its own',
    clerk(),
    call('/api/me', bearer(mint(session()))),
    denied(RULE.api, 'token-too-large'),
    { budget: { tokenBytes: 256 } },
  ),
]
