/** Tokens in the form of any other issuer. */
import type { OidcOptions, Provider } from '../types.js'
import type { TestKey } from './keys.js'
import type { Draft } from './token.js'
import type { TestTokenOptions } from './types.js'

type Given = Partial<Omit<OidcOptions, 'jwks' | 'jwksUrl' | 'publicKey' | 'secret'>>
type Full = Given & Required<Pick<Given, 'issuer' | 'audience'>>

/** The provider without keys, with everything that tests need. */
export function oidcProvider(given: Partial<OidcOptions>, origin: string): Full {
  const { jwks: _, jwksUrl: __, publicKey: ___, secret: ____, algorithms: _____, ...rest } = given
  const { issuer, audience = null } = rest
  if (issuer !== undefined) return { ...rest, issuer, audience }
  return { cookie: 'session', ...rest, issuer: 'https://issuer.example.com', audience: origin }
}

/** The same with the key of the tests. */
export function withKey(options: Full, key: TestKey): Provider {
  return { ...options, kind: 'oidc', jwks: { keys: [key.jwk] }, algorithms: [key.alg] }
}

/** What a token of a provider says; times are in seconds. */
export function oidcDraft(
  { issuer, audience }: Full,
  key: TestKey,
  { userId = 'user_test', sessionId = 'sess_test', claims: others }: TestTokenOptions,
  { iat, exp }: { readonly iat: number; readonly exp: number },
): Draft {
  const aud = audience === null || typeof audience === 'string' ? audience : audience[0]
  const usual = { iss: issuer, aud: aud ?? undefined, sub: userId, sid: sessionId, iat, exp }
  const claims = { ...usual, ...others }
  return {
    header: { alg: key.alg, kid: key.kid, typ: 'JWT' },
    claims,
    forged: { ...claims, sub: `${userId}_forged` },
  }
}
