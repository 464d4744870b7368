/** What the core needs from outside: key sets, fetched once for all who wait for them. */
import type { Fetch, FetchedResponse, Need } from './types.js'

/** How long an issuer has to answer, in ms. */
const TIME_OUT = 5_000
/** The size of a key set that is read, unless the budget says otherwise. */
const MAX_BYTES = 64 * 1024

interface FetcherOptions {
  readonly fetch: Fetch | undefined
  /** Bytes of a key set that are read at most. */
  readonly maxBytes: number | undefined
  now(): number
  /** Hands a fact, as JSON, to the core. */
  supply(fact: string): void
}

/** Serves the need for keys. It never fails: keys that cannot be had are a fact as well. */
export class KeyFetcher {
  readonly #options: FetcherOptions
  /** The fetch under way for each source. */
  readonly #underWay = new Map<string, Promise<void>>()

  constructor(options: FetcherOptions) {
    this.#options = options
  }

  /** Resolves once the core has what it asked for, or knows that it cannot be had. */
  async serve({ source }: Need): Promise<void> {
    const pending = this.#underWay.get(source)
    if (pending === undefined) return this.#start(source)
    // Some hosts cancel a fetch together with the request that began it, and its promise then never
    // settles: whoever waits for somebody else's fetch waits no longer than a fetch may take.
    const inTime = await withTimer((timer) => Promise.race([pending.then(() => true), timer]))
    if (!inTime && this.#underWay.get(source) === pending) await this.#start(source)
  }

  #start(source: string): Promise<void> {
    const fetching = this.#fetch(source).finally(() => {
      if (this.#underWay.get(source) === fetching) this.#underWay.delete(source)
    })
    this.#underWay.set(source, fetching)
    return fetching
  }

  async #fetch(source: string): Promise<void> {
    const { fetch = globalThis.fetch as Fetch, maxBytes = MAX_BYTES, now, supply } = this.#options
    const jwks = await load(fetch, source, maxBytes)
    const fact = jwks === null ? { kind: 'keys-unavailable' } : { kind: 'keys', jwks }
    supply(JSON.stringify({ ...fact, source, at: now() }))
  }
}

/** The text that `source` serves; `null` when it cannot be had in time, in size or as JSON. */
async function load(fetch: Fetch, source: string, maxBytes: number): Promise<string | null> {
  const abort = new AbortController()
  try {
    const loading = withinSize(fetch, source, maxBytes, abort.signal)
    // The race, because not every `fetch` heeds the signal.
    return await withTimer((timer) => Promise.race([loading, timer.then(() => null)]))
  } catch {
    return null
  } finally {
    abort.abort()
  }
}

async function withinSize(
  fetch: Fetch,
  source: string,
  maxBytes: number,
  signal: AbortSignal,
): Promise<string | null> {
  // `manual` and not `error`, which workers do not know: a redirect then has another status than 200.
  const response = await fetch(source, {
    headers: { accept: 'application/json' },
    redirect: 'manual',
    signal,
  })
  if (response.status !== 200) return null
  const text = await bodyText(response, maxBytes)
  return text !== null && isJson(text) ? text : null
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

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

/** Runs `work` with a promise that becomes `false` after the time-out; the timer is always cleared. */
async function withTimer<T>(work: (timer: Promise<false>) => Promise<T>): Promise<T> {
  let id: ReturnType<typeof setTimeout> | undefined
  const timer = new Promise<false>((resolve) => {
    id = setTimeout(() => resolve(false), TIME_OUT)
  })
  try {
    return await work(timer)
  } finally {
    clearTimeout(id)
  }
}
