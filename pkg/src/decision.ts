/** What the core decided, with the methods that JavaScript adds to it. */
import { core } from './core.js'
import { type Head, headerOf } from './request.js'
import type { Auth, AuthState, Decision, HasParams, HeaderPair, Route } from './types.js'

type RawAuth = Omit<Auth, 'has' | 'getToken'>
/** An identity without its claims. */
type Members = Omit<RawAuth, 'sessionClaims'>
export type RawState = Omit<AuthState, 'auth'> & { auth: RawAuth }

/** A decision but for the state. */
export type Verdict = Omit<Decision, 'state' | 'auth' | 'toResponse' | 'toJSON'>

/** A whole decision as the core writes it. */
export type RawDecision = Omit<Verdict, 'rule'> & { rule: number | null; state: RawState }

/** A state that is made when somebody looks at it. */
export interface LazyState<C extends object> {
  state(): AuthState<C>
  auth(): Auth<C>
}

/** A decision whose state costs nothing until somebody looks at it. */
export class KnownDecision<C extends object> implements Decision<C> {
  readonly outcome: Decision['outcome']
  readonly status: number
  readonly location: string | null
  readonly headers: readonly HeaderPair[]
  readonly reason: Decision['reason']
  readonly message: string | null
  readonly body: string | null
  readonly rule: Route | null
  readonly #known: LazyState<C>
  readonly #head: Head

  constructor(verdict: Verdict, known: LazyState<C>, head: Head) {
    this.outcome = verdict.outcome
    this.status = verdict.status
    this.location = verdict.location
    this.headers = verdict.headers
    this.reason = verdict.reason
    this.message = verdict.message
    this.body = verdict.body
    this.rule = verdict.rule
    this.#known = known
    this.#head = head
  }

  get state(): AuthState<C> {
    return this.#known.state()
  }

  get auth(): Auth<C> {
    return this.#known.auth()
  }

  toResponse(): Response | null {
    return this.outcome === 'allow' ? null : responseTo(this.#head, this)
  }

  toJSON(): Omit<Decision<C>, 'toResponse' | 'toJSON'> {
    return { ...this, state: this.state, auth: this.auth }
  }
}

export function ruleOf(routes: readonly Route[], rule: number | null): Route | null {
  return rule === null ? null : (routes[rule] ?? null)
}

/** Makes of verified claims what the application's schema makes of them, when somebody looks. */
export type ShapeClaims = <T extends object>(claims: () => T | null) => () => T | null

/** For a gate without a schema. */
export const asTheyAre: ShapeClaims = (claims) => claims

export function authStateOf<C extends object>(raw: unknown, shape: ShapeClaims): AuthState<C> {
  const state = raw as RawState
  return { ...state, auth: authOf<C>(state, shape) }
}

/** The identity in a state that the core wrote as a whole. */
export function authOf<C extends object>({ auth, token }: RawState, shape: ShapeClaims): Auth<C> {
  const { sessionClaims, ...members } = auth
  // Machines have none.
  if (sessionClaims === undefined)
    return withMethods<C>(
      members,
      () => null,
      () => token,
    )
  return lazyAuth<C>(
    members,
    () => sessionClaims as Auth<C>['sessionClaims'],
    () => token,
    shape,
  )
}

/** What the core says of a signed-in user, in the order of `Auth::user_values` there. */
export type UserValues = readonly [
  provider: AuthState['provider'],
  tokenType: AuthState['tokenType'],
  ...user: unknown[],
]

/** The identity of a signed-in user. Nobody may change it, because it is handed out again. */
export function userOf(values: UserValues): Members {
  const user = {
    isAuthenticated: true,
    userId: values[2] as string | null,
    sessionId: values[3] as string | null,
    sessionStatus: values[4] as string | null,
    actor: deepFrozen(values[5]) as Auth['actor'],
    orgId: values[6] as string | null,
    orgRole: values[7] as string | null,
    orgSlug: values[8] as string | null,
    orgPermissions: deepFrozen(values[9]) as Auth['orgPermissions'],
    factorVerificationAge: deepFrozen(values[10]) as Auth['factorVerificationAge'],
  }
  if (values.length === 11) return user
  const [tenantId, recipeUserId] = [values[11] as string, values[12] as string]
  const roles = deepFrozen(values[13]) as string[] | null
  return { ...user, tenantId, recipeUserId, roles, permissions: deepFrozen(values[14]) as string[] }
}

/** Freezes a value and all in it. */
export function deepFrozen<T>(value: T): T {
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) {
    for (const element of value) deepFrozen(element)
  } else {
    // No list of the members is made: this is done for each new token.
    for (const name in value) deepFrozen(value[name])
  }
  return Object.freeze(value)
}

