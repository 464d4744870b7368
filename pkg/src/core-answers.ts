/** Answers of the core as JavaScript sees them. Of what is asked often, nothing is made twice. */
import type { Border, CoreAnswer, StateText } from './border.js'
import {
  asTheyAre,
  authOf,
  authStateOf,
  deepFrozen,
  KnownDecision,
  type LazyState,
  lazyAuth,
  type RawDecision,
  type RawState,
  ruleOf,
  type ShapeClaims,
  type UserValues,
  userOf,
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
    if (answer.form === 0) return authStateOf<C>(this.#border.whole(), this.#shape(answer.claims))
    const form = this.#forms.get(answer.form, () => ({
      verdict: null,
      state: new KnownState<C>(this.#border.whole() as RawState, asTheyAre),
    }))
    return form.state.state()
  }

  /** The state that belongs to the claims: read from the core only when they are new. */
  #known({ claims }: CoreAnswer): StateOfText<C> {
    return this.#states.get(claims, () => {
      return new StateOfText<C>(this.#border.state(), this.#shape(claims))
    })
  }

  /** What the application's schema makes of the claims with this number. */
  #shape(number: number): ShapeClaims {
    const schema = this.#schema
    return schema === null ? asTheyAre : (claims) => schema.shown(number, claims)
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
    return { verdict, state: new KnownState<C>(state, this.#shape(claims)) }
  }
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

/** How many states are kept. */
export function maxStates(cache: GateOptions['cache']): number {
  return cache === false ? 0 : (cache?.maxTokens ?? MAX_STATES)
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

/** The state of a signed-in user, whose parts are parsed when somebody looks at them, and once. */
class StateOfText<C extends object> implements LazyState<C> {
  readonly #known: StateText
  readonly #shape: ShapeClaims
  #provider: AuthState['provider'] = 'oidc'
  #tokenType: AuthState['tokenType'] = null
  #auth: Auth<C> | null = null
  #claims: Auth<C>['sessionClaims'] = null

  constructor(known: StateText, shape: ShapeClaims) {
    this.#known = known
    this.#shape = shape
  }

  state(): AuthState<C> {
    const auth = this.auth()
    return {
      status: 'signed-in',
      reason: null,
      detail: null,
      message: null,
      headers: NONE,
      token: this.#token(),
      provider: this.#provider,
      tokenType: this.#tokenType,
      auth,
    }
  }

  auth(): Auth<C> {
    if (this.#auth === null) {
      const { text, identity, claims } = this.#known
      const values: UserValues = JSON.parse(text.slice(identity, claims))
      this.#provider = values[0]
      this.#tokenType = values[1]
      const auth = lazyAuth<C>(
        userOf(values),
        () => this.#sessionClaims(),
        () => this.#token(),
        this.#shape,
      )
      this.#auth = Object.freeze(auth)
    }
    return this.#auth
  }

  #sessionClaims(): Auth<C>['sessionClaims'] {
    const { text, claims } = this.#known
    this.#claims ??= deepFrozen(JSON.parse(text.slice(claims)))
    return this.#claims
  }

  #token(): string {
    const { text, identity } = this.#known
    return text.slice(0, identity)
  }
}
