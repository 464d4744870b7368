// What must hold of every walk.

import { headerOf } from './browser.mjs'
import { REFRESH_PATH } from './world.mjs'

/** Redirects until a visitor has come to rest, those of scripts counted as well. */
export const MOST_REDIRECTS = 3

const SESSION_COOKIES = ['sAccessToken', 'sRefreshToken', 'sIdRefreshToken']
const FRONT_TOKEN = 'sFrontToken'
/** The parameters in which a way back travels. */
const WAYS_BACK = ['stRedirectTo', 'redirectToPath']

/** What is wrong with a walk, one line for each broken rule. */
export function faultsOf(walk) {
  const facts = factsOf(walk)
  return Object.entries(RULES)
    .filter(([, holds]) => !holds(walk, facts))
    .map(([name]) => name)
}

/** How a walk came to rest. */
export function restOf({ browser, world }) {
  const { url, response } = browser.steps.at(-1)
  const page = world.pageAt(url)
  const reason = world.decisions.at(-1)?.reason
  return response.status === 200
    ? `200${page ? `, the page to ${page}` : ''}`
    : `${response.status} ${reason}`
}

/** The redirects of a walk. */
export const redirectsOf = ({ browser }) => browser.steps.length - 1

function factsOf({ browser, world, start }) {
  const refreshes = world.calls.filter(({ what }) => what === 'refresh')
  const answers = refreshes.map(({ answer }) => answer).filter(({ headers }) => headers)
  const words = world.calls.filter(({ what }) => what.endsWith('/verify'))
  return {
    start,
    refreshes,
    /** The API said that there is no session, or the core did. */
    isEnded:
      refreshes.some(({ status }) => status === 401) ||
      words.some(({ answer }) => answer.body?.includes('"UNAUTHORISED"')),
    /** The gate had what it needs for telling a good token. */
    areKeysThere: world.keys.every((keys) => keys === 'served'),
    isCoreThere: words.every(({ answer }) => answer.body?.includes('"OK"')),
    isOutage: refreshes.some(({ by, status }) => by === 'gate' && status !== 200 && status !== 401),
    cleared: browser.steps.flatMap(({ response }) => clearedBy(response)),
    clearedByApi: answers.flatMap(clearedBy),
    hasVisitedRefresh: browser.steps.some(({ url }) => new URL(url).pathname === REFRESH_PATH),
  }
}

/** Each rule by what it forbids. */
const RULES = {
  'goes on without end': ({ browser }) => browser.isAtRest,
  'needs too many redirects': (walk) => redirectsOf(walk) <= MOST_REDIRECTS,
  'comes by twice with the same cookies': ({ browser }) => {
    const seen = browser.steps.map(({ method, url, cookies }) => `${method} ${url} ${cookies}`)
    return new Set(seen).size === seen.length
  },
  'leads to another origin': ({ browser, world }) => {
    return browser.steps.every(({ url }) => world.origins.includes(new URL(url).origin))
  },
  'has a way back that is no plain path': ({ browser }) => {
    return browser.steps.slice(1).every(({ url }) => {
      const { searchParams } = new URL(url)
      return WAYS_BACK.flatMap((name) => searchParams.getAll(name)).every(isPlainPath)
    })
  },
  'comes to rest at something that is no answer': ({ browser }) => {
    return [200, 401, 403, 503].includes(browser.steps.at(-1).response.status)
  },
  'takes a session away that nobody ended': (_walk, { cleared, clearedByApi, isEnded }) => {
    const taken = cleared.filter((name) => SESSION_COOKIES.includes(name))
    return isEnded || taken.every((name) => clearedByApi.includes(name))
  },
  'makes the kit forget a good session': (_walk, facts) => {
    const isGood = facts.start.token.isGood && facts.areKeysThere
    return !isGood || facts.isEnded || !facts.cleared.includes(FRONT_TOKEN)
  },
  'forgets a session in an outage': (_walk, { isOutage, isEnded, cleared }) => {
    return !isOutage || isEnded || !cleared.includes(FRONT_TOKEN)
  },
  'turns a good session away': ({ browser, world }, facts) => {
    const { token, way } = facts.start
    const isGood = token.isGood && !token.fails && facts.areKeysThere && facts.isCoreThere
    const isFree = !(way === 'form' && world.wantsHeader) && !world.isWithheld
    return !isGood || !isFree || facts.hasVisitedRefresh || browser.steps[0].response.status === 200
  },
  'sends somebody to sign in who could refresh': ({ browser, world }, facts) => {
    const wantsRefresh = world.decisions.some(({ state }) => state.reason === 'try-refresh-token')
    const isSent = browser.steps.length > 1 && world.pageAt(browser.steps.at(-1).url) === 'sign-in'
    const isTried = facts.refreshes.length > 0 || facts.hasVisitedRefresh
    return !wantsRefresh || !isSent || isTried || !world.canRefresh
  },
  'asks for a refresh again and again': (_walk, { refreshes }) => refreshes.length <= 3,
  'may be kept by a shared cache': ({ browser }) => {
    return browser.steps.every(({ response }) => {
      const isOurs =
        response.status !== 200 || response.headers.some(([name]) => name === 'set-cookie')
      return !isOurs || /no-store/.test(headerOf(response, 'cache-control') ?? '')
    })
  },
  'says to come back and not when': ({ browser }) => {
    return browser.steps.every(({ response }) => {
      return response.status !== 503 || headerOf(response, 'retry-after') !== undefined
    })
  },
  'shows a token': ({ browser, start }) => {
    const secrets = start.token.cookies
      .map(([, value]) => value)
      .filter((value) => value.length > 99)
    return browser.steps.every(({ url, response }) => {
      return secrets.every((secret) => !url.includes(secret) && !response.body?.includes(secret))
    })
  },
}

function clearedBy({ headers }) {
  const cookies = headers.filter(([name]) => name === 'set-cookie').map(([, value]) => value)
  return cookies.flatMap((cookie) => /^([^=]+)=;/.exec(cookie)?.[1] ?? [])
}

function isPlainPath(path) {
  const url = new URL(path, 'https://own.example')
  return (
    /^\/(?![/\\])[\x21-\x7e]*$/.test(path) &&
    url.origin === 'https://own.example' &&
    !path.includes('\\')
  )
}
