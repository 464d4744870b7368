/** Remix 2, served by Express. */
import type { Auth, Gate, NodeRequest } from 'sessiongate'
import { enterNode, type NodeResponse, send } from './node.js'
import { type AdapterOptions, gateOf } from './options.js'
import { authOf, recall, remember, type Visit } from './visit.js'

export { type ClaimsReader, claimsOr } from 'sessiongate'
export type { AdapterOptions, GateSettings, GivenGate } from './options.js'

/** A middleware of Express, which stands before the request handler of Remix. */
export type RemixMiddleware = (
  request: NodeRequest,
  response: NodeResponse,
  next: (error?: unknown) => void,
) => Promise<void>

/**
 * Decides about every request by the routes, and says who sent it: `getAuth(args)`. What a page loads by
 * single fetch (`/page.data`) is judged as the page (`/page`).
 *
 * @throws {ConfigError} at once when an option is wrong.
 */
export function sessionGate<C extends object = object>(
  options?: AdapterOptions<C>,
): RemixMiddleware {
  const gate = gateOf<C>(options)
  return async (request, response, next) => {
    try {
      if (await isRefused(gate, request, response)) return
    } catch (error) {
      next(error)
      return
    }
    next()
  }
}

/**
 * Hands on to loaders and actions what the gate found: `createRequestHandler({ build, getLoadContext })`.
 * An application with a context of its own spreads nothing, but adds to this one.
 */
export function getLoadContext(request: object): Record<string, unknown> {
  const context: Record<string, unknown> = {}
  const visit: Visit | null = recall(request)
  if (visit !== null) remember(context, visit)
  return context
}

/**
 * Who sent the request: in loaders and actions, with their arguments.
 *
 * @throws when {@link sessionGate} has not seen the request, or {@link getLoadContext} did not hand it on.
 */
export async function getAuth<C extends object = object>(
  { context }: { readonly context?: unknown },
  options?: undefined,
): Promise<Auth<C>> {
  const target = typeof context === 'object' && context !== null ? context : {}
  return authOf<C>(target, '`sessionGate()` and `getLoadContext` of sessiongate/remix', options)
}

async function isRefused<C extends object>(
  gate: Gate<C>,
  request: NodeRequest,
  response: NodeResponse,
): Promise<boolean> {
  // Once is enough for a request, on whatever router the middleware stands.
  if (recall(request) !== null) return false
  const page = Object.create(request, { originalUrl: { value: pageOf(request) } }) as NodeRequest
  const refusal = await enterNode(gate, page, response, { target: request })
  if (refusal === null) return false
  await send(response, refusal)
  return true
}

/** As Remix finds the page for which it is asked: `singleFetchUrl` of its server runtime. */
function pageOf({ originalUrl, url }: NodeRequest): string {
  const target = originalUrl ?? url ?? '/'
  const end = target.search(/[?#]/)
  const [path, rest] = end < 0 ? [target, ''] : [target.slice(0, end), target.slice(end)]
  if (!path.endsWith(SINGLE_FETCH)) return target
  const page = path.slice(0, -SINGLE_FETCH.length)
  return (page === '/_root' ? '/' : page) + rest
}

const SINGLE_FETCH = '.data'
