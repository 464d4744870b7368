/** Claims from the token where it has them, from elsewhere where it has not. */
import type { Auth } from './types.js'

/**
 * Reads claims of a visitor: `null` for nobody. Takes what `auth()` or `getAuth()` gives, awaited or
 * not, and the names of the claims.
 */
export type ClaimsReader<T extends object> = <K extends keyof T & string>(
  auth: Auth | PromiseLike<Auth>,
  ...names: [K, ...K[]]
) => Promise<Pick<T, K> | null>

/**
 * Makes a reader of claims that asks `load` when the token lacks one of them, because the session
 * token was customised after the visitor signed in, or their metadata was not yet synchronised.
 *
 * ```ts
 * const currentUser = claimsOr(({ userId }) => database.user(userId))
 * const user = await currentUser(await auth(), 'organizationId', 'role')
 * ```
 *
 * A claim that is `null` counts as missing: that is what Clerk's templates make of metadata that is
 * not there. If one claim is missing, all are taken from `load`, so that they belong together. What
 * is loaded is not remembered.
 */
export function claimsOr<T extends object>(
  load: (auth: Auth & { readonly userId: string }) => T | null | PromiseLike<T | null>,
): ClaimsReader<T> {
  return async (given, ...names) => {
    const auth = await given
    const { userId, sessionClaims } = auth
    if (userId === null || sessionClaims === null) return null
    const claims = sessionClaims as Partial<T>
    if (names.every((name) => isThere(claims, name))) return pick(claims as T, names)
    const loaded = await load({ ...auth, userId })
    return loaded === null ? null : pick(loaded, names)
  }
}

/** An own member: a claim called `constructor` is in no token unless somebody put it there. */
function isThere<T extends object>(claims: Partial<T>, name: keyof T): boolean {
  return Object.hasOwn(claims, name) && claims[name] !== null && claims[name] !== undefined
}

function pick<T extends object, K extends keyof T>(source: T, names: readonly K[]): Pick<T, K> {
  return Object.fromEntries(names.map((name) => [name, source[name]])) as Pick<T, K>
}
