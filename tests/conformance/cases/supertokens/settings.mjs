// What follows from the options: attributes of cookies, the protection against forgery, statuses.

import {
  call,
  cleared,
  cookies,
  ok,
  one,
  refused,
  tryRefresh,
  unauthorised,
} from '../../frame-supertokens.mjs'
import { JWKS, token } from '../../mint-supertokens.mjs'

const GOOD = token()

/** Whether a request that changes something needs the header `rid`. */
function protection(name, options, isNeeded) {
  const expect = isNeeded ? tryRefresh('anti-csrf-header-missing') : ok()
  return one(name, call(cookies(GOOD), 'POST'), expect, { options })
}

/** apiDomain, websiteDomain; what follows. */
const DOMAINS = [
  ['api.supertokens.io', 'supertokens.io', 'Lax', true],
  ['https://api.supertokens.io', 'supertokens.io', 'Lax', true],
  ['api.supertokens.com', 'supertokens.io', 'None', true],
  ['api.supertokens.co.uk', 'supertokens.co.uk', 'Lax', true],
  ['supertokens.io', 'www.supertokens.io', 'Lax', true],
  ['127.0.0.1:3000', '127.0.0.1:9000', 'Lax', false],
  ['localhost:3000', 'localhost:9000', 'Lax', false],
  ['localhost:3000', '127.0.0.1:9000', 'Lax', false],
  ['api.supertokens.io', '127.0.0.1:9000', 'None', true],
  ['https://localhost', 'http://localhost:3000', 'None', true],
  ['http://api.test.com:3000', 'google.com', 'None', false],
  ['https://api.test.com', 'http://api.test.com', 'None', true],
  ['http://api.test.com', 'http://test.com', 'Lax', false],
]
const derived = DOMAINS.flatMap(([apiDomain, websiteDomain, sameSite, secure]) => {
  const options = { apiDomain, websiteDomain, jwks: JWKS }
  const name = `${apiDomain} and ${websiteDomain}`
  return [
    cleared(`cookies of ${name}`, options, { sameSite, secure }),
    protection(`protection of ${name}`, options, sameSite === 'None'),
  ]
})

const SAME_SITE = [
  [' Lax ', 'Lax'],
  ['None ', 'None'],
  [' STRICT ', 'Strict'],
  ['lax', 'Lax'],
  ['none', 'None'],
  ['strict', 'Strict'],
]
const sameSite = SAME_SITE.flatMap(([cookieSameSite, sameSite]) => [
  cleared(`cookieSameSite ${JSON.stringify(cookieSameSite)}`, { cookieSameSite }, { sameSite }),
  protection(
    `protection with cookieSameSite ${JSON.stringify(cookieSameSite)}`,
    { cookieSameSite },
    sameSite === 'None',
  ),
])

