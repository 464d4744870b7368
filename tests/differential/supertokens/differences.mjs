// Where we mean to differ from supertokens-node, each difference by its name.
//
// A difference says the case in other words (`restate`), so that the peer has to answer what we must
// answer, or changes an expected answer where no such words exist (`expect`; `beside` is another saying
// to which the peer's answer is needed). It goes by the facts of the case alone and not by what we do
// answer, but for the sentence of a page, which is that of our reason; where it applies, nothing else
// is accepted.

import { chosenToken, cookieCount, headerOf } from './carriers.mjs'
import { messageOf } from './messages.mjs'
import { mint } from './mint.mjs'
import {
  eachRequest,
  NO_TOKEN,
  refusable,
  someToken,
  withOptions,
  withReply,
  withTokens,
} from './restate.mjs'
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
  unreadable(
    'exact-version',
    'A version that there is not yet may mean something else.',
    hasOddVersion,
  ),
  unreadable('tenant-is-named', 'Versions 4 and 5 always name the tenant.', hasNoTenant),
  unacceptable('kid-is-text', 'A `kid` is a text (RFC 7515 section 4.1.4).', hasOddName),
  unacceptable('no-extensions', '`crit`, `b64` and `zip` are not ignored.', hasExtension),
  unacceptable('one-algorithm', 'SuperTokens signs with RS256 alone.', hasOtherAlgorithm),
  {
    name: 'duplicates-first',
    why: 'Which of two cookies counts is not left to their order, nor to a blank after a name.',
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
    applies: ({ requests, ours }) => !ours.isCoreless && requests.some(isCoreInTrouble),
    restate: (testCase) => {
      return eachRequest(testCase, (request) => {
        return isCoreInTrouble(request) ? withReply(request, 'verify', TRY_REFRESH) : request
      })
    },
    expect: (outcome, { request, testCase: { hosts } }) => {
      if (!isAskedAbout(outcome) || !isCoreInTrouble(request)) return outcome
      const { calls } = outcome
      // Each address is tried until one answers anything.
      const tries = request.core.verify.fails ? hosts.filter((host) => host !== 'down').length : 1
      return { ...unavailable('core-unavailable'), calls: Array(tries).fill(calls[0]) }
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
    name: 'visible-anti-csrf',
    why: 'The header `anti-csrf` goes back with a new access token, unless it could not have been one.',
    applies: ({ requests }) => requests.some(hasOddAntiCsrf),
    expect: (outcome, { request }) => {
      if (!hasOddAntiCsrf(request) || outcome.headers?.['anti-csrf'] === undefined) return outcome
      const { 'anti-csrf': _, ...headers } = outcome.headers
      const exposed = headers[EXPOSED].split(', ').filter((name) => name !== 'anti-csrf')
      return { ...outcome, headers: { ...headers, [EXPOSED]: exposed.join(', ') } }
    },
  },
  {
    name: 'trimmed-cookie-domain',
    why: 'White space around a domain does not hide its dot.',
    applies: ({ options }) =>
      COOKIE_DOMAINS.some((name) => options[name]?.trim() !== options[name]),
    restate: (testCase) => {
      const trimmed = COOKIE_DOMAINS.map((name) => [name, testCase.options[name]?.trim()])
      return withOptions(testCase, Object.fromEntries(trimmed))
    },
  },
  {
    name: 'site-is-told',
    why: 'Without a list of public suffixes the hosts alone do not tell whether they are one site.',
    applies: ({ options }) => isSiteUntold(options),
    expect: () => ({ throws: 'ConfigError provider.cookieSameSite', calls: [] }),
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
      const session = outcome.session && {
        ...outcome.session,
        tenantId: tenantOf(request, testCase),
      }
      return { ...outcome, ...(isLeft ? { verdict: 'needs-origin' } : {}), session, calls: [] }
    },
  },
  {
    name: 'claims-left-to-the-backend',
    why: 'A backend that verifies as well can fetch a claim again; the gate cannot.',
    applies: ({ ours }) => ours.originVerifies === true,
    beside: withoutValidators,
    expect: (outcome, { request, beside }) => {
      if (!(outcome.refetches > 0 && beside.verdict === 'signed-in')) return outcome
      // The backend could not send the visitor of a page to where a claim is mended.
      if (outcome.verdict === 'invalid-claims' && isVisit(request)) {
        return { ...outcome, verdict: 'needs-origin' }
      }
      return { ...outcome, ...beside, calls: outcome.calls, verdict: 'needs-origin' }
    },
  },
  {
    name: 'sentences-for-pages',
    why: 'Who looks at a page gets a sentence instead of JSON.',
    applies: ({ requests }) => requests.some(isForPage),
    expect: (outcome, { request, ours }) => {
      if (!isForPage(request) || outcome.body === null || !ours.code) return outcome
      return { ...outcome, body: `${messageOf(ours.detail ?? ours.code)}\n` }
    },
  },
  {
    name: 'nothing-is-cached',
    why: 'What depends on the visitor must not get into a cache.',
    applies: () => true,
    expect: (outcome, { request }) => {
      // Nobody is looked for in these.
      if (outcome.throws || UNCHECKED.has(request.method)) return outcome
      const headers = { 'cache-control': 'private, no-store', vary: 'Cookie' }
      return { ...outcome, headers: { ...outcome.headers, ...headers } }
    },
  },
]

