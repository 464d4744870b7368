//! Keys that the host fetches: when they are asked for, how long they are good, and what happens
//! when they cannot be had.

use serde_json::json;
use sessiongate::{FactError, Gate, HttpRequest, NeedKind, UnixMillis};

use crate::support::judge::{OK, Verdict, exactly, gate, jwk, no_reply, oidc_without_keys, reply};
use crate::support::mint::{JWKS, Signer};
use crate::support::tokens::{NOW, claims, header, token, with, with_header};

const SOURCE: &str = "https://issuer.example/jwks";
const SECOND: i64 = 1000;
const MINUTE: i64 = 60 * SECOND;

/// A gate whose key set is at [`SOURCE`], and tokens that do not grow old during a test.
struct Remote {
    gate: Gate,
    token: String,
}

impl Remote {
    fn new() -> Self {
        let provider = with(oidc_without_keys(&["RS256"]), "jwksUrl", SOURCE);
        let claims = with(claims(), "exp", 1_900_000_000);
        Self { gate: gate(&provider), token: token("RS256", &claims) }
    }

    /// The verdict at some time after [`NOW`], or `None` when keys are asked for.
    fn at(&mut self, millis: i64) -> Option<Verdict> {
        let token = self.token.clone();
        self.on(&token, millis)
    }

    fn on(&mut self, token: &str, millis: i64) -> Option<Verdict> {
        match self.gate.verify_token(token, NOW.plus(millis)) {
            Ok(Ok(_)) => Some(OK),
            Ok(Err(refusal)) => {
                let exact = refusal.detail.unwrap_or(refusal.reason).code();
                Some((refusal.reason.code(), exact))
            }
            Err(need) => {
                assert_eq!((need.kind, need.request.url.as_str()), (NeedKind::Keys, SOURCE));
                None
            }
        }
    }

    fn supply(&mut self, jwks: &str, millis: i64) {
        self.gate.supply(&reply(SOURCE, 200, jwks, NOW.plus(millis))).unwrap();
    }

    fn fail(&mut self, millis: i64) {
        self.gate.supply(&no_reply(SOURCE, NOW.plus(millis))).unwrap();
    }
}

#[test]
fn keys_are_asked_for_once_and_then_known() {
    let mut remote = Remote::new();
    let need = remote.gate.verify_token(&remote.token, NOW).unwrap_err();
    let HttpRequest { method, url, headers, body } = &need.request;
    assert_eq!((*method, url.as_str(), headers.len(), body), ("GET", SOURCE, 0, &None));
    assert_eq!(need, remote.gate.verify_token(&remote.token, NOW).unwrap_err());
    remote.supply(JWKS, 0);
    assert_eq!(remote.at(0), Some(OK));
    assert_eq!(remote.at(5 * MINUTE - 1), Some(OK));
}

#[test]
fn a_request_without_a_readable_token_needs_no_keys() {
    let mut remote = Remote::new();
    for (token, code) in [
        ("", "token-not-compact"),
        ("a.b.c", "token-not-base64url"),
        ("e30.e30.", "alg-missing"),
        ("eyJhbGciOiJub25lIn0.e30.", "alg-none"),
    ] {
        assert_eq!(remote.on(token, 0), Some(exactly(code)));
    }
    let unsupported = with_header(&with(header("RS256"), "typ", "logout+jwt"));
    assert_eq!(remote.on(&unsupported, 0), Some(exactly("typ-mismatch")));
    let head = sessiongate::RequestHead::new("GET", "https://app.example.com/", &[]).unwrap();
    let decision = remote.gate.check(&head, NOW).unwrap();
    assert_eq!(decision.reason.unwrap().code(), "token-missing");
}

#[test]
fn a_set_is_refreshed_after_five_minutes() {
    let mut remote = Remote::new();
    remote.supply(JWKS, 0);
    assert_eq!(remote.at(5 * MINUTE), None);
    remote.supply(JWKS, 5 * MINUTE);
    assert_eq!(remote.at(5 * MINUTE), Some(OK));
    assert_eq!(remote.at(10 * MINUTE), None);
}

#[test]
fn a_key_that_left_the_set_is_gone() {
    let mut remote = Remote::new();
    remote.supply(JWKS, 0);
    assert_eq!(remote.at(0), Some(OK));
    let rest = json!({ "keys": [jwk(Signer::Rsa2048B)] }).to_string();
    remote.supply(&rest, 5 * MINUTE);
    assert_eq!(remote.at(5 * MINUTE), Some(exactly("key-not-found")));
}

#[test]
fn a_new_key_is_found_once_the_cool_down_has_passed() {
    let mut remote = Remote::new();
    let before = json!({ "keys": [jwk(Signer::Rsa2048B)] }).to_string();
    remote.supply(&before, 0);
    assert_eq!(remote.at(0), Some(exactly("key-not-found")));
    assert_eq!(remote.at(30 * SECOND - 1), Some(exactly("key-not-found")));
    assert_eq!(remote.at(30 * SECOND), None);
    remote.supply(JWKS, 30 * SECOND);
    assert_eq!(remote.at(30 * SECOND), Some(OK));
}

#[test]
fn a_failed_fetch_is_an_answer_until_the_cool_down_has_passed() {
    let mut remote = Remote::new();
    assert_eq!(remote.at(0), None);
    remote.fail(0);
    assert_eq!(remote.at(0), Some(exactly("keys-unavailable")));
    assert_eq!(remote.at(30 * SECOND - 1), Some(exactly("keys-unavailable")));
    assert_eq!(remote.at(30 * SECOND), None);
    remote.supply("not a key set", 30 * SECOND);
    assert_eq!(remote.at(30 * SECOND), Some(exactly("jwks-malformed")));
    assert_eq!(remote.at(MINUTE), None);
    remote.supply(JWKS, MINUTE);
    assert_eq!(remote.at(MINUTE), Some(OK));
}

