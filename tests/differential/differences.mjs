// Where we mean to differ from the peer, each difference by its name.
//
// A difference applies to a case by what is in the case alone, and where it says so by the peer's
// answer (`when`). Then one of two things excuses a mismatch, and only that:
// - `restate(case)`: the same request said in such a way that the peer has to answer what we answer.
//   The peer is asked again, and its new answer must be ours to the letter (`tolerates` names
//   fields that may still differ, because they quote what was restated).
// - `accepts({ peer, ours, testCase, mismatches })`: where no such request exists, what may be
//   answered.

import { canonicalPem, cookieOf, headerOf, tokensOf } from './facts.mjs'
import { KID, keys } from './keys.mjs'
import {
  directly,
  handshakeTokensOf,
  IGNORED_HANDSHAKE,
  nonceOf,
  replacing,
  withClaims,
  withCookie,
  withOptions,
  withoutHandshake,
  withoutHeaders,
  withoutProxy,
  withoutTokens,
} from './restate.mjs'
import {
  hasDuplicateMember,
  hasForbiddenHeader,
  hasMalformedFeatures,
  hasOddAudience,
  hasOddClaimType,
  hasOddKeyId,
  hasOddKeyIdType,
  hasOddScopes,
  hasOddTime,
  hasUnusualJson,
  isLooselyEncoded,
  isLooseUtf8,
  isNoObject,
  isOverBudget,
  LAST_DATE,
  oddTimes,
  oddTypes,
} from './token-facts.mjs'

const MESSAGE_FIELDS = ['message', 'headers.x-clerk-auth-message']
const REASON_FIELDS = [...MESSAGE_FIELDS, 'reason', 'headers.x-clerk-auth-reason']

const isOut = ({ status }) => status === 'signed-out'
const KEY_TROUBLE = /^(jwk-|kid-|secret-key-|unexpected-error|token-(invalid|verification))/
const hasKeyTrouble = ({ status, reason }) => {
  return status === 'signed-out' && KEY_TROUBLE.test(reason)
}
const anyToken = (has) => (testCase) => tokensOf(testCase).some(has)

/** Tokens that we cannot read at all: the peer answers the same once it cannot read them either. */
function unreadable(name, why, has) {
  return {
    name,
    why,
    applies: anyToken(has),
    restate: (testCase) => withoutTokens(testCase, tokensOf(testCase).filter(has)),
    tolerates: REASON_FIELDS,
  }
}

/** The budget of the core for all cookies together. */
const COOKIE_BYTES = 32 * 1024

