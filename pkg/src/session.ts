/** What the functions about sessions give: a session, a refusal, an answer. */
import { apply } from './answer.js'
import type { SessionClaim } from './claims.js'
import type { CoreCalls } from './core-calls.js'
import { ConfigError } from './errors.js'
import type {
  AnswerTarget,
  HeaderPair,
  NodeAnswer,
  RecipeUserId,
  Session,
  SessionAnswer,
  SessionChange,
  SessionPayload,
  SessionRefusal,
  SessionTokens,
} from './types.js'

/** A session as the core keeps it between two calls. */
export interface RawSession {
  readonly accessToken: string
  readonly frontToken: string
  readonly refreshToken: string | null
  readonly antiCsrfToken: string | null
  readonly handle: string
  readonly userId: string
  readonly recipeUserId: string
  readonly tenantId: string
  readonly payload: SessionPayload
  readonly isUpdated: boolean
  readonly carrier: string | null
  readonly headers: HeaderPair[]
}

/** A refusal without its methods. */
export type RawRefusal = Omit<SessionRefusal, 'applyTo' | 'toResponse'>

/** A refusal or an answer with its methods. */
export function withAnswer<T extends RawRefusal | Omit<SessionAnswer, 'applyTo' | 'toResponse'>>(
  raw: T,
): T & Pick<SessionAnswer, 'applyTo' | 'toResponse'> {
  const headers = uncached(raw.headers)
  return {
    ...Object.assign(raw, { headers }),
    applyTo: (answer) => apply(answer, headers),
    toResponse: () => {
      const json = { 'content-type': 'application/json; charset=utf-8' }
      return apply(new Response(raw.body, { status: raw.status, headers: json }), headers)
    },
  }
}

/** Whatever depends on a session must not get into a cache. */
function uncached(headers: readonly HeaderPair[]): HeaderPair[] {
  return [...headers, ['cache-control', 'private, no-store'], ['vary', 'Cookie']]
}

/** The account that a name or an object of `supertokens-node` stands for. */
export function accountOf(recipeUserId: string | RecipeUserId): RecipeUserId {
  const isObject = typeof recipeUserId === 'object' && recipeUserId !== null
  const name = isObject ? recipeUserId.getAsString() : recipeUserId
  if (typeof name !== 'string') {
    throw new ConfigError('wrong-type', 'recipeUserId', 'This must be a string.')
  }
  return { getAsString: () => name }
}

export class HostSession implements Session {
  readonly #calls: CoreCalls
  #raw: RawSession
  #headers: readonly HeaderPair[]
  /** The answers that get every new header. */
  readonly #attached: (Headers | NodeAnswer)[] = []

  constructor(raw: RawSession, calls: CoreCalls) {
    this.#calls = calls
    this.#raw = raw
    this.#headers = uncached(raw.headers)
  }

  get headers(): readonly HeaderPair[] {
    return this.#headers
  }

  applyTo<T extends AnswerTarget>(answer: T): T {
    return apply(answer, this.#headers)
  }

  attachTo(answer: Headers | NodeAnswer): void {
    apply(answer, this.#headers)
    this.#attached.push(answer)
  }

  getUserId(): string {
    return this.#raw.userId
  }

  getRecipeUserId(): RecipeUserId {
    return accountOf(this.#raw.recipeUserId)
  }

  getTenantId(): string {
    return this.#raw.tenantId
  }

  getHandle(): string {
    return this.#raw.handle
  }

  getAccessToken(): string {
    return this.#raw.accessToken
  }

  getAccessTokenPayload(): SessionPayload {
    return this.#raw.payload
  }

  getAllSessionTokensDangerously(): SessionTokens {
    const { accessToken, isUpdated, refreshToken, frontToken, antiCsrfToken } = this.#raw
    return {
      accessToken,
      accessAndFrontTokenUpdated: isUpdated,
      refreshToken: refreshToken ?? undefined,
      frontToken,
      antiCsrfToken: antiCsrfToken ?? undefined,
    }
  }

  async mergeIntoAccessTokenPayload(update: object): Promise<SessionChange> {
    const given = { session: this.#raw, accessTokenPayloadUpdate: update }
    const { session, refused } = await this.#calls.call('merge', given)
    if (refused !== undefined) {
      this.#tell(refused.headers)
      return withAnswer(refused)
    }
    this.#become(session)
    return { ok: true }
  }

  setClaimValue<T>(claim: SessionClaim<T>, value: T): Promise<SessionChange> {
    return this.mergeIntoAccessTokenPayload(claim.update(value, this.#calls.now()))
  }

  removeClaim(claim: SessionClaim<unknown>): Promise<SessionChange> {
    return this.mergeIntoAccessTokenPayload({ [claim.key]: null })
  }

  async getClaimValue<T>(claim: SessionClaim<T>): Promise<T | undefined> {
    return claim.getValueFromPayload(this.#raw.payload)
  }

  async revokeSession(): Promise<void> {
    const { session } = await this.#calls.call('revoke', { session: this.#raw })
    this.#become(session)
  }

  #become(raw: RawSession | null | undefined): void {
    if (!raw) throw new Error('sessiongate: the module gave no session.')
    this.#raw = raw
    this.#tell(raw.headers)
  }

  #tell(headers: readonly HeaderPair[]): void {
    this.#headers = uncached(headers)
    for (const answer of this.#attached) apply(answer, this.#headers)
  }
}
