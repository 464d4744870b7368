/** Requests and answers of the web, for every framework that has them. */
import type { Gate, GateRequest } from 'sessiongate'
import { changeable, webSlots } from '../answer.js'
import { withFreshCookies } from './fresh-cookies.js'
import { isIdentityHeader } from './identity.js'
import { misuseAnswer } from './misuse.js'
import { keepFromCaches, remember, Visit } from './visit.js'

/** A request that came in: turned away with an answer, or let through. */
export type Entry<C extends object> =
  | { readonly refusal: Response; readonly visit: Visit<C> | null }
  | {
      readonly refusal: null
      readonly visit: Visit<C>
      /** What is to be handed on: without forged headers, with the cookies that are fresh. */
      readonly request: Request
    }

/** Asks the gate about a request. */
export async function enter<C extends object>(gate: Gate<C>, given: Request): Promise<Entry<C>> {
  const request = withoutIdentity(given)
  const decided = await decide(gate, request)
  if (decided.refusal !== null) return decided
  const forwarded = refreshed(request, decided.visit)
  remember(forwarded, decided.visit)
  return { ...decided, request: forwarded }
}

/** What was decided about a request, and the answer that turns it away. */
export type Decided<C extends object> =
  | { readonly refusal: Response; readonly visit: Visit<C> | null }
  | { readonly refusal: null; readonly visit: Visit<C> }

/** Asks the gate about a request that brings no forged headers. */
export async function decide<C extends object>(
  gate: Gate<C>,
  request: GateRequest,
): Promise<Decided<C>> {
  let visit: Visit<C>
  try {
    visit = new Visit(gate, await gate.check(request))
  } catch (error) {
    return { refusal: misuseAnswer(error), visit: null }
  }
  const refusal = visit.decision.toResponse()
  if (refusal !== null) keepFromCaches(webSlots(refusal.headers))
  return { refusal, visit }
}

/**
 * The answer of an application with what the gate adds; a copy if it cannot be changed. What is no
 * answer, or one that changes the protocol (a WebSocket), stays as it is: a copy would be none.
 */
export function finished<C extends object>(visit: Visit<C>, given: Response): Response {
  if (given === undefined || given.status < 200) return given
  const answer = changeable(given)
  visit.finish(webSlots(answer.headers))
  return answer
}

/** A request without the headers that only a gate may set. */
export function withoutIdentity(request: Request): Request {
  const forged = [...request.headers.keys()].filter(isIdentityHeader)
  if (forged.length === 0) return request
  const headers = new Headers(request.headers)
  for (const name of forged) headers.delete(name)
  return withHeaders(request, headers)
}

function refreshed<C extends object>(request: Request, { decision }: Visit<C>): Request {
  // Most visits bring no cookie, and then nothing has to be read.
  if (decision.headers.length === 0) return request
  const { pathname } = new URL(request.url)
  const cookie = withFreshCookies(request.headers.get('cookie'), decision.headers, pathname)
  if (cookie === null) return request
  const headers = new Headers(request.headers)
  headers.set('cookie', cookie)
  return withHeaders(request, headers)
}

/** The same request with other headers; without its body if somebody has read that already. */
function withHeaders(request: Request, headers: Headers): Request {
  if (!request.bodyUsed) return new Request(request, { headers })
  return new Request(request.url, { method: request.method, headers, signal: request.signal })
}
