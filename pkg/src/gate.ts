/** The gate as JavaScript sees it: carries requests in, facts and decisions to and fro. */

import { Border, type CoreAnswer, isNeed } from './border.js'
import { Answers } from './core-answers.js'
import { type CoreNeed, Fetcher } from './effects.js'
import { ConfigError, NeedError } from './errors.js'
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
  TokenResult,
} from './types.js'

/** How often one question may be answered with a need: no more than a few facts ever are missing. */
const MAX_ROUNDS = 8

export class HostGate<C extends object> implements Gate<C> {
  readonly #border: Border
  readonly #answers: Answers<C>
  readonly #clock: () => number
  readonly #fetcher: Fetcher

  constructor(options: GateOptions) {
    const { clock = Date.now, fetch, signature, ...rest } = checked(options)
    this.#clock = clock
    this.#border = new Border(JSON.stringify(rest), signature)
    this.#answers = new Answers<C>(this.#border, rest)
    this.#fetcher = new Fetcher({
      fetch,
      maxBytes: rest.budget?.jwksBytes,
      now: () => this.#now(),
      supply: (fact) => this.#border.supply(fact),
    })
  }

  checkSync(request: GateRequest): Decision<C> {
    const head = headOf(request)
    return this.#answers.decision(known(this.#border.check(head.text, this.#now())), head)
  }

  async check(request: GateRequest): Promise<Decision<C>> {
    const head = headOf(request)
    const ask = () => this.#border.check(head.text, this.#now())
    return this.#answered(ask, (answer) => this.#answers.decision(answer, head))
  }

  authenticateSync(request: GateRequest, options: AuthenticateOptions = {}): AuthState<C> {
    return this.#answers.state(known(this.#authenticate(headOf(request), options)))
  }

  async authenticate(
    request: GateRequest,
    options: AuthenticateOptions = {},
  ): Promise<AuthState<C>> {
    const head = headOf(request)
    const ask = () => this.#authenticate(head, options)
    return this.#answered(ask, (answer) => this.#answers.state(answer))
  }

  protectSync(request: GateRequest, options: ProtectOptions = {}): Decision<C> {
    const head = headOf(request)
    return this.#answers.decision(known(this.#protect(head, options)), head)
  }

  async protect(request: GateRequest, options: ProtectOptions = {}): Promise<Decision<C>> {
    const head = headOf(request)
    const ask = () => this.#protect(head, options)
    return this.#answered(ask, (answer) => this.#answers.decision(answer, head))
  }

  redirectToSignIn(request: GateRequest, options: ReturnOptions = {}): Response {
    return this.#redirect('sign-in', request, options)
  }

  redirectToSignUp(request: GateRequest, options: ReturnOptions = {}): Response {
    return this.#redirect('sign-up', request, options)
  }

  verifyTokenSync(token: string): TokenResult<C> {
    const answer = this.#verifyToken(token)
    if (answer.need !== undefined) throw needError(answer.need)
    return answer.result
  }

  async verifyToken(token: string): Promise<TokenResult<C>> {
    for (let round = 0; round < MAX_ROUNDS; round++) {
      const answer = this.#verifyToken(token)
      if (answer.need === undefined) return answer.result
      await this.#fetcher.serve(answer.need)
    }
    return this.verifyTokenSync(token)
  }

  #authenticate(head: Head, { session }: AuthenticateOptions): CoreAnswer | CoreNeed {
    const options = session === undefined ? undefined : JSON.stringify(session)
    return this.#border.authenticate(head.text, this.#now(), options)
  }

  #protect(head: Head, options: ProtectOptions): CoreAnswer | CoreNeed {
    return this.#border.protect(head.text, this.#now(), JSON.stringify(options))
  }

  #redirect(page: string, request: GateRequest, { returnBackUrl }: ReturnOptions): Response {
    const { text } = headOf(request)
    const returnTo = returnBackUrl === null ? '' : returnBackUrl
    const location = this.#border.signInAddress(page, text, this.#now(), returnTo)
    // The mark by which Clerk's own helpers know such a redirect.
    const mark = { 'x-clerk-redirect-to': 'true', 'cache-control': 'private, no-store' }
    return new Response(null, { status: 307, headers: { location, ...mark } })
  }

  #verifyToken(token: string): { result: TokenResult<C>; need?: CoreNeed } {
    return JSON.parse(this.#border.verifyToken(String(token), this.#now()))
  }

  /** Asks until nothing is needed any more; `read` sees the answer before anybody else asks. */
  async #answered<T>(
    ask: () => CoreAnswer | CoreNeed,
    read: (answer: CoreAnswer) => T,
  ): Promise<T> {
    for (let round = 0; round < MAX_ROUNDS; round++) {
      const answer = ask()
      if (!isNeed(answer)) return read(answer)
      await this.#fetcher.serve(answer)
    }
    return read(known(ask()))
  }

  #now(): number {
    const now = this.#clock()
    // Without a time every token would look unexpired.
    if (!Number.isFinite(now))
      throw new TypeError('`clock` must return the time in ms since the epoch.')
    return Math.trunc(now)
  }
}

function known(answer: CoreAnswer | CoreNeed): CoreAnswer {
  if (isNeed(answer)) throw needError(answer)
  return answer
}

function needError({ kind, request }: CoreNeed): NeedError {
  return new NeedError({ kind, url: request.url })
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
  if (options.signature !== undefined && typeof options.signature !== 'string') {
    throw new ConfigError('wrong-type', 'signature', 'This must be a string.')
  }
  return options
}
