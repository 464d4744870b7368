/** The module's handle on sessions: asks the core what a function wants asked, until it is over. */
import { coreWithSuperTokens } from './core.js'
import { type CoreNeed, Fetcher, type Sending, sendOnce } from './effects.js'
import { orAnyError, orConfigError } from './errors.js'
import { type Head, textOf } from './request.js'
import type { RawRefusal, RawSession } from './session.js'
import type { Fetch, SuperTokensProvider } from './types.js'
import type { SessionsHandle, SessionTask } from './wasm/sessiongate_bg.js'

/** How long the core may take for an answer, in ms. */
const TIME_OUT = 15_000
/** Bytes of an answer that are read at most; a list of all handles of a user can be long. */
const MAX_BYTES = 4 * 1024 * 1024
/** How often one question may be answered with a need: no more than a few facts ever are missing. */
const MAX_ROUNDS = 8

/** A session that is about to be made. */
export interface RawNewSession {
  readonly tenantId: string
  readonly userId: string
  readonly recipeUserId: string
  readonly accessTokenPayload: { [claim: string]: unknown }
  readonly sessionDataInDatabase: unknown
  readonly disableAntiCsrf: boolean
  /** How the tokens go to the browser. */
  readonly carrier: string | null
  readonly clearsOther: boolean
}

/** What a function gives: one of these. */
export interface Output {
  readonly prepared?: RawNewSession
  readonly session?: RawSession | null
  readonly refused?: RawRefusal
  readonly value?: unknown
}

interface Step {
  readonly send?: { readonly request: Sending; readonly afterMillis: number }
  readonly done?: Output
}

interface Options {
  readonly provider: SuperTokensProvider
  readonly fetch: Fetch | undefined
  now(): number
}

export class CoreCalls {
  readonly #handle: SessionsHandle
  readonly #fetch: Fetch
  readonly #fetcher: Fetcher
  readonly now: () => number

  constructor({ provider, fetch, now }: Options) {
    const { SessionsHandle } = coreWithSuperTokens()
    this.now = now
    this.#handle = orConfigError(() => new SessionsHandle(JSON.stringify({ provider })))
    this.#fetch = fetch ?? ((url, init) => (globalThis.fetch as Fetch)(url, init))
    const supply = (fact: string) => this.#handle.supply(fact)
    this.#fetcher = new Fetcher({ fetch, maxBytes: undefined, now, supply })
  }

  /** The session of a request. */
  find(head: Head, options: object): Promise<Output> {
    const [request, asked] = [textOf(head), JSON.stringify(options)]
    return this.#found(() => this.#handle.session(request, this.now(), asked))
  }

  /** The session of an access token. */
  findByToken(token: string, antiCsrf: string | undefined, options: object): Promise<Output> {
    const asked = JSON.stringify(options)
    return this.#found(() => this.#handle.sessionOfToken(token, antiCsrf, this.now(), asked))
  }

  prepare(head: Head, wanted: object, transfer: string): Promise<Output> {
    const [request, text] = [textOf(head), JSON.stringify(wanted)]
    return this.#run(() => this.#handle.prepare(request, text, transfer))
  }

  refresh(head: Head, transfer: string): Promise<Output> {
    const request = textOf(head)
    return this.#run(() => this.#handle.refresh(request, transfer))
  }

  /** A function that knows no request. */
  call(name: string, given: object): Promise<Output> {
    const text = JSON.stringify(given)
    return this.#run(() => this.#handle.begin(name, text))
  }

  async #found(ask: () => string): Promise<Output> {
    for (let round = 0; ; round++) {
      const answer: { output: Output; need?: CoreNeed } = JSON.parse(orAnyError(ask))
      if (answer.need === undefined) return answer.output
      if (round === MAX_ROUNDS) throw new Error('sessiongate: the same fact is missing for ever.')
      await this.#fetcher.serve(answer.need)
    }
  }

  async #run(begin: () => SessionTask): Promise<Output> {
    const task = orAnyError(begin)
    try {
      for (;;) {
        const { done, send } = JSON.parse(task.text) as Step
        if (done !== undefined) return done
        if (send !== undefined) await this.#send(task, send.request, send.afterMillis)
      }
    } finally {
      task.free()
    }
  }

  async #send(task: SessionTask, request: Sending, afterMillis: number): Promise<void> {
    if (afterMillis > 0) await new Promise((resolve) => setTimeout(resolve, afterMillis))
    const answer = await sendOnce(uncached(this.#fetch), request, MAX_BYTES, TIME_OUT)
    const [status, body] =
      typeof answer === 'string' ? [answer, ''] : [String(answer.status), answer.body]
    orAnyError(() => this.#handle.answer(task, status, body, this.now()))
  }
}

/**
 * Frameworks keep the answers of `fetch`, and what the core says of a session must be of this
 * moment. Workers of Cloudflare keep nothing, and some versions throw at the word.
 */
function uncached(fetch: Fetch): Fetch {
  const isCloudflare = globalThis.navigator?.userAgent === 'Cloudflare-Workers'
  return isCloudflare ? fetch : (url, init) => fetch(url, { ...init, cache: 'no-store' })
}
