// What claims may be.

import { tokensOf } from '../facts.mjs'
import { decode } from '../mint.mjs'
import { withClaims } from '../restate.mjs'
import {
  hasMalformedFeatures,
  hasOddAudience,
  hasOddClaimType,
  hasOddScopes,
  hasOddTime,
  isAccessToken,
  isMachine,
  LAST_DATE,
  oddTimes,
  oddTypes,
} from '../token-facts.mjs'
import { quoting } from '../words.mjs'

const anyToken = (has) => (testCase) => tokensOf(testCase).some(has)

/** The last date that JavaScript has, and how it shows one that it does not have. */
const LAST_DAY = new Date(LAST_DATE * 1000).toUTCString()
const NO_DAY = 'Invalid Date'

export const CLAIMS = [
  {
    name: 'whole-seconds',
    why: 'Times are whole seconds since the epoch; the peer lets impossible dates pass.',
    applies: anyToken(hasOddTime),
    restate: (testCase) => withClaims(testCase, hasOddTime, plainTimes),
    expect: (answer, { testCase }) => {
      const times = tokensOf(testCase).flatMap((token) => {
        return oddTimes(token).map((name) => decode(token).payload[name])
      })
      return times.reduce((sum, time) => {
        if (isBeyond(time)) return quoting(sum, LAST_DAY, NO_DAY)
        return quoting(sum, `"${time}". Expected number.`, `${time}. Expected number.`)
      }, answer)
    },
  },
  {
    name: 'odd-audience',
    why: 'An `aud` of the wrong shape, or an empty one, fails; the peer lets it pass.',
    applies: (testCase) => {
      return [testCase.options.audience].flat().some(Boolean) && anyToken(isForNobody)(testCase)
    },
    // One of another name for each token, so that a message says which of them it is about.
    restate: (testCase) => {
      return withClaims(testCase, isForNobody, (_, token) => ({ aud: nobody(testCase, token) }))
    },
    expect: (answer, { testCase }) => {
      return tokensOf(testCase)
        .filter(isForNobody)
        .reduce((sum, token) => {
          const { aud } = decode(token).payload
          const shown = `claim${Array.isArray(aud) ? ' array' : ''} (aud) ${JSON.stringify(aud)}.`
          return quoting(sum, `claim (aud) "${nobody(testCase, token)}".`, shown)
        }, answer)
    },
  },
  {
    name: 'claims-have-types',
    why: 'A claim of the wrong type is not passed on as an id or a status.',
    applies: anyToken(hasOddClaimType),
    restate: (testCase) => withClaims(testCase, hasOddClaimType, withoutOddTypes),
    expect: withOwnClaims,
  },
  {
    name: 'malformed-features',
    why: 'The peer throws while it makes the Auth object, or signs out. What says nothing grants nothing.',
    applies: anyToken(hasMalformedFeatures),
    restate: (testCase) => withClaims(testCase, hasMalformedFeatures, wellFormedFeatures),
    expect: withOwnClaims,
  },
  {
    name: 'odd-scopes',
    why: 'Scopes are a list; the peer throws, or passes on what it finds.',
    applies: anyToken(hasOddScopes),
    restate: (testCase) => withClaims(testCase, hasOddScopes, plainScopes),
    expect: (answer) => {
      const claims = decode(answer.token)?.payload
      if (!answer.auth?.claims && answer.tokenType !== 'm2m_token') return answer
      return claims ? { ...answer, auth: { ...answer.auth, ...customClaims(claims) } } : answer
    },
  },
]

/** The Auth object with the claims that the token has, not those that it was restated with. */
function withOwnClaims(answer) {
  if (!answer.auth?.sessionClaims) return answer
  const sessionClaims = decode(answer.token).payload
  return { ...answer, auth: { ...answer.auth, sessionClaims } }
}

function withoutOddTypes(_payload, token) {
  return Object.fromEntries(oddTypes(token).map((name) => [name, undefined]))
}

/**
 * A number that is no time becomes its text, which the peer does not take for one either, and
 * compares like the number; one beyond all dates becomes the last date.
 */
function plainTimes(payload, token) {
  return Object.fromEntries(
    oddTimes(token).map((name) => {
      return [name, isBeyond(payload[name]) ? LAST_DATE : `${payload[name]}`]
    }),
  )
}

function isBeyond(time) {
  return Number.isSafeInteger(time) && time > LAST_DATE
}

/** Audiences do not count for access tokens, whose own rule is as strict as ours. */
function isForNobody(token) {
  return hasOddAudience(token) && !isAccessToken(token)
}

function nobody(testCase, token) {
  return `nobody-${tokensOf(testCase).indexOf(token)}`
}

/** The features that have a name, and of the organization what is text. */
function wellFormedFeatures({ fea, o }) {
  const entries =
    typeof fea === 'string' ? fea.split(',').filter((entry) => entry.includes(':')) : []
  const text = (value) => (typeof value === 'string' ? value : undefined)
  return {
    fea: entries.length > 0 ? entries.join(',') : undefined,
    o: { ...o, per: text(o.per), fpm: text(o.fpm) },
  }
}

/** The scopes in the one shape that the peer reads as we do. */
function plainScopes(payload, token) {
  const { scopes, scope, scp, aud } = payload
  const words = (text) => (typeof text === 'string' ? text.split(' ') : null)
  const list = (value) => {
    const all = typeof value === 'string' ? [value] : value
    return Array.isArray(all) && all.every((one) => typeof one === 'string') ? all : null
  }
  if (!isMachine(token)) return { scp: list(scp) ?? words(scope) ?? undefined, scope: undefined }
  const found = words(scopes) ?? list(aud) ?? []
  return found.length > 0 ? { scopes: found.join(' ') } : { scopes: undefined, aud: undefined }
}

/** The claims of a machine token that are its own. */
function customClaims(payload) {
  const reserved = ['iss', 'sub', 'exp', 'nbf', 'iat', 'jti']
  const own = Object.entries(payload).filter(([name]) => !reserved.includes(name))
  return own.length > 0 ? { claims: Object.fromEntries(own) } : {}
}
