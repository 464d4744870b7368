/** Sessions that SuperTokens' core keeps: making, finding, changing, refreshing and ending them. */
import type { SessionClaim } from '../claims.js'
import type { Reason } from '../reason.js'
import type { ClaimValidationError } from './claims.js'
import type { HeaderPair } from './decision.js'
import type { Fetch, SessionOptions } from './options.js'
import type { SuperTokensProvider } from './provider.js'
import type { GateRequest } from './request.js'

/** Options of {@link createSessions}. */
export interface SessionsOptions {
  /** What {@link supertokens} made; with `connectionURI`. */
  readonly provider: SuperTokensProvider
  /** Sends what must be sent; the global `fetch` unless given. */
  readonly fetch?: Fetch | undefined
  /** The time in ms since the epoch; `Date.now` unless given. */
  readonly clock?: (() => number) | undefined
  /** How tokens travel, in place of the provider's `getTokenTransferMethod`. */
  readonly getTokenTransferMethod?:
    | ((input: {
        readonly req: GateRequest
        readonly forCreateNewSession: boolean
      }) => 'any' | 'cookie' | 'header')
    | undefined
  /** Functions in place of ours, as in `Session.init({ override: { functions } })`. */
  readonly override?:
    | { readonly functions?: (original: SessionFunctions) => Partial<SessionFunctions> }
    | undefined
}

/** The functions that may be replaced. */
export interface SessionFunctions {
  /** Makes a session. The claims are complete but for what the replacement adds. */
  createNewSession(input: NewSessionInput): Promise<Session>
}

/** A session that is about to be made; may be changed before it is handed on. */
export interface NewSessionInput {
  userId: string
  recipeUserId: RecipeUserId
  accessTokenPayload: SessionPayload
  sessionDataInDatabase: unknown
  disableAntiCsrf: boolean
  tenantId: string
  userContext: Record<string, unknown>
}

/** The account by which a user signed in; one user may have several. */
export interface RecipeUserId {
  getAsString(): string
}

/** The claims in an access token. */
export type SessionPayload = { [claim: string]: unknown }

/** Everything about sessions; each function has the name that it has in `supertokens-node`. */
export interface Sessions {
  /** Makes a session for the sender of a request. */
  createNewSession(
    request: GateRequest,
    tenantId: string,
    recipeUserId: string | RecipeUserId,
    accessTokenPayload?: object,
    sessionDataInDatabase?: unknown,
  ): Promise<Session>
  /** The same without a request; nobody gets headers. */
  createNewSessionWithoutRequestResponse(
    tenantId: string,
    recipeUserId: string | RecipeUserId,
    accessTokenPayload?: object,
    sessionDataInDatabase?: unknown,
    disableAntiCsrf?: boolean,
  ): Promise<Session>
  /** The session of a request. With `sessionRequired: false` there may be none: `null`. */
  getSession(
    request: GateRequest,
    options: SessionOptions & { readonly sessionRequired: false },
  ): Promise<SessionResult<Session | null>>
  getSession(request: GateRequest, options?: SessionOptions): Promise<SessionResult>
  /** The session of an access token. */
  getSessionWithoutRequestResponse(
    accessToken: string,
    antiCsrfToken: string | undefined,
    options: SessionOptions & { readonly sessionRequired: false },
  ): Promise<SessionResult<Session | null>>
  getSessionWithoutRequestResponse(
    accessToken: string,
    antiCsrfToken?: string,
    options?: SessionOptions,
  ): Promise<SessionResult>
  /** Refreshes the session of a request: what `POST <apiBasePath>/session/refresh` does. */
  refreshSession(request: GateRequest): Promise<SessionResult>
  /** Refreshes the session of a refresh token. */
  refreshSessionWithoutRequestResponse(
    refreshToken: string,
    disableAntiCsrf?: boolean,
    antiCsrfToken?: string,
  ): Promise<SessionResult>
  /** Ends the session of a request: what `POST <apiBasePath>/signout` does. */
  signOut(request: GateRequest): Promise<SessionAnswer | SessionRefusal>
  /**
   * Changes claims of any session: members replace those of the same name, `null` deletes. Seen once
   * the session is refreshed. `false` when there is no such session.
   */
  mergeIntoAccessTokenPayload(sessionHandle: string, update: object): Promise<boolean>
  setClaimValue<T>(sessionHandle: string, claim: SessionClaim<T>, value: T): Promise<boolean>
  removeClaim(sessionHandle: string, claim: SessionClaim<unknown>): Promise<boolean>
  getClaimValue<T>(
    sessionHandle: string,
    claim: SessionClaim<T>,
  ): Promise<{ status: 'OK'; value: T | undefined } | { status: 'SESSION_DOES_NOT_EXIST_ERROR' }>
  /** The handles of a user's sessions; of all tenants unless one is given. */
  getAllSessionHandlesForUser(
    userId: string,
    fetchSessionsForAllLinkedAccounts?: boolean,
    tenantId?: string,
  ): Promise<string[]>
  /** What the core keeps of a session. */
  getSessionInformation(sessionHandle: string): Promise<SessionInformation | undefined>
  /** Replaces what the database keeps of a session; `false` when there is no such session. */
  updateSessionDataInDatabase(sessionHandle: string, newSessionData: unknown): Promise<boolean>
  /** Ends a session; `false` when there was none. */
  revokeSession(sessionHandle: string): Promise<boolean>
  /** Ends sessions; the handles of those that existed. */
  revokeMultipleSessions(sessionHandles: readonly string[]): Promise<string[]>
  /** Ends a user's sessions, of all tenants unless one is given; their handles. */
  revokeAllSessionsForUser(
    userId: string,
    revokeSessionsForLinkedAccounts?: boolean,
    tenantId?: string,
  ): Promise<string[]>
}

