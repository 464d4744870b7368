/** Deno. */
import { type FetchHandler, type FetchObject, gated } from './fetch.js'
import type { AdapterOptions } from './options.js'

export { type ClaimsReader, claimsOr } from 'sessiongate'
export { type FetchHandler, type FetchObject, getAuth } from './fetch.js'
export type { AdapterOptions, GateSettings, GivenGate } from './options.js'

/**
 * Puts a gate before a handler, or before the `fetch` of an object: `Deno.serve(withGate(handler, options))`.
 * In the handler `getAuth(request)` says who sent the request.
 *
 * @throws {ConfigError} at once when an option is wrong.
 */
export function withGate<H extends FetchHandler | FetchObject>(
  handler: H,
  options?: AdapterOptions,
): H {
  return gated(handler, options)
}
