// Which keys there are, and which of them a token means.

import { canonicalPem, tokensOf } from '../facts.mjs'
import { KID, keys } from '../keys.mjs'
import { decode } from '../mint.mjs'
import { replacing, withHeader, withOptions } from '../restate.mjs'
import { hasOddKeyId } from '../token-facts.mjs'
import { quoting, reworded, textOf } from '../words.mjs'

const NO_KEY = (kid) => `Unable to find a signing key in JWKS that matches the kid='${kid}' of`
const RSA = ['RS256', 'RS384', 'RS512']

/** A set in which no token finds its key. */
const FOREIGN_SET = { body: { keys: [{ ...keys.foreign.jwk, kid: 'ins_nobody', alg: 'RS256' }] } }

const isRemote = ({ options }) => !options.jwtKey

export const KEYS = [
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
    // A key given on its own is meant by every token, so each of their names gets it.
    restate: (testCase) => {
      const kids = tokensOf(testCase).map((token) => `${decode(token)?.header?.kid}`)
      const named = [KID, ...kids].map((kid) => ({ ...keys.large.jwk, kid, alg: 'RS256' }))
      return withKeySet(withOptions(testCase, { jwtKey: undefined }), { body: { keys: named } })
    },
  },
  {
    name: 'key-set-entries',
    why: 'A key is used for its own algorithm, and only if it is whole and unambiguous.',
    applies: (testCase) => isRemote(testCase) && faultyTokens(testCase).length > 0,
    // The token names no key at all; our rule finds out at the same moment.
    restate: (testCase) => {
      return replacing(
        testCase,
        faultyTokens(testCase).map(([token, code], index) => {
          return [token, withHeader(token, { kid: `${code}-${index}` })]
        }),
      )
    },
    expect: (answer, { testCase }) => {
      return faultyTokens(testCase).reduce((sum, [, code], index) => {
        const word = code === 'jwk-unusable' ? 'token-verification-failed' : code
        return reworded(sum, NO_KEY(`${code}-${index}`), { word, text: textOf(code) })
      }, answer)
    },
  },
  {
    name: 'keys-unavailable',
    why: 'When no key set comes, the reason says so.',
    applies: (testCase) => isRemote(testCase) && replyFault(testCase) !== null,
    // No token finds its key then, and the peer says which token that is about. One without a `kid`
    // has none to be looked up, so it is refused as such whether the set comes or not.
    restate: (testCase) => withKeySet(testCase, FOREIGN_SET),
    expect: (answer, { testCase }) => {
      const words = WORDS[replyFault(testCase)]
      const kids = tokensOf(testCase).map((token) => decode(token)?.header?.kid)
      const named = words ? kids.filter((kid) => typeof kid === 'string') : []
      return named.reduce((sum, kid) => reworded(sum, NO_KEY(kid), words), answer)
    },
  },
  {
    name: 'odd-kid',
    why: 'A `kid` that names no key is refused as such, whatever objects inherit.',
    applies: (testCase) => isRemote(testCase) && tokensOf(testCase).some(hasOddKeyId),
    restate: (testCase) => {
      return replacing(
        testCase,
        oddlyNamed(testCase).map((token, index) => {
          return [token, withHeader(token, { kid: `nobody-${index}` })]
        }),
      )
    },
    expect: (answer, { testCase }) => {
      return oddlyNamed(testCase).reduce((sum, token, index) => {
        return quoting(sum, NO_KEY(`nobody-${index}`), NO_KEY(decode(token).header.kid))
      }, answer)
    },
  },
]

/** What we say when the key set does not come. */
const WORDS = {
  unreachable: {
    word: 'jwk-remote-failed-to-load',
    text: 'Failed to load JWKS from Clerk Backend or Frontend API.',
    action: 'Contact support@clerk.com',
  },
  malformed: { word: 'jwk-remote-failed-to-load', text: textOf('jwks-malformed') },
  refused: { word: 'secret-key-invalid', text: textOf('secret-key-invalid') },
}

/** What is wrong with the reply to the question for keys. */
function replyFault({ network: { jwks }, options }) {
  if (jwks === undefined || jwks.fails) return 'unreachable'
  const status = jwks.status ?? 200
  if (status === 401 && options.secretKey) return 'refused'
  if (status >= 400) return 'unreachable'
  if (!Array.isArray(jwks.body?.keys)) return 'malformed'
  return jwks.body.keys.length === 0 ? 'empty' : null
}

function oddlyNamed(testCase) {
  return tokensOf(testCase).filter(hasOddKeyId)
}

/** The tokens that mean no key, though there is one of that name; `[token, code]` each. */
function faultyTokens(testCase) {
  const set = testCase.network.jwks?.body?.keys ?? []
  const judged = tokensOf(testCase).map((token) => [token, faultOf(set, decode(token)?.header)])
  return judged.filter(([, code]) => code !== null)
}

function faultOf(set, header) {
  const named = set.filter(({ kid }) => typeof kid === 'string' && kid === header?.kid)
  const usable = named.filter(isUsable)
  if (usable.length === 0) return named.length > 0 ? 'jwk-unusable' : null
  // Whether there is a key comes before the question whether the algorithm is a known one.
  const wanted = RSA.includes(header.alg) ? header.alg : 'RS256'
  const fitting = usable.filter(({ alg }) => alg === wanted)
  if (fitting.length === 0) return null
  const isDoubtful = named.some((key) => !isUsable(key) && !isForSomethingElse(key))
  return fitting.length > 1 || isDoubtful ? 'kid-ambiguous' : null
}

function isUsable({ kty, n, e, alg, use = 'sig' }) {
  return kty === 'RSA' && Boolean(n && e) && RSA.includes(alg) && use === 'sig'
}

function isForSomethingElse({ use = 'sig' }) {
  return use !== 'sig'
}

function withKeySet(testCase, jwks) {
  return { ...testCase, network: { ...testCase.network, jwks } }
}
