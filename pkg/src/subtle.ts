/**
 * WebCrypto as a signature engine: for hosts that have nothing that answers at once.
 *
 * The core asks it only for plain arithmetic: lengths and ranges were checked there.
 */

import { bytesFromBase64url } from './base64.js'
import type { Verdict } from './border.js'
import type { SignatureNeed } from './effects.js'

/** What the core wants verified. */
interface Question {
  readonly algorithm: string
  readonly jwk: JsonWebKey
  readonly message: string
  /** base64url; ECDSA as two numbers of fixed length (RFC 7518 section 3.4), as WebCrypto has it. */
  readonly signature: string
}

/** As many keys are kept imported. */
const MAX_KEYS = 8

const INVALID = 0
const VALID = 1
/** The host cannot tell: the core asks its own engine. */
const UNKNOWN = 2

const SALT_BYTES: Readonly<Record<string, number>> = { PS256: 32, PS384: 48, PS512: 64 }

const encoder = new TextEncoder()
const keys = new Map<string, Promise<CryptoKey>>()

/** WebCrypto, if the runtime has it: browsers have it on secure pages alone. */
function subtle(): SubtleCrypto | undefined {
  return (globalThis as { crypto?: { subtle?: SubtleCrypto } }).crypto?.subtle
}

export function hasSubtle(): boolean {
  return subtle() !== undefined
}

/** What WebCrypto says. Never fails. */
export async function verdictOf({ question }: SignatureNeed): Promise<Verdict> {
  return { question, verdict: await verified(JSON.parse(question)) }
}

async function verified({ algorithm, jwk, message, signature }: Question): Promise<number> {
  try {
    const key = await imported(algorithm, jwk)
    const bytes = bytesFromBase64url(signature)
    const parameters = verifying(algorithm)
    const engine = subtle() as SubtleCrypto
    return (await engine.verify(parameters, key, bytes, encoder.encode(message))) ? VALID : INVALID
  } catch {
    return UNKNOWN
  }
}

function imported(algorithm: string, jwk: JsonWebKey): Promise<CryptoKey> {
  // Two points with one x are two keys.
  const name = [algorithm, jwk.n, jwk.x, jwk.y].join(' ')
  const known = keys.get(name)
  if (known !== undefined) return known
  if (keys.size >= MAX_KEYS) keys.clear()
  const engine = subtle() as SubtleCrypto
  const key = engine.importKey('jwk', jwk, importing(algorithm), false, ['verify'])
  keys.set(name, key)
  return key
}

function importing(algorithm: string): RsaHashedImportParams | EcKeyImportParams {
  const hash = `SHA-${algorithm.slice(2)}`
  if (algorithm.startsWith('RS')) return { name: 'RSASSA-PKCS1-v1_5', hash }
  if (algorithm.startsWith('PS')) return { name: 'RSA-PSS', hash }
  return { name: 'ECDSA', namedCurve: `P-${algorithm.slice(2)}` }
}

function verifying(algorithm: string): AlgorithmIdentifier | RsaPssParams | EcdsaParams {
  const saltLength = SALT_BYTES[algorithm]
  if (saltLength !== undefined) return { name: 'RSA-PSS', saltLength }
  if (algorithm.startsWith('RS')) return 'RSASSA-PKCS1-v1_5'
  return { name: 'ECDSA', hash: `SHA-${algorithm.slice(2)}` }
}
