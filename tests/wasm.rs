//! The wasm border: that strings go in and JSON comes out, and that misuse is thrown as JSON. What
//! lies behind the border is tested natively.
//!
//! `wasm-bindgen-test-runner` runs these tests in Node, and with `WASM_BINDGEN_USE_BROWSER=1` in a
//! browser through its driver (`CHROMEDRIVER`; `webdriver.json` holds the browser's options). For
//! that choice the file must not say `wasm_bindgen_test_configure!`, which would force one of them.
#![cfg(all(target_arch = "wasm32", target_os = "unknown", feature = "wasm"))]
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test stops at what it did not expect"
)]

use serde_json::{Value, json};
use sessiongate::wasm::{
    GateHandle, RouteMatcher, SessionsHandle, auth_has, decode_token, request_text,
    sign_in_address, validate_claims, verify_jws, verify_signature, version,
};
use wasm_bindgen::JsValue;
use wasm_bindgen_test::wasm_bindgen_test;

/// Instead of the length of a request: it was set.
const SET: usize = usize::MAX;
/// All headers were looked at.
const ALL: u32 = u32::MAX;
/// When the token of the fixtures is good.
const NOW: f64 = 1_800_000_000_000.0;
/// An RS256 session token of `user_1` for `https://api.example.com`.
const TOKEN: &str = include_str!("fixtures/tokens/session.jwt");
const PEM: &str = include_str!("fixtures/keys/rsa-2048-a.public.pem");
const JWKS: &str = include_str!("fixtures/keys/jwks.json");

fn token() -> &'static str {
    TOKEN.trim_end()
}

fn gate(provider: Value) -> GateHandle {
    let routes = json!([
        { "path": "/", "access": "public" },
        { "path": "/(.*)", "access": "signed-in" },
    ]);
    let options = json!({ "provider": provider, "routes": routes }).to_string();
    GateHandle::new(&options, None, false).map_err(thrown).unwrap()
}

fn clerk() -> Value {
    json!({ "kind": "clerk", "jwtKey": PEM, "signInUrl": "/sign-in" })
}

fn remote() -> Value {
    let (issuer, audience) = ("https://clerk.example.com", "https://api.example.com");
    json!({ "kind": "oidc", "issuer": issuer, "audience": audience, "jwksUrl": "https://i.example/jwks" })
}

/// What was thrown: always a string that holds JSON.
fn thrown(value: JsValue) -> Value {
    serde_json::from_str(&value.as_string().unwrap()).unwrap()
}

fn read(text: String) -> Value {
    serde_json::from_str(&text).unwrap()
}

fn verify(gate: &mut GateHandle, token: &str, now: f64) -> Value {
    read(gate.verify_token(token, now).unwrap())["result"].take()
}

/// Hands a request over and asks about it; the answer is read as JSON.
fn ask(
    gate: &mut GateHandle,
    request: &str,
    question: impl FnOnce(&mut GateHandle) -> Result<(), JsValue>,
) -> Result<Value, JsValue> {
    gate.set_request(request.into(), String::new());
    question(gate)?;
    Ok(read(gate.answer()))
}

fn check(gate: &mut GateHandle, request: &str, now: f64) -> Result<Value, JsValue> {
    ask(gate, request, |gate| gate.check(SET, 0, ALL, now))
}

fn authenticate(gate: &mut GateHandle, request: &str) -> Result<Value, JsValue> {
    ask(gate, request, |gate| gate.authenticate(SET, 0, ALL, NOW, None))
}

