/** Who vouches for visitors. */
import type { SessionClaimValidator } from './claims.js'
import type { Algorithm, JwkSet } from './key.js'

/** Options of {@link clerk}; each falls back to Clerk's environment variable, where it has one. */
export interface ClerkOptions {
  /** `pk_live_…` or `pk_test_…`; names the instance. `CLERK_PUBLISHABLE_KEY`. */
  readonly publishableKey?: string | undefined
  /**
   * `sk_live_…` or `sk_test_…`: lets the gate ask the Backend API for keys, for what a handshake
   * nonce stands for, and for fresh tokens. `CLERK_SECRET_KEY`.
   */
  readonly secretKey?: string | undefined
  /** The instance's public key in PEM form: nothing is fetched for keys. `CLERK_JWT_KEY`. */
  readonly jwtKey?: string | undefined
  /** The instance's key set: nothing is ever fetched. */
  readonly jwks?: JwkSet | undefined
  /** The origins that tokens may have been made for (`azp`). Set it: it stops stolen tokens. */
  readonly authorizedParties?: readonly string[] | undefined
  /** Whether a token without `azp` passes although parties are set; `strict` unless given. */
  readonly azp?: 'strict' | 'if-present' | undefined
  /** The audiences to accept (`aud`). */
  readonly audience?: string | readonly string[] | undefined
  /** By how much clocks may differ, in ms; 5 000 unless given. */
  readonly clockSkewInMs?: number | undefined
  /** The issuer to require (`iss`); Clerk itself does not check it. */
  readonly issuer?: string | undefined
  /** The domain of a satellite application. `CLERK_DOMAIN`. */
  readonly domain?: string | undefined
  /** Whether this is a satellite of an application on another domain. `CLERK_IS_SATELLITE`. */
  readonly isSatellite?: boolean | undefined
  /** Whether a satellite asks the primary domain on the first visit already. */
  readonly satelliteAutoSync?: boolean | undefined
  /** The Frontend API through a proxy: a path or an absolute URL. `CLERK_PROXY_URL`. */
  readonly proxyUrl?: string | undefined
  /** Where signed-out visitors are sent: a path or an absolute URL. `CLERK_SIGN_IN_URL`. */
  readonly signInUrl?: string | undefined
  /** Where visitors sign up: a path or an absolute URL. `CLERK_SIGN_UP_URL`. */
  readonly signUpUrl?: string | undefined
  /** Paths that name the organization, or the personal account, that is to be active. */
  readonly organizationSyncOptions?:
    | {
        /** With `:id` or `:slug`, as in `/orgs/:slug(.*)`. */
        readonly organizationPatterns?: readonly string[] | undefined
        readonly personalAccountPatterns?: readonly string[] | undefined
      }
    | undefined
  /** Development: origins of satellites that may ask who is signed in, besides this machine. */
  readonly allowedRedirectOrigins?: readonly string[] | undefined
  /** The kinds of tokens to accept; session tokens unless given. */
  readonly acceptsToken?: TokenType | readonly TokenType[] | 'any' | undefined
  /** Whether a pending session counts as signed out; yes unless given. */
  readonly treatPendingAsSignedOut?: boolean | undefined
  /** The Backend API. `CLERK_API_URL`. */
  readonly apiUrl?: string | undefined
  /** Its version. `CLERK_API_VERSION`. */
  readonly apiVersion?: string | undefined
}

/** The kinds of tokens that Clerk issues. */
export type TokenType = 'session_token' | 'm2m_token' | 'oauth_token' | 'api_key'

interface OidcCommon {
  /** The issuer to require (`iss`), compared byte by byte. */
  readonly issuer: string
  /** The audiences to accept (`aud`); one must be in the token. `null` accepts tokens for anybody. */
  readonly audience: string | readonly string[] | null
  /** The algorithms to accept. */
  readonly algorithms?: readonly Algorithm[] | undefined
  /** The name of the cookie that holds the token. */
  readonly cookie?: string | undefined
  /** Whether `Authorization: Bearer` is looked at; yes unless given. */
  readonly header?: boolean | undefined
  /** By how much clocks may differ, in ms; 5 000 unless given. */
  readonly clockSkewInMs?: number | undefined
  /** Where signed-out visitors are sent: a path or an absolute URL. */
  readonly signInUrl?: string | undefined
}

