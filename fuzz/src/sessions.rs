//! Arbitrary requests to gates of SuperTokens, and arbitrary answers of its API and its core.

use std::cell::RefCell;

use sessiongate::{
    Decision, Exemption, Fact, Gate, HttpReply, Need, NeedKind, Outcome, Reason, RequestHead,
};
use url::Url;

use crate::gates::{
    API, APP, CORE, ELSEWHERE, NOW, credulous, incredulous, supertokens, supertokens_apart,
    supertokens_refreshing,
};
use crate::json;
use crate::way_back::{Request, parsed};

/// Two gates of one configuration: one that takes every signature for valid, and one that takes none.
struct Subject {
    credulous: Gate,
    incredulous: Gate,
    trusts_proxy: bool,
}

thread_local! {
    static SUBJECTS: RefCell<[Subject; 4]> = RefCell::new(
        [
            (supertokens(), true),
            (supertokens_refreshing(), true),
            (supertokens_refreshing(), false),
            (supertokens_apart(), false),
        ]
        .map(|(provider, trusts_proxy)| Subject {
            credulous: credulous(&provider, trusts_proxy),
            incredulous: incredulous(&provider, trusts_proxy),
            trusts_proxy,
        }),
    );
}

/// Where the gates may send requests.
const ADDRESSES: [(NeedKind, &[&str]); 2] = [
    (
        NeedKind::SessionRefresh,
        &[
            "https://app.example.com/auth/session/refresh",
            "https://api.example.com/auth/session/refresh",
        ],
    ),
    (NeedKind::SessionVerify, &["https://core.example/recipe/session/verify"]),
];

/// The refresh endpoint, which everybody may post to.
const REFRESH_PATH: &str = "/auth/session/refresh";

/// What a browser says when it asks whether it may send a request.
const ASKING: [&str; 2] = ["origin", "access-control-request-method"];

/// `reply` is what the network answers: a line with the status, headers as `name: value`, an empty
/// line and the body. Without a status nobody answers.
pub(crate) fn inspect_sessions(
    method: &str,
    url: &str,
    headers: &[(&str, &str)],
    reply: &str,
    inspect: impl Fn(&Decision),
) {
    let head = RequestHead::new(method, url, headers).expect("a request");
    SUBJECTS.with_borrow_mut(|subjects| {
        for Subject { credulous, incredulous, trusts_proxy } in subjects {
            let decision = answered(credulous, reply, |gate| gate.check(&head, NOW));
            let state = answered(credulous, reply, |gate| gate.authenticate(&head, NOW));
            assert_eq!(decision.state, state);
            inspect(&decision);
            let request = Request { url, headers, trusts_proxy: *trusts_proxy };
            assert_stays(&decision, &request);
            assert_is_fixed(&decision);
            let doubted = answered(incredulous, reply, |gate| gate.check(&head, NOW));
            inspect(&doubted);
            assert_stays(&doubted, &request);
            assert_is_fixed(&doubted);
            assert!(!doubted.state.auth.is_authenticated(), "without a valid signature");
            let is_refresh = method == "POST" && url.contains(REFRESH_PATH);
            let is_preflight = method == "OPTIONS" && ASKING.iter().all(|name| has(headers, name));
            for state in [&decision.state, &doubted.state] {
                match state.exemption {
                    None => {}
                    Some(Exemption::OwnApi) => assert!(is_refresh),
                    Some(Exemption::Preflight) => assert!(is_preflight),
                    Some(other) => panic!("{other:?}"),
                }
            }
        }
    });
}

fn has(headers: &[(&str, &str)], wanted: &str) -> bool {
    headers.iter().any(|(name, value)| name.eq_ignore_ascii_case(wanted) && !value.is_empty())
}

/// Asks until nothing is needed any more: once for the core and once for the API at most.
fn answered<T>(gate: &mut Gate, reply: &str, ask: impl Fn(&mut Gate) -> Result<T, Need>) -> T {
    for _ in 0..3 {
        let need = match ask(gate) {
            Ok(answer) => return answer,
            Err(need) => need,
        };
        let (_, addresses) = ADDRESSES
            .iter()
            .find(|(kind, _)| *kind == need.kind)
            .unwrap_or_else(|| panic!("nobody serves {:?}", need.kind));
        assert!(addresses.contains(&need.request.url.as_str()), "{}", need.request.url);
        gate.supply(&fact(&need, reply)).expect("what was asked for");
    }
    panic!("the same is asked for again and again");
}

fn fact(need: &Need, reply: &str) -> Fact {
    let (head, body) = reply.split_once("\n\n").unwrap_or((reply, ""));
    let mut lines = head.split('\n');
    let status = lines.next().and_then(|line| line.parse().ok());
    let headers = lines.filter_map(|line| line.split_once(": "));
    let reply = status.map(|status| HttpReply {
        status,
        headers: headers
            .filter(|(name, _)| need.kind.answer_headers().contains(name))
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .collect(),
        body: body.to_owned(),
    });
    Fact { reply, ..need.unanswered(NOW) }
}

