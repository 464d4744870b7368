/** What the package does, for every entry point alike. */
import { base64urlFromBytes, bytesFromBase64url } from './base64.js'
import { core, coreWithSuperTokens, whenReady } from './core.js'
import { clerkFromEnvironment } from './env.js'
import { orAnyError, orConfigError, orRequestError } from './errors.js'
import { HostGate } from './gate.js'
import { headOf } from './request.js'
import { HostSessions } from './sessions.js'
import type {
  ClaimCheckOptions,
  ClaimVerdict,
  ClerkOptions,
  DecodedToken,
  Gate,
  GateRequest,
  JwsKeys,
  JwsOptions,
  JwsResult,
  OidcOptions,
  Provider,
  SessionClaimValidator,
  Sessions,
  SessionsOptions,
  SuperTokensOptions,
  SuperTokensProvider,
  TypedGateOptions,
} from './types.js'

/**
 * Makes a gate: the one object that decides about requests.
 *
 * `sessionClaims` has the type of the schema in `claims`, of `C` if you name it, and of the claims that
 * you declare in the global interface `CustomJwtSessionClaims`; only a schema checks them as well.
 *
 * @throws {ConfigError} at once when an option is wrong, with a code and the option's name.
 */
export function createGate<C extends object = object>(options: TypedGateOptions<C>): Gate<C> {
  return new HostGate<C>(options)
}

/**
 * Clerk session tokens. Options that are left out are taken from Clerk's environment variables.
 * With `jwtKey` or `jwks` nothing is ever fetched; with `publishableKey` alone the key set of the
 * instance is.
 */
export function clerk(options: ClerkOptions = {}): Provider {
  return { ...clerkFromEnvironment(options), kind: 'clerk' }
}

/**
 * SuperTokens sessions. The keys are fetched from the API, once for a long time, unless `jwks` gives
 * them; nothing else is fetched unless `connectionURI` or a page's refresh asks for it.
 */
export function supertokens(options: SuperTokensOptions): SuperTokensProvider {
  return { ...options, kind: 'supertokens' }
}

/**
 * Makes, finds, changes, refreshes and ends sessions that SuperTokens' core keeps: the functions of
 * `supertokens-node` under their own names. Needs `connectionURI`.
 *
 * That there is no session is a value; a {@link CoreError} is thrown when the core cannot be asked.
 *
 * @throws {ConfigError} at once when an option is wrong, with a code and the option's name.
 */
export function createSessions(options: SessionsOptions): Sessions {
  return new HostSessions(options)
}

/** The JWTs of any other issuer. */
export function oidc(options: OidcOptions): Provider {
  return { ...options, kind: 'oidc' }
}

/**
 * Tells whether a request is for one of these paths, as Clerk's `createRouteMatcher` does: patterns
 * of path-to-regexp 6, without regard to case. Takes time linear in the path, whatever the pattern.
 *
 * It says nothing about who may come in: prefer `routes`, or check where the data is.
 *
 * @throws {ConfigError} at once for a pattern that is none. The function throws a
 *   {@link RequestError} with the code `path-malformed` for a path that two readers read as two.
 */
export function createRouteMatcher(
  patterns: string | readonly string[],
): (request: GateRequest) => boolean {
  const { RouteMatcher } = core()
  const matcher = orConfigError(() => new RouteMatcher(JSON.stringify(patterns)))
  return (request) => {
    const { pathname } = new URL(headOf(request).url)
    return orRequestError(() => matcher.matches(pathname))
  }
}

/**
 * Reads header and claims **without** verifying anything: for showing a token, never for deciding.
 */
export function decodeToken(token: string): DecodedToken {
  return JSON.parse(core().decodeToken(String(token))) as DecodedToken
}

/**
 * Verifies the signature of a compact JWS (RFC 7515 section 7.1) and nothing else: no claim is
 * looked at, not even the expiry. Use {@link createGate} for sessions.
 *
 * @throws {ConfigError} when none of the keys is usable.
 */
export function verifyJws(token: string, keys: JwsKeys, options: JwsOptions = {}): JwsResult {
  const { signature } = options
  const text = orConfigError(() => core().verifyJws(String(token), jsonOfKeys(keys), signature))
  const result = JSON.parse(text)
  return result.ok ? { ...result, payload: bytesFromBase64url(result.payload) } : result
}

/**
 * Verifies a bare signature over `message` with one key, in the form that JWS has (RFC 7518 section
 * 3: ECDSA as two numbers of fixed length). The algorithm is the one that the key is bound to.
 *
 * @throws {ConfigError} when the key is not usable, or more than one is given.
 */
export function verifySignature(
  keys: JwsKeys,
  message: Uint8Array,
  signature: Uint8Array,
  options: JwsOptions = {},
): boolean {
  const [text, proof] = [base64urlFromBytes(message), base64urlFromBytes(signature)]
  const { signature: engine } = options
  return orConfigError(() => core().verifySignature(jsonOfKeys(keys), text, proof, engine))
}

/**
 * Asks validators of the payload of a session, such as `auth.sessionClaims`, all of them and in
 * their order; what users of SuperTokens know as `validateClaimsInJWTPayload`. Nothing is fetched:
 * `refetch` names what the origin should fetch again.
 *
 * @throws {ConfigError} for a validator that cannot be meant, or a payload that is no object.
 */
export function validateClaims(
  validators: readonly SessionClaimValidator[],
  payload: object,
  options: ClaimCheckOptions = {},
): ClaimVerdict {
  const { clock = Date.now } = options
  // What has no form in JSON at all is not JSON for the core either.
  const [asked, held] = [validators, payload].map((value) => JSON.stringify(value) ?? '')
  const text = orAnyError(() =>
    coreWithSuperTokens().validateClaims(asked ?? '', held ?? '', clock()),
  )
  return JSON.parse(text) as ClaimVerdict
}

/**
 * Resolves when everything else may be used: in a browser once the module is loaded, anywhere else
 * at once.
 */
export function ready(): Promise<void> {
  return whenReady()
}

function jsonOfKeys(keys: JwsKeys): string {
  const { secret } = keys
  return JSON.stringify(
    secret === undefined ? keys : { ...keys, secret: base64urlFromBytes(secret) },
  )
}
