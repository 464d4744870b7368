// The requests of each race, and the right answer to each. Runs in every runtime.

import { otherCookies, userOf } from './visitors.mjs'

/** As many tokens come again and again when they are warm. */
export const WARM_TOKENS = 50

/**
 * All races: `field` says who may take part, `request(place)` makes a fresh web `Request`, and
 * `user(place)` says whom an answer has to name, nobody being `null`.
 */
export function racesOf({ clerk, session, cookieBytes }) {
  const visits = {
    clerk: clerkVisits(clerk, cookieBytes),
    session: sessionVisits(session, cookieBytes),
  }
  const suffixed = suffixedVisits(clerk, cookieBytes)
  return [
    race('token', 'cold', visits.clerk.signedIn, all),
    race('token', 'warm', visits.clerk.signedIn, few),
    race('token', 'anonymous', visits.clerk.anonymous, null),
    race('suffixed', 'cold', suffixed, all),
    race('suffixed', 'warm', suffixed, few),
    race('session', 'cold', visits.session.signedIn, all),
    race('session', 'warm', visits.session.signedIn, few),
    race('session', 'anonymous', visits.session.anonymous, null),
  ]
}

function race(field, name, visit, choose) {
  return {
    field,
    name,
    request: (place) => visit(choose === null ? place : choose(place)),
    user: (place) => (choose === null ? null : userOf(choose(place))),
  }
}

const all = (place) => place
const few = (place) => place % WARM_TOKENS

/** Requests of an application that uses Clerk, with the names of cookies before suffixes came. */
function clerkVisits({ tokens, origin }, cookieBytes) {
  const frame = (token) => `__client_uat=1700000000; __session=${token}; `
  const others = otherCookies(cookieBytes - frame(tokens[0]).length)
  const signedIn = (place) => get(`${origin}/dashboard/42`, frame(tokens[place]) + others)
  const anonymous = () => get(`${origin}/pricing`, others)
  return { signedIn, anonymous }
}

/** What Clerk's browser library sends today: each cookie twice, once with the suffix. */
function suffixedVisits({ tokens, origin, suffix }, cookieBytes) {
  const short = (token) => `__client_uat=1700000000; __session=${token}; `
  const long = (token) => `__client_uat_${suffix}=1700000000; __session_${suffix}=${token}; `
  const others = otherCookies(cookieBytes - short(tokens[0]).length)
  return (place) => {
    const token = tokens[place]
    return get(`${origin}/dashboard/42`, short(token) + long(token) + others)
  }
}

/** Calls of an API whose sessions are SuperTokens'. */
function sessionVisits({ tokens, apiDomain }, cookieBytes) {
  const frame = (token) => `sAccessToken=${token}; `
  const others = otherCookies(cookieBytes - frame(tokens[0]).length)
  const signedIn = (place) => get(`${apiDomain}/dashboard/42`, frame(tokens[place]) + others)
  const anonymous = () => get(`${apiDomain}/pricing`, others)
  return { signedIn, anonymous }
}

function get(url, cookie) {
  return new Request(url, {
    headers: {
      cookie,
      host: new URL(url).host,
      accept: 'text/html,application/xhtml+xml',
      'accept-language': 'en',
      'sec-fetch-dest': 'document',
      'sec-fetch-site': 'same-origin',
      'user-agent': 'Mozilla/5.0 (X11; Linux x86_64) Gecko/20100101 Firefox/145.0',
    },
  })
}
