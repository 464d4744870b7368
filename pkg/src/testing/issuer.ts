/** Issuers of test tokens. */
import type { ClerkOptions, OidcOptions, Provider, SuperTokensOptions } from '../types.js'
import { clerkCookies, clerkDraft, clerkProvider } from './clerk.js'
import { type TestClock, testClock } from './clock.js'
import { newKey, type TestKey } from './keys.js'
import { oidcDraft, oidcProvider, withKey } from './oidc.js'
import {
  supertokensCookies,
  supertokensDraft,
  supertokensKid,
  supertokensProvider,
} from './supertokens.js'
import { type Draft, signed } from './token.js'
import type {
  ClerkIssuer,
  ClerkIssuerOptions,
  ClerkTokenOptions,
  OidcIssuer,
  OidcIssuerOptions,
  SuperTokensIssuer,
  SuperTokensIssuerOptions,
  SuperTokensTokenOptions,
  TestIssuer,
  TestRequestOptions,
  TestTokenOptions,
} from './types.js'

/**
 * Makes an issuer with a new key: its tokens are signed for real, and a gate with `issuer.options`
 * decides about them as about those of the provider. Nothing is fetched and nothing is mocked.
 *
 * ```ts
 * const issuer = await testIssuer({ provider: 'clerk' })
 * const gate = createGate({ ...issuer.options, routes })
 * const request = await issuer.request('/dashboard', { claims: { plan: 'pro' } })
 * const { outcome } = await gate.check(request)
 * ```
 *
 * Making an RSA key takes about a tenth of a second: make one issuer for a file of tests.
 */
export async function testIssuer(options: ClerkIssuerOptions): Promise<ClerkIssuer>
export async function testIssuer(options: SuperTokensIssuerOptions): Promise<SuperTokensIssuer>
export async function testIssuer(options: OidcIssuerOptions): Promise<OidcIssuer>
export async function testIssuer(
  options: ClerkIssuerOptions | SuperTokensIssuerOptions | OidcIssuerOptions,
): Promise<ClerkIssuer | SuperTokensIssuer | OidcIssuer> {
  const { provider, clock = testClock(), origin = 'https://app.example.com' } = options
  const [kind, given] = typeof provider === 'string' ? [provider, {}] : [provider.kind, provider]
  const desk = { clock, origin }
  if (kind === 'clerk') {
    return clerkIssuer(
      clerkProvider(given as ClerkOptions, origin),
      await newKey('RS256', 'ins_test'),
      desk,
    )
  }
  if (kind === 'supertokens') {
    const full = supertokensProvider(given as Partial<SuperTokensOptions>, origin)
    return supertokensIssuer(full, await newKey('RS256', supertokensKid(full)), desk)
  }
  if (kind === 'oidc') {
    const { algorithm = 'RS256' } = options as OidcIssuerOptions
    return oidcIssuer(
      oidcProvider(given as Partial<OidcOptions>, origin),
      await newKey(algorithm, 'key_test'),
      desk,
    )
  }
  throw new TypeError('The provider is clerk, supertokens or oidc, or one that they made.')
}

/** What all issuers have. */
interface Desk {
  readonly clock: TestClock
  readonly origin: string
}

/** What a provider adds to it. */
interface Form<Token> {
  readonly provider: Provider
  readonly key: TestKey
  /** How long tokens are good, in seconds. */
  readonly lifetime: number
  /** The usual way of tokens; `cookie` unless given. */
  readonly via?: 'cookie' | 'bearer'
  draft(options: Token, times: Times): Draft
  cookies(token: string, draft: Draft, times: Times): Promise<[name: string, value: string][]>
  /** What the provider's kit in the browser adds to a request. */
  headers(draft: Draft, via: 'cookie' | 'bearer'): Record<string, string>
}

/** In seconds since the epoch. */
interface Times {
  readonly iat: number
  readonly exp: number
}

