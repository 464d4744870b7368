// The same request, said otherwise: what `differences.mjs` asks the peer instead.

import { createPublicKey, verify } from 'node:crypto'
import { cookieOf, headerOf, tokensOf } from './facts.mjs'
import { keys } from './keys.mjs'
import { decode, mint } from './mint.mjs'

const ownKey = createPublicKey(keys.own.spki)

/** A text that nobody can read stands for each of the tokens. */
export function withoutTokens(testCase, tokens) {
  const handshakes = handshakeTokensOf(testCase)
  const pairs = tokens.map((token, index) => {
    const stands = handshakes.includes(token) ? IGNORED_HANDSHAKE : 'unreadable.x.x'
    return [token, `${stands}${index}`]
  })
  return replacing(testCase, pairs)
}

/** With other claims in those of the instance's own tokens that `has` picks. */
export function withClaims(testCase, has, changeOf) {
  const own = tokensOf(testCase).filter((token) => has(token) && isOwn(token))
  const pairs = own.map((token) => {
    const { header, payload } = decode(token)
    return [
      token,
      mint({ ...payload, ...changeOf(payload, token) }, { header: JSON.stringify(header) }),
    ]
  })
  return replacing(testCase, pairs)
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

/** A handshake token with other tokens inside, if it is the instance's own. */
function reminted(token, pairs) {
  if (!Array.isArray(decode(token)?.payload?.handshake) || !isOwn(token)) return []
  const [header, payload] = token
    .split('.')
    .map((part) => Buffer.from(part, 'base64url').toString())
  const text = pairs.reduce((sum, [from, to]) => sum.replaceAll(from, to), payload)
  return text === payload ? [] : [[token, mint(text, { header })]]
}

function isOwn(token) {
  const end = token.lastIndexOf('.')
  const signature = Buffer.from(token.slice(end + 1), 'base64url')
  return verify('sha256', Buffer.from(token.slice(0, end)), ownKey, signature)
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

/** Without a word of a handshake. */
export function withoutHandshake(testCase) {
  const url = new URL(testCase.url)
  const names = ['__clerk_handshake_nonce', '__clerk_handshake']
  for (const name of names) url.searchParams.delete(name)
  return names.reduce((current, name) => withCookie(current, name, ''), {
    ...testCase,
    url: url.href,
  })
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
  const { origin } = isUsable ? new URL(told) : url
  const hash = origin === url.origin ? url.hash : ''
  return { ...withoutProxy(testCase), url: `${origin}${url.pathname}${url.search}${hash}` }
}
