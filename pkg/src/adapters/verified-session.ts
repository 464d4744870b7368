/** `req.session`: a session that the gate verified, with the methods of `supertokens-node`. */
import {
  type Auth,
  createSessions,
  type NodeAnswer,
  type NodeRequest,
  type RecipeUserId,
  type Session,
  type SessionChange,
  type SessionClaim,
  type SessionInformation,
  type SessionOptions,
  type SessionPayload,
  type SessionRefusal,
  type Sessions,
  type SuperTokensProvider,
} from 'sessiongate'
import type { GateSettings } from './options.js'

/**
 * A verified session. Reading it asks nobody; what changes it, or is known to the core alone, needs
 * the provider's `connectionURI` and is told to the browser by itself.
 */
export interface VerifiedSession {
  getUserId(): string
  getRecipeUserId(): RecipeUserId
  getTenantId(): string
  getHandle(): string
  getAccessToken(): string
  getAccessTokenPayload(): SessionPayload
  getClaimValue<T>(claim: SessionClaim<T>): Promise<T | undefined>
  /** In ms since the epoch. */
  getTimeCreated(): Promise<number>
  /** In ms since the epoch. */
  getExpiry(): Promise<number>
  getSessionDataFromDatabase(): Promise<unknown>
  updateSessionDataInDatabase(newSessionData: unknown): Promise<void>
  /** Members replace claims of the same name, `null` deletes; seen at once by the browser. */
  mergeIntoAccessTokenPayload(update: object): Promise<void>
  setClaimValue<T>(claim: SessionClaim<T>, value: T): Promise<void>
  removeClaim(claim: SessionClaim<unknown>): Promise<void>
  /** Ends the session; the browser is told to forget it. */
  revokeSession(): Promise<void>
}

/**
 * The session ended while it was being used. `status` and `statusCode` are what handlers of errors
 * answer with; the headers that the browser needs are in the answer already.
 */
export class SessionRefusedError extends Error {
  override readonly name = 'SessionRefusedError'
  readonly status: number
  readonly statusCode: number
  /** The whole answer for the client. */
  readonly refusal: SessionRefusal

  constructor(refusal: SessionRefusal) {
    super(refusal.message)
    this.refusal = refusal
    this.status = refusal.status
    this.statusCode = refusal.status
  }
}

/** The functions about sessions of the provider in these options. */
export function sessionsOf<C extends object>({
  provider,
  fetch,
  clock,
}: GateSettings<C>): Sessions {
  const providers = provider === undefined ? [] : [provider].flat()
  const found = providers.find((one) => one.kind === 'supertokens')
  if (found === undefined) {
    throw new Error(
      'sessiongate: changing a session needs `sessionGate({ provider: supertokens({ connectionURI, … }) })`, or `sessions` beside `gate`.',
    )
  }
  return createSessions({ provider: found as SuperTokensProvider, fetch, clock })
}

/** What a session was verified of. */
interface Exchange {
  readonly request: NodeRequest
  readonly response: NodeAnswer
  readonly options: SessionOptions
}

/** The session of a visitor; `undefined` for nobody. */
export function verifiedSession(
  auth: Auth,
  sessions: () => Sessions,
  exchange: Exchange,
): VerifiedSession | undefined {
  return auth.userId === null ? undefined : new SessionAtHand(auth, sessions, exchange)
}

class SessionAtHand implements VerifiedSession {
  readonly #auth: Auth
  readonly #sessions: () => Sessions
  readonly #exchange: Exchange
  /** There once something was changed; it knows the change. */
  #changed: Session | null = null

  constructor(auth: Auth, sessions: () => Sessions, exchange: Exchange) {
    this.#auth = auth
    this.#sessions = sessions
    this.#exchange = exchange
  }

  getUserId(): string {
    return this.#auth.userId ?? ''
  }

  getRecipeUserId(): RecipeUserId {
    const name = this.#auth.recipeUserId ?? this.getUserId()
    return { getAsString: () => name }
  }

  getTenantId(): string {
    return this.#auth.tenantId ?? 'public'
  }

  getHandle(): string {
    return this.#auth.sessionId ?? ''
  }

  getAccessToken(): string {
    return this.#changed?.getAccessToken() ?? this.#auth.getToken() ?? ''
  }

  getAccessTokenPayload(): SessionPayload {
    const claims = this.#auth.sessionClaims as SessionPayload | null
    return this.#changed?.getAccessTokenPayload() ?? claims ?? {}
  }

  async getClaimValue<T>(claim: SessionClaim<T>): Promise<T | undefined> {
    return claim.getValueFromPayload(this.getAccessTokenPayload())
  }

  async getTimeCreated(): Promise<number> {
    return (await this.#information()).timeCreated
  }

  async getExpiry(): Promise<number> {
    return (await this.#information()).expiry
  }

  async getSessionDataFromDatabase(): Promise<unknown> {
    return (await this.#information()).sessionDataInDatabase
  }

  async updateSessionDataInDatabase(newSessionData: unknown): Promise<void> {
    const sessions = this.#sessions()
    if (!(await sessions.updateSessionDataInDatabase(this.getHandle(), newSessionData))) {
      throw gone()
    }
  }

  async mergeIntoAccessTokenPayload(update: object): Promise<void> {
    made(await (await this.#session()).mergeIntoAccessTokenPayload(update))
  }

  async setClaimValue<T>(claim: SessionClaim<T>, value: T): Promise<void> {
    made(await (await this.#session()).setClaimValue(claim, value))
  }

  async removeClaim(claim: SessionClaim<unknown>): Promise<void> {
    made(await (await this.#session()).removeClaim(claim))
  }

  async revokeSession(): Promise<void> {
    await (await this.#session()).revokeSession()
  }

  /** The same session as one that can be changed; what was checked once is not checked again. */
  async #session(): Promise<Session> {
    if (this.#changed !== null) return this.#changed
    const { request, response, options } = this.#exchange
    const asked = { ...options, antiCsrfCheck: false, claimValidators: [], sessionRequired: true }
    const found = await this.#sessions().getSession(request, asked)
    if (!found.ok) {
      found.applyTo(response)
      throw new SessionRefusedError(found)
    }
    found.session.attachTo(response)
    this.#changed = found.session
    return found.session
  }

  async #information(): Promise<SessionInformation> {
    const information = await this.#sessions().getSessionInformation(this.getHandle())
    if (information === undefined) throw gone()
    return information
  }
}

function made(change: SessionChange): void {
  if (!change.ok) throw new SessionRefusedError(change)
}

/** Handlers of errors read the status. */
function gone(): Error {
  const error = new Error('The session does not exist any more.')
  return Object.assign(error, { status: 401, statusCode: 401 })
}
