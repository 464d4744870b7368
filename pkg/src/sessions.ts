/** Sessions in SuperTokens' core, with the functions of `supertokens-node`. */
import type { SessionClaim } from './claims.js'
import { CoreCalls, type Output } from './core-calls.js'
import { ConfigError } from './errors.js'
import { headOf } from './request.js'
import { accountOf, HostSession, withAnswer } from './session.js'
import type {
  GateRequest,
  NewSessionInput,
  RecipeUserId,
  Session,
  SessionAnswer,
  SessionFunctions,
  SessionInformation,
  SessionOptions,
  SessionRefusal,
  SessionResult,
  Sessions,
  SessionsOptions,
} from './types.js'

/** Options of a call by which there may be no session. */
type Optional = SessionOptions & { readonly sessionRequired: false }

export class HostSessions implements Sessions {
  readonly #calls: CoreCalls
  readonly #options: SessionsOptions

  constructor(options: SessionsOptions) {
    const { provider, fetch, clock = Date.now } = checked(options)
    this.#options = options
    this.#calls = new CoreCalls({ provider, fetch, now: () => timeOf(clock) })
  }

  async createNewSession(
    request: GateRequest,
    tenantId: string,
    recipeUserId: string | RecipeUserId,
    accessTokenPayload?: object,
    sessionDataInDatabase?: unknown,
  ): Promise<Session> {
    const account = accountOf(recipeUserId).getAsString()
    const given = { accessTokenPayload, sessionDataInDatabase }
    const wanted = { tenantId, recipeUserId: account, ...given }
    const transfer = this.#transferMethod(request, true)
    return this.#create(await this.#calls.prepare(headOf(request), wanted, transfer ?? ''))
  }

  async createNewSessionWithoutRequestResponse(
    tenantId: string,
    recipeUserId: string | RecipeUserId,
    accessTokenPayload?: object,
    sessionDataInDatabase?: unknown,
    disableAntiCsrf = false,
  ): Promise<Session> {
    const account = accountOf(recipeUserId).getAsString()
    const given = { accessTokenPayload, sessionDataInDatabase, disableAntiCsrf }
    const wanted = { tenantId, recipeUserId: account, ...given }
    return this.#create(await this.#calls.call('prepare', wanted))
  }

  getSession(request: GateRequest, options: Optional): Promise<SessionResult<Session | null>>
  getSession(request: GateRequest, options?: SessionOptions): Promise<SessionResult>
  async getSession(
    request: GateRequest,
    options: SessionOptions = {},
  ): Promise<SessionResult<Session | null>> {
    const tokenTransferMethod = this.#transferMethod(request, false)
    const asked = { tokenTransferMethod, ...options }
    return this.#result(await this.#calls.find(headOf(request), asked))
  }

  getSessionWithoutRequestResponse(
    accessToken: string,
    antiCsrfToken: string | undefined,
    options: Optional,
  ): Promise<SessionResult<Session | null>>
  getSessionWithoutRequestResponse(
    accessToken: string,
    antiCsrfToken?: string,
    options?: SessionOptions,
  ): Promise<SessionResult>
  async getSessionWithoutRequestResponse(
    accessToken: string,
    antiCsrfToken?: string,
    options: SessionOptions = {},
  ): Promise<SessionResult<Session | null>> {
    return this.#result(await this.#calls.findByToken(String(accessToken), antiCsrfToken, options))
  }

  async refreshSession(request: GateRequest): Promise<SessionResult> {
    const transfer = this.#transferMethod(request, false)
    return this.#certain(await this.#calls.refresh(headOf(request), transfer ?? ''))
  }

  async refreshSessionWithoutRequestResponse(
    refreshToken: string,
    disableAntiCsrf = false,
    antiCsrfToken?: string,
  ): Promise<SessionResult> {
    const given = { refreshToken, disableAntiCsrf, antiCsrfToken }
    return this.#certain(await this.#calls.call('refresh', given))
  }

  async signOut(request: GateRequest): Promise<SessionAnswer | SessionRefusal> {
    const found = await this.getSession(request, { claimValidators: [] })
    if (!found.ok) return found
    await found.session.revokeSession()
    const { headers } = found.session
    return withAnswer({ ok: true, status: 200, body: '{"status":"OK"}', headers })
  }

  mergeIntoAccessTokenPayload(sessionHandle: string, update: object): Promise<boolean> {
    return this.#value('mergeOf', { sessionHandle, accessTokenPayloadUpdate: update })
  }

