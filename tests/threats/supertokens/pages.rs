//! Row 20: where the visitors of pages are sent, and sent back to.

use serde_json::{Value, json};
use sessiongate::{Decision, Fact, Gate, HttpReply, Need, Outcome, RequestHead};

use crate::support::judge::gate_from;
use crate::support::supertokens::{claims, supertokens, token};
use crate::support::tokens::{NOW, with};

const APP: &str = "https://app.example.com";

fn gate(provider: &Value) -> Gate {
    gate_from(&json!({
        "provider": provider,
        "routes": [{ "path": "/(.*)", "access": "signed-in", "onDenied": "redirect" }],
    }))
}

fn expired() -> String {
    format!("__session={}; sFrontToken=x; sRefreshToken=r", token(&with(claims(), "exp", 1)))
}

fn visit(gate: &mut Gate, url: &str, headers: &[(&str, &str)]) -> Result<Decision, Need> {
    let page = [&[("accept", "text/html")], headers].concat();
    gate.check(&RequestHead::new("GET", url, &page).unwrap(), NOW)
}

/// Paths in every spelling that some reader takes for another host.
const HOSTILE: &[&str] = &[
    "//evil.example",
    "///evil.example",
    "/\\evil.example",
    "\\/evil.example",
    "\\\\evil.example",
    "/\t/evil.example",
    "/\n/evil.example",
    "\u{0}//evil.example",
    "/..//evil.example",
    "/.//evil.example",
    "/a/..//evil.example",
    "//user@evil.example",
    "//evil.example:443/x",
    "https://evil.example",
    "https:evil.example",
    "https:/evil.example",
    "HTTPS://evil.example",
    "javascript:alert(1)",
    "data:text/html,x",
    "evil.example",
    "@evil.example",
    ".evil.example",
    ":8443/",
    "",
    " ",
    " /a",
    "/\u{2028}",
    "/a\r\nlocation: https://evil.example",
];

fn refreshed() -> HttpReply {
    let cookie = "__session=new; Path=/; HttpOnly; Secure; SameSite=Lax";
    HttpReply {
        status: 200,
        headers: vec![("set-cookie".into(), cookie.into()), ("front-token".into(), "x".into())],
        body: "{}".into(),
    }
}

/// The address that a refresh ends at, whose way back is `back`.
fn after_refresh(back: &str) -> String {
    let query: String =
        form_urlencoded::Serializer::new(String::new()).append_pair("stRedirectTo", back).finish();
    let url = format!("{APP}/auth/session/refresh?{query}");
    let mut gate = gate(&supertokens());
    let cookie = expired();
    let need = visit(&mut gate, &url, &[("cookie", &cookie)]).expect_err("the API is asked");
    gate.supply(&Fact { reply: Some(refreshed()), ..need.unanswered(NOW) }).unwrap();
    let decision = visit(&mut gate, &url, &[("cookie", &cookie)]).unwrap();
    assert_eq!((decision.outcome, decision.status), (Outcome::Redirect, 307), "{back:?}");
    decision.location.unwrap()
}

#[test]
fn row_20_a_refresh_ends_on_the_own_origin() {
    for path in HOSTILE {
        assert_eq!(after_refresh(path), format!("{APP}/"), "{path:?}");
    }
    // Once decoded and no more.
    for path in
        ["/", "/a?b=c#d", "/%2F%2Fevil.example", "/%5Cevil.example", "/@evil.example", "/a/../b"]
    {
        assert_eq!(after_refresh(path), format!("{APP}{path}"), "{path:?}");
    }
}

#[test]
fn row_20_a_refused_refresh_ends_at_the_sign_in_page() {
    for path in HOSTILE {
        let query: String = form_urlencoded::Serializer::new(String::new())
            .append_pair("stRedirectTo", path)
            .finish();
        let url = format!("{APP}/auth/session/refresh?{query}");
        let decision = visit(&mut gate(&supertokens()), &url, &[]).unwrap();
        assert_eq!(
            decision.location.as_deref(),
            Some("https://app.example.com/auth?redirectToPath=%2F")
        );
    }
}

