/** The public types: what goes in and what comes out. */
import type { Reason } from './reason.js'

declare global {
  /**
   * The claims that your application adds to its session tokens. Declare it in your own code, as
   * Clerk's guide to custom session claims shows, and `sessionClaims` is typed accordingly.
   */
  interface CustomJwtSessionClaims {}
}

/** A header of an answer; a name may occur more than once. */
export type HeaderPair = [name: string, value: string]

// ------------------------------------------------------------------------------------- requests

/** The headers of a request in any of the usual forms. Names are compared without regard to case. */
export type RequestHeaders =
  | { get(name: string): string | null }
  | { readonly [name: string]: string | readonly string[] | undefined }
  | readonly (readonly [name: string, value: string])[]

/** A web `Request`, or anything with its absolute URL, method and headers. */
export interface RequestLike {
  readonly method: string
  /** Absolute, as in `https://app.example/path?query`. */
  readonly url: string
  readonly headers: RequestHeaders
}

/** A request of Node's `http` and `https` servers (`IncomingMessage`), also as Express extends it. */
export interface NodeRequest {
  readonly method?: string | undefined
  /** As Node has it: relative to the host. */
  readonly url?: string | undefined
  /** The URL before a router shortened it, as in Express. */
  readonly originalUrl?: string | undefined
  readonly headers: { readonly [name: string]: string | readonly string[] | undefined }
  readonly socket: object
}

/** Every form of request that a gate takes. */
export type GateRequest = RequestLike | NodeRequest

// ---------------------------------------------------------------------------------------- tokens

/** The claims that Clerk puts into every session token, in version 1 and 2 of its format. */
export interface JwtPayload extends CustomJwtSessionClaims {
  /** Issuer: the Frontend API of the instance. */
  readonly iss?: string
  /** Subject: the user's id. */
  readonly sub: string
  /** Audience. */
  readonly aud?: string | readonly string[]
  /** Expiry in seconds since the epoch. */
  readonly exp: number
  /** Start of validity in seconds since the epoch. */
  readonly nbf?: number
  /** Time of issue in seconds since the epoch. */
  readonly iat?: number
  /** Id of the token (version 2). */
  readonly jti?: string
  /** Session id. */
  readonly sid?: string
  /** Authorized party: the origin that the token was made for. */
  readonly azp?: string
  /** Version of the format; absent in version 1. */
  readonly v?: number
  /** Minutes since the first and the second factor were verified; -1 stands for never. */
  readonly fva?: readonly [firstFactor: number, secondFactor: number]
  /** Session status. */
  readonly sts?: string
  /** The one who impersonates the user. */
  readonly act?: ActorClaim
  /** Plan (version 2). */
  readonly pla?: string
  /** Features (version 2). */
  readonly fea?: string
  /** Active organization (version 2). */
  readonly o?: {
    readonly id: string
    readonly slg?: string
    readonly rol?: string
    readonly per?: string
    readonly fpm?: string
  }
  /** Active organization (version 1). */
  readonly org_id?: string
  readonly org_slug?: string
  readonly org_role?: string
  readonly org_permissions?: readonly string[]
  /** Any other claim. */
  readonly [claim: string]: unknown
}

/** The `act` claim: who acts in the name of the subject (RFC 8693 section 4.1). */
export interface ActorClaim {
  readonly sub: string
  readonly [claim: string]: unknown
}

/** The claims of a verified session token. */
export type SessionClaims = JwtPayload

/** The claims with those that the application declares, globally or as `createGate<C>`. */
export type ClaimsOf<C extends object> = SessionClaims & CustomJwtSessionClaims & C

/** The protected header of a signed token (RFC 7515 section 4). */
export interface JoseHeader {
  readonly alg: string
  readonly kid?: string
  readonly typ?: string
  readonly [member: string]: unknown
}

