//! The visit of a page to the refresh endpoint.

use serde_json::{Value, json};
use sessiongate::{Decision, Outcome};

use super::{
    PAGE, REFRESH, Reply, answer, ask, cookies, expired, gate, gate_with, good, header, provider,
    reason, refreshed, taken, visit, visited,
};
use crate::APP;
use crate::support::tokens::{NOW, with, without};

const TO_PAGE: &str = "/auth/session/refresh?stRedirectTo=%2Fpage%3Fa%3D1";
const ACCESS: &str =
    "sAccessToken=new; Domain=.example.com; Path=/; HttpOnly; Secure; SameSite=Lax";
const GONE: &str =
    "sAccessToken=; Domain=.example.com; Path=/; Expires=Thu, 01 Jan 1970 00:00:00 GMT";
const SIGN_IN: &str = "https://app.example.com/auth?redirectToPath=%2Fpage%3Fa%3D1";

/// What the browser's own kit forgets when a session ends, and what it notes.
const FORGOTTEN: [&str; 2] = ["sFrontToken", "sAntiCsrf"];

fn location(decision: &Decision) -> &str {
    assert_eq!(decision.outcome, Outcome::Redirect, "{decision:?}");
    decision.location.as_deref().unwrap()
}

#[test]
fn the_api_is_asked_as_the_browser_would_ask_it() {
    let cookies = "a=b; sAntiCsrf=csrf; sRefreshToken=r1; sAccessToken=t; sIdRefreshToken=old; sRefreshToken=r2";
    let need = visit(&mut gate(&provider()), TO_PAGE, cookies).unwrap_err();
    let request = &need.request;
    assert_eq!(
        (request.method, request.url.as_str()),
        ("POST", "https://api.example.com/auth/session/refresh")
    );
    let headers = [
        ("cookie", "sRefreshToken=r1; sRefreshToken=r2; sAccessToken=t; sIdRefreshToken=old"),
        ("rid", "anti-csrf"),
        ("st-auth-mode", "cookie"),
        ("anti-csrf", "csrf"),
    ];
    let sent: Vec<_> =
        request.headers.iter().map(|(name, value)| (*name, value.as_str())).collect();
    assert_eq!((sent, request.body.as_deref()), (headers.to_vec(), Some("")));
    // The same for everybody who waits, another one for another token.
    let again = visit(&mut gate(&provider()), REFRESH, cookies).unwrap_err();
    assert_eq!(again.key, need.key);
    let other = visit(&mut gate(&provider()), TO_PAGE, "sRefreshToken=r3").unwrap_err();
    assert_ne!(other.key, need.key);
    let gateway = with(provider(), "apiGatewayPath", "/gw");
    let path = "/gw/auth/session/refresh";
    let need = visit(&mut gate(&gateway), path, "sRefreshToken=r").unwrap_err();
    assert_eq!(need.request.url, format!("https://api.example.com{path}"));
}

#[test]
fn a_refresh_brings_everything_that_the_kit_would_keep() {
    let headers = [("set-cookie", ACCESS), ("front-token", "e30="), ("anti-csrf", "c-2")];
    let reply = Some((200, &headers[..], "{}"));
    let decision = refreshed(&mut gate(&provider()), TO_PAGE, "sRefreshToken=r", reply);
    assert_eq!(
        (location(&decision), reason(&decision)),
        ("https://app.example.com/page?a=1", "session-refreshed")
    );
    let readable = "; Path=/; Expires=Fri, 31 Dec 9999 23:59:59 GMT; Secure; SameSite=Lax";
    assert_eq!(
        cookies(&decision),
        [
            ACCESS.to_owned(),
            format!("sFrontToken=e30={readable}"),
            format!("st-last-access-token-update={}{readable}", NOW.0),
            format!("sAntiCsrf=c-2{readable}"),
            "stSsrSessionRefreshAttempt=1; Path=/; Max-Age=10; HttpOnly; SameSite=Lax; Secure"
                .to_owned(),
        ]
    );
    assert_eq!(header(&decision, "cache-control"), Some("private, no-store"));
}

#[test]
fn readable_cookies_have_the_domain_that_the_kit_gives_them() {
    for (domain, attribute) in [
        (".example.com", "; Domain=.example.com"),
        ("https://.Example.com:80/", "; Domain=.example.com"),
        ("app.example.com", ""),
        (".app.example.com", "; Domain=.app.example.com"),
    ] {
        let provider = with(provider(), "sessionTokenFrontendDomain", domain);
        let decision = visited(&mut gate(&provider), REFRESH, "x=1");
        let front = format!("sFrontToken={attribute}; Path=/; Expires=Thu, 01 Jan 1970");
        assert!(cookies(&decision)[0].starts_with(&front), "{domain}: {decision:?}");
    }
    let wrong = with(provider(), "sessionTokenFrontendDomain", "a;b");
    let error = crate::support::judge::config_error(&wrong);
    assert_eq!(error, ("invalid-option", "provider.sessionTokenFrontendDomain".to_owned()));
}

