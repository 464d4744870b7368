// The form of answers.

import { headerOf, isPreflight } from '../carriers.mjs'
import { messageOf } from '../messages.mjs'
import { apiOf } from '../routes.mjs'

export const ANSWERS = [
  {
    name: 'sentences-for-pages',
    why: 'Who looks at a page gets a sentence instead of JSON.',
    applies: ({ requests }) => requests.some(isForPage),
    expect: (outcome, { request, testCase, ours }) => {
      if (
        isBySessions(request, testCase) ||
        !isForPage(request) ||
        outcome.body === null ||
        !ours.code
      )
        return outcome
      return { ...outcome, body: `${messageOf(ours.detail ?? ours.code)}\n` }
    },
  },
  {
    name: 'nothing-is-cached',
    why: 'What depends on the visitor must not get into a cache.',
    applies: () => true,
    expect: (outcome, { request, testCase }) => {
      // Nobody is looked for in these.
      if (outcome.throws || isPreflight(request)) return outcome
      // Without a session the session functions give nothing that could hold headers.
      if (outcome.verdict === 'nobody' && isBySessions(request, testCase)) return outcome
      const headers = { 'cache-control': 'private, no-store', vary: 'Cookie' }
      return { ...outcome, headers: { ...outcome.headers, ...headers } }
    },
  },
]

/** What becomes of a request when neither yes nor no can be said. */
export function unavailable(code) {
  return { ...answered(503, code), verdict: 'refresh', headers: { 'retry-after': '5' } }
}

/** An answer with the message of a reason. */
export function answered(status, code) {
  return {
    ...{ verdict: 'answered', status, body: JSON.stringify({ message: messageOf(code) }) },
    ...{ setCookies: [], headers: {}, session: null, calls: [] },
  }
}

/** Whether the session functions answer, and not the gate. */
export function isBySessions(request, testCase) {
  return testCase.ours.viaSessions === true || apiOf(request, testCase) !== null
}

/** Whether somebody waits for a page. */
export function isVisit(request) {
  const destination = headerOf(request, 'sec-fetch-dest')
  if (destination !== undefined) return ['document', 'iframe'].includes(destination)
  return isForPage(request)
}

/** Whether HTML is welcome. */
function isForPage(request) {
  return headerOf(request, 'accept')?.includes('text/html') === true
}