#[wasm_bindgen_test]
fn a_wrong_option_is_thrown_as_json() {
    for (options, code, option) in [
        ("{", "not-json", "options"),
        ("{}", "missing-option", "provider"),
        (r#"{"provider":{"kind":"clerk"}}"#, "missing-option", "provider.jwtKey"),
        (r#"{"provider":{"kind":"clerk","jwtKey":"x"}}"#, "pem-malformed", "provider.jwtKey"),
        (r#"{"provider":{"kind":"clerk"},"router":[]}"#, "unknown-option", "router"),
    ] {
        let error = GateHandle::new(options, None, false).map(|_| ()).map_err(thrown).unwrap_err();
        assert_eq!((&error["code"], &error["option"]), (&json!(code), &json!(option)));
        assert!(error["message"].as_str().unwrap().ends_with('.'), "{error}");
    }
}

#[wasm_bindgen_test]
fn a_decision_is_json() {
    let mut gate = gate(clerk());
    let cookie = format!("__session={}", token());
    let url = "https://app.example.com/page";
    let request = request_text("GET", url, &[("cookie", &cookie)]);
    let decision = check(&mut gate, &request, NOW).unwrap();
    assert_eq!((&decision["outcome"], &decision["rule"]), (&json!("allow"), &json!(1)));
    assert_eq!(decision["state"]["auth"]["userId"], "user_1");
    assert_eq!(decision["state"]["token"], token());

    let page = request_text("GET", url, &[("accept", "text/html"), ("cookie", "theme=dark")]);
    let decision = check(&mut gate, &page, NOW).unwrap();
    assert_eq!((&decision["status"], &decision["outcome"]), (&json!(307), &json!("redirect")));
    assert_eq!(decision["reason"], "session-token-and-uat-missing");
    let location =
        "https://app.example.com/sign-in?redirect_url=https%3A%2F%2Fapp.example.com%2Fpage";
    assert_eq!(decision["location"], location);
    assert!(decision["headers"].as_array().unwrap().contains(&json!(["location", location])));
}

#[wasm_bindgen_test]
fn a_state_is_json() {
    let mut gate = gate(clerk());
    let url = "https://app.example.com/";
    let request = request_text("GET", url, &[("authorization", "Bearer a.b.c")]);
    let state = authenticate(&mut gate, &request).unwrap();
    assert_eq!(
        (&state["status"], &state["reason"]),
        (&json!("signed-out"), &json!("token-invalid"))
    );
    assert_eq!(state["detail"], "token-not-base64url");
    // What names no known header is none.
    for odd in ["", "\n", "\n!x", "\nZx", "\n\u{e4}"] {
        assert!(authenticate(&mut gate, &format!("GET\n{url}{odd}")).is_ok(), "{odd:?}");
    }
}

#[wasm_bindgen_test]
fn an_answer_without_anything_unusual_is_told_by_numbers() {
    let mut gate = gate(clerk());
    let cookie = format!("__session={}", token());
    let request = request_text("GET", "https://app.example.com/page", &[("cookie", &cookie)]);
    let mut record = || {
        check(&mut gate, &request, NOW).unwrap();
        gate.record()
    };
    let first = record();
    // Plain, allowed, 200, the second rule, a number of claims, not to be cached.
    assert_eq!((&first[..4], first[6]), (&[2, 0, 200, 2][..], 1));
    assert_ne!((first[4], first[5]), (0, 0));
    assert_eq!(record(), first);
}

#[wasm_bindgen_test]
fn answers_with_one_form_differ_in_their_location_alone() {
    let mut gate = gate(clerk());
    let mut ask = |path: &str| {
        let url = format!("https://app.example.com{path}");
        let request = request_text("GET", &url, &[("accept", "text/html")]);
        let mut answer = check(&mut gate, &request, NOW).unwrap();
        let location = answer["location"].take();
        answer["headers"].as_array_mut().unwrap().retain(|header| header[0] != "location");
        assert_eq!(gate.record()[9] as usize, location.as_str().unwrap_or("").len());
        (gate.record()[0], gate.record()[7], location, answer)
    };
    let (kind, form, location, rest) = ask("/page");
    assert_eq!((kind, location.as_str().unwrap().contains("%2Fpage")), (3, true));
    let (_, other_form, other_location, other_rest) = ask("/other");
    assert_eq!((other_form, other_rest), (form, rest));
    assert!(other_location.as_str().unwrap().contains("%2Fother"));
    // Who is let in is another case.
    let (kind, public, location, _) = ask("/");
    assert_eq!((kind, location.is_null()), (3, true));
    assert_ne!(public, form);
}

#[wasm_bindgen_test]
fn headers_are_asked_for_when_they_are_needed() {
    let mut gate = gate(clerk());
    let cookie = format!("__session={}", token());
    let request = request_text("GET", "https://app.example.com/page", &[("cookie", &cookie)]);
    let mut read = 0;
    let rounds = (1..).find(|_| {
        gate.set_request(request.clone(), String::new());
        gate.check(SET, 0, read, NOW).unwrap();
        let (kind, missed) = (gate.record()[0], gate.record()[10]);
        assert_eq!((kind == 4, missed & read), (missed != 0, 0));
        read |= missed;
        missed == 0
    });
    assert!(rounds.unwrap() < 6);
    // The cookies and the token's other place are among them; what the browser calls itself is not.
    assert_eq!(read & 0b11, 0b11);
    assert_eq!(read & (1 << 11), 0);
    assert_eq!(gate.record()[..3], [2, 0, 200]);
    // What is behind it comes as one text, with the lengths of its parts in the numbers.
    gate.write_state();
    let (text, numbers) = (gate.state(), gate.record());
    assert_eq!(numbers[13..], [text.as_ptr() as u32, text.len() as u32, 1]);
    let (sent, rest) = text.split_at(gate.record()[11] as usize);
    let (identity, claims) = rest.split_at(gate.record()[12] as usize);
    let identity: Value = serde_json::from_str(identity).unwrap();
    let claims: Value = serde_json::from_str(claims).unwrap();
    assert_eq!((sent, &identity[0], &identity[2]), (token(), &json!("clerk"), &claims["sub"]));
}

#[wasm_bindgen_test]
fn a_request_of_any_size_is_taken() {
    let mut gate = gate(clerk());
    let url = format!("https://app.example.com/{}", "x".repeat(200_000));
    assert_eq!(check(&mut gate, &request_text("GET", &url, &[]), NOW).unwrap()["status"], 401);
    // It was there for one question.
    assert_eq!(thrown(gate.check(SET, 0, ALL, NOW).unwrap_err())["code"], "request-method");
    let text = gate.text_length();
    assert_eq!(thrown(gate.check(text, 0, ALL, NOW).unwrap_err())["code"], "request-method");
}

#[wasm_bindgen_test]
fn an_unusable_request_is_thrown_as_json() {
    let mut gate = gate(clerk());
    for (method, url, code) in
        [("GET", "/page", "request-url"), ("G T", "https://app.example.com/", "request-method")]
    {
        let request = request_text(method, url, &[]);
        let error = thrown(check(&mut gate, &request, NOW).unwrap_err());
        assert_eq!(error["code"], code);
        assert_eq!(thrown(authenticate(&mut gate, &request).unwrap_err()), error);
    }
}

#[wasm_bindgen_test]
fn a_need_is_met_with_a_fact() {
    let mut gate = gate(remote());
    let need = read(gate.verify_token(token(), NOW).unwrap())["need"].take();
    assert_eq!(
        (&need["kind"], &need["request"]["url"]),
        (&json!("keys"), &json!("https://i.example/jwks"))
    );
    let fact = json!({ "key": need["key"], "status": 200, "body": JWKS, "at": NOW as i64 });
    gate.supply(&fact.to_string()).unwrap();
    let result = verify(&mut gate, token(), NOW);
    assert_eq!((&result["ok"], &result["claims"]["sub"]), (&json!(true), &json!("user_1")));

    for (fact, code) in [("{}", "fact-malformed"), (r#"{"key":"x","at":1}"#, "fact-unknown-key")] {
        assert_eq!(thrown(gate.supply(fact).unwrap_err())["code"], code);
    }
}

#[wasm_bindgen_test]
fn a_changed_signature_is_refused() {
    let mut gate = gate(clerk());
    let (input, signature) = token().rsplit_once('.').unwrap();
    let (first, rest) = signature.split_at(1);
    let forged = format!("{input}.{}{rest}", if first == "A" { "B" } else { "A" });
    let result = verify(&mut gate, &forged, NOW);
    assert_eq!(result["reason"], "token-invalid-signature");
}

#[wasm_bindgen_test]
fn a_length_beyond_the_cookies_is_thrown_as_json() {
    let mut gate = gate(clerk());
    let code = |gate: &mut GateHandle, text, cookie| {
        let error = gate.check(text, cookie, ALL, NOW).map_err(thrown).unwrap_err();
        assert_eq!(
            gate.authenticate(text, cookie, ALL, NOW, None).map_err(thrown),
            Err(error.clone())
        );
        error["code"].as_str().map(String::from)
    };
    let length = gate.cookie_length();
    // The buffers are empty, so there is no request in them.
    assert_eq!(code(&mut gate, 0, length).as_deref(), Some("request-method"));
    for beyond in [length + 1, usize::MAX] {
        assert_eq!(code(&mut gate, 0, beyond).as_deref(), Some("request-cookies"));
    }
    // A request that was set has its cookies with it, whatever their length is said to be.
    let request = request_text("GET", "https://app.example.com/page", &[]);
    gate.set_request(request, format!("__session={}", token()));
    assert!(gate.check(SET, SET, ALL, NOW).is_ok());
    assert_eq!(gate.record()[..3], [2, 0, 200]);
}

#[wasm_bindgen_test]
fn a_time_that_is_no_number_is_thrown_as_json() {
    let mut gate = gate(clerk());
    for now in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
        assert_eq!(thrown(gate.verify_token(token(), now).unwrap_err())["code"], "clock");
        let request = request_text("GET", "https://app.example.com/", &[]);
        assert_eq!(thrown(check(&mut gate, &request, now).unwrap_err())["code"], "clock");
    }
    for (now, reason) in [(1e300, "token-expired"), (-1e300, "token-not-active-yet")] {
        let result = verify(&mut gate, token(), now);
        assert_eq!(result["reason"], reason);
    }
}

#[wasm_bindgen_test]
fn a_token_is_decoded_without_verification() {
    let decoded = read(decode_token(token()));
    assert_eq!((&decoded["ok"], &decoded["unverified"]), (&json!(true), &json!(true)));
    assert_eq!(
        (&decoded["header"]["alg"], &decoded["claims"]["sub"]),
        (&json!("RS256"), &json!("user_1"))
    );
    let refused = read(decode_token("\u{1f511}.."));
    assert_eq!(
        (&refused["ok"], &refused["reason"]),
        (&json!(false), &json!("token-not-base64url"))
    );
}

#[wasm_bindgen_test]
fn a_jws_is_verified_with_the_keys_that_are_given() {
    let jwks: Value = serde_json::from_str(JWKS).unwrap();
    for keys in [json!({ "jwks": jwks }), json!({ "pem": PEM, "algorithms": ["RS256"] })] {
        let result = read(verify_jws(token(), &keys.to_string(), None).unwrap());
        assert_eq!((&result["ok"], &result["header"]["typ"]), (&json!(true), &json!("JWT")));
        let payload = token().split('.').nth(1).unwrap();
        assert_eq!(result["payload"], payload);
    }
    let secret = json!({ "secret": "c2Vj", "algorithms": ["HS256"] });
    for (keys, code, option) in [
        (json!({}), "missing-option", "keys"),
        (json!({ "pem": "" }), "pem-empty", "pem"),
        (secret, "secret-too-short", "secret"),
    ] {
        let error = thrown(verify_jws(token(), &keys.to_string(), None).unwrap_err());
        assert_eq!((&error["code"], &error["option"]), (&json!(code), &json!(option)));
    }
}

#[wasm_bindgen_test]
fn a_bare_signature_is_verified() {
    // RFC 4231 section 4.7: HMAC with a key of 131 octets 0xaa.
    let keys = json!({ "secret": format!("{}qqo", "qqqq".repeat(43)), "algorithms": ["HS256"] });
    let keys = keys.to_string();
    let message = "VGVzdCBVc2luZyBMYXJnZXIgVGhhbiBCbG9jay1TaXplIEtleSAtIEhhc2ggS2V5IEZpcnN0";
    let signature = "YOQxWR7gtn8Niiaqy_W3f44LxiE3KMUUBUYEDw7jf1Q";
    let verify = |message: &str, signature: &str| verify_signature(&keys, message, signature, None);
    assert!(verify(message, signature).unwrap());
    assert!(!verify("AAAA", signature).unwrap());
    assert!(!verify(message, "AAAA").unwrap());
    assert_eq!(thrown(verify("=", signature).unwrap_err())["code"], "not-base64url");
}

#[wasm_bindgen_test]
fn requirements_are_answered_from_json() {
    let auth = json!({ "userId": "user_1", "orgId": "org_1", "orgRole": "org:admin", "orgPermissions": ["org:a:b"] });
    let auth = auth.to_string();
    for (requirement, expected) in [
        (r#"{"role":"admin"}"#, true),
        (r#"{"role":"admin","permission":"a:b"}"#, true),
        (r#"{"role":"member"}"#, false),
        ("{}", false),
        ("null", false),
        ("{", false),
    ] {
        assert_eq!(auth_has(&auth, requirement), expected, "{requirement}");
        assert!(!auth_has("null", requirement) && !auth_has("[", requirement));
    }
}

#[wasm_bindgen_test]
fn the_version_is_that_of_the_crate() {
    assert_eq!(version(), env!("CARGO_PKG_VERSION"));
}

#[wasm_bindgen_test]
fn route_patterns_match_paths() {
    let patterns = r#"["/orgs/:slug(.*)","/a b"]"#;
    let matcher = RouteMatcher::new(patterns).map_err(thrown).unwrap();
    assert!(matcher.matches("/orgs/acme/x").unwrap() && matcher.matches("/a%20b").unwrap());
    assert!(!matcher.matches("/other").unwrap());
    assert_eq!(thrown(matcher.matches("/%").unwrap_err())["code"], "path-malformed");
    assert_eq!(read(matcher.captures("/orgs/acme/x")), json!({ "slug": "acme/x" }));
    assert_eq!(matcher.captures("/other"), "null");
    // Of two with one name the last counts.
    let twice = RouteMatcher::new(r#""/:a/:b/:a""#).map_err(thrown).unwrap();
    assert_eq!(read(twice.captures("/1/2/3")), json!({ "a": "3", "b": "2" }));
    let error = RouteMatcher::new(r#"["/a","/b*"]"#).map(|_| ()).map_err(thrown).unwrap_err();
    assert_eq!(
        (&error["code"], &error["option"]),
        (&json!("invalid-option"), &json!("patterns[1]"))
    );
}

#[wasm_bindgen_test]
fn one_rule_is_decided() {
    let mut gate = gate(clerk());
    let url = "https://app.example.com/page";
    let bearer = format!("Bearer {}", token());
    for (pairs, options, outcome, status) in [
        (&[("authorization", bearer.as_str())][..], "{}", "allow", 200),
        (&[("authorization", bearer.as_str())], r#"{"role":"x"}"#, "deny", 404),
        (&[("accept", "text/html")], "{}", "redirect", 307),
        (&[("accept", "text/html")], r#"{"onDenied":403}"#, "deny", 403),
        (&[], r#"{"unauthenticatedUrl":"/in"}"#, "redirect", 307),
    ] {
        let request = request_text("GET", url, pairs);
        let protect = |gate: &mut GateHandle| gate.protect(SET, 0, ALL, NOW, options);
        let decision = ask(&mut gate, &request, protect).unwrap();
        assert_eq!(
            (&decision["outcome"], &decision["status"], &decision["rule"]),
            (&json!(outcome), &json!(status), &Value::Null),
            "{options}"
        );
    }
    for (options, code) in [(r#"{"rol":"x"}"#, "unknown-option"), ("{", "not-json")] {
        let request = request_text("GET", url, &[]);
        let protect = |gate: &mut GateHandle| gate.protect(SET, 0, ALL, NOW, options);
        let error = ask(&mut gate, &request, protect).unwrap_err();
        assert_eq!(thrown(error)["code"], code);
    }
}

#[wasm_bindgen_test]
fn pages_to_sign_in_on_have_an_address() {
    let gate = gate(clerk());
    let address = |page: &str, return_to: Option<&str>, is_pending| {
        let return_to = return_to.map(str::to_owned);
        let url = "https://app.example.com/a";
        let request = request_text("GET", url, &[]);
        gate.sign_in_address(page, &request, NOW, return_to, is_pending).map_err(thrown)
    };
    let page = "https://app.example.com/sign-in";
    let back = |path: &str| format!("?redirect_url=https%3A%2F%2Fapp.example.com%2F{path}");
    for (name, return_to, is_pending, expected) in [
        ("sign-in", None, false, format!("{page}{}", back("a"))),
        ("sign-in", Some("b"), false, format!("{page}{}", back("b"))),
        ("sign-up", Some(""), false, format!("{page}/create")),
        ("sign-in", Some(""), true, format!("{page}/tasks")),
    ] {
        assert_eq!(address(name, return_to, is_pending), Ok(expected));
    }
    assert_eq!(address("sign-out", None, false).unwrap_err()["option"], "page");
    let code = &address("sign-in", Some("javascript:x"), false).unwrap_err()["code"];
    assert_eq!(code, "return-url-invalid");
    let options =
        json!({ "page": "sign-in", "from": "https://a.example/", "hosted": "https://b.example" });
    assert_eq!(sign_in_address(&options.to_string()).unwrap(), "https://b.example/sign-in");
    assert_eq!(thrown(sign_in_address("{}").unwrap_err())["option"], "page");
}

#[wasm_bindgen_test]
fn session_claims_are_judged() {
    let admin =
        r#"[{"claim":"st-role","validator":"includes","value":"admin","maxAgeInSeconds":1}]"#;
    let payload = format!(r#"{{"st-role":{{"v":["user"],"t":{}}}}}"#, NOW - 1500.0);
    let verdict = r#"{"errors":[{"id":"st-role","reason":{"message":"expired","ageInSeconds":1.5,"maxAgeInSeconds":1}}],"refetch":["st-role"]}"#;
    assert_eq!(validate_claims(admin, &payload, NOW).unwrap(), verdict);
    let nothing = r#"{"errors":[],"refetch":[]}"#;
    assert_eq!(validate_claims("[]", "{}", NOW).unwrap(), nothing);
    for (validators, payload, code, option) in [
        ("[", "{}", "not-json", "validators"),
        ("[]", "{", "not-json", "payload"),
        ("[]", "null", "wrong-type", "payload"),
        ("{}", "{}", "wrong-type", "validators"),
        (r#"[{"claim":"k"}]"#, "{}", "missing-option", "validators[0].validator"),
    ] {
        let error = thrown(validate_claims(validators, payload, NOW).unwrap_err());
        assert_eq!((&error["code"], &error["option"]), (&json!(code), &json!(option)));
    }
    assert_eq!(thrown(validate_claims("[]", "{}", f64::NAN).unwrap_err())["code"], "clock");
}

fn sessions() -> SessionsHandle {
    let provider = json!({
        "kind": "supertokens",
        "apiDomain": "https://api.example.com",
        "websiteDomain": "https://example.com",
        "connectionURI": "https://core.example.com",
        "jwks": { "keys": [] },
    });
    SessionsHandle::new(&json!({ "provider": provider }).to_string()).map_err(thrown).unwrap()
}

#[wasm_bindgen_test]
fn a_function_about_sessions_says_what_to_send_until_it_is_over() {
    let mut sessions = sessions();
    let arguments = json!({ "sessionHandle": "h" }).to_string();
    let mut task = sessions.begin("revokeOne", &arguments).map_err(thrown).unwrap();
    let send = read(task.text())["send"].take();
    assert_eq!((&send["afterMillis"], &send["request"]["method"]), (&json!(0), &json!("GET")));
    sessions.answer(&mut task, "200", r#"{"versions":["5.4"]}"#, NOW).unwrap();
    let send = read(task.text())["send"].take();
    assert_eq!(send["request"]["url"], "https://core.example.com/recipe/session/remove");
    assert_eq!(send["request"]["body"], r#"{"sessionHandles":["h"]}"#);
    sessions.answer(&mut task, "200", r#"{"sessionHandlesRevoked":["h"]}"#, NOW).unwrap();
    assert_eq!(read(task.text()), json!({ "done": { "value": true } }));
    let error = thrown(sessions.answer(&mut task, "200", "{}", NOW).unwrap_err());
    assert_eq!(error["code"], "task-over");
}

#[wasm_bindgen_test]
fn what_is_wrong_with_sessions_is_thrown_as_json() {
    let error = SessionsHandle::new(r#"{"provider":{"kind":"clerk"}}"#).map(|_| ());
    assert_eq!(error.map_err(thrown).unwrap_err()["option"], "provider");
    let mut sessions = sessions();
    for (function, arguments, option) in [
        ("fly", "{}", "function"),
        ("revokeOne", "{", "arguments"),
        ("revokeOne", "{}", "sessionHandle"),
        ("merge", r#"{"session":{}}"#, "session.accessToken"),
        ("handles", r#"{"userId":"u","tenantId":".."}"#, "tenantId"),
    ] {
        let error = sessions.begin(function, arguments).map(|_| ()).map_err(thrown).unwrap_err();
        assert_eq!(error["option"], option, "{error}");
    }
    let arguments = json!({ "sessionHandle": "h" }).to_string();
    let mut task = sessions.begin("revokeOne", &arguments).map_err(thrown).unwrap();
    let error = thrown(sessions.answer(&mut task, "unreachable", "", NOW).unwrap_err());
    assert_eq!((&error["code"], &error["isCore"]), (&json!("core-unreachable"), &json!(true)));
}

#[wasm_bindgen_test]
fn no_session_is_an_output() {
    let url = "https://api.example.com/";
    let request = request_text("GET", url, &[]);
    let answer = sessions().session(&request, NOW, "{}").map_err(thrown).unwrap();
    let refused = read(answer)["output"]["refused"].take();
    assert_eq!((&refused["status"], &refused["detail"]), (&json!(401), &json!("token-missing")));
    let answer = sessions().session_of_token("x", None, NOW, r#"{"sessionRequired":false}"#);
    assert_eq!(read(answer.map_err(thrown).unwrap()), json!({ "output": { "session": null } }));
}
