/** The gate as JavaScript sees it: carries requests in, facts and decisions to and fro. */

import { type AnyNeed, Border, type CoreAnswer, isNeed, type Verdict } from './border.js'
import { Answers, maxStates } from './core-answers.js'
import { Fetcher } from './effects.js'
import { ConfigError, NeedError } from './errors.js'
import { type Head, headOf, USUAL } from './request.js'
import { SchemaCheck } from './schema.js'
import { verdictOf } from './subtle.js'
import type {
  AuthenticateOptions,
  AuthState,
  Decision,
  Gate,
  GateRequest,
  ProtectOptions,
  ReturnOptions,
  TokenResult,
  TypedGateOptions,
} from './types.js'

/** How often one question may be answered with a need: no more than a few facts ever are missing. */
const MAX_ROUNDS = 8

/** A request, and what was read of it. */
interface Visit {
  readonly request: GateRequest
  head: Head
  /** Of WebCrypto, about its signatures. */
  verdicts: readonly Verdict[]
}

type Question = (head: Head) => CoreAnswer | AnyNeed

export class HostGate<C extends object> implements Gate<C> {
  readonly #border: Border
  readonly #answers: Answers<C>
  readonly #clock: () => number
  readonly #fetcher: Fetcher
  readonly #schema: SchemaCheck | null
  /** The headers that decisions of this gate have depended on so far. */
  #wanted = USUAL

