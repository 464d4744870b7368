//! Which provider speaks.

use serde_json::{Value, json};
use sessiongate::{ClerkConfig, Gate, GateConfig, OidcConfig, ProviderConfig};

use crate::get;
use crate::support::judge::{OK, clerk, config_error, exactly, gate, judge, oidc, words};
use crate::support::mint::Signer;
use crate::support::tokens::{AUDIENCE, ISSUER, NOW, PARTY, claims, token, with};

/// Another issuer, whose tokens are signed with EdDSA and come in the cookie `access`.
fn other() -> Value {
    let other = with(oidc(&["EdDSA"]), "issuer", "https://other.example");
    with(other, "cookie", "access")
}

fn other_token(user: &str) -> String {
    let claims = with(claims(), "iss", "https://other.example");
    token("EdDSA", &with(claims, "sub", user))
}

#[test]
fn the_first_provider_that_knows_the_visitor_speaks() {
    let mut gate = gate(&json!([clerk(), other()]));
    let (clerk_cookie, other_cookie) = (
        format!("__session={}", token("RS256", &with(claims(), "sub", "user_clerk"))),
        format!("access={}", other_token("user_other")),
    );
    let both = format!("{other_cookie}; {clerk_cookie}");
    for (cookie, provider, user) in [
        (&clerk_cookie, "clerk", "user_clerk"),
        (&other_cookie, "oidc", "user_other"),
        (&both, "clerk", "user_clerk"),
    ] {
        let state = get(&mut gate, "/", &[("cookie", cookie)]).state;
        assert_eq!((state.provider, state.auth.user_id.as_deref()), (provider, Some(user)));
    }
}

#[test]
fn the_order_of_the_list_decides() {
    let twice = |first: &str, second: &str| {
        let provider = |cookie: &str| with(oidc(&["RS256"]), "cookie", cookie);
        let mut gate = gate(&json!([provider(first), provider(second)]));
        let user = |user: &str| token("RS256", &with(claims(), "sub", user));
        let cookies = format!("a={}; b={}", user("user_a"), user("user_b"));
        get(&mut gate, "/", &[("cookie", &cookies)]).state.auth.user_id.clone().unwrap()
    };
    assert_eq!((twice("a", "b").as_str(), twice("b", "a").as_str()), ("user_a", "user_b"));
}

#[test]
fn when_nobody_knows_the_visitor_the_first_says_why() {
    let expired = format!("access={}", token("EdDSA", &with(claims(), "exp", 1)));
    let headers = [("cookie", expired.as_str())];
    let state = get(&mut gate(&json!([clerk(), other()])), "/", &headers).state;
    assert_eq!(
        (state.provider, words(&state)),
        ("clerk", exactly("session-token-and-uat-missing"))
    );
    let state = get(&mut gate(&json!([other(), clerk()])), "/", &headers).state;
    assert_eq!((state.provider, words(&state)), ("oidc", exactly("iss-mismatch")));
}

#[test]
fn a_token_is_taken_by_the_first_provider_that_accepts_it() {
    let mut gate = gate(&json!([clerk(), other()]));
    for token in [token("RS256", &claims()), other_token("user_1")] {
        let verified = gate.verify_token(&token, NOW).unwrap().unwrap();
        assert_eq!(verified.claims.str("sub"), Some("user_1"));
    }
    let foreign = token("EdDSA", &claims());
    let refusal = gate.verify_token(&foreign, NOW).unwrap().unwrap_err();
    assert_eq!(refusal.reason.code(), "token-invalid-algorithm");
    assert_eq!(refusal.detail.unwrap().code(), "alg-not-allowed");
}

#[test]
fn a_bearer_token_comes_before_the_cookie_and_decides_alone() {
    let good = token("RS256", &claims());
    let bad = token("RS256", &with(claims(), "exp", 1));
    let cookie = format!("__session={good}");
    let header = format!("Bearer {bad}");
    let headers = [("cookie", cookie.as_str()), ("authorization", header.as_str())];
    for provider in [clerk(), oidc(&["RS256"])] {
        let state = get(&mut gate(&provider), "/", &headers).state;
        assert_eq!(words(&state).1, "token-expired", "{}", state.provider);
    }
    // Whoever switches the header off gets the cookie alone.
    let provider = with(oidc(&["RS256"]), "header", false);
    assert!(get(&mut gate(&provider), "/", &headers).state.is_signed_in());
}

