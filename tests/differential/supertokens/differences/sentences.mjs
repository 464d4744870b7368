// The sentence that stands on a page in place of the JSON of a refusal.

import { headerOf, tokensOf } from '../carriers.mjs'
import { messageOf } from '../messages.mjs'

/**
 * What a page says of an answer. Where the case tells the exact reason it is that one, whatever we say;
 * where only what is in the token tells, it must be one of the faults that end in this answer: `detail`
 * is what we say.
 */
export function sentence({ body, calls }, request, testCase, detail) {
  const { message } = JSON.parse(body)
  const foretell = WORDS[message]
  // The words of the kit for clients; everything else are sentences already.
  if (foretell === undefined) return message
  const isByCore = calls.some(({ path }) => path === '/recipe/session/verify')
  const exact = foretell({ isByCore, request, testCase })
  if (typeof exact === 'string') return messageOf(exact)
  return exact.includes(detail) ? messageOf(detail) : `one of ${exact}`
}

const WORDS = {
  'invalid claim': () => 'invalid-claims',
  unauthorised: ({ isByCore, request, testCase }) => {
    if (isByCore) return 'session-revoked'
    return hasToken(request, testCase) ? UNREADABLE : 'token-missing'
  },
  'try refresh token': ({ isByCore, request }) => {
    if (OLD_SESSION.test(headerOf(request, 'cookie'))) return 'legacy-session'
    return isByCore ? 'core-refused' : NOT_ACCEPTED
  },
}

/** The cookie of old kits, whose name is not unescaped. */
const OLD_SESSION = /(?:^|;)[ \t]*sIdRefreshToken[ \t]*=/

/** Whether there is anything that could be an access token. */
function hasToken(request, testCase) {
  const { getTokenTransferMethod: allowed = 'any' } = testCase.options
  return tokensOf(request, testCase).some(({ place }) => allowed === 'any' || allowed === place)
}

/** Faults of what is no access token. */
const UNREADABLE = [
  ...['token-missing', 'token-not-compact', 'token-not-base64url', 'token-not-utf8'],
  ...['token-not-json', 'token-not-object', 'token-duplicate-member', 'token-encrypted'],
  ...['token-too-large', 'token-too-deep', 'token-too-many-members', 'token-version-unsupported'],
  ...['token-header-too-large', 'kid-missing', 'typ-mismatch', 'token-use-mismatch'],
  ...['session-claims-malformed', 'cookie-header-too-large', 'too-many-cookies'],
]

/** Faults of an access token, and of the request that brings it, which a refresh may mend. */
const NOT_ACCEPTED = [
  ...['alg-missing', 'alg-none', 'alg-not-allowed', 'alg-unsupported', 'alg-key-mismatch'],
  ...['anti-csrf-header-missing', 'anti-csrf-token-mismatch', 'anti-csrf-token-missing'],
  ...['duplicate-access-token', 'header-b64', 'header-crit', 'header-zip', 'header-member-type'],
  ...['jwk-unusable', 'key-not-found', 'kid-ambiguous', 'kid-missing', 'kid-too-long'],
  ...[
    'exp-invalid',
    'nbf-invalid',
    'signing-key-mismatch',
    'token-expired',
    'token-invalid-signature',
  ],
  'token-not-active-yet',
]
