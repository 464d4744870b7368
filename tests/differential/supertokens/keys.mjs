// The keys of the SuperTokens core of the tests, and the sets it publishes them in.

import { fixtureKeys } from '../fixture-keys.mjs'

/** Two of the rotating keys, the static one, one of somebody else, and one that is too small. */
export const keys = fixtureKeys({
  old: 'rsa-2048-a',
  foreign: 'rsa-2048-b',
  dynamic: 'rsa-2048-c',
  static: 'rsa-2048-d',
  small: 'rsa-1024',
})

/** The names under which the core publishes its keys. */
export const KIDS = {
  old: 'd-1771000000000',
  dynamic: 'd-1772000000000',
  static: 's-2de612a5-a5ba-413e-9216-4c43e2e78c86',
  small: 'd-1770000000000',
  foreign: 'd-1773000000000',
}

/** A key as the core publishes it, with other or more members. */
export function jwkOf(name, members = {}) {
  const { n, e } = keys[name].jwk
  return { kty: 'RSA', kid: KIDS[name], n, e, alg: 'RS256', use: 'sig', ...members }
}

/** What the core publishes as a rule. */
export function plainKeySet() {
  return { keys: [jwkOf('dynamic'), jwkOf('old'), jwkOf('static')] }
}
