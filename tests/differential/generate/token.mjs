// A token in one of many conditions. Mostly one thing is wrong at a time, so that what is compared
// is that thing.

import { keys } from '../keys.mjs'
import { base64url, mint } from '../mint.mjs'
import { goodClaims, richClaims } from './claims.mjs'

/** A token that is as it should be, with `change` laid over its claims. */
export function goodToken(draft, change = {}, options = {}) {
  return mint({ ...claimsFor(draft, options), ...change }, { key: draft.key })
}

/** A token of any condition. */
export function anyToken(draft, change = {}) {
  const kind = draft.random.weighted(CONDITIONS)
  return kind(draft, { ...claimsFor(draft), ...change })
}

/** A token that has expired, and is otherwise good. */
export function expiredToken(draft, change = {}) {
  const claims = claimsFor(draft, { ago: draft.random.int(65, 4000) })
  return mint({ ...claims, ...change }, { key: draft.key })
}

function claimsFor(draft, options) {
  const claims = goodClaims(draft, options)
  return draft.random.chance(0.5) ? richClaims(draft, claims) : claims
}

const CONDITIONS = [
  [3, (_, claims) => mint(claims)],
  [4, offTime],
  [2, oddTime],
  [2, offParty],
  [2, oddAudience],
  [1, oddSubject],
  [1.5, oddIssuer],
  [2, offSignature],
  [2, offAlgorithm],
  [2, offType],
  [1, offCategory],
  [1, oddKeyId],
  [1, pendingSession],
  [1.2, oddShape],
  [1, forbiddenHeader],
  [1, oddEncoding],
  [1, notAToken],
  [0.3, tooLarge],
]

/** Expired, early, from the future: also exactly at the tolerance. */
function offTime(draft, claims) {
  const { random, now, seconds } = draft
  const skew = draft.options.clockSkewInMs
  const tolerance = Number.isFinite(skew) ? skew : 5000
  const edge = random.int(-1, 1)
  return mint({
    ...claims,
    ...random.weighted([
      [3, { exp: seconds - random.int(10, 5000) }],
      [2, { exp: Math.floor((now - tolerance) / 1000) + edge }],
      [2, { nbf: seconds + random.int(10, 5000) }],
      [2, { nbf: Math.ceil((now + tolerance) / 1000) + edge }],
      [2, { iat: seconds + random.int(10, 5000) }],
      [2, { iat: Math.ceil((now + tolerance) / 1000) + edge }],
      [0.5, { exp: 0 }],
      [0.5, { exp: seconds - 86_000 }],
      [0.5, { nbf: 327_407_000_000 }],
    ]),
  })
}

/** Times that are none. */
function oddTime(draft, claims) {
  const { random, seconds } = draft
  const claim = random.pick(['exp', 'nbf', 'iat'])
  const value = random.pick([
    undefined,
    null,
    `${seconds}`,
    seconds + 0.5,
    -1,
    9e15,
    true,
    [seconds],
    {},
  ])
  return mint({ ...claims, [claim]: value })
}

function offParty({ random }, claims) {
  const values = [
    'https://other.example.com',
    'https://app.example.com/',
    '',
    null,
    undefined,
    5,
    ['https://app.example.com'],
  ]
  return mint({ ...claims, azp: random.pick(values) })
}

function oddAudience({ random }, claims) {
  const values = [
    'api',
    'other',
    ['api'],
    ['x', 'y'],
    [],
    '',
    5,
    ['api', 5],
    null,
    { api: 1 },
    [''],
  ]
  return mint({ ...claims, aud: random.pick(values) })
}

function oddSubject({ random }, claims) {
  const values = [undefined, null, 12.5, '', ['user_1'], { ü: ['€', '"\\\n'] }, 'mch_1', '\u00e9']
  return mint({ ...claims, sub: random.pick(values) })
}

function oddIssuer(draft, claims) {
  const { issuer } = draft
  const host = issuer.slice('https://'.length)
  const values = [
    undefined,
    '',
    null,
    5,
    `${issuer}/`,
    `http://${host}`,
    `HTTPS://${host}`,
    host,
    'https://clerk.other.com',
    `https://https://${host}`,
    ['x'],
  ]
  return mint({ ...claims, iss: draft.random.pick(values) })
}

function offSignature({ random }, claims) {
  if (random.chance(0.5)) return mint(claims, { key: keys.foreign })
  const [header, , signature] = mint(claims).split('.')
  return random.pick([
    // Somebody else's payload under a real signature.
    `${header}.${base64url({ ...claims, sub: 'user_admin' })}.${signature}`,
    `${header}.${base64url(claims)}.${signature.slice(0, -6)}`,
    `${header}.${base64url(claims)}.`,
  ])
}

