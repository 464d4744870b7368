/** Tokens and cookies in the form of SuperTokens. */
import type { SuperTokensOptions, SuperTokensProvider } from '../types.js'
import type { Draft, Members } from './token.js'
import type { SuperTokensTokenOptions } from './types.js'

/** The provider with everything that tests need, but for the keys. */
export function supertokensProvider(
  given: Partial<SuperTokensOptions>,
  origin: string,
): SuperTokensProvider {
  const { apiDomain } = given
  if (apiDomain !== undefined) return { ...given, kind: 'supertokens', apiDomain }
  return { ...given, kind: 'supertokens', apiDomain: origin, websiteDomain: origin }
}

/** The name of the key that a provider expects tokens to be signed with. */
export function supertokensKid({ useDynamicAccessTokenSigningKey }: SuperTokensOptions): string {
  return useDynamicAccessTokenSigningKey === false ? 's-test' : 'd-1700000000000'
}

/** What a token of a provider says; times are in seconds. */
export function supertokensDraft(
  { apiDomain, apiBasePath = '/auth' }: SuperTokensOptions,
  key: { readonly alg: string; readonly kid: string },
  options: SuperTokensTokenOptions,
  { iat, exp }: { readonly iat: number; readonly exp: number },
): Draft {
  const { userId = 'user_test', sessionId = 'session_test', version = 5 } = options
  const { tenantId = 'public' } = options
  const session = {
    sessionHandle: sessionId,
    refreshTokenHash1: 'hash_test',
  }
  const own = { ...rolesOf(options, iat), ...options.claims }
  if (version === 2) {
    const times = { expiryTime: exp * 1000, timeCreated: iat * 1000 }
    const claims = { ...session, userId, userData: own, ...times }
    const header = { alg: key.alg, typ: 'JWT', version: '2' }
    return { header, claims, forged: { ...claims, userId: `${userId}_forged` }, encode: base64 }
  }
  const claims = {
    iat,
    exp,
    sub: userId,
    ...(version >= 4 ? { tId: tenantId } : {}),
    ...(version >= 5 ? { rsub: userId } : {}),
    ...session,
    parentRefreshTokenHash1: null,
    antiCsrfToken: null,
    iss: `${apiDomain}${apiBasePath}`,
    ...own,
  }
  return {
    header: { kid: key.kid, typ: 'JWT', version: String(version), alg: key.alg },
    claims,
    forged: { ...claims, sub: `${userId}_forged` },
  }
}

/** The cookies of a browser that is signed in, as it sends them to all paths but the refresh. */
export function supertokensCookies(
  { cookieNames }: SuperTokensOptions,
  token: string,
  { claims, encode }: Draft,
): [name: string, value: string][] {
  const isOld = encode !== undefined
  const [uid, ate] = isOld
    ? [claims.userId, claims.expiryTime]
    : [claims.sub, Number(claims.exp) * 1000]
  const up = isOld ? claims.userData : claims
  const front = new TextEncoder().encode(JSON.stringify({ uid, ate, up }))
  return [
    [cookieNames?.access ?? 'sAccessToken', encodeURIComponent(token)],
    ['sFrontToken', encodeURIComponent(base64(front))],
  ]
}

/** Claims that hold a value and the time of its fetching, in ms. */
function rolesOf({ roles, permissions }: SuperTokensTokenOptions, iat: number): Members {
  const claim = (v: readonly string[] | undefined) => (v === undefined ? v : { v, t: iat * 1000 })
  return { 'st-role': claim(roles), 'st-perm': claim(permissions) }
}

/** Standard base64 with padding, as old kits write it. */
function base64(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
}
