/** TanStack Start. */
import type { Auth } from 'sessiongate'
import { enterInPlace, whole } from './in-place.js'
import { gateWithFirst, type OptionsOrFunction } from './options.js'
import { authOf } from './visit.js'
import { finished } from './web.js'

export { type ClaimsReader, claimsOr } from 'sessiongate'
export type { AdapterOptions, GateSettings, GivenGate } from './options.js'

/** What of the arguments of a request middleware is used. */
export interface StartArguments<Result> {
  readonly request: Request
  next(): Result | Promise<Result>
}

/** What a request middleware hands to `createMiddleware().server()`. */
export type StartMiddleware = <Result extends { response: Response }>(
  given: StartArguments<Result>,
) => Promise<Result | Response>

/**
 * Decides about every request by the routes, and says who sent it: `getAuth(request)`. It stands in a
 * middleware for all requests, in `src/start.ts`:
 * `createStart(() => ({ requestMiddleware: [createMiddleware().server(sessionGate(options))] }))`.
 * Written so, it is left out of what browsers load.
 *
 * As the options may lack their settings while an application is built, they are looked at with the
 * first request; one that is wrong is a `ConfigError` then.
 */
export function sessionGate<C extends object = object>(
  options?: OptionsOrFunction<C, undefined>,
): StartMiddleware {
  const gate = gateWithFirst<C, undefined>(options)
  return async ({ request, next }) => {
    const { refusal, visit } = await enterInPlace(gate(undefined), request)
    if (refusal !== null) return refusal
    const result = await next()
    result.response = finished(visit, await whole(visit, result.response))
    return result
  }
}

/**
 * Who sent the request. In a server function, which is handed none, it is that of `getRequest()`.
 *
 * @throws when {@link sessionGate} has not seen the request.
 */
export function getAuth<C extends object = object>(request: object, options?: undefined): Auth<C> {
  return authOf<C>(request, '`requestMiddleware: […]` with `sessionGate()`', options)
}
