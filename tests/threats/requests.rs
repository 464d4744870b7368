//! Rows 19 to 21 and 23: cookies, the way back after signing in, and what the answer's headers say.

use serde_json::{Value, json};
use sessiongate::{Decision, Gate, Outcome, RequestHead};

use crate::support::judge::{clerk, gate_from, oidc, words};
use crate::support::tokens::{NOW, claims, token, with, with_claim};

/// `pk_live_` and `clerk.example.com$`; its cookies end in `naoXFJnI`.
const PUBLISHABLE_KEY: &str = "pk_live_Y2xlcmsuZXhhbXBsZS5jb20k";

/// A gate with a page for everybody and one behind a sign-in at `/sign-in`.
fn site(provider: &Value) -> Gate {
    gate_from(&json!({
        "provider": provider,
        "routes": [
            { "path": "/sign-in(.*)", "access": "public" },
            { "path": "/api(.*)", "access": "signed-in", "onDenied": "status" },
            { "path": "/admin(.*)", "access": { "role": "admin" } },
            { "path": "/(.*)", "access": "signed-in", "onDenied": "redirect" },
        ],
    }))
}

fn check(gate: &mut Gate, url: &str, headers: &[(&str, &str)]) -> Decision {
    gate.check(&RequestHead::new("GET", url, headers).unwrap(), NOW).unwrap()
}

/// The subject that these cookies sign in, or the exact reason against it.
fn visitor(provider: &Value, cookies: &[&str]) -> Result<String, &'static str> {
    let headers: Vec<(&str, &str)> = cookies.iter().map(|value| ("cookie", *value)).collect();
    let decision = check(&mut site(provider), "https://app.example.com/", &headers);
    match decision.state.auth.user_id.clone() {
        Some(user) => Ok(user),
        None => Err(words(&decision.state).1),
    }
}

fn of(user: &str) -> String {
    token("RS256", &with(claims(), "sub", user))
}

#[test]
fn row_19_of_duplicate_cookies_the_first_counts() {
    let (own, tossed) = (of("user_own"), of("user_tossed"));
    for provider in [clerk(), oidc(&["RS256"])] {
        let own_first = format!("__session={own}; __session={tossed}");
        assert_eq!(visitor(&provider, &[&own_first]), Ok("user_own".into()));
        // The same when they come in two headers.
        let [a, b] = [format!("__session={own}"), format!("__session={tossed}")];
        assert_eq!(visitor(&provider, &[&a, &b]), Ok("user_own".into()));
        // A bad first value is not passed over in favour of a second one.
        let bad_first = format!("__session=a.b.c; __session={own}");
        assert_eq!(visitor(&provider, &[&bad_first]), Err("token-not-base64url"));
    }
}

#[test]
fn row_19_the_instance_s_own_cookie_comes_before_the_plain_one() {
    let provider = with(clerk(), "publishableKey", PUBLISHABLE_KEY);
    let (own, tossed) = (of("user_own"), of("user_tossed"));
    let uat = "__client_uat_naoXFJnI=1";
    let cookies = format!("__session={tossed}; __session_naoXFJnI={own}; {uat}");
    assert_eq!(visitor(&provider, &[&cookies]), Ok("user_own".into()));
    let foreign = format!("__session_aaaaaaaa={tossed}");
    assert_eq!(visitor(&provider, &[&foreign]), Err("session-token-and-uat-missing"));
}

#[test]
fn row_19_names_are_exact_and_values_are_not_repaired() {
    let own = of("user_own");
    for provider in [clerk(), oidc(&["RS256"])] {
        let missing = if provider["kind"] == "clerk" {
            "session-token-and-uat-missing"
        } else {
            "token-missing"
        };
        for (cookie, reason) in [
            (format!("__Session={own}"), missing),
            (format!("__Host-__session={own}"), missing),
            (format!("__session_={own}"), missing),
            (format!("a__session={own}"), missing),
            (format!("\u{a0}__session={own}"), missing),
            (format!("__session\u{0}={own}"), missing),
            (format!("__session; {own}"), missing),
            ("__session=".into(), missing),
            (format!("__session=\"{own}\""), "token-not-base64url"),
            (format!("__session={own},x"), "token-not-base64url"),
            (format!("__session={own}%20"), "token-not-base64url"),
            (format!("__session={}", own.rsplit_once('.').unwrap().0), "token-not-compact"),
        ] {
            assert_eq!(visitor(&provider, &[&cookie]), Err(reason), "{cookie}");
        }
        // White space around a pair belongs to neither (RFC 6265 section 5.2).
        let spaced = format!("a=b;\t __session =\t{own} ; c=d");
        assert_eq!(visitor(&provider, &[&spaced]), Ok("user_own".into()));
        // Escapes of plain characters stand for these, as for every server in the field.
        let escaped = format!("__session={}", own.replace('.', "%2E"));
        assert_eq!(visitor(&provider, &[&escaped]), Ok("user_own".into()));
    }
}

