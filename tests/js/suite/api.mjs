// What the package adds to the decisions: answers to send, the Auth object, single tokens.

import { bytes, equal, gateOf } from './check.mjs'
import { misuse } from './misuse.mjs'
import { keysFromTheNetwork } from './network.mjs'

/** The checks; `pick(name)` gives a case of `decisions.json`. */
export function apiChecks(api, pick) {
  return [
    ...answers(api, pick),
    ...identity(api, pick),
    ...tokens(api, pick),
    ...misuse(api, pick),
    ...keysFromTheNetwork(api, pick),
  ]
}

function answers(api, pick) {
  const responseOf = (name) => {
    const one = pick(name)
    return gateOf(api, one).checkSync(one.request).toResponse()
  }
  return [
    ['an allowed request has no answer', () => equal(responseOf('signed in by cookie'), null)],
    [
      'a redirect is an answer with a location',
      async () => {
        const one = pick('anonymous on a protected page goes to the sign-in page and comes back')
        const response = responseOf(one.name)
        equal([response.status, response.headers.get('location')], [307, one.expect.location])
        equal(response.headers.get('cache-control'), 'private, no-store')
        equal(response.headers.get('x-clerk-auth-status'), 'signed-out')
        equal(await response.text(), '')
      },
    ],
    [
      'a program gets a refusal as JSON',
      async () => {
        const response = responseOf('anonymous script gets a status')
        equal([response.status, response.headers.get('content-type')], [401, 'application/json'])
        const { error } = await response.json()
        equal(error.code, 'session-token-and-uat-missing')
        equal(typeof error.message, 'string')
      },
    ],
    [
      'a page gets a refusal as a sentence',
      async () => {
        const response = responseOf('version 1: another role')
        equal(response.status, 403)
        equal(response.headers.get('content-type'), 'text/plain; charset=utf-8')
        equal((await response.text()).endsWith('.\n'), true)
      },
    ],
    [
      'the rule is the one that was given',
      () => {
        const one = pick('signed in by cookie')
        const decision = gateOf(api, one).checkSync(one.request)
        equal(decision.rule === one.options.routes[one.expect.rule], true)
      },
    ],
  ]
}

function identity(api, pick) {
  const authOf = (name) => {
    const one = pick(name)
    return gateOf(api, one).authenticateSync(one.request).auth
  }
  return [
    [
      'has() answers for roles and permissions, also on its own',
      () => {
        const { has } = authOf('version 2: the permission')
        equal(has({ permission: 'org:invoices:read' }), true)
        equal(has({ permission: 'invoices:read', role: 'member' }), true)
        equal(has({ permission: 'org:invoices:write' }), false)
        equal(has({ role: 'org:admin' }), false)
        equal(has({}), false)
      },
    ],
    [
      'has() is false for nobody',
      () => equal(authOf('anonymous on a public page').has({ role: 'org:admin' }), false),
    ],
    [
      'getToken() gives the verified token, also on its own',
      () => {
        const one = pick('signed in by header')
        const { getToken } = gateOf(api, one).authenticateSync(one.request).auth
        equal(`Bearer ${getToken()}`, one.request.headers.authorization)
        equal(authOf('a bad token on a public page is nobody, and no obstacle').getToken(), null)
      },
    ],
    [
      'authenticate() knows no routes',
      async () => {
        const one = pick('version 1: another role')
        const state = await gateOf(api, one).authenticate(one.request)
        equal([state.status, state.provider], ['signed-in', 'clerk'])
        equal(state.auth.orgRole, 'org:member')
      },
    ],
    [
      'nobody has nothing',
      () => {
        const { has, getToken, ...values } = authOf('anonymous on a public page')
        equal(values, {
          isAuthenticated: false,
          userId: null,
          sessionId: null,
          sessionClaims: null,
          sessionStatus: null,
          actor: null,
          orgId: null,
          orgRole: null,
          orgSlug: null,
          orgPermissions: null,
          factorVerificationAge: null,
        })
      },
    ],
  ]
}

function tokens(api, pick) {
  const good = () => pick('signed in by header')
  const bad = () => pick('a bad header is not mended by a good cookie')
  const tokenOf = ({ request }) => request.headers.authorization.slice('Bearer '.length)
  const keys = () => ({ pem: good().options.provider.jwtKey })
  return [
    [
      'verifyToken gives header and claims',
      async () => {
        const result = await gateOf(api, good()).verifyToken(tokenOf(good()))
        equal([result.ok, result.header.alg, result.claims.sub], [true, 'RS256', 'user_1'])
      },
    ],
    [
      'verifyToken refuses with a reason',
      () => {
        const { message, ...rest } = gateOf(api, bad()).verifyTokenSync(tokenOf(bad()))
        equal(rest, { ok: false, reason: 'token-invalid-signature', detail: null })
        equal(message.includes(tokenOf(bad()).slice(0, 12)), false)
      },
    ],
    [
      'decodeToken reads without verifying, and says so',
      () => {
        const decoded = api.decodeToken(tokenOf(bad()))
        equal([decoded.ok, decoded.unverified, decoded.claims.sub], [true, true, 'user_1'])
        const refused = api.decodeToken('nonsense')
        equal([refused.ok, refused.reason], [false, 'token-not-compact'])
      },
    ],
    [
      'verifyJws verifies the signature alone',
      () => {
        const result = api.verifyJws(tokenOf(good()), keys())
        equal(result.ok, true)
        equal(JSON.parse(new TextDecoder().decode(result.payload)).sub, 'user_1')
        const refused = api.verifyJws(tokenOf(bad()), keys())
        equal([refused.ok, refused.reason], [false, 'token-invalid-signature'])
      },
    ],
    [
      'verifySignature takes bytes',
      () => {
        const [head, body, signature] = tokenOf(good()).split('.')
        const message = new TextEncoder().encode(`${head}.${body}`)
        const proof = bytes(signature)
        equal(api.verifySignature(keys(), message, proof), true)
        proof[7] ^= 1
        equal(api.verifySignature(keys(), message, proof), false)
      },
    ],
    [
      'a secret is given as bytes',
      () => {
        // RFC 7515 appendix A.1.
        const token =
          'eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ.dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk'
        const secret = bytes(
          'AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow',
        )
        equal(api.verifyJws(token, { secret, algorithms: ['HS256'] }).ok, true)
        secret[0] ^= 1
        equal(api.verifyJws(token, { secret, algorithms: ['HS256'] }).ok, false)
      },
    ],
  ]
}
