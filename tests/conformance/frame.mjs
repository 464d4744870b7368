// What the cases are made of: options, requests and expectations.

import { jwk, NOW, pem } from './mint.mjs'

/** The publishable key of `clerk.example.com`; its cookies end in `_naoXFJnI`. */
export const PUBLISHABLE_KEY = 'pk_live_Y2xlcmsuZXhhbXBsZS5jb20k'
export const SUFFIX = 'naoXFJnI'

export const APP = 'https://app.example.com'

/** A Clerk provider that needs no network. */
export const clerk = (options = {}) => ({
  kind: 'clerk',
  publishableKey: PUBLISHABLE_KEY,
  jwtKey: pem('rsa-2048-a'),
  authorizedParties: [APP],
  signInUrl: '/sign-in',
  ...options,
})

/** The same with a key set in place of the one key, so that `kid` counts. */
export const clerkWithKeys = (options = {}) => {
  const { jwtKey, ...rest } = clerk()
  return { ...rest, jwks: { keys: [jwk('rsa-2048-a'), jwk('rsa-2048-b')] }, ...options }
}

/** Any other issuer. */
export const oidc = (options = {}) => ({
  kind: 'oidc',
  issuer: 'https://issuer.example',
  audience: 'api',
  jwks: { keys: [jwk('rsa-2048-a')] },
  ...options,
})

/** The rules of an ordinary application. */
export const ROUTES = [
  { path: '/', access: 'public' },
  { path: ['/sign-in(.*)', '/about'], access: 'public' },
  { path: '/dashboard(.*)', access: 'signed-in' },
  { path: '/admin(.*)', access: { role: 'org:admin' } },
  { path: '/invoices(.*)', access: { permission: 'org:invoices:read' } },
  { path: '/api(.*)', access: 'signed-in', onDenied: 'status' },
  { path: '/account', access: 'signed-in', onDenied: 'redirect' },
]
export const RULE = { home: 0, open: 1, dashboard: 2, admin: 3, invoices: 4, api: 5, account: 6 }

/** A page that a browser navigates to. */
export const page = (path, headers = {}, method = 'GET') => ({
  method,
  url: APP + path,
  headers: {
    host: 'app.example.com',
    'sec-fetch-dest': 'document',
    accept: 'text/html',
    ...headers,
  },
})

/** What a script in a page fetches. */
export const call = (path, headers = {}, method = 'GET') => ({
  method,
  url: APP + path,
  headers: {
    host: 'app.example.com',
    'sec-fetch-dest': 'empty',
    accept: 'application/json',
    ...headers,
  },
})

export const bearer = (token) => ({ authorization: `Bearer ${token}` })
/** The cookies of a signed-in visitor. */
export const cookie = (token) => ({
  cookie: `theme=dark; __client_uat=1749999000; __session=${token}`,
})

const NOBODY = { isAuthenticated: false, userId: null, sessionId: null, sessionClaims: null }

/** Let in, with these values of the Auth object. */
export const allowed = (rule, auth = { userId: 'user_1' }) => ({
  outcome: 'allow',
  status: 200,
  location: null,
  reason: null,
  rule,
  state: { status: 'signed-in', reason: null, detail: null },
  auth: { isAuthenticated: true, ...auth },
})

/** Let in without being anybody. */
export const open = (rule, reason, detail = null) => ({
  outcome: 'allow',
  status: 200,
  location: null,
  reason: null,
  rule,
  state: { status: 'signed-out', reason, detail },
  auth: NOBODY,
})

/** Sent to `location`. */
export const redirected = (rule, location, reason, { detail = null, status = 307 } = {}) => ({
  outcome: 'redirect',
  status,
  location,
  reason,
  rule,
  state: { status: 'signed-out', reason, detail },
  auth: NOBODY,
})

/** Turned away with a 401. */
export const denied = (rule, reason, detail = null) => ({
  outcome: 'deny',
  status: 401,
  location: null,
  reason,
  rule,
  state: { status: 'signed-out', reason, detail },
  auth: NOBODY,
})

/** Known, but not let in. */
export const forbidden = (rule, reason, auth = { userId: 'user_1' }) => ({
  outcome: 'deny',
  status: 403,
  location: null,
  reason,
  rule,
  state: { status: 'signed-in', reason: null, detail: null },
  auth: { isAuthenticated: true, ...auth },
})

/** One case. */
export const one = (name, provider, request, expect, options = {}) => ({
  name,
  now: NOW,
  options: { provider, routes: ROUTES, ...options },
  request,
  expect,
})
