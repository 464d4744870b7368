//! Pages: to a refresh, to the sign-in page, to the screen that mends a claim, or nowhere.

use serde_json::{Value, json};
use sessiongate::{Decision, Gate, Outcome};

use super::{
    PAGE, REFRESH, ask, claims, cookies, expired, gate, gate_with, good, header, provider, reason,
    taken, token, visited,
};
use crate::APP;
use crate::support::tokens::{NOW_SECONDS, with, without};

const COUNTED: &str =
    "stSsrSessionRefreshAttempt=1; Path=/; Max-Age=10; HttpOnly; SameSite=Lax; Secure";
const TO_REFRESH: &str =
    "https://app.example.com/auth/session/refresh?stRedirectTo=%2Fpage%3Fa%3D%252F";
const TO_SIGN_IN: &str = "https://app.example.com/auth?redirectToPath=%2Fpage%3Fa%3D%252F";

fn page(provider: &Value, cookies: &str) -> Decision {
    visited(&mut gate(provider), "/page?a=%2F", cookies)
}

fn location(decision: &Decision) -> &str {
    assert_eq!(decision.outcome, Outcome::Redirect, "{decision:?}");
    decision.location.as_deref().unwrap()
}

/// The provider with the API on a host whose cookies the page's host does not get.
fn elsewhere() -> Value {
    with(without(provider(), "cookieDomain"), "cookieSameSite", "lax")
}

#[test]
fn a_token_that_is_refused_leads_to_a_refresh() {
    let expired = expired();
    let static_key = {
        let header = json!({ "alg": "RS256", "typ": "JWT", "kid": "s-1", "version": "5" });
        let (header, claims) = (header.to_string(), claims().to_string());
        let signer = crate::support::mint::Signer::Rsa2048B;
        crate::support::mint::mint_with(signer, "RS256", header.as_bytes(), claims.as_bytes())
    };
    let (good, unknown) = (good(), token(&claims()).replace("eyJhbGci", "eyJhbGcj"));
    for cookies in [
        format!("sAccessToken={expired}"),
        format!("sAccessToken={static_key}"),
        format!("sAccessToken={good}; sAccessToken={good}"),
        format!("sAccessToken={good}; sIdRefreshToken="),
        format!("sAccessToken={}AAAA", good.get(..good.len() - 4).unwrap()),
        // Whatever this is, the browser's own kit believes in a session.
        format!("sAccessToken={unknown}; sFrontToken=x"),
        "sFrontToken=x".to_owned(),
    ] {
        let decision = page(&provider(), &cookies);
        assert_eq!(location(&decision), TO_REFRESH, "{cookies}");
        assert_eq!((decision.status, taken(&decision).len()), (307, 0));
        assert!(header(&decision, "cache-control").unwrap().contains("no-store"));
    }
}