#[test]
fn row_19_a_token_that_was_cut_off_is_refused() {
    // A browser drops a cookie of more than 4 KB; a client that cuts it off sends half of it.
    let long = token("RS256", &with(claims(), "x", "x".repeat(2700)));
    let signature = long.rfind('.').unwrap() + 1;
    assert!(long.len() > 4096 && signature < 4096);
    for (cut, reason) in [
        (signature + 340, "token-invalid-signature"),
        (signature + 4, "token-invalid-signature"),
        (signature + 1, "token-not-base64url"),
        (signature, "token-invalid-signature"),
        (signature - 1, "token-not-compact"),
    ] {
        let cookie = format!("__session={}", &long[..cut]);
        assert_eq!(visitor(&clerk(), &[&cookie]), Err(reason), "{cut}");
    }
}

#[test]
fn row_19_floods_of_cookies_have_their_own_codes() {
    let own = of("user_own");
    for provider in [clerk(), oidc(&["RS256"])] {
        let many = format!("{}__session={own}", "a=1; ".repeat(256));
        assert_eq!(visitor(&provider, &[&many]), Err("too-many-cookies"));
        let large = format!("__session={own}; a={}", "x".repeat(32 * 1024));
        assert_eq!(visitor(&provider, &[&large]), Err("cookie-header-too-large"));
        let half = format!("a={}", "x".repeat(17 * 1024));
        assert_eq!(visitor(&provider, &[&half, &half]), Err("cookie-header-too-large"));
    }
}

/// The way back that the redirect to the sign-in page carries.
fn way_back(url: &str, headers: &[(&str, &str)]) -> String {
    let decision = check(&mut site(&clerk()), url, headers);
    assert_eq!((decision.outcome, decision.status), (Outcome::Redirect, 307), "{url}");
    let location = decision.location.unwrap();
    assert!(decision.headers.contains(&("location".into(), location.clone().into())));
    let (page, query) = location.split_once("?redirect_url=").unwrap();
    let back = form_urlencoded::parse(query.as_bytes()).next().unwrap().0.into_owned();
    assert!(page.ends_with("/sign-in"), "{page}");
    let (page_origin, back_origin) = (page.trim_end_matches("/sign-in"), back.split('/').nth(2));
    assert_eq!(page_origin.split('/').nth(2), back_origin, "both on one origin");
    back
}

#[test]
fn row_20_the_way_back_stays_on_the_origin_of_the_request() {
    for path in [
        "/",
        "/a?b=c&d=e#f",
        "//evil.example",
        "///evil.example",
        "/%2F%2Fevil.example",
        "/%5C%5Cevil.example",
        "/%09/evil.example",
        "/%0D%0ALocation:%20https://evil.example",
        "/@evil.example",
        "/https://evil.example",
        "/javascript:alert(1)",
        "/?redirect_url=https://evil.example",
        "/;//evil.example",
    ] {
        let url = format!("https://app.example.com{path}");
        assert_eq!(way_back(&url, &[]), url);
    }
}

#[test]
fn row_20_paths_with_two_readings_are_not_redirected_at_all() {
    for path in ["/../x", "/a/..//evil.example", "/%2e%2e//evil.example", "/./x", "/%", "/%ff"] {
        let url = format!("https://app.example.com{path}");
        let decision = check(&mut site(&clerk()), &url, &[]);
        let reason = decision.reason.map(sessiongate::Reason::code);
        assert_eq!((decision.status, reason), (400, Some("path-malformed")), "{path}");
        assert_eq!(decision.location, None);
    }
}

#[test]
fn row_20_what_is_no_url_is_told_to_the_host() {
    for url in [
        "//evil.example/",
        "/path",
        "",
        "javascript:alert(1)",
        "https:/app.example.com/",
        "https://",
        "https://user@app.example.com/",
        "https://user:pass@app.example.com/",
        "https://app.example.com\\@evil.example/",
        "https://app.example.com/\\evil.example",
        "https://app.example.com/\tx",
        "https://app.example.com/\r\nset-cookie: a=b",
        "https://app.example.com/\u{0}",
        "https://\u{430}pp.example.com/",
    ] {
        let error = RequestHead::new("GET", url, &[]).unwrap_err();
        assert_eq!(error.code(), "request-url", "{url:?}");
        assert!(url.is_empty() || !error.message().contains(url));
    }
    for method in ["", "GET ", "GET\r\n", "G(T", "\u{e4}"] {
        let error = RequestHead::new(method, "https://app.example.com/", &[]).unwrap_err();
        assert_eq!(error.code(), "request-method", "{method:?}");
    }
}

