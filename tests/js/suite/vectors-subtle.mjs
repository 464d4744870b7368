// The vectors for WebCrypto, asked as the core asks it. Runs in Node, which reads keys of every form.

import { createPublicKey } from 'node:crypto'
import { bytes, equal, run } from './check.mjs'

/** The algorithms that the core asks a host for. */
const ASKED = /^(?:RS|PS)(?:256|384|512)$|^ES(?:256|384)$/
const UNKNOWN = 2

/** Each verdict must be that of the vectors; WebCrypto may leave a few keys to the module. */
export async function subtleVectors(verdictOf, { keys, cases }) {
  const jwks = new Map()
  const jwkOf = (name) => {
    if (!jwks.has(name)) jwks.set(name, jwkOfKey(keys[name]))
    return jwks.get(name)
  }
  const questions = cases.flatMap((one) => {
    const algorithm = keys[one.key].algorithms?.[0] ?? keys[one.key].jwk?.alg
    const isAsked = ASKED.test(algorithm) && one.expect !== 'key-refused'
    const jwk = isAsked ? jwkOf(one.key) : null
    const message = textOf(bytes(one.message))
    // As in the core: other exponents and messages that are no text stay in the module.
    if (jwk === null || message === null || (jwk.e ?? 'AQAB') !== 'AQAB') return []
    const { signature } = one
    return [{ ...one, question: JSON.stringify({ algorithm, jwk, message, signature }) }]
  })
  let left = 0
  const result = await run(
    questions.map(({ id, expect, question }) => [
      id,
      async () => {
        const { verdict } = await verdictOf({ question })
        if (verdict === UNKNOWN) left++
        else equal(verdict === 1 ? 'valid' : 'invalid', expect)
      },
    ]),
  )
  const isEnough = questions.length > 7_000 && left < questions.length / 100
  equal(isEnough, true, `${questions.length} asked, ${left} left to the module`)
  return result
}

function jwkOfKey({ pem, jwk }) {
  try {
    const { kty, n, e, crv, x, y } = jwk ?? createPublicKey(pem).export({ format: 'jwk' })
    return { kty, n, e, crv, x, y }
  } catch {
    return null
  }
}

function textOf(message) {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(message)
  } catch {
    return null
  }
}
