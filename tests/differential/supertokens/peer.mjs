// The oracle: supertokens-node in an Express application, with the clock and the core in our hands.

import { createRequire } from 'node:module'
import express from 'express'
import { FakeCore } from './fake-core.mjs'
import { failedOutcome, outcomeOf, sessionOf, tokenHeadersOf } from './outcome.mjs'
import { refetches, validatorOf } from './validators.mjs'
import { send, serve } from './wire.mjs'

// Lets what `init` keeps be forgotten; nothing else depends on it but telemetry.
process.env.TEST_MODE = 'testing'
const require = createRequire(import.meta.url)
const supertokens = require('supertokens-node')
const Session = require('supertokens-node/recipe/session')
const { errorHandler, middleware } = require('supertokens-node/framework/express')
const { verifySession } = require('supertokens-node/recipe/session/framework/express')

/** Everything that `init` keeps in the recipes, which it starts by itself but for the session. */
const KEEPERS = [
  'supertokens',
  'recipe/session/recipe',
  'recipe/multitenancy/recipe',
  'recipe/usermetadata/recipe',
  'recipe/accountlinking/recipe',
].map((path) => require(`supertokens-node/lib/build/${path}.js`).default)

const RealDate = Date
/** Shared with our side: each asks it under the script of the case. */
export const core = await FakeCore.start()
const port = await serve(application())
/** The options of `verifySession`, what the handler behind it saw, and what went wrong or was said. */
const current = { options: {}, seen: undefined, error: undefined, said: '' }

/**
 * What the peer answers to each request of a case. With `isForgetful` it remembers nothing from one
 * request to the next. `keyRequests` of an outcome says how often keys were asked for, `refetches` how
 * many validators wanted to have their claim fetched again.
 */
export async function askPeer(testCase) {
  const tokenHeaders = tokenHeadersOf(testCase)
  const outcomes = []
  for (const [index, request] of testCase.requests.entries()) {
    try {
      if (index === 0 || testCase.isForgetful) start(testCase)
    } catch (error) {
      return testCase.requests.map(() => failedOutcome(error, []))
    }
    const before = core.keyRequests
    refetches.count = 0
    const outcome = await answer(request, testCase, tokenHeaders)
    const seen = { keyRequests: core.keyRequests - before, refetches: refetches.count }
    outcomes.push({ ...outcome, ...seen })
  }
  return outcomes
}

async function answer(request, { session = {}, isMeant }, tokenHeaders) {
  core.follow(request.core ?? {})
  const options = verifyOptions(session, isMeant)
  Object.assign(current, { options, seen: undefined, error: undefined, said: '' })
  const response = await at(request.now, () => send(port, request))
  const { seen, error, said } = current
  const calls = core.takeCalls()
  if (error !== undefined) return failedOutcome(error, calls)
  // What is said to HEAD does not come over the wire.
  const body = request.method === 'HEAD' ? said : response.body
  return outcomeOf({ response: { ...response, body }, seen, calls, tokenHeaders })
}

/** Forgets everything and initialises the SDK as the case says. */
export function start({ options, hosts, isMeant, isNullEmpty }) {
  for (const keeper of KEEPERS) keeper.reset()
  const { apiDomain, apiBasePath, apiGatewayPath, websiteDomain, apiKey, ...rest } = options
  const { claimValidators, getTokenTransferMethod, cookieNames, headerNames, ...session } = rest
  const names = { access: 'access', refresh: 'refresh' }
  const given = {
    getTokenTransferMethod: getTokenTransferMethod && (() => getTokenTransferMethod),
    getCookieNameForTokenType: cookieNames && ((_, type) => cookieNames[names[type]]),
    getResponseHeaderNameForTokenType: headerNames && ((_, type) => headerNames[names[type]]),
  }
  supertokens.init({
    framework: 'express',
    supertokens: { connectionURI: hosts.map((host) => core.address(host)).join(';'), apiKey },
    appInfo: { appName: 'test', apiDomain, apiBasePath, apiGatewayPath, websiteDomain },
    recipeList: [
      Session.init({
        ...session,
        ...Object.fromEntries(Object.entries(given).filter(([, value]) => value)),
        override: {
          functions: (original) => ({
            ...original,
            ...(isNullEmpty ? withClaimsOfNull(original) : {}),
            ...globalValidators(claimValidators, isMeant),
          }),
        },
      }),
    ],
  })
}

function globalValidators(validators = [], isMeant = false) {
  const made = async () => validators.map((validator) => validatorOf(validator, isMeant))
  return { getGlobalClaimValidators: made }
}

/** A payload that is null has no claims, and is judged by that. */
function withClaimsOfNull(original) {
  return {
    validateClaims: ({ accessTokenPayload, ...input }) => {
      return original.validateClaims({ ...input, accessTokenPayload: accessTokenPayload ?? {} })
    },
  }
}

function verifyOptions({ claimValidators, ...rest }, isMeant) {
  if (!claimValidators) return rest
  const made = async () => claimValidators.map((validator) => validatorOf(validator, isMeant))
  return { ...rest, overrideGlobalClaimValidators: made }
}

function application() {
  const app = express()
  app.disable('x-powered-by')
  app.use((_request, response, next) => {
    const { json } = response
    response.json = (body) => {
      current.said = JSON.stringify(body)
      return json.call(response, body)
    }
    next()
  })
  app.use(middleware())
  app.use((request, response, next) => verifySession(current.options)(request, response, next))
  app.use((request, response) => {
    current.seen = request.session ? seenOf(request.session) : null
    response.status(200).end()
  })
  app.use(errorHandler())
  app.use((error, _request, response, _next) => {
    current.error = error
    response.status(500).end()
  })
  return app
}

function seenOf(session) {
  return sessionOf({
    userId: session.getUserId(),
    recipeUserId: session.getRecipeUserId().getAsString(),
    tenantId: session.getTenantId(),
    handle: session.getHandle(),
    payload: session.getAccessTokenPayload(),
    token: session.getAccessToken(),
  })
}

/** Runs `call` at this moment, for everything that asks `Date`. */
export async function at(now, call) {
  globalThis.Date = frozenDate(now)
  try {
    return await call()
  } finally {
    globalThis.Date = RealDate
  }
}

function frozenDate(now) {
  return class extends RealDate {
    constructor(...parts) {
      super(...(parts.length === 0 ? [now] : parts))
    }

    static now() {
      return now
    }
  }
}
