// Where the access token is looked for, and which of several counts.

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

const cookie = (text) => call({ cookie: text })

const duplicates = [
  one(
    'duplicates: valid and valid',
    call(cookies(GOOD, GOOD)),
    tryRefresh('duplicate-access-token'),
  ),
  one(
    'duplicates: valid and another',
    call(cookies(GOOD, OTHER)),
    tryRefresh('duplicate-access-token'),
  ),
  one(
    'duplicates: valid and garbage',
    call(cookies(GOOD, 'garbage')),
    tryRefresh('duplicate-access-token'),
  ),
  one(
    'duplicates: garbage and valid; the peer says unauthorised',
    call(cookies('garbage', GOOD)),
    tryRefresh('duplicate-access-token'),
  ),
  one(
    'duplicates: garbage and garbage; the peer says unauthorised',
    call(cookies('a', 'b')),
    tryRefresh('duplicate-access-token'),
  ),
  one(
    'duplicates: with the refresh tokens among them',
    cookie(`sAccessToken=${GOOD}; sRefreshToken=r; sAccessToken=${GOOD}; sRefreshToken=r`),
    tryRefresh('duplicate-access-token'),
  ),
  one(
    'duplicates: in two headers',
    call({ cookie: [`sAccessToken=${GOOD}`, `sAccessToken=${GOOD}`] }),
    tryRefresh('duplicate-access-token'),
  ),
  one(
    'duplicates: a name that is escaped',
    cookie(`sAccessToken=${GOOD}; s%41ccessToken=x`),
    tryRefresh('duplicate-access-token'),
  ),
  one('duplicates: names have a case', cookie(`sAccessToken=${GOOD}; saccesstoken=${OTHER}`), ok()),
  one(
    'duplicates: of the refresh token alone',
    cookie(`sRefreshToken=a; sRefreshToken=b; sAccessToken=${GOOD}`),
    ok(),
  ),
  one(
    'duplicates: a token in the header',
    call({ ...bearer(GOOD), ...cookies(GOOD, OTHER) }),
    ok(),
  ),
  one(
    'duplicates: where only headers are looked at',
    call({ ...bearer(GOOD), ...cookies(GOOD, OTHER) }),
    ok(),
    {
      options: { getTokenTransferMethod: 'header' },
    },
  ),
  one(
    "duplicates: beside somebody else's Bearer",
    call({ ...bearer(FOREIGN), ...cookies(GOOD, GOOD) }),
    tryRefresh('duplicate-access-token'),
  ),
]

const values = [
  one(
    'cookies: other ones that are malformed',
    cookie(`custom={"a":"b%b"}; sAccessToken=${GOOD}; x=%E0%A4%A; y`),
    ok(),
  ),
  one('cookies: other ones that have no name', cookie(`=x; ;; sAccessToken=${GOOD}`), ok()),
  one('cookies: a quoted value', cookie(`sAccessToken="${GOOD}"`), ok()),
  one('cookies: an escaped value', cookie(`sAccessToken=${GOOD.replaceAll('.', '%2E')}`), ok()),
  one(
    'cookies: a value that Express reads as JSON',
    cookie(`sAccessToken=j:${JSON.stringify(GOOD)}`),
    ok(),
  ),
  one(
    'cookies: an equals sign more',
    cookie(`sAccessToken=${GOOD}=`),
    unauthorised('token-not-base64url'),
  ),
  one('cookies: an empty value', cookie('sAccessToken='), unauthorised('token-missing')),
  one('cookies: white space around the pair', cookie(`a=b;  sAccessToken = ${GOOD} ;c=d`), ok()),
  one(
    'cookies: the name in another case',
    cookie(`SACCESSTOKEN=${GOOD}`),
    unauthorised('token-missing'),
  ),
  one('cookies: another name by choice', cookie(`at=${GOOD}; sAccessToken=garbage`), ok(), {
    options: { cookieNames: { access: 'at', refresh: 'rt' } },
  }),
  one(
    'cookies: more of them than the budget allows',
    cookie(`${'a=b; '.repeat(300)}sAccessToken=${GOOD}`),
    unauthorised('too-many-cookies'),
  ),
]

/** Without a look at them: a browser sends no cookies with a preflight. */
const preflight = ['OPTIONS', 'TRACE'].map((method) =>
  one(
    `preflight: ${method} passes as nobody`,
    call(cookies(GOOD), method),
    nobody('token-missing'),
  ),
)

export const carriers = [
  ...TABLE.flatMap(line),
  ...preflight,
  ...lookup,
  ...optional,
  ...duplicates,
  ...values,
]
