// Comparing and counting, with nothing that a runtime might lack.

/** Runs named checks one after the other. A check passes when it does not throw. */
export async function run(checks) {
  const failed = []
  let passed = 0
  for (const [name, check] of checks) {
    try {
      await check()
      passed++
    } catch (error) {
      failed.push({ name, why: String(error?.stack ?? error) })
    }
  }
  return { passed, failed }
}

/** Fails unless both are the same value, looked at as deeply as they go. */
export function equal(actual, expected, what = 'value') {
  if (!same(actual, expected)) {
    throw new Error(`${what}: expected ${show(expected)}, got ${show(actual)}`)
  }
}

/** Fails unless `call` throws, or rejects with, an error of this name and code; returns it. */
export async function throws(call, name, code) {
  let error
  try {
    await call()
  } catch (thrown) {
    error = thrown
  }
  if (error === undefined) throw new Error(`expected ${name}, but nothing was thrown`)
  equal([error.name, error.code], [name, code], String(error))
  return error
}

/** The gate of a case of `decisions.json`, with `more` options. */
export function gateOf(api, { now, options }, more = {}) {
  return api.createGate({ ...options, clock: () => now, ...more })
}

/** The bytes of base64url. */
export function bytes(base64url) {
  const binary = atob(base64url.replaceAll('-', '+').replaceAll('_', '/'))
  return Uint8Array.from(binary, (character) => character.charCodeAt(0))
}

function same(a, b) {
  if (Object.is(a, b)) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false
  if (Array.isArray(a) !== Array.isArray(b)) return false
  const keys = Object.keys(a)
  return (
    keys.length === Object.keys(b).length &&
    keys.every((key) => Object.hasOwn(b, key) && same(a[key], b[key]))
  )
}

function show(value) {
  const text = JSON.stringify(value) ?? String(value)
  return text.length > 400 ? `${text.slice(0, 400)}…` : text
}
