//! Rows 16, 19 and 21 to 23: floods, cookies, and what goes into the headers of answers.

use serde_json::{Value, json};
use sessiongate::{Decision, Fact, Gate, HttpReply, NeedKind, Outcome, RequestHead, UnixMillis};

use crate::support::judge::{OK, gate, gate_from, judge_with, no_reply, reply, words};
use crate::support::mint::Signer;
use crate::support::supertokens::{
    claims, header, keys, legacy, legacy_by, legacy_claims, signed, supertokens,
    supertokens_without_keys, token,
};
use crate::support::tokens::{NOW, with, without};

const SOURCE: &str = "https://app.example.com/auth/jwt/jwks.json";
const CORE: &str = "https://core.example";

fn jwks() -> String {
    json!({ "keys": keys() }).to_string()
}

fn unknown(number: usize) -> String {
    signed(&with(header(), "kid", format!("d-{number}")), &claims())
}

/// The answer of the API with its key set, good for so many seconds by its own word.
fn keys_for(seconds: u32, at: UnixMillis) -> Fact {
    let fact = reply(SOURCE, 200, &jwks(), at);
    let headers = vec![("cache-control".to_owned(), format!("max-age={seconds}, must-revalidate"))];
    Fact { reply: fact.reply.map(|reply| HttpReply { headers, ..reply }), ..fact }
}

#[test]
fn row_16_a_flood_of_made_up_sessions_costs_one_request() {
    let made_up: Vec<String> = (0..20).map(unknown).collect();
    for max_age in [0, 1, 60, 14_400, u32::MAX] {
        let mut gate = gate(&supertokens_without_keys());
        let need = gate.verify_token(&made_up[0], NOW).unwrap_err();
        assert_eq!((need.kind, need.request.url.as_str()), (NeedKind::Keys, SOURCE));
        gate.supply(&keys_for(max_age, NOW)).unwrap();
        for (number, token) in (0..1000).zip(made_up.iter().cycle()) {
            let now = NOW.plus(29 * number);
            let verdict = gate.verify_token(token, now).expect("nothing to fetch");
            assert_eq!(verdict.unwrap_err().detail.unwrap().code(), "key-not-found");
        }
        // Version 2 names no key, so a bad one is no reason to ask either.
        let forged = legacy_by(Signer::Rsa4096, &legacy_claims().to_string());
        for after in [0, 29_999] {
            let verdict = gate.verify_token(&forged, NOW.plus(after)).expect("nothing to fetch");
            assert_eq!(verdict.unwrap_err().detail.unwrap().code(), "token-invalid-signature");
        }
        assert!(gate.verify_token(&made_up[0], NOW.plus(30_000)).is_err(), "max-age={max_age}");
    }
}

#[test]
fn row_16_what_is_no_session_fetches_nothing() {
    let mut gate = gate(&supertokens_without_keys());
    for token in [
        "a.b.c".to_owned(),
        signed(&without(header(), "kid"), &claims()),
        signed(&with(header(), "version", "6"), &claims()),
        signed(&with(header(), "alg", "none"), &claims()),
        signed(&with(header(), "alg", "HS256"), &claims()),
        signed(&with(header(), "crit", json!(["x"])), &claims()),
        token(&without(claims(), "sessionHandle")),
        token(&with(claims(), "stt", 1)),
        legacy("{}"),
    ] {
        assert!(gate.verify_token(&token, NOW).expect("nothing to fetch").is_err(), "{token}");
    }
}

