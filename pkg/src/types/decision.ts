/** What a gate answers. */
import type { Reason } from '../reason.js'
import type { ClaimValidationError } from './claims.js'
import type { AuthenticateOptions, ProtectOptions, ReturnOptions, Route } from './options.js'
import type { Provider, TokenType } from './provider.js'
import type { GateRequest } from './request.js'
import type { ActorClaim, ClaimsOf, TokenResult } from './token.js'

/** A header of an answer; a name may occur more than once. */
export type HeaderPair = [name: string, value: string]

/**
 * A key set; Clerk's answer to a handshake nonce; fresh tokens for an expired one; the word of
 * SuperTokens' core on a session.
 */
export type NeedKind =
  | 'keys'
  | 'handshake-payload'
  | 'session-refresh'
  | 'session-verify'
  /** Not fetched: WebCrypto has to verify a signature, which takes a moment. */
  | 'signature'

/** A fact that a gate cannot know by itself. */
export interface Need {
  readonly kind: NeedKind
  /** Where it is served. */
  /** Empty for a signature. */
  readonly url: string
}

/** What `has` can be asked; everything named must be met. */
export interface HasParams {
  /**
   * A role in the active organization; `admin` and `org:admin` are the same. SuperTokens: a role in
   * the claim `st-role`, by its exact name.
   */
  readonly role?: string
  /** A permission in the active organization, likewise; SuperTokens: in the claim `st-perm`. */
  readonly permission?: string
  /** A feature, of the organization or the user: `x`, `org:x` or `user:x`. */
  readonly feature?: string
  /** A plan, likewise. */
  readonly plan?: string
  /** How long ago the factors may have been verified when the token was made. */
  readonly reverification?:
    | 'strict_mfa'
    | 'strict'
    | 'moderate'
    | 'lax'
    | {
        readonly level: 'first_factor' | 'second_factor' | 'multi_factor'
        readonly afterMinutes: number
      }
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
  /** SuperTokens alone: the tenant, the user of the login method, roles and permissions. */
  readonly tenantId?: string
  readonly recipeUserId?: string
  readonly roles?: readonly string[] | null
  readonly permissions?: readonly string[] | null
  /** The kind of the token; the members below are there for tokens of machines alone. */
  readonly tokenType?: TokenType
  readonly id?: string
  readonly subject?: string
  readonly scopes?: readonly string[]
  readonly machineId?: string
  readonly clientId?: string
  readonly claims?: Readonly<Record<string, unknown>> | null
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
  /** SuperTokens' claims and those of the schema that do not hold; not there when all do. */
  readonly claimErrors?: readonly ClaimValidationError[]
  /** The provider that vouches for the visitor. */
  readonly provider: Provider['kind'] | null
  /** The kind of token found or expected; `null` when it is not an accepted one. */
  readonly tokenType: TokenType | null
  readonly auth: Auth<C>
}

/**
 * What to do with a request.
 *
 * `state` and `auth` are made when somebody looks at them, so a copy by `{ ...decision }` lacks
 * them; `toJSON()` has all.
 */
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
  /** The exact JSON body of the answer, where the provider's clients wait for one. */
  readonly body: string | null
  /** The rule that decided; `null` when none matched. */
  readonly rule: Route | null
  readonly state: AuthState<C>
  readonly auth: Auth<C>
  /** The answer to send; `null` when the request is allowed. */
  toResponse(): Response | null
  /** Every member but the methods. */
  toJSON(): Omit<Decision<C>, 'toResponse' | 'toJSON'>
}

/** Decides about requests. Make one for the life of the process. */
export interface Gate<C extends object = object> {
  /** The full decision: who it is, and whether the routes let that visitor in. */
  check(request: GateRequest): Promise<Decision<C>>
  /** The same without waiting; throws {@link NeedError} when something would have to be fetched. */
  checkSync(request: GateRequest): Decision<C>
  /** Who it is, without looking at routes. */
  authenticate(request: GateRequest, options?: AuthenticateOptions): Promise<AuthState<C>>
  /** The same without waiting; throws {@link NeedError}. */
  authenticateSync(request: GateRequest, options?: AuthenticateOptions): AuthState<C>
  /**
   * The decision by one rule instead of the routes, as Clerk's `auth.protect()` takes it: unless told
   * otherwise, pages are redirected to sign in and all else looks as if it did not exist (404).
   *
   * @throws {ConfigError} for an option that has no meaning.
   */
  protect(request: GateRequest, options?: ProtectOptions): Promise<Decision<C>>
  /** The same without waiting; throws {@link NeedError}. */
  protectSync(request: GateRequest, options?: ProtectOptions): Decision<C>
  /** A redirect to the sign-in page, from where the visitor comes back. */
  redirectToSignIn(request: GateRequest, options?: ReturnOptions): Response
  /** A redirect to the sign-up page, likewise. */
  redirectToSignUp(request: GateRequest, options?: ReturnOptions): Response
  /** Verifies one token that you found yourself. */
  verifyToken(token: string): Promise<TokenResult<C>>
  /** The same without waiting; throws {@link NeedError}. */
  verifyTokenSync(token: string): TokenResult<C>
}
