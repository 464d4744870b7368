// The cookies that a visitor may come with.

import { base64, headerOf, mint, mintLegacy } from '../mint.mjs'

/** The moment of every walk. */
export const NOW = Date.UTC(2026, 2, 4, 5, 6, 7, 250)
const SECONDS = Math.floor(NOW / 1000)
const HOUR = 3600
/** An id that no key set has. */
const UNKNOWN_KID = 'd-1799999999999'

const PAYLOAD = {
  iat: SECONDS - 10,
  exp: SECONDS + HOUR,
  sub: 'user',
  tId: 'public',
  rsub: 'user',
  sessionHandle: 'handle',
  refreshTokenHash1: 'hash',
  parentRefreshTokenHash1: null,
  antiCsrfToken: 'csrf',
  iss: 'https://api.example.com/auth',
  'st-ev': { v: true, t: NOW - 1000 },
  'st-mfa': { v: true, c: { emailpassword: SECONDS - 10 } },
  'st-role': { v: ['admin'], t: NOW - 1000 },
}

/** A token of version 5 with other claims. */
export function session(claims = {}, options = {}) {
  return mint({ ...PAYLOAD, ...claims }, { header: headerOf('5', options.key), ...options })
}

const GOOD = session()
const LEGACY = mintLegacy({
  sessionHandle: 'handle',
  userId: 'user',
  refreshTokenHash1: 'hash',
  userData: {},
  expiryTime: NOW + 1000 * HOUR,
  timeCreated: NOW - 10_000,
})
const EXPIRED = session({ iat: SECONDS - 2 * HOUR, exp: SECONDS - HOUR })
const verified = (v, t = NOW - 1000) => ({ 'st-ev': { v, t } })
const factors = (v) => ({ 'st-mfa': { v, c: {} } })

/** What makes a kind: `cookies` as `[name, value]`, and what there is to know of it. */
const kind = (name, token, facts = {}) => {
  return { name, cookies: [['sAccessToken', token]], isGood: false, ...facts }
}
const good = (name, token, facts = {}) => kind(name, token, { isGood: true, ...facts })

/** What a visitor may come with, without regard to claims. */
export const TOKENS = [
  { name: 'none', cookies: [], isGood: false },
  good('good', GOOD),
  good('first since a refresh', session({ parentRefreshTokenHash1: 'parent' })),
  kind('expired', EXPIRED),
  kind('of tomorrow', session({ nbf: SECONDS + 24 * HOUR })),
  kind('of an unknown key', session({}, { header: { ...headerOf('5'), kid: UNKNOWN_KID } })),
  kind('of the other kind of key', session({}, { key: 'static' })),
  kind('malformed', 'not.a.token'),
  kind('twice', GOOD, { isTwice: true }),
  kind('good beside one of an old kit', GOOD, {
    cookies: [
      ['sAccessToken', GOOD],
      ['sIdRefreshToken', 'old'],
    ],
  }),
  kind('good among too many cookies', GOOD, {
    cookies: [
      ['sAccessToken', GOOD],
      ['large', 'x'.repeat(40_000)],
    ],
  }),
]

/** More of the same kinds. */
export const OTHER_TOKENS = [
  good('good, version 2', LEGACY),
  kind('expires now', session({ exp: SECONDS })),
  kind('forged', session({}, { key: 'foreign', header: headerOf('5') })),
  kind('unsigned', session({}, { header: { ...headerOf('5'), alg: 'none' }, alg: 'none' })),
  kind('of another issuer', mint({ sub: 'x', exp: SECONDS + HOUR }, { header: { alg: 'RS256' } })),
  kind('for another use', session({ stt: 1 })),
  kind('empty', ''),
  kind('twice, one of them expired', GOOD, { isTwice: EXPIRED }),
  { name: 'of an old kit', cookies: [['sIdRefreshToken', 'old']], isGood: false },
]

/** Good tokens with claims of every kind. */
export const CLAIMS = [
  good('all claims hold', GOOD),
  good(
    'no claims at all',
    session({ 'st-ev': undefined, 'st-mfa': undefined, 'st-role': undefined }),
    {
      fails: ['st-ev', 'st-mfa', 'st-role'],
    },
  ),
  good('not verified', session(verified(false)), { fails: ['st-ev'] }),
  good('verified long ago', session(verified(true, NOW - 10 * HOUR * 1000)), { fails: ['st-ev'] }),
  good('no second factor', session(factors(false)), { fails: ['st-mfa'] }),
  good('neither', session({ ...verified(false), ...factors(false) }), {
    fails: ['st-ev', 'st-mfa'],
  }),
  good('another role', session({ 'st-role': { v: ['user'], t: NOW } }), { fails: ['st-role'] }),
  good('malformed claims', session({ 'st-ev': 1, 'st-mfa': [], 'st-role': { v: 'admin' } }), {
    fails: ['st-ev', 'st-mfa', 'st-role'],
  }),
  kind('expired', EXPIRED),
  { name: 'none', cookies: [], isGood: false },
]

/** The access tokens that a refresh may bring, and when they end. */
export const REFRESHED = {
  good: { token: session({ iat: SECONDS }), expiry: (SECONDS + HOUR) * 1000 },
  // Two clocks that differ: what is new for the core has expired for the gate.
  expired: { token: EXPIRED, expiry: (SECONDS - HOUR) * 1000 },
  unknown: {
    token: session({ iat: SECONDS }, { header: { ...headerOf('5'), kid: UNKNOWN_KID } }),
    expiry: (SECONDS + HOUR) * 1000,
  },
}

/** The cookie that the browser's kit keeps, by its name in the dimension. */
export const FRONT_TOKENS = {
  none: null,
  valid: front(SECONDS + HOUR),
  expired: front(SECONDS - HOUR),
  garbage: '%',
}

function front(expires) {
  return base64({ uid: 'user', ate: expires * 1000, up: PAYLOAD })
}
