//! Access tokens of SuperTokens, and gates that take them.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

use super::judge::jwk;
use super::mint::{Signer, base64url, mint_with};
use super::tokens::{ISSUER, NOW_SECONDS, with};

/// The names of the two keys, as the core gives them.
pub(crate) const DYNAMIC: &str = "d-1749000000000";
pub(crate) const STATIC: &str = "s-2de612a5-a5ba-413e-9216-4c43e2e78c86";

/// The header of versions 1 and 2, which is compared as a text.
pub(crate) const LEGACY_HEADER: &str = "eyJhbGciOiJSUzI1NiIsInR5cCI6IkpXVCIsInZlcnNpb24iOiIyIn0=";

/// SuperTokens with both keys. Its cookie has the name that [`judge`](super::judge::judge) sends.
pub(crate) fn supertokens() -> Value {
    supertokens_with_keys(&keys())
}

/// The same with these JWKs.
pub(crate) fn supertokens_with_keys(keys: &Value) -> Value {
    with(supertokens_without_keys(), "jwks", json!({ "keys": keys }))
}

/// The same with keys that have to be fetched.
pub(crate) fn supertokens_without_keys() -> Value {
    json!({
        "kind": "supertokens",
        "apiDomain": "https://app.example.com",
        "websiteDomain": "https://app.example.com",
        "cookieNames": { "access": "__session" },
    })
}

/// The rotating key and the static one.
pub(crate) fn keys() -> Value {
    let named = |signer, name: &str| with(jwk(signer), "kid", name);
    json!([named(Signer::Rsa2048A, DYNAMIC), named(Signer::Rsa2048B, STATIC)])
}

/// The header of a good token of version 5.
pub(crate) fn header() -> Value {
    json!({ "kid": DYNAMIC, "typ": "JWT", "version": "5", "alg": "RS256" })
}

/// The claims of a good token of version 5.
pub(crate) fn claims() -> Value {
    json!({
        "iat": NOW_SECONDS - 10,
        "exp": NOW_SECONDS + 60,
        "sub": "user_1",
        "tId": "public",
        "rsub": "user_1",
        "sessionHandle": "sess_1",
        "refreshTokenHash1": "hash",
        "parentRefreshTokenHash1": null,
        "antiCsrfToken": null,
        "iss": ISSUER,
    })
}

/// A token with these claims, signed with the rotating key.
pub(crate) fn token(claims: &Value) -> String {
    signed(&header(), claims)
}

/// A token with this header and these claims, signed with the rotating key.
pub(crate) fn signed(header: &Value, claims: &Value) -> String {
    signed_text(&header.to_string(), &claims.to_string())
}

/// The same with texts that need not be JSON.
pub(crate) fn signed_text(header: &str, payload: &str) -> String {
    mint_with(Signer::Rsa2048A, "RS256", header.as_bytes(), payload.as_bytes())
}

/// The same, signed with the other key under the name of the rotating one.
pub(crate) fn forged(header: &Value, claims: &Value) -> String {
    let (header, claims) = (header.to_string(), claims.to_string());
    mint_with(Signer::Rsa2048B, "RS256", header.as_bytes(), claims.as_bytes())
}

/// A good token but for one claim, whose value is JSON text.
pub(crate) fn with_claim(name: &str, value: &str) -> String {
    let others = super::tokens::without(claims(), name).to_string();
    signed_text(&header().to_string(), &format!("{{\"{name}\":{value},{}", &others[1..]))
}

/// The claims of version 2.
pub(crate) fn legacy_claims() -> Value {
    json!({
        "sessionHandle": "sess_1",
        "userId": "user_1",
        "refreshTokenHash1": "hash",
        "userData": { "plan": "pro" },
        "expiryTime": (NOW_SECONDS + 60) * 1000,
        "timeCreated": (NOW_SECONDS - 10) * 1000,
    })
}

/// A token of version 2 with this payload, signed with the rotating key.
pub(crate) fn legacy(payload: &str) -> String {
    legacy_by(Signer::Rsa2048A, payload)
}

/// The same, signed by anybody.
pub(crate) fn legacy_by(signer: Signer, payload: &str) -> String {
    let input = format!("{LEGACY_HEADER}.{}", STANDARD.encode(payload));
    format!("{input}.{}", STANDARD.encode(signer.sign("RS256", input.as_bytes())))
}

/// A token that nobody signed.
pub(crate) fn unsigned(header: &Value) -> String {
    let parts = [header, &claims()].map(|part| base64url(part.to_string().as_bytes()));
    let [header, payload] = parts;
    format!("{header}.{payload}.")
}
