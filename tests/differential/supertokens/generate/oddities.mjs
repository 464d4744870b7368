// Everything that can be odd about a token of version 3 or later. Each changes the plan of a token, see
// token.mjs.

import { base64url } from '../../mint.mjs'
import { KIDS } from '../keys.mjs'
import { base64 } from '../mint.mjs'

const TYPED = ['sub', 'rsub', 'tId', 'exp', 'iat', 'sessionHandle', 'refreshTokenHash1']
const NULLABLE = ['parentRefreshTokenHash1', 'antiCsrfToken']

/** Values of every type. */
export function oddValue(random) {
  return random.pick([null, true, false, 0, 1, -1, 1.5, '', ' ', 'x', '1', [], ['x'], {}, { a: 1 }])
}

/** `[weight, change(plan, draft)]` */
export const oddities = [
  // ---------------------------------------------------------------------------------- the header
  [
    1,
    ({ header }, { random }) => set(random, header, 'typ', ['jwt', 'at+jwt', '', null, 1, 'JWT ']),
  ],
  [2, ({ header }, { random }) => set(random, header, 'version', VERSIONS)],
  [1.5, (plan, draft) => changeKid(plan, draft)],
  [1.5, (plan, { random }) => changeAlgorithm(plan, random)],
  [0.7, ({ header }, { random }) => Object.assign(header, random.pick(EXTENSIONS))],
  [
    0.3,
    ({ header }, { random }) =>
      set(random, header, random.pick(['cty', 'jku', 'x5c']), ODD_MEMBERS),
  ],
  [0.4, (plan, { random }) => (plan.headerText = random.pick(NO_OBJECTS))],
  [0.4, (plan, { random }) => (plan.headerText = twice(random, plan.header))],
  [0.3, (plan, { random }) => (plan.headerText = spaced(random, plan.header))],

  // --------------------------------------------------------------------------------- the payload
  [2, ({ payload }, { random }) => (payload[random.pick(TYPED)] = oddValue(random))],
  [1.5, ({ payload }, { random }) => delete payload[random.pick(TYPED)]],
  [1, ({ payload }, { random }) => (payload[random.pick(NULLABLE)] = oddValue(random))],
  [0.5, ({ payload }, { random }) => delete payload[random.pick(NULLABLE)]],
  [
    1.2,
    ({ payload }, { random }) =>
      (payload.stt = random.pick([0, 1, 2, -1, 0.5, null, '0', '', false, []])),
  ],
  [1.5, ({ payload }, draft) => (payload.exp = oddTime(draft))],
  [0.7, ({ payload }, draft) => (payload.iat = oddTime(draft))],
  [
    1.2,
    ({ payload }, draft) =>
      (payload.nbf = draft.random.chance(0.7) ? oddTime(draft) : oddValue(draft.random)),
  ],
  [
    0.4,
    ({ payload }, { random }) => (payload[random.pick(['iss', 'aud', 'jti'])] = oddValue(random)),
  ],
  [0.5, (plan, { random }) => (plan.payloadText = random.pick(NO_OBJECTS))],
  [0.8, (plan, { random }) => (plan.payloadText = twice(random, plan.payload))],
  [0.3, (plan, { random }) => (plan.payloadText = spaced(random, plan.payload))],
  [
    1.5,
    (plan, { random }) => (plan.payloadText = withMember(plan.payload, random.pick(RAW_MEMBERS))),
  ],
  [0.6, (plan, { random }) => (plan.payloadText = oddBytes(random, plan.payload))],
  [
    0.3,
    (plan, { random }) =>
      (plan.payloadText = withMember(plan.payload, ['half', random.pick(HALVES)])),
  ],
  [
    0.3,
    ({ payload }, { random }) =>
      (payload.large = 'x'.repeat(random.pick([2000, 4000, 5000, 6500, 8000]))),
  ],
  [
    0.2,
    ({ payload }, { random }) =>
      (payload.wide = Object.fromEntries(
        Array.from({ length: random.pick([100, 600]) }, (_, n) => [`m${n}`, 1]),
      )),
  ],

  // ------------------------------------------------------------------------------------ the text
  [1, (plan, { random }) => (plan.encode = random.pick([base64, padded]))],
  [0.6, (plan, { random }) => (plan.encode = looseEncoding(random))],
  [2, (plan, { random }) => (plan.finish = (text) => oddText(random, text))],
  [1, (plan, { random }) => (plan.finish = (text) => oddSignature(random, text))],
  [0.7, (plan) => (plan.key = 'foreign')],
  [
    0.5,
    (plan) => Object.assign(plan, { key: 'small', header: { ...plan.header, kid: KIDS.small } }),
  ],
]

