// Access tokens of versions 1 and 2: standard base64 and no kid.

import { call, cookies, ok, one, tryRefresh, unauthorised } from '../../frame-supertokens.mjs'
import { base64url, NOW } from '../../mint.mjs'
import {
  base64,
  JWKS,
  LEGACY_HEADER,
  legacyClaims,
  legacySigned,
  legacyToken,
  swapped,
} from '../../mint-supertokens.mjs'

const HOUR = 3_600_000

const legacy = (name, value, expect, members) =>
  one(`version 2: ${name}`, call(cookies(value)), expect, members)
const ofLegacy = (auth) => ok({ recipeUserId: 'u1', ...auth })
const legacyMalformed = unauthorised('session-claims-malformed')
export const legacyTokens = [
  legacy('valid', legacyToken(), {
    ...ofLegacy(),
    auth: { ...ofLegacy().auth, sessionClaims: { plan: 'pro' } },
  }),
  legacy('version 1 is read as 2', legacyToken({}, { head: LEGACY_HEADER[1] }), ofLegacy()),
  legacy('any key of the set', legacyToken({}, { key: 'static' }), ofLegacy()),
  legacy('whatever kind of key is expected', legacyToken(), ofLegacy(), {
    options: { useDynamicAccessTokenSigningKey: false },
  }),
  legacy('in the header', legacyToken(), ofLegacy()),
  legacy('userData null', legacyToken({ userData: null }), ofLegacy()),
  legacy('no userData', legacyToken({ userData: undefined }), legacyMalformed),
  ...['sessionHandle', 'userId', 'refreshTokenHash1'].map((name) =>
    legacy(`${name} is a number`, legacyToken({ [name]: 1 }), legacyMalformed),
  ),
  ...['expiryTime', 'timeCreated'].map((name) =>
    legacy(`${name} is a text`, legacyToken({ [name]: String(NOW) }), legacyMalformed),
  ),
  legacy('stt is 1', legacyToken({ stt: 1 }), unauthorised('token-use-mismatch')),
  legacy('expiring now', legacyToken({ expiryTime: NOW }), ofLegacy()),
  legacy('expired', legacyToken({ expiryTime: NOW - 1 }), tryRefresh('token-expired')),
  legacy(
    'header as unpadded base64url',
    legacyToken({}, { head: LEGACY_HEADER[2].replace('=', '') }),
    unauthorised('token-not-base64url'),
  ),
  legacy(
    'header with its members in another order',
    legacyToken({}, { head: base64('{"typ":"JWT","alg":"RS256","version":"2"}') }),
    unauthorised('token-not-base64url'),
  ),
  legacy(
    'payload in base64url; the peer takes it',
    inBase64url(),
    unauthorised('token-not-base64url'),
  ),
  legacy(
    'an unknown key, made 5 hours ago',
    legacyToken({ timeCreated: NOW - 5 * HOUR }, { key: 'static' }),
    tryRefresh('token-invalid-signature'),
    {
      options: { jwks: { keys: JWKS.keys.slice(0, 1) } },
    },
  ),
  legacy(
    'an unknown key, made just now; the peer asks the core',
    legacyToken({}, { key: 'static' }),
    tryRefresh('token-invalid-signature'),
    {
      options: { jwks: { keys: JWKS.keys.slice(0, 1) } },
    },
  ),
  legacy('four parts', `${legacyToken()}.AA==`, unauthorised('token-not-compact')),
  legacy(
    'two parts',
    legacyToken().split('.').slice(0, 2).join('.'),
    unauthorised('token-not-compact'),
  ),
  legacy(
    'a duplicate claim; for the peer the last counts',
    legacySigned(`${JSON.stringify(legacyClaims()).slice(0, -1)},"userId":"u2"}`),
    unauthorised('token-duplicate-member'),
  ),
  legacy(
    'another payload under a good signature; the peer asks the core',
    swapped(legacyToken(), legacyToken({ userId: 'u2' })),
    tryRefresh('token-invalid-signature'),
  ),
]

function inBase64url() {
  const [head, , signature] = legacyToken().split('.')
  return [head, base64url(JSON.stringify(legacyClaims({ x: '>>>???' }))), signature].join('.')
}
