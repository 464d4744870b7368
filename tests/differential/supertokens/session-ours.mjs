// Our side of the comparison of sessions: `createSessions()`, in an application on Node.
//
// Where the package is, is said by SESSIONGATE_PACKAGE; unless set, it is the one of this tree.

import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { plainKeySet } from './keys.mjs'
import { core } from './peer.mjs'
import { claimOf, headerLines, plain, viewOf } from './session-outcome.mjs'
import { requestOf } from './session-peer.mjs'
import { send, serve } from './wire.mjs'

const folder =
  process.env.SESSIONGATE_PACKAGE ?? fileURLToPath(new URL('../../../pkg/', import.meta.url))
const entry = join(folder, 'dist/entry/inline.js')
if (!existsSync(entry)) throw new Error(`${entry} is missing: run \`npm run build\` in pkg first.`)
const ours = await import(pathToFileURL(entry).href)

const port = await serve(application)
/** The sessions of the case, the step under way, and what came of it. */
let current = {}

/** What we do in each step. */
export async function askOurs(testCase) {
  const { now, options, hosts, steps } = testCase
  let sessions
  try {
    const connectionURI = hosts.map((host) => core.address(host)).join(';')
    const provider = ours.supertokens({ ...options, connectionURI, jwks: plainKeySet() })
    sessions = ours.createSessions({ provider, clock: () => now })
  } catch (error) {
    return steps.map(() => ({ calls: [], throws: failure(error) }))
  }
  const outcomes = []
  for (const step of steps) outcomes.push(await outcomeOf(step, testCase, sessions))
  return outcomes
}

async function outcomeOf(step, testCase, sessions) {
  core.follow(step.core)
  current = { step, sessions, error: undefined, result: null }
  const request = requestOf(step, testCase)
  if (request === undefined) {
    try {
      current.result = await FUNCTIONS[step.do](step, sessions)
    } catch (error) {
      current.error = error
    }
    const { result, error } = current
    const calls = core.takeCalls()
    if (error instanceof Refusal) return { calls, refused: error.refusal.reason }
    return error === undefined ? { calls, result } : { calls, throws: failure(error) }
  }
  const response = await send(port, request)
  const { error, result } = current
  const calls = core.takeCalls()
  if (error !== undefined) return { calls, throws: failure(error) }
  const { status, body } = response
  return { calls, status, body, headers: headerLines(response, testCase), result }
}

/** That a function gave a refusal in place of a session. */
class Refusal extends Error {
  constructor(refusal) {
    super(refusal.reason)
    this.refusal = refusal
  }
}

async function application(request, response) {
  const { step, sessions } = current
  try {
    const { status, body, result, headers } = await HANDLERS[step.do](step, sessions, request)
    headers.applyTo(response)
    current.result = result
    response.writeHead(status).end(body)
  } catch (error) {
    if (error instanceof Refusal) {
      const { status, body } = error.refusal.applyTo(response) && error.refusal
      response.writeHead(status).end(body)
      return
    }
    current.error = error
    response.writeHead(500).end()
  }
}

const HANDLERS = {
  async create(step, sessions, request) {
    const { tenantId, recipeUserId, payload, data } = step
    const made = await sessions.createNewSession(request, tenantId, recipeUserId, payload, data)
    return { status: 200, body: '', result: await afterOps(made, step), headers: made }
  },
  async get(step, sessions, request) {
    const session = certain(await sessions.getSession(request, step.asked))
    const headers = session ?? { applyTo: () => {} }
    return { status: 200, body: '', result: await afterOps(session, step), headers }
  },
  async refresh(_step, sessions, request) {
    const session = certain(await sessions.refreshSession(request))
    return { status: 200, body: '{}', result: null, headers: session }
  },
  async signOut(_step, sessions, request) {
    const answer = await sessions.signOut(request)
    if (!answer.ok) throw new Refusal(answer)
    return { ...answer, result: null, headers: answer }
  },
}

const FUNCTIONS = {
  async createWithout(step, sessions) {
    const { tenantId, recipeUserId, payload, data, disableAntiCsrf } = step
    const create = sessions.createNewSessionWithoutRequestResponse.bind(sessions)
    return afterOps(await create(tenantId, recipeUserId, payload, data, disableAntiCsrf), step)
  },
  async getWithout(step, sessions) {
    const { token, antiCsrf, asked } = step
    const found = await sessions.getSessionWithoutRequestResponse(token, antiCsrf, asked)
    return afterOps(certain(found), step)
  },
  async refreshWithout(step, sessions) {
    const { token, disableAntiCsrf, antiCsrf } = step
    const refresh = sessions.refreshSessionWithoutRequestResponse.bind(sessions)
    return afterOps(certain(await refresh(token, disableAntiCsrf, antiCsrf)), step)
  },
  information: async ({ handle }, sessions) => plain(await sessions.getSessionInformation(handle)),
  handles: ({ userId, linked, tenantId }, sessions) =>
    sessions.getAllSessionHandlesForUser(userId, linked, tenantId),
  revokeOne: ({ handle }, sessions) => sessions.revokeSession(handle),
  revokeMultiple: ({ handles }, sessions) => sessions.revokeMultipleSessions(handles),
  revokeAll: ({ userId, linked, tenantId }, sessions) =>
    sessions.revokeAllSessionsForUser(userId, linked, tenantId),
  updateData: ({ handle, data }, sessions) => sessions.updateSessionDataInDatabase(handle, data),
  mergeOf: ({ handle, update }, sessions) => sessions.mergeIntoAccessTokenPayload(handle, update),
  setClaimOf: ({ handle, claim, value }, sessions) =>
    sessions.setClaimValue(handle, claimOf(ours, claim), value),
  removeClaimOf: ({ handle, claim }, sessions) =>
    sessions.removeClaim(handle, claimOf(ours, claim)),
  getClaimOf: ({ handle, claim }, sessions) => sessions.getClaimValue(handle, claimOf(ours, claim)),
}

/** The session of a result, which may be null. */
function certain(result) {
  if (!result.ok) throw new Refusal(result)
  return result.session
}

async function afterOps(session, { core: script, after = [] }) {
  if (session === null) return null
  const seen = [viewOf(session)]
  for (const op of after) {
    core.follow({ ...script, ...op.core })
    const given = await OPS[op.do](session, op)
    if (given?.ok === false) throw new Refusal(given)
    seen.push({ given: given?.ok ? null : plain(given), ...viewOf(session) })
  }
  return seen
}

const OPS = {
  merge: (session, { update }) => session.mergeIntoAccessTokenPayload(update),
  setClaim: (session, { claim, value }) => session.setClaimValue(claimOf(ours, claim), value),
  removeClaim: (session, { claim }) => session.removeClaim(claimOf(ours, claim)),
  getClaim: (session, { claim }) => session.getClaimValue(claimOf(ours, claim)),
  revoke: (session) => session.revokeSession(),
}

/** What went wrong: the code of the core's error, or the option that is wrong. */
function failure(error) {
  if (error instanceof ours.CoreError) {
    return error.status === null ? error.code : `${error.code} ${error.status}`
  }
  if (!(error instanceof ours.ConfigError)) return String(error.stack)
  const isNoRequest = ['antiCsrfCheck', 'disableAntiCsrf'].includes(error.option)
  return isNoRequest ? 'no-request' : error.option
}
