// Everything that can be odd about a token of version 1 or 2. Each changes the plan of a token, see
// token.mjs.

import { base64url } from '../../mint.mjs'
import { base64, LEGACY_HEADERS } from '../mint.mjs'
import { oddValue } from './oddities.mjs'

const TYPED = [
  'sessionHandle',
  'userId',
  'refreshTokenHash1',
  'userData',
  'expiryTime',
  'timeCreated',
]
const NULLABLE = ['parentRefreshTokenHash1', 'antiCsrfToken']

/** `[weight, change(plan, draft)]` */
export const legacyOddities = [
  [2, ({ payload }, { random }) => (payload[random.pick(TYPED)] = oddValue(random))],
  [1.5, ({ payload }, { random }) => delete payload[random.pick(TYPED)]],
  [0.7, ({ payload }, { random }) => (payload[random.pick(NULLABLE)] = oddValue(random))],
  [
    1,
    ({ payload }, { random }) =>
      (payload.userData = random.pick([null, [], 'x', 0, false, [1, { a: 2 }], { __proto: 1 }])),
  ],
  [
    1,
    ({ payload }, { random, now }) =>
      (payload.expiryTime = random.pick([
        now,
        now - 1,
        now + 0.5,
        now - 0.5,
        now / 1000,
        1e300,
        -1,
        0,
      ])),
  ],
  [
    1,
    ({ payload }, { random, now, seconds }) =>
      (payload[random.pick(['exp', 'nbf', 'iat'])] = random.pick([
        seconds,
        seconds - 1,
        seconds + 1,
        now,
        'x',
        null,
      ])),
  ],
  [0.7, ({ payload }, { random }) => (payload.stt = random.pick([0, 1, null, '0']))],
  [
    0.5,
    ({ payload }, { random }) =>
      (payload[random.pick(['rsub', 'tId', 'sub'])] = random.pick(['x', ' y ', 1, null, ''])),
  ],
  [2, (plan) => (plan.key = 'foreign')],
  [1, (plan, { random }) => (plan.header = random.pick(oddHeaders(plan.version)))],
  [
    1,
    (plan, { random }) =>
      (plan.encode = random.pick([
        base64url,
        (value) => base64(value).replace(/=*$/, ''),
        (value) => `${base64(value)}=`,
      ])),
  ],
  [0.5, (plan) => (plan.payloadText = `{"userId":"u-9",${JSON.stringify(plan.payload).slice(1)}`)],
  [0.5, (plan, { random }) => (plan.payloadText = random.pick(['[]', 'null', '{}', '', '{']))],
  [1, (plan, { random }) => (plan.finish = (text) => oddText(random, text))],
]

function oddHeaders(version) {
  const header = LEGACY_HEADERS[version]
  return [
    header.replace('=', ''),
    `${header}=`,
    base64({ typ: 'JWT', alg: 'RS256', version }),
    base64({ alg: 'RS256', typ: 'JWT', version: '3' }),
    base64({ alg: 'RS256', typ: 'JWT', version: '2', kid: 'd-1' }),
    base64({ alg: 'none', typ: 'JWT', version }),
  ]
}

function oddText(random, text) {
  const [header, payload, signature] = text.split('.')
  const urlSafe = (part) => part.replaceAll('+', '-').replaceAll('/', '_').replace(/=*$/, '')
  return random.pick([
    `${header}.${payload}`,
    `${text}.AA==`,
    `${header}.${payload}.`,
    `${header}.${payload}.${urlSafe(signature)}`,
    `${header}.${payload}.${signature.slice(0, -4)}`,
    `${header}.${payload}.${'A'.repeat(342)}==`,
    `${header}..${signature}`,
  ])
}
