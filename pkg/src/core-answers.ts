/** Answers of the core as JavaScript sees them. Of what is asked often, nothing is made twice. */
import type { Border, CoreAnswer } from './border.js'
import { authOf, authStateOf, decisionOf, type RawState } from './decision.js'
import type { Head } from './request.js'
import type { Auth, AuthState, Decision, GateOptions, HeaderPair, Route } from './types.js'

/** The headers of an answer that must not be cached; `src/decision.rs` has the same. */
const PRIVATE: readonly HeaderPair[] = deepFrozen([
  ['cache-control', 'private, no-store'],
  ['vary', 'Cookie'],
])
const NONE: readonly HeaderPair[] = Object.freeze([])
/** As many states are kept as the core keeps tokens, unless the options say otherwise. */
const MAX_STATES = 1_000

const allowed = (): null => null

/** Reads the answers of one gate. */
export class Answers<C extends object> {
  readonly #border: Border
  readonly #routes: readonly Route[]
  readonly #max: number
  /** By the number of their claims, the oldest first. */
  readonly #states = new Map<number, StateOfClaims<C>>()

  constructor(border: Border, { routes, cache }: GateOptions) {
    this.#border = border
    this.#routes = routes ?? []
    this.#max = cache === false ? 0 : (cache?.maxTokens ?? MAX_STATES)
  }

  /** The decision in the last answer. */
  decision(answer: CoreAnswer, head: Head): Decision<C> {
    if (!answer.isPlain) return decisionOf<C>(this.#border.whole(), this.#routes, head)
    const known = this.#known(answer)
    return {
      outcome: 'allow',
      status: answer.status,
      location: null,
      headers: answer.isPrivate ? PRIVATE : NONE,
      reason: null,
      message: null,
      body: null,
      rule: answer.rule === 0 ? null : (this.#routes[answer.rule - 1] ?? null),
      get state() {
        return known.state()
      },
      get auth() {
        return known.auth()
      },
      toResponse: allowed,
    }
  }

  /** The state in the last answer. */
  state(answer: CoreAnswer): AuthState<C> {
    return answer.isPlain ? this.#known(answer).state() : authStateOf<C>(this.#border.whole())
  }

  /** The state that belongs to the claims: read from the core only when they are new. */
  #known({ claims }: CoreAnswer): StateOfClaims<C> {
    let known = this.#states.get(claims)
    if (known !== undefined) return known
    known = new StateOfClaims<C>(this.#border.state())
    if (this.#states.size >= this.#max) {
      for (const oldest of this.#states.keys()) {
        this.#states.delete(oldest)
        break
      }
    }
    if (this.#max > 0) this.#states.set(claims, known)
    return known
  }
}

/** A state that is parsed when somebody looks at it, and once. Nobody may change it, because it is
 * handed out again. */
class StateOfClaims<C extends object> {
  #text: string | null
  #raw: RawState | null = null
  #auth: Auth<C> | null = null

  constructor(text: string) {
    this.#text = text
  }

  state(): AuthState<C> {
    return { ...this.#parsed(), auth: this.auth() }
  }

  auth(): Auth<C> {
    this.#auth ??= Object.freeze(authOf<C>(this.#parsed()))
    return this.#auth
  }

  #parsed(): RawState {
    if (this.#raw === null) {
      this.#raw = deepFrozen(JSON.parse(this.#text as string) as RawState)
      this.#text = null
    }
    return this.#raw
  }
}

function deepFrozen<T>(value: T): T {
  if (typeof value === 'object' && value !== null) {
    for (const member of Object.values(value)) deepFrozen(member)
    Object.freeze(value)
  }
  return value
}
