// Clerk's Backend API, as far as `authenticateRequest` asks it: answers come from the case.
//
// A reply is `{ status?, body, type? }` (a body that is no string is sent as JSON) or
// `{ fails: true }` for a connection that breaks.

const ROUTES = [
  ['jwks', /\/jwks(\.json)?$/],
  ['handshake', /\/clients\/handshake_payload$/],
  ['refresh', /\/sessions\/[^/]+\/refresh$/],
  ['verify', /\/verify$/],
]

/** A `fetch` that answers from `network`, and the calls that it got. */
export function fakeFetch(network) {
  const calls = []
  const fetch = async (input, init = {}) => {
    const url = new URL(input)
    calls.push(callOf(url, init))
    const route = ROUTES.find(([, pattern]) => pattern.test(url.pathname))
    const reply = (route && network[route[0]]) ?? { status: 404, body: { errors: [] } }
    if (reply.fails) throw new TypeError('fetch failed')
    return responseOf(reply)
  }
  return { fetch, calls }
}

/** How often keys are asked for is each side's own affair; everything else is compared. */
export function comparableCalls(calls) {
  return calls.filter(({ url }) => !/\/jwks(\.json)?(\?|$)/.test(url))
}

function responseOf({ status = 200, body, type = 'application/json' }) {
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  const isEmpty = status === 204
  return new Response(isEmpty ? null : text, { status, headers: { 'content-type': type } })
}

function callOf(url, { method = 'GET', headers, body }) {
  const get = (name) => new Headers(headers).get(name)
  return {
    method,
    url: url.href,
    authorization: get('authorization'),
    version: get('clerk-api-version'),
    body: body ? JSON.parse(body) : null,
  }
}
