// What the core says, or does not.

import { chosenToken } from '../carriers.mjs'
import { eachRequest, someToken, withReply } from '../restate.mjs'
import { hasNullForClaims } from '../token-facts.mjs'
import { answered, isBySessions, isVisit, unavailable } from './answers.mjs'

export const CORE = [
  {
    name: 'addresses-in-order',
    why: 'A core that is down is passed over; the peer may try the same address twice.',
    applies: ({ hosts }) => hosts.length > 1 && hosts.includes('up'),
    restate: (testCase) => ({ ...testCase, hosts: ['up'] }),
  },
  {
    name: 'null-holds-no-claims',
    why: 'The payload of a token of version 2 may be null: there are no claims then, which is no reason to throw.',
    applies: (testCase) => hasValidators(testCase) && someToken(testCase, hasNullForClaims),
    restate: (testCase) => ({ ...testCase, isNullEmpty: true }),
  },
  {
    name: 'claims-in-their-shape',
    why: 'See claim-differences.mjs: claims of another shape or age do not hold, and nothing throws.',
    applies: hasValidators,
    restate: (testCase) => ({ ...testCase, isMeant: true }),
  },
  {
    name: 'core-unavailable',
    why: 'A core that says nothing of use is no reason to fail, to refresh or to sign out.',
    applies: ({ requests, ours }) => !ours.isCoreless && requests.some(isCoreInTrouble),
    restate: (testCase) => {
      return eachRequest(testCase, (request) => {
        return isCoreInTrouble(request) ? withReply(request, 'verify', TRY_REFRESH) : request
      })
    },
    expect: (outcome, { request, testCase: { hosts } }) => {
      if (!isAskedAbout(outcome) || !isCoreInTrouble(request)) return outcome
      const calls = timesTried(outcome.calls, request, hosts)
      return { ...unavailable('core-unavailable'), calls }
    },
  },
  {
    name: 'renewed-despite-claims',
    why: 'The core gives a new token once; the browser gets it even if a claim does not hold.',
    applies: ({ requests, ours }) => !ours.isCoreless && requests.some(isRenewed),
    beside: withoutValidators,
    expect: (outcome, { request, beside }) => {
      if (outcome.verdict !== 'invalid-claims' || !isRenewed(request)) return outcome
      return { ...outcome, headers: beside.headers, setCookies: beside.setCookies }
    },
  },
  {
    name: 'without-a-core',
    why: 'A gate without a core goes by the token.',
    applies: ({ ours }) => ours.isCoreless === true,
    restate: (testCase) =>
      eachRequest(testCase, (request) => withReply(request, 'verify', CONFIRMED)),
    expect: (outcome, { request, testCase }) => {
      const { ours, session: asked } = testCase
      if (asked.checkDatabase && !ours.originVerifies) return CORE_NEEDED
      if (!isAskedAbout(outcome)) return outcome
      const isLeft = ours.originVerifies && outcome.verdict === 'signed-in'
      const session = ofToken(outcome, request, testCase)
      return { ...outcome, ...(isLeft ? { verdict: 'needs-origin' } : {}), session, calls: [] }
    },
  },
  {
    name: 'claims-left-to-the-backend',
    why: 'A backend that verifies as well can fetch a claim again; the gate cannot.',
    applies: ({ ours }) => ours.originVerifies === true,
    beside: withoutValidators,
    expect: (outcome, { request, testCase, beside }) => {
      // The session functions are that backend.
      if (isBySessions(request, testCase)) return outcome
      if (!(outcome.refetches > 0 && beside.verdict === 'signed-in')) return outcome
      // The backend could not send the visitor of a page to where a claim is mended.
      if (outcome.verdict === 'invalid-claims' && isVisit(request)) {
        return { ...outcome, verdict: 'needs-origin' }
      }
      const isByToken = testCase.ours.isCoreless && isAskedAbout(beside)
      const session = isByToken ? ofToken(beside, request, testCase) : beside.session
      return { ...outcome, ...beside, session, calls: outcome.calls, verdict: 'needs-origin' }
    },
  },
  {
    name: 'duplicate-cookies-at-a-refresh',
    why: 'A visitor brings it about, so it is no exception; the status is the same.',
    applies: ({ requests }) => requests.some(({ method }) => method === 'POST'),
    expect: (outcome) => {
      if (!outcome.throws?.startsWith('Error: The request contains multiple session'))
        return outcome
      return answered(500, 'duplicate-refresh-cookies')
    },
  },
  {
    name: 'errors-of-the-core',
    why: 'What the core says is not repeated; the error has a code.',
    applies: ({ requests, ...testCase }) =>
      requests.some((request) => isBySessions(request, testCase)),
    expect: (outcome, { request, testCase }) => {
      if (!isBySessions(request, testCase) || !CORE_ERRORS.test(outcome.throws)) return outcome
      return { throws: 'CoreError', calls: timesTried(outcome.calls, request, testCase.hosts) }
    },
  },
]

/** What the peer makes of a core that fails, or of answers that there are not. */
const CORE_ERRORS = /SuperTokens core|Cannot read properties of undefined|^SyntaxError/
/** The core agrees with whatever the token says. */
const CONFIRMED = { confirms: true }
const CORE_NEEDED = { throws: 'ConfigError routes[0].session.checkDatabase', calls: [] }
const VERIFY = '/recipe/session/verify'
const TRY_REFRESH = { body: { status: 'TRY_REFRESH_TOKEN', message: '' } }

function hasValidators({ options, session }) {
  return [options, session].some(({ claimValidators }) => claimValidators?.length > 0)
}

function withoutValidators(testCase) {
  const { claimValidators: _, ...options } = testCase.options
  return { ...testCase, options, session: { ...testCase.session, claimValidators: [] } }
}

/** Whether what the core answers about a session is not what a core in good order answers. */
function isCoreInTrouble({ core }) {
  const { verify } = core
  if (verify === undefined) return false
  if (verify.fails || (verify.status ?? 200) < 200 || verify.status > 299) return true
  try {
    const body = typeof verify.body === 'string' ? JSON.parse(verify.body) : verify.body
    return typeof Object(body).status !== 'string'
  } catch {
    return true
  }
}

/** The session of an answer with the tenant that the token names, which may be the empty one. */
function ofToken({ session }, request, testCase) {
  if (session === null) return null
  const { version, payload } = chosenToken(request, testCase)
  return { ...session, tenantId: version >= 4 ? payload.tId.trim() : 'public' }
}

/** Each address is tried until one answers anything. */
function timesTried(calls, { core }, hosts) {
  const tries = hosts.filter((host) => host !== 'down').length
  const isBroken = ({ path }) => core[path.split('/').at(-1)]?.fails === true
  return calls.flatMap((call) => (isBroken(call) ? Array(tries).fill(call) : [call]))
}

/** Whether the core was asked about a session. */
function isAskedAbout({ calls }) {
  return calls.some(({ path }) => path === VERIFY)
}

/** Whether the core gives a new access token for the one that it is asked about. */
function isRenewed({ core }) {
  return core.verify?.body?.accessToken !== undefined
}