/// No answer of the API gets more into a cookie than its value.
#[test]
fn values_that_are_no_cookies_are_left_out() {
    for value in ["a; Domain=evil", "a b", "a,b", "\"", "a\\b"] {
        let headers = [("set-cookie", ACCESS), ("front-token", value), ("anti-csrf", value)];
        let reply = Some((200, &headers[..], ""));
        let decision = refreshed(&mut gate(&provider()), TO_PAGE, "sRefreshToken=r", reply);
        assert_eq!(cookies(&decision).len(), 2, "{value}");
    }
}

#[test]
fn only_the_api_ends_a_session() {
    let denied = [("set-cookie", GONE), ("front-token", "remove")];
    let decision =
        refreshed(&mut gate(&provider()), TO_PAGE, "sRefreshToken=r", Some((401, &denied, "")));
    assert_eq!((location(&decision), reason(&decision)), (SIGN_IN, "refresh-denied"));
    assert_eq!(taken(&decision), ["sAccessToken", FORGOTTEN[0], FORGOTTEN[1]]);
    assert!(
        cookies(&decision).iter().any(|cookie| cookie.starts_with("st-last-access-token-update="))
    );
    // Somebody in front of the API: the browser's own kit forgets the session, and nothing more.
    let reply = Some((401, &[("www-authenticate", "Basic")][..], ""));
    let decision = refreshed(&mut gate(&provider()), TO_PAGE, "sRefreshToken=r", reply);
    assert_eq!((location(&decision), taken(&decision)), (SIGN_IN, FORGOTTEN.to_vec()));
    // The status is the one that the API was told to use.
    let other = with(provider(), "sessionExpiredStatusCode", 440);
    let decision =
        refreshed(&mut gate(&other), TO_PAGE, "sRefreshToken=r", Some((440, &denied, "")));
    assert_eq!(reason(&decision), "refresh-denied");
    let decision =
        refreshed(&mut gate(&other), TO_PAGE, "sRefreshToken=r", Some((401, &denied, "")));
    assert_eq!((decision.status, reason(&decision)), (503, "refresh-unavailable"));
}

#[test]
fn an_outage_of_the_api_takes_nothing_away() {
    let failed: [Reply<'_>; 4] = [
        None,
        Some((500, &[("set-cookie", GONE)], "")),
        Some((404, &[], "")),
        Some((302, &[], "")),
    ];
    for reply in failed {
        let decision = refreshed(&mut gate(&provider()), TO_PAGE, "sRefreshToken=r", reply);
        assert_eq!((decision.status, reason(&decision)), (503, "refresh-unavailable"));
        assert_eq!((cookies(&decision).len(), header(&decision, "retry-after")), (0, Some("5")));
    }
}

#[test]
fn cookies_of_an_older_domain_cost_one_more_visit() {
    let cleared = Some((200, &[("set-cookie", GONE)][..], "{}"));
    let decision = refreshed(&mut gate(&provider()), TO_PAGE, "sRefreshToken=r", cleared);
    assert_eq!(location(&decision), format!("{APP}{TO_PAGE}"));
    assert_eq!(taken(&decision), ["sAccessToken"]);
    let counted = "sRefreshToken=r; stSsrSessionRefreshAttempt=1";
    let decision = refreshed(&mut gate(&provider()), TO_PAGE, counted, cleared);
    assert_eq!((decision.status, reason(&decision)), (503, "refresh-attempts-exceeded"));
    let twice = "sRefreshToken=r; stSsrSessionRefreshAttempt=2";
    let decision = visited(&mut gate(&provider()), TO_PAGE, twice);
    assert_eq!((decision.status, reason(&decision)), (503, "refresh-attempts-exceeded"));
}