const VERSIONS = [
  '6',
  '5abc',
  '0x5',
  ' 5',
  '5 ',
  '05',
  '+5',
  '5.9',
  '1',
  '2',
  '-5',
  '',
  'x',
  '99',
  5,
  3,
  null,
  true,
  ['5'],
  {},
  '\t5',
  '5e1',
  '٥',
]
const EXTENSIONS = [
  { crit: ['x'], x: 1 },
  { crit: ['b64'], b64: true },
  { crit: ['b64'], b64: false },
  { crit: [] },
  { crit: 'x' },
  { crit: null },
  { b64: true },
  { b64: false },
  { zip: 'DEF' },
  { zip: null },
]
const ODD_MEMBERS = [null, 1, 'x', [], {}]
const NO_OBJECTS = ['[]', 'null', '"x"', '1', 'true', '', '{', '{}', '{"a":}', '[{}]']

/** Members that readers of JSON read in different ways. */
const RAW_MEMBERS = [
  ['huge', '1e400'],
  ['huge', '-1e400'],
  ['long', '12345678901234567890'],
  ['long', '9007199254740993'],
  ['zero', '-0'],
  ['one', '1.0'],
  ['thousand', '1e3'],
  ['tiny', '5e-324'],
  ['third', '0.333333333333333333333'],
  ['text', '"\\ud83d\\ude00"'],
  ['text', '"\\u0000"'],
  ['text', '"\\/\\b\\f"'],
  ['text', '"\u007f"'],
  ['__proto__', '{"stt":1}'],
  ['__proto__', '1'],
  ['constructor', '{"prototype":1}'],
  ['toString', '1'],
  ['', '1'],
  ['deep', `${'['.repeat(7)}${']'.repeat(7)}`],
  ['deep', `${'['.repeat(40)}${']'.repeat(40)}`],
  ['bad', '01'],
  ['bad', '+1'],
  ['bad', '.5'],
  ['bad', '1.'],
  ['bad', "'x'"],
  ['bad', 'undefined'],
  ['bad', '"\\x41"'],
  ['bad', '"tab\there"'],
  ['bad', '1,'],
  ['exp', '1e10'],
  ['exp', '1e400'],
  ['stt', '0.0'],
  ['stt', '-0'],
  ['stt', '0e9'],
]

/** Halves of characters, in texts and in names. */
const HALVES = ['"\\ud800"', '"\\udfff x"', '["\\ud83d"]', '{"\\udc00":1}']

function set(random, header, name, values) {
  if (random.chance(0.2)) delete header[name]
  else header[name] = random.pick(values)
}

function changeKid({ header }, { random }) {
  // Another oddity may have taken it away.
  const known = String(header.kid ?? '')
  set(random, header, 'kid', [
    ...[null, 7, 1.5, '', true, [known], {}, ` ${known}`, known.toUpperCase(), `${known}x`, 'x'],
    ...[
      'd-',
      's-',
      'd-unknown',
      's-unknown',
      KIDS.old,
      KIDS.static,
      KIDS.foreign,
      'toString',
      '__proto__',
    ],
    ...['k'.repeat(300), 'k'.repeat(1200)],
  ])
}

function changeAlgorithm(plan, random) {
  const [name, alg = name] = random.pick([
    ...[['RS384'], ['RS512'], ['PS256'], ['HS256'], ['none']],
    ...[
      ['rs256', 'RS256'],
      ['None', 'none'],
      ['', 'RS256'],
      [null, 'RS256'],
      [1, 'RS256'],
    ],
    ...[
      ['ES256', 'RS256'],
      ['EdDSA', 'RS256'],
      ['RS512', 'RS256'],
      ['PS256', 'RS256'],
    ],
    ...[
      ['RS256', 'PS256'],
      ['RS256', 'RS512'],
      ['RS256', 'none'],
      [undefined, 'RS256'],
    ],
  ])
  plan.header.alg = name
  plan.alg = alg
}

