//! Where visitors are sent who have to sign in first.

use serde_json::{Value, json};
use sessiongate::{Decision, Gate, Outcome};

use crate::support::judge::{clerk, gate_from, oidc};
use crate::support::tokens::with;
use crate::{APP, get, send};

/// What a browser sends when a person opens a page.
const PAGE: [(&str, &str); 2] = [("sec-fetch-dest", "document"), ("accept", "text/html")];

fn gate(provider: &Value, on_denied: &str) -> Gate {
    gate_from(&json!({
        "provider": provider,
        "routes": [{ "path": "/(.*)", "access": "signed-in", "onDenied": on_denied }],
    }))
}

fn location(decision: &Decision) -> &str {
    assert_eq!(decision.outcome, Outcome::Redirect);
    decision.location.as_deref().unwrap()
}

#[test]
fn pages_are_redirected_and_everything_else_gets_a_status() {
    let mut auto = gate(&clerk(), "auto");
    for (headers, status) in [
        (&PAGE[..], 307),
        (&[("sec-fetch-dest", "iframe")], 307),
        (&[("accept", "text/html,application/xhtml+xml")], 307),
        (&[("Accept", "application/json, text/html;q=0.1")], 307),
        (&[("sec-fetch-dest", "empty"), ("accept", "text/html")], 401),
        (&[("sec-fetch-dest", "image"), ("accept", "text/html")], 401),
        (&[("accept", "application/json")], 401),
        (&[("accept", "*/*")], 401),
        (&[], 401),
    ] {
        assert_eq!(get(&mut auto, "/page", headers).status, status, "{headers:?}");
        assert_eq!(get(&mut gate(&clerk(), "redirect"), "/page", headers).status, 307);
        assert_eq!(get(&mut gate(&clerk(), "status"), "/page", headers).status, 401);
    }
}

#[test]
fn only_requests_without_a_body_keep_their_method() {
    let mut gate = gate(&clerk(), "redirect");
    for (method, status) in
        [("GET", 307), ("HEAD", 307), ("POST", 303), ("PUT", 303), ("DELETE", 303), ("get", 303)]
    {
        assert_eq!(send(&mut gate, method, "/page", &[]).status, status, "{method}");
    }
}

#[test]
fn the_sign_in_page_is_where_the_options_say() {
    let back = "redirect_url=https%3A%2F%2Fapp.example.com%2Fa%3Fb%3D1%26c%3D%25C3%25A4";
    let hosted = json!({ "kind": "clerk", "publishableKey": "pk_test_Zm9vLWJhci0xMy5jbGVyay5hY2NvdW50cy5kZXYk" });
    for (provider, page) in [
        (clerk(), "https://app.example.com/sign-in?"),
        (with(clerk(), "signInUrl", "https://id.example/in?x=1"), "https://id.example/in?x=1&"),
        (with(clerk(), "signInUrl", "https://id.example"), "https://id.example/?"),
        (hosted, "https://foo-bar-13.accounts.dev/sign-in?"),
        (with(oidc(&["RS256"]), "signInUrl", "/login"), "https://app.example.com/login?"),
    ] {
        let page_of_browser = [PAGE[0], ("cookie", "__clerk_db_jwt=dvb_1")];
        let decision = get(&mut gate(&provider, "auto"), "/a?b=1&c=%C3%A4", &page_of_browser);
        // The hosted page of a development instance has to learn of the browser.
        let is_hosted = page.contains("accounts.dev");
        let browser = if is_hosted { "&__clerk_db_jwt=dvb_1" } else { "" };
        let expected = format!("{page}{back}{browser}");
        assert_eq!(location(&decision), expected);
        assert!(decision.headers.contains(&("location".into(), expected.into())));
    }
}

#[test]
fn without_a_sign_in_page_there_is_no_redirect() {
    let mut provider = clerk();
    provider.as_object_mut().unwrap().remove("signInUrl");
    for provider in [provider, oidc(&["RS256"])] {
        for on_denied in ["auto", "redirect"] {
            let decision = get(&mut gate(&provider, on_denied), "/page", &PAGE);
            assert_eq!((decision.outcome, decision.status), (Outcome::Deny, 401));
        }
    }
    // The first provider that has a page lends it to all.
    let list = json!([oidc(&["RS256"]), clerk()]);
    let decision = get(&mut gate(&list, "auto"), "/page", &PAGE);
    assert!(location(&decision).starts_with("https://app.example.com/sign-in?"));
}

#[test]
fn a_protected_sign_in_page_is_not_a_loop() {
    let mut gate = gate(&clerk(), "auto");
    for path in ["/sign-in", "/sign-in/", "/sign-in?redirect_url=x"] {
        let decision = get(&mut gate, path, &PAGE);
        assert_eq!((decision.outcome, decision.status), (Outcome::Deny, 401), "{path}");
        assert_eq!(decision.reason.unwrap().code(), "sign-in-page-protected", "{path}");
        assert_eq!(decision.state.reason.unwrap().code(), "session-token-and-uat-missing");
    }
    // The same path on another origin is another page.
    let elsewhere = with(clerk(), "signInUrl", "https://id.example/sign-in");
    let decision = get(&mut self::gate(&elsewhere, "auto"), "/sign-in", &PAGE);
    assert!(location(&decision).starts_with("https://id.example/sign-in?"));
}

#[test]
fn a_sign_in_page_is_an_address() {
    for page in ["sign-in", "//evil.example", "/\\evil.example", "javascript:alert(1)", "/a b"] {
        for provider in [clerk(), oidc(&["RS256"])] {
            let error = crate::support::judge::config_error(&with(provider, "signInUrl", page));
            assert_eq!(error, ("invalid-option", "provider.signInUrl".into()), "{page:?}");
        }
    }
}

#[test]
fn a_refused_token_is_named_on_the_way_to_the_sign_in_page() {
    let cookie = [("cookie", "__session=a.b.c"), PAGE[0]];
    let decision = get(&mut gate(&clerk(), "auto"), "/page", &cookie);
    assert_eq!(
        location(&decision),
        format!("{APP}/sign-in?redirect_url=https%3A%2F%2Fapp.example.com%2Fpage")
    );
    let json: Value = serde_json::from_str(&decision.to_json()).unwrap();
    assert_eq!(json["reason"], "token-invalid");
    assert_eq!(json["state"]["detail"], "token-not-base64url");
    let header = |name: &str| {
        let found = decision.headers.iter().find(|(key, _)| key == name);
        found.map(|(_, value)| &**value)
    };
    assert_eq!(header("x-clerk-auth-status"), Some("signed-out"));
    assert_eq!(header("x-clerk-auth-reason"), Some("token-invalid"));
    assert_eq!(header("x-clerk-auth-message"), decision.message());
}
