/** What the core decided, with the methods that JavaScript adds to it. */
import { core } from './core.js'
import { type Head, headerOf } from './request.js'
import type { Auth, AuthState, Decision, HasParams, HeaderPair, Route } from './types.js'

type RawAuth = Omit<Auth, 'has' | 'getToken'>
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

/** Makes of verified claims what the application's schema makes of them. */
export type ShapeClaims = <T extends object>(claims: T) => T

/** For a gate without a schema. */
export const asTheyAre: ShapeClaims = (claims) => claims

/**
 * The methods are functions of their own, so that they survive `const { has } = auth`. They look at the
 * claims as the token has them.
 */
export function authOf<C extends object>({ auth, token }: RawState, shape: ShapeClaims): Auth<C> {
  const { sessionClaims } = auth
  const shaped = sessionClaims ? { sessionClaims: Object.freeze(shape(sessionClaims)) } : {}
  return {
    ...(auth as Auth<C>),
    ...(shaped as Pick<Auth<C>, 'sessionClaims'>),
    has: (params: HasParams) => has(auth, params),
    getToken: () => token,
  }
}

/** The core decides; it needs only these members, however large the claims are. */
function has(auth: RawAuth, params: HasParams): boolean {
  const { userId, orgId, orgRole, orgPermissions, roles, permissions, sessionClaims } = auth
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