/** Times around now, where a second more or less decides. */
function oddTime({ random, now, seconds }) {
  return random.pick([
    ...[seconds, seconds + 1, seconds - 1, seconds + 0.5, seconds - 0.5, seconds + 1.5, now / 1000],
    ...[now / 1000 + 0.001, now / 1000 - 0.001, now, 0, -1, -0.5, 1e15, 1e17, 1e21, 1e300, 2 ** 53],
    ...[2 ** 31, 8.64e12, 8.64e12 + 1, `${seconds + 60}`, '', null, true, [seconds + 60], {}],
  ])
}

/** One member two times: same or other value, before or after. */
function twice(random, object) {
  const name = random.pick(Object.keys(object))
  const value = random.pick([object[name], oddValue(random)])
  const member = `${random.pick([JSON.stringify(name), escaped(name)])}:${JSON.stringify(value ?? null)}`
  const text = JSON.stringify(object)
  return random.chance(0.5) ? `{${member},${text.slice(1)}` : `${text.slice(0, -1)},${member}}`
}

/** A name that begins with an escape, as in `"\u0073ub"`. */
function escaped(name) {
  const code = name.charCodeAt(0).toString(16).padStart(4, '0')
  return `"\\u${code}${name.slice(1)}"`
}

function spaced(random, object) {
  const text = JSON.stringify(object, null, random.pick([' ', '\t', '  ']))
  return random.pick([
    text,
    ` ${text}`,
    `${text}\n`,
    `\ufeff${text}`,
    `${text}\u0000`,
    `${text}x`,
    `\u00a0${text}`,
  ])
}

/** A member as it is written, before or after the others. */
function withMember(payload, [name, raw]) {
  const text = JSON.stringify(payload)
  return `${text.slice(0, -1)},${JSON.stringify(name)}:${raw}}`
}

/** Bytes that are not UTF-8, or not quite. */
function oddBytes(random, payload) {
  const text = JSON.stringify({ ...payload, bytes: '#' })
  const [before, after] = text.split('#')
  const middle = random.pick([
    ...[[0xff], [0xc3], [0xc3, 0x28], [0xc0, 0x80], [0xed, 0xa0, 0x80], [0xf4, 0x90, 0x80, 0x80]],
    ...[[0xe2, 0x82, 0xac], [0xf0, 0x9f, 0x98, 0x80], [0xef, 0xbf, 0xbd], [0x1f], [0x7f]],
  ])
  return Buffer.concat([Buffer.from(before), Buffer.from(middle), Buffer.from(after)])
}

function padded(value) {
  const text = base64url(value)
  return text + '='.repeat((4 - (text.length % 4)) % 4)
}

/** Texts that a generous reader decodes to the same bytes, in one of the parts. */
function looseEncoding(random) {
  const target = random.int(0, 2)
  const loosen = random.pick([
    (text) => `${text}!`,
    (text) => `${text}=`,
    (text) => `${text.slice(0, 5)}\u00a0${text.slice(5)}`,
    (text) => `${text.slice(0, 5)}~${text.slice(5)}`,
    (text) => `${text}=AAAA`,
    looseBits,
  ])
  let part = 0
  return (value) => {
    const text = base64url(value)
    return part++ === target ? loosen(text) : text
  }
}

/** The last letter has bits that do not count, where there are such. */
function looseBits(text) {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
  if (text.length % 4 < 2) return text
  const last = alphabet.indexOf(text.at(-1))
  return `${text.slice(0, -1)}${alphabet[last ^ 1]}`
}

function oddText(random, text) {
  const [header, payload, signature] = text.split('.')
  return random.pick([
    `${header}.${payload}`,
    header,
    `${text}.`,
    `${text}.AA`,
    `.${text}`,
    `${header}..${signature}`,
    `.${payload}.${signature}`,
    `${header}.${payload}.`,
    `${header} .${payload}.${signature}`,
    `${text} x`,
    `Bearer ${text}`,
    `${text},${text}`,
    text.toUpperCase(),
    text.slice(0, -10),
  ])
}

function oddSignature(random, text) {
  const [header, payload, signature] = text.split('.')
  const bytes = Buffer.from(signature, 'base64url')
  const other = random.pick([
    Buffer.alloc(bytes.length),
    bytes.subarray(1),
    bytes.subarray(0, -1),
    Buffer.concat([Buffer.from([0]), bytes]),
    Buffer.concat([bytes, Buffer.from([0])]),
    Buffer.from(bytes.map((byte, index) => (index === 7 ? byte ^ 1 : byte))),
  ])
  return `${header}.${payload}.${other.toString('base64url')}`
}
