/**
 * Web requests that a framework hands on by itself, so that they are changed and not replaced, and
 * pages that it goes on making while they are sent.
 */
import type { Gate, GateRequest } from 'sessiongate'
import { withFreshCookies } from './fresh-cookies.js'
import { isIdentityHeader } from './identity.js'
import { remember, type Visit } from './visit.js'
import { type Decided, decide } from './web.js'

/** What of a web request is looked at and changed. */
export interface HeadInPlace {
  readonly method: string
  readonly url: string
  readonly headers: Headers
}

/**
 * Asks the gate about a request and cleans it for what runs behind: forged headers go, and cookies
 * are the fresh ones. `url` is where it leads if the framework routes by another address than that of
 * the request, and `headers` are for the gate alone.
 */
export async function enterInPlace<C extends object>(
  gate: Gate<C>,
  request: HeadInPlace,
  { url = request.url, headers = {} }: { url?: string; headers?: Record<string, string> } = {},
): Promise<Decided<C>> {
  const forged = [...request.headers.keys()].filter(isIdentityHeader)
  if (forged.length > 0) change(request, (all) => forged.forEach((name) => void all.delete(name)))
  const decided = await decide(gate, asked(request, url, headers))
  if (decided.refusal !== null) return decided
  const sent = request.headers.get('cookie')
  const fresh = withFreshCookies(sent, decided.visit.decision.headers, new URL(url).pathname)
  if (fresh !== null) change(request, (all) => all.set('cookie', fresh))
  remember(request, decided.visit)
  return decided
}

function asked(request: HeadInPlace, url: string, more: Record<string, string>): GateRequest {
  const names = Object.keys(more)
  if (names.length === 0) return { method: request.method, url, headers: request.headers }
  const headers = new Headers(request.headers)
  for (const name of names) headers.set(name, more[name] as string)
  return { method: request.method, url, headers }
}

/** Changes the headers; where they cannot be changed, as on Workers, the request gets a copy. */
function change(request: HeadInPlace, step: (headers: Headers) => void): void {
  try {
    step(request.headers)
  } catch {
    const headers = new Headers(request.headers)
    step(headers)
    Object.defineProperty(request, 'headers', { value: headers, configurable: true })
  }
}

/**
 * A page whose parts may still look who it is while it is sent, when it is too late to say that it is
 * for one visitor alone: complete, unless that is said already. What is no page streams on.
 *
 * @throws what was thrown while the page was made.
 */
export async function whole<C extends object>(
  visit: Visit<C>,
  answer: Response,
): Promise<Response> {
  const type = answer.headers.get('content-type') ?? ''
  if (visit.isPrivate || answer.body === null || !/^text\/html\b/i.test(type)) return answer
  return new Response(await answer.arrayBuffer(), answer)
}
