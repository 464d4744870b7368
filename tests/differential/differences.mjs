// Where we mean to differ from the peer, each difference by its name.
//
// A difference applies to a case by what is in the case alone, and where it says so by the peer's
// answer (`when`). It then says to the letter what we have to answer:
// - `restate(case)`: the same request said in such a way that the peer has to answer what we
//   answer. The peer is asked again.
// - `expect(answer, { testCase, before })`: what we have to answer when the peer answers this, to
//   the restated request if there is one. `before` is its answer to the case itself. A regular
//   expression in `throws` stands for an exception of ours with such a message.
// Nothing else excuses a mismatch.

import { ADDRESS } from './differences/address.mjs'
import { CLAIMS } from './differences/claims.mjs'
import { HANDSHAKE } from './differences/handshake.mjs'
import { KEYS } from './differences/keys.mjs'
import { OPTIONS } from './differences/options.mjs'
import { TOKENS } from './differences/tokens.mjs'
import { WORDING } from './differences/wording.mjs'
import { headerTokenOf } from './facts.mjs'
import { isCode, textOf } from './words.mjs'

export const DIFFERENCES = [
  ...TOKENS,
  ...CLAIMS,
  ...KEYS,
  ...ADDRESS,
  ...HANDSHAKE,
  ...OPTIONS,
  ...WORDING,
]

/** Differences in every answer of a kind, whatever else differs. */
export const EVERYWHERE = [
  {
    name: 'own-words-where-the-peer-has-none',
    expect: (answer, testCase) => {
      const code = exactReason(answer, testCase)
      return answer.message === '' && isCode(code) ? { ...answer, message: textOf(code) } : answer
    },
  },
  {
    name: 'only-headers-that-decide',
    why: 'A refresh hands on the headers that reach the core, among them all that say who asks; the peer hands on all.',
    expect: (answer, testCase) => {
      if (!answer.calls?.some(({ body }) => body?.request_headers)) return answer
      const request_headers = handedOn(testCase)
      const calls = answer.calls.map((call) => {
        return call.body?.request_headers
          ? { ...call, body: { ...call.body, request_headers } }
          : call
      })
      return { ...answer, calls }
    },
  },
]

/** Words that say more than the reason: a session token was looked for, and another kind found. */
function exactReason({ reason, tokenType }, testCase) {
  const { acceptsToken = 'session_token' } = testCase.options
  const isRouted = acceptsToken !== 'session_token' && headerTokenOf(testCase) !== null
  const isWrongKind = reason === 'token-type-mismatch' && tokenType === 'session_token'
  return isWrongKind && !isRouted ? 'cat-mismatch' : reason
}

/** The headers that reach the core; `NAMES` in pkg/src/request.ts. */
const READ = [
  ...['authorization', 'cookie', 'host', 'x-forwarded-host', 'x-forwarded-proto', 'origin'],
  ...['referer', 'sec-fetch-dest', 'sec-fetch-site', 'sec-purpose', 'accept', 'user-agent'],
  ...['content-type', 'next-url', 'next-action', 'next-router-prefetch', 'x-nextjs-data'],
  ...['rid', 'anti-csrf', 'st-auth-mode', 'access-control-request-method', 'x-forwarded-for'],
]

function handedOn({ url, method, headers }) {
  const entries = [...new Request(url, { method, headers }).headers]
  const read = entries.filter(([name]) => READ.includes(name))
  return Object.fromEntries(read.map(([name, value]) => [name, [value]]))
}
