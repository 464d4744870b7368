// The same request, said otherwise: what `differences.mjs` asks the peer instead.

import { cookieOf, headerOf, tokensOf } from './facts.mjs'
import { base64url, decode, mint, signerOf } from './mint.mjs'

/** A text that nobody can read stands for each of the tokens. */
export function withoutTokens(testCase, tokens) {
  const handshakes = handshakeTokensOf(testCase)
  const pairs = tokens.map((token, index) => {
    const stands = handshakes.includes(token) ? IGNORED_HANDSHAKE : 'unreadable.x.x'
    return [token, `${stands}${index}`]
  })
  return replacing(testCase, pairs)
}

/** With other claims in the tokens that `has` picks, signed as before. */
export function withClaims(testCase, has, changeOf) {
  const pairs = tokensOf(testCase)
    .filter(has)
    .map((token) => {
      const { header, payload } = decode(token)
      const changed = { ...payload, ...changeOf(payload, token) }
      return [token, signedLike(token, JSON.stringify(header), changed)]
    })
  return replacing(testCase, pairs)
}

/** The token with other members of its header, and the old signature. */
export function withHeader(token, change) {
  const [, payload, signature] = token.split('.')
  return `${base64url({ ...decode(token).header, ...change })}.${payload}.${signature}`
}

/** Signed with the same key as the token; with nobody's signature when that is none of ours. */
function signedLike(token, header, payload) {
  const signer = signerOf(token)
  if (signer) return mint(payload, { header, ...signer })
  return `${base64url(header)}.${base64url(payload)}.${token.split('.')[2]}`
}

/** Replaces texts wherever they stand, also inside handshake tokens. */
export function replacing(testCase, pairs) {
  const outer = tokensOf(testCase).flatMap((token) => reminted(token, pairs))
  const done = [...pairs, ...outer]
  let text = JSON.stringify({ ...testCase, replaced: [] })
  for (const [from, to] of done) {
    for (const spelling of spellings(from)) {
      text = text.replaceAll(JSON.stringify(spelling).slice(1, -1), to)
    }
  }
  return { ...JSON.parse(text), replaced: [...(testCase.replaced ?? []), ...done] }
}

/** The outcome with the texts back that were replaced for the question. */
export function restored(outcome, replaced) {
  if (replaced.length === 0 || outcome.throws) return outcome
  const { location, ...rest } = outcome
  return {
    ...deeply(rest, (text) => back(text, replaced)),
    location: locationBack(location, replaced),
  }
}

/** As a cookie or a query may have it; see `cookieSpelling` for the one with the first as code. */
function spellings(text) {
  const code = text.charCodeAt(0).toString(16).padStart(2, '0')
  return [text, encodeURIComponent(text), `%${code}${text.slice(1)}`]
}

/** A handshake token with other tokens inside. */
function reminted(token, pairs) {
  if (!Array.isArray(decode(token)?.payload?.handshake)) return []
  const [header, payload] = token
    .split('.')
    .map((part) => Buffer.from(part, 'base64url').toString())
  const text = pairs.reduce((sum, [from, to]) => sum.replaceAll(from, to), payload)
  return text === payload ? [] : [[token, signedLike(token, header, text)]]
}

function back(text, replaced, spelled = (from) => from) {
  return replaced.reduceRight((sum, [from, to]) => sum.replaceAll(to, spelled(from)), text)
}

/** URLs inside the URL have the text in their own spelling. */
function locationBack(location, replaced) {
  if (location === null || !URL.canParse(location)) return location
  const formEncoded = (text) => new URLSearchParams([['', text]]).toString().slice(1)
  const url = new URL(location)
  const query = [...url.searchParams].map(([name, value]) => {
    return [name, back(value, replaced, name.endsWith('redirect_url') ? formEncoded : undefined)]
  })
  url.search = new URLSearchParams(query)
  return url.href
}

function deeply(value, change) {
  if (typeof value === 'string') return change(value)
  if (Array.isArray(value)) return value.map((entry) => deeply(entry, change))
  if (typeof value !== 'object' || value === null) return value
  const members = Object.entries(value)
  return Object.fromEntries(members.map(([name, member]) => [name, deeply(member, change)]))
}

// -------------------------------------------------------------------------------------- requests

/** With another value for a cookie that is there. */
export function withCookie(testCase, name, value) {
  const pattern = new RegExp(`(^\\s*|;\\s*)${name}\\s*=[^;]*`, 'g')
  const headers = testCase.headers.map(([header, text]) => {
    return [header, header === 'cookie' ? text.replace(pattern, `$1${name}=${value}`) : text]
  })
  return { ...testCase, headers }
}

/** With other options. */
export function withOptions(testCase, change) {
  return { ...testCase, options: { ...testCase.options, ...change } }
}

/** Without a handshake: under other names its parameters and cookies mean nothing to the peer. */
export function withoutHandshake(testCase) {
  return replacing(testCase, [['__clerk_handshake', '__clerk_something']])
}

/** A handshake token that the peer passes over, as we do with every bad one: its header is null. */
export const IGNORED_HANDSHAKE = 'bnVsbA.bnVsbA.AAA'

/** The handshake tokens, the one that counts first: the query is looked at before the cookies. */
export function handshakeTokensOf(testCase) {
  const query = new URL(testCase.url).searchParams.get('__clerk_handshake')
  return [query, cookieOf(testCase, '__clerk_handshake')].filter(Boolean)
}

/** The nonce that counts. */
export function nonceOf(testCase) {
  const query = new URL(testCase.url).searchParams.get('__clerk_handshake_nonce')
  return query || cookieOf(testCase, '__clerk_handshake_nonce') || null
}

/** Without the headers whose names match. */
export function withoutHeaders({ headers, ...rest }, pattern) {
  return { ...rest, headers: headers.filter(([name]) => !pattern.test(name)) }
}

/** Without what a proxy says. */
export function withoutProxy(testCase) {
  return withoutHeaders(testCase, /^x-forwarded-|^host$/)
}

/** The request as it would look at the address that the proxy tells, without the proxy. */
export function directly(testCase) {
  const url = new URL(testCase.url)
  const first = (name) => headerOf(testCase, name)?.split(',')[0]
  const host = first('x-forwarded-host') ?? headerOf(testCase, 'host')
  const scheme = first('x-forwarded-proto') ?? url.protocol.slice(0, -1)
  const told = host && scheme ? `${scheme}://${host}` : url.origin
  const isUsable = /^https?:/i.test(told) && URL.canParse(told)
  // The peer compares texts: an origin in other words is another one, and has no fragment.
  const isOther = isUsable && told !== url.origin
  const said = isOther ? `${new URL(told).origin}${url.pathname}${url.search}` : testCase.url
  return { ...withoutProxy(testCase), url: said }
}
