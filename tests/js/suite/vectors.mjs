// Signatures and tokens with known verdicts: `valid`, `invalid`, or `key-refused` with a code.

import { bytes, equal, run } from './check.mjs'

/**
 * Runs both lists as the native conformance tests export them, with one engine. In the slim build a
 * key of another algorithm is refused, and all that the whole build accepts is accepted or refused so.
 */
export function vectors(api, signatures, tokens, { engine, isSlim = false }) {
  const options = { signature: engine }
  const isComplete = tokens === null || tokens.length > 400
  equal(signatures.cases.length > 10_000 && isComplete, true, 'number of cases')
  const check = (verdict, one) => (isSlim ? equalInSlim : equal)(verdict, verdictOf(one), one)
  return run([
    ...signatures.cases.map((one) => [
      one.id,
      () => {
        const keys = signatures.keys[one.key]
        check(signatureVerdict(api, keys, one, options), { ...one, keys })
      },
    ]),
    ...(tokens ?? []).map((one) => [one.id, () => check(tokenVerdict(api, one, options), one)]),
  ])
}

const verdictOf = ({ expect, code }) => [expect, code]

const SLIM = ['RS256', 'RS384', 'RS512', 'ES256']

/** The cases of RSA keys that no kernel takes: of more than 4096 bits, or with the exponent 3. */
const NO_KERNEL =
  /^rsa_signature_(?:8192_.*|(?:2048_sha256\/25[89]|2048_sha512\/259|3072_sha256\/259|3072_sha512\/260))$/

/** The slim build refuses keys of other algorithms and shapes, and says why. */
function equalInSlim(verdict, expected, { id, keys }) {
  if (keys.jwks !== undefined) {
    // Of a set only those keys are left out.
    const isWhole = keys.jwks.keys.every(({ alg }) => SLIM.includes(alg))
    return isWhole ? equal(verdict, expected) : equal(verdict[0], 'invalid')
  }
  const algorithm = keys.algorithms?.[0] ?? keys.jwk?.alg
  const isTaken = SLIM.includes(algorithm) && !NO_KERNEL.test(id)
  const isRefusedAnyway = expected[0] === 'key-refused'
  equal(verdict, isTaken || isRefusedAnyway ? expected : ['key-refused', 'key-alg-not-built-in'])
}

function signatureVerdict(api, keys, { message, signature }, options) {
  return unlessRefused(api, () => {
    const valid = api.verifySignature(jsKeys(keys), bytes(message), bytes(signature), options)
    return [valid ? 'valid' : 'invalid', null]
  })
}

function tokenVerdict(api, { token, keys }, options) {
  return unlessRefused(api, () => {
    const result = api.verifyJws(token, jsKeys(keys), options)
    return result.ok ? ['valid', null] : ['invalid', result.reason]
  })
}

function unlessRefused(api, verdict) {
  try {
    return verdict()
  } catch (error) {
    if (error instanceof api.ConfigError) return ['key-refused', error.code]
    throw error
  }
}

/** A secret is given to the package as bytes. */
function jsKeys(keys) {
  return keys.secret === undefined ? keys : { ...keys, secret: bytes(keys.secret) }
}