#[test]
fn row_20_a_forwarded_host_is_a_host_or_nothing() {
    let url = "http://127.0.0.1:3000/page";
    let forwarded = |host| [("x-forwarded-host", host), ("x-forwarded-proto", "https")];
    assert_eq!(way_back(url, &forwarded("app.example.com")), "https://app.example.com/page");
    assert_eq!(way_back(url, &forwarded("app.example.com, b")), "https://app.example.com/page");
    for host in [
        "app.example.com/evil",
        "app.example.com@evil.example",
        "user:pass@evil.example",
        "evil.example#",
        "evil.example?",
        "evil.example\\",
        "evil.example\r\nx: y",
        "evil example",
        "[::1",
        "",
    ] {
        assert_eq!(way_back(url, &forwarded(host)), url, "{host:?}");
    }
    for scheme in ["javascript", "ftp", "https:", ""] {
        let headers = [("x-forwarded-host", "app.example.com"), ("x-forwarded-proto", scheme)];
        let back = way_back(url, &headers);
        assert!(matches!(
            back.as_str(),
            "http://127.0.0.1:3000/page" | "http://app.example.com/page"
        ));
    }
}

#[test]
fn row_20_without_trust_the_proxy_s_headers_are_not_read() {
    let mut gate = gate_from(&json!({
        "provider": clerk(),
        "routes": [{ "path": "/(.*)", "access": "signed-in", "onDenied": "redirect" }],
        "trustProxy": false,
    }));
    let headers = [("x-forwarded-host", "evil.example"), ("host", "evil.example")];
    let location = check(&mut gate, "https://app.example.com/a", &headers).location.unwrap();
    assert!(location.starts_with("https://app.example.com/sign-in?"), "{location}");
    assert!(!location.contains("evil"), "{location}");
}

#[test]
fn row_21_nothing_of_a_token_or_request_breaks_out_of_a_header() {
    let claims = with_claim("sub", r#""a\r\nset-cookie: b=c""#);
    let bearer = format!("Bearer {claims}");
    let mut gate = site(&clerk());
    for (url, headers) in [
        ("https://app.example.com/admin", &[("authorization", bearer.as_str())][..]),
        ("https://app.example.com/", &[("authorization", bearer.as_str())]),
        ("https://app.example.com/%0d%0a", &[("cookie", "__session=a\r\nb: c")]),
        ("https://app.example.com/api", &[("x-forwarded-host", "a\r\nb: c")]),
        ("https://app.example.com/?a=%0D%0Ab:c", &[("host", "a\nb")]),
    ] {
        let decision = check(&mut gate, url, headers);
        for (name, value) in &decision.headers {
            assert!(value.bytes().all(|byte| (b' '..=b'~').contains(&byte)), "{name}: {value:?}");
        }
    }
}

#[test]
fn row_23_decisions_about_a_visitor_are_never_cached() {
    let bearer = format!("Bearer {}", of("user_1"));
    let signed_in = [("authorization", bearer.as_str())];
    let mut gate = site(&clerk());
    for (path, headers, status) in [
        ("/", &[][..], 307),
        ("/api", &[], 401),
        ("/admin", &signed_in[..], 403),
        ("/%", &[], 400),
        ("/", &signed_in, 200),
        ("/api", &signed_in, 200),
    ] {
        let decision = check(&mut gate, &format!("https://app.example.com{path}"), headers);
        assert_eq!(decision.status, status, "{path}");
        let value = |name: &str| {
            let mut values = decision.headers.iter().filter(|(key, _)| key == name);
            (values.next().map(|(_, value)| &**value), values.count())
        };
        assert_eq!(value("cache-control"), (Some("private, no-store"), 0), "{path}");
        assert_eq!(value("vary"), (Some("Cookie"), 0), "{path}");
    }
    // What is open to all may be cached by all.
    let public = check(&mut gate, "https://app.example.com/sign-in", &signed_in);
    assert!(!public.headers.iter().any(|(name, _)| name == "cache-control" || name == "vary"));
}