#[test]
fn scripts_get_the_bare_status() {
    let mut gate = gate(&provider());
    for (cookie, body) in [
        (format!("sAccessToken={}", expired()), r#"{"message":"try refresh token"}"#),
        ("sFrontToken=x".to_owned(), r#"{"message":"unauthorised"}"#),
    ] {
        let headers = [("accept", "application/json"), ("cookie", cookie.as_str())];
        let decision = ask(&mut gate, "GET", &format!("{APP}/page"), &headers).unwrap();
        assert_eq!((decision.outcome, decision.status), (Outcome::Deny, 401));
        assert_eq!((decision.body.as_deref(), cookies(&decision).len()), (Some(body), 0));
    }
}

#[test]
fn a_second_refresh_in_a_row_is_not_tried() {
    let token = format!("sAccessToken={}", expired());
    for count in ["1", "3", "x; stSsrSessionRefreshAttempt=1", "1; stSsrSessionRefreshAttempt=0"] {
        let counted = format!("stSsrSessionRefreshAttempt={count}");
        let decision = page(&provider(), &format!("{token}; {counted}"));
        assert_eq!((decision.status, reason(&decision)), (401, "refresh-attempts-exceeded"));
        let decision = page(&provider(), &format!("sFrontToken=x; {counted}"));
        assert_eq!((decision.status, reason(&decision)), (401, "session-out-of-reach"));
        assert_eq!(cookies(&decision).len(), 0);
    }
    for count in ["", "0", "-1", "many", "99999999999"] {
        let cookies = format!("{token}; stSsrSessionRefreshAttempt={count}");
        assert_eq!(location(&page(&provider(), &cookies)), TO_REFRESH, "{count}");
    }
}

#[test]
fn a_page_that_refreshes_is_visited_once_and_counted_at_once() {
    let token = format!("sAccessToken={}", expired());
    let own = |page: &str| with(provider(), "refreshPage", page);
    let decision = page(&own("/refresh?x=1"), &token);
    let back = "stRedirectTo=%2Fpage%3Fa%3D%252F";
    assert_eq!(location(&decision), format!("{APP}/refresh?x=1&{back}"));
    assert_eq!(cookies(&decision), [COUNTED]);
    let counted = format!("{token}; stSsrSessionRefreshAttempt=1");
    assert_eq!(reason(&page(&own("/refresh"), &counted)), "refresh-attempts-exceeded");
    // A path of this host means nothing on another one.
    let decision = page(&own("https://id.example.org/refresh"), &token);
    assert_eq!(location(&decision), "https://id.example.org/refresh");
    // The page itself is not sent to itself.
    let routes = json!([{ "path": "/(.*)", "access": "signed-in" }]);
    let decision = visited(&mut gate_with(&own("/refresh"), routes), "/refresh", &token);
    assert_eq!((decision.status, reason(&decision)), (401, "try-refresh-token"));
}

#[test]
fn what_is_fetched_in_advance_is_not_counted() {
    let token = format!("sAccessToken={}", expired());
    let mut gate = gate(&with(provider(), "refreshPage", "/refresh"));
    for prefetch in [("sec-purpose", "prefetch;prerender"), ("next-router-prefetch", "1")] {
        let headers = [PAGE[0], PAGE[1], prefetch, ("cookie", &token)];
        let decision = ask(&mut gate, "GET", &format!("{APP}/page"), &headers).unwrap();
        assert_eq!((decision.status, cookies(&decision).len()), (307, 0), "{prefetch:?}");
    }
}

#[test]
fn where_nothing_can_be_refreshed_the_sign_in_page_is_tried_once() {
    let token = format!("sAccessToken={}", expired());
    let by_header = with(provider(), "getTokenTransferMethod", "header");
    let without_tls = with(provider(), "websiteDomain", "http://app.example.com");
    for (provider, cookie) in [
        (elsewhere(), token.as_str()),
        (elsewhere(), "sFrontToken=x"),
        (by_header, "sFrontToken=x"),
        (provider(), "sFrontToken=x; st-refresh-token=y"),
        (with(without_tls, "cookieSameSite", "lax"), "sFrontToken=x"),
    ] {
        let decision = page(&provider, cookie);
        assert!(location(&decision).ends_with("/auth?redirectToPath=%2Fpage%3Fa%3D%252F"));
        let counted: Vec<_> = cookies(&decision);
        assert!(counted.len() == 1 && counted[0].starts_with("stSsrSessionRefreshAttempt=1;"));
        let again = page(&provider, &format!("{cookie}; stSsrSessionRefreshAttempt=1"));
        assert_eq!((again.outcome, again.status), (Outcome::Deny, 401), "{cookie}");
        assert_eq!(cookies(&again).len(), 0);
    }
}

#[test]
fn whoever_has_no_session_is_sent_to_sign_in() {
    // The kit does not know of a session, and will ask the API.
    let decision = page(&provider(), "x=1");
    assert_eq!((location(&decision), cookies(&decision)), (TO_SIGN_IN, vec![COUNTED]));
    // It knows that there is none.
    let known = page(&provider(), "st-last-access-token-update=1");
    assert_eq!((location(&known), cookies(&known).len()), (TO_SIGN_IN, 0));
    let again = page(&provider(), "stSsrSessionRefreshAttempt=1");
    assert_eq!((location(&again), cookies(&again).len()), (TO_SIGN_IN, 0));
    // A path means nothing on another host.
    let website = with(provider(), "websiteDomain", "https://www.example.com");
    assert_eq!(location(&page(&website, "x=1")), "https://www.example.com/auth");
    // The route's own page comes first.
    let routes =
        json!([{ "path": "/page", "access": "signed-in", "unauthenticatedUrl": "/hello" }]);
    let decision = visited(&mut gate_with(&provider(), routes), "/page", "x=1");
    assert_eq!(
        (location(&decision), cookies(&decision)),
        ("https://app.example.com/hello", vec![COUNTED])
    );
}

#[test]
fn cookies_that_were_not_read_lead_nowhere() {
    let many = format!("{}sFrontToken=x", "a=1; ".repeat(300));
    for (cookies, code) in [
        ("a=".to_owned() + &"x".repeat(40_000), "cookie-header-too-large"),
        (many, "too-many-cookies"),
    ] {
        for path in ["/page", REFRESH] {
            let decision = visited(&mut gate(&provider()), path, &cookies);
            assert_eq!((decision.outcome, decision.status), (Outcome::Deny, 401));
            let detail = decision.state.detail.map(|detail| detail.code());
            assert!(reason(&decision) == code || detail == Some(code), "{decision:?}");
            assert_eq!(taken(&decision).len(), 0);
        }
    }
}

#[test]
fn a_form_without_the_header_is_refused_where_it_is() {
    let provider = with(provider(), "antiCsrf", "VIA_CUSTOM_HEADER");
    let cookie = format!("sAccessToken={}", good());
    let headers = [PAGE[0], PAGE[1], ("cookie", cookie.as_str())];
    let decision = ask(&mut gate(&provider), "POST", &format!("{APP}/page"), &headers).unwrap();
    assert_eq!((decision.outcome, decision.status), (Outcome::Deny, 401));
    assert_eq!(decision.state.detail.unwrap().code(), "anti-csrf-header-missing");
    // A refresh helps where it is the session that has expired; the form itself is lost.
    let cookie = format!("sAccessToken={}", expired());
    let headers = [PAGE[0], PAGE[1], ("rid", "x"), ("cookie", cookie.as_str())];
    let decision = ask(&mut gate(&provider), "POST", &format!("{APP}/page"), &headers).unwrap();
    assert_eq!((decision.status, decision.location.is_some()), (303, true));
}

#[test]
fn outages_lead_nowhere_and_take_nothing_away() {
    let mut gate = gate(&without(provider(), "jwks"));
    let cookie = format!("sAccessToken={}; sFrontToken=x", good());
    let need = super::visit(&mut gate, "/page", &cookie).unwrap_err();
    let decision =
        super::answer(&mut gate, &need, None, |gate| super::visit(gate, "/page", &cookie)).unwrap();
    assert_eq!((decision.status, reason(&decision)), (503, "keys-unavailable"));
    assert_eq!((cookies(&decision).len(), header(&decision, "retry-after")), (0, Some("5")));
}

/// A proxy in front ended TLS, and the gate was not told of it.
#[test]
fn redirects_have_the_scheme_of_the_website() {
    let mut gate = gate(&provider());
    let cookie = format!("sAccessToken={}", expired());
    let headers = [PAGE[0], PAGE[1], ("cookie", cookie.as_str())];
    let decision = ask(&mut gate, "GET", "http://app.example.com/page?a=%2F", &headers).unwrap();
    assert_eq!(location(&decision), TO_REFRESH);
    // Elsewhere without TLS the browser would keep the cookies to itself.
    let decision = ask(&mut gate, "GET", "http://b.example.com/page", &headers).unwrap();
    assert_eq!(location(&decision), "https://app.example.com/auth");
}

#[test]
fn pages_that_are_protected_themselves_are_told_from_loops() {
    let routes = json!([{ "path": "/(.*)", "access": "signed-in" }]);
    let mut gate = gate_with(&provider(), routes);
    for url in ["https://app.example.com/auth", "http://app.example.com/auth/?x=1"] {
        let decision = ask(&mut gate, "GET", url, &PAGE).unwrap();
        assert_eq!((decision.status, reason(&decision)), (401, "sign-in-page-protected"), "{url}");
    }
}

mod screens {
    use super::*;

    const IS_VERIFIED: &str = r#"{"claim":"st-ev","validator":"isVerified","id":"st-ev"}"#;
    const HAS_FACTORS: &str =
        r#"{"claim":"st-mfa","validator":"hasCompletedMFARequirementsForAuth","id":"st-mfa"}"#;

    /// A gate that asks for both claims everywhere.
    fn gate() -> Gate {
        let asked: Vec<Value> =
            [IS_VERIFIED, HAS_FACTORS].map(|text| serde_json::from_str(text).unwrap()).into();
        let routes = json!([{ "path": "/(.*)", "access": "signed-in" }]);
        gate_with(&with(provider(), "claimValidators", asked), routes)
    }

    fn session(verified: bool, factors: bool) -> String {
        let claims = with(claims(), "st-ev", json!({ "v": verified, "t": NOW_SECONDS * 1000 }));
        format!("sAccessToken={}", token(&with(claims, "st-mfa", json!({ "v": factors, "c": {} }))))
    }

    #[test]
    fn the_first_claim_that_fails_has_its_screen() {
        for (verified, factors, screen) in
            [(false, true, "verify-email"), (false, false, "verify-email"), (true, false, "mfa")]
        {
            let decision = visited(&mut gate(), "/page?a=1", &session(verified, factors));
            let back = "?redirectToPath=%2Fpage%3Fa%3D1";
            assert_eq!(location(&decision), format!("{APP}/auth/{screen}{back}"));
        }
        assert_eq!(visited(&mut gate(), "/page", &session(true, true)).status, 200);
    }

    /// Screens that ask for each other's claims must not send anybody to and fro.
    #[test]
    fn from_a_screen_on_only_those_before_it_are_open() {
        let at =
            |path: &str, verified, factors| visited(&mut gate(), path, &session(verified, factors));
        for path in ["/auth/verify-email", "/auth/verify-email/", "/auth/verify-email?x=1"] {
            let decision = at(path, false, false);
            assert_eq!((decision.status, reason(&decision)), (403, "claim-page-protected"));
            assert_eq!(at(path, true, false).status, 403);
        }
        assert_eq!(at("/auth/mfa", true, false).status, 403);
        let decision = at("/auth/mfa", false, true);
        assert!(location(&decision).starts_with("https://app.example.com/auth/verify-email?"));
    }
}
