//! Every refusal, each with one stable machine-readable code.

use core::fmt;

/// Defines the enum, its codes and its messages in one table, so that none can be forgotten.
macro_rules! reasons {
    ($($variant:ident $code:literal $message:literal)*) => {
        /// Why a request was not simply let in.
        ///
        /// The codes never change their meaning. Codes that Clerk or SuperTokens have are theirs;
        /// the exact rule behind such a broader word is then given as the detail next to it.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[non_exhaustive]
        pub enum Reason {
            $(#[doc = concat!("`", $code, "`: ", $message)] $variant,)*
        }

        impl Reason {
            /// Every reason, in the order of the table in `docs/reasons.md`.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// The stable code.
            #[must_use]
            pub const fn code(self) -> &'static str {
                match self { $(Self::$variant => $code,)* }
            }

            /// What is wrong and what to do about it; never holds any part of a token.
            #[must_use]
            pub const fn message(self) -> &'static str {
                match self { $(Self::$variant => $message,)* }
            }
        }
    };
}

reasons! {
    // Nothing to verify.
    TokenMissing "token-missing"
        "The request carries no session token. Sign in, or send the token as a cookie or as `Authorization: Bearer`."
    SessionTokenAndUatMissing "session-token-and-uat-missing"
        "The request carries no Clerk session. Sign in first."

    // Clerk: what is missing or out of step between the cookies.
    SessionTokenMissing "session-token-missing"
        "The handshake ended without a session: nobody is signed in."
    SessionTokenButNoClientUat "session-token-but-no-client-uat"
        "There is a session cookie but no `__client_uat`. The Frontend API sets both anew."
    ClientUatButNoSessionToken "client-uat-but-no-session-token"
        "`__client_uat` says that somebody is signed in, but there is no session cookie. If it keeps coming back, the session token may be larger than a cookie can be."
    SessionTokenIatBeforeClientUat "session-token-iat-before-client-uat"
        "The session cookie is older than the last change of the client. The Frontend API sets it anew."
    SessionTokenExpiredRefresh "session-token-expired-refresh"
        "The session token has expired and was not refreshed; what follows the word says why."
    SessionTokenNbf "session-token-nbf"
        "The session token is not valid yet (`nbf`). Check the clocks."
    SessionTokenIatInTheFuture "session-token-iat-in-the-future"
        "The session token was issued in the future (`iat`). Check the clocks."
    DevBrowserMissing "dev-browser-missing"
        "A development instance needs its dev browser cookie (`__clerk_db_jwt`)."
    DevBrowserSync "dev-browser-sync"
        "The dev browser of a development instance was handed over in the URL."
    SatelliteNeedsSyncing "satellite-needs-syncing"
        "The satellite asks the primary domain who is signed in."
    PrimaryRespondsToSyncing "primary-responds-to-syncing"
        "The primary domain answers a satellite."
    PrimaryDomainCrossOriginSync "primary-domain-cross-origin-sync"
        "The visitor comes from another site, so the session is checked with the Frontend API once."
    ActiveOrganizationMismatch "active-organization-mismatch"
        "The URL names another organisation than the active one."
    SecretKeyInvalid "secret-key-invalid"
        "The Backend API refused the secret key. Check `secretKey`."
    NoTokenInHeader "no-token-in-header"
        "The request has no token in the Authorization header, where tokens of machines are."
    MachineTokenNeedsNetwork "machine-token-needs-network"
        "This machine token is opaque: only the Backend API can verify it. Use JWT machine tokens."

    // SuperTokens' own words; the detail names the exact rule.
    Unauthorised "unauthorised"
        "There is no session. Sign in, or send the access token as a cookie or as `Authorization: Bearer`."
    TryRefreshToken "try-refresh-token"
        "The access token is not accepted. Call the refresh endpoint of the API, then try again."
    InvalidClaims "invalid-claims"
        "There is a session, but a claim of it does not hold; the claim errors say which and why."

    // SuperTokens: why the access token is not enough.
    LegacySession "legacy-session"
        "The request carries `sIdRefreshToken`, which only sessions of old kits have. A refresh replaces it."
    DuplicateAccessToken "duplicate-access-token"
        "The request carries more than one access token as a cookie. A refresh with `olderCookieDomain` set clears the old one."
    TokenVersionUnsupported "token-version-unsupported"
        "The version in the token's header is none of the versions of access tokens."
    TokenUseMismatch "token-use-mismatch"
        "The token is for another use than a session (`stt`), such as an OAuth2 token."
    SessionClaimsMalformed "session-claims-malformed"
        "The token does not hold what every access token of its version holds."
    SigningKeyMismatch "signing-key-mismatch"
        "The token is signed with a static key where a rotating one is expected, or the other way round. Check `useDynamicAccessTokenSigningKey`."
    AntiCsrfHeaderMissing "anti-csrf-header-missing"
        "A request that changes something needs the header `rid`, which no foreign page can send."
    AntiCsrfTokenMissing "anti-csrf-token-missing"
        "The request or its access token has no anti-CSRF token."
    AntiCsrfTokenMismatch "anti-csrf-token-mismatch"
        "The header `anti-csrf` is not the anti-CSRF token of the session."
    SessionRevoked "session-revoked"
        "The core says that the session does not exist any more. Sign in again."
    CoreRefused "core-refused"
        "The core does not confirm the access token. Call the refresh endpoint of the API."
    CoreUnavailable "core-unavailable"
        "The core gave no usable answer. The request can be tried again later."
    CoreNotConfigured "core-not-configured"
        "This check needs the core. Set `connectionURI`, or `originVerifies` where the backend checks."
    OriginParentRefreshToken "origin-parent-refresh-token"
        "The session was refreshed just now, and the backend has to confirm that once."
    OriginDatabaseCheck "origin-database-check"
        "The backend has to look the session up."
    OriginClaimRefetch "origin-claim-refetch"
        "A claim is missing or too old; the backend has to fetch it."

    // SuperTokens: pages, whose visitors cannot refresh by themselves.
    SessionRefreshed "session-refreshed"
        "The session was refreshed; the visitor is sent back."
    RefreshTokenMissing "refresh-token-missing"
        "The request carries no refresh token, so the session cannot be refreshed. Sign in again."
    RefreshDenied "refresh-denied"
        "The API did not refresh the session. Sign in again."
    RefreshUnavailable "refresh-unavailable"
        "The API gave no usable answer to the refresh. The request can be tried again later."
    RefreshAttemptsExceeded "refresh-attempts-exceeded"
        "The session was refreshed a moment ago, and the access token is still not accepted. Check clocks, keys and `useDynamicAccessTokenSigningKey`."
    SessionOutOfReach "session-out-of-reach"
        "The browser says that there is a session, but no access token reaches this host. Check `cookieDomain`, `accessTokenPath` and how tokens travel."
    StrictCookiesWithheld "strict-cookies-withheld"
        "The visitor comes from another site, so the browser kept the strict cookies back. The page is asked for once more."
    ClaimPageProtected "claim-page-protected"
        "The page that mends a claim asks for a claim itself, which would redirect for ever. Give its route other `session.claimValidators`, or `access: 'public'`."

    // SuperTokens: refreshes that bring no session.
    TokenTheftDetected "token-theft-detected"
        "A refresh token was used that had been replaced already. The session was ended; sign in again."
    DuplicateCookiesCleared "duplicate-cookies-cleared"
        "The request carries session cookies of two domains. Those of `olderCookieDomain` are cleared; ask for the refresh again."
    DuplicateRefreshCookies "duplicate-refresh-cookies"
        "The request carries session cookies of two domains. Set `olderCookieDomain` to the one that is no longer used."

    // Clerk's own words for a refused token; the detail names the exact rule.
    TokenInvalid "token-invalid"
        "The token is not a well-formed session token."
    TokenInvalidAlgorithm "token-invalid-algorithm"
        "The token is signed with an algorithm that session tokens do not use."
    TokenInvalidAuthorizedParties "token-invalid-authorized-parties"
        "The authorized party (azp) of the token is not one of `authorizedParties`. Add the origin of the application that asked for the token."
    TokenVerificationFailed "token-verification-failed"
        "A claim of the token, or the key for it, does not meet the rules."
    TokenTypeMismatch "token-type-mismatch"
        "The token is of a kind that is not accepted here, for instance a machine token where a session token is expected."
    JwkKidMismatch "jwk-kid-mismatch"
        "No key has the `kid` that the token names. Check that the token comes from the instance that the keys belong to."
    JwkRemoteFailedToLoad "jwk-remote-failed-to-load"
        "The key set of the instance could not be loaded. Give `jwtKey` or `jwks` to verify without the network."

    // The text of the token.
    TokenTooLarge "token-too-large"
        "The token is larger than the budget. Move large claims out of the session token."
    TokenNotCompact "token-not-compact"
        "The token does not have the three parts of a signed compact token (RFC 7515 section 7.1)."
    TokenEncrypted "token-encrypted"
        "The token has the five parts of an encrypted token (JWE). Only signed tokens can be verified here."
    TokenNotBase64url "token-not-base64url"
        "A part of the token is not canonical base64url: padding, white space, `+`, `/` and loose trailing bits are refused."
    TokenHeaderTooLarge "token-header-too-large"
        "The header of the token is larger than the budget."
    TokenNotUtf8 "token-not-utf8"
        "The header or the payload of the token is not UTF-8."
    TokenNotJson "token-not-json"
        "The header or the payload of the token is not JSON."
    TokenNotObject "token-not-object"
        "The header or the payload of the token is JSON, but not an object."
    TokenDuplicateMember "token-duplicate-member"
        "An object in the token names a member twice."
    TokenTooDeep "token-too-deep"
        "The JSON of the token is nested deeper than the budget."
    TokenTooManyMembers "token-too-many-members"
        "The JSON of the token has more members than the budget."

    // The JOSE header.
    AlgMissing "alg-missing"
        "The header of the token names no algorithm (`alg`)."
    AlgNone "alg-none"
        "The token is not signed (`alg` is none)."
    AlgUnsupported "alg-unsupported"
        "The algorithm of the token is not a signature algorithm that is supported here."
    AlgNotAllowed "alg-not-allowed"
        "The algorithm of the token is not one of the allowed `algorithms`."
    AlgKeyMismatch "alg-key-mismatch"
        "The algorithm of the token is not the one that its key is bound to."
    HeaderMemberType "header-member-type"
        "A member of the token's header is of the wrong type."
    HeaderCrit "header-crit"
        "The token's header has `crit`; critical extensions are not supported."
    HeaderB64 "header-b64"
        "The token's header has `b64`; unencoded payloads (RFC 7797) are not supported."
    HeaderZip "header-zip"
        "The token's header has `zip`; compressed payloads are not supported."
    KidTooLong "kid-too-long"
        "The `kid` of the token is longer than the budget."
    TypMismatch "typ-mismatch"
        "The type (`typ`) of the token is not the expected one."
    CatMismatch "cat-mismatch"
        "The token is of another kind than a session token: its category (`cat`), its type (`typ`) or its subject says so."

    // Keys.
    KidMissing "kid-missing"
        "The token names no key (`kid`), and more than one key could be meant."
    KidAmbiguous "kid-ambiguous"
        "More than one key has the `kid` that the token names."
    KeyNotFound "key-not-found"
        "No key has the `kid` that the token names. Check that the token comes from the issuer that the keys belong to."
    KeysUnavailable "keys-unavailable"
        "The key set could not be loaded. The request can be tried again later."
    KeySetTooLarge "jwks-too-large"
        "The key set that the issuer served has more bytes or keys than the budget."
    KeySetMalformed "jwks-malformed"
        "What the issuer served is not a JWK set (RFC 7517 section 5)."
    KeyUnusable "jwk-unusable"
        "The key that the token names is in the set but cannot be used; look at the key set's findings."

    // The signature.
    TokenInvalidSignature "token-invalid-signature"
        "The signature of the token is not valid for its key."

    // Claims.
    TokenExpired "token-expired"
        "The token has expired. Get a fresh one."
    TokenNotActiveYet "token-not-active-yet"
        "The token is not valid yet (`nbf`). Check the clocks."
    TokenIatInTheFuture "token-iat-in-the-future"
        "The token was issued in the future (`iat`). Check the clocks."
    ExpMissing "exp-missing"
        "The token has no expiry (`exp`)."
    ExpInvalid "exp-invalid"
        "The expiry (`exp`) of the token is not a whole number of seconds between 0 and 2^53."
    NbfInvalid "nbf-invalid"
        "The start (`nbf`) of the token is not a whole number of seconds between 0 and 2^53."
    IatInvalid "iat-invalid"
        "The issue time (`iat`) of the token is not a whole number of seconds between 0 and 2^53."
    SubInvalid "sub-invalid"
        "The subject (`sub`) of the token is missing or not a string."
    AudInvalid "aud-invalid"
        "The audience (`aud`) of the token is neither a string nor an array of strings."
    AudMissing "aud-missing"
        "The token has no audience (`aud`), but one is required."
    AudMismatch "aud-mismatch"
        "The audience (`aud`) of the token is none of the expected ones."
    IssMissing "iss-missing"
        "The token has no issuer (`iss`), or it is not a string."
    IssMismatch "iss-mismatch"
        "The issuer (`iss`) of the token is not the expected one."
    AzpMissing "azp-missing"
        "The token has no authorized party (`azp`), but `authorizedParties` are set."
    AzpMismatch "azp-mismatch"
        "The authorized party (`azp`) of the token is none of `authorizedParties`."
    ClaimsMismatch "claims-mismatch"
        "The token is genuine, but its claims are not as the application's own check (`claims`) wants them; the claim errors say which."

    // The request.
    CookieHeaderTooLarge "cookie-header-too-large"
        "The Cookie header is larger than the budget."
    TooManyCookies "too-many-cookies"
        "The request has more cookies than the budget."
    PathMalformed "path-malformed"
        "The path of the request has a malformed percent escape, so no route rule can be chosen for it."

    // Policy: who it is is known, but that is not enough.
    SignInPageProtected "sign-in-page-protected"
        "The route rules protect the sign-in page itself, which would redirect for ever. Give the sign-in page a rule with `access: 'public'`."
    SessionPending "session-pending"
        "The session waits for the user to finish a task, such as choosing an organisation."
    RoleMissing "role-missing"
        "The signed-in user does not have the role that this route needs."
    PermissionMissing "permission-missing"
        "The signed-in user does not have the permission that this route needs."
    FeatureMissing "feature-missing"
        "Neither the signed-in user nor the active organisation has the feature that this route needs."
    PlanMissing "plan-missing"
        "Neither the signed-in user nor the active organisation is on the plan that this route needs."
    ReverificationNeeded "reverification-needed"
        "The signed-in user has to show again who they are: it was too long ago for this route."
}

impl fmt::Display for Reason {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.code())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::vec::Vec;

    #[test]
    fn codes_are_unique_and_well_formed() {
        let mut codes: Vec<&str> = Reason::ALL.iter().map(|reason| reason.code()).collect();
        codes.sort_unstable();
        for pair in codes.windows(2) {
            assert_ne!(pair[0], pair[1]);
        }
        for code in codes {
            assert!(
                code.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
            );
        }
    }

    #[test]
    fn messages_are_sentences() {
        for reason in Reason::ALL {
            assert!(reason.message().ends_with('.'), "{reason}");
            assert!(reason.message().is_ascii(), "{reason} would not fit a header");
        }
    }
}