#[test]
fn row_16_keys_that_cannot_be_had_are_no_reason_to_refresh() {
    let moved = HttpReply {
        status: 302,
        headers: vec![("location".into(), "https://evil.example".into())],
        body: jwks(),
    };
    let mut large = jwks();
    large.insert_str(1, &format!("\"x\":\"{}\",", "x".repeat(70_000)));
    for (fact, code) in [
        (no_reply(SOURCE, NOW), "keys-unavailable"),
        (reply(SOURCE, 500, &jwks(), NOW), "keys-unavailable"),
        (Fact { reply: Some(moved), ..no_reply(SOURCE, NOW) }, "keys-unavailable"),
        (reply(SOURCE, 200, "<html>", NOW), "jwks-malformed"),
        (reply(SOURCE, 200, &large, NOW), "jwks-too-large"),
    ] {
        let mut gate = site(&supertokens_without_keys());
        gate.supply(&fact).unwrap();
        for headers in [&PAGE[..], &[]] {
            let cookie = format!("__session={}; sFrontToken=x; sRefreshToken=r", token(&claims()));
            let decision = check(&mut gate, "/", &[&[("cookie", &*cookie)], headers].concat());
            assert_eq!((decision.outcome, decision.status), (Outcome::Deny, 503), "{code}");
            assert_eq!(words(&decision.state), (code, code));
            assert!(decision.headers.iter().all(|(name, _)| name != "set-cookie"), "{code}");
        }
        // A good set that was there before goes on being used.
        let mut gate = self::gate(&supertokens_without_keys());
        gate.supply(&reply(SOURCE, 200, &jwks(), NOW.plus(-600_000))).unwrap();
        gate.supply(&fact).unwrap();
        assert_eq!(judge_with(&mut gate, &token(&claims())), OK);
    }
}

/// What a browser sends when a person opens a page.
const PAGE: [(&str, &str); 2] = [("sec-fetch-dest", "document"), ("accept", "text/html")];

/// A gate with an open page, a route for administrators, and everything else behind a session.
fn site(provider: &Value) -> Gate {
    gate_from(&json!({
        "provider": provider,
        "routes": [
            { "path": "/open", "access": "public" },
            { "path": "/optional", "access": "public", "session": { "sessionRequired": false } },
            { "path": "/admin", "access": { "role": "admin" } },
            { "path": "/api", "access": "signed-in", "onDenied": "status" },
            { "path": "/(.*)", "access": "signed-in" },
        ],
    }))
}

fn check(gate: &mut Gate, path: &str, headers: &[(&str, &str)]) -> Decision {
    let url = format!("https://app.example.com{path}");
    gate.check(&RequestHead::new("GET", &url, headers).unwrap(), NOW).unwrap()
}

/// The user that these headers sign in, or the exact reason against it.
fn visitor(headers: &[(&str, &str)]) -> Result<String, &'static str> {
    let decision = check(&mut site(&supertokens()), "/api", headers);
    match decision.state.auth.user_id.clone() {
        Some(user) => Ok(user),
        None => Err(words(&decision.state).1),
    }
}

fn of(user: &str) -> String {
    token(&with(claims(), "sub", user))
}

#[test]
fn row_19_of_several_sessions_none_counts() {
    let (own, tossed) = (of("user_own"), of("user_tossed"));
    for cookies in [
        vec![format!("__session={own}; __session={tossed}")],
        vec![format!("__session={tossed}; __session={own}")],
        vec![format!("__session={own}"), format!("__session={tossed}")],
        vec![format!("__session={own}; __session={own}")],
        vec![format!("__session=a.b.c; __session={own}")],
        vec![format!("__session={own}; _%5Fsession={tossed}")],
        vec![format!("__session={own}; __session=")],
        vec![format!("__session; __session={own}")],
    ] {
        let headers: Vec<(&str, &str)> =
            cookies.iter().map(|one| ("cookie", one.as_str())).collect();
        assert_eq!(visitor(&headers), Err("duplicate-access-token"), "{cookies:?}");
    }
}