export const DIFFERENCES = [
  // ------------------------------------------------------------------------- how tokens are read
  unreadable('strict-base64url', 'Two texts must not be the same token.', isLooselyEncoded),
  unreadable('no-object', 'A header or payload that is no object is no token.', isNoObject),
  unreadable('duplicate-member', 'Readers differ about which one counts.', hasDuplicateMember),
  unreadable('strict-utf8', 'Nothing is replaced, nothing skipped.', isLooseUtf8),
  unreadable('forbidden-header', '`crit`, `b64` and `zip` are not ignored.', hasForbiddenHeader),
  unreadable('budget', 'Work is bounded.', isOverBudget),
  {
    name: 'cookie-budget',
    why: 'Work is bounded, also on the Cookie header.',
    applies: (testCase) => (headerOf(testCase, 'cookie') ?? '').length > COOKIE_BYTES,
    accepts: ({ ours }) => isOut(ours) || ours.status === 'handshake',
  },
  unreadable('kid-is-text', 'A `kid` is a text (RFC 7515 section 4.1.4).', hasOddKeyIdType),
  unreadable('unusual-json', 'What JavaScript cannot hold is no claim.', hasUnusualJson),
  {
    name: 'whole-seconds',
    why: 'Times are whole seconds since the epoch; the peer lets impossible dates pass.',
    applies: anyToken(hasOddTime),
    restate: (testCase) => withClaims(testCase, hasOddTime, plainTimes),
    tolerates: MESSAGE_FIELDS,
    // A plain time can change which of two cookies counts.
    accepts: ({ ours }) => /date claim \((?:exp|nbf|iat)\) .* Expected number/.test(ours.message),
  },
  {
    name: 'odd-audience',
    why: 'An `aud` of the wrong shape, or an empty one, fails; the peer lets it pass.',
    applies: (testCase) => {
      return Boolean(testCase.options.audience) && tokensOf(testCase).some(hasOddAudience)
    },
    restate: (testCase) => withClaims(testCase, hasOddAudience, () => ({ aud: 'nobody' })),
    tolerates: MESSAGE_FIELDS,
  },
  {
    name: 'claims-have-types',
    why: 'A claim of the wrong type is not passed on as an id or a status.',
    applies: anyToken(hasOddClaimType),
    restate: (testCase) => withClaims(testCase, hasOddClaimType, withoutOddTypes),
    tolerates: ['auth.sessionClaims', 'calls'],
    accepts: ({ mismatches }) => {
      return mismatches.every(({ field, ours }) => {
        return (field.startsWith('auth.') && ours === null) || field.startsWith('has.')
      })
    },
  },
  {
    name: 'malformed-features',
    why: 'The peer throws while it makes the Auth object, or signs out.',
    applies: anyToken(hasMalformedFeatures),
    accepts: ({ peer, ours }) => {
      const hasFailed = peer.auth?.throws || peer.reason === 'unexpected-error'
      const hasGoneOn =
        ours.reason === 'active-organization-mismatch' || ours.status !== 'handshake'
      return Boolean(hasFailed) && hasGoneOn && !ours.auth?.orgPermissions?.length
    },
  },
  {
    name: 'odd-scopes',
    why: 'Scopes are a list; the peer throws, or passes on what it finds.',
    applies: anyToken(hasOddScopes),
    accepts: ({ peer, ours, mismatches }) => {
      const isInScopes = mismatches.every(({ field }) => field === 'auth.scopes')
      return isInScopes || (/split is not a function/.test(peer.throws) && !ours.throws)
    },
  },

  // -------------------------------------------------------------------------------------- keys
  {
    name: 'pem-forms',
    why: 'PEM is parsed: escaped newlines, quotes, PKCS#1 and other sizes work.',
    applies: ({ options }) => {
      const canonical = canonicalPem(options.jwtKey)
      return canonical !== null && canonical !== options.jwtKey
    },
    restate: (testCase) => {
      return withOptions(testCase, { jwtKey: canonicalPem(testCase.options.jwtKey) })
    },
  },
  {
    name: 'large-key',
    why: 'The peer reads only moduli of 2048 bits out of PEM.',
    applies: ({ options }) => canonicalPem(options.jwtKey) === keys.large.spki,
    restate: (testCase) => {
      const jwks = { body: { keys: [{ ...keys.large.jwk, kid: KID, alg: 'RS256' }] } }
      const remote = withOptions(testCase, { jwtKey: undefined })
      return { ...remote, network: { ...testCase.network, jwks } }
    },
    tolerates: REASON_FIELDS,
  },
  {
    name: 'key-set-entries',
    why: 'A key is used for its own algorithm, and only if it is whole and unambiguous.',
    applies: ({ options, network }) => !options.jwtKey && hasOddKeySet(network),
    accepts: ({ peer, ours, testCase }) => {
      // A handshake that cannot be read leaves the cookies to decide.
      const isHandshake = /__clerk_handshake/.test(JSON.stringify([testCase.url, testCase.headers]))
      return !peer.throws && (hasKeyTrouble(ours) || (isHandshake && ours.status !== 'signed-in'))
    },
  },
  {
    name: 'keys-unavailable',
    why: 'When no key set comes, the reason says so.',
    applies: ({ options, network: { jwks } }) => !options.jwtKey && hasFailed(jwks),
    accepts: ({ peer, ours }) => hasKeyTrouble(peer) && hasKeyTrouble(ours),
  },
  {
    name: 'odd-kid',
    why: 'A `kid` that names no key is refused as such, whatever objects inherit.',
    applies: anyToken(hasOddKeyId),
    accepts: ({ peer, ours, testCase }) => {
      return !testCase.options.jwtKey && hasKeyTrouble(peer) && hasKeyTrouble(ours)
    },
  },

  // ------------------------------------------------------------------------------- the redirect
  {
    name: 'redirect-counter',
    why: 'The loop guard holds from the third redirect on, not only at it.',
    applies: (testCase) => Number(cookieOf(testCase, '__clerk_redirect_count')) > 3,
    restate: (testCase) => withCookie(testCase, '__clerk_redirect_count', '3'),
  },
  {
    name: 'host-in-path',
    why: 'A path that begins with two slashes does not replace the host.',
    applies: ({ url }) => /^\/[/\\]/.test(new URL(url).pathname),
    restate: directly,
    tolerates: ['calls'],
  },
  {
    name: 'forwarded-host-and-scheme',
    why: 'Only http and https, and a bare host, are taken from a proxy.',
    applies: (testCase) => {
      const first = (name) => headerOf(testCase, name)?.split(',')[0]
      const host = first('x-forwarded-host') ?? headerOf(testCase, 'host') ?? 'a'
      const isNumber = /(^|\.)(\d+|0x[\da-f]*)\.?(:\d+)?$/i.test(host) && !isCanonical(host)
      const isBare = /^([\w.-]+|\[[\d:a-f]+\])(:\d+)?$/i.test(host) && !isNumber
      return !isBare || !/^https?$/i.test(first('x-forwarded-proto') ?? 'https')
    },
    restate: withoutProxy,
    tolerates: ['calls'],
  },
  {
    name: 'empty-forwarded-header',
    why: 'An empty header counts as absent.',
    applies: ({ headers }) => headers.some(isEmptyForwarded),
    restate: ({ headers, ...rest }) => {
      return { ...rest, headers: headers.filter((header) => !isEmptyForwarded(header)) }
    },
  },
  {
    name: 'sync-target',
    why: 'The primary of a development instance redirects to allowed origins only.',
    applies: ({ url, ours }) => {
      const target = new URL(url).searchParams.get('__clerk_redirect_url')
      const isAllowed = URL.canParse(target) && isAllowedOrigin(new URL(target).origin, ours)
      return target !== null && !isAllowed
    },
    // A parameter of another name means nothing to the peer.
    restate: (testCase) => replacing(testCase, [['__clerk_redirect_url', '__clerk_redirect_no1']]),
  },

  {
    name: 'repeated-parameter',
    why: 'A repeated `:slug*` names what stands in the path; the peer joins its parts with commas.',
    applies: ({ options: { organizationSyncOptions: lists } }) => {
      return (lists?.organizationPatterns ?? []).some((text) =>
        /:(?:id|slug)(?:\(.*\))?[*+]/.test(text),
      )
    },
    accepts: ({ mismatches }) => mismatches.every(({ field }) => field === 'location'),
  },

  // ------------------------------------------------------------------------------ the handshake
  {
    name: 'handshake-error-is-no-exception',
    why: 'In development the peer throws when a handshake token is bad; we carry on.',
    applies: (testCase) => handshakeTokensOf(testCase).length > 0,
    when: ({ throws }) => /^Error: Clerk: Handshake token verification failed/.test(throws),
    restate: (testCase) => {
      const [token] = handshakeTokensOf(testCase)
      return replacing(testCase, [[token, `${IGNORED_HANDSHAKE}A`]])
    },
  },
  {
    name: 'unredeemed-nonce',
    why: 'A nonce that is not redeemed does not sign a valid session out.',
    applies: (testCase) => {
      const { handshake } = testCase.network
      const isRedeemed = Array.isArray(handshake?.body?.directives) && !hasFailed(handshake)
      return nonceOf(testCase) !== null && !isRedeemed
    },
    restate: withoutHandshake,
    tolerates: ['location', 'calls'],
  },

  {
    name: 'refresh-error-code',
    why: 'Only what looks like a code becomes part of the reason.',
    applies: ({ network: { refresh } }) => {
      const [first] = refresh?.body?.errors ?? []
      return first !== undefined && !/^[\w-]+$/.test(first.code ?? '')
    },
    restate: (testCase) => {
      const refresh = { ...testCase.network.refresh, body: { errors: [] } }
      return { ...testCase, network: { ...testCase.network, refresh } }
    },
  },

  // ----------------------------------------------------------------------------------- options
  {
    name: 'no-secret-key',
    why: 'Without network no secret key is needed.',
    applies: ({ options }) => !options.secretKey,
    restate: (testCase) => withOptions(testCase, { secretKey: 'sk_live_x' }),
    tolerates: ['calls'],
    accepts: ({ peer, ours, testCase }) => {
      const isNonce = /__clerk_handshake_nonce/.test(
        JSON.stringify([testCase.url, testCase.headers]),
      )
      const isUnasked =
        isNonce && /^Error: Missing Clerk Secret Key/.test(peer.throws) && !ours.throws
      return isUnasked || ours.reason?.endsWith('-missing-api-client') === true
    },
  },
  {
    name: 'no-publishable-key',
    why: 'With keys given up front no publishable key is needed.',
    applies: ({ options }) => !options.publishableKey,
    accepts: ({ peer, ours }) => {
      return /^Error: Publishable key is missing/.test(peer.throws) && ours.status !== 'handshake'
    },
  },
  {
    name: 'sign-in-page-is-not-checked-per-request',
    why: 'The peer throws when `signInUrl` does not suit the Origin header.',
    applies: ({ options }) => options.isSatellite === true,
    when: ({ throws }) => /^Error: The signInUrl needs to/.test(throws),
    restate: (testCase) => withoutHeaders(testCase, /^origin$/),
    tolerates: ['calls'],
  },
  {
    name: 'options-are-checked-first',
    why: 'A wrong option throws when the gate is made, not at some request.',
    applies: ({ options }) => wrongOptions(options).length > 0,
    accepts: ({ ours, testCase }) => {
      const names = wrongOptions(testCase.options)
      return names.some((name) => ours.throws?.startsWith(`ConfigError provider.${name}`))
    },
  },
  {
    name: 'empty-pattern-list',
    why: 'An empty list of patterns matches nothing; for the peer it matches every path.',
    applies: ({ options: { organizationSyncOptions: lists } }) => {
      return Object.values(lists ?? {}).some((list) => list?.length === 0)
    },
    restate: (testCase) => {
      const lists = Object.entries(testCase.options.organizationSyncOptions)
      const given = Object.fromEntries(lists.filter(([, list]) => list?.length > 0))
      return withOptions(testCase, { organizationSyncOptions: given })
    },
  },

  // ----------------------------------------------------------------------------------- machines
  {
    name: 'opaque-machine-token',
    why: 'Opaque tokens can only be verified by the Backend API.',
    applies: (testCase) => /^(Bearer )?(mt_|oat_|ak_)/.test(headerOf(testCase, 'authorization')),
    accepts: ({ ours }) => isOut(ours) && ours.reason === 'machine-token-needs-network',
  },

  // ------------------------------------------------------------------------------------ wording
  {
    name: 'control-characters',
    why: 'No control character gets into a header.',
    applies: () => true,
    accepts: ({ mismatches }) => {
      return mismatches.every(({ field, peer, ours }) => {
        // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
        return field.startsWith('headers.') && ours === null && /[\x01-\x1f\x7f]/.test(peer)
      })
    },
  },
  {
    name: 'own-code-for-no-token',
    why: '`No token in header` is a sentence; ours is a code.',
    applies: ({ options }) => options.acceptsToken !== undefined,
    accepts: ({ peer, ours }) => {
      return peer.reason === 'No token in header' && ours.reason === 'no-token-in-header'
    },
  },
]

