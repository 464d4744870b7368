// Our side of the comparison, and the only file that knows its shape: a gate before an application on
// Node, asked over the same wire as the peer.
//
// Where the package is, is said by SESSIONGATE_PACKAGE; unless set, it is the one of this tree.

import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { isPreflight } from './carriers.mjs'
import { plainKeySet } from './keys.mjs'
import { failedOutcome, outcomeOf, sessionOf, tokenHeadersOf } from './outcome.mjs'
import { core } from './peer.mjs'
import { apiOf, REFRESH, SIGN_OUT } from './routes.mjs'
import { send, serve } from './wire.mjs'

const folder =
  process.env.SESSIONGATE_PACKAGE ?? fileURLToPath(new URL('../../../pkg/', import.meta.url))
const entry = join(folder, 'dist/entry/inline.js')
if (!existsSync(entry)) throw new Error(`${entry} is missing: run \`npm run build\` in pkg first.`)
const { createGate, createSessions, supertokens } = await import(pathToFileURL(entry).href)

const port = await serve((request, response) => application(request, response))
/** Who answers, and what became of the request under way. */
const current = { answering: null, form: 'node', seen: undefined, said: null, error: undefined }

/** What our gate, or our session functions, answer to each request of a case. */
export async function askOurs(testCase) {
  let now = 0
  try {
    current.answering = answering(testCase, () => now)
  } catch (error) {
    return testCase.requests.map(() => failedOutcome(error, []))
  }
  const tokenHeaders = tokenHeadersOf(testCase)
  const outcomes = []
  for (const request of testCase.requests) {
    now = request.now
    outcomes.push(await answer(request, testCase.ours.form ?? 'node', tokenHeaders))
  }
  return outcomes
}

async function answer(request, form, tokenHeaders) {
  core.follow(request.core ?? {})
  Object.assign(current, { form, seen: undefined, said: null, error: undefined })
  const response = await send(port, request)
  const { seen, said, error } = current
  const calls = core.takeCalls()
  if (error !== undefined) return failedOutcome(error, calls)
  // What is said to HEAD does not come over the wire.
  const body = request.method === 'HEAD' ? await said?.answer?.text() : undefined
  return {
    ...outcomeOf({
      response: { ...response, body: body ?? response.body },
      ...{ verdict: said?.verdict, seen, calls, tokenHeaders },
    }),
    code: said?.code ?? null,
    detail: said?.detail ?? null,
  }
}

/**
 * A function from a request to `{ answer, headers, session, verdict, code, detail }`: either an answer
 * to send, or the headers to add to the application's own and what it sees of a session.
 */
function answering(testCase, clock) {
  const { provider, routes } = optionsOf(testCase)
  const gate = createGate({ provider, routes, clock })
  const sessions = provider.connectionURI ? createSessions({ provider, clock }) : null
  return (request, handed) => {
    const api = apiOf({ method: request.method, path: request.url }, testCase)
    if (api === REFRESH) return sessions.refreshSession(handed).then(refreshed)
    if (api === SIGN_OUT) return sessions.signOut(handed).then(whole)
    if (testCase.ours.viaSessions && !isUnchecked(request)) {
      return sessions.getSession(handed, testCase.session ?? {}).then(found)
    }
    return gate.check(handed).then(decided)
  }
}

/** Whether `verifySession()` lets it through; the functions look at whatever they are handed. */
function isUnchecked({ method, headers }) {
  return isPreflight({ method, headers: Object.entries(headers) })
}

function decided(decision) {
  const { auth, state, reason: code, headers } = decision
  const answer = decision.toResponse()
  const session = auth.isAuthenticated ? seenOf(auth, state.token) : null
  const isNobody = answer === null && state.status === 'signed-out'
  const verdict = isNobody ? 'nobody' : state.status
  return { answer, headers, session, verdict, code, detail: state.detail }
}

function found(result) {
  if (!result.ok) return whole(result)
  const { session } = result
  if (session === null) return { answer: null, headers: [], session: null, verdict: 'nobody' }
  return {
    answer: null,
    headers: session.headers,
    session: sessionOf({
      userId: session.getUserId(),
      recipeUserId: session.getRecipeUserId().getAsString(),
      tenantId: session.getTenantId(),
      handle: session.getHandle(),
      payload: session.getAccessTokenPayload(),
      token: session.getAccessToken(),
    }),
    verdict: 'signed-in',
  }
}

function refreshed(result) {
  if (!result.ok) return whole(result)
  // What the API of the kit answers.
  const answer = new Response('{}', { headers: result.session.headers.map((pair) => [...pair]) })
  return { answer, verdict: 'answered' }
}

function whole(result) {
  const { reason: code, detail, status } = result
  const verdict = status === 503 ? 'refresh' : undefined
  return { answer: result.toResponse(), verdict, code, detail }
}

function optionsOf({ options, ours, session = {}, hosts }) {
  const { form: _, viaSessions: __, isCoreless, hasKeys, ...more } = ours
  const addresses = hosts.map((host) => core.address(host))
  const connectionURI = isCoreless ? undefined : addresses.join(';')
  const jwksUrl = `${addresses.find(isUp) ?? addresses[0]}/.well-known/jwks.json`
  const keys = hasKeys ? { jwks: plainKeySet() } : { jwksUrl }
  const access = session.sessionRequired === false ? 'public' : 'signed-in'
  return {
    provider: supertokens({ ...keys, connectionURI, ...options, ...more }),
    routes: [{ path: '/(.*)', access, onDenied: 'status', session }],
  }
}

function isUp(address) {
  return address !== core.address('down')
}

async function application(request, response) {
  try {
    const { answering, form } = current
    current.said = await answering(request, FORMS[form](request))
    const { answer, headers, session } = current.said
    if (answer === null) current.seen = session
    response.statusCode = answer?.status ?? 200
    for (const [name, value] of answer?.headers ?? headers) response.appendHeader(name, value)
    response.end(answer === null ? '' : await answer.clone().text())
  } catch (error) {
    current.error = error
    response.writeHead(500).end()
  }
}

/** The forms in which a host may hand a request on. */
const FORMS = {
  node: (request) => request,
  web: ({ method, url, headers }) => {
    const { connection: _, 'transfer-encoding': __, ...rest } = headers
    return new Request(`https://api.example.com${url}`, { method, headers: rest })
  },
  plain: ({ method, url, headers }) => ({ method, url: `https://api.example.com${url}`, headers }),
}

/** What an application sees of a session. */
function seenOf(auth, token) {
  return sessionOf({
    userId: auth.userId,
    recipeUserId: auth.recipeUserId,
    tenantId: auth.tenantId,
    handle: auth.sessionId,
    payload: auth.sessionClaims,
    token,
  })
}