/** Why a token was refused. */
export interface TokenRefusal {
  readonly ok: false
  /** The stable code; the provider's own word where it has one. */
  readonly reason: Reason
  /** The exact rule behind a broader `reason`. */
  readonly detail: Reason | null
  /** What is wrong and what to do about it; never holds any part of the token. */
  readonly message: string
}

/** What `gate.verifyToken` answers. */
export type TokenResult<C extends object = object> =
  | { readonly ok: true; readonly header: JoseHeader; readonly claims: ClaimsOf<C> }
  | TokenRefusal

/** What {@link decodeToken} answers. Nothing in it was verified: never decide anything by it. */
export type DecodedToken =
  | {
      readonly ok: true
      readonly unverified: true
      readonly header: { readonly [member: string]: unknown }
      readonly claims: { readonly [claim: string]: unknown }
    }
  | { readonly ok: false; readonly reason: Reason; readonly message: string }

/** What {@link verifyJws} answers. */
export type JwsResult =
  | { readonly ok: true; readonly header: JoseHeader; readonly payload: Uint8Array }
  | { readonly ok: false; readonly reason: Reason; readonly message: string }

// ------------------------------------------------------------------------------------------ keys

/** The name of a signature algorithm (RFC 7518 section 3.1, RFC 8037 section 3.1). */
export type Algorithm =
  | 'RS256'
  | 'RS384'
  | 'RS512'
  | 'PS256'
  | 'PS384'
  | 'PS512'
  | 'ES256'
  | 'ES384'
  | 'EdDSA'
  | 'HS256'
  | 'HS384'
  | 'HS512'

/** A JSON Web Key (RFC 7517 section 4). */
export interface Jwk {
  readonly kty: string
  readonly kid?: string
  readonly alg?: string
  readonly use?: string
  readonly [member: string]: unknown
}

/** A JSON Web Key set (RFC 7517 section 5). */
export interface JwkSet {
  readonly keys: readonly Jwk[]
}

/** The key or keys to verify a signature with, in exactly one form. */
export type JwsKeys = (
  | { readonly jwks: JwkSet; readonly jwk?: never; readonly pem?: never; readonly secret?: never }
  | { readonly jwk: Jwk; readonly jwks?: never; readonly pem?: never; readonly secret?: never }
  /** A public key in SPKI or PKCS#1 form. */
  | { readonly pem: string; readonly jwks?: never; readonly jwk?: never; readonly secret?: never }
  /** The bytes of an HMAC secret. */
  | {
      readonly secret: Uint8Array
      readonly jwks?: never
      readonly jwk?: never
      readonly pem?: never
    }
) & {
  /** The algorithms to accept; the key's own when it names one. */
  readonly algorithms?: readonly Algorithm[]
}

// ------------------------------------------------------------------------------------- providers

/** Options of {@link clerk}; each falls back to Clerk's environment variable, where it has one. */
export interface ClerkOptions {
  /** `pk_live_…` or `pk_test_…`; names the instance. `CLERK_PUBLISHABLE_KEY`. */
  readonly publishableKey?: string | undefined
  /** The instance's public key in PEM form: nothing is ever fetched. `CLERK_JWT_KEY`. */
  readonly jwtKey?: string | undefined
  /** The instance's key set: nothing is ever fetched. */
  readonly jwks?: JwkSet | undefined
  /** The origins that tokens may have been made for (`azp`). Set it: it stops stolen tokens. */
  readonly authorizedParties?: readonly string[] | undefined
  /** The audiences to accept (`aud`). */
  readonly audience?: string | readonly string[] | undefined
  /** By how much clocks may differ, in ms; 5 000 unless given. */
  readonly clockSkewInMs?: number | undefined
  /** The issuer to require (`iss`); Clerk itself does not check it. */
  readonly issuer?: string | undefined
  /** Where signed-out visitors are sent: a path or an absolute URL. `CLERK_SIGN_IN_URL`. */
  readonly signInUrl?: string | undefined
}

