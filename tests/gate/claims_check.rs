//! The application's own check of claims, in front of every answer that says that there is a session.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use serde_json::{Value, json};
use sessiongate::{
    Auth, AuthStatus, ClaimError, Claims, ClaimsCheck, ClaimsJudgement, Gate, Json, Outcome, Reason,
};

use crate::get;
use crate::support::judge::{clerk, gate_from};
use crate::support::tokens::{NOW, claims, token, with};

/// Wants a claim to be a string, and counts how often it was asked.
struct Wants(&'static str, Arc<AtomicUsize>);

impl ClaimsCheck for Wants {
    fn check(&self, claims: &Claims) -> ClaimsJudgement {
        self.1.fetch_add(1, Ordering::Relaxed);
        match claims.str(self.0) {
            Some(_) => ClaimsJudgement::Accepted,
            None => ClaimsJudgement::Refused(vec![ClaimError {
                id: self.0.into(),
                reason: Some(Json::String("no text".into())),
            }]),
        }
    }
}

fn gate(wanted: &'static str) -> (Gate, Arc<AtomicUsize>) {
    let mut gate = gate_from(&json!({ "provider": clerk(), "routes": [
        { "path": "/", "access": "public" },
        { "path": "/hidden", "access": "signed-in", "onDenied": "hide" },
        { "path": "/optional", "access": "public", "session": { "sessionRequired": false } },
        { "path": "/(.*)", "access": "signed-in" },
    ] }));
    let count = Arc::new(AtomicUsize::new(0));
    gate.set_claims_check(Box::new(Wants(wanted, Arc::clone(&count))));
    (gate, count)
}

fn bearer() -> String {
    format!("Bearer {}", token("RS256", &with(claims(), "team", "red")))
}

#[test]
fn claims_that_hold_change_nothing() {
    let (mut gate, count) = gate("team");
    let bearer = bearer();
    for _ in 0..3 {
        let decision = get(&mut gate, "/page", &[("authorization", &bearer)]);
        assert_eq!((decision.outcome, decision.reason), (Outcome::Allow, None));
        assert_eq!(decision.state.auth.user_id.as_deref(), Some("user_1"));
    }
    assert!(gate.verify_token(bearer.trim_start_matches("Bearer "), NOW).unwrap().is_ok());
    assert_eq!(count.load(Ordering::Relaxed), 1, "once for each token");
}

#[test]
fn claims_that_do_not_hold_are_no_session() {
    let (mut gate, count) = gate("squad");
    let bearer = bearer();
    let user = [("authorization", bearer.as_str())];
    let page = [user[0], ("sec-fetch-dest", "document"), ("accept", "text/html")];
    for (path, headers, status) in [
        ("/page", &user[..], 403),
        // The sign-in page would send this visitor straight back.
        ("/page", &page, 403),
        ("/hidden", &user, 404),
        ("/hidden", &page, 403),
        ("/optional", &user, 403),
        ("/", &page, 200),
    ] {
        let decision = get(&mut gate, path, headers);
        let state = &decision.state;
        assert_eq!(decision.status, status, "{path}");
        assert_eq!(state.status, AuthStatus::SignedOut);
        assert_eq!(state.reason, Some(Reason::ClaimsMismatch));
        assert_eq!((&*state.auth, &state.token), (&Auth::default(), &None));
        let errors: Vec<_> = state.claim_errors.iter().map(ClaimError::to_json).collect();
        assert_eq!(errors, [r#"{"id":"squad","reason":"no text"}"#]);
        if status == 403 {
            let body: Value = serde_json::from_str(decision.body.as_deref().unwrap()).unwrap();
            assert_eq!(body["error"]["code"], "claims-mismatch");
        }
    }
    let refusal =
        gate.verify_token(bearer.trim_start_matches("Bearer "), NOW).unwrap().unwrap_err();
    assert_eq!((refusal.reason, refusal.detail), (Reason::ClaimsMismatch, None));
    assert_eq!(count.load(Ordering::Relaxed), 1, "once for each token");
}

#[test]
fn nobody_is_asked_about_what_was_refused_before() {
    let (mut gate, count) = gate("squad");
    let bad = bearer().replace("Bearer ey", "Bearer eyx");
    for header in [None, Some(("authorization", bad.as_str()))] {
        let decision = get(&mut gate, "/page", header.as_slice());
        assert_eq!((decision.status, decision.state.claim_errors.len()), (401, 0));
        assert_ne!(decision.reason, Some(Reason::ClaimsMismatch));
    }
    assert_eq!(count.load(Ordering::Relaxed), 0);
}
