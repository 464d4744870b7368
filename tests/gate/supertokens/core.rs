//! What only the core can confirm: several addresses, its answers, and what becomes of a page then.

use serde_json::{Value, json};
use sessiongate::{Decision, Fact, Gate, Need, NeedKind, Outcome};

use super::{
    answer, claims, cookies, gate_with, good, provider, reason, taken, token, visit, visited,
};
use crate::support::tokens::{NOW, NOW_SECONDS, with};

fn gate(addresses: &str) -> Gate {
    let provider = with(with(provider(), "connectionURI", addresses), "apiKey", "secret-api-key");
    let database = json!({ "checkDatabase": true });
    gate_with(
        &provider,
        json!([
            { "path": "/database", "access": "signed-in", "session": database },
            { "path": "/open", "access": "public", "session": { "sessionRequired": false, "checkDatabase": true } },
            { "path": "/page", "access": "signed-in" },
        ]),
    )
}

fn cookie() -> String {
    format!("sAccessToken={}", good())
}

fn ok() -> Value {
    json!({ "status": "OK", "session": {
        "handle": "handle_2", "userId": "user_2", "recipeUserId": "user_3", "tenantId": "t1", "userDataInJWT": {},
    } })
}

/// What becomes of a visit while the core says this at its only address.
fn said(path: &str, reply: Option<(u16, &str)>) -> Decision {
    let mut gate = gate("https://core.example.com");
    let need = visit(&mut gate, path, &cookie()).unwrap_err();
    let reply = reply.map(|(status, body)| (status, &[][..], body));
    answer(&mut gate, &need, reply, |gate| visit(gate, path, &cookie())).unwrap()
}

#[test]
fn the_core_is_asked_where_only_it_can_tell() {
    let mut gate = gate("https://core.example.com/;http://127.0.0.1:3567/base");
    let need = visit(&mut gate, "/database", &cookie()).unwrap_err();
    let request = &need.request;
    assert_eq!((need.kind, request.method), (NeedKind::SessionVerify, "POST"));
    assert_eq!(request.url, "https://core.example.com/recipe/session/verify");
    let sent: Vec<_> =
        request.headers.iter().map(|(name, value)| (*name, value.as_str())).collect();
    assert!(
        sent.contains(&("api-key", "secret-api-key")) && sent.contains(&("cdi-version", "5.4"))
    );
    let body: Value = serde_json::from_str(request.body.as_deref().unwrap()).unwrap();
    let expected = json!({
        "accessToken": good(), "doAntiCsrfCheck": false, "enableAntiCsrf": false, "checkDatabase": true,
    });
    assert_eq!(body, expected);
    assert_eq!(visited(&mut gate, "/page", &cookie()).status, 200);
    // The first use of a token after a refresh.
    let parent = token(&with(claims(), "parentRefreshTokenHash1", "p"));
    let need = visit(&mut gate, "/page", &format!("sAccessToken={parent}")).unwrap_err();
    let body: Value = serde_json::from_str(need.request.body.as_deref().unwrap()).unwrap();
    assert_eq!(body["checkDatabase"], false);
}

#[test]
fn the_addresses_are_asked_in_their_order() {
    let mut gate = gate("https://a.example;https://b.example;https://c.example");
    let silent = |gate: &mut Gate, need: &Need| {
        answer(gate, need, None, |gate| visit(gate, "/database", &cookie())).unwrap_err()
    };
    let first = visit(&mut gate, "/database", &cookie()).unwrap_err();
    let second = silent(&mut gate, &first);
    let third = silent(&mut gate, &second);
    let hosts = [&first, &second, &third].map(|need| need.request.url.clone());
    assert_eq!(
        hosts,
        ["a", "b", "c"].map(|host| format!("https://{host}.example/recipe/session/verify"))
    );
    assert!(first.key != second.key && second.key != third.key);
    let ok = ok().to_string();
    let found = answer(&mut gate, &third, Some((200, &[], &ok)), |gate| {
        visit(gate, "/database", &cookie())
    });
    let auth = found.unwrap().state.auth;
    assert_eq!(
        [&auth.user_id, &auth.recipe_user_id, &auth.tenant_id, &auth.session_id]
            .map(|id| id.as_deref().unwrap()),
        ["user_2", "user_3", "t1", "handle_2"]
    );
    // An answer counts once.
    assert_eq!(visit(&mut gate, "/database", &cookie()).unwrap_err().key, first.key);
    let second = silent(&mut gate, &first);
    let third = silent(&mut gate, &second);
    let decision = answer(&mut gate, &third, None, |gate| visit(gate, "/database", &cookie()));
    assert_eq!(reason(&decision.unwrap()), "core-unavailable");
}

#[test]
fn needs_travel_as_json_and_facts_come_back() {
    let mut gate = gate("https://a.example;https://b.example");
    for host in ["a", "b"] {
        let need = visit(&mut gate, "/database", &cookie()).unwrap_err();
        let json: Value = serde_json::from_str(&need.to_json()).unwrap();
        assert_eq!(
            (json["kind"].as_str(), json["isShared"].as_bool()),
            (Some("session-verify"), Some(false))
        );
        assert_eq!(json["request"]["url"], format!("https://{host}.example/recipe/session/verify"));
        let fact = match host {
            "a" => json!({ "key": json["key"], "at": NOW.0 }),
            _ => {
                json!({ "key": json["key"], "at": NOW.0, "status": 200, "body": ok().to_string() })
            }
        };
        gate.supply(&Fact::from_json(&fact.to_string()).unwrap()).unwrap();
    }
    assert!(visited(&mut gate, "/database", &cookie()).state.is_signed_in());
    let unknown = json!({ "key": "session-other x", "at": NOW.0 }).to_string();
    assert!(gate.supply(&Fact::from_json(&unknown).unwrap()).is_err());
}

