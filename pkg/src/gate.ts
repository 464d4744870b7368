/** The gate as JavaScript sees it: carries requests in, facts and decisions to and fro. */
import { core } from './core.js'
import { authStateOf, decisionOf } from './decision.js'
import { type CoreNeed, Fetcher } from './effects.js'
import { ConfigError, NeedError, orAnyError, orConfigError, orRequestError } from './errors.js'
import { type Head, headOf } from './request.js'
import type {
  AuthenticateOptions,
  AuthState,
  Decision,
  Gate,
  GateOptions,
  GateRequest,
  ProtectOptions,
  ReturnOptions,
  Route,
  TokenResult,
} from './types.js'
import type { GateHandle } from './wasm/sessiongate_bg.js'

/** How often one question may be answered with a need: no more than a few facts ever are missing. */
const MAX_ROUNDS = 8

/** What the core answers: what was asked for, or what it needs first. */
type Answer<T> = T & { need?: CoreNeed }

export class HostGate<C extends object> implements Gate<C> {
  readonly #handle: GateHandle
  readonly #clock: () => number
  readonly #fetcher: Fetcher
  readonly #routes: readonly Route[]

  constructor(options: GateOptions) {
    const { GateHandle } = core()
    const { clock = Date.now, fetch, ...rest } = checked(options)
    this.#clock = clock
    this.#routes = rest.routes ?? []
    this.#handle = orConfigError(() => new GateHandle(JSON.stringify(rest)))
    this.#fetcher = new Fetcher({
      fetch,
      maxBytes: rest.budget?.jwksBytes,
      now: () => this.#now(),
      supply: (fact) => this.#handle.supply(fact),
    })
  }

  checkSync(request: GateRequest): Decision<C> {
    const head = headOf(request)
    return this.#decision(head, known(this.#check(head)))
  }

  async check(request: GateRequest): Promise<Decision<C>> {
    const head = headOf(request)
    return this.#decision(head, await this.#answered(() => this.#check(head)))
  }

  authenticateSync(request: GateRequest, options: AuthenticateOptions = {}): AuthState<C> {
    const head = headOf(request)
    return authStateOf<C>(known(this.#authenticate(head, options)).state)
  }

  async authenticate(
    request: GateRequest,
    options: AuthenticateOptions = {},
  ): Promise<AuthState<C>> {
    const head = headOf(request)
    return authStateOf<C>((await this.#answered(() => this.#authenticate(head, options))).state)
  }

  protectSync(request: GateRequest, options: ProtectOptions = {}): Decision<C> {
    const head = headOf(request)
    return this.#decision(head, known(this.#protect(head, options)))
  }

  async protect(request: GateRequest, options: ProtectOptions = {}): Promise<Decision<C>> {
    const head = headOf(request)
    return this.#decision(head, await this.#answered(() => this.#protect(head, options)))
  }

  redirectToSignIn(request: GateRequest, options: ReturnOptions = {}): Response {
    return this.#redirect('sign-in', request, options)
  }

  redirectToSignUp(request: GateRequest, options: ReturnOptions = {}): Response {
    return this.#redirect('sign-up', request, options)
  }

  verifyTokenSync(token: string): TokenResult<C> {
    return known(this.#verifyToken(token)).result
  }

  async verifyToken(token: string): Promise<TokenResult<C>> {
    return (await this.#answered(() => this.#verifyToken(token))).result
  }

  #check({ method, url, headers }: Head): Answer<{ decision: unknown }> {
    return this.#ask((now) => this.#handle.check(method, url, headers, now))
  }

  #authenticate(
    { method, url, headers }: Head,
    { session }: AuthenticateOptions,
  ): Answer<{ state: unknown }> {
    const now = this.#now()
    const text = session === undefined ? undefined : JSON.stringify(session)
    return JSON.parse(orAnyError(() => this.#handle.authenticate(method, url, headers, now, text)))
  }

  #protect({ method, url, headers }: Head, options: ProtectOptions): Answer<{ decision: unknown }> {
    const now = this.#now()
    const text = JSON.stringify(options)
    return JSON.parse(orAnyError(() => this.#handle.protect(method, url, headers, now, text)))
  }

  #redirect(page: string, request: GateRequest, { returnBackUrl }: ReturnOptions): Response {
    const { method, url, headers } = headOf(request)
    const returnTo = returnBackUrl === null ? '' : returnBackUrl
    const location = orAnyError(() =>
      this.#handle.signInAddress(page, method, url, headers, this.#now(), returnTo, false),
    )
    // The mark by which Clerk's own helpers know such a redirect.
    const mark = { 'x-clerk-redirect-to': 'true', 'cache-control': 'private, no-store' }
    return new Response(null, { status: 307, headers: { location, ...mark } })
  }

  #verifyToken(token: string): Answer<{ result: TokenResult<C> }> {
    return this.#ask((now) => this.#handle.verifyToken(String(token), now))
  }

  #ask<T>(question: (now: number) => string): T {
    const now = this.#now()
    return JSON.parse(orRequestError(() => question(now))) as T
  }

  /** Asks until nothing is needed any more. */
  async #answered<T>(ask: () => Answer<T>): Promise<T> {
    for (let round = 0; round < MAX_ROUNDS; round++) {
      const answer = ask()
      if (answer.need === undefined) return answer
      await this.#fetcher.serve(answer.need)
    }
    return known(ask())
  }

  #decision(head: Head, { decision }: { decision: unknown }): Decision<C> {
    return decisionOf<C>(decision, this.#routes, head)
  }

  #now(): number {
    const now = this.#clock()
    // Without a time every token would look unexpired.
    if (!Number.isFinite(now))
      throw new TypeError('`clock` must return the time in ms since the epoch.')
    return Math.trunc(now)
  }
}

function known<T>(answer: Answer<T>): T {
  if (answer.need !== undefined)
    throw new NeedError({ kind: answer.need.kind, url: answer.need.request.url })
  return answer
}

/** The options that are functions; all others are looked at by the core. */
function checked(options: GateOptions): GateOptions {
  if (typeof options !== 'object' || options === null) {
    throw new ConfigError('wrong-type', 'options', 'createGate needs an object of options.')
  }
  for (const name of ['clock', 'fetch'] as const) {
    if (options[name] !== undefined && typeof options[name] !== 'function') {
      throw new ConfigError('wrong-type', name, 'This must be a function.')
    }
  }
  return options
}
