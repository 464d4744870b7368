/** The gate inside the module: requests go in as one text, answers come back as numbers first. */
import { core, memory } from './core.js'
import type { CoreNeed } from './effects.js'
import { orAnyError, orConfigError, orRequestError } from './errors.js'
import type { GateHandle } from './wasm/sessiongate_bg.js'

/** The places of the numbers of an answer; `src/wasm/answer.rs` has the same. */
const KIND = 0
const OUTCOME = 1
const STATUS = 2
const RULE = 3
const CLAIMS_LOW = 4
const CLAIMS_HIGH = 5
const IS_PRIVATE = 6
const COUNT = 7

const NEED = 0
const PLAIN = 2

/** A UTF-16 code unit never takes more bytes than this in UTF-8. */
const MAX_BYTES_PER_UNIT = 3

const encoder = new TextEncoder()

/** What the core answered last. Read it before the next question. */
export interface CoreAnswer {
  /** Let in, signed in, nothing to add: the members below say everything. */
  readonly isPlain: boolean
  readonly outcome: number
  readonly status: number
  /** Counted from 1; 0 for none. */
  readonly rule: number
  /** Equal numbers mean the same claims; 0 for none. */
  readonly claims: number
  readonly isPrivate: boolean
}

/** One gate inside the module. */
export class Border {
  readonly #handle: GateHandle
  #bytes: Uint8Array | null = null
  #record: Uint32Array | null = null

  constructor(options: string, signature: string | undefined) {
    const { GateHandle } = core()
    this.#handle = orConfigError(() => new GateHandle(options, signature))
  }

  /** The full decision; a need when a fact is missing. */
  check(request: string, now: number): CoreAnswer | CoreNeed {
    const length = this.#write(request)
    try {
      this.#handle.check(length, now)
    } catch (thrown) {
      orRequestError(() => {
        throw thrown
      })
    }
    return this.#answer()
  }

  authenticate(request: string, now: number, session: string | undefined): CoreAnswer | CoreNeed {
    const length = this.#write(request)
    orAnyError(() => this.#handle.authenticate(length, now, session))
    return this.#answer()
  }

  protect(request: string, now: number, options: string): CoreAnswer | CoreNeed {
    const length = this.#write(request)
    orAnyError(() => this.#handle.protect(length, now, options))
    return this.#answer()
  }

  signInAddress(page: string, request: string, now: number, returnTo: string | undefined): string {
    const length = this.#write(request)
    return orAnyError(() => this.#handle.signInAddress(page, length, now, returnTo, false))
  }

  /** The last answer as a whole. */
  whole(): unknown {
    return JSON.parse(this.#handle.answer())
  }

  /** The state in the last answer, as JSON. */
  state(): string {
    return this.#handle.state()
  }

  verifyToken(token: string, now: number): string {
    return orRequestError(() => this.#handle.verifyToken(token, now))
  }

  supply(fact: string): void {
    this.#handle.supply(fact)
  }

  #answer(): CoreAnswer | CoreNeed {
    let record = this.#record
    if (record === null || record.buffer !== memory()) {
      record = new Uint32Array(memory(), this.#handle.recordAddress(), COUNT)
      this.#record = record
    }
    const kind = record[KIND]
    if (kind === NEED) return this.whole() as CoreNeed
    return {
      isPlain: kind === PLAIN,
      outcome: record[OUTCOME] as number,
      status: record[STATUS] as number,
      rule: record[RULE] as number,
      claims: (record[CLAIMS_HIGH] as number) * 2 ** 32 + (record[CLAIMS_LOW] as number),
      isPrivate: record[IS_PRIVATE] === 1,
    }
  }

  /** Writes a request into the module's memory; gives its length there. */
  #write(request: string): number {
    const bytes = this.#buffer()
    if (request.length * MAX_BYTES_PER_UNIT > bytes.length) return this.#handle.setRequest(request)
    return encoder.encodeInto(request, bytes).written
  }

  /** The memory may have grown, and its old view is then empty. */
  #buffer(): Uint8Array {
    if (this.#bytes === null || this.#bytes.buffer !== memory()) {
      const address = this.#handle.requestAddress()
      this.#bytes = new Uint8Array(memory(), address, this.#handle.requestLength())
    }
    return this.#bytes
  }
}

/** Whether the core needs a fact first. */
export function isNeed(answer: CoreAnswer | CoreNeed): answer is CoreNeed {
  return 'request' in answer
}
