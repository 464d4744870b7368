/** Every form of request, turned into the one that the core reads. */
import { RequestError } from './errors.js'
import type { GateRequest, NodeRequest, RequestHeaders } from './types.js'

/** A request as the core reads it. */
export interface Head {
  readonly method: string
  readonly url: string
  /**
   * The method, the URL and the headers that were looked at, one to a line: a header's line begins
   * with the letter of its name.
   */
  readonly text: string
  /** The value of the first `Cookie`, which is no line of the text; empty when there is none. */
  readonly cookie: string
  /** The headers that were looked at, one bit for each place in the list of names. */
  readonly read: number
}

/** The headers that the core reads; no other leaves the request. */
const NAMES = [
  'authorization',
  'cookie',
  'host',
  'x-forwarded-host',
  'x-forwarded-proto',
  'origin',
  'referer',
  'sec-fetch-dest',
  'sec-fetch-site',
  'sec-purpose',
  'accept',
  'user-agent',
  'next-url',
  'next-action',
  'next-router-prefetch',
  'x-nextjs-data',
  'content-type',
  'rid',
  'anti-csrf',
  'st-auth-mode',
  'access-control-request-method',
] as const

type Name = (typeof NAMES)[number]

/** The bits of all names. */
const ALL = 2 ** NAMES.length - 1
const COOKIE = NAMES.indexOf('cookie')

/** The bits of the headers that nearly every decision depends on. */
export const USUAL: number = bitsOf(
  ...(['authorization', 'cookie', 'host', 'x-forwarded-host', 'x-forwarded-proto'] as const),
  ...(['sec-fetch-dest', 'accept'] as const),
)

/** The letter of each name: its place, from `A`. */
const LETTERS = new Map<string, string>(
  NAMES.map((name, place) => [name, String.fromCharCode(0x41 + place)]),
)
/** The same as the beginnings of lines, in the order of the names. */
const LINES = NAMES.map((name) => `\n${LETTERS.get(name)}`)
const LONGEST = Math.max(...NAMES.map((name) => name.length))

function bitsOf(...names: readonly Name[]): number {
  return names.reduce((bits, name) => bits | (1 << NAMES.indexOf(name)), 0)
}

/** RFC 9110 section 5.5: a field value has no controls but the tab. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const CONTROL = /[\x00-\x08\x0a-\x1f\x7f]/

/** A host with an optional port (RFC 3986 section 3.2), so that no path can hide in it. */
const HOST = /^(?:[\w.-]+|\[[\da-f:.]+\])(?::\d{0,5})?$/i

/**
 * Reads a request, of its headers those whose bits are set in `wanted`; all of them where looking is
 * free. Throws {@link RequestError} for what is no request.
 */
export function headOf(request: GateRequest, wanted: number = ALL): Head {
  if (typeof request !== 'object' || request === null) {
    throw new RequestError(
      'request-type',
      'Pass a Request, an IncomingMessage or { method, url, headers }.',
    )
  }
  const method = text(request.method, 'method')
  if (isNodeRequest(request)) {
    return head(method, nodeUrl(request), nodeHeaders(request, wanted))
  }
  return head(method, text(request.url, 'url'), headersOf(request.headers, wanted))
}

/** A request as one text, cookies and all. */
export function textOf({ text, cookie }: Head): string {
  return cookie === '' ? text : `${text}${LINES[COOKIE]}${cookie}`
}

interface Lines {
  readonly lines: string
  readonly cookie: string
  readonly read: number
}

function head(method: string, url: string, { lines, cookie, read }: Lines): Head {
  return { method, url, text: `${method}\n${url}${lines}`, cookie, read }
}

function isNodeRequest(request: GateRequest): request is NodeRequest {
  return 'socket' in request && typeof request.socket === 'object'
}