/** Options of {@link oidc}: an issuer, and its keys in exactly one form. */
export type OidcOptions = OidcCommon &
  (
    | ({ readonly jwks: JwkSet } & Not<'jwksUrl' | 'publicKey' | 'secret'>)
    /** Where the key set is fetched; `https`, or `http` on the own machine. */
    | ({ readonly jwksUrl: string } & Not<'jwks' | 'publicKey' | 'secret'>)
    /** A public key in PEM form. */
    | ({ readonly publicKey: string } & Not<'jwks' | 'jwksUrl' | 'secret'>)
    /** A shared secret, as text; needs `algorithms: ['HS256']` or one of its kind. */
    | ({ readonly secret: string } & Not<'jwks' | 'jwksUrl' | 'publicKey'>)
  )

type Not<Name extends string> = { readonly [name in Name]?: never }

/** Options of {@link supertokens}; those that `supertokens-node` has, have its names. */
export interface SuperTokensOptions {
  /** The origin of the API, as in `https://api.example.com`. */
  readonly apiDomain: string
  /** The path of SuperTokens' endpoints below it; `/auth` unless given. */
  readonly apiBasePath?: string | undefined
  /** What a gateway puts before that path. */
  readonly apiGatewayPath?: string | undefined
  /** The origin of the website. */
  readonly websiteDomain?: string | undefined
  /** The path of the sign-in pages below it; `/auth` unless given. */
  readonly websiteBasePath?: string | undefined
  /** The keys, given up front: verification needs no network at all. */
  readonly jwks?: JwkSet | undefined
  /** Where the key set is served; `<apiDomain><apiGatewayPath><apiBasePath>/jwt/jwks.json` unless given. */
  readonly jwksUrl?: string | undefined
  /** The protection against forged requests; unless given it follows from `cookieSameSite`. */
  readonly antiCsrf?: 'VIA_TOKEN' | 'VIA_CUSTOM_HEADER' | 'NONE' | undefined
  readonly cookieSameSite?: 'strict' | 'lax' | 'none' | undefined
  readonly cookieSecure?: boolean | undefined
  /** The domain of the cookies; the host alone unless given. */
  readonly cookieDomain?: string | undefined
  /** The domain that cookies had formerly; empty for none. */
  readonly olderCookieDomain?: string | undefined
  readonly accessTokenPath?: string | undefined
  /** Whether access tokens are signed with the rotating keys; yes unless given. */
  readonly useDynamicAccessTokenSigningKey?: boolean | undefined
  /** How tokens travel; `any` unless given. */
  readonly getTokenTransferMethod?: 'any' | 'cookie' | 'header' | undefined
  readonly exposeAccessTokenToFrontendInCookieBasedAuth?: boolean | undefined
  /** The status when a session is missing or has expired; 401 unless given. */
  readonly sessionExpiredStatusCode?: number | undefined
  /** The status when a claim does not hold; 403 unless given. */
  readonly invalidClaimStatusCode?: number | undefined
  /** Other names for the cookies `sAccessToken` and `sRefreshToken`. */
  readonly cookieNames?: { readonly access?: string; readonly refresh?: string } | undefined
  /** Other names for the headers `st-access-token` and `st-refresh-token`. */
  readonly headerNames?: { readonly access?: string; readonly refresh?: string } | undefined
  /** What is asked of the claims of every session. */
  readonly claimValidators?: readonly SessionClaimValidator[] | undefined
  /** The core; several addresses are parted by `;`. Needed for what only the core can say. */
  readonly connectionURI?: string | undefined
  /** The key to the core. */
  readonly apiKey?: string | undefined
  /**
   * Whether a backend behind the gate verifies sessions as well. What only the core or the
   * application can tell is then left to it (`needs-origin`); no unless given.
   */
  readonly originVerifies?: boolean | undefined
  /** A page of the website that refreshes the session; unless given the gate does it. */
  readonly refreshPage?: string | undefined
  /** Where visitors go when a claim does not hold, by the id of the validator. */
  readonly claimPages?: Readonly<Record<string, string>> | undefined
  /** The domain of the cookies that scripts read (`sFrontToken`); the host alone unless given. */
  readonly sessionTokenFrontendDomain?: string | undefined
}

/** A provider as {@link supertokens} makes it. */
export type SuperTokensProvider = { readonly kind: 'supertokens' } & SuperTokensOptions

/** A provider as {@link clerk}, {@link supertokens} and {@link oidc} make it. */
export type Provider =
  | ({ readonly kind: 'clerk' } & ClerkOptions)
  | SuperTokensProvider
  | ({ readonly kind: 'oidc' } & OidcOptions)