#[test]
fn a_missing_refresh_token_says_nothing_of_the_session() {
    let decision = visited(&mut gate(&provider()), TO_PAGE, "sFrontToken=x");
    assert_eq!((location(&decision), reason(&decision)), (SIGN_IN, "refresh-token-missing"));
    assert_eq!(taken(&decision), FORGOTTEN);
    // The key may have rotated: the access token stays.
    let refused = format!("sAccessToken={}", expired());
    assert_eq!(taken(&visited(&mut gate(&provider()), TO_PAGE, &refused)), FORGOTTEN);
    // A good session goes back to where it came from.
    let good = format!("sAccessToken={}", good());
    let decision = visited(&mut gate(&provider()), TO_PAGE, &good);
    assert_eq!(location(&decision), "https://app.example.com/page?a=1");
    assert_eq!((taken(&decision).len(), cookies(&decision).len()), (0, 1));
    let often = format!("{good}; stSsrSessionRefreshAttempt=2");
    let decision = visited(&mut gate(&provider()), TO_PAGE, &often);
    assert_eq!((decision.status, reason(&decision)), (503, "refresh-attempts-exceeded"));
    // One that travels in headers was not asked about.
    let decision = visited(&mut gate(&provider()), TO_PAGE, "sFrontToken=x; st-refresh-token=y");
    assert_eq!((location(&decision), taken(&decision).len()), (SIGN_IN, 0));
    // And an outage is an outage.
    let mut remote = gate(&without(provider(), "jwks"));
    let need = visit(&mut remote, TO_PAGE, &good).unwrap_err();
    let decision = answer(&mut remote, &need, None, |gate| visit(gate, TO_PAGE, &good)).unwrap();
    assert_eq!((decision.status, cookies(&decision).len()), (503, 0));
}

/// A link on another site: browsers keep strict cookies back, on redirects as well.
#[test]
fn strict_cookies_are_asked_for_once_more() {
    let mut gate = gate(&with(provider(), "cookieSameSite", "strict"));
    let mut from = |site: &str, cookies: &str| {
        let headers = [PAGE[0], PAGE[1], ("sec-fetch-site", site), ("cookie", cookies)];
        let headers = if site.is_empty() { &headers[..2] } else { &headers };
        ask(&mut gate, "GET", &format!("{APP}{TO_PAGE}"), headers).unwrap()
    };
    for site in ["cross-site", ""] {
        let decision = from(site, "sFrontToken=x");
        assert_eq!((decision.status, reason(&decision)), (401, "strict-cookies-withheld"));
        let again = format!("0;url={APP}{TO_PAGE}");
        assert_eq!(header(&decision, "refresh"), Some(again.as_str()));
        assert_eq!((taken(&decision).len(), cookies(&decision).len()), (0, 1));
    }
    for (site, cookies) in [
        ("same-origin", "sFrontToken=x"),
        ("none", "sFrontToken=x"),
        ("cross-site", "stSsrSessionRefreshAttempt=1"),
    ] {
        assert_eq!(reason(&from(site, cookies)), "refresh-token-missing", "{site}");
    }
}

#[test]
fn visits_are_told_from_everything_else() {
    let mut gate = gate(&provider());
    let html = [("accept", "text/html"), ("cookie", "sRefreshToken=r")];
    let script = [("accept", "application/json"), ("cookie", "sRefreshToken=r")];
    let (here, api) = (format!("{APP}{TO_PAGE}"), "https://api.example.com");
    let elsewhere = format!("https://www.example.org{TO_PAGE}");
    let bare = format!("{APP}{REFRESH}");
    for (method, url, headers, is_visit) in [
        ("GET", &here, &html, true),
        ("GET", &here, &script, true),
        ("GET", &bare, &html, true),
        ("GET", &bare, &script, false),
        ("GET", &format!("{api}{TO_PAGE}"), &html, true),
        ("GET", &elsewhere, &html, false),
        ("GET", &format!("{APP}/auth/session/refresh/"), &html, false),
        ("HEAD", &here, &html, false),
        ("POST", &here, &html, false),
    ] {
        let answer = ask(&mut gate, method, url, headers);
        assert_eq!(answer.is_err(), is_visit, "{method} {url}");
    }
}

/// The API looks at its own calls; a gate in front of it that asks for a session would end it.
#[test]
fn calls_of_the_endpoint_itself_pass_whatever_the_routes_say() {
    let closed: Value = json!([{ "path": "/(.*)", "access": "signed-in" }]);
    let here = with(without(provider(), "cookieDomain"), "apiDomain", APP);
    let mut gate = gate_with(&here, closed.clone());
    let expired = format!("sAccessToken={}", expired());
    let headers = [("cookie", expired.as_str()), ("rid", "anti-csrf")];
    let mut status = |method: &str, path: &str| {
        ask(&mut gate, method, &format!("{APP}{path}"), &headers).unwrap().status
    };
    assert_eq!(status("POST", REFRESH), 200);
    assert_eq!(status("POST", "/auth/session"), 401);
    assert_eq!(status("PUT", REFRESH), 401);
    assert_eq!(status("GET", REFRESH), 401);
    // Elsewhere the path belongs to the application.
    let mut gate = gate_with(&provider(), closed);
    let decision = ask(&mut gate, "POST", &format!("{APP}{REFRESH}"), &headers).unwrap();
    assert_eq!(decision.status, 401);
}
