// Sessions in SuperTokens' core, which a `fetch` of the test's own plays.

import { equal, throws } from './check.mjs'
import { Network } from './replies.mjs'

const NOW = 1_700_000_000_123
const CORE = 'https://core.example'
const QUERY = 'apiDomain=https%3A%2F%2Fapi.example.com&websiteDomain=https%3A%2F%2Fexample.com'

const base64url = (text) => btoa(text).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
const header = { alg: 'RS256', typ: 'JWT', version: '5', kid: 'd-1' }
const tokenOf = (payload) =>
  [header, payload, 's'].map((part) => base64url(JSON.stringify(part))).join('.')

const session = { handle: 'h', userId: 'u', recipeUserId: 'r', userDataInJWT: {}, tenantId: 't1' }
const made = { sub: 'u', a: 1 }
const changed = { sub: 'u', newKey: 'newValue' }

function replies(more) {
  const body = (json) => ({ body: JSON.stringify(json) })
  const tokens = (payload) => ({
    ...{ status: 'OK', session },
    accessToken: { token: tokenOf(payload), expiry: NOW + 60_000 },
    refreshToken: { token: 'new', expiry: NOW + 90_000 },
  })
  return {
    [`${CORE}/apiversion?${QUERY}`]: body({ versions: ['5.4'] }),
    [`${CORE}/user/id?userId=r`]: body({ status: 'UNKNOWN_USER_ID_ERROR' }),
    [`${CORE}/t1/recipe/session`]: body(tokens(made)),
    [`${CORE}/recipe/session/regenerate`]: body(tokens(changed)),
    [`${CORE}/recipe/session/remove`]: body({ status: 'OK', sessionHandlesRevoked: ['h'] }),
    ...more,
  }
}

function sessionsOf(api, more = {}) {
  const network = new Network(replies(more))
  const provider = api.supertokens({
    apiDomain: 'https://api.example.com',
    websiteDomain: 'https://example.com',
    connectionURI: CORE,
    jwks: { keys: [] },
  })
  const sessions = api.createSessions({ provider, fetch: network.fetch, clock: () => NOW })
  return { network, sessions }
}

const request = {
  method: 'POST',
  url: 'https://api.example.com/signin',
  headers: { 'st-auth-mode': 'cookie' },
}

export function sessionFunctionChecks(api, { isBrowser }) {
  return [
    [
      'a session is made, changed and ended',
      async () => {
        const { network, sessions } = sessionsOf(api)
        const one = await sessions.createNewSession(request, 't1', 'r', { a: 1 })
        equal(
          network.take().map(({ method, url }) => `${method} ${url.slice(CORE.length)}`),
          [`GET /apiversion?${QUERY}`, 'GET /user/id?userId=r', 'POST /t1/recipe/session'],
        )
        equal([one.getUserId(), one.getAccessTokenPayload()], ['u', made])
        const answer = one.applyTo(new Response('body'))
        // A browser hides cookies from scripts.
        if (!isBrowser) equal(answer.headers.getSetCookie().length, 2)
        const [, front] = one.headers.find(([name]) => name === 'front-token')
        equal(answer.headers.get('front-token'), front)
        equal(await one.mergeIntoAccessTokenPayload({ newKey: 'newValue', a: null }), { ok: true })
        const [{ body }] = network.take()
        const { accessToken, userDataInJWT } = JSON.parse(body)
        equal([accessToken, userDataInJWT], [tokenOf(made), { newKey: 'newValue' }])
        equal(one.getAccessTokenPayload(), changed)
        await one.revokeSession()
        equal(one.applyTo(new Response()).headers.get('front-token'), 'remove')
      },
    ],
    [
      'no session is a value, and a core that is away an error',
      async () => {
        const { sessions } = sessionsOf(api, { [`${CORE}/recipe/session/remove`]: null })
        const refused = await sessions.getSession(request)
        equal([refused.ok, refused.status, refused.detail], [false, 401, 'token-missing'])
        equal(await refused.toResponse().json(), { message: 'unauthorised' })
        const error = await throws(
          () => sessions.revokeSession('h'),
          'CoreError',
          'core-unreachable',
        )
        equal(error instanceof api.CoreError, true)
      },
    ],
  ]
}