function offAlgorithm({ random }, claims) {
  const values = [
    'RS384',
    'RS512',
    'none',
    'NONE',
    'HS256',
    'PS256',
    'ES256',
    'rs256',
    '',
    undefined,
  ]
  return mint(claims, { header: { alg: random.pick([...values, null, 5, ['RS256']]) } })
}

function offType({ random }, claims) {
  const values = [
    undefined,
    'jwt',
    'at+jwt',
    'application/at+jwt',
    'JOSE',
    null,
    '',
    5,
    { a: ['x'] },
  ]
  return mint(claims, { header: { typ: random.pick(values) } })
}

function offCategory({ random }, claims) {
  const values = ['cl_B7d4PD111AAA', 'cl_B7d4PD222AAA', 'cl_B7d4PD333AAA', 'cl_I7d4PD111III']
  return mint(claims, { header: { cat: random.pick([...values, 'cl_future', '', null, 5]) } })
}

function oddKeyId({ random }, claims) {
  const values = [
    undefined,
    'unknown',
    '',
    null,
    7,
    { a: 1 },
    '\u20ac',
    "a'b\u00e9",
    'a\nb',
    'a\u0001b',
    '__proto__',
  ]
  return mint(claims, { header: { kid: random.pick([...values, 'toString', 'x'.repeat(300)]) } })
}

function pendingSession(_, claims) {
  return mint({ ...claims, v: 2, sts: 'pending' })
}

/** JSON that is no object, or one that readers differ about. */
function oddShape({ random }, claims) {
  const text = JSON.stringify(claims)
  const deep = `${'['.repeat(40)}${']'.repeat(40)}`
  return random.weighted([
    [2, () => mint(random.pick(['null', '[1]', '5', '"text"', 'true']))],
    [1, () => mint(claims, { header: random.pick(['null', '[]', '"x"', '5']) })],
    [1, () => mint(text.replace(/^\{/, '{"sub":"user_first",'))],
    [1, () => mint(text.replace(/\}$/, ',"o":{"id":"a","id":"b"}}'))],
    [1, () => mint(claims, { header: '{"alg":"none","kid":"ins_2a","typ":"JWT","alg":"RS256"}' })],
    [1, () => mint(Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), Buffer.from(text)]))],
    [1, () => mint(Buffer.from(text.replace('user_', 'user_\u00ff'), 'latin1'))],
    [1, () => mint(text.replace(/\}$/, `,"deep":${deep}}`))],
    [1, () => mint(text.replace(/\}$/, ',"n":[1e400,-0,1.0,123456789012345678901234567890]}'))],
    [1, () => mint(text.replace(/\}$/, ',"lone":"\\ud800","name":"\\u0000"}'))],
    [1, () => mint(` ${text}\n`)],
    [1, () => mint(text.slice(0, -1))],
  ])()
}

function forbiddenHeader({ random }, claims) {
  const headers = [
    { crit: ['exp'] },
    { crit: [] },
    { b64: false },
    { b64: true },
    { zip: 'DEF' },
    { jwk: { kty: 'oct', k: 'AA' } },
    { jku: 'https://evil.example/jwks' },
    { x5c: ['AA=='] },
    { oiat: 5, extra: { a: 1 } },
    { extra: 'x'.repeat(2000) },
  ]
  return mint(claims, { header: random.pick(headers) })
}

/** The same token in another spelling, or nearly. */
function oddEncoding({ random }, claims) {
  const token = mint(claims)
  const [header, payload, signature] = token.split('.')
  return random.pick([
    `${token}=`,
    `${token}==`,
    `${header}=.${payload}.${signature}`,
    // The last character of 256 bytes has four bits to spare.
    `${token.slice(0, -1)}${token.at(-1) === 'A' ? 'B' : 'Z'}`,
    `${token}A`,
    token.replace(/[-_]/, '+'),
    `${header}.${payload}.${signature}.`,
    `${header}..${signature}`,
    `.${payload}.${signature}`,
    `${token.slice(0, 20)}*${token.slice(21)}`,
  ])
}

function notAToken({ random }) {
  return random.pick([
    'x',
    'a.b',
    'a.b.c',
    '..',
    'a.b.c.d',
    'e30.e30.',
    'deleted',
    '0',
    '"',
    'a.b.c.d.e',
  ])
}

function tooLarge({ random }, claims) {
  return mint({ ...claims, padding: 'x'.repeat(random.pick([3000, 7000, 20_000])) })
}
