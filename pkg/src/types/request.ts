/** Requests in every form that a gate takes. */

/** The headers of a request in any of the usual forms. Names are compared without regard to case. */
export type RequestHeaders =
  | { get(name: string): string | null }
  | { readonly [name: string]: string | readonly string[] | undefined }
  | readonly (readonly [name: string, value: string])[]

/** A web `Request`, or anything with its absolute URL, method and headers. */
export interface RequestLike {
  readonly method: string
  /** Absolute, as in `https://app.example/path?query`. */
  readonly url: string
  readonly headers: RequestHeaders
}

/** A request of Node's `http` and `https` servers (`IncomingMessage`), also as Express extends it. */
export interface NodeRequest {
  readonly method?: string | undefined
  /** As Node has it: relative to the host. */
  readonly url?: string | undefined
  /** The URL before a router shortened it, as in Express. */
  readonly originalUrl?: string | undefined
  readonly headers: { readonly [name: string]: string | readonly string[] | undefined }
  readonly socket: object
}

/** Every form of request that a gate takes. */
export type GateRequest = RequestLike | NodeRequest
