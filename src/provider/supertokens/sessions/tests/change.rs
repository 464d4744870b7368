use super::*;
use crate::reason::Reason;

fn merge(carrier: &str, update: &str, reply: &str) -> (Vec<String>, SessionOutput) {
    let mut sessions = sessions(config());
    let step = sessions.merge_into_access_token_payload(session(carrier), &json(update));
    run(&mut sessions, step, &[reply])
}

const SESSION: &str = r#""session":{"handle":"h","userId":"u","recipeUserId":"r","userDataInJWT":{"n":1},"tenantId":"public"}"#;

#[test]
fn a_change_is_seen_at_once() {
    let (sent, output) = merge("\"cookie\"", r#"{"n":1,"a":null}"#, &tokens(""));
    assert_eq!(
        sent,
        [
            r#"POST /recipe/session/regenerate {"accessToken":"a.b.c","userDataInJWT":{"b":{"x":1},"n":1}}"#
        ]
    );
    let changed = session_in(output);
    assert_eq!(lines(&changed.headers()), brought()[..3]);
    assert_eq!(changed.payload, json(PAYLOAD));
    assert!(changed.is_updated && changed.refresh_token.is_none());
    assert!(brought()[0].ends_with(&changed.front_token));
    assert_eq!(session_in(merge("null", "{}", &tokens("")).1).headers(), []);
}

#[test]
fn changes_add_up_in_one_answer() {
    let mut sessions = sessions(config());
    let step = sessions.merge_into_access_token_payload(session("\"cookie\""), &json("{}"));
    let changed = session_in(run(&mut sessions, step, &[&tokens("")]).1);
    let again = Session::from_json(&json(&changed.to_json())).unwrap();
    let step = sessions.merge_into_access_token_payload(again, &json("{}"));
    let changed = session_in(run(&mut sessions, step, &[&tokens("")]).1);
    assert_eq!(lines(&changed.headers()), brought()[..3]);
    let step = sessions.revoke(changed);
    let revoked = r#"{"status":"OK","sessionHandlesRevoked":[]}"#;
    let ended = session_in(run(&mut sessions, step, &[revoked]).1);
    let expected = [
        "front-token: remove".to_owned(),
        "access-control-expose-headers: front-token".to_owned(),
        gone("sAccessToken", "Path=/"),
        gone("sRefreshToken", REFRESH_PATH),
    ];
    assert_eq!(lines(&ended.headers()), expected);
}

#[test]
fn an_expired_token_is_changed_in_the_database_alone() {
    let reply = format!(r#"{{"status":"OK",{SESSION}}}"#);
    let changed = session_in(merge("\"cookie\"", r#"{"n":1,"a":null}"#, &reply).1);
    assert_eq!(changed.headers(), []);
    assert_eq!((changed.access_token.as_str(), changed.is_updated), ("a.b.c", false));
    let expected = r#"{"sub":"u","iat":1,"tId":"public","a":1,"b":{"x":1},"n":1}"#;
    assert_eq!(changed.payload, json(expected));
}

#[test]
fn a_session_that_is_gone_is_taken_away() {
    let (_, output) = merge("\"cookie\"", "{}", r#"{"status":"UNAUTHORISED","message":"m"}"#);
    let refusal = refusal_in(output);
    assert_eq!((refusal.reason, refusal.status), (Reason::Unauthorised, 401));
    assert_eq!(refusal.detail, Some(Reason::SessionRevoked));
    assert_eq!(lines(&refusal.headers), all_gone());
}

#[test]
fn old_tokens_hold_their_claims_elsewhere() {
    let header = base64(r#"{"alg":"RS256","typ":"JWT","version":"2"}"#);
    let token = format!("{header}.{}.AA==", base64(r#"{"userData":{}}"#));
    let reply =
        format!(r#"{{"status":"OK",{SESSION},"accessToken":{{"token":"{token}","expiry":5}}}}"#);
    let changed = session_in(merge("null", "{}", &reply).1);
    assert_eq!(changed.payload, json(r#"{"n":1}"#));
    assert_eq!(changed.front_token, base64(r#"{"uid":"u","ate":5,"up":{"n":1}}"#));
}

#[test]
fn other_sessions_are_changed_by_their_handle() {
    let mut sessions = sessions(config());
    let information = r#"{"status":"OK","userDataInJWT":{"sub":"x","z":1,"y":2}}"#;
    let update = json(r#"{"q":1,"z":null}"#);
    let step = sessions.merge_into_access_token_payload_of("h x", &update);
    let (sent, output) = run(&mut sessions, step, &[information, r#"{"status":"OK"}"#]);
    let expected = [
        "GET /recipe/session?sessionHandle=h+x",
        r#"PUT /recipe/jwt/data {"sessionHandle":"h x","userDataInJWT":{"y":2,"q":1}}"#,
    ];
    assert_eq!(sent, expected);
    assert_eq!(output, SessionOutput::Flag(true));
    let gone = r#"{"status":"UNAUTHORISED"}"#;
    let step = sessions.merge_into_access_token_payload_of("h", &update);
    assert_eq!(run(&mut sessions, step, &[gone]).1, SessionOutput::Flag(false));
    let step = sessions.merge_into_access_token_payload_of("h", &update);
    assert_eq!(run(&mut sessions, step, &[information, gone]).1, SessionOutput::Flag(false));
}

#[test]
fn a_change_is_an_object() {
    let mut sessions = sessions(config());
    let step = sessions.merge_into_access_token_payload(session("null"), &json("[]"));
    assert!(matches!(step, Err(SessionError::Argument(error)) if error.code == "wrong-type"));
}