#[test]
fn row_19_names_of_sessions_are_exact() {
    let own = of("user_own");
    for cookie in [
        format!("__Session={own}"),
        format!("__Host-__session={own}"),
        format!("sAccessToken={own}"),
        format!("\u{a0}__session={own}"),
        format!("__session\u{0}={own}"),
        "__session=".into(),
        format!("sFrontToken={own}; sRefreshToken={own}; st-access-token={own}"),
    ] {
        assert_eq!(visitor(&[("cookie", &cookie)]), Err("token-missing"), "{cookie}");
    }
    for header in ["bearer", "BEARER", "Bearer\t", "Token"] {
        let value = format!("{header} {own}");
        assert_eq!(visitor(&[("authorization", &value)]), Err("token-missing"), "{header}");
    }
    let many = format!("{}__session={own}", "a=1; ".repeat(256));
    assert_eq!(visitor(&[("cookie", &many)]), Err("too-many-cookies"));
    let large = format!("__session={own}; a={}", "x".repeat(32 * 1024));
    assert_eq!(visitor(&[("cookie", &large)]), Err("cookie-header-too-large"));
}

#[test]
fn row_19_a_session_in_the_header_comes_before_one_in_a_cookie() {
    let (own, tossed) = (of("user_own"), of("user_tossed"));
    let cookie = format!("__session={tossed}");
    let bearer = |token: &str| format!("Bearer {token}");
    let both = |token: &str| visitor(&[("authorization", &bearer(token)), ("cookie", &cookie)]);
    assert_eq!(both(&own), Ok("user_own".into()));
    // A foreign token hides no cookie; one of a session that has expired does.
    assert_eq!(both("a.b.c"), Ok("user_tossed".into()));
    assert_eq!(both(&signed(&json!({ "alg": "none" }), &claims())), Ok("user_tossed".into()));
    assert_eq!(both(&token(&with(claims(), "exp", 1))), Err("token-expired"));
    // What the browser's own kit believes proves nothing.
    let front = "sFrontToken=eyJ1aWQiOiJ1c2VyXzEiLCJhdGUiOjE5MDAwMDAwMDAwMDAsInVwIjp7fX0=";
    assert_eq!(visitor(&[("cookie", front)]), Err("token-missing"));
}

/// A gate that asks the core about every session.
fn asking() -> Gate {
    gate_from(&json!({
        "provider": with(with(supertokens(), "connectionURI", CORE), "apiKey", "secret-key"),
        "routes": [{
            "path": "/(.*)", "access": "signed-in", "onDenied": "status",
            "session": { "checkDatabase": true },
        }],
    }))
}

/// What becomes of a request about which the core says this.
fn answered(gate: &mut Gate, headers: &[(&str, &str)], answer: &Value) -> Decision {
    let head = RequestHead::new("GET", "https://app.example.com/api", headers).unwrap();
    let need = gate.check(&head, NOW).expect_err("the core is asked");
    assert_eq!(need.kind, NeedKind::SessionVerify);
    gate.supply(&need.answered(200, answer.to_string(), NOW)).unwrap();
    gate.check(&head, NOW).unwrap()
}

