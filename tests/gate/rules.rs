//! Rules beyond sign-in: features, statuses, pages of their own, and a single rule for a request.

use serde_json::{Value, json};
use sessiongate::{Decision, Gate, Json, Outcome, Protect, RequestHead, ReturnTo, SignInPage};

use crate::support::judge::{clerk, gate_from};
use crate::support::tokens::{NOW, claims, token, with};
use crate::{APP, get};

const PAGE: [(&str, &str); 1] = [("sec-fetch-dest", "document")];

fn gate(routes: &Value) -> Gate {
    gate_from(&json!({ "provider": clerk(), "routes": routes }))
}

fn bearer() -> String {
    let claims = with(with(claims(), "fea", "u:search"), "fva", json!([1, -1]));
    format!("Bearer {}", token("RS256", &claims))
}

fn location(decision: &Decision) -> &str {
    decision.location.as_deref().unwrap()
}

#[test]
fn features_plans_and_reverification_are_required_by_routes() {
    let bearer = bearer();
    for (access, reason) in [
        (json!({ "feature": "search" }), None),
        (json!({ "feature": "user:search", "reverification": "strict" }), None),
        (json!({ "feature": "org:search" }), Some("feature-missing")),
        (json!({ "plan": "pro" }), Some("plan-missing")),
        (
            json!({ "reverification": { "level": "first_factor", "afterMinutes": 1 } }),
            Some("reverification-needed"),
        ),
    ] {
        let mut gate = gate(&json!([{ "path": "/:page", "access": access }]));
        let decision = get(&mut gate, "/page", &[("authorization", &bearer)]);
        assert_eq!(decision.reason.map(|reason| reason.code()), reason, "{access}");
        assert_eq!(decision.status, if reason.is_some() { 403 } else { 200 });
    }
}

#[test]
fn routes_choose_their_statuses_and_pages() {
    let bearer = bearer();
    let user = [("authorization", bearer.as_str())];
    for (options, nobody, lacking) in [
        (json!({}), 307, 403),
        (json!({ "onDenied": 404, "unauthorizedStatus": 404 }), 404, 404),
        (json!({ "onDenied": "hide" }), 307, 403),
        (json!({ "onDenied": 403 }), 403, 403),
        (json!({ "unauthenticatedUrl": "/welcome", "unauthorizedUrl": "/upgrade" }), 307, 307),
    ] {
        let mut route = json!({ "path": "/:page", "access": { "plan": "pro" } });
        route.as_object_mut().unwrap().extend(options.as_object().unwrap().clone());
        let mut gate = gate(&json!([route]));
        let denied = get(&mut gate, "/page", &PAGE);
        assert_eq!(denied.status, nobody, "{options}");
        let refused = get(&mut gate, "/page", &user);
        assert_eq!(refused.status, lacking, "{options}");
        assert_eq!(refused.reason.unwrap().code(), "plan-missing");
        if refused.outcome == Outcome::Redirect {
            assert_eq!(location(&denied), format!("{APP}/welcome"));
            assert_eq!(location(&refused), format!("{APP}/upgrade"));
        }
    }
}

#[test]
fn a_page_of_a_rule_is_not_a_loop() {
    let bearer = bearer();
    let routes = json!([{
        "path": "/(.*)", "access": { "plan": "pro" },
        "unauthenticatedUrl": "/welcome", "unauthorizedUrl": "/upgrade",
    }]);
    let mut gate = gate(&routes);
    assert_eq!(get(&mut gate, "/welcome", &PAGE).status, 401);
    assert_eq!(get(&mut gate, "/upgrade/", &[("authorization", &bearer)]).status, 403);
    assert_eq!(get(&mut gate, "/welcome", &[("authorization", &bearer)]).status, 307);
}

#[test]
fn a_single_rule_needs_no_route() {
    let protect = |options: Value| {
        let text = options.to_string();
        let json = Json::parse(text.as_bytes(), &sessiongate::Budget::default()).unwrap();
        Protect::from_json(&json).unwrap()
    };
    let mut gate = gate(&json!([{ "path": "/(.*)", "access": "public" }]));
    let bearer = bearer();
    let url = format!("{APP}/page?x=1");
    for (headers, options, status) in [
        (&[][..], json!({}), 404),
        (&PAGE, json!({}), 307),
        (&[], json!({ "onDenied": "auto" }), 401),
        (&[("authorization", bearer.as_str())], json!({}), 200),
        (&[("authorization", &bearer)], json!({ "feature": "search" }), 200),
        (&[("authorization", &bearer)], json!({ "feature": null }), 404),
        (&[("authorization", &bearer)], json!({ "plan": "pro", "unauthorizedStatus": 403 }), 403),
        (&[("authorization", &bearer)], json!({ "token": "m2m_token" }), 401),
    ] {
        let head = RequestHead::new("GET", &url, headers).unwrap();
        let decision = gate.protect(&head, &protect(options.clone()), NOW).unwrap();
        assert_eq!((decision.status, decision.rule), (status, None), "{options}");
        let is_private = decision.headers.contains(&("vary".into(), "Cookie".into()));
        assert!(is_private, "{options}");
    }
}

#[test]
fn pages_have_an_address_for_every_way_back() {
    let gate = gate(&json!([]));
    let url = format!("{APP}/a?x=1");
    let head = RequestHead::new("POST", &url, &[]).unwrap();
    let address = |page, return_to| gate.sign_in_address(page, &head, return_to, false, NOW);
    let page = format!("{APP}/sign-in");
    let back = "redirect_url=https%3A%2F%2Fapp.example.com%2F";
    assert_eq!(
        address(SignInPage::SignIn, ReturnTo::Here).unwrap(),
        format!("{page}?{back}a%3Fx%3D1")
    );
    assert_eq!(
        address(SignInPage::SignIn, ReturnTo::Address("b")).unwrap(),
        format!("{page}?{back}b")
    );
    assert_eq!(address(SignInPage::SignUp, ReturnTo::Nowhere).unwrap(), format!("{page}/create"));
}