  constructor(options: TypedGateOptions<C>) {
    const { clock = Date.now, fetch, signature, claims, ...rest } = checked(options)
    this.#clock = clock
    this.#schema = claims === undefined ? null : new SchemaCheck(claims, maxStates(rest.cache))
    this.#border = new Border(JSON.stringify(rest), signature, this.#schema)
    this.#answers = new Answers<C>(this.#border, rest, this.#schema)
    this.#fetcher = new Fetcher({
      fetch,
      maxBytes: rest.budget?.jwksBytes,
      now: () => this.#now(),
      supply: (fact) => this.#border.supply(fact),
    })
  }

  checkSync(request: GateRequest): Decision<C> {
    const visit = this.#visit(request)
    const answer = this.#ask(visit, (head) => this.#border.check(head, this.#now()))
    return this.#answers.decision(known(answer), visit.head)
  }

  async check(request: GateRequest): Promise<Decision<C>> {
    const visit = this.#visit(request)
    return this.#answered(
      visit,
      (head) => this.#border.check(head, this.#now()),
      (answer) => this.#answers.decision(answer, visit.head),
    )
  }

  authenticateSync(request: GateRequest, options: AuthenticateOptions = {}): AuthState<C> {
    const answer = this.#ask(this.#visit(request), this.#authentication(options))
    return this.#answers.state(known(answer))
  }

  async authenticate(
    request: GateRequest,
    options: AuthenticateOptions = {},
  ): Promise<AuthState<C>> {
    return this.#answered(this.#visit(request), this.#authentication(options), (answer) =>
      this.#answers.state(answer),
    )
  }

  protectSync(request: GateRequest, options: ProtectOptions = {}): Decision<C> {
    const visit = this.#visit(request)
    const answer = this.#ask(visit, this.#protection(options))
    return this.#answers.decision(known(answer), visit.head)
  }

  async protect(request: GateRequest, options: ProtectOptions = {}): Promise<Decision<C>> {
    const visit = this.#visit(request)
    return this.#answered(visit, this.#protection(options), (answer) =>
      this.#answers.decision(answer, visit.head),
    )
  }

  redirectToSignIn(request: GateRequest, options: ReturnOptions = {}): Response {
    return this.#redirect('sign-in', request, options)
  }

  redirectToSignUp(request: GateRequest, options: ReturnOptions = {}): Response {
    return this.#redirect('sign-up', request, options)
  }

  verifyTokenSync(token: string): TokenResult<C> {
    const answer = this.#verifyToken(token)
    if (answer.result === undefined) throw needError(answer.need)
    return answer.result
  }

  async verifyToken(token: string): Promise<TokenResult<C>> {
    for (let round = 0; round < MAX_ROUNDS; round++) {
      const answer = this.#verifyToken(token)
      if (answer.result !== undefined) return answer.result
      if (answer.need.kind === 'signature') this.#border.setVerdict(await verdictOf(answer.need))
      else await this.#fetcher.serve(answer.need)
    }
    return this.verifyTokenSync(token)
  }

  #authentication({ session }: AuthenticateOptions): Question {
    const options = session === undefined ? undefined : JSON.stringify(session)
    return (head) => this.#border.authenticate(head, this.#now(), options)
  }

  #protection(options: ProtectOptions): Question {
    const text = JSON.stringify(options)
    return (head) => this.#border.protect(head, this.#now(), text)
  }

  #redirect(page: string, request: GateRequest, { returnBackUrl }: ReturnOptions): Response {
    const returnTo = returnBackUrl === null ? '' : returnBackUrl
    const location = this.#border.signInAddress(page, headOf(request), this.#now(), returnTo)
    // The mark by which Clerk's own helpers know such a redirect.
    const mark = { 'x-clerk-redirect-to': 'true', 'cache-control': 'private, no-store' }
    return new Response(null, { status: 307, headers: { location, ...mark } })
  }

  #verifyToken(token: string): TokenAnswer<C> {
    const { claims, ...answer } = JSON.parse(this.#border.verifyToken(String(token), this.#now()))
    this.#schema?.rethrow()
    const { signature: question, result } = answer
    if (this.#schema !== null && result?.ok) {
      result.claims = this.#schema.applied(claims, result.claims)
    }
    return question === undefined ? answer : { need: { kind: 'signature', question } }
  }

  #visit(request: GateRequest): Visit {
    return { request, head: headOf(request, this.#wanted), verdicts: [] }
  }

  /** Asks; headers that the core misses are read now and from now on. */
  #ask(visit: Visit, question: Question): CoreAnswer | AnyNeed {
    for (;;) {
      for (const verdict of visit.verdicts) this.#border.setVerdict(verdict)
      const answer = question(visit.head)
      this.#schema?.rethrow()
      if (isNeed(answer) || answer.missed === 0) return answer
      this.#wanted |= answer.missed
      visit.head = headOf(visit.request, this.#wanted)
    }
  }

  /** Asks until nothing is needed any more; `read` sees the answer before anybody else asks. */
  async #answered<T>(
    visit: Visit,
    question: Question,
    read: (answer: CoreAnswer) => T,
  ): Promise<T> {
    for (let round = 0; round < MAX_ROUNDS; round++) {
      const answer = this.#ask(visit, question)
      if (!isNeed(answer)) return read(answer)
      if (answer.kind === 'signature') {
        visit.verdicts = [...visit.verdicts, await verdictOf(answer)]
        continue
      }
      // Some facts serve one answer alone, which must then not lack a header.
      visit.head = headOf(visit.request)
      await this.#fetcher.serve(answer)
    }
    return read(known(this.#ask(visit, question)))
  }

  #now(): number {
    const now = this.#clock()
    // Without a time every token would look unexpired.
    if (!Number.isFinite(now))
      throw new TypeError('`clock` must return the time in ms since the epoch.')
    return Math.trunc(now)
  }
}

/** What the core says about a token: the result, or what it has to know first. */
type TokenAnswer<C extends object> =
  | { readonly result: TokenResult<C> }
  | { readonly result?: undefined; readonly need: AnyNeed }

function known(answer: CoreAnswer | AnyNeed): CoreAnswer {
  if (isNeed(answer)) throw needError(answer)
  return answer
}

function needError(need: AnyNeed): NeedError {
  const url = need.kind === 'signature' ? '' : need.request.url
  return new NeedError({ kind: need.kind, url })
}

/** The options that are functions; all others are looked at by the core. */
function checked<C extends object>(options: TypedGateOptions<C>): TypedGateOptions<C> {
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
