/** Every form of request, turned into the one that the core reads. */
import { RequestError } from './errors.js'
import type { GateRequest, NodeRequest, RequestHeaders } from './types.js'

/** What the core reads of a request. */
export interface Head {
  readonly method: string
  readonly url: string
  /** Names and values in turn. */
  readonly headers: string[]
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
] as const

const KNOWN = new Set<string>(NAMES)
const LONGEST = Math.max(...NAMES.map((name) => name.length))

/** RFC 9110 section 5.5: a field value has no controls but the tab. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const CONTROL = /[\x00-\x08\x0a-\x1f\x7f]/

/** A host with an optional port (RFC 3986 section 3.2), so that no path can hide in it. */
const HOST = /^(?:[\w.-]+|\[[\da-f:.]+\])(?::\d{0,5})?$/i

/** Reads a request. Throws {@link RequestError} for what is none. */
export function headOf(request: GateRequest): Head {
  if (typeof request !== 'object' || request === null) {
    throw new RequestError(
      'request-type',
      'Pass a Request, an IncomingMessage or { method, url, headers }.',
    )
  }
  return isNodeRequest(request)
    ? {
        method: text(request.method, 'method'),
        url: nodeUrl(request),
        headers: nodeHeaders(request),
      }
    : {
        method: text(request.method, 'method'),
        url: text(request.url, 'url'),
        headers: headersOf(request.headers),
      }
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
function nodeHeaders(request: NodeRequest): string[] {
  const flat: string[] = []
  for (const name of NAMES) {
    const value = request.headers[name]
    if (typeof value === 'string') flat.push(name, value)
    else if (value !== undefined) for (const one of value) flat.push(name, one)
  }
  return flat
}

function headersOf(headers: RequestHeaders): string[] {
  if (typeof headers !== 'object' || headers === null) {
    throw new RequestError('request-headers', 'The headers of the request must be an object.')
  }
  if (isHeaders(headers)) return webHeaders(headers)
  const flat: string[] = []
  if (isPairs(headers)) {
    for (const pair of headers) add(flat, pair[0], pair[1])
    return flat
  }
  for (const name of Object.keys(headers)) {
    const value = headers[name]
    if (typeof value === 'string') add(flat, name, value)
    else if (Array.isArray(value)) for (const one of value) add(flat, name, one)
    else if (value !== undefined) add(flat, name, value)
  }
  return flat
}

function isPairs(headers: RequestHeaders): headers is readonly (readonly [string, string])[] {
  return Array.isArray(headers)
}

function isHeaders(headers: RequestHeaders): headers is { get(name: string): string | null } {
  return 'get' in headers && typeof headers.get === 'function'
}

/** `Headers` has checked the values. */
function webHeaders(headers: { get(name: string): string | null }): string[] {
  const flat: string[] = []
  for (const name of NAMES) {
    const value = headers.get(name)
    if (value !== null) flat.push(name, value)
  }
  return flat
}

/** Adds one header of an object that nobody has checked yet. */
function add(flat: string[], name: unknown, value: unknown): void {
  if (typeof name !== 'string' || name.length > LONGEST) return
  const lower = KNOWN.has(name) ? name : name.toLowerCase()
  if (!KNOWN.has(lower)) return
  if (typeof value !== 'string') {
    throw new RequestError('request-headers', `The header ${lower} must be a string.`)
  }
  if (CONTROL.test(value)) {
    throw new RequestError('request-headers', `The header ${lower} has a control character.`)
  }
  flat.push(lower, value)
}

function text(value: unknown, name: 'method' | 'url'): string {
  if (typeof value === 'string') return value
  throw new RequestError(`request-${name}`, `The ${name} of the request must be a string.`)
}

/** The first value of a header of a {@link Head}. */
export function headerOf(head: Head, name: (typeof NAMES)[number]): string | null {
  const { headers } = head
  for (let i = 0; i < headers.length; i += 2) {
    if (headers[i] === name) return headers[i + 1] ?? null
  }
  return null
}