interface OidcCommon {
  /** The issuer to require (`iss`), compared byte by byte. */
  readonly issuer: string
  /** The audiences to accept (`aud`); one must be in the token. `null` accepts tokens for anybody. */
  readonly audience: string | readonly string[] | null
  /** The algorithms to accept. */
  readonly algorithms?: readonly Algorithm[] | undefined
  /** The name of the cookie that holds the token. */
  readonly cookie?: string | undefined
  /** Whether `Authorization: Bearer` is looked at; yes unless given. */
  readonly header?: boolean | undefined
  /** By how much clocks may differ, in ms; 5 000 unless given. */
  readonly clockSkewInMs?: number | undefined
  /** Where signed-out visitors are sent: a path or an absolute URL. */
  readonly signInUrl?: string | undefined
}

/** Options of {@link oidc}: an issuer, and its keys in exactly one form. */
export type OidcOptions = OidcCommon &
  (
    | { readonly jwks: JwkSet; readonly jwksUrl?: never; readonly publicKey?: never }
    /** Where the key set is fetched; `https`, or `http` on the own machine. */
    | { readonly jwksUrl: string; readonly jwks?: never; readonly publicKey?: never }
    /** A public key in PEM form. */
    | { readonly publicKey: string; readonly jwks?: never; readonly jwksUrl?: never }
  )

/** A provider as {@link clerk} and {@link oidc} make it. */
export type Provider =
  | ({ readonly kind: 'clerk' } & ClerkOptions)
  | ({ readonly kind: 'oidc' } & OidcOptions)

// ------------------------------------------------------------------------------------------ gate

/** What a route asks of a visitor. */
export type Access =
  | 'public'
  | 'signed-in'
  | { readonly role: string; readonly permission?: string }
  | { readonly permission: string; readonly role?: string }

/** One rule. The first rule whose path matches decides. */
export interface Route {
  /** An exact path such as `/about`, a prefix such as `/dashboard(.*)`, or several of them. */
  readonly path: string | readonly string[]
  readonly access: Access
  /** How a signed-out visitor is answered: a redirect for pages and a 401 for the rest (`auto`). */
  readonly onDenied?: 'auto' | 'redirect' | 'status'
}

/** How much input one request may make the gate look at; each has a sensible default. */
export interface Budget {
  /** Bytes of one token. */
  readonly tokenBytes?: number
  /** Bytes of a token's header. */
  readonly headerBytes?: number
  /** Depth of nested JSON. */
  readonly jsonDepth?: number
  /** Members and elements of one JSON text. */
  readonly jsonMembers?: number
  /** Bytes of a `kid`. */
  readonly kidBytes?: number
  /** Bytes of all `Cookie` headers together. */
  readonly cookieBytes?: number
  /** Cookies of one request. */
  readonly cookies?: number
  /** Bytes of a key set. */
  readonly jwksBytes?: number
  /** Keys in a key set. */
  readonly keys?: number
}

/** What of `fetch` is used, for instance to load a key set. */
export type Fetch = (url: string, init: FetchInit) => Promise<FetchedResponse>

/** How something is asked for. */
export interface FetchInit {
  readonly method: string
  readonly headers: [name: string, value: string][]
  readonly body: string | null
  readonly redirect: 'manual'
  readonly signal: AbortSignal
}

/** What of a web `Response` is looked at. */
export interface FetchedResponse {
  readonly status: number
  readonly body: ReadableStream<Uint8Array> | null
}

/** Options of {@link createGate}. */
export interface GateOptions {
  /** Who vouches for visitors: one provider, or several that are tried in order. */
  readonly provider: Provider | readonly Provider[]
  /** The rules, first match first. */
  readonly routes?: readonly Route[] | undefined
  /**
   * Whether `Host`, `X-Forwarded-Host` and `X-Forwarded-Proto` say where the visitor is; yes unless
   * given. With `false` only the URL of the request counts.
   */
  readonly trustProxy?: boolean | undefined
  /** The limits of input. */
  readonly budget?: Budget | undefined
  /** The time in ms since the epoch; `Date.now` unless given. */
  readonly clock?: (() => number) | undefined
  /** Sends what must be sent, for instance to load keys; the global `fetch` unless given. */
  readonly fetch?: Fetch | undefined
}

