// Access tokens: mostly good ones of every version, some expired, some odd in one way or two.

import { base64url } from '../../mint.mjs'
import { headerOf, mint, mintLegacy } from '../mint.mjs'
import { legacyOddities } from './legacy.mjs'
import { oddities } from './oddities.mjs'

/**
 * A token of this case. `kind` is `good`, `expired` or `odd`; unless given, it is drawn, as is whether
 * it is of one of the old versions.
 */
export function accessToken(draft, kind = kindOf(draft), isLegacy = drawLegacy(draft)) {
  return isLegacy
    ? legacyToken(draft, draft.random.weighted(LEGACY_VERSIONS), kind)
    : modernToken(draft, draft.random.weighted(VERSIONS), kind)
}

const VERSIONS = [
  [6, '5'],
  [2.5, '4'],
  [1.5, '3'],
  [1, undefined],
]
const LEGACY_VERSIONS = [
  [5, '2'],
  [1, '1'],
]

function drawLegacy({ random, isLegacy }) {
  return random.chance(isLegacy === undefined ? 0.14 : Number(isLegacy))
}

function kindOf({ random, oddTokens, expiredTokens }) {
  if (random.chance(oddTokens)) return 'odd'
  return random.chance(expiredTokens) ? 'expired' : 'good'
}

function modernToken(draft, version, kind) {
  const { random, seconds } = draft
  const key = keyOf(draft)
  const plan = {
    version,
    header: shuffled(random, headerOf(version, key)),
    payload: payloadOf(draft, version),
    key,
    alg: 'RS256',
    encode: base64url,
    /** Texts that take the place of header and payload. */
    headerText: undefined,
    payloadText: undefined,
    finish: (text) => text,
  }
  if (kind === 'expired') plan.payload.exp = seconds - random.pick([0, 1, 2, 60, 86_400])
  if (kind === 'odd') {
    random.weighted(oddities)(plan, draft)
    if (random.chance(0.1)) random.weighted(oddities)(plan, draft)
  }
  if (draft.algorithms) plan.header.alg = plan.alg = random.pick(draft.algorithms)
  const header = plan.headerText ?? plan.header
  const text = mint(plan.payloadText ?? plan.payload, { ...plan, header })
  return plan.finish(text)
}

/** Somebody else's token: nothing that SuperTokens would take for one of its own. */
export function foreignToken({ seconds, random }) {
  const header = { alg: 'RS256', typ: 'JWT', kid: random.pick(['ins_1', 'x']) }
  const payload = { sub: 'someone', exp: seconds + 60, iat: seconds }
  return random.pick([
    mint(payload, { header, key: 'foreign' }),
    'garbage',
    random.word(40),
    'a.b.c',
    '..',
    'null',
  ])
}

function legacyToken(draft, version, kind) {
  const { random, now } = draft
  const plan = {
    version,
    payload: legacyPayload(draft),
    key: random.weighted([
      [6, 'dynamic'],
      [2, 'old'],
      [1, 'static'],
    ]),
    header: undefined,
    encode: undefined,
    payloadText: undefined,
    finish: (text) => text,
  }
  if (kind === 'expired') plan.payload.expiryTime = now - random.pick([1, 2, 1000, 86_400_000])
  if (kind === 'odd') random.weighted(legacyOddities)(plan, draft)
  return plan.finish(mintLegacy(plan.payloadText ?? plan.payload, plan))
}

function keyOf({ random, isDynamic }) {
  const right = isDynamic
    ? [
        [6, 'dynamic'],
        [2, 'old'],
      ]
    : [[8, 'static']]
  return random.weighted([...right, [0.4, isDynamic ? 'static' : 'dynamic'], [0.3, 'foreign']])
}

function payloadOf(draft, version) {
  const { random, seconds } = draft
  const claims = {
    iat: seconds - random.pick([0, 1, 10, 3600]),
    exp: seconds + random.pick([1, 2, 60, 3600, 86_400]),
    sub: userOf(random),
    ...(version === '5' || version === '4' || random.chance(0.3) ? { tId: tenantOf(random) } : {}),
    ...(version === '5' || random.chance(0.1) ? { rsub: userOf(random) } : {}),
    sessionHandle: `handle-${random.word()}`,
    refreshTokenHash1: random.word(12),
    parentRefreshTokenHash1: parentHash(draft),
    antiCsrfToken: antiCsrfToken(draft),
    iss: 'https://api.example.com/auth',
    ...draft.claims,
    ...customClaims(random),
  }
  return random.chance(0.2) ? shuffled(random, claims) : claims
}

function legacyPayload(draft) {
  const { random, now } = draft
  return {
    sessionHandle: `handle-${random.word()}`,
    userId: userOf(random),
    refreshTokenHash1: random.word(12),
    ...(random.chance(0.5) ? { parentRefreshTokenHash1: parentHash(draft) } : {}),
    userData: random.weighted([
      [3, {}],
      [3, { a: 1 }],
      [3, { ...draft.claims, ...customClaims(random) }],
      [1, null],
    ]),
    ...(random.chance(0.5) ? { antiCsrfToken: antiCsrfToken(draft) } : {}),
    expiryTime: now + random.pick([0, 1, 1000, 3_600_000]),
    timeCreated: now - random.pick([0, 1000, 3_600_000, 5 * 3_600_000]),
  }
}

function parentHash({ random, withParent = 0.04 }) {
  return random.chance(withParent) ? random.pick([random.word(), '', ' x ']) : null
}

/** What the header `anti-csrf` has to say; see csrf.mjs. */
export const CSRF_TOKEN = '5a1b7a4d-csrf'

function antiCsrfToken({ random, options }) {
  const isUsed = options.antiCsrf === 'VIA_TOKEN'
  if (random.chance(isUsed ? 0.85 : 0.1))
    return random.chance(0.05) ? ` ${CSRF_TOKEN} ` : CSRF_TOKEN
  return null
}

function userOf(random) {
  return random.pick(['u-1', 'u-2', `u-${random.word()}`, 'ü@example.com', ' spaced ', ''])
}

function tenantOf(random) {
  return random.pick(['public', 'public', 't1', ' t2 ', ''])
}

/** Claims of an application, with everything that JSON can say in several ways. */
function customClaims(random) {
  const all = {
    name: random.pick([
      'Ada',
      'Zoë',
      '日本',
      '𝔘',
      'a"b\\c',
      'line\nbreak',
      '<script>',
      '\u2028',
      '',
    ]),
    number: random.pick([0, -1, 1.5, 1e21, 1e-7, 0.1, 123456789012, 2 ** 53, -0.000001]),
    nested: { b: [1, 'x', null, { c: true }], a: {} },
    2: 'integer-like',
    1: 'integer-like, too',
    empty: [],
    no: null,
  }
  return Object.fromEntries(random.some(Object.entries(all), 0.15))
}

function shuffled(random, object) {
  const entries = Object.entries(object)
  for (let index = entries.length - 1; index > 0; index--) {
    const other = random.int(0, index)
    ;[entries[index], entries[other]] = [entries[other], entries[index]]
  }
  return Object.fromEntries(entries)
}