/**
 * An identity whose claims and token are made when somebody looks at them.
 *
 * The methods are functions of their own, so that they survive `const { has } = auth`. They look at the
 * claims as the token has them.
 */
export function lazyAuth<C extends object>(
  members: Members,
  claims: () => Auth<C>['sessionClaims'],
  getToken: () => string | null,
  shape: ShapeClaims,
): Auth<C> {
  const auth = withMethods<C>(members, claims, getToken)
  new Claims(auth, shape(claims))
  return Object.defineProperty(auth, 'sessionClaims', CLAIMS)
}

function withMethods<C extends object>(
  members: Members,
  claims: () => Auth<C>['sessionClaims'],
  getToken: () => string | null,
): Auth<C> {
  const auth = members as Auth<C>
  auth.has = (params: HasParams) => has(members, claims(), params)
  auth.getToken = getToken
  return auth
}

/** Lets a constructor put its private members into an object that is there already. */
class Given {
  constructor(object: object) {
    // biome-ignore lint/correctness/noConstructorReturn: this is what the class is for.
    return object
  }
}

/** Claims as a hidden member: one getter for all identities keeps them of one shape, and so fast. */
class Claims extends Given {
  readonly #claims: () => unknown

  constructor(auth: object, claims: () => unknown) {
    super(auth)
    this.#claims = claims
  }

  static of(auth: object): unknown {
    return #claims in auth ? auth.#claims() : undefined
  }
}

const CLAIMS: PropertyDescriptor & ThisType<object> = {
  enumerable: true,
  configurable: true,
  get() {
    return Claims.of(this)
  },
}

/** The core decides; it needs only these members, however large the claims are. */
function has(auth: Members, sessionClaims: object | null, params: HasParams): boolean {
  const { userId, orgId, orgRole, orgPermissions, roles, permissions } = auth
  const { fea, pla, fva } = (sessionClaims ?? {}) as Record<string, unknown>
  const members = { userId, orgId, orgRole, orgPermissions, roles, permissions }
  const known = { ...members, sessionClaims: { fea, pla, fva } }
  return core().authHas(JSON.stringify(known), JSON.stringify(params))
}

function responseTo(head: Head, decision: Verdict): Response {
  const { status, location } = decision
  const headers = new Headers()
  for (const [name, value] of decision.headers) headers.append(name, value)
  if (location !== null) {
    headers.set('location', location)
    return new Response(null, { status, headers })
  }
  return new Response(bodyOf(head, decision, headers), { status, headers })
}

/** A sentence for those who look at a page, JSON for programs; the provider's own where it has one. */
function bodyOf(head: Head, { body, reason, message }: Verdict, headers: Headers): string {
  const isPage = headerOf(head, 'accept')?.includes('text/html') ?? false
  if (body !== null && !isPage) {
    headers.set('content-type', 'application/json; charset=utf-8')
    return body
  }
  headers.set('content-type', isPage ? 'text/plain; charset=utf-8' : 'application/json')
  return isPage ? `${message}\n` : `${JSON.stringify({ error: { code: reason, message } })}\n`
}