/** The absolute URL of a request that Node's server parsed. */
function nodeUrl(request: NodeRequest): string {
  const target = text(request.originalUrl ?? request.url, 'url')
  // RFC 9112 section 3.2.2: a client may send the absolute form; it then counts, not `Host`.
  if (/^https?:\/\//i.test(target)) return target
  if (!target.startsWith('/')) {
    throw new RequestError('request-url', 'The target of the request must be a path or absolute.')
  }
  const host = request.headers.host ?? request.headers[':authority'] ?? 'localhost'
  if (typeof host !== 'string' || !HOST.test(host)) {
    throw new RequestError('request-host', 'The Host header must be a host with an optional port.')
  }
  const encrypted = 'encrypted' in request.socket && request.socket.encrypted === true
  return `${encrypted ? 'https' : 'http'}://${host}${target}`
}

/** Node's parser has checked the values and made the names lower case. */
function nodeHeaders(request: NodeRequest, wanted: number): Lines {
  let [lines, cookie] = ['', '']
  for (let i = 0; i < NAMES.length; i++) {
    if ((wanted & (1 << i)) === 0) continue
    const value = request.headers[NAMES[i] as Name]
    if (value === undefined) continue
    if (typeof value !== 'string') for (const one of value) lines += line(i, one)
    else if (i === COOKIE) cookie = single(i, value)
    else lines += line(i, value)
  }
  return { lines, cookie, read: wanted }
}

function headersOf(headers: RequestHeaders, wanted: number): Lines {
  if (typeof headers !== 'object' || headers === null) {
    throw new RequestError('request-headers', 'The headers of the request must be an object.')
  }
  if (isHeaders(headers)) return webHeaders(headers, wanted)
  let lines = ''
  if (isPairs(headers)) {
    for (const pair of headers) lines += checkedLine(pair[0], pair[1])
    return { lines, cookie: '', read: ALL }
  }
  for (const name of Object.keys(headers)) {
    const value = headers[name]
    if (Array.isArray(value)) for (const one of value) lines += checkedLine(name, one)
    else if (value !== undefined) lines += checkedLine(name, value)
  }
  return { lines, cookie: '', read: ALL }
}

function isPairs(headers: RequestHeaders): headers is readonly (readonly [string, string])[] {
  return Array.isArray(headers)
}

function isHeaders(headers: RequestHeaders): headers is { get(name: string): string | null } {
  return 'get' in headers && typeof headers.get === 'function'
}

/** `Headers` has checked the values. */
function webHeaders(headers: { get(name: string): string | null }, wanted: number): Lines {
  let [lines, cookie] = ['', '']
  for (let i = 0; i < NAMES.length; i++) {
    if ((wanted & (1 << i)) === 0) continue
    const value = headers.get(NAMES[i] as Name)
    if (value === null) continue
    if (i === COOKIE) cookie = single(i, value)
    else lines += line(i, value)
  }
  return { lines, cookie, read: wanted }
}

/** One header; whoever checked the value, it must not become two. */
function line(place: number, value: string): string {
  return (LINES[place] as string) + single(place, value)
}

function single(place: number, value: string): string {
  if (value.includes('\n')) throw controlIn(NAMES[place] as Name)
  return value
}

/** One header of an object that nobody has checked yet; nothing for those that are not read. */
function checkedLine(name: unknown, value: unknown): string {
  if (typeof name !== 'string' || name.length > LONGEST) return ''
  const lower = LETTERS.has(name) ? name : name.toLowerCase()
  const letter = LETTERS.get(lower)
  if (letter === undefined) return ''
  if (typeof value !== 'string') {
    throw new RequestError('request-headers', `The header ${lower} must be a string.`)
  }
  if (CONTROL.test(value)) throw controlIn(lower)
  return `\n${letter}${value}`
}

function controlIn(name: string): RequestError {
  return new RequestError('request-headers', `The header ${name} has a control character.`)
}

function text(value: unknown, name: 'method' | 'url'): string {
  if (typeof value !== 'string') {
    throw new RequestError(`request-${name}`, `The ${name} of the request must be a string.`)
  }
  if (value.includes('\n')) {
    throw new RequestError(`request-${name}`, `The ${name} of the request has a line end.`)
  }
  return value
}

/** The first value of a header of a {@link Head}, if it was looked at; never a cookie. */
export function headerOf({ text }: Head, name: Name): string | null {
  const start = `\n${LETTERS.get(name)}`
  const at = text.indexOf(start, text.indexOf('\n') + 1)
  if (at < 0) return null
  const end = text.indexOf('\n', at + 1)
  return text.slice(at + start.length, end < 0 ? undefined : end)
}
