/**
 * The signature engine of the runtime: `node:crypto`, where it can be had without an import, which
 * bundlers for the edge would stumble over.
 *
 * The core asks it only for plain arithmetic: lengths and ranges were checked there.
 */
import type { Host } from './wasm/sessiongate_bg.js'

/** What is used of `node:crypto`. */
interface Crypto {
  createPublicKey(key: { key: object; format: 'jwk' }): object
  verify(hash: string, message: Uint8Array, key: object, signature: Uint8Array): boolean
  readonly constants: { readonly RSA_PKCS1_PSS_PADDING: number }
}

interface Global {
  readonly process?: { getBuiltinModule?: (name: string) => unknown }
  readonly navigator?: { readonly userAgent?: string }
  readonly Deno?: unknown
}

interface HostAlgorithm {
  readonly hash: string
  /** RSASSA-PSS */
  readonly saltLength?: number
}

/** The algorithms that a host verifies; the places are those of `Algorithm::ALL` in the core. */
const ALGORITHMS: readonly HostAlgorithm[] = [
  { hash: 'sha256' },
  { hash: 'sha384' },
  { hash: 'sha512' },
  { hash: 'sha256', saltLength: 32 },
  { hash: 'sha384', saltLength: 48 },
  { hash: 'sha512', saltLength: 64 },
  { hash: 'sha256' },
  { hash: 'sha384' },
]

const PKCS1 = 0b0000_0111
const PSS = 0b0011_1000
const ES256 = 0b0100_0000
const ES384 = 0b1000_0000

/** What a runtime verifies, and what it is the fastest for. */
interface Abilities {
  readonly available: number
  readonly preferred: number
}

const NODE: Abilities = {
  available: PKCS1 | PSS | ES256 | ES384,
  preferred: PKCS1 | PSS | ES384,
}
const DENO: Abilities = { ...NODE, preferred: PSS | ES384 }
/** It takes no options beside a key. */
const WORKERD: Abilities = { available: PKCS1 | ES256 | ES384, preferred: PKCS1 | ES384 }

/** The host of this runtime for the core, or null if it has none. */
export function hostEngine(): ({ readonly host: Host } & Abilities) | null {
  const { process } = globalThis as Global
  if (typeof process?.getBuiltinModule !== 'function') return null
  return { host: new NodeHost(), ...abilities() }
}

/** Measured by `tests/js/engine-times.mjs`; `docs/engines.md` has the figures. */
function abilities(): Abilities {
  const { Deno, navigator } = globalThis as Global
  if (Deno !== undefined) return DENO
  return navigator?.userAgent === 'Cloudflare-Workers' ? WORKERD : NODE
}

/** Loads `node:crypto` when it is asked for the first time. */
class NodeHost implements Host {
  #crypto: Crypto | null = null

  importKey(jwk: string): object | null {
    try {
      const { process } = globalThis as Global
      this.#crypto ??= process?.getBuiltinModule?.('node:crypto') as Crypto
      return this.#crypto.createPublicKey({ key: JSON.parse(jwk), format: 'jwk' })
    } catch {
      return null
    }
  }

  verify(algorithm: number, key: object, message: Uint8Array, signature: Uint8Array): number {
    try {
      const crypto = this.#crypto as Crypto
      const { hash, saltLength } = ALGORITHMS[algorithm] as HostAlgorithm
      const given = saltLength === undefined ? key : padded(crypto, key, saltLength)
      return crypto.verify(hash, message, given, signature) ? 1 : 0
    } catch {
      return UNKNOWN
    }
  }
}

/** The host cannot tell: the core asks its own engine. */
const UNKNOWN = 2

function padded({ constants }: Crypto, key: object, saltLength: number): object {
  return { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength }
}
