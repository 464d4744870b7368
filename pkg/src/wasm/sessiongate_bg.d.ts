/**
 * The glue that wasm-bindgen writes for its bundler target, as far as it is used here.
 * All strings are JSON; `types.ts` describes what is in them.
 */

/** A signature engine outside of the module. Neither function throws. */
export interface Host {
  /** A key that {@link verify} takes, or null. */
  importKey(jwk: string): object | null
  /** 1 for valid, 0 for invalid, anything else if it cannot tell; ECDSA signatures are in DER. */
  verify(algorithm: number, key: object, message: Uint8Array, signature: Uint8Array): number
}

/** Bit i stands for the place i of `Algorithm::ALL` in the core. */
export function setHost(host: Host, available: number, preferred: number): void

/** The application's own check of claims; it never throws. */
export interface HostClaimsCheck {
  /**
   * Looks at claims, which are JSON; equal numbers but 0 mean the same claims. `undefined` if they are
   * as they must be, else JSON: `[{ id, reason? }, …]`.
   */
  check(number: number, claims: string): string | undefined
}

/** One gate inside the module: configuration, keys and what was verified before. */
export class GateHandle {
  /** Throws a JSON string `{ code, option, message }` when an option is wrong. */
  constructor(options: string, signature: string | undefined, canWait: boolean)
  /** Where in the memory the text of a request is written, and how many bytes fit there. */
  textAddress(): number
  textLength(): number
  /** The same for its cookies. */
  cookieAddress(): number
  cookieLength(): number
  /** Takes a request that does not fit, for the next question. */
  setRequest(text: string, cookie: string): void
  /** Where in the memory the numbers of the last answer are. */
  recordAddress(): number
  /**
   * About the request of so many bytes, for which `headers` were looked at, one bit for each; `now`
   * is in ms since the epoch.
   */
  check(text: number, cookie: number, headers: number, now: number): void
  authenticate(
    text: number,
    cookie: number,
    headers: number,
    now: number,
    session: string | undefined,
  ): void
  /** Throws a JSON string `{ code, option, message }` when an option is wrong. */
  protect(text: number, cookie: number, headers: number, now: number, options: string): void
  /** The last answer. */
  answer(): string
  /** Of a plain answer the token, the identity and the claims; their lengths are in the numbers. */
  writeState(): void
  /** Once, before the first question. */
  setClaimsCheck(check: HostClaimsCheck): void
  /** `{ result, claims }` with the number of the claims, or `{ need }`. */
  verifyToken(token: string, now: number): string
  /** What WebCrypto says: 0 invalid, 1 valid, 2 for neither; for the next question alone. */
  setVerdict(question: string, verdict: number): void
  /** `undefined` comes back to the request's own address, an empty text to none. */
  signInAddress(
    page: string,
    request: string,
    now: number,
    returnTo: string | undefined,
    isPending: boolean,
  ): string
  /** Hands in a fact that was asked for; throws a JSON string `{ code, message }`. */
  supply(fact: string): void
  free(): void
}

/** Sessions in SuperTokens' core. Throws as a gate does, and `{ code, message, isCore, status }`. */
export class SessionsHandle {
  constructor(options: string)
  /** Requests are texts as a gate takes them, the cookies a line among others. */
  session(request: string, now: number, options: string): string
  sessionOfToken(token: string, antiCsrf: string | undefined, now: number, options: string): string
  supply(fact: string): void
  prepare(request: string, wanted: string, transfer: string): SessionTask
  refresh(request: string, transfer: string): SessionTask
  begin(name: string, given: string): SessionTask
  /** `status` is a number as text, `unreachable` or `incomplete`. */
  answer(task: SessionTask, status: string, body: string, now: number): void
  free(): void
}

/** A function that has begun. */
export class SessionTask {
  /** What it wants sent, or in the end what it gave. */
  readonly text: string
  free(): void
}

/** Path patterns; throws a JSON string `{ code, option, message }` for one that is none. */
export class RouteMatcher {
  constructor(patterns: string)
  /** Throws a JSON string `{ code, message }` for a malformed path. */
  matches(path: string): boolean
  free(): void
}

export function authHas(auth: string, params: string): boolean
export function decodeToken(token: string): string
/**
 * Two JSON texts in, `{ errors, refetch }` out; throws a JSON string `{ code, option, message }`.
 */
export function validateClaims(validators: string, payload: string, now: number): string
export function verifyJws(token: string, keys: string, engine: string | undefined): string
/** Message and signature in base64url. */
export function verifySignature(
  keys: string,
  message: string,
  signature: string,
  engine: string | undefined,
): boolean
export function version(): string

/** Connects the glue with the instance whose exports it calls. */
export function __wbg_set_wasm(exports: WebAssembly.Exports): void
