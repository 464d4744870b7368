// The differences about sessions that are meant. Each says exactly what we must do in place of what the
// peer did, from what is in the case.

import { endpointOf } from './fake-core.mjs'
import { messageOf } from './messages.mjs'
import { differing } from './session-outcome.mjs'

/** Both without a status of their own. */
const MALFORMED = 'core-answer-malformed'

/**
 * `meant(outcome, facts)` is what we must do, or nothing where the difference does not apply. `facts`
 * are `{ step, testCase, index, askPeer }`.
 */
export const DIFFERENCES = [
  {
    // Its question for the version takes the turn of the address that would have been next.
    name: 'every-core-is-tried',
    async meant({ throws }, { testCase, index, askPeer }) {
      const hosts = testCase.hosts.filter((host) => host !== 'down')
      const isUp = throws === 'core-unreachable' && hosts.length > 0
      if (!isUp || hosts.length === testCase.hosts.length) return
      return (await askPeer({ ...testCase, hosts }))[index]
    },
  },
  {
    name: 'insecure-cookies-are-refused-first',
    async meant(outcome, { step, testCase, askPeer }) {
      if (step.do !== 'create' || outcome.throws === undefined) return
      // Would it get so far if the core answered?
      const { user: _, ...core } = step.core
      const alone = { ...testCase, hosts: ['up'], steps: [{ ...step, core }] }
      const [{ throws }] = await askPeer(alone)
      if (throws === 'cookieSecure') return { calls: [], throws }
    },
  },
  {
    name: 'odd-answers-of-the-core-have-a-code',
    meant({ calls, throws, result }, { step }) {
      if (!isOdd(lastReply(calls, step))) return
      const isList = ['revokeMultiple', 'revokeAll'].includes(step.do)
      // Where the peer looks into the answer at all.
      if (throws !== undefined || (isList && result === undefined))
        return { calls, throws: MALFORMED }
    },
  },
  {
    name: 'duplicate-cookies-are-a-value',
    meant({ throws, calls }) {
      if (throws !== 'duplicate-cookies') return
      const body = JSON.stringify({ message: messageOf('duplicate-refresh-cookies') })
      return { calls, status: 500, body, headers: [], result: null }
    },
  },
  {
    // The peer leaves it to whoever catches the error.
    name: 'a-stolen-session-is-ended-without-a-request-too',
    async meant(outcome, { step, testCase }) {
      if (step.do !== 'refreshWithout' || outcome.refused !== 'token-theft-detected') return
      const { handle } = step.core.refresh.body.session
      const { options } = testCase
      const call = {
        ...{
          method: 'POST',
          path: '/recipe/session/remove',
          cdi: '5.4',
          key: options.apiKey ?? null,
        },
        ...{ rid: 'session', type: 'application/json; charset=utf-8' },
        body: { sessionHandles: [handle] },
      }
      return { ...outcome, calls: [...outcome.calls, call] }
    },
  },
  {
    // The peer looks into the token alone.
    name: 'the-tenant-of-a-refreshed-session-is-known',
    meant(outcome, { step }) {
      const { result } = outcome
      if (step.do !== 'refreshWithout' || result?.[0]?.tenantId !== null) return
      const { tenantId } = step.core.refresh.body.session
      return { ...outcome, result: result.map((view) => ({ ...view, tenantId })) }
    },
  },
  {
    // Only its wrapper for Next does so.
    name: 'tokens-are-kept-from-caches',
    meant(outcome, { step }) {
      const { headers, status, result } = outcome
      // Without a session there is nothing whose headers could be added.
      const isNobody = step.do === 'get' && status === 200 && !result
      if (headers === undefined || isNobody) return
      return { ...outcome, headers: ['cache-control: private, no-store', ...headers] }
    },
  },
]

/** What the operations with a session ask the core for. */
const ASKS = {
  merge: 'regenerate',
  setClaim: 'regenerate',
  removeClaim: 'regenerate',
  revoke: 'remove',
}

/** What the case has the core answer to the last of these calls; nothing where it answers as usual. */
function lastReply(calls, { core, after = [] }) {
  if (calls.length === 0) return undefined
  const endpoint = endpointOf(calls.at(-1))
  if (core[endpoint] !== undefined) return core[endpoint]
  const replies = after.filter((op) => ASKS[op.do] === endpoint).map((op) => op.core[endpoint])
  const asked = calls.filter((call) => endpointOf(call) === endpoint).length
  // A connection that breaks is tried at each address, and nothing comes after it.
  const end = replies.findIndex((reply) => reply?.fails)
  return replies[end >= 0 && end < asked ? end : asked - 1]
}

/** An answer that is no JSON, or has no status of its own. */
function isOdd(reply) {
  if (reply === undefined || reply.fails || (reply.status ?? 200) !== 200) return false
  return typeof reply.body === 'string' || reply.body.status === undefined
}

/** What we must do in a step, and the names of the differences that made it so. */
export async function expected(testCase, index, outcomes, askPeer) {
  const facts = { step: testCase.steps[index], testCase, index, askPeer }
  const names = []
  let outcome = outcomes[index]
  for (const { name, meant } of DIFFERENCES) {
    const changed = await meant(outcome, facts)
    if (changed === undefined || differing(outcome, changed).length === 0) continue
    names.push(name)
    outcome = changed
  }
  return { outcome, names }
}