/** Wording that is ours wherever the peer has none: looked at before anything else. */
export const SILENCE = 'own-words-where-the-peer-has-none'

/** Fields that differ only because the peer says nothing there. */
export function isSilence({ field, peer, ours }) {
  return field === 'message' && peer === '' && typeof ours === 'string'
}

function withoutOddTypes(_payload, token) {
  return Object.fromEntries(oddTypes(token).map((name) => [name, undefined]))
}

/** A text, which the peer does not take for a time either; or the last date instead of none. */
function plainTimes(payload, token) {
  return Object.fromEntries(
    oddTimes(token).map((name) => {
      const isBeyond = Number.isSafeInteger(payload[name]) && payload[name] > LAST_DATE
      return [name, isBeyond ? LAST_DATE : 'x']
    }),
  )
}

function isEmptyForwarded([name, value]) {
  return name.startsWith('x-forwarded-') && value.split(',')[0].trim() === ''
}

function isAllowedOrigin(origin, settings) {
  return settings?.allowedRedirectOrigins?.includes(origin) === true
}

function hasFailed(reply) {
  return (
    reply === undefined ||
    reply.fails ||
    reply.body?.keys?.length === 0 ||
    (reply.status ?? 200) >= 400 ||
    !Object.keys(reply.body).length
  )
}