  setClaimValue<T>(sessionHandle: string, claim: SessionClaim<T>, value: T): Promise<boolean> {
    return this.mergeIntoAccessTokenPayload(sessionHandle, claim.update(value, this.#calls.now()))
  }

  removeClaim(sessionHandle: string, claim: SessionClaim<unknown>): Promise<boolean> {
    return this.mergeIntoAccessTokenPayload(sessionHandle, { [claim.key]: null })
  }

  async getClaimValue<T>(
    sessionHandle: string,
    claim: SessionClaim<T>,
  ): Promise<{ status: 'OK'; value: T | undefined } | { status: 'SESSION_DOES_NOT_EXIST_ERROR' }> {
    const information = await this.getSessionInformation(sessionHandle)
    if (information === undefined) return { status: 'SESSION_DOES_NOT_EXIST_ERROR' }
    const payload = information.customClaimsInAccessTokenPayload
    return { status: 'OK', value: claim.getValueFromPayload(payload) }
  }

  getAllSessionHandlesForUser(
    userId: string,
    fetchSessionsForAllLinkedAccounts = true,
    tenantId?: string,
  ): Promise<string[]> {
    const linkedAccounts = fetchSessionsForAllLinkedAccounts
    return this.#value('handles', { userId, linkedAccounts, tenantId })
  }

  async getSessionInformation(sessionHandle: string): Promise<SessionInformation | undefined> {
    type Raw = Omit<SessionInformation, 'recipeUserId'> & { recipeUserId: string }
    const raw = await this.#value<Raw | null>('information', { sessionHandle })
    return raw === null ? undefined : { ...raw, recipeUserId: accountOf(raw.recipeUserId) }
  }

  updateSessionDataInDatabase(sessionHandle: string, newSessionData: unknown): Promise<boolean> {
    return this.#value('updateData', { sessionHandle, newSessionData: newSessionData ?? {} })
  }

  revokeSession(sessionHandle: string): Promise<boolean> {
    return this.#value('revokeOne', { sessionHandle })
  }

  revokeMultipleSessions(sessionHandles: readonly string[]): Promise<string[]> {
    return this.#value('revokeMultiple', { sessionHandles })
  }

  revokeAllSessionsForUser(
    userId: string,
    revokeSessionsForLinkedAccounts = true,
    tenantId?: string,
  ): Promise<string[]> {
    const linkedAccounts = revokeSessionsForLinkedAccounts
    return this.#value('revokeAll', { userId, linkedAccounts, tenantId })
  }

  /** Lets the application change the session, then makes it. */
  async #create({ prepared }: Output): Promise<Session> {
    if (prepared === undefined) throw new Error('sessiongate: the module prepared no session.')
    const { carrier, clearsOther, recipeUserId, ...rest } = prepared
    const original: SessionFunctions = {
      createNewSession: async ({ userContext: _, ...input }) => {
        const account = accountOf(input.recipeUserId).getAsString()
        const wanted = { ...input, recipeUserId: account, carrier, clearsOther }
        const made = this.#result(await this.#calls.call('create', wanted))
        if (!made.ok || made.session === null) {
          throw new Error('sessiongate: the module made no session.')
        }
        return made.session
      },
    }
    const functions = { ...original, ...this.#options.override?.functions?.(original) }
    const input: NewSessionInput = {
      ...rest,
      recipeUserId: accountOf(recipeUserId),
      userContext: {},
    }
    return functions.createNewSession(input)
  }

  #result({ session, refused }: Output): SessionResult<Session | null> {
    if (refused !== undefined) return withAnswer(refused)
    return { ok: true, session: session ? new HostSession(session, this.#calls) : null }
  }

  /** The result of a function that gives a session or a refusal, nothing else. */
  #certain(output: Output): SessionResult {
    const result = this.#result(output)
    if (!result.ok || result.session !== null) return result as SessionResult
    throw new Error('sessiongate: the module gave no session.')
  }

  async #value<T>(name: string, given: object): Promise<T> {
    return (await this.#calls.call(name, given)).value as T
  }

  #transferMethod(req: GateRequest, forCreateNewSession: boolean): string | undefined {
    return this.#options.getTokenTransferMethod?.({ req, forCreateNewSession })
  }
}

function timeOf(clock: () => number): number {
  const now = clock()
  // Without a time every token would look unexpired.
  if (!Number.isFinite(now)) {
    throw new TypeError('`clock` must return the time in ms since the epoch.')
  }
  return Math.trunc(now)
}

/** The options that are functions; the provider's are looked at by the core. */
function checked(options: SessionsOptions): SessionsOptions {
  if (typeof options !== 'object' || options === null) {
    throw new ConfigError('wrong-type', 'options', 'createSessions needs an object of options.')
  }
  for (const name of ['clock', 'fetch', 'getTokenTransferMethod'] as const) {
    if (options[name] !== undefined && typeof options[name] !== 'function') {
      throw new ConfigError('wrong-type', name, 'This must be a function.')
    }
  }
  const { override } = options
  if (override?.functions !== undefined && typeof override.functions !== 'function') {
    throw new ConfigError('wrong-type', 'override.functions', 'This must be a function.')
  }
  return options
}
