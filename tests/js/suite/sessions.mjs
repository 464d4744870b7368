// What the package adds to decisions about SuperTokens' sessions: answers to send, options of a call.

import { equal, gateOf, throws } from './check.mjs'
import { Network } from './replies.mjs'

export function sessionChecks(api, pick) {
  const named = (name) => pick(`supertokens: ${name}`)
  return [...answers(api, named), ...identity(api, named), ...calls(api, named)]
}

/** Where a `Response` may hold cookies: everywhere but in browsers. */
const holdsCookies = () =>
  new Response(null, { headers: [['set-cookie', 'a=b']] }).headers.getSetCookie().length === 1

function answers(api, named) {
  const answer = async (name, more = {}) => {
    const one = named(name)
    const { fetch } = new Network(one.replies)
    const request = { ...one.request, headers: { ...one.request.headers, ...more } }
    const decision = await gateOf(api, one, { fetch }).check(request)
    return decision.toResponse()
  }
  return [
    [
      'sessions: scripts get the bodies that their kit waits for',
      async () => {
        for (const [name, status, text] of [
          ['line 6: any, required (valid)', 401, '{"message":"unauthorised"}'],
          ['token: exp is now', 401, '{"message":"try refresh token"}'],
        ]) {
          const response = await answer(name)
          const type = response.headers.get('content-type')
          equal([response.status, type], [status, 'application/json; charset=utf-8'], name)
          equal(await response.text(), text, name)
        }
      },
    ],
    [
      'sessions: failed claims are told with their reasons',
      async () => {
        const response = await answer('claims: an e-mail address that is not verified')
        equal(response.status, 403)
        const reason = { message: 'wrong value', expectedValue: true, actualValue: false }
        equal(await response.json(), {
          message: 'invalid claim',
          claimValidationErrors: [{ id: 'st-ev', reason }],
        })
      },
    ],
    [
      'sessions: who looks at a page gets a sentence',
      async () => {
        const response = await answer('token: exp is now', { accept: 'text/html' })
        equal(response.headers.get('content-type'), 'text/plain; charset=utf-8')
        equal((await response.text()).startsWith('{'), false)
      },
    ],
    [
      'sessions: an answer takes the cookies of an ended session away',
      async () => {
        const response = await answer('core: the session is gone')
        equal(response.headers.get('front-token'), 'remove')
        equal(response.headers.get('st-access-token'), '')
        const cookies = response.headers.getSetCookie()
        equal(cookies.length, holdsCookies() ? 2 : 0)
      },
    ],
    [
      'sessions: a 503 says when to try again',
      async () => {
        const response = await answer('core: no connection; the peer has a status 500')
        equal([response.status, response.headers.get('retry-after')], [503, '5'])
      },
    ],
  ]
}

function identity(api, named) {
  const stateOf = (name) => {
    const one = named(name)
    return gateOf(api, one).authenticateSync(one.request)
  }
  return [
    [
      'sessions: the Auth object has what SuperTokens knows',
      () => {
        const { auth, provider } = stateOf('token: version 5 of a linked account and a tenant')
        const { userId, recipeUserId, tenantId, sessionId } = auth
        equal([userId, recipeUserId, tenantId, sessionId], ['u1', 'r9', 't1', 'h1'])
        equal([provider, auth.sessionClaims.sub], ['supertokens', 'u1'])
      },
    ],
    [
      'sessions: roles and permissions are those of the claims',
      () => {
        const { auth } = stateOf('claims: all hold')
        equal(auth.roles, ['user', 'admin'])
        equal(auth.has({ role: 'admin' }), true)
        equal(auth.has({ role: 'owner' }), false)
        equal(auth.has({ permission: 'write' }), true)
        equal(auth.has({ permission: 'delete' }), false)
      },
    ],
    [
      'sessions: verifyToken takes every version',
      async () => {
        const [five, two] = [named('token: version 5'), named('version 2: valid')]
        const tokenOf = ({ request }) => request.headers.cookie.slice('sAccessToken='.length)
        const result = await gateOf(api, five).verifyToken(tokenOf(five))
        equal([result.ok, result.claims.sessionHandle], [true, 'h1'])
        equal(gateOf(api, two).verifyTokenSync(tokenOf(two)).claims, { plan: 'pro' })
        const expired = named('token: exp is now')
        const { ok, reason, detail } = gateOf(api, expired).verifyTokenSync(tokenOf(expired))
        equal([ok, reason, detail], [false, 'try-refresh-token', 'token-expired'])
      },
    ],
  ]
}

function calls(api, named) {
  const admin = [{ claim: 'st-role', validator: 'includes', value: 'admin' }]
  const good = () => named('token: version 5')
  return [
    [
      'sessions: a call has options of its own',
      async () => {
        const gate = gateOf(api, good())
        const { request } = good()
        equal((await gate.authenticate(request)).status, 'signed-in')
        const state = await gate.authenticate(request, { session: { claimValidators: admin } })
        equal([state.status, state.claimErrors[0].id], ['invalid-claims', 'st-role'])
        const header = { session: { tokenTransferMethod: 'header' } }
        equal(gate.authenticateSync(request, header).detail, 'token-missing')
        const post = { ...request, method: 'POST' }
        const protectedGate = gateOf(api, {
          ...good(),
          options: { provider: { ...good().options.provider, antiCsrf: 'VIA_CUSTOM_HEADER' } },
        })
        equal(protectedGate.authenticateSync(post).detail, 'anti-csrf-header-missing')
        const unchecked = { session: { antiCsrfCheck: false } }
        equal(protectedGate.authenticateSync(post, unchecked).status, 'signed-in')
      },
    ],
    [
      'sessions: a call without a core cannot look into its database',
      () => {
        const state = gateOf(api, good()).authenticateSync(good().request, {
          session: { checkDatabase: true },
        })
        equal([state.status, state.reason], ['refresh', 'core-not-configured'])
      },
    ],
    [
      'sessions: without waiting, the word of the core is an error that says so',
      async () => {
        const one = named('core: the session is gone')
        const error = await throws(
          () => gateOf(api, one).checkSync(one.request),
          'NeedError',
          'need',
        )
        equal(error.need, {
          kind: 'session-verify',
          url: 'https://core.example/recipe/session/verify',
        })
        equal(JSON.stringify(error).includes(one.request.headers.cookie.slice(20)), false)
      },
    ],
    [
      'sessions: wrong options of a call are errors that name them',
      async () => {
        const gate = gateOf(api, good())
        for (const [session, code, option] of [
          [{ checkdatabase: true }, 'unknown-option', 'session.checkdatabase'],
          [{ checkDatabase: 1 }, 'wrong-type', 'session.checkDatabase'],
          [{ tokenTransferMethod: 'body' }, 'invalid-option', 'session.tokenTransferMethod'],
          [{ claimValidators: [{}] }, 'missing-option', 'session.claimValidators[0].validator'],
        ]) {
          const call = () => gate.authenticateSync(good().request, { session })
          const error = await throws(call, 'ConfigError', code)
          equal(error.option, option)
        }
      },
    ],
  ]
}
