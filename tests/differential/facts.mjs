// What can be seen in a case without running anything.

import { keys } from './keys.mjs'
import { decode } from './mint.mjs'

/** Everything that stands where a token is expected, also inside handshake tokens. */
export function tokensOf(testCase) {
  const { refresh, handshake } = testCase.network
  const cookies = cookiePairs(testCase).filter(([name]) => /session|handshake/i.test(name))
  const outer = [
    ...(headerOf(testCase, 'authorization')?.split(/[\s,]+/) ?? []),
    ...cookies.map(([, value]) => percentDecoded(value).replaceAll('"', '')),
    new URL(testCase.url).searchParams.get('__clerk_handshake') ?? '',
    ...[refresh?.body?.cookies, handshake?.body?.directives].flatMap(tokensInDirectives),
  ]
  const inner = outer.flatMap((token) => tokensInDirectives(decode(token)?.payload?.handshake))
  return [...new Set([...outer, ...inner])].filter((token) => token.includes('.'))
}

function tokensInDirectives(directives) {
  if (!Array.isArray(directives)) return []
  return directives.map((directive) => String(directive).split(';')[0].split('=')[1] ?? '')
}

/** The value of a cookie as both sides read it: the first one, percent-decoded if that works. */
export function cookieOf(testCase, name) {
  const pair = cookiePairs(testCase).find((pair) => pair[0] === name)
  return pair === undefined ? null : percentDecoded(pair[1])
}

/** The cookie of the session that belongs to one instance. */
export function suffixedSessionOf(testCase) {
  const pair = cookiePairs(testCase).find(([name]) => /^__session_.{8}$/.test(name))
  return pair === undefined ? null : percentDecoded(pair[1])
}

/** The token in the header as both sides read it: a scheme other than Bearer has none. */
export function headerTokenOf(testCase) {
  const [scheme, token] = (headerOf(testCase, 'authorization') ?? '').split(' ', 2)
  if (!token) return scheme || null
  return scheme === 'Bearer' ? token : null
}

/** The value of a header as `Headers` has it. */
export function headerOf({ headers }, name) {
  const values = headers.filter(([header]) => header === name).map(([, value]) => value.trim())
  return values.length > 0 ? values.join(', ') : null
}

function cookiePairs(testCase) {
  const pairs = (headerOf(testCase, 'cookie') ?? '').split(';')
  return pairs
    .map((pair) => [pair, pair.indexOf('=')])
    .filter(([, middle]) => middle >= 0)
    .map(([pair, middle]) => [pair.slice(0, middle).trim(), pair.slice(middle + 1).trim()])
}

function percentDecoded(text) {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** The PEM as the peer reads it, when it is the instance's key in another form. */
export function canonicalPem(pem) {
  if (typeof pem !== 'string') return null
  const compact = (text) => text.replace(/\\n|[\s"]|-----.*?-----/g, '')
  const known = Object.values(keys).find(({ spki, pkcs1 }) => {
    return [spki, pkcs1].some((form) => compact(form) === compact(pem))
  })
  return known?.spki ?? null
}
