// What the core answers, in good order and in bad: about sessions, and its keys.

import { jwkOf, KIDS, plainKeySet } from '../keys.mjs'
import { accessToken } from './token.mjs'

/** A word of the core on every session that it is asked about; the token may want it, too. */
export function coreVerdict(draft) {
  const { random } = draft
  draft.withParent = 0.5
  draft.isLegacy = random.chance(0.15)
  if (random.chance(0.4)) draft.session.checkDatabase = true
  draft.core.verify = random.weighted([
    [5, () => ({ body: verified(draft) })],
    [2, () => ({ body: { status: 'UNAUTHORISED', message: 'no session' } })],
    [2, () => ({ body: { status: 'TRY_REFRESH_TOKEN', message: 'try' } })],
    [0.3, () => ({ body: { status: 'SOMETHING_NEW' } })],
    [0.7, () => trouble(draft)],
  ])()
}

function verified(draft) {
  const { random, now } = draft
  const session = {
    handle: `handle-${random.word()}`,
    userId: random.pick(['u-1', 'u-core']),
    recipeUserId: random.pick(['r-1', 'r-core']),
    ...(random.chance(0.85) ? { tenantId: random.pick(['public', 't1', '']) } : {}),
    userDataInJWT: random.pick([{}, { a: 1 }, { fromCore: [1, 2] }]),
  }
  if (random.chance(0.5)) return { status: 'OK', session }
  // No core answers a newer token with an older one.
  const token = accessToken(draft, 'good', draft.isLegacy && random.chance(0.5))
  const accessTokenInfo = { token, expiry: now + 3_600_000, createdTime: now }
  return { status: 'OK', session, accessToken: accessTokenInfo }
}

/** Nothing that one could go by. */
export function trouble({ random }) {
  return random.pick([
    { status: 500, body: 'Internal Error', type: 'text/html' },
    { status: 400, body: 'bad input', type: 'text/plain' },
    { status: 401, body: 'Invalid API key', type: 'text/plain' },
    { status: 503, body: '' },
    { body: '{' },
    { body: 'OK', type: 'text/plain' },
    { fails: true },
  ])
}

/** A core that is not there, or one of several. */
export function coreAddresses(draft) {
  draft.hosts = draft.random.pick([['down'], ['down', 'up'], ['up', 'down'], ['other', 'up']])
}

/** Keys that name no algorithm, and tokens that do as they like. */
export function openKeys(draft) {
  const keys = ['dynamic', 'static'].map((name) => jwkOf(name, { alg: undefined }))
  draft.core.jwks = { body: { keys } }
  draft.algorithms = ['RS256', 'RS384', 'RS512', 'PS256']
}

/** Key sets in which not everything is in order. */
export function oddKeys(draft) {
  draft.core.jwks = draft.random.weighted([
    [3, (random) => ({ body: { keys: [oddJwk(random)] } })],
    [3, (random) => ({ body: { keys: [oddJwk(random), jwkOf('old'), jwkOf('static')] } })],
    [1, () => ({ body: { keys: [jwkOf('dynamic')] } })],
    [1, () => ({ body: { keys: [jwkOf('static')] } })],
    [1, () => ({ body: { keys: [jwkOf('foreign'), jwkOf('small')] } })],
    [1, (random) => ({ body: { keys: [jwkOf('dynamic'), twinOf(random)] } })],
    [
      1,
      (random) => ({
        body: { keys: [random.pick([null, 1, 'x', [], {}]), ...plainKeySet().keys] },
      }),
    ],
    [0.5, () => ({ body: { keys: [] } })],
    [
      1,
      (random) => ({ body: random.pick([{}, [], null, { keys: {} }, { keys: null }, '"x"', '{']) }),
    ],
    [1, (random) => trouble({ random })],
    [0.5, () => ({ body: { ...plainKeySet(), more: true } })],
    [0.3, () => ({ body: plainKeySet(), type: 'text/plain' })],
    [0.3, () => ({ body: plainKeySet(), status: 201 })],
  ])(draft.random)
}

function twinOf(random) {
  return jwkOf(random.pick(['old', 'dynamic', 'foreign']), { kid: KIDS.dynamic })
}

function oddJwk(random) {
  const key = random.pick(['dynamic', 'dynamic', 'static'])
  const { n, e } = jwkOf(key)
  const standard = Buffer.from(n, 'base64url').toString('base64')
  const members = random.pick([
    ...[{ alg: undefined }, { alg: 'RS512' }, { alg: 'PS256' }, { alg: null }, { alg: 'rs256' }],
    ...[{ use: undefined }, { use: 'enc' }, { use: null }, { use: 'x' }],
    ...[
      { key_ops: ['verify'] },
      { key_ops: ['sign'] },
      { key_ops: ['sign', 'verify'] },
      { key_ops: [] },
    ],
    ...[{ key_ops: 'verify' }, { use: undefined, key_ops: ['verify'] }],
    ...[{ kid: undefined }, { kid: null }, { kid: 7 }, { kid: '' }, { kid: 'plain' }],
    ...[{ kty: 'EC' }, { kty: undefined }, { kty: 'rsa' }, { kty: 'oct', k: 'AAAA' }],
    ...[
      { n: undefined },
      { n: '' },
      { n: 'AQAB' },
      { n: `${n}=` },
      { n: standard },
      { n: `AA${n}` },
    ],
    ...[{ e: undefined }, { e: 'AQ' }, { e: 'Aw' }, { e: 'AAEAAQ' }, { e: `${e}==` }, { e: 'AA' }],
    ...[{ x5c: ['MIIB'] }, { x5t: 'x' }, { d: 'AQAB' }, { extra: { a: [1] } }, { ext: true }],
    ...[{ kid: KIDS.static }, { kid: KIDS.foreign }],
  ])
  return jwkOf(key, members)
}
