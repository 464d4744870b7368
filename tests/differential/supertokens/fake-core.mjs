// A SuperTokens core on this machine: it answers by a script, and writes down what it was asked.
//
// A script has a reply for each endpoint, `{ status?, body, type? }` (a body that is no string is sent
// as JSON), `{ fails: true }` for a connection that breaks, or `{ confirms: true }` for a session as
// its access token says. What it does not name is answered as a core in good order answers.

import { once } from 'node:events'
import { createServer } from 'node:http'
import { plainKeySet } from './keys.mjs'
import { serve } from './wire.mjs'

const ENDPOINTS = [
  ['user', 'GET', /\/user\/id$/],
  ['jwks', 'GET', /^\/\.well-known\/jwks\.json$/],
  ['apiversion', 'GET', /^\/apiversion$/],
  ['verify', 'POST', /\/recipe\/session\/verify$/],
  ['refresh', 'POST', /\/recipe\/session\/refresh$/],
  ['regenerate', 'POST', /\/recipe\/session\/regenerate$/],
  ['remove', 'POST', /\/recipe\/session\/remove$/],
  ['create', 'POST', /\/recipe\/session$/],
  ['information', 'GET', /\/recipe\/session$/],
  ['handles', 'GET', /\/recipe\/session\/user$/],
  ['payload', 'PUT', /\/recipe\/jwt\/data$/],
  ['data', 'PUT', /\/recipe\/session\/data$/],
]

const USUAL = {
  jwks: () => plainKeySet(),
  apiversion: () => ({ versions: ['5.2', '5.3', '5.4', '5.5'] }),
  remove: ({ body }) => ({ status: 'OK', sessionHandlesRevoked: body?.sessionHandles ?? [] }),
}

/** The endpoints by which the keys and the version are asked for: how often is each side's affair. */
const OWN_AFFAIR = new Set(['jwks', 'apiversion'])

export class FakeCore {
  /** How often keys were asked for, ever. */
  keyRequests = 0
  #script = {}
  #calls = []
  /** The ports by the names of hosts. */
  #ports = {}

  /** Starts it, at two free ports of this machine. */
  static async start() {
    const core = new FakeCore()
    for (const name of ['up', 'other'])
      core.#ports[name] = await serve((request, response) => core.#serve(request, response))
    core.#ports.down = await closedPort()
    return core
  }

  /** The address of a host of a case: `up`, `other`, which is up as well, or `down`. */
  address(host) {
    return `http://127.0.0.1:${this.#ports[host]}`
  }

  /** From now on it answers by this script. */
  follow(script) {
    this.#script = script
  }

  /** What it was asked since the last time, without the keys and the version. */
  takeCalls() {
    const calls = this.#calls.filter(({ endpoint }) => !OWN_AFFAIR.has(endpoint))
    this.#calls = []
    return calls.map(({ endpoint: _, ...call }) => call)
  }

  async #serve(request, response) {
    const chunks = await request.toArray()
    const text = Buffer.concat(chunks).toString()
    const { pathname } = new URL(request.url, 'http://core')
    const [endpoint] =
      ENDPOINTS.find(([, method, path]) => method === request.method && path.test(pathname)) ?? []
    const call = callOf(request, text)
    this.#calls.push({ endpoint, ...call })
    if (endpoint === 'jwks') this.keyRequests++
    const reply = this.#script[endpoint] ?? { body: USUAL[endpoint]?.(call) ?? notFound(pathname) }
    if (reply.fails) return request.socket.destroy()
    send(response, reply.confirms ? { body: confirmed(call.body) } : reply)
  }
}

function send(response, { status = 200, body, type = 'application/json' }) {
  response.writeHead(status, { 'content-type': type })
  response.end(typeof body === 'string' ? body : JSON.stringify(body))
}

/** What a call says: where to, with what, and in whose name. */
function callOf({ method, url, headers }, text) {
  return {
    method,
    path: url,
    cdi: headers['cdi-version'] ?? null,
    key: headers['api-key'] ?? null,
    rid: headers.rid ?? null,
    type: headers['content-type'] ?? null,
    body: text === '' ? null : JSON.parse(text),
  }
}

/** What a core says of a session that is as its access token says. */
function confirmed({ accessToken }) {
  const payload = JSON.parse(Buffer.from(accessToken.split('.')[1], 'base64'))
  const userId = (payload.sub ?? payload.userId).trim()
  const session = {
    handle: payload.sessionHandle.trim(),
    userId,
    recipeUserId: typeof payload.rsub === 'string' ? payload.rsub.trim() : userId,
    userDataInJWT: payload.userData === undefined ? {} : payload.userData,
  }
  return { status: 'OK', session }
}

function notFound(path) {
  return { status: 'NOT_SCRIPTED', path }
}

/** A port at which nobody listens. */
async function closedPort() {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address()
  server.close()
  await once(server, 'close')
  return port
}