/// Scheme, host and the way back of a redirect.
fn parts(location: &str) -> (String, String) {
    let (page, query) = location.split_once('?').expect("a way back");
    let origin = page.splitn(4, '/').take(3).collect::<Vec<_>>().join("/");
    let back = form_urlencoded::parse(query.as_bytes()).next().unwrap().1.into_owned();
    (origin, back)
}

#[test]
fn row_20_the_way_back_to_a_page_is_a_path() {
    let own = with(supertokens(), "refreshPage", "/refresh");
    for provider in [supertokens(), own] {
        for (path, expected) in [
            ("/", "/"),
            ("/a?b=c&d=e#f", "/a?b=c&d=e"),
            ("//evil.example", "/"),
            ("/a//evil.example", "/"),
            ("/%2F%2Fevil.example", "/%2F%2Fevil.example"),
            ("/%5C%5Cevil.example", "/%5C%5Cevil.example"),
            ("/@evil.example", "/@evil.example"),
            ("/?stRedirectTo=//evil.example", "/?stRedirectTo=//evil.example"),
        ] {
            let url = format!("{APP}{path}");
            for cookie in [expired(), "a=b".to_owned()] {
                let decision = visit(&mut gate(&provider), &url, &[("cookie", &cookie)]).unwrap();
                let (origin, back) = parts(decision.location.as_deref().unwrap());
                // From the sign-in page the visitor comes back by the same rule.
                let is_same = back == expected || (cookie == "a=b" && back.starts_with('/'));
                assert!(is_same && !back.starts_with("//"), "{path}: {back}");
                assert_eq!(origin, APP, "{path}");
            }
        }
    }
}

#[test]
fn row_20_only_hosts_of_the_session_refresh_it() {
    let cookie = expired();
    let headers = [("cookie", cookie.as_str())];
    let shared = with(supertokens(), "cookieDomain", ".example.com");
    for (provider, host, refreshes) in [
        (supertokens(), "app.example.com", true),
        (supertokens(), "evil.example", false),
        (supertokens(), "app.example.com.evil.example", false),
        (shared.clone(), "www.example.com", true),
        (shared.clone(), "evilexample.com", false),
        (shared, "example.com.evil.example", false),
    ] {
        let url = format!("https://{host}/page");
        let decision = visit(&mut gate(&provider), &url, &headers).unwrap();
        let location = decision.location.unwrap_or_default();
        let expected = format!("https://{host}/auth/session/refresh?");
        assert_eq!(location.starts_with(&expected), refreshes, "{host}: {location}");
        // Nor is the API asked on behalf of another host.
        let url = format!("https://{host}/auth/session/refresh");
        assert_eq!(visit(&mut gate(&provider), &url, &headers).is_err(), refreshes, "{host}");
    }
}

#[test]
fn row_21_nothing_of_the_api_s_answer_breaks_out_of_a_header() {
    let url = format!("{APP}/auth/session/refresh?stRedirectTo=%2Fa");
    let cookie = expired();
    for hostile in ["a\r\nlocation: https://evil.example", "a\nb", "a\u{0}", "\u{e4}", "a\u{7f}"] {
        for name in ["set-cookie", "front-token", "anti-csrf"] {
            for status in [200, 401] {
                let mut reply = refreshed();
                reply.status = status;
                reply.headers.push((name.into(), hostile.into()));
                if name != "set-cookie" {
                    reply.headers.retain(|(key, value)| key != name || value == hostile);
                }
                let mut gate = gate(&supertokens());
                let need = visit(&mut gate, &url, &[("cookie", &cookie)]).unwrap_err();
                gate.supply(&Fact { reply: Some(reply), ..need.unanswered(NOW) }).unwrap();
                let decision = visit(&mut gate, &url, &[("cookie", &cookie)]).unwrap();
                for (name, value) in &decision.headers {
                    let is_legal = value.bytes().all(|byte| (b' '..=b'~').contains(&byte));
                    assert!(is_legal, "{name}: {value:?}");
                }
                assert_eq!(decision.status, 307);
            }
        }
    }
}
