/** What the core decided, with the methods that JavaScript adds to it. */
import { core } from './core.js'
import { type Head, headerOf } from './request.js'
import type { Auth, AuthState, Decision, HasParams, HeaderPair, Route } from './types.js'

type RawAuth = Omit<Auth, 'has' | 'getToken'>
export type RawState = Omit<AuthState, 'auth'> & { auth: RawAuth }
type RawDecision = Omit<Decision, 'rule' | 'state' | 'auth' | 'toResponse'> & {
  rule: number | null
  state: RawState
}

/** The decision about the request that `head` is of. */
export function decisionOf<C extends object>(
  raw: unknown,
  routes: readonly Route[],
  head: Head,
): Decision<C> {
  const decision = raw as RawDecision
  const state = authStateOf<C>(decision.state)
  return {
    ...decision,
    rule: decision.rule === null ? null : (routes[decision.rule] ?? null),
    state,
    auth: state.auth,
    toResponse: () => responseTo(head, decision),
  }
}

export function authStateOf<C extends object>(raw: unknown): AuthState<C> {
  const state = raw as RawState
  return { ...state, auth: authOf<C>(state) }
}

/** The methods are functions of their own, so that they survive `const { has } = auth`. */
export function authOf<C extends object>({ auth, token }: RawState): Auth<C> {
  return {
    ...(auth as Auth<C>),
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

function responseTo(head: Head, decision: RawDecision): Response | null {
  const { outcome, status, location } = decision
  if (outcome === 'allow') return null
  const headers = new Headers()
  for (const [name, value] of decision.headers as HeaderPair[]) headers.append(name, value)
  if (location !== null) {
    headers.set('location', location)
    return new Response(null, { status, headers })
  }
  return new Response(bodyOf(head, decision, headers), { status, headers })
}

/** A sentence for those who look at a page, JSON for programs; the provider's own where it has one. */
function bodyOf(head: Head, { body, reason, message }: RawDecision, headers: Headers): string {
  const isPage = headerOf(head, 'accept')?.includes('text/html') ?? false
  if (body !== null && !isPage) {
    headers.set('content-type', 'application/json; charset=utf-8')
    return body
  }
  headers.set('content-type', isPage ? 'text/plain; charset=utf-8' : 'application/json')
  return isPage ? `${message}\n` : `${JSON.stringify({ error: { code: reason, message } })}\n`
}
