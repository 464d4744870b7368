/** Handlers that turn a web `Request` into a `Response`, as servers of the edge have them. */
import type { Auth } from 'sessiongate'
import { gateFor, type OptionsOrFunction } from './options.js'
import { authOf } from './visit.js'
import { enter, finished } from './web.js'

/** A handler; what a platform hands over besides the request is handed on. */
// biome-ignore lint/suspicious/noExplicitAny: each platform hands over something else
export type FetchHandler = (request: any, ...rest: any[]) => Response | Promise<Response>

/** A handler in an object, beside which a platform may know more members. */
export interface FetchObject {
  fetch: FetchHandler
}

/** A handler behind a gate: the same kind of handler. */
export function gated<C extends object, H extends FetchHandler | FetchObject>(
  handler: H,
  options?: OptionsOrFunction<C, unknown>,
): H {
  const gate = gateFor<C, unknown>(options)
  const behind =
    (call: FetchHandler): FetchHandler =>
    async (request: Request, ...rest: unknown[]) => {
      const entry = await enter(gate(rest[0]), request)
      if (entry.refusal !== null) return entry.refusal
      return finished(entry.visit, await call(entry.request, ...rest))
    }
  if (typeof handler === 'function') return behind(handler) as H
  // Looked up when it is called, so that the handler keeps its `this`.
  const call: FetchHandler = (request, ...rest) => handler.fetch(request, ...rest)
  return Object.assign(Object.create(handler), { fetch: behind(call) }) as H
}

/**
 * Who sent the request that the handler got.
 *
 * @throws when the request is another one, or came past `withGate`.
 */
export function getAuth<C extends object = object>(request: object, options?: undefined): Auth<C> {
  return authOf<C>(request, '`withGate(handler, options)`', options)
}
