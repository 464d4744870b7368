/**
 * What the gate of Next's proxy tells the pages behind it, and which gate they ask again.
 *
 * Pages may run in another process than the proxy, with nothing in common but the request. The mark says
 * that a gate has seen the request, with which settings, and what the address was. It vouches for
 * nobody: who the visitor is, is verified again.
 */
import type { Gate } from 'sessiongate'
import { type AdapterOptions, gateOf } from './options.js'

/** The header of the mark; like all that begin so it is dropped from what comes in. */
export const MARK = 'x-sessiongate-mark'

/** A gate, and what tells its settings from others. */
export interface KnownGate {
  readonly gate: Gate
  readonly settings: string
}

/** What a mark says. */
export interface Mark {
  readonly settings: string
  readonly method: string
  readonly url: string
}

/** The gate of these options, known to all pages of this process from now on. */
export function knownGate(options: AdapterOptions = {}): KnownGate {
  const gate = gateOf(options)
  const settings = options.gate === undefined ? settingsOf(gateProvider(options)) : GIVEN
  const known = { gate, settings }
  gates().set(settings, known)
  return known
}

export function markOf({ settings }: KnownGate, method: string, url: string): string {
  return `${settings} ${method} ${url}`
}

/**
 * The mark of a request and the gate that set it.
 *
 * @throws when no gate has seen the request, or one with settings that are not known here.
 */
export function marked(text: string | null | undefined, asked: string): Mark & KnownGate {
  const [settings, method, url] = text?.split(' ') ?? []
  if (settings === undefined || method === undefined || url === undefined || !URL.canParse(url)) {
    throw new Error(
      `sessiongate: ${asked} was called, but no gate has seen this request. Make \`sessionGate()\` the default export of proxy.ts or middleware.ts, and let its \`config.matcher\` match this path.`,
    )
  }
  return { ...gateWith(settings, asked), method, url }
}

/** Never a gate with other settings than the one in front: it might let in whom that one refused. */
function gateWith(settings: string, asked: string): KnownGate {
  const found = gates().size === 0 ? gateOfEnvironment() : gates().get(settings)
  if (found?.settings === settings) return found
  throw new Error(
    `sessiongate: ${asked} does not know the settings of \`sessionGate()\` in proxy.ts (or middleware.ts) where it runs. Import that file in \`register()\` of instrumentation.ts.`,
  )
}

/** Clerk with the environment's variables alone; `null` without them. */
function gateOfEnvironment(): KnownGate | null {
  try {
    return knownGate()
  } catch (error) {
    if ((error as Error).name === 'ConfigError') return null
    throw error
  }
}

/** Of the registry of symbols: Next bundles this module several times into one process. */
const PLACE = Symbol.for('sessiongate.next')

function gates(): Map<string, KnownGate> {
  const place = globalThis as { [PLACE]?: Map<string, KnownGate> }
  place[PLACE] ??= new Map()
  return place[PLACE]
}

function gateProvider(options: AdapterOptions): unknown {
  const { provider } = options as { provider?: unknown }
  return provider ?? null
}

/** A short name for what the visitor is judged by; 64 bits of FNV-1a, which tell mistakes apart. */
function settingsOf(provider: unknown): string {
  const text = JSON.stringify(provider, (name, value) => (SECRETS.has(name) ? undefined : value))
  let hash = 0xcbf29ce484222325n
  for (const byte of new TextEncoder().encode(text)) {
    hash = ((hash ^ BigInt(byte)) * 0x100000001b3n) & 0xffffffffffffffffn
  }
  return hash.toString(16)
}

/** A gate that was made elsewhere: one for all of an application. */
const GIVEN = 'given'
/** What no header may tell anything about. */
const SECRETS = new Set(['secretKey', 'machineSecretKey', 'apiKey'])
