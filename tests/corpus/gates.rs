//! The gates that judge the corpus.

use serde_json::{Value, json};

use crate::support::judge::jwk;
use crate::support::mint::{SECRET, Signer};
use crate::support::supertokens::supertokens;
use crate::support::tokens::{AUDIENCE, ISSUER, PARTY, with, without};

/// The algorithms with public keys.
pub(crate) const PUBLIC: [&str; 9] =
    ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "EdDSA"];

/// Names and options of the gates.
pub(crate) fn all() -> Vec<(&'static str, Value)> {
    let oidc = |member: &str, key: Value, algorithms: &[&str]| {
        let provider = json!({
            "kind": "oidc", "issuer": ISSUER, "audience": AUDIENCE, "algorithms": algorithms,
        });
        with(provider, member, key)
    };
    let clerk_keys = json!({
        "kind": "clerk", "jwks": jwks(), "authorizedParties": [PARTY], "audience": AUDIENCE,
        "issuer": ISSUER,
    });
    let clerk_key = json!({ "kind": "clerk", "jwtKey": Signer::Rsa2048A.public_pem() });
    let secret = std::str::from_utf8(SECRET).unwrap();
    [
        ("clerk-jwks", clerk_keys),
        ("clerk-jwt-key", clerk_key),
        ("oidc-jwks", oidc("jwks", jwks(), &PUBLIC)),
        ("oidc-secret", oidc("secret", secret.into(), &["HS256"])),
        ("supertokens", supertokens()),
    ]
    .map(|(name, provider)| (name, json!({ "provider": provider })))
    .into()
}

/// A key for each algorithm, named like it; two that share a name; one that cannot be used.
fn jwks() -> Value {
    let key = |alg: &str| with(with(jwk(Signer::for_algorithm(alg)), "alg", alg), "kid", alg);
    let twice = |signer| with(jwk(signer), "kid", "twice");
    let mut keys: Vec<Value> = PUBLIC.iter().map(|alg| key(alg)).collect();
    keys.push(twice(Signer::Rsa2048A));
    keys.push(twice(Signer::Rsa2048B));
    keys.push(with(without(jwk(Signer::Rsa2048A), "alg"), "kid", "unusable"));
    json!({ "keys": keys })
}