fn assert_legal(decision: &Decision) {
    for (name, value) in &decision.headers {
        assert!(name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-'), "{name}");
        assert!(value.bytes().all(|byte| (b' '..=b'~').contains(&byte)), "{name}: {value:?}");
    }
}

#[test]
fn row_21_nothing_of_the_core_s_answer_breaks_out_of_a_header() {
    let hostile = "a\r\nset-cookie: b=c\u{0}\u{e4}";
    let bearer = format!("Bearer {}", of("user_1"));
    let cookie = format!("__session={}", of("user_1"));
    let csrf = ("anti-csrf", "x\u{1}y");
    for carrier in [("authorization", bearer.as_str()), ("cookie", cookie.as_str())] {
        for new in
            [of(hostile), hostile.to_owned(), format!("{}\r\nx: y", of("user_1")), String::new()]
        {
            let answer = json!({
                "status": "OK",
                "session": {
                    "handle": hostile, "userId": hostile, "recipeUserId": hostile,
                    "tenantId": hostile, "userDataInJWT": { hostile: hostile },
                },
                "accessToken": { "token": new, "expiry": 1_900_000_000_000_i64, "createdTime": 1 },
            });
            let decision = answered(&mut asking(), &[carrier, csrf], &answer);
            assert_legal(&decision);
            let is_token = new.split('.').count() == 3 && !new.contains('\r');
            let status = if is_token { 200 } else { 503 };
            assert_eq!(decision.status, status, "{new:?}");
        }
    }
}

#[test]
fn row_21_secrets_stay_out_of_what_is_shown() {
    let cookie = format!("__session={}", of("user_1"));
    let mut gate = asking();
    let head = [("cookie", cookie.as_str())];
    let need = gate
        .check(&RequestHead::new("GET", "https://app.example.com/", &head).unwrap(), NOW)
        .unwrap_err();
    let shown = format!("{gate:?} {:?}", need.request);
    assert!(!shown.contains("secret-key") && !shown.contains(&cookie[10..]), "{shown}");
    let decision = answered(&mut asking(), &head, &json!({ "status": "UNAUTHORISED" }));
    let text = decision.to_json();
    assert!(!text.contains("secret-key") && !text.contains(&cookie[10..]), "{text}");
}

#[test]
fn row_22_claims_that_a_visitor_writes_are_not_read() {
    for header in
        ["x-user-id", "x-forwarded-user", "st-user-id", "rid", "st-access-token", "front-token"]
    {
        assert_eq!(visitor(&[(header, "user_1")]), Err("token-missing"), "{header}");
    }
    // The middleware of a framework may be skipped by its own header; this gate knows none.
    assert_eq!(visitor(&[("x-middleware-subrequest", "middleware")]), Err("token-missing"));
    // A role is that of the session's own claim, not of one that an application may have beside it.
    let role = |claims: Value| {
        let cookie = format!("__session={}", token(&claims));
        check(&mut site(&supertokens()), "/admin", &[("cookie", &cookie)]).status
    };
    assert_eq!(role(with(claims(), "st-role", json!({ "v": ["admin"], "t": 1 }))), 200);
    for (name, value) in [
        ("role", json!("admin")),
        ("roles", json!(["admin"])),
        ("org_role", json!("admin")),
        ("st-role", json!("admin")),
        ("st-role", json!(["admin"])),
        ("st-role", json!({ "v": "admin" })),
        ("st-role", json!({ "v": { "admin": true } })),
        ("st-role", json!({ "v": [["admin"]] })),
        ("st-role", json!({ "V": ["admin"] })),
    ] {
        assert_eq!(role(with(claims(), name, value.clone())), 403, "{name}: {value}");
    }
}

#[test]
fn row_23_answers_about_sessions_are_never_cached() {
    let good = format!("__session={}", of("user_1"));
    let expired = format!("__session={}", token(&with(claims(), "exp", 1)));
    let mut gate = site(&supertokens());
    for (path, cookie, headers, status) in [
        ("/", "a=b", &PAGE[..], 307),
        ("/", &expired, &PAGE, 307),
        ("/api", "a=b", &[], 401),
        ("/api", &expired, &[], 401),
        ("/optional", &expired, &[], 401),
        ("/optional", &good, &[], 200),
        ("/admin", &good, &PAGE, 403),
        ("/api", &good, &[], 200),
        ("/auth/session/refresh", &expired, &PAGE, 307),
    ] {
        let decision = check(&mut gate, path, &[&[("cookie", cookie)], headers].concat());
        assert_eq!(decision.status, status, "{path} {cookie}");
        let values = |name: &str| {
            let found = decision.headers.iter().filter(|(key, _)| key == name);
            found.map(|(_, value)| value.clone()).collect::<Vec<_>>()
        };
        assert_eq!(values("cache-control"), ["private, no-store"], "{path} {cookie}");
    }
    let revoked =
        answered(&mut asking(), &[("cookie", &good)], &json!({ "status": "UNAUTHORISED" }));
    assert!(revoked.headers.contains(&("cache-control".into(), "private, no-store".into())));
}
