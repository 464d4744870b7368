/** What a gate is made from. */
import type { SessionClaimValidator } from './claims.js'
import type { HasParams } from './decision.js'
import type { SignatureEngine } from './key.js'
import type { Provider, TokenType } from './provider.js'
import type { StandardSchema } from './schema.js'

/** What a route asks of a visitor. */
export type Access = 'public' | 'signed-in' | Requirement

/** At least one of what `has` can be asked; all of it must be met. */
export type Requirement = HasParams &
  (
    | { readonly role: string }
    | { readonly permission: string }
    | { readonly feature: string }
    | { readonly plan: string }
    | { readonly reverification: NonNullable<HasParams['reverification']> }
  )

/** What becomes of visitors who are not let in. */
export interface Denial {
  /**
   * How a signed-out visitor is answered: a redirect for pages and a 401 for the rest (`auto`),
   * always the one or the other, or as if the page did not exist (`hide`).
   */
  readonly onDenied?: 'auto' | 'redirect' | 'status' | 'hide'
  /** The status for a signed-in visitor who lacks something. */
  readonly unauthorizedStatus?: 401 | 403 | 404
  /** Where signed-out visitors are sent instead of the sign-in page. */
  readonly unauthenticatedUrl?: string
  /** Where signed-in visitors who lack something are sent. */
  readonly unauthorizedUrl?: string
}

/** One rule. The first rule whose path matches decides. */
export interface Route extends Denial {
  /** A pattern of path-to-regexp 6, such as `/about`, `/dashboard(.*)`, `/:org/x`, or several. */
  readonly path: string | readonly string[]
  readonly access: Access
  /** SuperTokens: what is asked of a session here, as in `verifySession()`. */
  readonly session?: SessionOptions
}

/** The options of SuperTokens' `verifySession()`; without effect on other providers. */
export interface SessionOptions {
  /**
   * Whether requests without a session are turned away; yes unless given. `false` goes with
   * `access: 'public'`. A session that is there must be in order either way.
   */
  readonly sessionRequired?: boolean
  /** Whether to look for forged requests; unless given, for all methods but GET. */
  readonly antiCsrfCheck?: boolean
  /** Whether the core has to confirm the session. */
  readonly checkDatabase?: boolean
  /** What is asked of the claims, in place of what the provider's `claimValidators` ask. */
  readonly claimValidators?: readonly SessionClaimValidator[]
  /** How tokens travel, in place of the provider's `getTokenTransferMethod`. */
  readonly tokenTransferMethod?: 'any' | 'cookie' | 'header'
}

/** What {@link Gate.authenticate} is asked besides the request. */
export interface AuthenticateOptions {
  /** SuperTokens: what is asked of the session. */
  readonly session?: SessionOptions
}

/** What {@link Gate.protect} asks of a visitor; signed in at least. */
export interface ProtectOptions extends HasParams, Denial {
  /** The kinds of tokens that may come in; session tokens unless given. */
  readonly token?: TokenType | readonly TokenType[] | 'any'
  /** SuperTokens: what is asked of the session, as in `verifySession()`. */
  readonly session?: SessionOptions
}

/** Where a visitor comes back to after signing in or up. */
export interface ReturnOptions {
  /** The request's own address unless given; `null` for nowhere. */
  readonly returnBackUrl?: string | null
}

/** How much input one request may make the gate look at; each has a sensible default. */
export interface Budget {
  /** Bytes of one token. */
  readonly tokenBytes?: number
  /** Bytes of a token's header. */
  readonly headerBytes?: number
  /** Depth of nested JSON. */
  readonly jsonDepth?: number
  /** Members and elements of one JSON text. */
  readonly jsonMembers?: number
  /** Bytes of a `kid`. */
  readonly kidBytes?: number
  /** Bytes of all `Cookie` headers together. */
  readonly cookieBytes?: number
  /** Cookies of one request. */
  readonly cookies?: number
  /** Bytes of a key set. */
  readonly jwksBytes?: number
  /** Keys in a key set. */
  readonly keys?: number
}

/** What of `fetch` is used, for instance to load a key set. */
export type Fetch = (url: string, init: FetchInit) => Promise<FetchedResponse>

/** How something is asked for. */
export interface FetchInit {
  readonly method: string
  readonly headers: [name: string, value: string][]
  readonly body: string | null
  readonly redirect: 'manual'
  /** That no answer may be kept, nor a kept one given. */
  readonly cache?: 'no-store'
  readonly signal: AbortSignal
}

/** What of a web `Response` is looked at. */
export interface FetchedResponse {
  readonly status: number
  readonly headers?: FetchedHeaders
  readonly body: ReadableStream<Uint8Array> | null
}

/** What of a web `Headers` is looked at. */
export interface FetchedHeaders {
  get(name: string): string | null
  getSetCookie?(): string[]
}

/** Options of {@link createGate}. */
export interface GateOptions {
  /** Who vouches for visitors: one provider, or several that are tried in order. */
  readonly provider: Provider | readonly Provider[]
  /** The rules, first match first. */
  readonly routes?: readonly Route[] | undefined
  /**
   * Whether `Host`, `X-Forwarded-Host` and `X-Forwarded-Proto` say where the visitor is; yes unless
   * given. With `false` only the URL of the request counts.
   */
  readonly trustProxy?: boolean | undefined
  /** Which engine verifies signatures; `auto` unless given. Decisions are the same with each. */
  readonly signature?: SignatureEngine | undefined
  /** The limits of input. */
  readonly budget?: Budget | undefined
  /**
   * How many verified tokens are remembered, so that a signature is verified only once; 1 000 unless
   * given, none with `false`. Everything but the signature is looked at on each request.
   */
  readonly cache?: { readonly maxTokens?: number | undefined } | false | undefined
  /** The time in ms since the epoch; `Date.now` unless given. */
  readonly clock?: (() => number) | undefined
  /** Sends what must be sent, for instance to load keys; the global `fetch` unless given. */
  readonly fetch?: Fetch | undefined
}

/** Options of {@link createGate} with a schema for the claims. */
export interface TypedGateOptions<C extends object = object> extends GateOptions {
  /**
   * What the claims of a session must be, as a schema of Zod, Valibot, ArkType or any other library
   * with Standard Schema. `sessionClaims` has its type and, where it transforms, its values.
   *
   * It looks at each token once, after everything else was found right. A session whose claims it
   * refuses is none: the reason is `claims-mismatch`, `state.claimErrors` says which claims and why,
   * and protected routes answer with 403. It must not be asynchronous: the first token then makes the
   * gate throw a {@link ConfigError} with the code `schema-async`.
   */
  readonly claims?: StandardSchema<C> | undefined
}
