// The places of a request in which access tokens come, as the peer reads them.

import { apiOf, REFRESH } from './routes.mjs'
import { readByPeer } from './token-facts.mjs'

/**
 * `[{ place, token }]`: `place` is `header` or `cookie`. Of several cookies of the name only the
 * first is read, and only the first header.
 */
export function tokensOf(request, testCase) {
  const found = []
  mapTokens(request, testCase, (token, place) => {
    found.push({ place, token })
  })
  return found
}

/**
 * The request with other tokens, where `change(token, place)` gives one. A request that refreshes
 * brings refresh tokens, which are not looked into.
 */
export function mapTokens(request, testCase, change) {
  if (apiOf(request, testCase) === REFRESH) return request
  const { options } = testCase
  const name = options.cookieNames?.access ?? 'sAccessToken'
  let [hasHeader, hasCookie] = [false, false]
  const headers = request.headers.map(([header, value]) => {
    if (header === 'authorization' && !hasHeader) {
      hasHeader = true
      return [header, mapBearer(value, change)]
    }
    if (header !== 'cookie') return [header, value]
    const pairs = value.split(';').map((pair) => {
      const [key, raw] = split(pair)
      if (hasCookie || key !== name || raw === null) return pair
      hasCookie = true
      const other = change(cookieValue(raw), 'cookie')
      return other === undefined ? pair : ` ${name}=${other}`
    })
    return [header, pairs.join(';')]
  })
  return { ...request, headers }
}

/** The token that the peer goes by, or null: `{ place, token, version, kid, payload, header }`. */
export function chosenToken(request, testCase) {
  const allowed = testCase.options.getTokenTransferMethod ?? 'any'
  const tokens = tokensOf(request, testCase)
  for (const place of ['header', 'cookie']) {
    const { token } = tokens.find((one) => one.place === place) ?? {}
    const read = token === undefined ? null : readByPeer(token)
    if (read !== null && (allowed === 'any' || allowed === place)) return { place, token, ...read }
  }
  return null
}

/** How many cookies have a name, in whatever way it is escaped and whatever blanks follow it. */
export function cookieCount(request, name) {
  return cookiePairs(request).filter((pair) => cookieName(pair) === name).length
}

/** All `name=value` of all cookie headers, as they stand there. */
export function cookiePairs({ headers }) {
  return headers.filter(([header]) => header === 'cookie').flatMap(([, value]) => value.split(';'))
}

/** The name in a pair, unescaped and without blanks. */
export function cookieName(pair) {
  return percentDecoded(split(pair)[0])
}

/** The value of a header as Node gives it, or undefined. */
export function headerOf({ headers }, name) {
  const values = headers.filter(([header]) => header === name).map(([, value]) => value.trim())
  if (values.length === 0) return undefined
  return name === 'authorization' ? values[0] : values.join(name === 'cookie' ? '; ' : ', ')
}

/** Whether it asks whether another request may be sent, as browsers do before that one. */
export function isPreflight(request) {
  const [origin, method] = ['origin', 'access-control-request-method'].map((name) => {
    return headerOf(request, name) ?? ''
  })
  const isAsking = /^[!-+\--~]+$/.test(origin) && /^[!#$%&'*+.^_`|~\w-]+$/.test(method)
  return request.method === 'OPTIONS' && isAsking
}

function mapBearer(value, change) {
  // The wire takes blanks away from both ends.
  const sent = value.replace(/^[ \t]+|[ \t]+$/g, '')
  if (!sent.startsWith('Bearer ')) return value
  const other = change(sent.replace('Bearer ', '').trim(), 'header')
  return other === undefined ? value : `Bearer ${other}`
}

/** Name and value of a pair without the blanks around them; no value where there is no `=`. */
function split(pair) {
  const blank = (text) => text.replace(/^[ \t]+|[ \t]+$/g, '')
  const middle = pair.indexOf('=')
  return middle < 0
    ? [blank(pair), null]
    : [blank(pair.slice(0, middle)), blank(pair.slice(middle + 1))]
}

/** As npm `cookie` and the peer read a value; an object for JSON that is one. */
function cookieValue(raw) {
  const inner = /^"(.*)"$/.exec(raw)?.[1] ?? raw
  const value = percentDecoded(inner)
  if (!value.startsWith('j:')) return value
  try {
    const parsed = JSON.parse(value.slice(2))
    return typeof parsed === 'string' ? parsed : value
  } catch {
    return value
  }
}

function percentDecoded(text) {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
