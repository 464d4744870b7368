//! The gates that the targets share.

use serde_json::{Value, json};
use sessiongate::{
    Gate, GateConfig, InvalidSignature, SignatureVerifier, UnixMillis, VerifyingKey,
};

/// When everything happens.
pub(crate) const NOW: UnixMillis = UnixMillis(1_800_000_000_000);

const PEM: &str = include_str!("../../tests/fixtures/keys/rsa-2048-a.public.pem");
const JWKS: &str = include_str!("../../tests/fixtures/keys/jwks.json");
const ALGORITHMS: [&str; 9] =
    ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "EdDSA"];

/// Clerk with one key; the publishable key names a second cookie and the sign-in page.
pub(crate) fn clerk() -> Value {
    json!({
        "kind": "clerk",
        "jwtKey": PEM,
        "publishableKey": "pk_live_Y2xlcmsuZXhhbXBsZS5jb20k",
        "audience": "https://api.example.com",
    })
}

/// Clerk with a key set and without parties, audience or sign-in page.
pub(crate) fn clerk_jwks() -> Value {
    json!({ "kind": "clerk", "jwks": jwks() })
}

/// Another issuer with every algorithm.
pub(crate) fn oidc() -> Value {
    json!({
        "kind": "oidc",
        "issuer": "https://clerk.example.com",
        "audience": ["https://api.example.com"],
        "algorithms": ALGORITHMS,
        "jwks": jwks(),
        "cookie": "__session",
        "signInUrl": "/sign-in",
    })
}

/// Another issuer whose keys are fetched.
pub(crate) fn remote() -> Value {
    json!({
        "kind": "oidc",
        "issuer": "https://clerk.example.com",
        "audience": null,
        "algorithms": ALGORITHMS,
        "jwksUrl": "https://issuer.example/jwks",
    })
}

/// SuperTokens without anything that is optional.
pub(crate) fn supertokens() -> Value {
    json!({
        "kind": "supertokens",
        "apiDomain": APP,
        "websiteDomain": APP,
        "jwks": { "keys": [named("rsa-2048-a", DYNAMIC), named("rsa-2048-b", "s-1")] },
    })
}

/// SuperTokens with a refresh by the gate, with claims and their pages, and with a core.
pub(crate) fn supertokens_refreshing() -> Value {
    json!({
        "kind": "supertokens",
        "apiDomain": APP,
        "websiteDomain": APP,
        "cookieDomain": ".example.com",
        "cookieSameSite": "strict",
        "antiCsrf": "VIA_TOKEN",
        "connectionURI": CORE,
        "jwks": { "keys": [named("rsa-2048-a", DYNAMIC)] },
        "claimValidators": [
            { "claim": "st-ev", "validator": "isVerified" },
            { "claim": "plan", "validator": "hasValue", "value": "pro", "maxAgeInSeconds": 60 },
        ],
        "claimPages": { "plan": format!("{ELSEWHERE}/buy?x=1") },
    })
}

/// SuperTokens with a page of the application that refreshes, and an API on another host.
pub(crate) fn supertokens_apart() -> Value {
    json!({
        "kind": "supertokens",
        "apiDomain": API,
        "websiteDomain": APP,
        "cookieSameSite": "none",
        "useDynamicAccessTokenSigningKey": false,
        "refreshPage": "/refresh",
        "jwks": { "keys": [named("rsa-2048-b", "s-1")] },
    })
}

/// Where the pages of the SuperTokens gates are.
pub(crate) const APP: &str = "https://app.example.com";
/// Where the API of [`supertokens_apart`] is.
pub(crate) const API: &str = "https://api.example.com";
/// Where one page of [`supertokens_refreshing`] is.
pub(crate) const ELSEWHERE: &str = "https://id.example";
/// The core of [`supertokens_refreshing`].
pub(crate) const CORE: &str = "https://core.example";
const DYNAMIC: &str = "d-1749000000000";

fn jwks() -> Value {
    serde_json::from_str(JWKS).expect("the fixture")
}

/// A key of the fixtures under another name.
fn named(name: &str, kid: &str) -> Value {
    let keys = jwks()["keys"].take();
    let mut keys = keys.as_array().expect("keys").iter();
    let mut key = keys.find(|key| key["kid"] == name).expect("a key of this name").clone();
    key["kid"] = kid.into();
    key
}

/// A gate that verifies signatures.
pub(crate) fn gate(provider: &Value, trust_proxy: bool) -> Gate {
    Gate::new(config(provider, trust_proxy)).expect("a gate")
}

/// A gate that takes every signature for valid, so that what comes after it is reached.
pub(crate) fn credulous(provider: &Value, trust_proxy: bool) -> Gate {
    Gate::with_verifier(config(provider, trust_proxy), Box::new(Anything)).expect("a gate")
}

/// A gate that takes no signature for valid, so that nobody may be signed in.
pub(crate) fn incredulous(provider: &Value, trust_proxy: bool) -> Gate {
    Gate::with_verifier(config(provider, trust_proxy), Box::new(Nothing)).expect("a gate")
}

fn config(provider: &Value, trust_proxy: bool) -> GateConfig {
    let options = json!({
        "provider": provider,
        "trustProxy": trust_proxy,
        "routes": [
            { "path": ["/", "/sign-in(.*)"], "access": "public" },
            { "path": "/admin(.*)", "access": { "role": "admin", "permission": "a:b" } },
            { "path": "/api(.*)", "access": "signed-in", "onDenied": "status" },
            { "path": "/page(.*)", "access": "signed-in", "onDenied": "redirect" },
            { "path": "/(.*)", "access": "signed-in" },
        ],
    });
    GateConfig::from_json(&options.to_string()).expect("a configuration")
}

struct Anything;

impl SignatureVerifier for Anything {
    fn verify(&self, _: &VerifyingKey, _: &[u8], _: &[u8]) -> Result<(), InvalidSignature> {
        Ok(())
    }
}

struct Nothing;

impl SignatureVerifier for Nothing {
    fn verify(&self, _: &VerifyingKey, _: &[u8], _: &[u8]) -> Result<(), InvalidSignature> {
        Err(InvalidSignature)
    }
}
