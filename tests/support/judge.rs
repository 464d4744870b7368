//! Gates that judge tokens on every way that there is, and compare the answers.

use serde_json::{Value, json};
use sessiongate::{
    AuthState, Budget, Fact, Gate, GateConfig, HttpReply, RequestHead, UnixMillis,
    decode_token_json, token_result_json,
};

use super::mint::{JWKS, Signer};
use super::tokens::{AUDIENCE, ISSUER, NOW, PARTY};

/// The reason and the exact rule of a verdict; twice `ok` for a token that is accepted.
pub(crate) type Verdict = (&'static str, &'static str);

/// The verdict on a good token.
pub(crate) const OK: Verdict = ("ok", "ok");

/// A verdict where reason and exact rule are the same.
pub(crate) const fn exactly(code: &'static str) -> Verdict {
    (code, code)
}

/// The key set of the fixtures as JSON.
pub(crate) fn jwks() -> Value {
    serde_json::from_str(JWKS).unwrap()
}

/// The fixture's JWK of a signer.
pub(crate) fn jwk(signer: Signer) -> Value {
    let keys = jwks()["keys"].take();
    keys.as_array().unwrap().iter().find(|key| key["kid"] == signer.name()).unwrap().clone()
}

/// Clerk with the public key of RS256 tokens.
pub(crate) fn clerk() -> Value {
    json!({
        "kind": "clerk",
        "jwtKey": Signer::Rsa2048A.public_pem(),
        "authorizedParties": [PARTY],
        "signInUrl": "/sign-in",
    })
}

/// Clerk with the key set of the fixtures.
pub(crate) fn clerk_jwks() -> Value {
    clerk_with_keys(&jwks()["keys"])
}

/// Clerk with these JWKs.
pub(crate) fn clerk_with_keys(keys: &Value) -> Value {
    json!({ "kind": "clerk", "jwks": { "keys": keys }, "authorizedParties": [PARTY] })
}

/// OIDC with the key set of the fixtures and these algorithms.
pub(crate) fn oidc(algorithms: &[&str]) -> Value {
    oidc_with_keys(&jwks()["keys"], algorithms)
}

/// OIDC with these JWKs.
pub(crate) fn oidc_with_keys(keys: &Value, algorithms: &[&str]) -> Value {
    let mut provider = oidc_without_keys(algorithms);
    provider["jwks"] = json!({ "keys": keys });
    provider
}

/// OIDC that still needs a key.
pub(crate) fn oidc_without_keys(algorithms: &[&str]) -> Value {
    json!({
        "kind": "oidc",
        "issuer": ISSUER,
        "audience": AUDIENCE,
        "algorithms": algorithms,
        "cookie": "__session",
    })
}

/// A gate with this provider, or list of providers, and everything behind a sign-in.
pub(crate) fn gate(provider: &Value) -> Gate {
    gate_from(&json!({
        "provider": provider,
        "routes": [{ "path": "/(.*)", "access": "signed-in", "onDenied": "status" }],
    }))
}

/// A gate with these options.
pub(crate) fn gate_from(options: &Value) -> Gate {
    Gate::new(GateConfig::from_json(&options.to_string()).unwrap()).unwrap()
}

/// What the source of a key set answered.
pub(crate) fn reply(source: &str, status: u16, body: &str, at: UnixMillis) -> Fact {
    let reply = Some(HttpReply { status, headers: Vec::new(), body: body.to_owned() });
    Fact { reply, ..no_reply(source, at) }
}

/// That the source of a key set did not answer.
pub(crate) fn no_reply(source: &str, at: UnixMillis) -> Fact {
    Fact { key: format!("keys {source}"), reply: None, at }
}

/// Code and option of the error that a gate with this provider ends in.
pub(crate) fn config_error(provider: &Value) -> (&'static str, String) {
    let options = json!({ "provider": provider }).to_string();
    let error = GateConfig::from_json(&options).and_then(Gate::new).unwrap_err();
    (error.code, error.option)
}

/// What a gate with this provider says about a token.
pub(crate) fn judge(provider: &Value, token: &str) -> Verdict {
    judge_with(&mut gate(provider), token)
}

/// The verdict on a token, after making sure that
/// - handed in directly, in the cookie and in the header it is the same,
/// - everything that is said about it is JSON and holds no part of the token.
pub(crate) fn judge_with(gate: &mut Gate, token: &str) -> Verdict {
    let result = gate.verify_token(token, NOW).expect("all keys are given");
    let verdict = match &result {
        Ok(_) => OK,
        Err(refusal) => (refusal.reason.code(), refusal.detail.unwrap_or(refusal.reason).code()),
    };
    let text = token_result_json(&result);
    serde_json::from_str::<Value>(&text).expect("a verdict in JSON");
    serde_json::from_str::<Value>(&decode_token_json(token, &Budget::DEFAULT)).expect("JSON");
    if verdict != OK {
        assert_silent(&text, token);
    }
    if travels(token) {
        let cookie = format!("__session={token}; __client_uat=1; __clerk_db_jwt=dvb_1");
        for head in [("cookie", cookie), ("authorization", bearer(token))] {
            // The provider's word also says what is to be done next; the exact rule is the same.
            assert_eq!(check(gate, &head, token).1, verdict.1, "in the {}", head.0);
        }
    }
    verdict
}

fn bearer(token: &str) -> String {
    format!("Bearer {token}")
}

/// Whether a token reaches the gate as it is.
fn travels(token: &str) -> bool {
    let in_token = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.=+/".contains(&byte);
    !token.is_empty() && token.len() < 16 * 1024 && token.bytes().all(in_token)
}

fn check(gate: &mut Gate, header: &(&str, String), token: &str) -> Verdict {
    let headers = [(header.0, header.1.as_str())];
    let head = RequestHead::new("GET", "https://app.example.com/page", &headers).unwrap();
    let decision = gate.check(&head, NOW).expect("all keys are given");
    let text = decision.to_json();
    serde_json::from_str::<Value>(&text).expect("a decision in JSON");
    let state = &decision.state;
    if state.is_signed_in() {
        assert_eq!((decision.status, state.token.as_deref()), (200, Some(token)));
        return OK;
    }
    assert_silent(&text, token);
    assert_eq!((decision.status, decision.reason), (401, state.reason));
    words(state)
}

/// Reason and exact rule of a state in which nobody is signed in.
pub(crate) fn words(state: &AuthState) -> Verdict {
    let reason = state.reason.expect("a reason");
    (reason.code(), state.detail.unwrap_or(reason).code())
}

/// Refusals may be logged and shown: nothing of the token may be in them.
fn assert_silent(text: &str, token: &str) {
    assert!(token.len() < 12 || !text.contains(token));
    for part in token.split('.').filter(|part| part.len() > 12) {
        assert!(!text.contains(part), "a part of the token is in {text}");
    }
    for leak in ["user_1", "sess_1", "clerk.example.com"] {
        assert!(!text.contains(leak), "a claim is in {text}");
    }
}