function withoutValidators(testCase) {
  const { claimValidators: _, ...options } = testCase.options
  return { ...testCase, options, session: { ...testCase.session, claimValidators: [] } }
}

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

/** Methods that are let through without a look at any session. */
const UNCHECKED = new Set(['OPTIONS', 'TRACE'])
const COOKIE_DOMAINS = ['cookieDomain', 'olderCookieDomain']
/** The core agrees with whatever the token says. */
const CONFIRMED = { confirms: true }
const CORE_NEEDED = { throws: 'ConfigError routes[0].session.checkDatabase', calls: [] }
const EXPOSED = 'access-control-expose-headers'
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

/** The tenant that the token names, which may be the empty one. */
function tenantOf(request, testCase) {
  const { version, payload } = chosenToken(request, testCase)
  return version >= 4 ? payload.tId.trim() : 'public'
}

/** Whether the core was asked about a session. */
function isAskedAbout({ calls }) {
  return calls.some(({ path }) => path === VERIFY)
}

/** Whether the core gives a new access token for the one that it is asked about. */
function isRenewed({ core }) {
  return core.verify?.body?.accessToken !== undefined
}

/** Two hosts below one domain, of which nobody says what it is. */
function isSiteUntold({ apiDomain, websiteDomain, cookieDomain, cookieSameSite, ...options }) {
  if (cookieSameSite !== undefined || options.getTokenTransferMethod === 'header') return false
  const [api, website] = [apiDomain, websiteDomain].map(urlOf)
  if (api.protocol !== website.protocol || /^localhost|^[\d.]+$/.test(api.hostname)) return false
  const isBelow = (host, domain) => host === domain || host.endsWith(`.${domain}`)
  const hosts = [api.hostname, website.hostname]
  if (isBelow(hosts[0], hosts[1]) || isBelow(hosts[1], hosts[0])) return false
  const domain = cookieDomain && urlOf(cookieDomain.trim().replace(/^\./, '')).hostname
  if (domain?.includes('.') && hosts.every((host) => isBelow(host, domain))) return false
  return sharedLabels(...hosts) >= 2
}

function urlOf(text) {
  return new URL(/^https?:/.test(text) ? text : `https://${text}`)
}

function sharedLabels(one, other) {
  const [a, b] = [one, other].map((host) => host.split('.').reverse())
  const first = a.findIndex((label, index) => label !== b[index])
  return first < 0 ? a.length : first
}

/** White space, or letters that no token has. */
function hasOddAntiCsrf(request) {
  return /[^\x21-\x7e]/.test(headerOf(request, 'anti-csrf') ?? '')
}

/** Whether somebody waits for a page. */
function isVisit(request) {
  const destination = headerOf(request, 'sec-fetch-dest')
  if (destination !== undefined) return ['document', 'iframe'].includes(destination)
  return isForPage(request)
}

/** Whether HTML is welcome. */
function isForPage(request) {
  return headerOf(request, 'accept')?.includes('text/html') === true
}