function hasOddKeySet({ jwks }) {
  const set = jwks?.body?.keys ?? []
  const kids = set.map(({ kid }) => kid)
  const isOdd = ({ kty, n, alg, use }) => kty !== 'RSA' || !n || alg !== 'RS256' || use === 'enc'
  return set.some(isOdd) || new Set(kids).size < kids.length
}

/** The options that cannot work. */
function wrongOptions({ organizationSyncOptions = {}, ...options }) {
  const { publishableKey, jwtKey, proxyUrl, signInUrl, isSatellite, domain } = options
  const patterns = Object.values(organizationSyncOptions).flatMap((list) => list ?? [])
  const isUrl = (text) => /^https?:\/\//.test(text)
  return [
    ['publishableKey', !publishableKey || !isPublishableKey(publishableKey)],
    ['jwtKey', jwtKey && canonicalPem(jwtKey) === null],
    ['proxyUrl', /[?#]/.test(proxyUrl) || !/^(?:https?:\/\/|\/)/.test(proxyUrl ?? '/')],
    ['domain', isSatellite && !domain && !proxyUrl],
    ['signInUrl', isSatellite && !isUrl(signInUrl)],
    ['organizationSyncOptions', patterns.some((pattern) => /[a-z]\*/.test(pattern))],
  ]
    .filter(([, isWrong]) => isWrong)
    .map(([name]) => name)
}

/** Whether a host of numbers is an IPv4 address as it is always written. */
function isCanonical(host) {
  return new URL(`http://${host}`).host === host && /^\d+(\.\d+){3}(:\d+)?$/.test(host)
}

function isPublishableKey(key) {
  const [, code = ''] = /^pk_(?:live|test)_([^_]+)$/.exec(key) ?? []
  return /^[^$]*\.[^$]*\$$/.test(Buffer.from(code, 'base64').toString('latin1'))
}