#[test]
fn identity_without_routes_is_the_state_of_the_decision() {
    let header = format!("Bearer {}", token("RS256", &claims()));
    let headers = [("authorization", header.as_str())];
    let mut gate = gate(&clerk());
    let head = sessiongate::RequestHead::new("GET", "https://app.example.com/x", &headers).unwrap();
    let state = gate.authenticate(&head, NOW).unwrap();
    assert!(state.is_signed_in() && state.auth.is_authenticated());
    assert_eq!(state, gate.check(&head, NOW).unwrap().state);
}

#[test]
fn typed_options_do_what_json_does() {
    let config = ClerkConfig {
        jwt_key: Signer::Rsa2048A.public_pem().map(Into::into),
        authorized_parties: vec![PARTY.into()],
        ..ClerkConfig::default()
    };
    let clerk = GateConfig::new(ProviderConfig::Clerk(config));
    let mut config = OidcConfig::new(ISSUER, vec![AUDIENCE.into()]);
    config.public_key = Signer::Rsa2048A.public_pem().map(Into::into);
    let oidc = GateConfig::new(ProviderConfig::Oidc(config));
    for config in [clerk, oidc] {
        let mut gate = Gate::new(config).unwrap();
        assert!(gate.verify_token(&token("RS256", &claims()), NOW).unwrap().is_ok());
        let expired = token("RS256", &with(claims(), "exp", 1));
        let refusal = gate.verify_token(&expired, NOW).unwrap().unwrap_err();
        assert_eq!(refusal.reason.code(), "token-expired");
    }
    let error = Gate::new(GateConfig::default()).unwrap_err();
    assert_eq!((error.code, error.option.as_str()), ("missing-option", "provider"));
}

#[test]
fn every_way_to_give_keys_works() {
    let pem = Signer::Rsa2048A.public_pem().unwrap();
    let good = token("RS256", &claims());
    for provider in [
        json!({ "kind": "clerk", "jwtKey": pem }),
        json!({ "kind": "clerk", "jwtKey": pem.replace('\n', "\\n") }),
        json!({ "kind": "clerk", "jwks": crate::support::judge::jwks() }),
        // The key that is given beats the set, and both beat the network.
        json!({ "kind": "clerk", "jwtKey": pem, "jwks": { "keys": [] } }),
        json!({ "kind": "clerk", "jwtKey": pem, "publishableKey": "pk_live_Y2xlcmsuZXhhbXBsZS5jb20k" }),
        json!({ "kind": "oidc", "issuer": ISSUER, "audience": null, "publicKey": pem,
            "cookie": "__session" }),
        oidc(&["RS256"]),
    ] {
        assert_eq!(judge(&provider, &good), OK, "{provider}");
    }
}

#[test]
fn a_list_names_the_provider_that_cannot_work() {
    let no_key = json!({ "kind": "clerk" });
    let expected = |option: &str| ("missing-option", option.to_owned());
    assert_eq!(config_error(&no_key), expected("provider.jwtKey"));
    assert_eq!(config_error(&json!([clerk(), no_key])), expected("provider[1].jwtKey"));
    assert_eq!(config_error(&json!([])), expected("provider"));
    let no_audience = json!([clerk(), { "kind": "oidc", "issuer": ISSUER }]);
    assert_eq!(config_error(&no_audience), expected("provider[1].audience"));
}

#[test]
fn the_token_of_the_fixtures_is_the_one_that_is_minted_here() {
    let fixture = include_str!("../fixtures/tokens/session.jwt");
    assert_eq!(fixture.trim_end(), token("RS256", &claims()));
}

#[test]
fn each_provider_reads_the_same_token_in_its_own_way() {
    let oidc = with(oidc(&["RS256"]), "cookie", "a");
    let mut gate = gate(&json!([clerk(), oidc]));
    let token = token("RS256", &with(with(claims(), "v", 2), "o", json!({ "id": "org_1" })));
    let mut who = |name: &str| {
        let state = get(&mut gate, "/", &[("cookie", &format!("{name}={token}"))]).state;
        (state.provider, state.auth.org_id.clone())
    };
    for _ in 0..2 {
        assert_eq!(who("__session"), ("clerk", Some("org_1".to_owned())));
        assert_eq!(who("a"), ("oidc", None));
    }
}

#[test]
fn a_gate_may_be_sent_to_another_thread() {
    let mut gate = gate(&clerk());
    let cookie = format!("__session={}", token("RS256", &claims()));
    let user = |gate: &mut Gate, cookie: &str| {
        get(gate, "/", &[("cookie", cookie)]).state.auth.user_id.clone()
    };
    let here = user(&mut gate, &cookie);
    let there = std::thread::spawn(move || user(&mut gate, &cookie));
    assert_eq!((here.is_some(), there.join().unwrap()), (true, here));
}
