/** The gate as the proxy (middleware) of a Next.js application. */
import type { Auth, HasParams, ProtectOptions, ReturnOptions } from 'sessiongate'
import { webSlots } from '../answer.js'
import { isIdentityHeader } from './identity.js'
import { enterInPlace } from './in-place.js'
import { type KnownGate, knownGate, MARK, markOf } from './next-mark.js'
import type { AdapterOptions } from './options.js'
import type { Visit } from './visit.js'

/** What of a `NextRequest` is used. */
export interface NextProxyRequest {
  readonly method: string
  readonly url: string
  readonly headers: Headers
  readonly cookies?: { set(name: string, value: string): unknown; delete(name: string): unknown }
}

/** What a proxy of Next.js may give: nothing lets the request through. */
// biome-ignore lint/suspicious/noConfusingVoidType: a handler that only looks has no `return`
export type NextProxyAnswer = Response | null | undefined | void

/** `auth` as the handler of a proxy gets it. */
export interface ProxyAuth<C extends object = object> {
  (): Promise<Auth<C> & ProxyRedirects>
  /** Goes on for who is signed in and has what is asked for; everybody else gets the gate's answer. */
  protect(asked?: Asked, options?: ProtectOptions): Promise<Auth<C>>
}

/** The redirects that end the handler of a proxy. */
export interface ProxyRedirects {
  redirectToSignIn(options?: ReturnOptions): never
  redirectToSignUp(options?: ReturnOptions): never
}

/** What `protect()` asks: options, or a function that says yes. */
export type Asked = ProtectOptions | ((has: (params: HasParams) => boolean) => boolean)

/** What runs in a proxy behind the gate. */
export type NextProxyHandler<R, C extends object = object> = (
  auth: ProxyAuth<C>,
  request: R,
  event: never,
) => NextProxyAnswer | Promise<NextProxyAnswer>

/** A proxy of Next.js. */
export type NextProxy<R> = (request: R, event?: unknown) => Promise<Response>

/** A proxy of this gate, with what the application itself does there. */
export function proxyOf<C extends object, R extends NextProxyRequest>(
  options: AdapterOptions<C> | undefined,
  handler: NextProxyHandler<R, C> | undefined,
): NextProxy<R> {
  const known = knownGate(options as AdapterOptions | undefined)
  return async (request, event) => {
    const sent = request.headers.get('cookie')
    const entry = await enterInPlace(known.gate, request)
    if (entry.refusal !== null) return entry.refusal
    freshen(request, sent)
    const visit = entry.visit as Visit<C>
    const handled = await handledBy(handler, request, event, known, visit)
    const answer = new Response(handled?.body ?? null, handled ?? { headers: { [NEXT]: '1' } })
    handOn(answer.headers, request, known)
    visit.finish(webSlots(answer.headers))
    return answer
  }
}

async function handledBy<C extends object, R extends NextProxyRequest>(
  handler: NextProxyHandler<R, C> | undefined,
  request: R,
  event: unknown,
  { gate }: KnownGate,
  visit: Visit<C>,
): Promise<NextProxyAnswer> {
  if (handler === undefined) return undefined
  const redirects: ProxyRedirects = {
    redirectToSignIn: (options) => refuse(visit, gate.redirectToSignIn(request, options)),
    redirectToSignUp: (options) => refuse(visit, gate.redirectToSignUp(request, options)),
  }
  const auth = async () => ({ ...visit.auth(), ...redirects })
  const protect = async (asked?: Asked, options?: ProtectOptions) => {
    const { predicate, asked: all } = askedOf(asked, options)
    const decision = await gate.protect(request, all)
    const refusal = decision.toResponse()
    if (refusal !== null) return refuse(visit, refusal)
    if (predicate?.((params) => decision.auth.has(params)) === false) {
      return refuse(visit, unauthorized(request, all))
    }
    visit.keepPrivate()
    return decision.auth as Auth<C>
  }
  try {
    return await handler(Object.assign(auth, { protect }), request, event as never)
  } catch (error) {
    if (error instanceof Refusal) return error.answer
    throw error
  }
}

/** Both places of Clerk's `protect()` in which options may stand. */
export function askedOf(
  asked: Asked = {},
  options: ProtectOptions = {},
): { asked: ProtectOptions; predicate: Exclude<Asked, ProtectOptions> | null } {
  if (typeof asked === 'function') return { asked: options, predicate: asked }
  return { asked: { ...asked, ...options }, predicate: null }
}

/** The answer to somebody who is signed in but not the one whom a function wants. */
function unauthorized(request: NextProxyRequest, options: ProtectOptions): Response {
  const { unauthorizedUrl, unauthorizedStatus = 404 } = options
  if (unauthorizedUrl === undefined) return new Response(null, { status: unauthorizedStatus })
  return Response.redirect(new URL(unauthorizedUrl, request.url), 307)
}

/** Ends a handler with an answer. */
class Refusal extends Error {
  readonly answer: Response

  constructor(answer: Response) {
    super('sessiongate: the request is turned away')
    this.answer = answer
  }
}

function refuse<C extends object>(visit: Visit<C>, answer: Response): never {
  visit.keepPrivate()
  throw new Refusal(answer)
}

/** `request.cookies` was read from the header before that was changed. */
function freshen({ headers, cookies }: NextProxyRequest, sent: string | null): void {
  const cookie = headers.get('cookie')
  if (cookie === null || cookie === sent || cookies === undefined) return
  const [old, fresh] = [pairs(sent), pairs(cookie)]
  for (const name of old.keys()) if (!fresh.has(name)) cookies.delete(name)
  for (const [name, value] of fresh) if (old.get(name) !== value) cookies.set(name, value)
  // `cookies` writes the header anew, and encodes values: they stay as the gate and the browser sent them.
  headers.set('cookie', cookie)
}

function pairs(cookie: string | null): Map<string, string> {
  const all = (cookie ?? '').split(';').filter((pair) => pair.includes('='))
  return new Map(
    all.map((pair) => {
      const at = pair.indexOf('=')
      return [pair.slice(0, at).trim(), pair.slice(at + 1).trim()]
    }),
  )
}

/**
 * Says which headers the pages see, by the headers in which `NextResponse.next({ request: { headers } })`
 * says it: all that came in and were not forged, or what the handler chose, and the mark.
 */
function handOn(answer: Headers, request: NextProxyRequest, known: KnownGate): void {
  if (!answer.has(NEXT) && !answer.has(REWRITE)) return
  const chosen = answer.get(OVERRIDE)
  const names = new Set(chosen === null ? request.headers.keys() : list(chosen))
  for (const name of names) {
    if (isIdentityHeader(name)) {
      names.delete(name)
      answer.delete(REQUEST + name)
    } else if (chosen === null) answer.set(REQUEST + name, request.headers.get(name) ?? '')
  }
  answer.set(REQUEST + MARK, markOf(known, request.method, request.url))
  answer.set(OVERRIDE, [...names, MARK].join())
}

const list = (text: string) => text.split(',').map((name) => name.trim())

const NEXT = 'x-middleware-next'
const REWRITE = 'x-middleware-rewrite'
const OVERRIDE = 'x-middleware-override-headers'
const REQUEST = 'x-middleware-request-'
