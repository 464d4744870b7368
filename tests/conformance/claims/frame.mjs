// What the cases about session claims are made of: calls of factories, payloads and verdicts.
//
// A call stands here twice: as what a user writes (`call`), and as the description that it must
// give (`validator`). Times are relative to one moment, in seconds.

export const NOW = 1_750_000_000_000

/** What JSON cannot say. */
export const INFINITY = { js: 'Infinity' }
export const UNDEFINED = { js: 'undefined' }

/** One case; `differs` names the listed difference when the peer answers otherwise. */
export const one = (name, asked, payload, { errors = [], refetch = [] }, differs) => ({
  name,
  now: NOW,
  calls: asked.map(({ call }) => call),
  validators: asked.map(({ validator }) => validator),
  payload,
  expect: { errors, refetch },
  ...(differs === undefined ? {} : { differs }),
})

/** A description that must be refused, because of this option. */
export const refused = (name, validator, code, option) => ({
  name: `refused: ${name}`,
  now: NOW,
  validators: [validator],
  payload: {},
  error: { code, option: `validators[0]${option === '' ? '' : `.${option}`}` },
})

/** A claim that was fetched so many seconds ago. */
export const stored = (v, secondsAgo = 0) => ({ v, t: NOW - secondsAgo * 1000 })

/** Errors with their reasons. */
export const missing = (id, expected) => ({
  id,
  reason: { message: 'value does not exist', ...expected },
})
export const expired = (id, ageInSeconds, maxAgeInSeconds) => ({
  id,
  reason: { message: 'expired', ageInSeconds, maxAgeInSeconds },
})
export const wrong = (id, expected, actualValue) => ({
  id,
  reason: { message: 'wrong value', ...expected, actualValue },
})

/** A validator of a claim that is made with `new`. */
export function own(claim, options, method, args, asked) {
  const { key } = options
  return {
    call: { claim, options, method, args },
    validator: { claim: key, validator: method, ...asked, id: key },
  }
}

/** A validator of a claim that everybody has. */
export function builtIn(claim, key, method, args, asked) {
  return {
    call: { claim, method, args },
    validator: { claim: key, validator: method, ...asked, id: key },
  }
}
