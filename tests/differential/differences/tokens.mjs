// How tokens are read: what we do not read at all, the peer reads.

import { cookieOf, headerTokenOf, suffixedSessionOf, tokensOf } from '../facts.mjs'
import { withoutHeaders, withoutTokens } from '../restate.mjs'
import {
  hasDuplicateMember,
  hasForbiddenHeader,
  hasOddKeyIdType,
  hasUnusualJson,
  isLooselyEncoded,
  isLooseUtf8,
  isNoObject,
  isOverBudget,
  refusalOf,
} from '../token-form.mjs'
import { carrierOf, refusal, reworded, textOf } from '../words.mjs'

/** The budget of the core for all cookies together. */
const COOKIE_BYTES = 32 * 1024

/** What the peer says about a token that it cannot read. */
const UNDECODABLE = 'Invalid JWT form. The header, payload, or signature could not be decoded.'
/** Codes for which we have the peer's text. */
const SAME_WORDS = ['token-not-base64url', 'token-not-utf8', 'token-not-json', 'token-not-object']

/** Tokens that we cannot read: the peer answers the same once it cannot read them either. */
function unreadable(name, why, has) {
  return {
    name,
    why,
    applies: (testCase) => tokensOf(testCase).some(has),
    restate: (testCase) => withoutTokens(testCase, tokensOf(testCase).filter(has)),
    expect: (answer, { testCase }) => {
      const code = refusalOf(decisive(testCase, carrierOf(answer), has) ?? '')
      if (code === null || SAME_WORDS.includes(code)) return answer
      const word = code === 'header-member-type' ? 'token-invalid' : code
      return reworded(answer, UNDECODABLE, { word, text: textOf(code) })
    },
  }
}

/** The token that a refusal is about. An unreadable plain cookie counts before the other one. */
function decisive(testCase, carrier, has) {
  const tokens = {
    header: () => [headerTokenOf(testCase)],
    cookie: () => [cookieOf(testCase, '__session'), suffixedSessionOf(testCase)],
  }[carrier]
  return tokens?.().find((token) => token && has(token))
}

export const TOKENS = [
  unreadable('strict-base64url', 'Two texts must not be the same token.', isLooselyEncoded),
  unreadable('no-object', 'A header or payload that is no object is no token.', isNoObject),
  unreadable('duplicate-member', 'Readers differ about which one counts.', hasDuplicateMember),
  unreadable('strict-utf8', 'Nothing is replaced, nothing skipped.', isLooseUtf8),
  unreadable('forbidden-header', '`crit`, `b64` and `zip` are not ignored.', hasForbiddenHeader),
  unreadable('budget', 'Work is bounded.', isOverBudget),
  unreadable('kid-is-text', 'A `kid` is a text (RFC 7515 section 4.1.4).', hasOddKeyIdType),
  unreadable('unusual-json', 'What JavaScript cannot hold is no claim.', hasUnusualJson),
  {
    name: 'cookie-budget',
    why: 'Work is bounded, also on the Cookie header; a token in the other header needs no cookies.',
    applies: ({ headers }) => cookieBytes(headers) > COOKIE_BYTES,
    restate: (testCase) => withoutHeaders(testCase, /^cookie$/),
    expect: (answer, { testCase }) => {
      return headerTokenOf(testCase) ? answer : refusal('cookie-header-too-large')
    },
  },
]

function cookieBytes(headers) {
  const values = headers.filter(([name]) => name === 'cookie').map(([, value]) => value.trim())
  return Buffer.byteLength(values.join(''))
}
