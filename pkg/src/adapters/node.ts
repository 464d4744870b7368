/** Requests and answers of Node's servers, for the frameworks that are built on them. */
import type { Gate, NodeAnswer, NodeRequest } from 'sessiongate'
import { nodeSlots } from '../answer.js'
import { withFreshCookies } from './fresh-cookies.js'
import { isIdentityHeader } from './identity.js'
import { misuseAnswer } from './misuse.js'
import { keepFromCaches, remember, Visit } from './visit.js'

/** What of an answer of Node is used to send one. */
export interface NodeResponse extends NodeAnswer {
  statusCode: number
  end(body?: string): unknown
}

/** What of a request of Node is changed: headers that are forged or out of date. */
interface Changeable {
  headers: Record<string, string | readonly string[] | undefined>
  rawHeaders?: string[]
  headersDistinct?: Record<string, unknown>
  cookies?: Record<string, unknown>
}

/**
 * Asks the gate about a request and cleans it for what runs behind. The gate's headers get into the
 * answer when its head is written. Gives the answer to send, or `null` to go on.
 *
 * `target` is what stands for the request in the framework.
 */
export async function enterNode<C extends object>(
  gate: Gate<C>,
  request: NodeRequest,
  answer: NodeAnswer,
  { target = request, origin }: { readonly target?: object; readonly origin?: unknown } = {},
): Promise<Response | null> {
  dropIdentity(request as unknown as Changeable)
  let visit: Visit<C>
  try {
    visit = new Visit(gate, await gate.check(request), origin)
  } catch (error) {
    return misuseAnswer(error)
  }
  const refusal = visit.decision.toResponse()
  if (refusal !== null) return refusal
  freshen(request, visit)
  remember(target, visit)
  beforeHead(answer, () => visit.finish(nodeSlots(answer)))
  return null
}

/** Sends a web answer that turns a request away. */
export async function send(answer: NodeResponse, refusal: Response): Promise<void> {
  const body = await refusal.text()
  answer.statusCode = refusal.status
  for (const [name, value] of headersOf(refusal)) answer.setHeader(name, value)
  answer.end(body)
}

/** The headers of an answer that turns a request away, kept from caches. */
export function headersOf(refusal: Response): [name: string, value: string | string[]][] {
  const known = new Map<string, string | string[]>(refusal.headers)
  const cookies = refusal.headers.getSetCookie()
  known.delete('set-cookie')
  if (cookies.length > 0) known.set('set-cookie', cookies)
  keepFromCaches({
    get: (name) => (known.get(name) as string | undefined) ?? null,
    set: (name, value) => void known.set(name, value),
    delete: (name) => void known.delete(name),
    cookies: () => cookies,
    setCookies: () => {},
  })
  return [...known]
}

function dropIdentity(request: Changeable): void {
  const { headers, rawHeaders } = request
  const forged = Object.keys(headers).filter(isIdentityHeader)
  if (forged.length === 0) return
  for (const name of forged) {
    delete headers[name]
    // Made of the raw ones when somebody first looks.
    delete request.headersDistinct?.[name]
  }
  if (rawHeaders === undefined) return
  for (let at = rawHeaders.length - 2; at >= 0; at -= 2) {
    if (isIdentityHeader(rawHeaders[at] as string)) rawHeaders.splice(at, 2)
  }
}

/** What reads the cookies behind the gate sees those that the gate got. */
function freshen<C extends object>(given: NodeRequest, { decision }: Visit<C>): void {
  const request = given as unknown as Changeable
  const path = (given.originalUrl ?? given.url ?? '/').split('?')[0] as string
  const sent = request.headers.cookie
  const cookie = withFreshCookies(typeof sent === 'string' ? sent : null, decision.headers, path)
  if (cookie === null) return
  request.headers.cookie = cookie
  const raw = request.rawHeaders ?? []
  for (let at = raw.length - 2; at >= 0; at -= 2) {
    if (raw[at]?.toLowerCase() === 'cookie') raw.splice(at, 2)
  }
  raw.push('Cookie', cookie)
}

type WriteHead = (status: number, ...rest: unknown[]) => unknown

/** Calls `finish` once, before the head of an answer is written, when all its headers are set. */
function beforeHead(given: NodeAnswer, finish: () => void): void {
  const answer = given as NodeAnswer & { writeHead: WriteHead }
  const { writeHead } = answer
  let isDone = false
  answer.writeHead = function (this: unknown, status, ...rest) {
    // RFC 9110 section 15.2: what has a status of 1xx is not the answer yet.
    if (isDone || status < 200) return writeHead.call(this, status, ...rest)
    isDone = true
    const reason = typeof rest[0] === 'string' ? [rest[0]] : []
    putHeaders(answer, rest[reason.length])
    finish()
    return writeHead.call(this, status, ...reason)
  }
}

/** The headers that were handed to `writeHead`: an object, pairs, or names and values by turns. */
function putHeaders(answer: NodeAnswer, headers: unknown): void {
  const byName = new Map<string, { readonly name: string; readonly values: string[] }>()
  const put = (given: unknown, value: unknown) => {
    const name = String(given)
    const known = byName.get(name.toLowerCase()) ?? { name, values: [] }
    known.values.push(...(Array.isArray(value) ? value : [value]).map(String))
    byName.set(name.toLowerCase(), known)
  }
  if (Array.isArray(headers)) {
    const pairs = Array.isArray(headers[0]) ? headers : pairsOf(headers)
    for (const [name, value] of pairs) put(name, value)
  } else if (typeof headers === 'object' && headers !== null) {
    for (const [name, value] of Object.entries(headers)) if (value !== undefined) put(name, value)
  }
  for (const { name, values } of byName.values()) {
    answer.setHeader(name, values.length === 1 ? (values[0] as string) : values)
  }
}

function pairsOf(flat: readonly unknown[]): unknown[][] {
  return flat.flatMap((name, at) => (at % 2 === 0 ? [[name, flat[at + 1]]] : []))
}
