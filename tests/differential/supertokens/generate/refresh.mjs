// Requests to the kit's own APIs: refreshing a session and signing out.

import { coreVerdict, trouble } from './core.mjs'
import { accessToken, CSRF_TOKEN } from './token.mjs'

/** A request that refreshes, with refresh tokens and whatever else the browser still has. */
export function refreshRequest(draft) {
  const { random } = draft
  draft.method = random.chance(0.93) ? 'POST' : random.pick(['GET', 'PUT', 'OPTIONS'])
  draft.path = random.chance(0.9)
    ? draft.refreshPath
    : random.pick([`${draft.refreshPath}/`, `${draft.refreshPath}?x=1`, `${draft.refreshPath}/x`])
  // Pages that come here the gate refreshes itself, which the kit for Express cannot: simulation.mjs.
  if (draft.method === 'GET') draft.header('sec-fetch-dest', 'empty')
  if (random.chance(0.8)) draft.cookie(draft.cookieName('refresh'), refreshToken(random))
  if (random.chance(0.3)) draft.header('authorization', `Bearer ${refreshToken(random)}`)
  if (random.chance(0.5)) draft.cookie(draft.cookieName('access'), accessToken(draft))
  if (random.chance(0.05)) draft.cookie(draft.cookieName('refresh'), refreshToken(random))
  if (random.chance(0.05)) draft.cookie(draft.cookieName('access'), accessToken(draft))
  if (random.chance(0.1)) draft.cookie('sIdRefreshToken', 'x')
  draft.core.refresh = random.weighted([
    [6, () => ({ body: refreshed(draft) })],
    [1.5, () => ({ body: { status: 'UNAUTHORISED', message: 'gone' } })],
    [1.5, () => ({ body: theft(random) })],
    [0.7, () => trouble(draft)],
  ])()
}

/** A request that signs out. */
export function signOutRequest(draft) {
  const { random } = draft
  draft.method = random.chance(0.95) ? 'POST' : 'GET'
  draft.path = `${draft.apiPath}/signout`
  if (random.chance(0.3)) coreVerdict(draft)
  if (random.chance(0.2)) {
    draft.core.remove = random.pick([
      { body: { status: 'OK', sessionHandlesRevoked: [] } },
      trouble(draft),
    ])
  }
}

function refreshToken(random) {
  return random.pick([random.word(30), `${random.word(8)}.V2`, 'with space', '', 'a%20b', '"q"'])
}

function refreshed(draft) {
  const { random, now } = draft
  const session = {
    handle: `handle-${random.word()}`,
    userId: 'u-1',
    recipeUserId: 'r-1',
    userDataInJWT: {},
    tenantId: 'public',
  }
  const token = (text, expiry) => ({ token: text, expiry, createdTime: now })
  return {
    status: 'OK',
    session,
    accessToken: token(accessToken(draft, 'good', false), now + 3_600_000),
    refreshToken: token(random.word(30), now + 8_640_000_000),
    ...(random.chance(0.5) ? { antiCsrfToken: CSRF_TOKEN } : {}),
  }
}

function theft(random) {
  const session = { handle: `handle-${random.word()}`, userId: 'u-1', recipeUserId: 'r-1' }
  return { status: 'TOKEN_THEFT_DETECTED', session }
}