function clerkIssuer(
  options: ReturnType<typeof clerkProvider>,
  key: TestKey,
  desk: Desk,
): ClerkIssuer {
  const provider: Provider = { ...options, jwks: { keys: [key.jwk] } }
  return issuer<ClerkTokenOptions>(desk, {
    provider,
    key,
    lifetime: 60,
    draft: (token, times) => clerkDraft(options, key, token, times),
    cookies: (token, _, { iat }) => clerkCookies(options, token, iat),
    headers: () => ({}),
  })
}

function supertokensIssuer(
  options: ReturnType<typeof supertokensProvider>,
  key: TestKey,
  desk: Desk,
): SuperTokensIssuer {
  const { jwksUrl: _, ...rest } = options
  const provider: Provider = { ...rest, jwks: { keys: [key.jwk] } }
  return issuer<SuperTokensTokenOptions>(desk, {
    provider,
    key,
    lifetime: 3600,
    draft: (token, times) => supertokensDraft(options, key, token, times),
    cookies: async (token, draft) => supertokensCookies(options, token, draft),
    headers: ({ claims: { antiCsrfToken } }, via) => ({
      rid: 'anti-csrf',
      'st-auth-mode': via === 'bearer' ? 'header' : 'cookie',
      ...(typeof antiCsrfToken === 'string' ? { 'anti-csrf': antiCsrfToken } : {}),
    }),
  })
}

function oidcIssuer(
  options: ReturnType<typeof oidcProvider>,
  key: TestKey,
  desk: Desk,
): OidcIssuer {
  const { cookie } = options
  return issuer<TestTokenOptions>(desk, {
    provider: withKey(options, key),
    key,
    lifetime: 3600,
    via: cookie === undefined ? 'bearer' : 'cookie',
    draft: (token, times) => oidcDraft(options, key, token, times),
    cookies: async (token) => {
      if (cookie === undefined) throw new TypeError('The provider has no cookie.')
      return [[cookie, token]]
    },
    headers: () => ({}),
  })
}

function issuer<Token extends TestTokenOptions>(
  { clock, origin }: Desk,
  form: Form<Token>,
): TestIssuer<Token> {
  const { provider, key } = form
  const minted = async (options: Token = {} as Token) => {
    const times = timesOf(options, form.lifetime, clock.now())
    const draft = form.draft(options, times)
    const token = await signed(draft, key, options.tamper)
    const cookies = async () => {
      const pairs = await form.cookies(token, draft, times)
      return pairs.map(([name, value]) => `${name}=${value}`).join('; ')
    }
    return { token, draft, cookies }
  }
  const headers = async (options: Token & TestRequestOptions = {} as Token) => {
    const { via = form.via ?? 'cookie' } = options
    const asked = { ...(options.page ? PAGE : {}), ...options.headers }
    if (via === 'none') return asked
    const { token, draft, cookies } = await minted(options)
    const carrier: Record<string, string> =
      via === 'cookie' ? { cookie: await cookies() } : { authorization: `Bearer ${token}` }
    return { ...carrier, ...form.headers(draft, via), ...asked }
  }
  return {
    options: { provider, clock: clock.now, fetch: noNetwork },
    clock,
    jwks: { keys: [key.jwk] },
    publicKey: key.pem,
    token: async (options) => (await minted(options)).token,
    cookie: async (options) => (await minted(options)).cookies(),
    headers,
    request: async (url, options = {} as Token) => {
      const { method = 'GET', body = null } = options
      return new Request(new URL(url, origin), { method, body, headers: await headers(options) })
    },
  }
}

/** What browsers send when a link is followed. */
const PAGE = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8', 'sec-fetch-dest': 'document' }

function timesOf(
  { age = 1, lifetime, expired }: TestTokenOptions,
  usual: number,
  now: number,
): Times {
  const length = lifetime ?? usual
  const iat = Math.floor(now / 1000) - (expired ? length + 60 : age)
  return { iat, exp: iat + length }
}

async function noNetwork(url: string): Promise<never> {
  throw new Error(`A test wanted to fetch ${url}. Give createGate a \`fetch\` that answers it.`)
}
