/** The gate inside the module: requests go in as one text, answers come back as numbers first. */
import { core, memory } from './core.js'
import type { CoreNeed, SignatureNeed } from './effects.js'
import { orAnyError, orConfigError, orRequestError } from './errors.js'
import { asciiAt, textAt } from './memory-text.js'
import { type Head, textOf } from './request.js'
import { hasSubtle } from './subtle.js'
import type { GateHandle, HostClaimsCheck } from './wasm/sessiongate_bg.js'

/** The places of the numbers of an answer; `src/wasm/answer.rs` has the same. */
const KIND = 0
const OUTCOME = 1
const STATUS = 2
const RULE = 3
const CLAIMS_LOW = 4
const CLAIMS_HIGH = 5
const IS_PRIVATE = 6
const FORM_NUMBER = 7
const LOCATION = 8
const LOCATION_LENGTH = 9
const MISSED = 10
const TOKEN_UNITS = 11
const IDENTITY_UNITS = 12
const STATE = 13
const STATE_LENGTH = 14
const STATE_IS_ASCII = 15
const COUNT = 16

/** The kinds of answers. */
const NEED = 0
const PLAIN = 2
const FORM = 3
const MORE = 4
const SIGNATURE = 5

/** Instead of a length: the request was handed over as strings. */
const TOO_LARGE = 0xffff_ffff

const encoder = new TextEncoder()

/** What the core answered last. Read it before the next question. */
export interface CoreAnswer {
  /** Let in, signed in, nothing to add: the numbers say everything. */
  readonly isPlain: boolean
  readonly outcome: number
  readonly status: number
  /** Counted from 1; 0 for none. */
  readonly rule: number
  /** Equal numbers mean the same claims; 0 for none. */
  readonly claims: number
  readonly isPrivate: boolean
  /** Answers with equal numbers differ in their location alone; 0 for one of its own kind. */
  readonly form: number
  /** Where to redirect to, for an answer with a form. */
  readonly location: string | null
  /** The headers that the core asked for and that were not looked at: then this is no answer. */
  readonly missed: number
}

/** What must be known before there is an answer. */
export type AnyNeed = CoreNeed | SignatureNeed

/** A verified token, the identity in it as JSON, its claims as JSON, and where the latter two begin. */
export interface StateText {
  readonly text: string
  readonly identity: number
  readonly claims: number
}

/** The answer to a question about a signature. */
export interface Verdict {
  readonly question: string
  readonly verdict: number
}

/** One gate inside the module. */
export class Border {
  readonly #handle: GateHandle
  #text: Uint8Array | null = null
  #cookie: Uint8Array | null = null
  #record: Uint32Array | null = null
  /** How many bytes the last request takes. */
  #textBytes = 0
  #cookieBytes = 0

  /** `claims` is asked about the claims of every session. */
  constructor(options: string, signature: string | undefined, claims: HostClaimsCheck | null) {
    const { GateHandle } = core()
    this.#handle = orConfigError(() => new GateHandle(options, signature, hasSubtle()))
    if (claims !== null) this.#handle.setClaimsCheck(claims)
  }

  /** The full decision; a need when a fact is missing. */
  check(head: Head, now: number): CoreAnswer | AnyNeed {
    this.#write(head)
    try {
      this.#handle.check(this.#textBytes, this.#cookieBytes, head.read, now)
    } catch (thrown) {
      orRequestError(() => {
        throw thrown
      })
    }
    return this.#answer()
  }

