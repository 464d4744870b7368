/** React Router 7 in framework mode. */
import type { Auth } from 'sessiongate'
import { enterInPlace, type HeadInPlace } from './in-place.js'
import { type AdapterOptions, gateOf } from './options.js'
import { authOf, recall, remember } from './visit.js'
import { finished } from './web.js'

export { type ClaimsReader, claimsOr } from 'sessiongate'
export type { AdapterOptions, GateSettings, GivenGate } from './options.js'

/** What of the arguments of a loader, an action or a middleware is used. */
export interface RouteArgs {
  readonly request: HeadInPlace
  /** One for each request, with the flag `v8_middleware`. */
  readonly context: object
}

/** A middleware of React Router. */
export type RouteMiddleware = (
  args: RouteArgs,
  next: () => Promise<unknown>,
) => Promise<Response | undefined>

/**
 * Decides about every request by the routes, and says who sent it: `getAuth(args)`. It stands in the
 * root route: `export const middleware = [sessionGate(options)]`.
 *
 * @throws {ConfigError} at once when an option is wrong.
 */
export function sessionGate<C extends object = object>(
  options?: AdapterOptions<C>,
): RouteMiddleware {
  const gate = gateOf<C>(options)
  return async ({ request, context }, next) => {
    // Once is enough for a request, on however many routes the middleware stands.
    if (recall(context) !== null) return undefined
    const entry = await enterInPlace(gate, request)
    if (entry.refusal !== null) return entry.refusal
    remember(context, entry.visit)
    return finished(entry.visit, (await next()) as Response)
  }
}

/**
 * Who sent the request: in loaders and actions, with their arguments.
 *
 * @throws when {@link sessionGate} has not seen the request.
 */
export async function getAuth<C extends object = object>(
  { context }: Pick<RouteArgs, 'context'>,
  options?: undefined,
): Promise<Auth<C>> {
  return authOf<C>(context ?? {}, '`sessionGate()` in the `middleware` of the root route', options)
}
