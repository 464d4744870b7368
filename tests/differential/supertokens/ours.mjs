// Our side of the comparison, and the only file that knows its shape: a gate before an application on
// Node, asked over the same wire as the peer.
//
// Where the package is, is said by SESSIONGATE_PACKAGE; unless set, it is the one of this tree.

import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { plainKeySet } from './keys.mjs'
import { failedOutcome, outcomeOf, sessionOf, tokenHeadersOf } from './outcome.mjs'
import { core } from './peer.mjs'
import { send, serve } from './wire.mjs'

const folder =
  process.env.SESSIONGATE_PACKAGE ?? fileURLToPath(new URL('../../../pkg/', import.meta.url))
const entry = join(folder, 'dist/entry/inline.js')
if (!existsSync(entry)) throw new Error(`${entry} is missing: run \`npm run build\` in pkg first.`)
const { createGate, supertokens } = await import(pathToFileURL(entry).href)

const port = await serve((request, response) => application(request, response))
/** The gate, and what became of the request under way. */
const current = { gate: null, form: 'node', seen: undefined, decision: undefined, error: undefined }

/** What our gate answers to each request of a case. */
export async function askOurs(testCase) {
  let now = 0
  try {
    current.gate = createGate(optionsOf(testCase, () => now))
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
  Object.assign(current, { form, seen: undefined, decision: undefined, error: undefined })
  const response = await send(port, request)
  const { seen, decision, error } = current
  const calls = core.takeCalls()
  if (error !== undefined) return failedOutcome(error, calls)
  // What is said to HEAD does not come over the wire.
  const said = request.method === 'HEAD' ? await decision?.toResponse()?.text() : undefined
  return {
    ...outcomeOf({
      response: { ...response, body: said ?? response.body },
      verdict: decision && verdictOf(decision.state, seen),
      ...{ seen, calls, tokenHeaders },
    }),
    code: decision?.reason ?? null,
    detail: decision?.state.detail ?? null,
  }
}

function optionsOf({ options, ours, session = {}, hosts }, clock) {
  const { form: _, isCoreless, hasKeys, ...more } = ours
  const addresses = hosts.map((host) => core.address(host))
  const connectionURI = isCoreless ? undefined : addresses.join(';')
  const jwksUrl = `${addresses.find(isUp) ?? addresses[0]}/.well-known/jwks.json`
  const keys = hasKeys ? { jwks: plainKeySet() } : { jwksUrl }
  const access = session.sessionRequired === false ? 'public' : 'signed-in'
  return {
    provider: supertokens({ ...keys, connectionURI, ...options, ...more }),
    routes: [{ path: '/(.*)', access, onDenied: 'status', session }],
    clock,
  }
}

function isUp(address) {
  return address !== core.address('down')
}

async function application(request, response) {
  try {
    const { gate, form } = current
    current.decision = await gate.check(FORMS[form](request))
    const answer = current.decision.toResponse()
    if (answer === null) current.seen = seenOf(current.decision)
    response.statusCode = answer?.status ?? 200
    for (const [name, value] of answer?.headers ?? current.decision.headers) {
      response.appendHeader(name, value)
    }
    response.end(answer === null ? '' : await answer.text())
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

/** What an application sees of a session, or null. */
function seenOf({ auth, state }) {
  if (!auth.isAuthenticated) return null
  return sessionOf({
    userId: auth.userId,
    recipeUserId: auth.recipeUserId,
    tenantId: auth.tenantId,
    handle: auth.sessionId,
    payload: auth.sessionClaims,
    token: state.token,
  })
}

/** Our words for what the outcome of the peer is called. */
function verdictOf({ status }, seen) {
  return seen === null && status === 'signed-out' ? 'nobody' : status
}
