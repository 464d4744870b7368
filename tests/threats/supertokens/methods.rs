//! Row 27: methods for which a check makes an exception.

use serde_json::{Value, json};
use sessiongate::{
    Access, Exemption, Gate, GateConfig, Outcome, Protect, ProtectedToken, RequestHead, Rule,
    SessionOptions,
};

use crate::support::judge::{clerk, oidc};
use crate::support::supertokens::{claims, supertokens, token};
use crate::support::tokens::{NOW, with};

const PREFLIGHT: [(&str, &str); 2] =
    [("origin", "https://evil.example"), ("access-control-request-method", "GET")];

/// A gate before closed paths: one for users, one for whoever has a role, one for nobody.
fn gate(providers: &Value) -> Gate {
    let options = json!({ "provider": providers, "routes": [
        { "path": "/nobody(.*)", "access": "signed-in" },
        { "path": "/users(.*)", "access": "signed-in" },
        { "path": "/role(.*)", "access": { "role": "admin" } },
        { "path": "/open(.*)", "access": "public" },
    ] });
    let mut config = GateConfig::from_json(&options.to_string()).unwrap();
    config.routes[0].rule.access = Access::Nobody;
    Gate::new(config).unwrap()
}

/// The status, and whether it is one of a request that passed without a look at who sent it.
fn sent(gate: &mut Gate, method: &str, path: &str, headers: &[(&str, &str)]) -> (u16, bool) {
    let url = format!("https://app.example.com{path}");
    let head = RequestHead::new(method, &url, headers).unwrap();
    let decision = gate.check(&head, NOW).unwrap();
    assert_eq!(decision.status == 200, decision.outcome == Outcome::Allow);
    let is_exempt = decision.state.exemption == Some(Exemption::Preflight);
    assert!(!is_exempt || !decision.state.auth.is_authenticated());
    (decision.status, is_exempt)
}

#[test]
fn row_27_trace_gets_past_no_rule() {
    let mut gate = gate(&supertokens());
    let session = format!("__session={}", token(&claims()));
    for path in ["/users", "/role", "/nobody"] {
        assert_eq!(sent(&mut gate, "TRACE", path, &[]), (401, false), "{path}");
        assert_eq!(sent(&mut gate, "TRACE", path, &PREFLIGHT), (401, false), "{path}");
    }
    assert_eq!(sent(&mut gate, "TRACE", "/users", &[("cookie", &session)]), (200, false));
    assert_eq!(sent(&mut gate, "TRACE", "/role", &[("cookie", &session)]), (403, false));
}

#[test]
fn row_27_options_pass_as_preflights_alone() {
    let mut gate = gate(&supertokens());
    let session = format!("__session={}", token(&claims()));
    for headers in [&[][..], &PREFLIGHT[..1], &PREFLIGHT[1..]] {
        assert_eq!(sent(&mut gate, "OPTIONS", "/users", headers), (401, false), "{headers:?}");
        assert_eq!(sent(&mut gate, "OPTIONS", "/open", headers), (200, false), "{headers:?}");
    }
    assert_eq!(sent(&mut gate, "OPTIONS", "/users", &[("cookie", &session)]), (200, false));
    // As nobody, whoever it is.
    let with_session = [PREFLIGHT[0], PREFLIGHT[1], ("cookie", session.as_str())];
    for headers in [&PREFLIGHT[..], &with_session] {
        assert_eq!(sent(&mut gate, "OPTIONS", "/users", headers), (200, true));
        assert_eq!(sent(&mut gate, "OPTIONS", "/role", headers), (200, true));
        for method in ["GET", "HEAD", "POST", "PUT", "options"] {
            assert!(!sent(&mut gate, method, "/users", headers).1, "{method}");
        }
    }
}

#[test]
fn row_27_what_is_closed_to_everybody_is_closed_to_preflights() {
    let mut gate = gate(&supertokens());
    assert_eq!(sent(&mut gate, "OPTIONS", "/nobody", &PREFLIGHT).0, 401);
}

#[test]
fn row_27_no_provider_lets_preflights_past_the_rules_of_another() {
    let oidc = oidc(&["RS256"]);
    for providers in [
        json!([supertokens(), clerk()]),
        json!([clerk(), supertokens()]),
        json!([supertokens(), oidc.clone()]),
        json!([oidc, supertokens()]),
        json!([supertokens(), clerk(), supertokens()]),
        clerk(),
    ] {
        let mut gate = gate(&providers);
        assert_eq!(sent(&mut gate, "OPTIONS", "/users", &PREFLIGHT), (401, false), "{providers}");
        assert_eq!(sent(&mut gate, "OPTIONS", "/role", &PREFLIGHT), (401, false), "{providers}");
    }
    // Where all of them let it pass, nobody's rule is bypassed.
    let other = with(supertokens(), "cookieNames", json!({ "access": "other" }));
    let mut gate = gate(&json!([supertokens(), other]));
    assert_eq!(sent(&mut gate, "OPTIONS", "/users", &PREFLIGHT), (200, true));
}

#[test]
fn row_27_a_rule_that_is_asked_for_by_itself_knows_no_exception() {
    let mut gate = gate(&supertokens());
    let head = RequestHead::new("OPTIONS", "https://app.example.com/a", &PREFLIGHT).unwrap();
    let (rule, session) = (Rule::new(Access::SignedIn), SessionOptions::default());
    let protect = Protect { rule, token: ProtectedToken::Any, session };
    assert_eq!(gate.protect(&head, &protect, NOW).unwrap().outcome, Outcome::Deny);
}
