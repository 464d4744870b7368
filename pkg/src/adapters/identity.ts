/** Headers by which this package and Clerk's tell an application who the visitor is. */

const PREFIXES = ['x-clerk-auth-', 'x-sessiongate-']
const NAMES = new Set(['x-clerk-request-data'])

/** Whether nobody but a gate may set this header, so that it is dropped from every request. */
export function isIdentityHeader(name: string): boolean {
  const lower = name.toLowerCase()
  return NAMES.has(lower) || PREFIXES.some((prefix) => lower.startsWith(prefix))
}
