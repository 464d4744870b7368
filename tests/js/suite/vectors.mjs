// Signatures and tokens with known verdicts: `valid`, `invalid`, or `key-refused` with a code.

import { bytes, equal, run } from './check.mjs'

/** Runs both lists as the native conformance tests export them. */
export function vectors(api, signatures, tokens) {
  const isComplete = tokens === null || tokens.length > 400
  equal(signatures.cases.length > 10_000 && isComplete, true, 'number of cases')
  return run([
    ...signatures.cases.map((one) => [
      one.id,
      () => equal(signatureVerdict(api, signatures.keys[one.key], one), verdictOf(one)),
    ]),
    ...(tokens ?? []).map((one) => [one.id, () => equal(tokenVerdict(api, one), verdictOf(one))]),
  ])
}

const verdictOf = ({ expect, code }) => [expect, code]

function signatureVerdict(api, keys, { message, signature }) {
  return unlessRefused(api, () => {
    const valid = api.verifySignature(jsKeys(keys), bytes(message), bytes(signature))
    return [valid ? 'valid' : 'invalid', null]
  })
}

function tokenVerdict(api, { token, keys }) {
  return unlessRefused(api, () => {
    const result = api.verifyJws(token, jsKeys(keys))
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
