//! Headers and claims that every gate of the tests accepts, and ways to make one thing wrong.

use serde_json::{Value, json};
use sessiongate::UnixMillis;

use super::mint::{Signer, mint, mint_with};

/// When all tests happen, in seconds since the epoch.
pub(crate) const NOW_SECONDS: i64 = 1_800_000_000;
/// The same as the core takes it.
pub(crate) const NOW: UnixMillis = UnixMillis(NOW_SECONDS * 1000);

/// The issuer of all good tokens.
pub(crate) const ISSUER: &str = "https://clerk.example.com";
/// The audience of all good tokens.
pub(crate) const AUDIENCE: &str = "https://api.example.com";
/// The authorized party of all good tokens.
pub(crate) const PARTY: &str = "https://app.example.com";

/// The header that a token of the algorithm's own signer has.
pub(crate) fn header(alg: &str) -> Value {
    json!({ "alg": alg, "kid": Signer::for_algorithm(alg).name(), "typ": "JWT" })
}

/// The claims of a good session token.
pub(crate) fn claims() -> Value {
    json!({
        "azp": PARTY,
        "aud": AUDIENCE,
        "exp": NOW_SECONDS + 60,
        "fva": [5, -1],
        "iat": NOW_SECONDS - 1,
        "iss": ISSUER,
        "nbf": NOW_SECONDS - 11,
        "sid": "sess_1",
        "sub": "user_1",
    })
}

/// `object` with one member set to something else.
pub(crate) fn with(mut object: Value, name: &str, value: impl Into<Value>) -> Value {
    object[name] = value.into();
    object
}

/// `object` without one member.
pub(crate) fn without(mut object: Value, name: &str) -> Value {
    object.as_object_mut().unwrap().remove(name);
    object
}

/// A token with the algorithm's own header and these claims.
pub(crate) fn token(alg: &str, claims: &Value) -> String {
    mint(alg, &header(alg).to_string(), &claims.to_string())
}

/// An RS256 token with this header and good claims.
pub(crate) fn with_header(header: &Value) -> String {
    with_header_text(&header.to_string())
}

/// The same with a header that need not be JSON.
pub(crate) fn with_header_text(header: &str) -> String {
    mint("RS256", header, &claims().to_string())
}

/// An RS256 token with these bytes for claims.
pub(crate) fn with_payload(payload: impl AsRef<[u8]>) -> String {
    let header = header("RS256").to_string();
    mint_with(Signer::Rsa2048A, "RS256", header.as_bytes(), payload.as_ref())
}

/// An RS256 token with good claims but for one, whose value is JSON text.
pub(crate) fn with_claim(name: &str, value: &str) -> String {
    let others = without(claims(), name).to_string();
    with_payload(format!("{{\"{name}\":{value},{}", &others[1..]))
}
