// Cookies with access tokens: more than one of them, and how their values are read.

import {
  bearer,
  call,
  cookies,
  ok,
  one,
  tryRefresh,
  unauthorised,
} from '../../frame-supertokens.mjs'
import { T } from '../../mint.mjs'
import { signed, token } from '../../mint-supertokens.mjs'

const GOOD = token()
const OTHER = token({ sub: 'u2', rsub: 'r2', sessionHandle: 'h2' })
/** Somebody else's JWT, with a signature that is of no matter. */
const FOREIGN = signed({ alg: 'RS256', typ: 'JWT' }, { sub: 'someone', exp: T + 60 })

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
    'cookies: an equals sign more; the peer takes it',
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
    'cookies: more of them than the budget allows; the peer has no limit',
    cookie(`${'a=b; '.repeat(300)}sAccessToken=${GOOD}`),
    unauthorised('too-many-cookies'),
  ),
]

export const cookieCases = [...duplicates, ...values]
