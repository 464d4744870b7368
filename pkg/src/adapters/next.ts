/** Next.js: the App Router and the Pages Router, behind `proxy.ts` on Node or `middleware.ts` on the edge. */
import type {
  Auth,
  AuthState,
  Gate,
  GateRequest,
  ProtectOptions,
  RequestHeaders,
  ReturnOptions,
} from 'sessiongate'
import { type KnownGate, MARK, marked } from './next-mark.js'
import {
  type Asked,
  askedOf,
  type NextProxy,
  type NextProxyHandler,
  type NextProxyRequest,
  proxyOf,
} from './next-proxy.js'
import type { AdapterOptions } from './options.js'

export { type ClaimsReader, claimsOr } from 'sessiongate'
export type {
  Asked,
  NextProxy,
  NextProxyAnswer,
  NextProxyHandler,
  NextProxyRequest,
  ProxyAuth,
  ProxyRedirects,
} from './next-proxy.js'
export type { AdapterOptions, GateSettings, GivenGate } from './options.js'

/**
 * Decides about every request by the routes: the default export of `proxy.ts`, or of `middleware.ts`.
 * With a handler, that runs for who is let through, as with Clerk's `clerkMiddleware`.
 *
 * @throws {ConfigError} at once when an option is wrong.
 */
export function sessionGate<C extends object = object>(
  options?: AdapterOptions<C>,
): NextProxy<NextProxyRequest>
export function sessionGate<R extends NextProxyRequest, C extends object = object>(
  handler: NextProxyHandler<R, C>,
  options?: AdapterOptions<C>,
): NextProxy<R>
export function sessionGate<R extends NextProxyRequest, C extends object>(
  first?: NextProxyHandler<R, C> | AdapterOptions<C>,
  second?: AdapterOptions<C>,
): NextProxy<R> {
  if (typeof first === 'function') return proxyOf<C, R>(second, first)
  return proxyOf<C, R>(first, undefined)
}

/** Who sent the request, and the redirects that end a page. */
export type NextAuth<C extends object = object> = Auth<C> & {
  redirectToSignIn(options?: ReturnOptions): never
  redirectToSignUp(options?: ReturnOptions): never
}

/** {@link auth}. */
export interface AuthFunction {
  <C extends object = object>(): Promise<NextAuth<C>>
  /** Goes on for who is signed in and has what is asked for; ends the page for everybody else. */
  protect<C extends object = object>(asked?: Asked, options?: ProtectOptions): Promise<Auth<C>>
}

/**
 * Who sent the request: in server components, route handlers and server actions. What asks is
 * rendered for each request, never before.
 *
 * @throws when {@link sessionGate} has not seen the request.
 */
export const auth: AuthFunction = Object.assign(
  async <C extends object>(options?: undefined): Promise<NextAuth<C>> => {
    noOptions(options, 'auth()')
    const { gate, request, redirect } = await appRequest('auth()')
    const state = (await gate.authenticate(request)) as AuthState<C>
    const go = (answer: Response): never => redirect(answer.headers.get('location') as string)
    return {
      ...state.auth,
      redirectToSignIn: (back) => go(gate.redirectToSignIn(request, back)),
      redirectToSignUp: (back) => go(gate.redirectToSignUp(request, back)),
    }
  },
  { protect },
)

/** `auth.protect()` under its own name. */
export async function protect<C extends object = object>(
  asked?: Asked,
  options?: ProtectOptions,
): Promise<Auth<C>> {
  const { gate, request, redirect } = await appRequest('auth.protect()')
  const { asked: all, predicate } = askedOf(asked, options)
  const decision = await (gate as Gate<C>).protect(request, all)
  if (decision.location !== null) return redirect(decision.location)
  if (decision.outcome === 'deny') throw fallback(decision.status)
  if (predicate?.((params) => decision.auth.has(params)) === false) {
    if (all.unauthorizedUrl !== undefined) return redirect(all.unauthorizedUrl)
    throw fallback(all.unauthorizedStatus ?? 404)
  }
  return decision.auth
}

/** Sends the visitor to sign in, from where they come back. */
export async function redirectToSignIn(options?: ReturnOptions): Promise<never> {
  return (await auth()).redirectToSignIn(options)
}

/** Sends the visitor to sign up, likewise. */
export async function redirectToSignUp(options?: ReturnOptions): Promise<never> {
  return (await auth()).redirectToSignUp(options)
}

/** What of a request of the Pages Router is used: of API routes and of `getServerSideProps`. */
export interface PagesRequest {
  readonly headers: RequestHeaders
}

/**
 * Who sent the request: in API routes and in `getServerSideProps`, with their `req`.
 *
 * @throws when {@link sessionGate} has not seen the request, and {@link NeedError} when keys would have
 *   to be fetched first, which the gate has not done in this process: give it `jwtKey` or `jwks`.
 */
export function getAuth<C extends object = object>(
  request: PagesRequest,
  options?: undefined,
): Auth<C> {
  noOptions(options, 'getAuth()')
  const { headers } = request
  const { gate, method, url } = marked(headerOf(headers, MARK), 'getAuth()')
  return (gate as Gate<C>).authenticateSync({ method, url, headers }).auth
}

interface AppRequest extends KnownGate {
  readonly request: GateRequest
  readonly redirect: (location: string) => never
}

/** The request that the App Router is answering. Its modules are loaded by pages alone. */
async function appRequest(asked: string): Promise<AppRequest> {
  const headers = await (await import('next/headers')).headers()
  const { gate, settings, method, url } = marked(headers.get(MARK), asked)
  const { redirect } = await import('next/navigation')
  return { gate, settings, request: { method, url, headers }, redirect }
}

/**
 * What Next.js answers with a status and the page for it: what its `notFound()`, `forbidden()` and
 * `unauthorized()` throw, the last two of which want a flag of the configuration.
 */
function fallback(status: number): Error {
  const digest = `NEXT_HTTP_ERROR_FALLBACK;${status}`
  return Object.assign(new Error(digest), { digest })
}

function headerOf(headers: RequestHeaders, name: string): string | null {
  if ('get' in headers && typeof headers.get === 'function') return headers.get(name)
  const value = (headers as Record<string, unknown>)[name]
  return typeof value === 'string' ? value : null
}

function noOptions(options: unknown, asked: string): void {
  if (options === undefined) return
  throw new TypeError(
    `sessiongate: ${asked} takes no options. \`acceptsToken\` and \`treatPendingAsSignedOut\` are options of \`clerk()\`; \`auth.protect()\` asks for a kind of token.`,
  )
}
