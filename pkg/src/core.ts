/**
 * The WebAssembly module, started once.
 *
 * Nothing here asks for `instanceof`: in sandboxes (Next's edge runtime, `vm` contexts) the module
 * comes from another realm than this code.
 */
import { ConfigError, NotReadyError } from './errors.js'
import { hostEngine } from './host.js'
import * as glue from './wasm/sessiongate_bg.js'

type Glue = typeof glue

const imports: WebAssembly.Imports = {
  './sessiongate_bg.js': glue as unknown as WebAssembly.ModuleImports,
}

let running = false
let hasSuperTokens = false
let exported: WebAssembly.Memory | null = null
let load: (() => Promise<Response>) | null = null
let loading: Promise<void> | null = null

/** Starts the compiled module at once. */
export function boot(module: WebAssembly.Module): void {
  if (!running) start(new WebAssembly.Instance(module, imports))
}

/** Lets {@link whenReady} fetch and start the module. */
export function bootLater(loader: () => Promise<Response>): void {
  load = loader
}

/** Resolves once the module runs. A failed load is tried again by the next call. */
export function whenReady(): Promise<void> {
  if (running) return Promise.resolve()
  loading ??= fetchAndStart().finally(() => {
    loading = null
  })
  return loading
}

/** The running module. */
export function core(): Glue {
  if (!running) throw new NotReadyError()
  return glue
}

/** The running module, for what `sessiongate/slim` leaves out. */
export function coreWithSuperTokens(): Glue {
  const whole = core()
  if (hasSuperTokens) return whole
  throw new ConfigError(
    'provider-not-built-in',
    null,
    'This build has no SuperTokens. Import `sessiongate` instead of `sessiongate/slim`.',
  )
}

/** The bytes of the running module's memory; another object whenever it has grown. */
export function memory(): ArrayBuffer {
  return (exported as WebAssembly.Memory).buffer
}

async function fetchAndStart(): Promise<void> {
  if (load === null) throw new NotReadyError()
  const response = await load()
  if (!response.ok) {
    throw new Error(`sessiongate: the WebAssembly module answered with status ${response.status}.`)
  }
  const { instance } = await WebAssembly.instantiate(await response.arrayBuffer(), imports)
  if (!running) start(instance)
}

function start(instance: WebAssembly.Instance): void {
  glue.__wbg_set_wasm(instance.exports)
  exported = instance.exports.memory as WebAssembly.Memory
  hasSuperTokens = 'validateClaims' in instance.exports
  const { __wbindgen_start: begin } = instance.exports
  if (typeof begin === 'function') begin()
  const engine = hostEngine()
  if (engine !== null) glue.setHost(engine.host, engine.available, engine.preferred)
  running = true
}
