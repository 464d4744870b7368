// Requests that a foreign page made a browser send.

import {
  bearer,
  call,
  cookies,
  nobody,
  ok,
  one,
  tryRefresh,
  unauthorised,
} from '../../frame-supertokens.mjs'
import { NOW, T } from '../../mint.mjs'
import { header, legacyToken, token } from '../../mint-supertokens.mjs'

const GOOD = token()
const WITH_TOKEN = token({ antiCsrfToken: 'csrf-1' })
const FORGED = token({ antiCsrfToken: 'csrf-1' }, { key: 'static', head: header() })

const missing = tryRefresh('anti-csrf-header-missing')
const noToken = tryRefresh('anti-csrf-token-missing')
const wrongToken = tryRefresh('anti-csrf-token-mismatch')

const CUSTOM = { options: { antiCsrf: 'VIA_CUSTOM_HEADER' } }
const CROSS_SITE = { options: { cookieSameSite: 'none' } }
const TOKEN = { options: { antiCsrf: 'VIA_TOKEN' } }
const NONE = { options: { antiCsrf: 'NONE' } }

const CHANGING = ['POST', 'PUT', 'PATCH', 'DELETE', 'HEAD']

const customHeader = [
  ['by choice', CUSTOM],
  ['because cookies cross sites', CROSS_SITE],
].flatMap(([why, members]) => {
  const row = (name, request, expect, more = {}) => {
    return one(`custom header ${why}: ${name}`, request, expect, { ...members, ...more })
  }
  const cookie = cookies(GOOD)
  return [
    ...CHANGING.map((method) => row(`${method} without it`, call(cookie, method), missing)),
    ...CHANGING.map((method) =>
      row(`${method} with it`, call({ ...cookie, rid: 'anti-csrf' }, method), ok()),
    ),
    row('any value will do', call({ ...cookie, rid: 'x' }, 'POST'), ok()),
    row('no value will do as well', call({ ...cookie, rid: '' }, 'POST'), ok()),
    row('GET without it', call(cookie), ok()),
    row('a token in the header', call(bearer(GOOD), 'POST'), ok()),
    row('a token in header and cookie', call({ ...bearer(GOOD), ...cookie }, 'POST'), ok()),
    row('it is asked for before the token is verified', call(cookies(FORGED), 'POST'), missing),
    row(
      'it is not asked for where there is no token',
      call({}, 'POST'),
      unauthorised('token-missing'),
    ),
    row(
      'it is not asked for where there is garbage',
      call(cookies('garbage'), 'POST'),
      unauthorised('token-not-compact'),
    ),
    row('optional session, no token', call({}, 'POST'), nobody('token-missing'), {
      isOptional: true,
    }),
    row('optional session without it', call(cookie, 'POST'), missing, { isOptional: true }),
    row('switched off for the route', call(cookie, 'POST'), ok(), {
      session: { antiCsrfCheck: false },
    }),
    row('switched on for GET', call(cookie), missing, { session: { antiCsrfCheck: true } }),
    row('anti-csrf is no substitute', call({ ...cookie, 'anti-csrf': 'x' }, 'POST'), missing),
  ]
})

const byToken = (name, request, expect, more = {}) => {
  return one(`token against forgery: ${name}`, request, expect, { ...TOKEN, ...more })
}
const proof = (value) => ({ 'anti-csrf': value })
const viaToken = [
  ...CHANGING.map((method) =>
    byToken(
      `${method} with it`,
      call({ ...cookies(WITH_TOKEN), ...proof('csrf-1') }, method),
      ok(),
    ),
  ),
  ...CHANGING.map((method) =>
    byToken(`${method} without it`, call(cookies(WITH_TOKEN), method), noToken),
  ),
  byToken('a wrong one', call({ ...cookies(WITH_TOKEN), ...proof('csrf-2') }, 'POST'), wrongToken),
  byToken(
    'one in another case',
    call({ ...cookies(WITH_TOKEN), ...proof('CSRF-1') }, 'POST'),
    wrongToken,
  ),
  byToken('an empty one', call({ ...cookies(WITH_TOKEN), ...proof('') }, 'POST'), wrongToken),
  byToken(
    'none in the access token',
    call({ ...cookies(GOOD), ...proof('csrf-1') }, 'POST'),
    noToken,
  ),
  byToken('none in either', call(cookies(GOOD), 'POST'), noToken),
  byToken(
    'a number in the access token',
    call({ ...cookies(token({ antiCsrfToken: 1 })), ...proof('1') }, 'POST'),
    noToken,
  ),
  byToken('GET without it', call(cookies(WITH_TOKEN)), ok()),
  byToken('GET with a wrong one', call({ ...cookies(WITH_TOKEN), ...proof('csrf-2') }), ok()),
  byToken('a token in the header', call(bearer(WITH_TOKEN), 'POST'), ok()),
  byToken(
    'rid is no substitute',
    call({ ...cookies(WITH_TOKEN), rid: 'anti-csrf' }, 'POST'),
    noToken,
  ),
  byToken('switched off for the route', call(cookies(GOOD), 'POST'), ok(), {
    session: { antiCsrfCheck: false },
  }),
  byToken('switched on for GET', call(cookies(WITH_TOKEN)), noToken, {
    session: { antiCsrfCheck: true },
  }),
  byToken(
    'the signature comes first',
    call({ ...cookies(FORGED), ...proof('csrf-2') }, 'POST'),
    tryRefresh('token-invalid-signature'),
  ),
  byToken(
    'the expiry comes first',
    call({ ...cookies(token({ exp: T, antiCsrfToken: 'csrf-1' })), ...proof('csrf-2') }, 'POST'),
    tryRefresh('token-expired'),
  ),
  byToken(
    'the kind of key comes before the comparison',
    call(
      { ...cookies(token({ antiCsrfToken: 'csrf-1' }, { key: 'static' })), ...proof('csrf-2') },
      'POST',
    ),
    tryRefresh('signing-key-mismatch'),
  ),
  byToken(
    'that the access token has one comes before the kind of key',
    call({ ...cookies(token({}, { key: 'static' })), ...proof('x') }, 'POST'),
    noToken,
  ),
  byToken(
    'version 2',
    call({ ...cookies(legacyToken({ antiCsrfToken: 'csrf-1' })), ...proof('csrf-1') }, 'POST'),
    ok({ recipeUserId: 'u1' }),
  ),
  byToken(
    'version 2, a wrong one',
    call({ ...cookies(legacyToken({ antiCsrfToken: 'csrf-1' })), ...proof('csrf-2') }, 'POST'),
    wrongToken,
  ),
  byToken(
    'version 2, none and expired',
    call({ ...cookies(legacyToken({ expiryTime: NOW - 1 })), ...proof('x') }, 'POST'),
    noToken,
  ),
]

const without = ['POST', 'DELETE'].map((method) =>
  one(`no check by choice: ${method}`, call(cookies(GOOD), method), ok(), NONE),
)

export const csrf = [
  ...customHeader,
  ...viaToken,
  ...without,
  one('no check by choice, although cookies cross sites', call(cookies(GOOD), 'POST'), ok(), {
    options: { antiCsrf: 'NONE', cookieSameSite: 'none' },
  }),
]
