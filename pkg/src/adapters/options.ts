/** What every adapter is made from: the options of a gate, or a gate. */
import { clerk, createGate, type Gate } from 'sessiongate'

type Options<C extends object> = Parameters<typeof createGate<C>>[0]

/** The options of `createGate`; Clerk with its environment variables unless `provider` is given. */
export interface GateSettings<C extends object = object> extends Omit<Options<C>, 'provider'> {
  readonly provider?: Options<C>['provider'] | undefined
  readonly gate?: never
}

/** A gate that was made elsewhere, for instance because several adapters share it. */
export interface GivenGate<C extends object = object> {
  readonly gate: Gate<C>
}

/** The options of an adapter. Without `routes` it says who it is and lets everybody in. */
export type AdapterOptions<C extends object = object> = GateSettings<C> | GivenGate<C>

/**
 * The gate of these options.
 *
 * @throws {ConfigError} at once when an option is wrong.
 */
export function gateOf<C extends object>(options: AdapterOptions<C> = {}): Gate<C> {
  if (options.gate !== undefined) return options.gate
  const { gate: _, provider = clerk(), ...rest } = options
  return createGate<C>({ ...rest, provider })
}

/** Options, or a function that makes them of the bindings that a platform hands to a handler. */
export type OptionsOrFunction<C extends object, Env> =
  | AdapterOptions<C>
  | ((env: Env) => AdapterOptions<C>)

/**
 * The gate of these options, made at once or, if they need the platform's bindings, with the first
 * request: the bindings of a running application do not change.
 */
export function gateFor<C extends object, Env>(
  options: OptionsOrFunction<C, Env> | undefined,
): (env: Env) => Gate<C> {
  if (typeof options !== 'function') {
    const gate = gateOf(options)
    return () => gate
  }
  let made: Gate<C> | null = null
  return (env) => {
    made ??= gateOf(options(env))
    return made
  }
}

/**
 * The same, made with the first request in any case: frameworks load their middleware when they build
 * an application as well, and then its settings may not be there yet.
 */
export function gateWithFirst<C extends object, Env>(
  options: OptionsOrFunction<C, Env> = {},
): (env: Env) => Gate<C> {
  return gateFor<C, Env>(typeof options === 'function' ? options : () => options)
}
