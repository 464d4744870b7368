// Where we mean to differ from supertokens-node, each difference by its name.
//
// A difference says the case in other words (`restate`), so that the peer has to answer what we must
// answer, or changes an expected answer where no such words exist (`expect`). It goes by the facts of
// the case alone and never by what we do answer; where it applies, nothing else is accepted.

import { chosenToken, cookieCount, headerOf } from './carriers.mjs'
import { messageOf } from './messages.mjs'
import { mint } from './mint.mjs'
import { eachRequest, NO_TOKEN, refusable, someToken, withOptions, withReply, withTokens } from './restate.mjs'
import {
  hasExtension,
  hasHugeNumber,
  hasLoneSurrogate,
  hasNoTenant,
  hasOddName,
  hasOddVersion,
  hasOtherAlgorithm,
  hasTwins,
  isLegacy,
  isLooselyEncoded,
  isNotUtf8,
  isOverBudget,
} from './token-facts.mjs'

/** Texts that are no access tokens to us: whoever sends one has none. */
function unreadable(name, why, has) {
  return {
    name,
    why,
    applies: (testCase) => someToken(testCase, has),
    restate: (testCase) => withTokens(testCase, has, () => NO_TOKEN),
  }
}

/** Access tokens that we never accept, whatever their signature. */
function unacceptable(name, why, has) {
  return {
    name,
    why,
    applies: (testCase) => someToken(testCase, has),
    restate: (testCase) => withTokens(testCase, has, refusable),
  }
}

export const DIFFERENCES = [
  unreadable('strict-base64', 'Two texts must not be the same token.', isLooselyEncoded),
  unreadable('budget', 'Work is bounded.', isOverBudget),
  unreadable('strict-utf8', 'Nothing is replaced, nothing skipped.', isNotUtf8),
  unreadable('duplicate-member', 'Readers differ about which one counts.', hasTwins),
  unreadable('half-characters', 'No text can hold them.', hasLoneSurrogate),
  unreadable('huge-numbers', 'JavaScript makes them infinite.', hasHugeNumber),
  unreadable('exact-version', 'A version that there is not yet may mean something else.', hasOddVersion),
  unreadable('tenant-is-named', 'Versions 4 and 5 always name the tenant.', hasNoTenant),
  unacceptable('kid-is-text', 'A `kid` is a text (RFC 7515 section 4.1.4).', hasOddName),
  unacceptable('no-extensions', '`crit`, `b64` and `zip` are not ignored.', hasExtension),
  unacceptable('one-algorithm', 'SuperTokens signs with RS256 alone.', hasOtherAlgorithm),
  {
    name: 'duplicates-first',
    why: 'Which of two cookies counts is not left to their order.',
    applies: (testCase) => testCase.requests.some((request) => isAmbiguous(request, testCase)),
    restate: (testCase) => {
      return eachRequest(testCase, (request) => {
        return isAmbiguous(request, testCase) ? withTwins(request, testCase) : request
      })
    },
  },
  {
    name: 'old-tokens-of-unknown-keys',
    why: 'A token of version 2 that no key vouches for is refreshed; the core is not asked about it.',
    applies: (testCase) => someToken(testCase, isLegacy),
    restate: (testCase) => withOptions(testCase, { jwksRefreshIntervalSec: -1e9 }),
  },
  {
    name: 'addresses-in-order',
    why: 'A core that is down is passed over; the peer may try the same address twice.',
    applies: ({ hosts }) => hosts.length > 1 && hosts.includes('up'),
    restate: (testCase) => ({ ...testCase, hosts: ['up'] }),
  },
  {
    name: 'claims-in-their-shape',
    why: 'See claim-differences.mjs: claims of another shape or age do not hold, and nothing throws.',
    applies: ({ options, session }) => {
      return [options, session].some(({ claimValidators }) => claimValidators?.length > 0)
    },
    restate: (testCase) => ({ ...testCase, isMeant: true }),
  },
  {
    name: 'core-unavailable',
    why: 'A core that says nothing of use is no reason to fail, to refresh or to sign out.',
    applies: ({ requests }) => requests.some(isCoreInTrouble),
    restate: (testCase) => {
      return eachRequest(testCase, (request) => {
        return isCoreInTrouble(request) ? withReply(request, 'verify', TRY_REFRESH) : request
      })
    },
    expect: (outcome, request, { hosts }) => {
      const isAsked = outcome.calls.some(({ path }) => path === VERIFY)
      if (!isAsked || !isCoreInTrouble(request)) return outcome
      const { calls } = outcome
      // Each address is tried until one answers anything.
      const tries = request.core.verify.fails ? hosts.filter((host) => host === 'up').length : 1
      return { ...unavailable('core-unavailable'), calls: Array(tries).fill(calls[0]) }
    },
  },
  {
    name: 'sentences-for-pages',
    why: 'Who looks at a page gets a sentence instead of JSON.',
    applies: ({ requests }) => requests.some(isForPage),
    expect: (outcome, request, _, ours) => {
      if (!isForPage(request) || outcome.body === null) return outcome
      return { ...outcome, body: `${messageOf(ours.detail ?? ours.code)}\n` }
    },
  },
  {
    name: 'nothing-is-cached',
    why: 'What depends on the visitor must not get into a cache.',
    applies: () => true,
    expect: (outcome) => {
      if (outcome.throws) return outcome
      const headers = { 'cache-control': 'private, no-store', vary: 'Cookie' }
      return { ...outcome, headers: { ...outcome.headers, ...headers } }
    },
  },
]

/** What becomes of a request when neither yes nor no can be said. */
export function unavailable(code) {
  return {
    verdict: 'refresh',
    status: 503,
    body: JSON.stringify({ message: messageOf(code) }),
    setCookies: [],
    headers: { 'retry-after': '5' },
    session: null,
    calls: [],
  }
}

const VERIFY = '/recipe/session/verify'
const TRY_REFRESH = { body: { status: 'TRY_REFRESH_TOKEN', message: '' } }
const WELL_FORMED = mint({
  ...{ sub: 'u', rsub: 'u', tId: 'public', iat: 0, exp: 0 },
  ...{ sessionHandle: 'h', refreshTokenHash1: 'x' },
})

/** Several cookies of the name, and no token in the header that would go before them. */
function isAmbiguous(request, testCase) {
  const { getTokenTransferMethod: allowed = 'any' } = testCase.options
  if (allowed === 'header' || chosenToken(request, testCase)?.place === 'header') return false
  return cookieCount(request, accessName(testCase)) > 1
}

/** The same with two cookies of which the first looks like an access token. */
function withTwins(request, testCase) {
  const pair = `${accessName(testCase)}=${WELL_FORMED}`
  const others = request.headers.filter(([name]) => name !== 'cookie')
  return { ...request, headers: [...others, ['cookie', `${pair}; ${pair}`]] }
}

function accessName({ options }) {
  return options.cookieNames?.access ?? 'sAccessToken'
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

function isForPage(request) {
  return headerOf(request, 'accept')?.includes('text/html') === true
}
