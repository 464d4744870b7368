// The Authorization header: session tokens and tokens of machines, in every spelling.

import { keys } from '../keys.mjs'
import { mint } from '../mint.mjs'
import { anyToken, expiredToken, goodToken } from './token.mjs'

/** A session token in the header. */
export function bearer(draft) {
  const { random } = draft
  const token = random.weighted([
    [draft.oddTokens ?? 0.5, () => anyToken(draft)],
    [0.1, () => expiredToken(draft)],
    [0.5, () => goodToken(draft)],
  ])()
  authorize(draft, token)
}

/** A token of a machine in the header, and what the application accepts. */
export function machine(draft) {
  const { random, options } = draft
  options.acceptsToken = random.weighted([
    [2, 'm2m_token'],
    [2, 'oauth_token'],
    [1, 'api_key'],
    [3, 'any'],
    [1, 'session_token'],
    [1, ['m2m_token', 'oauth_token']],
    [1, ['session_token', 'm2m_token']],
    [0.5, ['api_key']],
    [0.2, []],
  ])
  if (random.chance(0.05)) options.machineSecretKey = 'ak_machine'
  if (random.chance(0.03)) delete options.publishableKey
  const token = random.weighted([
    [4, () => machineToken(draft)],
    [4, () => accessToken(draft)],
    [1.5, () => opaqueToken(draft)],
    [1, () => goodToken(draft)],
    [1, () => anyToken(draft)],
    [0.5, () => random.pick(['mt_a.b.c', 'ak_a.b.c', 'x', 'mt_', 'sk_live_x'])],
    [0.7, () => null],
  ])()
  if (token !== null) authorize(draft, token)
}

function authorize({ random, headers }, token) {
  const value = random.weighted([
    [12, `Bearer ${token}`],
    [1, token],
    [0.5, `bearer ${token}`],
    [0.3, `Bearer  ${token}`],
    [0.3, `Bearer ${token} more`],
    [0.3, `Basic ${token}`],
    [0.2, `Bearer\t${token}`],
    [0.2, 'Bearer'],
    [0.2, `${token}, Bearer x`],
  ])
  headers.push(['authorization', value])
}

function machineToken(draft) {
  const { random, seconds } = draft
  const claims = {
    sub: random.pick(['mch_1', 'mch_1', 'mch_']),
    jti: random.pick(['mt_1', undefined]),
    iat: seconds - 5,
    exp: seconds + 300,
    iss: draft.issuer,
    ...random.pick([
      {},
      { scopes: 'a b' },
      { scopes: '' },
      { aud: ['mch_2', 'mch_3'] },
      { aud: 'api' },
    ]),
    ...random.pick([{}, {}, { custom: { a: 1 }, azp: 'https://app.example.com' }]),
    ...wrong(draft, [{ scopes: ['a'] }, { scopes: 5 }, { aud: null }, { sub: 'user_1' }]),
  }
  const category = random.pick([undefined, 'cl_B7d4PD333AAA', 'cl_B7d4PD333AAA', 'cl_B7d4PD111AAA'])
  return signed(draft, claims, { cat: category })
}

function accessToken(draft) {
  const { random, seconds } = draft
  const claims = {
    sub: `user_${random.word(3)}`,
    jti: random.pick(['oat_1', undefined]),
    client_id: random.pick(['client_1', undefined]),
    iat: seconds - 5,
    exp: seconds + 300,
    ...random.pick([{ scope: 'openid profile' }, { scp: ['a', 'b'] }, { scope: '' }, {}]),
    ...random.pick([{}, { aud: 'api' }, { aud: ['x', 'api'] }, { aud: 'x' }]),
    ...wrong(draft, [{ scope: 5 }, { scp: 'a b' }, { aud: ['api', 5] }, { aud: '' }, { sub: 5 }]),
  }
  const typ = random.pick(['at+jwt', 'at+jwt', 'application/at+jwt', 'AT+JWT'])
  return signed(draft, claims, { typ, cat: random.chance(0.1) ? 'cl_B7d4PD222AAA' : undefined })
}

/** Mostly nothing. */
function wrong({ random, seconds }, own) {
  if (random.chance(0.6)) return {}
  const times = [
    { exp: seconds - 60 },
    { nbf: seconds + 60 },
    { iat: undefined },
    { exp: undefined },
  ]
  return random.pick([...own, ...times])
}

function signed({ random }, claims, header) {
  return random.weighted([
    [9, () => mint(claims, { header })],
    [1, () => mint(claims, { header, key: keys.foreign })],
    [0.3, () => mint(claims, { header: { ...header, alg: 'HS256' } })],
    [0.3, () => mint(claims, { header: { ...header, typ: 'other' } })],
    [0.3, () => mint(claims, { header: { ...header, typ: undefined } })],
  ])()
}

function opaqueToken(draft) {
  const { random } = draft
  const token = random.pick(['mt_abc', 'oat_abc', 'ak_abc'])
  const subject = random.pick(['mch_1', 'user_1', 'org_1'])
  draft.network.verify = random.weighted([
    [5, { body: { ...OPAQUE[token.split('_')[0]], subject, scopes: ['a'] } }],
    [1, { status: 401, body: { errors: [{ code: 'c', message: 'Bad key.' }] } }],
    [1, { status: 404, body: { errors: [] } }],
    [0.5, { status: 500, body: { errors: [] } }],
    [0.5, { fails: true }],
  ])
  return token
}

const OPAQUE = {
  mt: { object: 'machine_to_machine_token', id: 'mt_1', claims: { a: 1 } },
  oat: { object: 'clerk_idp_oauth_access_token', id: 'oat_1', client_id: 'client_1', aud: ['api'] },
  ak: { object: 'api_key', id: 'ak_1', name: 'key', claims: null },
}
