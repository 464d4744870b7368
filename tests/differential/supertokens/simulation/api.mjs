// The API of the application: supertokens-node in an Express application, before a core that answers as it
// is told to.

import { createRequire } from 'node:module'
import express from 'express'
import { core, start } from '../peer.mjs'
import { send, serve } from '../wire.mjs'
import { NOW } from './tokens.mjs'

const require = createRequire(import.meta.url)
const { errorHandler, middleware } = require('supertokens-node/framework/express')

const DAYS = 24 * 3_600_000
const SESSION = { handle: 'handle', userId: 'user', recipeUserId: 'user', tenantId: 'public' }

const port = await serve(application())
/** The answers that were given before: the clock stands still, so that they are given again. */
const known = new Map()
let options

/** Begins anew with the options of a scenario. */
export function startApi(scenario) {
  options = JSON.stringify(scenario.api)
  start({ options: scenario.api, hosts: ['up'] })
}

/** What it answers; `refresh` is what the core says to a refresh. */
export async function askApi({ method, path, headers }, refresh) {
  const key = JSON.stringify([options, method, path, headers, refresh])
  if (!known.has(key)) {
    core.follow({ refresh: { body: refresh } })
    known.set(key, await send(port, { method, path, headers }))
  }
  return known.get(key)
}

/** The core's answer to a refresh that brings this access token. */
export function refreshed({ token, expiry }, refreshToken) {
  return {
    status: 'OK',
    session: { ...SESSION, userDataInJWT: {} },
    accessToken: { token, expiry, createdTime: NOW },
    refreshToken: { token: refreshToken, expiry: NOW + 100 * DAYS, createdTime: NOW },
    antiCsrfToken: 'csrf-2',
  }
}

/** The core's other answers to a refresh. */
export const REFUSALS = {
  revoked: { status: 'UNAUTHORISED', message: 'Session does not exist' },
  theft: { status: 'TOKEN_THEFT_DETECTED', session: SESSION },
}

function application() {
  const app = express()
  app.disable('x-powered-by')
  app.use(middleware())
  app.get('/api/data', (_request, response) => response.json({}))
  app.use(errorHandler())
  // The kit throws where it was told of no older domain.
  app.use((_error, _request, response, _next) => response.status(500).end())
  return app
}
