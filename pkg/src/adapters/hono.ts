/** Hono, on every runtime that it runs on. */
import type { Auth } from 'sessiongate'
import { type AdapterOptions, gateFor, type OptionsOrFunction } from './options.js'
import { authOf, remember } from './visit.js'
import { enter, finished } from './web.js'

export { type ClaimsReader, claimsOr } from 'sessiongate'
export type { AdapterOptions, GateSettings, GivenGate } from './options.js'

/** What of Hono's `Context` is used. */
export interface HonoContext {
  readonly req: { raw: Request }
  /** The bindings of the platform. */
  readonly env: unknown
  get res(): Response
  set res(answer: Response | undefined)
}

/** A middleware of Hono. */
export type HonoMiddleware = (
  context: HonoContext,
  next: () => Promise<void>,
) => Promise<Response | undefined>

/**
 * Decides about every request by the routes, and says who sent it: `getAuth(c)`. `options` may be a
 * function of the platform's bindings (`c.env`), which is called once.
 *
 * @throws {ConfigError} at once when an option is wrong.
 */
// biome-ignore lint/suspicious/noExplicitAny: the bindings have the type that the application gives
export function sessionGate<C extends object = object, Env = any>(
  options?: OptionsOrFunction<C, Env>,
): HonoMiddleware {
  const gate = gateFor<C, Env>(options)
  return async (context, next) => {
    const entry = await enter(gate(context.env as Env), context.req.raw)
    if (entry.refusal !== null) return entry.refusal
    context.req.raw = entry.request
    remember(context, entry.visit)
    await next()
    const answer = finished(entry.visit, context.res)
    if (answer !== context.res) {
      // Hono would put the headers of the old answer over those of the new one.
      context.res = undefined
      context.res = answer
    }
    return undefined
  }
}

/**
 * Who sent the request.
 *
 * @throws when {@link sessionGate} has not seen the request.
 */
export function getAuth<C extends object = object>(context: object, options?: undefined): Auth<C> {
  return authOf<C>(context, "`app.use('*', sessionGate())`", options)
}

/** The options of {@link sessionGate}. */
export type HonoOptions<C extends object = object> = AdapterOptions<C>
