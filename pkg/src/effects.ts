/** What the core needs from outside, fetched once for all who wait for it. */
import type { Fetch, FetchedHeaders, FetchedResponse, HeaderPair, NeedKind } from './types.js'

/** What the core asks for: a request to send as it is. */
export interface CoreNeed {
  readonly kind: Exclude<NeedKind, 'signature'>
  /** Equal keys ask for the same. */
  readonly key: string
  /** Whether one answer serves all who ask at the same time. */
  readonly isShared: boolean
  readonly request: Sending
}

/** A signature that the host has to verify. */
export interface SignatureNeed {
  readonly kind: 'signature'
  /** What `subtle.ts` answers. */
  readonly question: string
}

/** A request, complete. */
export interface Sending {
  readonly method: string
  readonly url: string
  readonly headers: [name: string, value: string][]
  readonly body: string | null
  /** The headers of the answer that the core wants to know. */
  readonly answerHeaders?: readonly string[]
}

/** How long an answer may take, in ms. */
const TIME_OUT = 5_000
/** The bytes of an answer that are read, unless the budget says otherwise. */
const MAX_BYTES = 64 * 1024

interface FetcherOptions {
  readonly fetch: Fetch | undefined
  /** Bytes of an answer that are read at most. */
  readonly maxBytes: number | undefined
  now(): number
  /** Hands a fact, as JSON, to the core. */
  supply(fact: string): void
}

/** Serves needs. It never fails: that no answer came is a fact as well. */
export class Fetcher {
  readonly #options: FetcherOptions
  /** The fetch under way for each key. */
  readonly #underWay = new Map<string, Promise<void>>()

  constructor(options: FetcherOptions) {
    this.#options = options
  }

  /** Resolves once the core has what it asked for, or knows that it cannot be had. */
  async serve(need: CoreNeed): Promise<void> {
    if (!need.isShared) return this.#fetch(need)
    const pending = this.#underWay.get(need.key)
    if (pending === undefined) return this.#start(need)
    // Some hosts cancel a fetch together with the request that began it, and its promise then never
    // settles: whoever waits for somebody else's fetch waits no longer than a fetch may take.
    const inTime = await withTimer((timer) => Promise.race([pending.then(() => true), timer]))
    if (!inTime && this.#underWay.get(need.key) === pending) await this.#start(need)
  }

  #start(need: CoreNeed): Promise<void> {
    const fetching = this.#fetch(need).finally(() => {
      if (this.#underWay.get(need.key) === fetching) this.#underWay.delete(need.key)
    })
    this.#underWay.set(need.key, fetching)
    return fetching
  }

  async #fetch({ key, request }: CoreNeed): Promise<void> {
    const { fetch = globalThis.fetch as Fetch, maxBytes = MAX_BYTES, now, supply } = this.#options
    const answer = await sendOnce(fetch, request, maxBytes, TIME_OUT)
    const fact = typeof answer === 'string' ? null : answer
    supply(JSON.stringify({ key, at: now(), ...fact }))
  }
}

interface Answer {
  readonly status: number
  readonly body: string
  readonly headers: HeaderPair[]
}

/**
 * The answer; `unreachable` when there was no connection, `incomplete` when no whole answer came in
 * time, in size and as text.
 */
export async function sendOnce(
  fetch: Fetch,
  request: Sending,
  maxBytes: number,
  timeOut: number,
): Promise<Answer | 'unreachable' | 'incomplete'> {
  const abort = new AbortController()
  try {
    const sending = exchange(fetch, request, maxBytes, abort.signal)
    const late = (timer: Promise<false>) => timer.then(() => 'incomplete' as const)
    // The race, because not every `fetch` heeds the signal.
    return await withTimer((timer) => Promise.race([sending, late(timer)]), timeOut)
  } finally {
    abort.abort()
  }
}

async function exchange(
  fetch: Fetch,
  { method, url, headers, body, answerHeaders = [] }: Sending,
  maxBytes: number,
  signal: AbortSignal,
): Promise<Answer | 'unreachable' | 'incomplete'> {
  let response: FetchedResponse
  try {
    // `manual` and not `error`, which workers do not know: the status then tells of the redirect.
    response = await fetch(url, { method, headers, body, redirect: 'manual', signal })
  } catch {
    return 'unreachable'
  }
  try {
    const text = await bodyText(response, maxBytes)
    if (text === null) return 'incomplete'
    const found = answerHeaders.flatMap((name) => headerPairs(response.headers, name))
    return { status: response.status, body: text, headers: found }
  } catch {
    return 'incomplete'
  }
}

/** Every header of a name: cookies apart, which no separator could part again. */
function headerPairs(headers: FetchedHeaders | undefined, name: string): HeaderPair[] {
  if (name === 'set-cookie' && typeof headers?.getSetCookie === 'function') {
    return headers.getSetCookie().map((value) => [name, value])
  }
  const value = headers?.get(name) ?? null
  return value === null ? [] : [[name, value]]
}

/** The body as UTF-8; `null` when it is larger than `maxBytes`. */
async function bodyText({ body }: FetchedResponse, maxBytes: number): Promise<string | null> {
  if (body === null) return ''
  const decoder = new TextDecoder('utf-8', { fatal: true })
  const reader = body.getReader()
  let text = ''
  let size = 0
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return text + decoder.decode()
    size += value.byteLength
    if (size > maxBytes) return null
    text += decoder.decode(value, { stream: true })
  }
}

/** Runs `work` with a promise that becomes `false` after the time-out; the timer is always cleared. */
async function withTimer<T>(
  work: (timer: Promise<false>) => Promise<T>,
  timeOut = TIME_OUT,
): Promise<T> {
  let id: ReturnType<typeof setTimeout> | undefined
  const timer = new Promise<false>((resolve) => {
    id = setTimeout(() => resolve(false), timeOut)
  })
  try {
    return await work(timer)
  } finally {
    clearTimeout(id)
  }
}
