//! Arbitrary requests.

use std::cell::RefCell;

use sessiongate::{AuthStatus, Decision, Gate, Outcome, RequestHead};

use crate::gates::{NOW, clerk, credulous, oidc};
use crate::json;
use crate::sessions::inspect_sessions;
use crate::way_back::{Destination, Request, assert_leads_back};

/// A gate, where its visitors sign in, and whether it trusts a proxy.
struct Subject {
    gate: Gate,
    sign_in: &'static str,
    trusts_proxy: bool,
}

thread_local! {
    static SUBJECTS: RefCell<[Subject; 4]> = RefCell::new(
        [(clerk(), HOSTED, true), (clerk(), HOSTED, false), (oidc(), OWN, true), (oidc(), OWN, false)]
            .map(|(provider, sign_in, trusts_proxy)| Subject {
                gate: credulous(&provider, trusts_proxy),
                sign_in,
                trusts_proxy,
            }),
    );
}

/// The sign-in page of the instance of [`clerk`], and that of [`oidc`].
const HOSTED: &str = "https://accounts.example.com/sign-in";
const OWN: &str = "/sign-in";

/// The bytes are lines: the method, the URL, then headers as `name: value`; after an empty line what
/// the network answers, where it is asked. Signatures count as valid, so that signed-in visitors occur.
pub fn cookies(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let (text, reply) = text.split_once("\n\n").unwrap_or((text, ""));
    let mut lines = text.split('\n');
    let (method, url) = (lines.next().unwrap_or(""), lines.next().unwrap_or(""));
    let headers: Vec<(&str, &str)> =
        lines.map(|line| line.split_once(": ").unwrap_or((line, ""))).collect();
    let head = match RequestHead::new(method, url, &headers) {
        Ok(head) => head,
        Err(error) => {
            assert!(!error.message().is_empty() && !error.code().is_empty());
            return;
        }
    };
    SUBJECTS.with_borrow_mut(|subjects| {
        for Subject { gate, sign_in, trusts_proxy } in subjects {
            let decision = gate.check(&head, NOW).expect("all keys are given");
            assert_eq!(decision.state, gate.authenticate(&head, NOW).expect("all keys are given"));
            inspect(&decision, &[400, 401, 403]);
            assert_eq!(decision.state.exemption, None);
            if let Some(location) = &decision.location {
                let request = Request { url, headers: &headers, trusts_proxy: *trusts_proxy };
                let state = &decision.state;
                let page = format!("{sign_in}{}", if state.is_pending() { "/tasks" } else { "" });
                let reason = state.reason_code();
                let to = match &reason {
                    Some(reason) if state.status == AuthStatus::Handshake => {
                        Destination::Handshake(reason)
                    }
                    _ => Destination::Page(&page),
                };
                assert_leads_back(location, &to, &request);
            }
        }
    });
    inspect_sessions(method, url, &headers, reply, |decision| {
        inspect(decision, &[400, 401, 403, 503]);
    });
}

fn inspect(decision: &Decision, denials: &[u16]) {
    let seen = json(&decision.to_json());
    assert_eq!(seen["state"]["status"], decision.state.status.code());
    for (name, value) in &decision.headers {
        assert!(name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-'), "{name}");
        assert!(value.bytes().all(|byte| (b' '..=b'~').contains(&byte)), "{name}: {value:?}");
    }
    let statuses: &[u16] = match decision.outcome {
        Outcome::Allow => &[200],
        Outcome::Redirect => &[303, 307],
        Outcome::Deny => denials,
    };
    assert!(statuses.contains(&decision.status));
    // Rules 0 and none are open; every other one lets in only those who are signed in.
    if decision.outcome == Outcome::Allow && decision.rule.is_some_and(|rule| rule > 0) {
        assert!(decision.state.is_signed_in() || decision.state.exemption.is_some());
    }
    assert_eq!(decision.location.is_some(), decision.outcome == Outcome::Redirect);
    assert_eq!(decision.state.is_signed_in(), decision.state.reason.is_none());
}
