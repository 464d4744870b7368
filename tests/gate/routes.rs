//! Route rules: the first that matches decides.

use serde_json::{Value, json};
use sessiongate::{Gate, Outcome};

use crate::get;
use crate::support::judge::{clerk, gate_from};
use crate::support::tokens::{claims, token, with};

fn gate(routes: &Value) -> Gate {
    gate_from(&json!({ "provider": clerk(), "routes": routes }))
}

/// The status for a visitor with these claims, or for nobody.
fn status(gate: &mut Gate, path: &str, claims: Option<&Value>) -> u16 {
    let bearer = claims.map(|claims| format!("Bearer {}", token("RS256", claims)));
    let headers: Vec<(&str, &str)> =
        bearer.iter().map(|bearer| ("authorization", bearer.as_str())).collect();
    get(gate, path, &headers).status
}

/// A member of an organisation, in the form of version 2.
fn member(role: &str) -> Value {
    let organisation =
        json!({ "id": "org_1", "slg": "acme", "rol": role, "per": "read,manage", "fpm": "1" });
    with(with(with(claims(), "v", 2), "o", organisation), "fea", "o:invoices")
}

#[test]
fn the_first_rule_that_matches_decides() {
    let mut gate = gate(&json!([
        { "path": ["/", "/about"], "access": "public" },
        { "path": "/docs/internal(.*)", "access": "signed-in" },
        { "path": "/docs(.*)", "access": "public" },
        { "path": "/(.*)", "access": "signed-in" },
    ]));
    for (path, status_of_nobody, rule) in [
        ("/", 200, 0),
        ("/about", 200, 0),
        ("/About/", 200, 0),
        ("/docs", 200, 2),
        ("/docs/internal", 401, 1),
        ("/docs/internal/x", 401, 1),
        ("/docs/internals", 401, 1),
        ("//docs//internal", 401, 1),
        ("/%64ocs/internal", 401, 1),
        ("/docs%2Finternal", 200, 2),
        ("/about/us", 401, 3),
        ("/x", 401, 3),
    ] {
        let decision = get(&mut gate, path, &[]);
        assert_eq!((decision.status, decision.rule), (status_of_nobody, Some(rule)), "{path}");
        assert_eq!(status(&mut gate, path, Some(&claims())), 200, "{path}");
    }
}

#[test]
fn what_no_rule_names_is_open() {
    let mut gate = gate(&json!([{ "path": "/admin(.*)", "access": "signed-in" }]));
    let decision = get(&mut gate, "/x", &[]);
    assert_eq!((decision.outcome, decision.rule, decision.reason), (Outcome::Allow, None, None));
    assert!(!decision.state.is_signed_in());
    let mut gate = gate_from(&json!({ "provider": clerk() }));
    assert_eq!(get(&mut gate, "/%", &[]).outcome, Outcome::Allow);
}

#[test]
fn a_path_with_two_readings_matches_no_rule_and_is_refused() {
    let mut gate = gate(&json!([{ "path": "/admin(.*)", "access": "signed-in" }]));
    for path in ["/x/../admin", "/x/%2e%2e/admin", "/%", "/%zz", "/%c0%ae", "/admin/./x"] {
        for claims in [None, Some(claims())] {
            assert_eq!(status(&mut gate, path, claims.as_ref()), 400, "{path}");
        }
    }
}

#[test]
fn roles_and_permissions_belong_to_the_active_organisation() {
    let mut gate = gate(&json!([
        { "path": "/role", "access": { "role": "org:admin" } },
        { "path": "/permission", "access": { "permission": "invoices:read" } },
        { "path": "/both", "access": { "role": "admin", "permission": "org:invoices:read" } },
        { "path": "/manage", "access": { "permission": "org:invoices:manage" } },
    ]));
    let version_1 = with(with(claims(), "org_id", "org_1"), "org_role", "org:admin");
    let version_1 = with(version_1, "org_permissions", json!(["org:invoices:read"]));
    for (who, claims, role, permission, both) in [
        ("nobody", None, 401, 401, 401),
        ("a user without organisation", Some(claims()), 403, 403, 403),
        ("an admin", Some(member("admin")), 200, 200, 200),
        ("a member", Some(member("member")), 403, 200, 403),
        ("an admin in version 1", Some(version_1), 200, 200, 200),
    ] {
        let mut status = |path| status(&mut gate, path, claims.as_ref());
        let statuses = (status("/role"), status("/permission"), status("/both"));
        assert_eq!(statuses, (role, permission, both), "{who}");
        assert_ne!(status("/manage"), 200, "{who}");
    }
}

#[test]
fn a_refusal_of_a_known_visitor_says_what_is_missing() {
    let mut gate = gate(&json!([
        { "path": "/role", "access": { "role": "admin", "permission": "x" } },
        { "path": "/permission", "access": { "role": "member", "permission": "x" } },
    ]));
    let bearer = format!("Bearer {}", token("RS256", &member("member")));
    for (path, reason) in [("/role", "role-missing"), ("/permission", "permission-missing")] {
        let decision = get(&mut gate, path, &[("authorization", &bearer)]);
        assert_eq!((decision.outcome, decision.status), (Outcome::Deny, 403));
        assert_eq!(decision.reason.unwrap().code(), reason);
        // Who it is stays known; only the way is barred.
        assert!(decision.state.is_signed_in() && decision.state.reason.is_none());
        let json: Value = serde_json::from_str(&decision.to_json()).unwrap();
        assert_eq!(json["reason"], reason);
        assert_eq!(json["message"], decision.reason.unwrap().message());
        assert_eq!(json["state"]["auth"]["orgRole"], "org:member");
    }
}
