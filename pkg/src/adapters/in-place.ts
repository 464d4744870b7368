/** Web requests that a framework hands on itself: what they carry is changed where it stands. */
import type { Gate } from 'sessiongate'
import { isIdentityHeader } from './identity.js'
import type { Visit } from './visit.js'
import { enter } from './web.js'

/** What of a web request is looked at and changed. */
export interface HeadInPlace {
  readonly method: string
  readonly url: string
  readonly headers: Headers
}

/** A request that came in: turned away with an answer, or let through. */
export type EntryInPlace<C extends object> =
  | { readonly refusal: Response; readonly visit: null }
  | { readonly refusal: null; readonly visit: Visit<C> }

/**
 * Asks the gate about a request. What runs behind sees it without forged headers and with the cookies
 * that are fresh. Its body stays unread.
 */
export async function enterInPlace<C extends object>(
  gate: Gate<C>,
  { method, url, headers }: HeadInPlace,
): Promise<EntryInPlace<C>> {
  const entry = await enter(gate, new Request(url, { method, headers }))
  if (entry.refusal !== null) return { refusal: entry.refusal, visit: null }
  const forged = [...headers.keys()].filter(isIdentityHeader)
  for (const name of forged) headers.delete(name)
  const cookie = entry.request.headers.get('cookie')
  if (cookie !== headers.get('cookie')) headers.set('cookie', cookie ?? '')
  return { refusal: null, visit: entry.visit }
}
