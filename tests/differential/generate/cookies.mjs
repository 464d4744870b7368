// The cookies of a session: the plain ones, those with the instance's suffix, and how they clash.

import { anyToken, expiredToken, goodToken } from './token.mjs'

/** A good session, in plain or in suffixed cookies. */
export function plainSession(draft) {
  const { random } = draft
  const session = sessionToken(draft)
  const uat = `${draft.seconds - random.pick([50, 5000, 5000])}`
  const isSuffixed = random.chance(0.4)
  if (!isSuffixed || random.chance(0.5)) {
    draft.cookie('__session', session)
    draft.cookie('__client_uat', uat)
  }
  if (isSuffixed) {
    draft.cookie(draft.suffixed('__session'), session)
    draft.cookie(draft.suffixed('__client_uat'), uat)
  }
}

function sessionToken(draft) {
  return draft.random.weighted([
    [draft.oddTokens ?? 0.3, () => anyToken(draft)],
    [draft.expiredTokens ?? 0.05, () => expiredToken(draft)],
    [1, () => goodToken(draft)],
  ])()
}

/** Session and `__client_uat` out of step with each other. */
export function sessionStates(draft) {
  const { random, seconds } = draft
  const name = random.chance(0.3) ? draft.suffixed : (plain) => plain
  const cookie = (plain, value) => draft.cookie(name.call(draft, plain), value)
  if (random.chance(0.6)) cookie('__session', sessionToken(draft))
  const uats = [`${seconds - 50}`, `${seconds}`, `${seconds + 5}`, '0', ...ODD_NUMBERS, null, null]
  const uat = random.pick(uats)
  if (uat !== null) cookie('__client_uat', uat)
}

const ODD_NUMBERS = [
  '',
  '00',
  '-1',
  '0.9',
  '1e3',
  '0x10',
  '12abc',
  ' 5',
  '"5"',
  '%35',
  'x',
  '1e400',
]

/** Both pairs at once: everything that the choice between them looks at (clerk.md 1.7). */
export function clashingSessions(draft) {
  const { random, seconds } = draft
  const base = random.int(0, 30)
  const ages = { older: base + 5, same: base, newer: Math.max(0, base - 5) }
  const token = () => {
    const ago = ages[random.pick(['older', 'same', 'newer'])]
    const { iat, exp } = { iat: seconds - ago, exp: seconds - ago + 60 }
    return random.weighted([
      [5, () => goodToken(draft, { iat, exp })],
      [1.5, () => goodToken(draft, { iat, exp, iss: 'https://clerk.other.com' })],
      [0.5, () => goodToken(draft, { iat, exp, iss: undefined })],
      [0.5, () => goodToken(draft, { iat, exp, iss: 5 })],
      [0.5, () => goodToken(draft, { iat, exp, iss: `${draft.issuer}/` })],
      [0.5, () => goodToken(draft, { iat, exp, iss: 'https://clerk.example.com' })],
      [1.5, () => goodToken(draft, { iat, exp: seconds - random.int(0, 70) })],
      [0.5, () => goodToken(draft, { iat: undefined, exp })],
      [0.7, () => 'undecodable'],
      [1, () => anyToken(draft)],
    ])()
  }
  const uat = () => {
    return random.weighted([
      [2, `${seconds - 60}`],
      [2, '0'],
      [0.5, '00'],
      [0.3, '-0'],
      [0.5, `${seconds + 100}`],
      [0.4, random.pick(ODD_NUMBERS)],
    ])
  }
  const plain = [
    ['__session', token],
    ['__client_uat', uat],
  ]
  for (const [name, value] of plain) {
    if (random.chance(0.75)) draft.cookie(name, value())
    if (random.chance(0.75)) draft.cookie(draft.suffixed(name), value())
  }
}

/** The browser of a development instance. */
export function devBrowser(draft) {
  const { random } = draft
  const isOdd = random.chance(0.15)
  if (isOdd && random.chance(0.5)) return
  if (random.chance(0.85)) draft.cookie('__clerk_db_jwt', `dvb_${random.word(4)}`)
  if (random.chance(0.8)) draft.cookie(draft.suffixed('__clerk_db_jwt'), `dvb_${random.word(4)}`)
  if (isOdd) draft.query('__clerk_db_jwt', random.pick(['dvb_query', '', 'a b&c']))
}

/** How often the visitor was redirected already. */
export function counter(draft) {
  const usual = ['0', '1', '2', '3', '3', '4', '5']
  const odd = [
    '-1',
    '0x3',
    '3.0',
    '2.5',
    '1e0',
    'x',
    '%33',
    '"3"',
    '+3',
    '0b11',
    '1e21',
    'Infinity',
    '',
  ]
  const { random } = draft
  draft.cookie('__clerk_redirect_count', random.chance(0.7) ? random.pick(usual) : random.pick(odd))
}

/** Cookie headers as no browser, but many a proxy and script writes them. */
export function cookieSpelling(draft) {
  const { random } = draft
  const change = random.pick([
    // First come, first served.
    (cookies) => [...cookies, ...cookies.map(([name]) => [name, 'second'])],
    (cookies) => [...cookies.slice(0, 1).map(([name]) => [name, '']), ...cookies],
    (cookies) => cookies.map(([name, value]) => [name, `"${value}"`]),
    (cookies) => cookies.map(([name, value]) => [name, percentEncoded(value)]),
    (cookies) => cookies.map(([name, value]) => [` ${name}\t`, ` ${value} `]),
    (cookies) => cookies.map(([name, value]) => [name.toUpperCase(), value]),
    (cookies) => [['__proto__', 'x'], ['', 'y'], ...cookies, ['z', '%zz%']],
    (cookies) => [['a', 'b, c'], ...cookies, ['__client', 'x=y=z']],
  ])
  const separator = random.pick(['; ', ';', ';;', ' ; ', '; lonely; '])
  draft.writeCookies = (cookies) => {
    return change(cookies)
      .map(([name, value]) => `${name}=${value}`)
      .join(separator)
  }
}

function percentEncoded(value) {
  const code = value.charCodeAt(0).toString(16).padStart(2, '0')
  return value === '' ? value : `%${code}${value.slice(1)}`
}
