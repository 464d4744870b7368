/** SvelteKit. */
import { type CookieParts, isOver, partsOf } from './fresh-cookies.js'
import { enterInPlace } from './in-place.js'
import type { LocalsAuth, WithAuth } from './locals.js'
import { gateWithFirst, type OptionsOrFunction } from './options.js'
import { authOf, type Visit } from './visit.js'
import { finished } from './web.js'

export { type ClaimsReader, claimsOr } from 'sessiongate'
export type { LocalsAuth } from './locals.js'
export type { AdapterOptions, GateSettings, GivenGate } from './options.js'

/** What of SvelteKit's `RequestEvent` is used. */
export interface SvelteKitEvent {
  readonly request: Request
  /** The address of the page, also where a script asks for its data alone. */
  readonly url: URL
  readonly isDataRequest: boolean
  /** Whether a remote function is called; older versions know none. */
  readonly isRemoteRequest?: boolean
  readonly locals: object
  readonly cookies: {
    set(name: string, value: string, options: CookieOptions & { path: string }): void
  }
}

/** What SvelteKit is told about a cookie. */
export interface CookieOptions {
  domain?: string
  maxAge?: number
  expires?: Date
  httpOnly: boolean
  secure: boolean
  partitioned?: boolean
  sameSite: 'lax' | 'strict' | 'none' | false
  encode: (value: string) => string
}

/** The `handle` of SvelteKit's hooks. */
export type SvelteKitHandle = <E extends SvelteKitEvent>(input: {
  event: E
  resolve: (event: E) => Response | Promise<Response>
}) => Promise<Response>

/**
 * Decides about every request by the routes, and says who sent it: `event.locals.auth()`. It is the
 * `handle` of `src/hooks.server.ts`, or one of its `sequence()`. `options` may be a function of the
 * event, which is called once.
 *
 * As SvelteKit loads its hooks when it builds an application, the options are looked at with the first
 * request; one that is wrong is a `ConfigError` then.
 */
// biome-ignore lint/suspicious/noExplicitAny: the application knows what its event has
export function sessionGate<C extends object = object, Event = any>(
  options?: OptionsOrFunction<C, Event>,
): SvelteKitHandle {
  const gate = gateWithFirst<C, Event>(options)
  return async ({ event, resolve }) => {
    const { request } = event
    const { refusal, visit } = await enterInPlace(
      gate(event as SvelteKitEvent as Event),
      request,
      asked(event),
    )
    if (refusal !== null) return refusal
    setCookies(event, visit)
    const locals = event.locals as WithAuth
    locals.auth = ((given) => authOf(request, NEEDED, given)) as LocalsAuth
    const answer = await resolve(event)
    if (isUnfinished(answer)) visit.keepPrivate()
    return finished(visit, answer)
  }
}

/**
 * Where a request leads. Data of a page is asked for in its place, so it is the visit of a page: who has
 * to sign in is sent there. The page that a remote function is called from is what the client says it
 * is, so that only the function's own address counts.
 */
function asked({ request, url, isDataRequest, isRemoteRequest }: SvelteKitEvent): {
  url: string
  headers?: Record<string, string>
} {
  if (isRemoteRequest === true) return { url: request.url }
  if (!isDataRequest) return { url: url.href }
  return { url: url.href, headers: { accept: 'text/html', 'sec-fetch-dest': 'document' } }
}

/** SvelteKit has read the cookies of the request already; those that are set are seen as well. */
function setCookies<C extends object>({ cookies }: SvelteKitEvent, { decision }: Visit<C>): void {
  for (const [name, value] of decision.headers) {
    if (name !== 'set-cookie') continue
    const parts = partsOf(value)
    cookies.set(parts.name, parts.value, optionsOf(parts))
  }
}

function optionsOf({ attributes }: CookieParts): CookieOptions & { path: string } {
  const age = isOver(attributes) ? '0' : attributes.get('max-age')
  const [domain, expires] = [attributes.get('domain'), attributes.get('expires')]
  const sameSite = attributes.get('samesite')
  return {
    path: attributes.get('path') ?? '/',
    ...(domain === undefined ? {} : { domain }),
    ...(age === undefined ? {} : { maxAge: Number(age) }),
    ...(expires === undefined ? {} : { expires: new Date(expires) }),
    ...(attributes.has('partitioned') ? { partitioned: true } : {}),
    httpOnly: attributes.has('httponly'),
    secure: attributes.has('secure'),
    sameSite: (sameSite?.toLowerCase() ?? false) as CookieOptions['sameSite'],
    encode: (value) => value,
  }
}

/**
 * Whether a page is sent while its data is still awaited, which may look who it is when it is too late
 * to say that it is for one visitor alone. SvelteKit tells what is complete by an `etag`.
 */
function isUnfinished({ headers }: Response): boolean {
  const isPage = /^text\/html\b/i.test(headers.get('content-type') ?? '')
  return isPage && !headers.has('etag') && !headers.has('cache-control')
}

const NEEDED = '`export const handle = sessionGate()`'
