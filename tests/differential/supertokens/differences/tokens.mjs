// How access tokens are read, and which are never accepted.

import { NO_TOKEN, refusable, someToken, withOptions, withTokens } from '../restate.mjs'
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
} from '../token-facts.mjs'

/** In the order in which they are looked at: what cannot be read has no other faults. */
export const TOKENS = [
  {
    name: 'strict-base64',
    why: 'Two texts must not be the same token.',
    ...unreadable(isLooselyEncoded),
  },
  {
    name: 'budget',
    why: 'Work is bounded.',
    ...unreadable(isOverBudget),
  },
  {
    name: 'strict-utf8',
    why: 'Nothing is replaced, nothing skipped.',
    ...unreadable(isNotUtf8),
  },
  {
    name: 'duplicate-member',
    why: 'Readers differ about which one counts.',
    ...unreadable(hasTwins),
  },
  {
    name: 'half-characters',
    why: 'No text can hold them.',
    ...unreadable(hasLoneSurrogate),
  },
  {
    name: 'huge-numbers',
    why: 'JavaScript makes them infinite.',
    ...unreadable(hasHugeNumber),
  },
  {
    name: 'exact-version',
    why: 'A version that there is not yet may mean something else.',
    ...unreadable(hasOddVersion),
  },
  {
    name: 'tenant-is-named',
    why: 'Versions 4 and 5 always name the tenant.',
    ...unreadable(hasNoTenant),
  },
  {
    name: 'kid-is-text',
    why: 'A `kid` is a text (RFC 7515 section 4.1.4).',
    ...unacceptable(hasOddName),
  },
  {
    name: 'no-extensions',
    why: '`crit`, `b64` and `zip` are not ignored.',
    ...unacceptable(hasExtension),
  },
  {
    name: 'one-algorithm',
    why: 'SuperTokens signs with RS256 alone.',
    ...unacceptable(hasOtherAlgorithm),
  },
  {
    name: 'old-tokens-of-unknown-keys',
    why: 'A token of version 2 that no key vouches for is refreshed; the core is not asked about it.',
    applies: (testCase) => someToken(testCase, isLegacy),
    restate: (testCase) => withOptions(testCase, { jwksRefreshIntervalSec: -1e9 }),
  },
]

/** Texts that are no access tokens to us: whoever sends one has none. */
function unreadable(has) {
  return {
    applies: (testCase) => someToken(testCase, has),
    restate: (testCase) => withTokens(testCase, has, () => NO_TOKEN),
  }
}

/** Access tokens that we never accept, whatever their signature. */
function unacceptable(has) {
  return {
    applies: (testCase) => someToken(testCase, has),
    restate: (testCase) => withTokens(testCase, has, refusable),
  }
}
