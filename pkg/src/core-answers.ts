/** Answers of the core as JavaScript sees them. Of what is asked often, nothing is made twice. */
import type { Border, CoreAnswer } from './border.js'
import {
  asTheyAre,
  authOf,
  KnownDecision,
  type LazyState,
  type RawDecision,
  type RawState,
  ruleOf,
  type ShapeClaims,
  type Verdict,
} from './decision.js'
import { Recent } from './recent.js'
import type { Head } from './request.js'
import type { SchemaCheck } from './schema.js'
import type { Auth, AuthState, Decision, GateOptions, HeaderPair, Route } from './types.js'

/** The headers of an answer that must not be cached; `src/decision.rs` has the same. */
const PRIVATE: readonly HeaderPair[] = deepFrozen([
  ['cache-control', 'private, no-store'],
  ['vary', 'Cookie'],
])
const NONE: readonly HeaderPair[] = Object.freeze([])
/** As many states are kept as the core keeps tokens, unless the options say otherwise. */
const MAX_STATES = 1_000
/** As many forms as the core keeps. */
const MAX_FORMS = 32

/** Reads the answers of one gate. */
export class Answers<C extends object> {
  readonly #border: Border
  readonly #routes: readonly Route[]
  /** By the number of their claims. */
  readonly #states: Recent<StateOfText<C>>
  /** By their numbers. */
  readonly #forms = new Recent<Form<C>>(MAX_FORMS)
  /** What is said of those who are let in: by the place of the rule, and whether it is private. */
  readonly #verdicts: Verdict[] = []
  readonly #schema: SchemaCheck | null

  constructor(border: Border, { routes, cache }: GateOptions, schema: SchemaCheck | null) {
    this.#border = border
    this.#routes = routes ?? []
    this.#states = new Recent(maxStates(cache))
    this.#schema = schema
  }

  /** The decision in the last answer. */
  decision(answer: CoreAnswer, head: Head): Decision<C> {
    if (answer.isPlain) return new KnownDecision(this.#allowed(answer), this.#known(answer), head)
    if (answer.form === 0) {
      const { verdict, state } = this.#whole(answer.claims)
      return new KnownDecision(verdict, state, head)
    }
    const form = this.#forms.get(answer.form, () => this.#whole(0))
    return new KnownDecision(withLocation(form.verdict, answer.location), form.state, head)
  }

  /** The state in the last answer. */
  state(answer: CoreAnswer): AuthState<C> {
    if (answer.isPlain) return this.#known(answer).state()
    if (answer.form === 0) {
      const raw = this.#border.whole() as RawState
      return { ...raw, auth: authOf<C>(raw, this.#shaper(answer.claims)) }
    }
    const form = this.#forms.get(answer.form, () => ({
      verdict: null,
      state: new KnownState<C>(this.#border.whole() as RawState, asTheyAre),
    }))
    return form.state.state()
  }

  /** The state that belongs to the claims: read from the core only when they are new. */
  #known({ claims }: CoreAnswer): StateOfText<C> {
    return this.#states.get(claims, () => {
      return new StateOfText<C>(this.#border.state(), this.#shaper(claims))
    })
  }

  /** What the application's schema makes of the claims with this number. */
  #shaper(number: number): ShapeClaims {
    const schema = this.#schema
    return schema === null ? asTheyAre : (claims) => schema.applied(number, claims)
  }

  #allowed({ status, rule, isPrivate }: CoreAnswer): Verdict {
    const place = rule * 2 + (isPrivate ? 1 : 0)
    this.#verdicts[place] ??= {
      outcome: 'allow',
      status,
      location: null,
      headers: isPrivate ? PRIVATE : NONE,
      reason: null,
      message: null,
      body: null,
      rule: ruleOf(this.#routes, rule === 0 ? null : rule - 1),
    }
    return this.#verdicts[place]
  }

  #whole(claims: number): Form<C> & { verdict: Verdict } {
    const { state, rule, ...rest } = this.#border.whole() as RawDecision
    const verdict = { ...rest, rule: ruleOf(this.#routes, rule) }
    return { verdict, state: new KnownState<C>(state, this.#shaper(claims)) }
  }
}

/** How many states are kept. */
export function maxStates(cache: GateOptions['cache']): number {
  return cache === false ? 0 : (cache?.maxTokens ?? MAX_STATES)
}

/** What all answers with one number have in common. */
interface Form<C extends object> {
  /** None for the form of a state. */
  readonly verdict: Verdict | null
  readonly state: LazyState<C>
}

/** The verdict with this location in place of that of the first answer of its form. */
function withLocation(verdict: Verdict | null, location: string | null): Verdict {
  const own = verdict as Verdict
  if (own.location === location) return own
  const headers = own.headers.map((pair): HeaderPair => {
    return pair[0] === 'location' ? ['location', location as string] : pair
  })
  return { ...own, location, headers }
}

/** A state. Nobody may change it, because it is handed out again. */
class KnownState<C extends object> implements LazyState<C> {
  readonly #raw: RawState
  readonly #shape: ShapeClaims
  #auth: Auth<C> | null = null

  constructor(raw: RawState, shape: ShapeClaims) {
    this.#raw = deepFrozen(raw)
    this.#shape = shape
  }

  state(): AuthState<C> {
    return { ...this.#raw, auth: this.auth() }
  }

  auth(): Auth<C> {
    this.#auth ??= Object.freeze(authOf<C>(this.#raw, this.#shape))
    return this.#auth
  }
}

/** A state that is parsed when somebody looks at it, and once. */
class StateOfText<C extends object> implements LazyState<C> {
  #text: string
  readonly #shape: ShapeClaims
  #known: KnownState<C> | null = null

  constructor(text: string, shape: ShapeClaims) {
    this.#text = text
    this.#shape = shape
  }

  state(): AuthState<C> {
    return this.#parsed().state()
  }

  auth(): Auth<C> {
    return this.#parsed().auth()
  }

  #parsed(): KnownState<C> {
    if (this.#known === null) {
      this.#known = new KnownState(JSON.parse(this.#text) as RawState, this.#shape)
      this.#text = ''
    }
    return this.#known
  }
}

function deepFrozen<T>(value: T): T {
  if (typeof value === 'object' && value !== null) {
    // No list of the members is made: this is done for each new token.
    for (const name in value) {
      const member = value[name]
      if (typeof member === 'object') deepFrozen(member)
    }
    Object.freeze(value)
  }
  return value
}
