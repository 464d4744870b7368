/** One request that came in, what the gate decided about it, and whether the answer depends on that. */
import type { Auth, AuthState, Decision, Gate, HeaderPair } from 'sessiongate'
import type { Slots } from '../answer.js'
import { cookieName, joined } from '../answer.js'

/** What an adapter leaves on a request for `getAuth` and its like. */
export class Visit<C extends object = object> {
  readonly gate: Gate<C>
  readonly decision: Decision<C>
  /** What else is to be known about the request, in the words of its adapter. */
  readonly origin: unknown
  #isPrivate: boolean

  constructor(gate: Gate<C>, decision: Decision<C>, origin?: unknown) {
    this.gate = gate
    this.decision = decision
    this.origin = origin
    // The gate keeps caches away where a rule needs the visitor. Whatever else it says, such as a
    // cookie, is for one visitor as well.
    this.#isPrivate = decision.headers.some(([name]) => !isWord(name))
  }

  /** Whether the answer is for this visitor alone, as far as is known by now. */
  get isPrivate(): boolean {
    return this.#isPrivate
  }

  /** Who it is. Whoever has looked makes an answer that is for this visitor alone. */
  auth(): Auth<C> {
    this.#isPrivate = true
    return this.decision.auth
  }

  /** The same with the reasons. */
  state(): AuthState<C> {
    this.#isPrivate = true
    return this.decision.state
  }

  /** Says that the answer is for this visitor alone. */
  keepPrivate(): void {
    this.#isPrivate = true
  }

  /**
   * Puts the gate's headers into an answer that is about to be sent. What the application set itself
   * stays: its cookies, its headers, and its word to caches if it keeps shared ones away.
   *
   * A page that is the same for everybody stays cacheable, so it tells nothing about the visitor.
   */
  finish(answer: Slots): void {
    for (const [name, value] of this.decision.headers) {
      if (HANDLED.has(name) || (isWord(name) && !this.#isPrivate)) continue
      if (name === EXPOSE) answer.set(name, joined(answer.get(name), value))
      else if (answer.get(name) === null) answer.set(name, value)
    }
    addCookies(answer, this.decision.headers)
    if (this.#isPrivate) keepFromCaches(answer, this.decision.headers)
  }
}

/** Keeps an answer out of caches that several visitors share. */
export function keepFromCaches(answer: Slots, headers: readonly HeaderPair[] = []): void {
  const own = headers.find(([name]) => name === CACHE_CONTROL)?.[1]
  if (!isKeptBack(answer.get(CACHE_CONTROL))) answer.set(CACHE_CONTROL, own ?? PRIVATE)
  if (answer.get(VARY)?.trim() !== '*') answer.set(VARY, joined(answer.get(VARY), 'Cookie'))
}

/** RFC 9111 section 5.2.2: the directives, without regard to case. */
function isKeptBack(value: string | null): boolean {
  const directives = (value ?? '').toLowerCase().split(',')
  return directives.some((one) => one.trim() === 'private' || one.trim() === 'no-store')
}

/** The gate's cookies, before those of the application, which know better. */
function addCookies(answer: Slots, headers: readonly HeaderPair[]): void {
  const own = answer.cookies()
  const names = new Set(own.map(cookieName))
  const added = headers
    .filter(([name, value]) => name === SET_COOKIE && !names.has(cookieName(value)))
    .map(([, value]) => value)
  if (added.length > 0) answer.setCookies([...added, ...own])
}

/** What Clerk says about the visitor for those who debug. */
function isWord(name: string): boolean {
  return name.startsWith('x-clerk-auth-')
}

const CACHE_CONTROL = 'cache-control'
const SET_COOKIE = 'set-cookie'
const VARY = 'vary'
const EXPOSE = 'access-control-expose-headers'
const HANDLED = new Set([CACHE_CONTROL, SET_COOKIE, VARY])
const PRIVATE = 'private, no-store'

/**
 * Where the visit stands on a request, or on what stands for it in a framework. Of the registry of
 * symbols, so that bundlers may have this module twice.
 */
const PLACE = Symbol.for('sessiongate.visit')

/** Leaves the visit on `target`. */
export function remember(target: object, visit: Visit<never>): void
export function remember<C extends object>(target: object, visit: Visit<C>): void
export function remember(target: object, visit: unknown): void {
  Object.defineProperty(target, PLACE, { value: visit, configurable: true })
}

/** The visit that was left there, if any. */
export function recall<C extends object>(target: object): Visit<C> | null {
  return (target as { [PLACE]?: Visit<C> })[PLACE] ?? null
}

/**
 * Who sent the request: what `getAuth` of every adapter is.
 *
 * @throws when the adapter named by `needed` has not seen the request, and for options: whoever asks
 *   for another kind of token, as Clerk's function lets them, must not be given this one.
 */
export function authOf<C extends object>(
  target: object,
  needed: string,
  options?: undefined,
): Auth<C> {
  if (options !== undefined) {
    throw new TypeError(
      'sessiongate: getAuth() takes no options. `acceptsToken` and `treatPendingAsSignedOut` are options of `clerk()`; `requireAuth()` and `gate.protect()` ask for a kind of token.',
    )
  }
  return visitOf<C>(target, needed).auth()
}

/** The visit, or an error that says what is missing. */
export function visitOf<C extends object>(target: object, needed: string): Visit<C> {
  const visit = recall<C>(target)
  if (visit === null) {
    throw new Error(`sessiongate: this request did not come through ${needed}. Add it before.`)
  }
  return visit
}
