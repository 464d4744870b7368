// The oracle for sessions: the functions of supertokens-node, those with a request in an Express
// application.

import { createRequire } from 'node:module'
import express from 'express'
import { at, core, start } from './peer.mjs'
import { claimOf, headerLines, plain, viewOf } from './session-outcome.mjs'
import { send, serve } from './wire.mjs'

const require = createRequire(import.meta.url)
const supertokens = require('supertokens-node')
const Session = require('supertokens-node/recipe/session')
const MultiFactorAuth = require('supertokens-node/recipe/multifactorauth')
const classes = {
  ...require('supertokens-node/recipe/session/claims'),
  MultiFactorAuthClaim: MultiFactorAuth.MultiFactorAuthClaim,
}
const { errorHandler, middleware } = require('supertokens-node/framework/express')

const port = await serve(application())
/** The step under way, and what came of it. */
let current = {}

/** What the peer does in each step. */
export async function askPeer(testCase) {
  try {
    start(testCase)
  } catch (error) {
    return testCase.steps.map(() => ({ calls: [], throws: failure(error) }))
  }
  const outcomes = []
  for (const step of testCase.steps) {
    outcomes.push(await at(testCase.now, () => outcomeOf(step, testCase)))
  }
  return outcomes
}

async function outcomeOf(step, testCase) {
  core.follow(step.core)
  current = { step, error: undefined, result: null }
  const request = requestOf(step, testCase)
  if (request === undefined) {
    try {
      current.result = await FUNCTIONS[step.do](step)
    } catch (error) {
      current.error = error
    }
    const { result, error } = current
    const calls = core.takeCalls()
    return error === undefined ? { calls, result } : { calls, ...failureOf(error) }
  }
  const response = await send(port, request)
  const { error, result } = current
  const calls = core.takeCalls()
  if (error !== undefined) return { calls, throws: failure(error) }
  const { status, body } = response
  return { calls, status, body, headers: headerLines(response, testCase), result }
}

/** The request of a step that has one. */
export function requestOf(step, { options }) {
  const base = (options.apiBasePath ?? '/auth').replace(/\/$/, '')
  const requests = {
    create: () => ({ method: 'POST', path: '/signin' }),
    get: () => ({ method: step.method, path: '/things' }),
    refresh: () => ({ method: 'POST', path: `${base}/session/refresh` }),
    signOut: () => ({ method: 'POST', path: `${base}/signout` }),
  }
  const made = requests[step.do]?.()
  return made && { ...made, headers: step.headers }
}

function application() {
  const app = express()
  app.disable('x-powered-by')
  app.use(middleware())
  app.use(async (request, response, next) => {
    try {
      current.result = await HANDLERS[current.step.do](current.step, request, response)
      response.status(200).end()
    } catch (error) {
      next(error)
    }
  })
  app.use(errorHandler())
  app.use((error, _request, response, _next) => {
    current.error = error
    response.status(500).end()
  })
  return app
}

const HANDLERS = {
  async create(step, request, response) {
    const { tenantId, payload, data } = step
    const account = supertokens.convertToRecipeUserId(step.recipeUserId)
    const made = await Session.createNewSession(request, response, tenantId, account, payload, data)
    return afterOps(made, step)
  },
  async get(step, request, response) {
    return afterOps(await Session.getSession(request, response, step.asked), step)
  },
}

const FUNCTIONS = {
  async createWithout(step) {
    const { tenantId, payload, data, disableAntiCsrf } = step
    const account = supertokens.convertToRecipeUserId(step.recipeUserId)
    const create = Session.createNewSessionWithoutRequestResponse
    return afterOps(await create(tenantId, account, payload, data, disableAntiCsrf), step)
  },
  async getWithout(step) {
    const { token, antiCsrf, asked } = step
    return afterOps(await Session.getSessionWithoutRequestResponse(token, antiCsrf, asked), step)
  },
  async refreshWithout(step) {
    const { token, disableAntiCsrf, antiCsrf } = step
    const refresh = Session.refreshSessionWithoutRequestResponse
    return afterOps(await refresh(token, disableAntiCsrf, antiCsrf), step)
  },
  information: async ({ handle }) => plain(await Session.getSessionInformation(handle)),
  handles: ({ userId, linked, tenantId }) =>
    Session.getAllSessionHandlesForUser(userId, linked, tenantId),
  revokeOne: ({ handle }) => Session.revokeSession(handle),
  revokeMultiple: ({ handles }) => Session.revokeMultipleSessions(handles),
  revokeAll: ({ userId, linked, tenantId }) =>
    Session.revokeAllSessionsForUser(userId, linked, tenantId),
  updateData: ({ handle, data }) => Session.updateSessionDataInDatabase(handle, data),
  mergeOf: ({ handle, update }) => Session.mergeIntoAccessTokenPayload(handle, update),
  setClaimOf: ({ handle, claim, value }) =>
    Session.setClaimValue(handle, claimOf(classes, claim), value),
  removeClaimOf: ({ handle, claim }) => Session.removeClaim(handle, claimOf(classes, claim)),
  getClaimOf: ({ handle, claim }) => Session.getClaimValue(handle, claimOf(classes, claim)),
}

/** What is seen of a session before and after everything that is done with it. */
async function afterOps(session, { core: script, after = [] }) {
  if (session === undefined) return null
  const seen = [viewOf(session)]
  for (const op of after) {
    core.follow({ ...script, ...op.core })
    const given = await OPS[op.do](session, op)
    seen.push({ given: plain(given), ...viewOf(session) })
  }
  return seen
}

const OPS = {
  merge: (session, { update }) => session.mergeIntoAccessTokenPayload(update),
  setClaim: (session, { claim, value }) => session.setClaimValue(claimOf(classes, claim), value),
  removeClaim: (session, { claim }) => session.removeClaim(claimOf(classes, claim)),
  getClaim: (session, { claim }) => session.getClaimValue(claimOf(classes, claim)),
  revoke: (session) => session.revokeSession(),
}

/** Without a request nobody answers: an error of the kit is all there is. */
function failureOf(error) {
  const { type, fromRecipe } = error
  return fromRecipe === 'session' ? { refused: WORDS[type] ?? type } : { throws: failure(error) }
}

/** Our words for the kit's. */
const WORDS = {
  UNAUTHORISED: 'unauthorised',
  TRY_REFRESH_TOKEN: 'try-refresh-token',
  TOKEN_THEFT_DETECTED: 'token-theft-detected',
  INVALID_CLAIMS: 'invalid-claims',
}

/** What stands behind an error of the kit. */
function failure({ message }) {
  const status = /^SuperTokens core threw an error .* with status code: (\d+)/s.exec(message)
  if (status) return `core-status ${status[1]}`
  if (message.startsWith('No SuperTokens core available')) return 'core-unreachable'
  if (/^Since your API and website domain are different/.test(message)) return 'cookieSecure'
  if (/^Since the anti-csrf mode is VIA_CUSTOM_HEADER/.test(message)) return 'no-request'
  if (/contains multiple session cookies/.test(message)) return 'duplicate-cookies'
  return message
}