#[test]
fn the_last_good_set_is_used_for_an_hour_while_the_source_is_down() {
    let mut remote = Remote::new();
    remote.supply(JWKS, 0);
    for minute in [5, 20, 59] {
        assert_eq!(remote.at(minute * MINUTE), None);
        remote.fail(minute * MINUTE);
        assert_eq!(remote.at(minute * MINUTE), Some(OK), "after {minute} minutes");
    }
    // A key that it does not have is not looked for in the meantime.
    let unknown = with_header(&with(header("RS256"), "kid", "new"));
    assert_eq!(remote.on(&unknown, 59 * MINUTE), Some(exactly("key-not-found")));
    remote.fail(60 * MINUTE);
    assert_eq!(remote.at(60 * MINUTE), Some(exactly("keys-unavailable")));
    remote.supply(JWKS, 61 * MINUTE);
    assert_eq!(remote.at(61 * MINUTE), Some(OK));
}

#[test]
fn a_host_that_looked_at_the_clock_before_the_fetch_is_not_sent_again() {
    let mut remote = Remote::new();
    assert_eq!(remote.at(0), None);
    remote.supply(JWKS, 4 * SECOND);
    assert_eq!(remote.at(0), Some(OK));
    let mut remote = Remote::new();
    assert_eq!(remote.at(0), None);
    remote.fail(4 * SECOND);
    assert_eq!(remote.at(0), Some(exactly("keys-unavailable")));
}

#[test]
fn a_clock_that_was_set_back_does_not_keep_old_keys_alive() {
    let mut remote = Remote::new();
    remote.supply(JWKS, 24 * 60 * MINUTE);
    assert_eq!(remote.at(0), None);
    remote.supply(JWKS, 0);
    assert_eq!(remote.at(0), Some(OK));
}

#[test]
fn the_ends_of_time_do_not_overflow() {
    for (at, now) in [(i64::MIN, i64::MAX), (i64::MAX, i64::MIN), (i64::MAX, i64::MAX)] {
        let mut remote = Remote::new();
        remote.gate.supply(&reply(SOURCE, 200, JWKS, UnixMillis(at))).unwrap();
        let verdict = remote.gate.verify_token(&remote.token, UnixMillis(now));
        assert!(!matches!(verdict, Ok(Ok(_))));
    }
}

#[test]
fn facts_that_nobody_asked_for_are_misuse() {
    let mut remote = Remote::new();
    for source in ["", "https://issuer.example/jwks/", "https://issuer.example/JWKS", "x"] {
        let supplied = remote.gate.supply(&no_reply(source, NOW));
        assert_eq!(supplied, Err(FactError::UnknownKey), "{source}");
    }
    let mut offline = gate(&crate::support::judge::clerk());
    assert_eq!(offline.supply(&reply(SOURCE, 200, JWKS, NOW)), Err(FactError::UnknownKey));
    assert_eq!(remote.at(0), None);
}

#[test]
fn providers_that_share_a_source_share_the_fetch() {
    let provider = |audience: &str| {
        let provider = with(oidc_without_keys(&["RS256"]), "jwksUrl", SOURCE);
        with(provider, "audience", audience)
    };
    let mut gate =
        gate(&json!([provider("https://first.example"), provider("https://api.example.com")]));
    let token = token("RS256", &claims());
    let need = gate.verify_token(&token, NOW).unwrap_err();
    gate.supply(&need.answered(200, JWKS, NOW)).unwrap();
    assert!(gate.verify_token(&token, NOW).unwrap().is_ok());
}

#[test]
fn the_instance_names_its_own_source() {
    let provider = json!({ "kind": "clerk", "publishableKey": "pk_live_Y2xlcmsuZXhhbXBsZS5jb20k" });
    let mut gate = gate(&provider);
    let token = token("RS256", &claims());
    let need = gate.verify_token(&token, NOW).unwrap_err();
    assert_eq!(need.request.url, "https://clerk.example.com/.well-known/jwks.json");
    for fact in [need.unanswered(NOW), need.answered(500, JWKS, NOW), need.answered(302, JWKS, NOW)]
    {
        gate.supply(&fact).unwrap();
        let refusal = gate.verify_token(&token, NOW).unwrap().unwrap_err();
        assert_eq!(refusal.reason.code(), "jwk-remote-failed-to-load");
        assert_eq!(refusal.detail.unwrap().code(), "keys-unavailable");
    }
    gate.supply(&need.answered(200, JWKS, NOW)).unwrap();
    assert!(gate.verify_token(&token, NOW).unwrap().is_ok());
}

#[test]
fn a_secret_key_that_is_not_accepted_is_named() {
    let mut gate = gate(&json!({ "kind": "clerk", "secretKey": "sk_test_wrong" }));
    let token = token("RS256", &claims());
    let need = gate.verify_token(&token, NOW).unwrap_err();
    assert_eq!(need.request.url, "https://api.clerk.com/v1/jwks");
    gate.supply(&need.answered(401, "{}", NOW)).unwrap();
    let refusal = gate.verify_token(&token, NOW).unwrap().unwrap_err();
    assert_eq!((refusal.reason.code(), refusal.detail), ("secret-key-invalid", None));
    // Without a secret a status of 401 is an outage like any other.
    let mut remote = Remote::new();
    let need = remote.gate.verify_token(&remote.token, NOW).unwrap_err();
    remote.gate.supply(&need.answered(401, "{}", NOW)).unwrap();
    assert_eq!(remote.at(0), Some(exactly("keys-unavailable")));
}
