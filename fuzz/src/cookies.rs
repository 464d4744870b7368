//! Arbitrary requests.

use std::cell::RefCell;

use sessiongate::{Decision, Gate, Outcome, RequestHead};

use crate::gates::{NOW, clerk, credulous, oidc};
use crate::json;

thread_local! {
    static GATES: RefCell<[(Gate, bool); 4]> = RefCell::new(
        [(clerk(), true), (clerk(), false), (oidc(), true), (oidc(), false)]
            .map(|(provider, trusts)| (credulous(&provider, trusts), trusts)),
    );
}

/// The bytes are lines: the method, the URL, then headers as `name: value`. Signatures count as
/// valid, so that signed-in visitors occur.
pub fn cookies(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
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
    GATES.with_borrow_mut(|gates| {
        for (gate, trusts_proxy) in gates {
            let decision = gate.check(&head, NOW).expect("all keys are given");
            assert_eq!(decision.state, gate.authenticate(&head, NOW).expect("all keys are given"));
            inspect(&decision, url, *trusts_proxy);
        }
    });
}

fn inspect(decision: &Decision, url: &str, trusts_proxy: bool) {
    let seen = json(&decision.to_json());
    assert_eq!(seen["state"]["status"], decision.state.status.code());
    for (name, value) in &decision.headers {
        assert!(name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-'), "{name}");
        assert!(value.bytes().all(|byte| (b' '..=b'~').contains(&byte)), "{name}: {value:?}");
    }
    let statuses: &[u16] = match decision.outcome {
        Outcome::Allow => &[200],
        Outcome::Redirect => &[303, 307],
        Outcome::Deny => &[400, 401, 403],
    };
    assert!(statuses.contains(&decision.status));
    // Rules 0 and none are open; every other one lets in only those who are signed in.
    if decision.outcome == Outcome::Allow && decision.rule.is_some_and(|rule| rule > 0) {
        assert!(decision.state.is_signed_in());
    }
    assert_eq!(decision.location.is_some(), decision.outcome == Outcome::Redirect);
    assert_eq!(decision.state.is_signed_in(), decision.state.reason.is_none());
    if let Some(location) = &decision.location {
        inspect_redirect(location, url, trusts_proxy);
    }
}

/// A redirect leads to the sign-in page or to the Frontend API, and from there back to where the
/// visitor came from.
fn inspect_redirect(location: &str, url: &str, trusts_proxy: bool) {
    let (page, back) = location.split_once("?redirect_url=").expect("the way back");
    let hosted = "https://accounts.example.com/sign-in";
    let is_handshake = page == "https://clerk.example.com/v1/client/handshake";
    assert!(page == hosted || page.ends_with("/sign-in") || is_handshake, "{page}");
    let back = percent_decode(back.split('&').next().unwrap_or(back));
    let after_host = |url: &str| {
        let rest = url.split_once("://").expect("an absolute URL").1.to_owned();
        rest.find(['/', '?', '#']).map_or(String::new(), |at| rest[at..].to_owned())
    };
    let path = after_host(url);
    let path = if path.starts_with('/') { path } else { format!("/{path}") };
    // A handshake writes the query anew; behind a proxy the fragment is not the visitor's.
    let ends: &[char] = if is_handshake { &['?', '#'] } else { &['#'] };
    let kept = |text: &str| match is_handshake || trusts_proxy {
        true => text.split(ends).next().unwrap_or(text).to_owned(),
        false => text.to_owned(),
    };
    // The way back is written as browsers write URLs, so only a plain one stays as it was.
    let (back_path, own_path) = (kept(&after_host(&back)), kept(&path));
    let is_plain = own_path.bytes().all(|b| b.is_ascii_alphanumeric() || b"/-_?=&#".contains(&b));
    if is_plain {
        assert_eq!(back_path, own_path, "only scheme and host may change");
    }
    assert!(back.starts_with("http://") || back.starts_with("https://"), "{back}");
    if !trusts_proxy {
        let origin = |url: &str| url[..url.len() - after_host(url).len()].to_ascii_lowercase();
        // Ports and IPv6 addresses have many texts; the way back has the canonical one.
        let name = |origin: String| {
            let authority = origin.split_once("://").expect("an absolute URL").1.to_owned();
            match authority.rsplit_once(':') {
                Some((host, port)) if !port.ends_with(']') => host.to_owned(),
                _ => authority,
            }
        };
        let (own, back) = (name(origin(url)), name(origin(&back)));
        assert!(own == back || (own.starts_with('[') && back.starts_with('[')), "{own} {back}");
    }
}

fn percent_decode(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'+' => b' ',
            b'%' => {
                let digits = [rest.next().expect("a digit"), rest.next().expect("a digit")];
                let digits = std::str::from_utf8(&digits).expect("digits");
                u8::from_str_radix(digits, 16).expect("an escape")
            }
            other => other,
        });
    }
    String::from_utf8(bytes).expect("UTF-8")
}