#[test]
fn a_refresh_travels_as_json_as_well() {
    let mut gate = super::gate(&provider());
    let (path, cookie) = ("/auth/session/refresh", "sRefreshToken=r");
    let need = visit(&mut gate, path, cookie).unwrap_err();
    let json: Value = serde_json::from_str(&need.to_json()).unwrap();
    assert_eq!(
        (json["kind"].as_str(), json["isShared"].as_bool()),
        (Some("session-refresh"), Some(true))
    );
    assert_eq!(json["request"]["answerHeaders"], json!(["set-cookie", "front-token", "anti-csrf"]));
    let headers =
        json!([["Set-Cookie", "sAccessToken=a; Path=/"], ["Set-Cookie", "x=y"], ["other", "z"]]);
    let fact =
        json!({ "key": json["key"], "at": NOW.0, "status": 200, "body": "{}", "headers": headers });
    gate.supply(&Fact::from_json(&fact.to_string()).unwrap()).unwrap();
    let decision = visited(&mut gate, path, cookie);
    assert_eq!(cookies(&decision)[..2], ["sAccessToken=a; Path=/", "x=y"]);
}

#[test]
fn a_session_that_the_core_ended_is_forgotten_everywhere() {
    let gone = r#"{"status":"UNAUTHORISED","message":"x"}"#;
    let decision = said("/database", Some((200, gone)));
    assert_eq!(
        (decision.outcome, decision.state.detail.unwrap().code()),
        (Outcome::Redirect, "session-revoked")
    );
    assert_eq!(
        decision.location.as_deref(),
        Some("https://app.example.com/auth?redirectToPath=%2Fdatabase")
    );
    // The browser's own kit would come back from the sign-in page otherwise.
    assert_eq!(taken(&decision), ["sAccessToken", "sRefreshToken", "sFrontToken", "sAntiCsrf"]);
    let note = format!("st-last-access-token-update={};", NOW.0);
    assert!(cookies(&decision).iter().any(|cookie| cookie.starts_with(&note)));
    // Where nobody is asked to sign in it is an answer like the kit's: 401, the cookies gone.
    let decision = said("/open", Some((200, gone)));
    assert_eq!(taken(&decision)[..2], ["sAccessToken", "sRefreshToken"]);
}

#[test]
fn what_else_the_core_says_takes_nothing_away() {
    for (reply, status, code) in [
        (Some((200, r#"{"status":"TRY_REFRESH_TOKEN"}"#)), 307, "try-refresh-token"),
        (Some((200, r#"{"status":"SOMETHING"}"#)), 307, "try-refresh-token"),
        (Some((200, r#"{"status":"OK"}"#)), 503, "core-unavailable"),
        (Some((200, "{}")), 503, "core-unavailable"),
        (Some((200, "x")), 503, "core-unavailable"),
        (Some((500, r#"{"status":"UNAUTHORISED"}"#)), 503, "core-unavailable"),
        (Some((401, "")), 503, "core-unavailable"),
        (None, 503, "core-unavailable"),
    ] {
        let decision = said("/database", reply);
        assert_eq!((decision.status, reason(&decision)), (status, code), "{reply:?}");
        assert_eq!(cookies(&decision).len(), 0, "{reply:?}");
    }
}

#[test]
fn a_token_that_the_core_made_is_handed_on() {
    let new = token(&with(claims(), "iat", NOW_SECONDS));
    let mut reply = ok();
    reply["accessToken"] =
        json!({ "token": new, "expiry": (NOW_SECONDS + 60) * 1000, "createdTime": 1 });
    let decision = said("/database", Some((200, &reply.to_string())));
    assert_eq!((decision.status, decision.state.token.as_deref()), (200, Some(new.as_str())));
    assert!(
        cookies(&decision)[0]
            .starts_with(&format!("sAccessToken={new}; Domain=.example.com; Path=/;"))
    );
    reply["accessToken"]["token"] = "a\r\nb".into();
    assert_eq!(reason(&said("/database", Some((200, &reply.to_string())))), "core-unavailable");
}

#[test]
fn without_a_core_such_checks_are_refused_at_once() {
    let routes =
        json!([{ "path": "/x", "access": "signed-in", "session": { "checkDatabase": true } }]);
    let options = json!({ "provider": provider(), "routes": routes }).to_string();
    let error = sessiongate::GateConfig::from_json(&options).and_then(Gate::new).unwrap_err();
    assert_eq!(error.option, "routes[0].session.checkDatabase");
    // The first use after a refresh is let in, as by `getSSRSession()`.
    let parent = token(&with(claims(), "parentRefreshTokenHash1", "p"));
    let cookie = format!("sAccessToken={parent}");
    assert_eq!(visited(&mut super::gate(&provider()), "/page", &cookie).status, 200);
}
