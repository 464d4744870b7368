/** What test issuers take and give. */
import type {
  ClerkOptions,
  Fetch,
  JwkSet,
  OidcOptions,
  Provider,
  SuperTokensProvider,
} from '../types.js'
import type { TestClock } from './clock.js'
import type { TestAlgorithm } from './keys.js'
import type { Tampering } from './token.js'

interface IssuerOptions {
  /** The clock of tokens and gates; one that stands still at this moment unless given. */
  readonly clock?: TestClock | undefined
  /** The origin of the application; `https://app.example.com` unless given. */
  readonly origin?: string | undefined
}

/** An issuer of tokens in the form of Clerk. */
export interface ClerkIssuerOptions extends IssuerOptions {
  /**
   * `'clerk'`, or your application's own provider: its keys are then replaced and its secret key is
   * left out, and all else stays.
   */
  readonly provider: 'clerk' | ({ readonly kind: 'clerk' } & ClerkOptions)
}

/** An issuer of tokens in the form of SuperTokens. */
export interface SuperTokensIssuerOptions extends IssuerOptions {
  /** `'supertokens'`, or your application's own provider: its keys are then replaced. */
  readonly provider: 'supertokens' | SuperTokensProvider
}

/** An issuer of tokens in the form of any other issuer, as `oidc` verifies them. */
export interface OidcIssuerOptions extends IssuerOptions {
  /** `'oidc'`, or your application's own provider: its keys and algorithms are then replaced. */
  readonly provider: 'oidc' | ({ readonly kind: 'oidc' } & OidcOptions)
  /** What tokens are signed with; `RS256` unless given. Clerk and SuperTokens know no other. */
  readonly algorithm?: TestAlgorithm | undefined
}

/** What can be asked of every token. */
export interface TestTokenOptions {
  /** Claims besides the usual ones, or in their place; `undefined` leaves one out. */
  readonly claims?: Readonly<Record<string, unknown>> | undefined
  /** Whose session it is. */
  readonly userId?: string | undefined
  /** The session. */
  readonly sessionId?: string | undefined
  /** How many seconds ago the token was made; 1 unless given. Below 0 it is from the future. */
  readonly age?: number | undefined
  /** For how many seconds a token is good; unless given 60 for Clerk, 3 600 for all others. */
  readonly lifetime?: number | undefined
  /** Whether it has expired a minute ago. */
  readonly expired?: boolean | undefined
  /** What is wrong with it; nothing unless given. */
  readonly tamper?: Tampering | undefined
}

/** What can be asked of a token in the form of Clerk. */
export interface ClerkTokenOptions extends TestTokenOptions {
  /** The version of the format; 2 unless given. */
  readonly version?: 1 | 2 | undefined
  /** The active organization. */
  readonly organization?: TestOrganization | undefined
  /** Features, as in `org:search` or `user:export`; version 2 alone has them. */
  readonly features?: readonly string[] | undefined
  /** The plan, as in `org:pro` or `user:free`; version 2 alone has it. */
  readonly plan?: string | undefined
}

/** An active organization, and what the user is and may do in it. */
export interface TestOrganization {
  readonly id: string
  readonly slug?: string | undefined
  /** As in `org:admin`; `org:member` unless given. */
  readonly role?: string | undefined
  /** As in `org:invoices:read`. */
  readonly permissions?: readonly string[] | undefined
}

/** What can be asked of a token in the form of SuperTokens. */
export interface SuperTokensTokenOptions extends TestTokenOptions {
  /** The version of access tokens; 5 unless given. In version 2 claims are in `userData`. */
  readonly version?: 2 | 3 | 4 | 5 | undefined
  /** The tenant; `public` unless given. */
  readonly tenantId?: string | undefined
  /** Roles and permissions, as SuperTokens' user roles put them into tokens. */
  readonly roles?: readonly string[] | undefined
  readonly permissions?: readonly string[] | undefined
}

/** How a request is made. */
export interface TestRequestOptions {
  /** `GET` unless given. */
  readonly method?: string | undefined
  /** Headers besides those of the session. */
  readonly headers?: Readonly<Record<string, string>> | undefined
  readonly body?: string | undefined
  /**
   * How the token travels: as a `cookie` unless given, as a `bearer`, or not at all. A provider without
   * a cookie has `bearer` for its usual way.
   */
  readonly via?: 'cookie' | 'bearer' | 'none' | undefined
  /** Whether somebody waits for a page, as when a link is followed; no unless given. */
  readonly page?: boolean | undefined
}

/** Makes tokens, cookies and requests that a gate with these options takes for real. */
export interface TestIssuer<Token extends TestTokenOptions = TestTokenOptions> {
  /** For `createGate({ ...issuer.options, … })`: nothing is ever fetched, and the clock is the issuer's. */
  readonly options: {
    readonly provider: Provider
    readonly clock: () => number
    /** Fails: a test that gets here would have asked the network. */
    readonly fetch: Fetch
  }
  /** The clock of the tokens and of `options`. */
  readonly clock: TestClock
  /** The public keys. */
  readonly jwks: JwkSet
  /** The public key as PEM, for an application that reads it from `CLERK_JWT_KEY`. */
  readonly publicKey: string
  /** A compact token. */
  token(options?: Token): Promise<string>
  /** The whole `Cookie` header of a signed-in browser. */
  cookie(options?: Token): Promise<string>
  /** The headers of a request: the session's and those that are asked for. */
  headers(options?: Token & TestRequestOptions): Promise<Record<string, string>>
  /**
   * A request for a path of the application, or for an absolute URL. In a browser take `headers()`
   * instead: a `Request` holds no cookies there.
   */
  request(url: string, options?: Token & TestRequestOptions): Promise<Request>
}

/** Makes what Clerk would. */
export type ClerkIssuer = TestIssuer<ClerkTokenOptions>

/** Makes what SuperTokens would. */
export type SuperTokensIssuer = TestIssuer<SuperTokensTokenOptions>

/** Makes what any other issuer would. */
export type OidcIssuer = TestIssuer
