/** Astro, with pages that are made when they are asked for. */

import { enterInPlace, whole } from './in-place.js'
import type { LocalsAuth, WithAuth } from './locals.js'
import { gateWithFirst, type OptionsOrFunction } from './options.js'
import { authOf } from './visit.js'
import { finished } from './web.js'

export { type ClaimsReader, claimsOr } from 'sessiongate'
export type { LocalsAuth } from './locals.js'
export type { AdapterOptions, GateSettings, GivenGate } from './options.js'

/** What of Astro's `APIContext` is used. */
export interface AstroContext {
  readonly request: Request
  /** The address by which Astro found the page: every escape resolved. */
  readonly url: URL
  readonly isPrerendered: boolean
  readonly locals: object
}

/** A middleware of Astro. */
export type AstroMiddleware = (
  context: AstroContext,
  next: () => Promise<Response>,
) => Promise<Response>

/**
 * Decides about every request by the routes, and says who sent it: `Astro.locals.auth()`. It is the
 * `onRequest` of `src/middleware.ts`, or one of its `sequence()`. `options` may be a function of the
 * context, which is called once.
 *
 * A page that is made when the application is built has no visitors: nobody is asked, and
 * `locals.auth()` throws. As the middleware is loaded for such pages, the options are looked at with
 * the first request; one that is wrong is a `ConfigError` then.
 */
// biome-ignore lint/suspicious/noExplicitAny: the application knows what its context has
export function sessionGate<C extends object = object, E = any>(
  options?: OptionsOrFunction<C, E>,
): AstroMiddleware {
  const gate = gateWithFirst<C, E>(options)
  return async (context, next) => {
    const { request, url } = context
    const locals = context.locals as WithAuth
    if (context.isPrerendered) {
      locals.auth = nobody
      return next()
    }
    const { refusal, visit } = await enterInPlace(gate(context as E), request, { url: url.href })
    if (refusal !== null) return refusal
    locals.auth = ((given) => authOf(request, NEEDED, given)) as LocalsAuth
    return finished(visit, await whole(visit, await next()))
  }
}

function nobody(): never {
  throw new Error(
    'sessiongate: this page is made when the application is built, when there are no visitors. Let it be made for each: `export const prerender = false`.',
  )
}

const NEEDED = '`onRequest = sessionGate()`'
