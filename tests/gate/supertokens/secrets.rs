//! Nothing that is printed for a person holds a token or a key.

use sessiongate::{GateConfig, RequestHead};

use super::{PAGE, REFRESH, expired, gate, good, provider, refreshed, visit, visited};
use crate::APP;
use crate::support::tokens::with;

const API_KEY: &str = "secret-api-key";
const REFRESH_TOKEN: &str = "secret-refresh-token";
const NEW_TOKEN: &str = "secret-new-token";
const CSRF: &str = "secret-csrf-token";

/// Whether a text shows a secret, or a part of an access token.
fn assert_silent(text: &str, what: &str) {
    for secret in [API_KEY, REFRESH_TOKEN, NEW_TOKEN, CSRF] {
        assert!(!text.contains(secret), "{what} shows {secret}: {text}");
    }
    for token in [good(), expired()] {
        for part in token.split('.') {
            assert!(!text.contains(part), "{what} shows a part of a token: {text}");
        }
    }
}

#[test]
fn configurations_and_gates_are_silent() {
    let provider =
        with(with(provider(), "connectionURI", "https://core.example"), "apiKey", API_KEY);
    let options = serde_json::json!({ "provider": provider }).to_string();
    let config = GateConfig::from_json(&options).unwrap();
    assert_silent(&format!("{config:?}"), "a configuration");
    let mut gate = gate(&with(provider, "claimValidators", serde_json::json!([])));
    assert_silent(&format!("{gate:?}"), "a gate");
    let cookies =
        format!("sRefreshToken={REFRESH_TOKEN}; sAccessToken={}; sAntiCsrf={CSRF}", good());
    let headers = [
        ("set-cookie", "sAccessToken=secret-new-token; Path=/"),
        ("front-token", NEW_TOKEN),
        ("anti-csrf", CSRF),
    ];
    let reply = Some((200, &headers[..], NEW_TOKEN));
    let decision = refreshed(&mut gate, REFRESH, &cookies, reply);
    assert!(decision.to_json().contains(NEW_TOKEN));
    assert_silent(&format!("{decision:?}"), "a decision");
    // It keeps the answer for a while.
    assert_silent(&format!("{gate:#?}"), "a gate");
}

#[test]
fn needs_facts_and_requests_are_silent() {
    let core = with(with(provider(), "connectionURI", "https://core.example"), "apiKey", API_KEY);
    let routes = serde_json::json!([
        { "path": "/page", "access": "signed-in", "session": { "checkDatabase": true } },
    ]);
    let access = format!("sAccessToken={}", good());
    let verify = visit(&mut super::gate_with(&core, routes), "/page", &access).unwrap_err();
    let cookies = format!("sRefreshToken={REFRESH_TOKEN}; {access}");
    let refresh = visit(&mut gate(&provider()), REFRESH, &cookies).unwrap_err();
    for need in [verify, refresh] {
        assert_silent(&format!("{need:?}"), "a need");
        let at = crate::support::tokens::NOW;
        assert_silent(&format!("{:?}", need.answered(200, NEW_TOKEN, at)), "a fact");
        assert_silent(&format!("{:?}", need.unanswered(at)), "a fact");
    }
    let bearer = format!("Bearer {}", good());
    let headers = [PAGE[0], ("cookie", cookies.as_str()), ("authorization", bearer.as_str())];
    let url = format!("{APP}/page?token={}", good());
    let head = RequestHead::new("GET", &url, &headers).unwrap();
    assert_silent(&format!("{head:?}"), "a request");
}

#[test]
fn states_are_silent() {
    let mut gate = gate(&provider());
    for token in [good(), expired()] {
        let decision = visited(&mut gate, "/page", &format!("sAccessToken={token}"));
        assert_silent(&format!("{:?}", decision.state), "a state");
        assert_silent(&format!("{decision:?}"), "a decision");
    }
    let decision = visited(&mut gate, "/page", &format!("sAccessToken={}", expired()));
    assert_silent(&decision.to_json(), "what JavaScript sees");
}