/** Either a session, or what to answer instead. */
export type SessionResult<S = Session> = { readonly ok: true; readonly session: S } | SessionRefusal

/** What an answer can be given to: web headers, a web answer, or one of Node's servers. */
export type AnswerTarget = Headers | Response | NodeAnswer

/** An answer of Node's `http` and `https` servers (`ServerResponse`), also as Express extends it. */
export interface NodeAnswer {
  getHeader(name: string): number | string | string[] | undefined
  setHeader(name: string, value: string | string[]): unknown
  removeHeader(name: string): unknown
}

/** Headers for an answer. */
export interface WithHeaders {
  /** What to add to the answer. */
  readonly headers: readonly HeaderPair[]
  /**
   * Adds the headers to an answer; what the answer had of these tokens before is replaced, and caches
   * are kept away unless it says itself what they may do. Gives the answer back: a copy if it is a
   * `Response` whose headers cannot be changed.
   */
  applyTo<T extends AnswerTarget>(answer: T): T
}

/** A whole answer. */
export interface SessionAnswer extends WithHeaders {
  readonly ok: true
  readonly status: number
  /** JSON. */
  readonly body: string
  toResponse(): Response
}

/** That there is no session, or none that may be used, and how to answer that. */
export interface SessionRefusal extends WithHeaders {
  readonly ok: false
  /** What is wrong, in SuperTokens' own words where it has one. */
  readonly reason: Reason
  /** The exact rule, when `reason` is a broader word. */
  readonly detail: Reason | null
  readonly message: string
  readonly status: number
  /** JSON. */
  readonly body: string
  readonly claimErrors: readonly ClaimValidationError[]
  toResponse(): Response
}

/** A session at hand. */
export interface Session extends WithHeaders {
  getUserId(): string
  getRecipeUserId(): RecipeUserId
  getTenantId(): string
  getHandle(): string
  getAccessToken(): string
  getAccessTokenPayload(): SessionPayload
  getAllSessionTokensDangerously(): SessionTokens
  /**
   * Changes claims of the session, seen at once by the browser and everybody else who gets the new
   * access token: members replace those of the same name, `null` deletes.
   */
  mergeIntoAccessTokenPayload(update: object): Promise<SessionChange>
  setClaimValue<T>(claim: SessionClaim<T>, value: T): Promise<SessionChange>
  removeClaim(claim: SessionClaim<unknown>): Promise<SessionChange>
  getClaimValue<T>(claim: SessionClaim<T>): Promise<T | undefined>
  /** Ends the session; the headers make the browser forget it. */
  revokeSession(): Promise<void>
  /** Adds the headers to an answer, now and whenever there are new ones. */
  attachTo(answer: Headers | NodeAnswer): void
}

/** Whether a session could be changed; if not, it is gone, and its headers say so to the browser. */
export type SessionChange = { readonly ok: true } | SessionRefusal

/** All tokens of a session: whoever has them has the session. */
export interface SessionTokens {
  readonly accessToken: string
  /** Whether access and front token are others than those of the request. */
  readonly accessAndFrontTokenUpdated: boolean
  readonly refreshToken: string | undefined
  readonly frontToken: string
  readonly antiCsrfToken: string | undefined
}

/** What the core keeps of a session. */
export interface SessionInformation {
  readonly sessionHandle: string
  readonly userId: string
  readonly recipeUserId: RecipeUserId
  readonly tenantId: string
  /** In ms since the epoch. */
  readonly timeCreated: number
  /** In ms since the epoch. */
  readonly expiry: number
  readonly sessionDataInDatabase: unknown
  readonly customClaimsInAccessTokenPayload: SessionPayload
}
