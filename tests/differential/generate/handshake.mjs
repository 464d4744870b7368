// The visitor comes back from the Frontend API, or his session can be refreshed.

import { keys } from '../keys.mjs'
import { mint } from '../mint.mjs'
import { anyToken, expiredToken, goodToken } from './token.mjs'

/** A handshake token in the query or in a cookie. */
export function handshake(draft) {
  const { random } = draft
  put(draft, '__clerk_handshake', handshakeToken(draft))
  if (random.chance(0.2)) draft.query('__clerk_help', '1')
}

/** A nonce that the Backend API redeems, or not. */
export function nonce(draft) {
  const { random } = draft
  put(draft, '__clerk_handshake_nonce', random.pick(['nonce_1', 'a b&c', random.word()]))
  if (random.chance(0.1)) put(draft, '__clerk_handshake', handshakeToken(draft))
  const given = directives(draft)
  draft.network.handshake = random.weighted([
    [6, { body: { directives: given } }],
    [1, { body: { object: 'handshake_payload', directives: given } }],
    [0.5, { body: {} }],
    [0.5, { status: 404, body: { errors: [{ code: 'not_found', message: 'm' }] } }],
    [0.5, { status: 500, body: 'oops', type: 'text/plain' }],
    [0.5, { fails: true }],
  ])
}

/** A refresh cookie, next to a session that has expired. */
export function refresh(draft) {
  const { random } = draft
  draft.cookie(draft.suffixed('__refresh'), random.pick(['rt_1', 'rt_1', 'a%20b', '']))
  if (random.chance(0.1)) draft.cookie('__refresh', 'unsuffixed')
  const fresh = random.chance(0.7) ? goodToken(draft) : anyToken(draft)
  const error = (status, ...errors) => ({ status, body: { errors } })
  draft.network.refresh = random.weighted([
    [5, { body: { object: 'cookies', cookies: [`__session=${fresh}; Path=/`, '__client_uat=1'] } }],
    [1, { body: { cookies: [` ${draft.suffixed('__session')}=x`, `__session_x=${fresh}`] } }],
    [0.7, { body: { cookies: [] } }],
    [0.3, { body: {} }],
    [0.5, { body: { cookies: ['a=b; Path=/'] } }],
    [0.5, { body: { cookies: ['__session=; Path=/'] } }],
    [1.5, error(422, { code: 'session_expired', message: 'm' }, { code: 'second' })],
    [0.7, error(401, { code: 'refresh_token_invalid', message: 'm' })],
    [0.3, error(400, { code: 'a b\n\u20ac', message: 'm' })],
    [0.3, error(400, {})],
    [0.5, error(500)],
    [0.5, { status: 502, body: 'bad gateway', type: 'text/plain' }],
    [1, { fails: true }],
  ])
}

function put(draft, name, value) {
  const isInQuery = draft.random.chance(draft.isProduction ? 0.2 : 0.7)
  if (isInQuery) draft.query(name, value)
  else draft.cookie(name, value)
}

function handshakeToken(draft) {
  const { random } = draft
  const payload = random.weighted([
    [8, { handshake: directives(draft) }],
    [0.5, { handshake: directives(draft), exp: 5, nbf: draft.seconds + 999, iat: 'x' }],
    [0.3, {}],
    [0.3, { handshake: 'text' }],
    [0.3, 'null'],
    [0.2, '[]'],
  ])
  return random.weighted([
    [8, () => mint(payload)],
    [1, () => mint(payload, { key: keys.foreign })],
    [0.3, () => mint(payload, { header: { typ: undefined } })],
    [0.3, () => mint(payload, { header: { typ: 'x' } })],
    [
      0.3,
      () => mint(payload, { header: { alg: random.pick(['HS256', 'none', 'RS512', undefined]) } }),
    ],
    [0.5, () => mint(payload, { header: { cat: random.pick(CATEGORIES) } })],
    [0.3, () => mint(payload, { header: 'null' })],
    [0.3, () => mint(payload, { header: { crit: ['x'] } })],
    [0.5, () => random.pick(['bad_handshake', 'a.b.bad_handshake', 'bad.handshake'])],
    [0.3, () => `${mint(payload)}=`],
  ])()
}

const CATEGORIES = ['cl_B7d4PD111AAA', 'cl_B7d4PD222AAA', 'cl_B7d4PD333AAA', 'cl_I7d4PD111III', 5]

/** Set-Cookie directives, most of them as the Frontend API writes them. */
function directives(draft) {
  const { random } = draft
  const session = random.weighted([
    [5, () => goodToken(draft)],
    [1, () => expiredToken(draft)],
    [2, () => anyToken(draft)],
  ])()
  const attributes = 'Path=/; Max-Age=31536000; SameSite=Lax; Secure'
  const usual = [
    `__client_uat=${draft.seconds - 20}; ${attributes}`,
    `__session=${session}; ${attributes}`,
    `${draft.suffixed('__session')}=${session}; ${attributes}`,
  ]
  return random.weighted([
    [8, usual],
    [1, [...usual, '__clerk_handshake=; Path=/; Max-Age=0']],
    [1, [`__client_uat=0; ${attributes}`, '__session=; Path=/; Max-Age=0']],
    [0.5, [`__client_uat=0; ${attributes}`]],
    [0.5, []],
    [0.3, [`__sessionfoo=${session}`]],
    [0.3, [` __session=${session} `]],
    [0.3, ['__session; Path=/']],
    [0.2, [`__session=${session}=x`]],
    [0.2, ['', 'x', `__session=${session}`]],
    [0.2, ['a=b\r\nset-cookie: c', `__session=${session}`]],
    [0.2, ['a=\u20ac', `__session=${session}`]],
    [0.2, ['a=\u00e9', `__session=${session}`]],
    [0.2, [5, `__session=${session}`]],
  ])
}