  authenticate(head: Head, now: number, session: string | undefined): CoreAnswer | AnyNeed {
    this.#write(head)
    const [text, cookie] = [this.#textBytes, this.#cookieBytes]
    orAnyError(() => this.#handle.authenticate(text, cookie, head.read, now, session))
    return this.#answer()
  }

  protect(head: Head, now: number, options: string): CoreAnswer | AnyNeed {
    this.#write(head)
    const [text, cookie] = [this.#textBytes, this.#cookieBytes]
    orAnyError(() => this.#handle.protect(text, cookie, head.read, now, options))
    return this.#answer()
  }

  /** The head must have been read with all headers. */
  signInAddress(page: string, head: Head, now: number, returnTo: string | undefined): string {
    const text = textOf(head)
    return orAnyError(() => this.#handle.signInAddress(page, text, now, returnTo, false))
  }

  /** The last answer as a whole. */
  whole(): unknown {
    return JSON.parse(this.#handle.answer())
  }

  /** The state in the last answer, which was plain. */
  state(): StateText {
    this.#handle.writeState()
    // The text needed memory, whose views are empty once it has grown.
    const record = this.#numbers()
    const [address, length] = [record[STATE] as number, record[STATE_LENGTH] as number]
    const text = record[STATE_IS_ASCII] === 1 ? asciiAt(address, length) : textAt(address, length)
    const identity = record[TOKEN_UNITS] as number
    return { text, identity, claims: identity + (record[IDENTITY_UNITS] as number) }
  }

  verifyToken(token: string, now: number): string {
    return orRequestError(() => this.#handle.verifyToken(token, now))
  }

  /** What WebCrypto says about a signature, for the next question alone. */
  setVerdict({ question, verdict }: Verdict): void {
    this.#handle.setVerdict(question, verdict)
  }

  supply(fact: string): void {
    this.#handle.supply(fact)
  }

  #answer(): CoreAnswer | AnyNeed {
    const record = this.#numbers()
    const kind = record[KIND]
    if (kind === NEED) return this.whole() as CoreNeed
    if (kind === SIGNATURE) return { kind: 'signature', question: this.#handle.answer() }
    return {
      isPlain: kind === PLAIN,
      outcome: record[OUTCOME] as number,
      status: record[STATUS] as number,
      rule: record[RULE] as number,
      claims: (record[CLAIMS_HIGH] as number) * 2 ** 32 + (record[CLAIMS_LOW] as number),
      isPrivate: record[IS_PRIVATE] === 1,
      form: kind === FORM ? (record[FORM_NUMBER] as number) : 0,
      location: kind === FORM ? locationOf(record) : null,
      missed: kind === MORE ? (record[MISSED] as number) : 0,
    }
  }

  #numbers(): Uint32Array {
    let record = this.#record
    if (record === null || record.buffer !== memory()) {
      record = new Uint32Array(memory(), this.#handle.recordAddress(), COUNT)
      this.#record = record
    }
    return record
  }

  /** Writes a request into the module's memory. */
  #write({ text, cookie }: Head): void {
    this.#refreshViews()
    const writtenText = encoder.encodeInto(text, this.#text as Uint8Array)
    if (writtenText.read === text.length) {
      this.#textBytes = writtenText.written
      if (cookie === '') {
        this.#cookieBytes = 0
        return
      }
      const writtenCookie = encoder.encodeInto(cookie, this.#cookie as Uint8Array)
      this.#cookieBytes = writtenCookie.written
      if (writtenCookie.read === cookie.length) return
    }
    // Larger than the buffers, which is rare.
    this.#textBytes = TOO_LARGE
    this.#handle.setRequest(text, cookie)
  }

  /** The memory may have grown, and its old views are then empty. */
  #refreshViews(): void {
    if (this.#text !== null && this.#text.buffer === memory()) return
    const handle = this.#handle
    this.#text = new Uint8Array(memory(), handle.textAddress(), handle.textLength())
    this.#cookie = new Uint8Array(memory(), handle.cookieAddress(), handle.cookieLength())
  }
}

function locationOf(record: Uint32Array): string | null {
  const [address, length] = [record[LOCATION] as number, record[LOCATION_LENGTH] as number]
  return length === 0 ? null : textAt(address, length)
}

/** Whether the core needs a fact first. */
export function isNeed(answer: CoreAnswer | AnyNeed): answer is AnyNeed {
  return 'kind' in answer
}