/** A fact that a gate cannot know by itself. */
export interface Need {
  /** A key set; Clerk's answer to a handshake nonce; a fresh Clerk token for an expired one. */
  readonly kind: 'keys' | 'handshake-payload' | 'session-refresh'
  /** Where it is served. */
  readonly url: string
}

/** What `has` can be asked; everything named must be met. */
export interface HasParams {
  /** A role in the active organization; `admin` and `org:admin` are the same. */
  readonly role?: string
  /** A permission in the active organization; `org:` may be left out likewise. */
  readonly permission?: string
}

/** Who the visitor is; the same members as Clerk's `Auth` object. Signed out, all are `null`. */
export interface Auth<C extends object = object> {
  readonly isAuthenticated: boolean
  readonly userId: string | null
  readonly sessionId: string | null
  readonly sessionClaims: ClaimsOf<C> | null
  readonly sessionStatus: string | null
  readonly actor: ActorClaim | null
  readonly orgId: string | null
  readonly orgRole: string | null
  readonly orgSlug: string | null
  readonly orgPermissions: readonly string[] | null
  readonly factorVerificationAge: readonly [firstFactor: number, secondFactor: number] | null
  /** Whether the visitor has what is asked for. */
  has(params: HasParams): boolean
  /** The verified token as it was sent. */
  getToken(): string | null
}

/** The outcome of authentication, before any rule is looked at. */
export interface AuthState<C extends object = object> {
  readonly status:
    | 'signed-in'
    | 'signed-out'
    | 'handshake'
    | 'refresh'
    | 'invalid-claims'
    | 'needs-origin'
  /** The stable code, `null` when signed in; the provider's own word where it has one. */
  readonly reason: Reason | null
  /** The exact rule behind a broader `reason`. */
  readonly detail: Reason | null
  /** What is wrong and what to do about it; never holds any part of a token. */
  readonly message: string | null
  /** Headers to add to the answer. */
  readonly headers: readonly HeaderPair[]
  /** The verified token. */
  readonly token: string | null
  /** The provider that vouches for the visitor. */
  readonly provider: Provider['kind'] | null
  readonly auth: Auth<C>
}

/** What to do with a request. */
export interface Decision<C extends object = object> {
  readonly outcome: 'allow' | 'redirect' | 'deny'
  /** The HTTP status of the answer; 200 for `allow`. */
  readonly status: number
  /** Where a redirect goes to. */
  readonly location: string | null
  /** Headers to add to the answer, also to that of an allowed request. */
  readonly headers: readonly HeaderPair[]
  /** The stable code; `null` when the request is allowed. */
  readonly reason: Reason | null
  /** What is wrong and what to do about it. */
  readonly message: string | null
  /** The rule that decided; `null` when none matched. */
  readonly rule: Route | null
  readonly state: AuthState<C>
  readonly auth: Auth<C>
  /** The answer to send; `null` when the request is allowed. */
  toResponse(): Response | null
}

/** Decides about requests. Make one for the life of the process. */
export interface Gate<C extends object = object> {
  /** The full decision: who it is, and whether the routes let that visitor in. */
  check(request: GateRequest): Promise<Decision<C>>
  /** The same without waiting; throws {@link NeedError} when something would have to be fetched. */
  checkSync(request: GateRequest): Decision<C>
  /** Who it is, without looking at routes. */
  authenticate(request: GateRequest): Promise<AuthState<C>>
  /** The same without waiting; throws {@link NeedError}. */
  authenticateSync(request: GateRequest): AuthState<C>
  /** Verifies one token that you found yourself. */
  verifyToken(token: string): Promise<TokenResult<C>>
  /** The same without waiting; throws {@link NeedError}. */
  verifyTokenSync(token: string): TokenResult<C>
}
