/** Cloudflare Workers. */
import { type FetchHandler, type FetchObject, gated } from './fetch.js'
import type { AdapterOptions } from './options.js'

export { type ClaimsReader, claimsOr } from 'sessiongate'
export { type FetchHandler, type FetchObject, getAuth } from './fetch.js'
export type { AdapterOptions, GateSettings, GivenGate } from './options.js'

/**
 * Puts a gate before the `fetch` of a worker: `export default withGate({ fetch(request, env, ctx) {
 * … } }, (env) => options)`. In the handler `getAuth(request)` says who sent the request.
 *
 * `options` may be a function of the bindings, which is called with the first request: what is
 * secret stands there, not in the code.
 *
 * @throws {ConfigError} at once when an option is wrong, or with each request if they are a function.
 */
// biome-ignore lint/suspicious/noExplicitAny: the bindings have the type that the application gives
export function withGate<H extends FetchHandler | FetchObject, Env = any>(
  handler: H,
  options?: AdapterOptions | ((env: Env) => AdapterOptions),
): H {
  return gated(handler, options as AdapterOptions | ((env: unknown) => AdapterOptions) | undefined)
}