const said = [
  ...['random ', ' ', ''].map((cookieSameSite) =>
    refused(
      `cookieSameSite ${JSON.stringify(cookieSameSite)}`,
      { cookieSameSite },
      'invalid-option',
      'cookieSameSite',
    ),
  ),
  ...['RANDOM', 'none', ''].map((antiCsrf) =>
    refused(`antiCsrf ${JSON.stringify(antiCsrf)}`, { antiCsrf }, 'invalid-option', 'antiCsrf'),
  ),
  refused('antiCsrf that is a function', { antiCsrf: {} }, 'wrong-type', 'antiCsrf'),
  refused(
    'getTokenTransferMethod "both"; the peer does not look',
    { getTokenTransferMethod: 'both' },
    'invalid-option',
    'getTokenTransferMethod',
  ),
  refused(
    'an option that there is not; the peer passes it over',
    { cookieSamesite: 'lax' },
    'unknown-option',
    'cookieSamesite',
  ),
  refused('no apiDomain', { apiDomain: undefined }, 'missing-option', 'apiDomain'),
  ...['/one/two', '/.netlify/functions/api', '', 'http://', 'javascript:x'].map((apiDomain) =>
    refused(`apiDomain ${JSON.stringify(apiDomain)}`, { apiDomain }, 'invalid-option', 'apiDomain'),
  ),
  refused(
    'apiDomain with a password; the peer passes it over',
    { apiDomain: 'https://u:p@a.example' },
    'invalid-option',
    'apiDomain',
  ),
  refused('websiteDomain "a b"', { websiteDomain: 'a b' }, 'invalid-option', 'websiteDomain'),
  refused(
    'neither websiteDomain nor cookieSameSite',
    { websiteDomain: undefined },
    'missing-option',
    'websiteDomain',
  ),
  refused(
    'two hosts that only the public suffix list can tell; the peer has one',
    { apiDomain: 'api.example.com', websiteDomain: 'app.example.com' },
    'missing-option',
    'cookieSameSite',
  ),
  cleared(
    'two hosts that the domain of the cookies tells',
    {
      apiDomain: 'api.example.com',
      websiteDomain: 'app.example.com',
      cookieDomain: '.example.com',
    },
    { domain: '.example.com' },
  ),
  cleared('cookieSecure false', { cookieSecure: false }, { secure: false }),
  cleared('cookieSecure true on this machine', {
    apiDomain: 'localhost:3000',
    websiteDomain: 'localhost:3000',
    cookieSecure: true,
  }),
  protection(
    'antiCsrf goes before cookieSameSite',
    { antiCsrf: 'NONE', cookieSameSite: 'none' },
    false,
  ),
  protection('antiCsrf where cookieSameSite needs none', { antiCsrf: 'VIA_CUSTOM_HEADER' }, true),
  protection(
    'antiCsrf on this machine',
    { apiDomain: '127.0.0.1:3000', websiteDomain: '127.0.0.1:9000', antiCsrf: 'VIA_CUSTOM_HEADER' },
    true,
  ),
  protection(
    'antiCsrf NONE for two sites',
    { apiDomain: 'https://127.0.0.1:3000', websiteDomain: 'google.com', antiCsrf: 'NONE' },
    false,
  ),
  cleared('other names', { cookieNames: { access: 'at', refresh: 'rt' } }, { names: ['at', 'rt'] }),
  refused(
    'a name that cookies cannot have; the peer does not look',
    { cookieNames: { access: 'a;b' } },
    'invalid-option',
    'cookieNames.access',
  ),
]

const claimValidators = [{ claim: 'st-ev', validator: 'isVerified' }]
const expired = (status) => ({ ...unauthorised('token-missing'), status })
const statuses = [
  one('sessionExpiredStatusCode, no session', call(), expired(402), {
    options: { sessionExpiredStatusCode: 402 },
  }),
  one(
    'sessionExpiredStatusCode, to be refreshed',
    call(cookies(GOOD), 'POST'),
    { ...tryRefresh('anti-csrf-header-missing'), status: 440 },
    {
      options: { sessionExpiredStatusCode: 440, antiCsrf: 'VIA_CUSTOM_HEADER' },
    },
  ),
  one(
    'invalidClaimStatusCode',
    call(cookies(GOOD)),
    { outcome: 'deny', status: 418 },
    {
      options: { invalidClaimStatusCode: 418, claimValidators },
    },
  ),
  refused(
    'statuses that are the same',
    { sessionExpiredStatusCode: 403 },
    'invalid-option',
    'invalidClaimStatusCode',
  ),
  ...['200', '302; the peer does not look', '500; the peer does not look', '1000'].map((text) => {
    const sessionExpiredStatusCode = Number.parseInt(text, 10)
    return refused(
      `sessionExpiredStatusCode ${text}`,
      { sessionExpiredStatusCode },
      'invalid-option',
      'sessionExpiredStatusCode',
    )
  }),
]

export const settings = [...derived, ...sameSite, ...said, ...statuses]
