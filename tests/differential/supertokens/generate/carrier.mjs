// How access tokens come along: in a header, in cookies, in both, several times, and spelled in every way
// that a client could choose.

import { accessToken, foreignToken } from './token.mjs'

/** One access token, mostly where it belongs. */
export function oneToken(draft) {
  const { random, options } = draft
  const places = { cookie: [[1, 'cookie']], header: [[1, 'header']] }[
    options.getTokenTransferMethod
  ]
  const place = random.chance(0.9) && places ? places : ANY_PLACE
  const token = accessToken(draft)
  if (random.weighted(place) === 'cookie') draft.cookie(draft.cookieName('access'), token)
  else draft.header('authorization', `Bearer ${token}`)
}

const ANY_PLACE = [
  [3, 'cookie'],
  [2, 'header'],
]

/** Several, of which one counts, or none. */
export function manyTokens(draft) {
  const { random } = draft
  const any = () => (random.chance(0.25) ? foreignToken(draft) : accessToken(draft))
  const name = draft.cookieName('access')
  random.weighted([
    [
      3,
      () => {
        draft.header('authorization', `Bearer ${any()}`)
        draft.cookie(name, any())
      },
    ],
    [
      3,
      () => {
        const first = any()
        draft.cookie(name, first)
        draft.cookie(name, random.chance(0.3) ? first : any())
        if (random.chance(0.2)) draft.header('authorization', `Bearer ${any()}`)
      },
    ],
    [
      1,
      () => {
        draft.header('authorization', `Bearer ${any()}`)
        draft.header('authorization', `Bearer ${any()}`)
      },
    ],
    [1, () => draft.cookie(random.pick([name.toLowerCase(), `${name}x`, `x${name}`]), any())],
    [1, () => draft.cookie(draft.cookieName('refresh'), any())],
  ])()
}

/** Nothing, or something that is no access token. */
export function noToken(draft) {
  const { random } = draft
  const token = random.pick(['', foreignToken(draft), foreignToken(draft)])
  random.pick([
    () => {},
    () => draft.cookie(draft.cookieName('access'), token),
    () => draft.header('authorization', `Bearer ${token}`),
    () => draft.header('authorization', random.pick(['Bearer', 'Bearer ', 'Basic dTpw', '', 'x'])),
  ])()
}

/** `Authorization` in other spellings. */
export function headerSpelling(draft) {
  const { random } = draft
  const index = draft.headers.findIndex(([name]) => name === 'authorization')
  if (index < 0) return
  const value = draft.headers[index][1]
  draft.headers[index][1] = random.pick([
    value.replace('Bearer', 'bearer'),
    value.replace('Bearer', 'BEARER'),
    value.replace('Bearer ', 'Bearer   '),
    value.replace('Bearer ', 'Bearer\t'),
    value.replace('Bearer ', 'Bearer \t'),
    value.replace('Bearer ', 'Bearer'),
    value.replace('Bearer ', ''),
    value.replace('Bearer ', 'Bearer Bearer '),
    value.replace('Bearer ', 'Bearer \u00a0'),
    value.replace('Bearer', 'Token'),
    `${value}  `,
    `${value}\u00a0`,
    `${value}, Bearer x`,
  ])
}

/** The cookies in other spellings, and other cookies around them. */
export function cookieSpelling(draft) {
  const { random } = draft
  const name = draft.cookieName('access')
  for (const cookie of draft.cookies) {
    if (cookie[0] === name && random.chance(0.5)) respell(random, cookie)
  }
  for (const other of random.some(OTHERS, 0.12)) {
    draft.cookies.splice(random.int(0, draft.cookies.length), 0, [...other])
  }
  if (random.chance(0.15))
    draft.separator = random.pick([';', ' ; ', ';;', '; ;', ';\t', ',', ', '])
}

function respell(random, cookie) {
  const [name, value] = cookie
  ;[cookie[0], cookie[1]] = random.pick([
    [name, `"${value}"`],
    [name, `"${value}`],
    [name, `"${encodeURIComponent(value)}"`],
    [name, encodeURIComponent(value)],
    [name, value.replaceAll('.', '%2E')],
    [name, value.replaceAll('.', '%2e')],
    [name, `${value}%`],
    [name, value.replace('.', '%2')],
    [name, `${value.replaceAll('.', '%2E')}%ff`],
    [name, ` ${value} `],
    [name, `${value}=`],
    [name, `j:"${value}"`],
    [name, `j:${value}`],
    [name, `j:{"a":1}`],
    [name, encodeURIComponent(`j:"${value}"`)],
    [name, `'${value}'`],
    [name, `\u00a0${value}`],
    [name, `${value}\t`],
    [`${name} `, value],
    [` ${name}`, value],
    [`${name[0]}%${name.charCodeAt(1).toString(16)}${name.slice(2)}`, value],
    [name, null],
  ])
}

const OTHERS = [
  ['theme', 'dark'],
  ['custom', '{"a":"b%b"}'],
  ['broken', '%'],
  ['broken', '%E0%A4%A'],
  ['json', 'j:{"a":1}'],
  ['json', 'j:{'],
  ['quoted', '"a b"'],
  ['eq', 'a=b=c'],
  ['', 'unnamed'],
  ['flag', null],
  ['', null],
  ['__proto__', 'x'],
  ['constructor', 'x'],
  ['sFrontToken', 'eyJ1aWQiOiJ1In0='],
  ['st-last-access-token-update', '1772600767250'],
  ['sAntiCsrf', 'x'],
  ['latin', 'caf\u00e9'],
  ['%', 'x'],
  ['%ff', 'x'],
]

/** A session of an old kit. */
export function legacyCookie(draft) {
  const { random } = draft
  draft.cookie(
    random.pick(['sIdRefreshToken', 'sIdRefreshToken', 'sidrefreshtoken', 's%49dRefreshToken']),
    random.pick(['', 'x', 'remove', null]),
  )
}

/** A refresh token, which says nothing about a session. */
export function refreshCookie(draft) {
  draft.cookie(draft.cookieName('refresh'), draft.random.word(20))
}
