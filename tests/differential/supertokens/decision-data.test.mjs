// Whether the SuperTokens cases of `tests/conformance/decisions.json` say what the peer says: every one
// that does not say in its name that the peer answers otherwise, and none of those that do.

import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { askPeer } from './peer.mjs'

const file = new URL('../../conformance/decisions.json', import.meta.url)
const MARK = 'supertokens: '
const cases = JSON.parse(readFileSync(file, 'utf8')).filter(({ name }) => name.startsWith(MARK))

const VERIFY = '/recipe/session/verify'
/** Headers that the peer sends from Next.js alone, or never. */
const OWN_HEADERS = new Set(['cache-control', 'retry-after'])

/**
 * What the peer's Express application knows nothing of: pages, a backend behind the gate, several
 * requests in a row, a core at several addresses.
 */
const isAskable = ({ name, steps, options: { provider } }) =>
  steps === undefined &&
  !/^supertokens: (page|claims of pages|refresh): /.test(name) &&
  provider.originVerifies !== true &&
  [undefined, 'https://core.example'].includes(provider.connectionURI)

/** The case in the form in which the peer is asked. */
function questionOf({ now, request, replies = {}, options: { provider, routes } }) {
  const { kind, jwks, jwksUrl, connectionURI, claimPages, refreshPage, ...options } = provider
  const { sessionRequired, tokenTransferMethod, ...session } = routes[0].session ?? {}
  const replyOf = (end) => Object.entries(replies).find(([url]) => url.endsWith(end))?.[1]
  const verify = replyOf(VERIFY)
  const keys = jwks === undefined ? (replyOf('jwks.json') ?? null) : { body: JSON.stringify(jwks) }
  const headers = Object.entries(request?.headers ?? {}).filter(([name]) => name !== 'host')
  return {
    options: {
      ...options,
      ...(tokenTransferMethod && { getTokenTransferMethod: tokenTransferMethod }),
    },
    hosts: ['up'],
    session: { ...session, ...(sessionRequired === false && { sessionRequired }) },
    requests: [
      {
        now,
        method: request?.method ?? 'GET',
        path: request === undefined ? '/' : new URL(request.url).pathname,
        headers: headers.flatMap(([name, value]) => [value].flat().map((one) => [name, one])),
        core: { jwks: scripted(keys), ...(verify !== undefined && { verify: scripted(verify) }) },
      },
    ],
  }
}

function scripted(reply) {
  return reply === null ? { fails: true } : { status: reply.status ?? 200, body: reply.body ?? '' }
}

/** What the peer says and what the case expects, as far as the case names it. */
async function comparison(one) {
  const { expect } = one
  const [outcome] = await askPeer(questionOf(one)).catch((error) => [{ throws: String(error) }])
  if (expect.error !== undefined)
    return [{ refused: outcome.throws !== undefined }, { refused: true }]
  if (outcome.throws !== undefined) return [outcome, {}]
  const pairs = [
    ['verdict', outcome.verdict, verdictOf(expect) ?? outcome.verdict],
    ['status', outcome.status, expect.status],
    ['body', outcome.body, expect.body ?? outcome.body],
    ['cookies', outcome.setCookies, expect.cookies ?? outcome.setCookies],
    ['calls', outcome.calls.map(({ body }) => JSON.stringify(body)), callsOf(one, outcome)],
    ...Object.entries(expect.headers ?? {})
      .filter(([name]) => !OWN_HEADERS.has(name))
      .map(([name, value]) => [name, outcome.headers[name], value]),
    ...sessionPairs(outcome.session, expect),
  ]
  const side = (index) => Object.fromEntries(pairs.map((pair) => [pair[0], pair[index]]))
  return [side(1), side(2)]
}

function verdictOf({ outcome, state }) {
  if (outcome !== 'allow') return state?.status
  return state.status === 'signed-in' ? 'signed-in' : 'nobody'
}

/** The bodies of the requests to the core; none where the case has no core. */
function callsOf({ expect, replies = {} }, outcome) {
  if (!Object.keys(replies).some((url) => url.endsWith(VERIFY))) return []
  const said = outcome.calls.map(({ body }) => JSON.stringify(body))
  return expect.asked?.map(({ body }, index) => body ?? said[index]) ?? said
}

function sessionPairs(session, { auth }) {
  if (session === null) return []
  const { userId, recipeUserId, tenantId, sessionId, sessionClaims } = auth
  return [
    ['user', session.userId, userId],
    ['recipe user', session.recipeUserId, recipeUserId],
    ['tenant', session.tenantId, tenantId],
    ['handle', session.handle, sessionId],
    ['payload', session.payload, sessionClaims ? JSON.stringify(sessionClaims) : session.payload],
  ]
}

test('the peer says what the cases say, and nothing else but where they say so', async () => {
  const asked = cases.filter(isAskable)
  assert.equal(asked.length > 600, true, `${asked.length}`)
  for (const one of asked) {
    const [actual, expected] = await comparison(one)
    if (!one.name.includes('the peer')) assert.deepEqual(actual, expected, one.name)
    else assert.notDeepEqual(actual, expected, one.name)
  }
})
