// The same case in other words.

import { base64url } from '../mint.mjs'
import { mapTokens } from './carriers.mjs'

/** Nobody takes this for an access token. */
export const NO_TOKEN = 'x'

/** The case with every request changed. */
export function eachRequest(testCase, change) {
  return { ...testCase, requests: testCase.requests.map((request) => change(request, testCase)) }
}

/** The case with the tokens that `has` names replaced by what `other` makes of them. */
export function withTokens(testCase, has, other) {
  return eachRequest(testCase, (request) => {
    return mapTokens(request, testCase, (token) => (has(token) ? other(token) : undefined))
  })
}

/** Whether any token in a case is one that `has` names. */
export function someToken({ requests, ...testCase }, has) {
  let found = false
  for (const request of requests) {
    mapTokens(request, testCase, (token) => {
      found ||= has(token)
    })
  }
  return found
}

/** A token of the same form and claims that is refused before its key is looked for. */
export function refusable(token) {
  const [header, payload] = token.split('.')
  const members = JSON.parse(Buffer.from(header, 'base64'))
  return `${base64url({ ...members, crit: ['refused'], refused: 1 })}.${payload}.AA`
}

/** The case with other options; undefined ones are left out. */
export function withOptions(testCase, changes) {
  const options = Object.entries({ ...testCase.options, ...changes })
  const given = Object.fromEntries(options.filter(([, value]) => value !== undefined))
  return { ...testCase, options: given }
}

/** The request with another answer of the core at an endpoint. */
export function withReply(request, endpoint, reply) {
  return { ...request, core: { ...request.core, [endpoint]: reply } }
}
