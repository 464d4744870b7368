// The headers of access tokens: types, algorithms, names of keys and what else stands there.

import { call, cookies, ok, one, tryRefresh, unauthorised } from '../../frame-supertokens.mjs'
import { jwk } from '../../mint.mjs'
import { claims, header, JWKS, KID, signed, swapped, token } from '../../mint-supertokens.mjs'

const GOOD = token()

const row = (name, text, expect, members) =>
  one(`token: ${name}`, call(cookies(text)), expect, members)
const headed = (changes, options) => signed(header(changes), claims(), options)
const malformed = unauthorised('session-claims-malformed')

export const headers = [
  row('typ "jwt"', headed({ typ: 'jwt' }), unauthorised('typ-mismatch')),
  row('typ "at+jwt"', headed({ typ: 'at+jwt' }), unauthorised('typ-mismatch')),
  row('no typ', headed({ typ: undefined }), unauthorised('typ-mismatch')),
  row('no kid', headed({ kid: undefined }), unauthorised('kid-missing')),
  row('kid unknown', headed({ kid: 'd-1' }), tryRefresh('key-not-found')),
  row('kid empty', headed({ kid: '' }), tryRefresh('key-not-found')),
  row(
    'kid in another case',
    headed({ kid: KID.dynamic.toUpperCase() }),
    tryRefresh('key-not-found'),
  ),
  ...['__proto__', '../keys', `${KID.dynamic}\u0000`, ` ${KID.dynamic}`].map((kid) =>
    row(`kid ${JSON.stringify(kid)}`, headed({ kid }), tryRefresh('key-not-found')),
  ),
  ...[null, 7, {}, [KID.dynamic]].flatMap((kid) => [
    row(`kid ${JSON.stringify(kid)}`, headed({ kid }), tryRefresh('header-member-type')),
    row(
      `kid ${JSON.stringify(kid)} with one key; the peer has a status 500`,
      headed({ kid }),
      tryRefresh('header-member-type'),
      { options: { jwks: { keys: JWKS.keys.slice(0, 1) } } },
    ),
  ]),
  row('a long kid', headed({ kid: `d-${'1'.repeat(300)}` }), tryRefresh('kid-too-long')),
  row(
    'a bad signature',
    token({}, { key: 'static', head: header() }),
    tryRefresh('token-invalid-signature'),
  ),
  row(
    'another payload under a good signature',
    swapped(GOOD, token({ sub: 'u2' })),
    tryRefresh('token-invalid-signature'),
  ),
  row(
    'no signature',
    `${GOOD.split('.').slice(0, 2).join('.')}.`,
    tryRefresh('token-invalid-signature'),
  ),
  ...['RS512', 'RS384', 'PS256'].map((alg) =>
    row(alg, headed({ alg }, { alg }), tryRefresh('alg-not-allowed')),
  ),
  row('RS512 in name alone', headed({ alg: 'RS512' }), tryRefresh('alg-not-allowed')),
  row(
    'PS256 with a key that names no algorithm; the peer takes it',
    headed({ alg: 'PS256' }, { alg: 'PS256' }),
    tryRefresh('alg-not-allowed'),
    { options: { jwks: { keys: [jwk('rsa-2048-a', { kid: KID.dynamic, alg: undefined })] } } },
  ),
  ...['none', 'None', 'NONE'].map((alg) =>
    row(`alg ${alg}`, headed({ alg }, { alg: 'none' }), tryRefresh('alg-none')),
  ),
  row('alg none with a good signature', headed({ alg: 'none' }), tryRefresh('alg-none')),
  row(
    'HS256',
    headed({ alg: 'HS256' }, { alg: 'HS256', key: 'a secret' }),
    tryRefresh('alg-not-allowed'),
  ),
  row('no alg', headed({ alg: undefined }), tryRefresh('alg-missing')),
  row('alg in lower case', headed({ alg: 'rs256' }), tryRefresh('alg-unsupported')),
  row('alg that is a list', headed({ alg: ['RS256'] }), tryRefresh('alg-unsupported')),
  row('crit that nobody knows', headed({ crit: ['x'], x: 1 }), tryRefresh('header-crit')),
  row(
    'crit with a payload that is none',
    signed(header({ crit: ['x'] }), { sub: 'u1' }),
    malformed,
  ),
  row('b64; the peer takes it', headed({ b64: true }), tryRefresh('header-b64')),
  row('zip; the peer does not look', headed({ zip: 'DEF' }), tryRefresh('header-zip')),
  row(
    'keys of its own',
    headed({ jwk: jwk('rsa-2048-b'), jku: 'https://evil.example', x5c: ['x'] }),
    ok(),
  ),
]
