// What the cases of SuperTokens are made of: options, requests, replies and expectations.

import { NOW } from './mint.mjs'
import { JWKS, token } from './mint-supertokens.mjs'

/** Where the API and the website are: two hosts, of which one is below the other. */
export const API = 'https://api.example.com'
export const SITE = 'https://example.com'
export const CORE = 'https://core.example'
/** Where keys are fetched unless they are given. */
export const JWKS_URL = `${API}/auth/jwt/jwks.json`

/** SuperTokens with all keys at hand. */
export const supertokens = (options = {}) => ({
  kind: 'supertokens',
  apiDomain: API,
  websiteDomain: SITE,
  jwks: JWKS,
  ...options,
})

/** What a script fetches from the API. */
export const call = (headers = {}, method = 'GET') => ({
  method,
  url: `${API}/me`,
  headers: {
    host: 'api.example.com',
    'sec-fetch-dest': 'empty',
    accept: 'application/json',
    ...headers,
  },
})

/** A page that a browser navigates to. */
export const page = (path, headers = {}, { origin = SITE, method = 'GET' } = {}) => ({
  method,
  url: origin + path,
  headers: {
    host: new URL(origin).host,
    'sec-fetch-dest': 'document',
    accept: 'text/html',
    ...headers,
  },
})

/** These access tokens, in cookies. */
export const cookies = (...tokens) => ({
  cookie: tokens.map((token) => `sAccessToken=${token}`).join('; '),
})
export const bearer = (token) => ({ authorization: `Bearer ${token}` })

const refusal = (status, state, reason, detail, rest) => ({
  outcome: 'deny',
  status,
  location: null,
  reason,
  cookies: [],
  state: { status: state, reason, detail },
  auth: { isAuthenticated: false, userId: null, sessionId: null, sessionClaims: null },
  ...rest,
})

/** The session of the ordinary token. */
export const SESSION = { userId: 'u1', recipeUserId: 'r1', sessionId: 'h1', tenantId: 'public' }

/** Let in with this session, with nothing to be told to the browser. */
export const ok = (auth = {}) => ({
  outcome: 'allow',
  status: 200,
  location: null,
  reason: null,
  body: null,
  cookies: [],
  state: { status: 'signed-in', reason: null, detail: null, provider: 'supertokens' },
  auth: { isAuthenticated: true, ...SESSION, ...auth },
})

/** Let in without a session: `undefined` for users of `verifySession`. */
export const nobody = (detail) => ({
  outcome: 'allow',
  status: 200,
  location: null,
  reason: null,
  body: null,
  cookies: [],
  state: { status: 'signed-out', reason: 'unauthorised', detail },
  auth: { isAuthenticated: false, userId: null, sessionId: null, sessionClaims: null },
})

/** `UNAUTHORISED` that takes no cookies away. */
export const unauthorised = (detail) =>
  refusal(401, 'signed-out', 'unauthorised', detail, { body: '{"message":"unauthorised"}' })

/** `TRY_REFRESH_TOKEN`. */
export const tryRefresh = (detail) =>
  refusal(401, 'refresh', 'try-refresh-token', detail, { body: '{"message":"try refresh token"}' })

/** Neither yes nor no. */
export const unavailable = (reason) => ({
  ...refusal(503, 'refresh', reason, null, {}),
  headers: { 'retry-after': '5', 'cache-control': 'private, no-store' },
})

/** `INVALID_CLAIMS` with these errors. */
export const invalidClaims = (...errors) => ({
  ...refusal(403, 'invalid-claims', 'invalid-claims', null, {
    body: JSON.stringify({ message: 'invalid claim', claimValidationErrors: errors }),
  }),
  state: { status: 'invalid-claims', reason: 'invalid-claims', claimErrors: errors },
})

/** Sent to `location`, without any change of cookies. */
export const redirected = (location, state, { status = 307, cookies = [] } = {}) => ({
  outcome: 'redirect',
  status,
  location,
  body: null,
  cookies,
  state,
})

const REQUIRED = [{ path: '/(.*)', access: 'signed-in' }]
const OPTIONAL = [{ path: '/(.*)', access: 'public', session: { sessionRequired: false } }]

/**
 * One case. `options` are the provider's; `session` those of `verifySession`; `isOptional` is
 * `sessionRequired: false`; `onDenied` is the route's; `replies` is what the network answers, by address.
 */
export function one(
  name,
  request,
  expect,
  { options, session, isOptional, onDenied, ...rest } = {},
) {
  const [route] = isOptional ? OPTIONAL : REQUIRED
  const routes = [
    {
      ...route,
      ...(onDenied && { onDenied }),
      ...((session || route.session) && { session: { ...route.session, ...session } }),
    },
  ]
  return {
    name: `supertokens: ${name}`,
    now: NOW,
    options: { provider: supertokens(options), routes },
    request,
    ...rest,
    expect,
  }
}

/** Several requests in a row to one gate; each step is `[ms after the first, request, expectation]`. */
export function sequence(name, steps, members) {
  const { now, request, expect, ...rest } = one(name, undefined, undefined, members)
  const step = ([after, request, expect]) => ({ now: NOW + after, request, expect })
  return { ...rest, steps: steps.map(step) }
}

/** A configuration that is refused. */
export const refused = (name, options, code, option) =>
  one(name, undefined, { error: { code, option: `provider.${option}` } }, { options })

export const EPOCH = 'Expires=Thu, 01 Jan 1970 00:00:00 GMT'

/**
 * A session that the core ended: the cookies that are taken away show their attributes. `options` are
 * the provider's.
 */
export function cleared(
  name,
  options,
  {
    sameSite = 'Lax',
    secure = true,
    domain,
    access = '/',
    refresh = '/auth/session/refresh',
    names = ['sAccessToken', 'sRefreshToken'],
  } = {},
) {
  const cookie = (name, path) =>
    [
      `${name}=`,
      ...(domain ? [`Domain=${domain}`] : []),
      `Path=${path}`,
      EPOCH,
      'HttpOnly',
      ...(secure ? ['Secure'] : []),
      `SameSite=${sameSite}`,
    ].join('; ')
  const expected = [cookie(names[0], access), cookie(names[1], refresh)]
  return one(
    name,
    call({ cookie: `${names[0]}=${token()}` }),
    { ...unauthorised('session-revoked'), cookies: expected },
    {
      options: { connectionURI: CORE, ...options },
      session: { checkDatabase: true },
      replies: { [`${CORE}/recipe/session/verify`]: { body: '{"status":"UNAUTHORISED"}' } },
    },
  )
}
