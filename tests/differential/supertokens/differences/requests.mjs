// What a request or a configuration says.

import {
  chosenToken,
  cookieCount,
  cookieName,
  cookiePairs,
  headerOf,
  isPreflight,
} from '../carriers.mjs'
import { mint } from '../mint.mjs'
import { eachRequest, withOptions } from '../restate.mjs'
import { apiOf, REFRESH } from '../routes.mjs'

export const REQUESTS = [
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
    name: 'preflights-alone',
    why: 'An application might answer every method alike; only what asks before a request is no request.',
    applies: ({ requests }) => requests.some(isWronglyExempt),
    restate: (testCase) => {
      return eachRequest(testCase, (request) => {
        return isWronglyExempt(request) ? { ...request, method: 'PUT' } : request
      })
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
]

/** Such as change what is expected. */
export const EXPECTED_OF_REQUESTS = [
  {
    name: 'visible-anti-csrf',
    why: 'The header `anti-csrf` goes back with a new access token, unless it could not have been one.',
    applies: ({ requests }) => requests.some(hasOddAntiCsrf),
    expect: (outcome, { request, testCase }) => {
      const isOdd = hasOddAntiCsrf(request) && apiOf(request, testCase) !== REFRESH
      const exposed = outcome.headers?.[EXPOSED]?.split(', ')
      if (!isOdd || !exposed?.includes('anti-csrf')) return outcome
      const { 'anti-csrf': _, ...headers } = outcome.headers
      const others = exposed.filter((name) => name !== 'anti-csrf').join(', ')
      return { ...outcome, headers: { ...headers, [EXPOSED]: others } }
    },
  },
  {
    name: 'site-is-told',
    why: 'Without a list of public suffixes the hosts alone do not tell whether they are one site.',
    applies: ({ options }) => isSiteUntold(options),
    expect: () => ({ throws: 'ConfigError provider.cookieSameSite', calls: [] }),
  },
]

const COOKIE_DOMAINS = ['cookieDomain', 'olderCookieDomain']
const EXPOSED = 'access-control-expose-headers'
const WELL_FORMED = mint({
  ...{ sub: 'u', rsub: 'u', tId: 'public', iat: 0, exp: 0 },
  ...{ sessionHandle: 'h', refreshTokenHash1: 'x' },
})

/** Whether the peer lets it pass for its method alone. */
function isWronglyExempt(request) {
  return ['OPTIONS', 'TRACE'].includes(request.method) && !isPreflight(request)
}

/** Several cookies of the name, and no token in the header that would go before them. */
function isAmbiguous(request, testCase) {
  const { getTokenTransferMethod: allowed = 'any' } = testCase.options
  if (allowed === 'header' || chosenToken(request, testCase)?.place === 'header') return false
  return cookieCount(request, accessName(testCase)) > 1
}

/** The same with two cookies of which the first looks like an access token. */
function withTwins(request, testCase) {
  const name = accessName(testCase)
  const pair = `${name}=${WELL_FORMED}`
  const headers = request.headers.filter(([header]) => header !== 'cookie')
  // Refresh tokens of two domains are counted apart from access tokens.
  const others = cookiePairs(request).filter((one) => cookieName(one) !== name)
  return { ...request, headers: [...headers, ['cookie', [pair, pair, ...others].join(';')]] }
}

function accessName({ options }) {
  return options.cookieNames?.access ?? 'sAccessToken'
}

/** White space, or letters that no token has. */
function hasOddAntiCsrf(request) {
  return /[^\x21-\x7e]/.test(headerOf(request, 'anti-csrf') ?? '')
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
