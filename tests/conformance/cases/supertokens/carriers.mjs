// Where the access token is looked for: header, cookie, or neither.

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
import { T } from '../../mint.mjs'
import { header, signed, token } from '../../mint-supertokens.mjs'

const GOOD = token()
const OTHER = token({ sub: 'u2', rsub: 'r2', sessionHandle: 'h2' })
const EXPIRED = token({ exp: T })
const THE_OTHER = { userId: 'u2', recipeUserId: 'r2', sessionId: 'h2' }
/** Somebody else's JWT, with a signature that is of no matter. */
const FOREIGN = signed({ alg: 'RS256', typ: 'JWT' }, { sub: 'someone', exp: T + 60 })

const YES = true
const NO = false

/** auth-modes.test.js: the method, whether a session is required, a token in header and cookie. */
const TABLE = [
  ['any', NO, NO, NO, 'undefined'],
  ['header', NO, NO, NO, 'undefined'],
  ['cookie', NO, NO, NO, 'undefined'],
  ['cookie', NO, YES, NO, 'undefined'],
  ['header', NO, NO, YES, 'undefined'],
  ['any', YES, NO, NO, 'UNAUTHORISED'],
  ['header', YES, NO, NO, 'UNAUTHORISED'],
  ['cookie', YES, NO, NO, 'UNAUTHORISED'],
  ['cookie', YES, YES, NO, 'UNAUTHORISED'],
  ['header', YES, NO, YES, 'UNAUTHORISED'],
  ['any', YES, YES, YES, 'header'],
  ['any', NO, YES, YES, 'header'],
  ['header', YES, YES, YES, 'header'],
  ['header', NO, YES, YES, 'header'],
  ['cookie', YES, YES, YES, 'cookie'],
  ['cookie', NO, YES, YES, 'cookie'],
  ['any', YES, YES, NO, 'header'],
  ['any', NO, YES, NO, 'header'],
  ['header', YES, YES, NO, 'header'],
  ['header', NO, YES, NO, 'header'],
  ['any', YES, NO, YES, 'cookie'],
  ['any', NO, NO, YES, 'cookie'],
  ['cookie', YES, NO, YES, 'cookie'],
  ['cookie', NO, NO, YES, 'cookie'],
]

/** One line of the table; where both carry a token, each another one. */
function line([method, isRequired, inHeader, inCookie, output], index) {
  const name = [
    `line ${index + 1}: ${method}, ${isRequired ? 'required' : 'optional'}`,
    ...(inHeader ? ['header'] : []),
    ...(inCookie ? ['cookie'] : []),
  ].join(', ')
  const headers = (header, cookie) => ({
    ...(inHeader && bearer(header)),
    ...(inCookie && cookies(cookie)),
  })
  const verdicts = {
    undefined: [nobody('token-missing'), nobody('token-missing')],
    UNAUTHORISED: [unauthorised('token-missing'), unauthorised('token-missing')],
    header: [ok(), tryRefresh('token-expired')],
    cookie: [ok(THE_OTHER), tryRefresh('token-expired')],
  }
  const [valid, expired] = verdicts[output]
  const members = { isOptional: !isRequired, options: { getTokenTransferMethod: method } }
  const perCall = { isOptional: !isRequired, session: { tokenTransferMethod: method } }
  // With both expired nothing would tell which one was looked at.
  const old = output === 'cookie' ? headers(GOOD, EXPIRED) : headers(EXPIRED, GOOD)
  return [
    one(`${name} (valid)`, call(headers(GOOD, OTHER)), valid, members),
    one(`${name} (expired)`, call(old), expired, members),
    one(`${name} (chosen for the route)`, call(headers(GOOD, OTHER)), valid, perCall),
  ]
}

const legacy = (rest = '') => ({ cookie: `sIdRefreshToken=x${rest}` })

