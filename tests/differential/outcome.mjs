// What a side answers, in one shape for both.

import { checksOf } from './checks.mjs'

/** Auth members that are functions or that the state has anyway. */
const LEFT_OUT = new Set(['getToken', 'has', 'debug', 'tokenType'])

/**
 * `{ status, reason, message, tokenType, token, location, setCookies, headers, auth, has, calls }`.
 *
 * `undefined` and `null` count as the same, and so do an absent Auth object and one of nobody.
 */
export function outcomeOf({ status, reason, message, tokenType, token, headers, auth, calls }) {
  // Nothing that sends headers keeps the white space around them.
  const pairs = [...headers].map(([name, value]) => [name.toLowerCase(), value.trim()])
  const setCookies = pairs.filter(([name]) => name === 'set-cookie').map(([, value]) => value)
  const rest = pairs.filter(([name]) => name !== 'set-cookie' && name !== 'location')
  return {
    status,
    reason: reason ?? null,
    message: message ?? null,
    tokenType: tokenType ?? null,
    token: token ?? null,
    location: pairs.find(([name]) => name === 'location')?.[1] ?? null,
    setCookies,
    headers: Object.fromEntries(rest.sort(([a], [b]) => (a < b ? -1 : 1))),
    auth: authOf(auth),
    has: checksOf(auth),
    calls,
  }
}

/** A side that threw: no answer, only misuse. */
export function thrownOutcome(error) {
  const { name = 'Error', message = String(error), option } = Object(error)
  return { throws: `${name}${option ? ` ${option}` : ''}: ${message}` }
}

function authOf(auth) {
  const members = Object.entries(auth ?? { isAuthenticated: false })
  const present = members.filter(([name, value]) => !LEFT_OUT.has(name) && value != null)
  // Through JSON, because that is how values with `undefined` inside come out equal.
  return JSON.parse(
    JSON.stringify(Object.fromEntries(present.sort(([a], [b]) => (a < b ? -1 : 1)))),
  )
}
