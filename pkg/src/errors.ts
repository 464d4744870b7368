/** What is thrown: only misuse. A refused token or request is a value, never an exception. */
import type { Need } from './types.js'

/** An option of `createGate`, of a provider or of a key is wrong. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError'
  /** The stable code of the mistake. */
  readonly code: string
  /** The name of the option, for instance `provider.jwtKey`. */
  readonly option: string | null

  constructor(code: string, option: string | null, message: string) {
    super(message)
    this.code = code
    this.option = option
  }
}

/** The request cannot be represented, for instance because its URL is relative. */
export class RequestError extends TypeError {
  override readonly name = 'RequestError'
  /** The stable code of the mistake. */
  readonly code: string

  constructor(code: string, message: string) {
    super(message)
    this.code = code
  }
}

/** A synchronous call would have to wait for something, for instance for keys to be fetched. */
export class NeedError extends Error {
  override readonly name = 'NeedError'
  readonly code = 'need'
  /** What would have to be fetched. */
  readonly need: Need

  constructor(need: Need) {
    super(need.kind === 'signature' ? VERIFIED_LATER : fetchedFirst(need))
    this.need = need
  }
}

const VERIFIED_LATER =
  'With `signature: "host"` this runtime verifies signatures asynchronously. ' +
  'Await the asynchronous form of this method, or leave `signature` at `auto`.'

function fetchedFirst({ kind, url }: Need): string {
  return (
    `Something must be fetched first (${kind} from ${url}). ` +
    'Await the asynchronous form of this method, or give the keys to the provider up front.'
  )
}

/** SuperTokens' core could not be asked, or gave no answer that could be used. */
export class CoreError extends Error {
  override readonly name = 'CoreError'
  /** The stable code, such as `core-unreachable`. */
  readonly code: string
  /** The status that the core refused the request with. */
  readonly status: number | null

  constructor(code: string, status: number | null, message: string) {
    super(message)
    this.code = code
    this.status = status
  }
}

/** The package was used before its WebAssembly module was loaded; happens in browsers only. */
export class NotReadyError extends Error {
  override readonly name = 'NotReadyError'
  readonly code = 'not-ready'

  constructor() {
    super('sessiongate is not loaded yet. Call `await ready()` once before anything else.')
  }
}

/** Runs `call`; what the core throws there is about an option. */
export function orConfigError<T>(call: () => T): T {
  return translating(call, ({ code, option, message }) => {
    return new ConfigError(code, option ?? null, message)
  })
}

/** Runs `call`; what the core throws there is about the request. */
export function orRequestError<T>(call: () => T): T {
  return translating(call, ({ code, message }) => new RequestError(code, message))
}

/** Runs `call`; what is thrown there is about an option if it names one, or about the core. */
export function orAnyError<T>(call: () => T): T {
  return translating(call, ({ code, option, message, isCore, status }) => {
    if (isCore === true) return new CoreError(code, status ?? null, message)
    return option === undefined
      ? new RequestError(code, message)
      : new ConfigError(code, option, message)
  })
}

interface Thrown {
  code: string
  option?: string
  message: string
  isCore?: boolean
  status?: number | null
}

/** The core throws JSON texts; anything else is passed on as it is. */
function translating<T>(call: () => T, toError: (thrown: Thrown) => Error): T {
  try {
    return call()
  } catch (thrown) {
    throw typeof thrown === 'string' ? toError(JSON.parse(thrown)) : thrown
  }
}