/// A redirect leads to the visitor's own origin or to a page of the configuration, and the way back
/// that it carries is a path, for whoever reads it.
fn assert_stays(decision: &Decision, request: &Request<'_>) {
    let here = request.seen_by_the_visitor();
    for (_, value) in decision.headers.iter().filter(|(name, _)| name == "refresh") {
        let again = parsed(value.strip_prefix("0;url=").expect("an address")).expect("a URL");
        assert_eq!((again.host(), again.path()), (here.host(), REFRESH_PATH), "{value}");
        assert!(!value.contains([' ', ',', '\'', '"']) && !value[2..].contains(';'), "{value}");
    }
    let Some(location) = &decision.location else { return };
    assert_eq!(decision.outcome, Outcome::Redirect);
    let page = parsed(location).unwrap_or_else(|error| panic!("{error}: {location}"));
    let origin = |text| Url::parse(text).expect("a URL").origin();
    // A host of the application that looks as if it had no TLS has one behind its proxy.
    let allowed = [here.origin(), origin(APP), origin(API), origin(ELSEWHERE)];
    assert!(allowed.contains(&page.origin()), "{location}");
    assert_ne!(page.origin(), origin(CORE));
    if decision.state.reason == Some(Reason::SessionRefreshed) {
        // Back at the page of before, whose query is the visitor's own.
        assert_eq!(page.host(), here.host(), "{location}");
        return;
    }
    let names = ["stRedirectTo", "redirectToPath"];
    for (_, back) in page.query_pairs().filter(|(name, _)| names.contains(&&**name)) {
        assert!(back.starts_with('/') && back.is_ascii(), "{back:?}");
        for base in [&page, &here] {
            let end = base.join(&back).unwrap_or_else(|error| panic!("{error}: {back}"));
            assert_eq!(end.origin(), base.origin(), "{back:?}");
            // And once more, as by a server that cleans the path up.
            let path = end.path().trim_start_matches('/');
            assert!(end.path().len() - path.len() == 1, "{back:?}");
        }
    }
}

/// What is said about a refusal is a fixed text, so it holds nothing of a token.
fn assert_is_fixed(decision: &Decision) {
    let is_message = |text: &str| Reason::ALL.iter().any(|reason| reason.message() == text);
    assert!(decision.message().is_none_or(is_message), "{:?}", decision.message());
    let Some(body) = &decision.body else { return };
    let body = json(body);
    let message = body["message"].as_str().expect("a message");
    let words = ["unauthorised", "try refresh token", "invalid claim"];
    assert!(words.contains(&message) || is_message(message), "{message}");
    let errors = &body["claimValidationErrors"];
    assert_eq!(errors.is_array(), message == "invalid claim");
    assert_eq!(body.as_object().map(|body| body.len()), Some(1 + usize::from(errors.is_array())));
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;
    use std::path::Path;

    /// What becomes of the requests in the seeds.
    fn decisions() -> Vec<Decision> {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds/cookies");
        let mut decisions = Vec::new();
        for entry in std::fs::read_dir(folder).unwrap() {
            let file = entry.unwrap();
            if !file.file_name().to_str().unwrap().starts_with("st-") {
                continue;
            }
            let text = std::fs::read_to_string(file.path()).unwrap();
            let (text, reply) = text.split_once("\n\n").unwrap_or((&text, ""));
            let mut lines = text.split('\n');
            let (method, url) = (lines.next().unwrap(), lines.next().unwrap());
            let headers: Vec<(&str, &str)> =
                lines.map(|line| line.split_once(": ").unwrap_or((line, ""))).collect();
            let seen = RefCell::new(Vec::new());
            inspect_sessions(method, url, &headers, reply, |decision| {
                seen.borrow_mut().push(decision.clone());
            });
            decisions.extend(seen.into_inner());
        }
        decisions
    }

    #[test]
    fn the_seeds_reach_every_state() {
        let decisions = decisions();
        let words: BTreeSet<&str> = decisions
            .iter()
            .map(|decision| &decision.state)
            .map(|state| state.reason.map_or(state.status.code(), Reason::code))
            .collect();
        for word in [
            "signed-in",
            "unauthorised",
            "try-refresh-token",
            "invalid-claims",
            "session-refreshed",
            "refresh-denied",
            "core-unavailable",
        ] {
            assert!(words.contains(word), "{word} is not in {words:?}");
        }
        let revoked = Some(Reason::SessionRevoked);
        assert!(decisions.iter().any(|decision| decision.state.detail == revoked));
        let has_new_token = |decision: &Decision| {
            decision.state.is_signed_in()
                && decision.headers.iter().any(|(name, _)| name == "front-token")
        };
        assert!(decisions.iter().any(has_new_token));
    }

    #[test]
    fn a_redirect_that_leaves_the_site_is_seen() {
        let all = decisions();
        let to = |page: &str| {
            let found = all.iter().find(|one| {
                let is_refresh = one.state.reason == Some(Reason::TryRefreshToken);
                is_refresh && one.outcome == Outcome::Redirect
            });
            let decision = Decision { location: Some(page.to_owned()), ..found.unwrap().clone() };
            let url = "https://www.example.com/a";
            let request = Request { url, headers: &[], trusts_proxy: false };
            std::panic::catch_unwind(|| assert_stays(&decision, &request)).is_ok()
        };
        for page in [
            "https://www.example.com/refresh?stRedirectTo=%2Fa%3Fb%3D%2F%2Fc",
            "https://app.example.com/auth?redirectToPath=%2F",
            "https://id.example/buy?x=1&redirectToPath=%2Fa",
        ] {
            assert!(to(page), "{page}");
        }
        for page in [
            "https://evil.example/",
            "https://core.example/",
            "http://www.example.com/refresh",
            "https://www.example.com.evil.example/",
            "//evil.example",
            "/refresh",
            "https://www.example.com/refresh?stRedirectTo=%2F%2Fevil.example",
            "https://www.example.com/refresh?stRedirectTo=%2F%5Cevil.example",
            "https://www.example.com/refresh?stRedirectTo=%2F%09%2Fevil.example",
            "https://www.example.com/refresh?stRedirectTo=%2F..%2F%2Fevil.example",
            "https://www.example.com/refresh?stRedirectTo=evil.example",
            "https://www.example.com/refresh?stRedirectTo=https%3A%2F%2Fevil.example",
            "https://www.example.com/refresh?stRedirectTo=",
        ] {
            assert!(!to(page), "{page}");
        }
    }
}