const lookup = [
  one(
    'sIdRefreshToken, whatever else',
    call(legacy(`; sAccessToken=${GOOD}`)),
    tryRefresh('legacy-session'),
  ),
  one('sIdRefreshToken alone', call(legacy()), tryRefresh('legacy-session')),
  one('sIdRefreshToken, empty', call({ cookie: 'sIdRefreshToken=' }), tryRefresh('legacy-session')),
  one(
    'sIdRefreshToken beside a token in the header',
    call({ ...legacy(), ...bearer(GOOD) }),
    tryRefresh('legacy-session'),
  ),
  one(
    'sIdRefreshToken where only headers are looked at',
    call(legacy()),
    tryRefresh('legacy-session'),
    {
      options: { getTokenTransferMethod: 'header' },
    },
  ),
  one('sIdRefreshToken, optional session', call(legacy()), tryRefresh('legacy-session'), {
    isOptional: true,
  }),

  one(
    "somebody else's Bearer hides no cookie",
    call({ ...bearer(FOREIGN), ...cookies(GOOD) }),
    ok(),
  ),
  one(
    "somebody else's Bearer hides no expired cookie",
    call({ ...bearer(FOREIGN), ...cookies(EXPIRED) }),
    tryRefresh('token-expired'),
  ),
  one(
    "somebody else's Bearer where only headers are looked at",
    call({ ...bearer(FOREIGN), ...cookies(GOOD) }),
    unauthorised('kid-missing'),
    { options: { getTokenTransferMethod: 'header' } },
  ),
  one("somebody else's Bearer alone", call(bearer(FOREIGN)), unauthorised('kid-missing')),
  one("somebody else's Bearer, optional session", call(bearer(FOREIGN)), nobody('kid-missing'), {
    isOptional: true,
  }),
  one(
    "somebody else's cookie hides no header",
    call({ ...bearer(GOOD), ...cookies('x.y.z') }),
    ok(),
  ),
  one(
    'an expired header comes before a valid cookie',
    call({ ...bearer(EXPIRED), ...cookies(GOOD) }),
    tryRefresh('token-expired'),
  ),

  one(
    'the scheme is case-sensitive',
    call({ authorization: `bearer ${GOOD}` }),
    unauthorised('token-missing'),
  ),
  one(
    'the scheme may be followed by more spaces',
    call({ authorization: `Bearer   ${GOOD}` }),
    ok(),
  ),
  one('the scheme alone', call({ authorization: 'Bearer' }), unauthorised('token-missing')),
  one('another scheme', call({ authorization: `Basic ${GOOD}`, ...cookies(GOOD) }), ok()),
  one(
    'st-access-token is for answers',
    call({ 'st-access-token': GOOD }),
    unauthorised('token-missing'),
  ),
  one(
    'st-auth-mode is for new sessions',
    call({ 'st-auth-mode': 'header', ...cookies(GOOD) }),
    ok(),
  ),
]

const optional = [
  one('optional: no token', call(), nobody('token-missing'), { isOptional: true }),
  one('optional: garbage', call(cookies('garbage')), nobody('token-not-compact'), {
    isOptional: true,
  }),
  one('optional: expired', call(cookies(EXPIRED)), tryRefresh('token-expired'), {
    isOptional: true,
  }),
  one(
    'optional: a bad signature',
    call(cookies(token({}, { key: 'static', head: header() }))),
    tryRefresh('token-invalid-signature'),
    { isOptional: true },
  ),
  one(
    'optional: duplicate cookies',
    call(cookies(GOOD, GOOD)),
    tryRefresh('duplicate-access-token'),
    { isOptional: true },
  ),
  one('optional: a session', call(cookies(GOOD)), ok(), { isOptional: true }),
]

/** What a browser asks before it sends a request from another origin. */
const ASKS = { origin: 'https://example.com', 'access-control-request-method': 'PUT' }
const { origin, ...METHOD_ALONE } = ASKS
const PASSES = 'the peer lets it pass as nobody'

const preflight = [
  one('preflight: passes as nobody', call(ASKS, 'OPTIONS'), nobody('token-missing')),
  one(
    'preflight: passes as nobody, without a look at the cookies that browsers do not send',
    call({ ...ASKS, ...cookies(GOOD) }, 'OPTIONS'),
    nobody('token-missing'),
  ),
  ...['OPTIONS', 'TRACE'].flatMap((method) => [
    one(
      `preflight: ${method} is a request like any other; ${PASSES}`,
      call({}, method),
      unauthorised('token-missing'),
    ),
    one(
      `preflight: ${method} with a session is a request like any other; ${PASSES}`,
      call(cookies(GOOD), method),
      ok(),
    ),
    one(
      `preflight: ${method} with an expired session; ${PASSES}`,
      call(cookies(EXPIRED), method),
      tryRefresh('token-expired'),
    ),
  ]),
  ...[
    ['TRACE', ASKS, 'TRACE that says what a preflight says'],
    ['OPTIONS', { origin }, 'no method is asked for'],
    ['OPTIONS', METHOD_ALONE, 'no origin asks'],
    ['OPTIONS', { ...ASKS, 'access-control-request-method': 'GET, PUT' }, 'two methods'],
    ['OPTIONS', { ...ASKS, origin: 'https://a.example, https://b.example' }, 'two origins'],
  ].map(([method, headers, what]) =>
    one(`preflight: ${what}; ${PASSES}`, call(headers, method), unauthorised('token-missing')),
  ),
]

export const carriers = [...TABLE.flatMap(line), ...preflight, ...lookup, ...optional]
