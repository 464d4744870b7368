use super::*;
use crate::provider::supertokens::config::{AntiCsrf, SameSite};

const NO_USER: &str = r#"{"status":"UNKNOWN_USER_ID_ERROR"}"#;

fn new(payload: &str) -> NewSession {
    NewSession { access_token_payload: json(payload), ..NewSession::new("public", "r") }
}

fn prepare(
    sessions: &mut Sessions,
    headers: &[(&str, &str)],
    payload: &str,
    user: &str,
) -> (Vec<String>, NewSession) {
    let head = RequestHead::new("POST", "https://api.example.com/signin", headers).unwrap();
    let step = sessions.prepare_session(&head, new(payload), None);
    match run(sessions, step, &[user]) {
        (sent, SessionOutput::Prepared(new)) => (sent, new),
        (_, other) => panic!("{other:?}"),
    }
}

#[test]
fn claims_get_an_issuer_and_lose_what_is_protected() {
    let payload = r#"{"b":1,"sub":"evil","iss":"mine","2":0,"exp":1,"1":{"sub":"deep"}}"#;
    let user = r#"{"status":"OK","user":{"id":"primary"}}"#;
    let (sent, new) = prepare(&mut sessions(config()), &[], payload, user);
    assert_eq!(sent, ["GET /user/id?userId=r"]);
    assert_eq!(new.user_id, "primary");
    let expected = r#"{"1":{"sub":"deep"},"2":0,"b":1,"iss":"https://api.example.com/auth"}"#;
    assert_eq!(stringify(&new.access_token_payload), expected);
    let (_, new) = prepare(&mut sessions(config()), &[], "{}", NO_USER);
    assert_eq!(new.user_id, "r");
    let gateway = SuperTokensConfig {
        api_gateway_path: "/gw".to_owned(),
        api_base_path: "/".to_owned(),
        ..config()
    };
    let (_, new) = prepare(&mut sessions(gateway), &[], "{}", NO_USER);
    let expected = r#"{"iss":"https://api.example.com/gw"}"#;
    assert_eq!(stringify(&new.access_token_payload), expected);
}

#[test]
fn tokens_go_where_the_client_wants_them() {
    let mut sessions = sessions(config());
    let by_cookie = [("st-auth-mode", "cookie")];
    let (_, new) = prepare(&mut sessions, &by_cookie, r#"{"a":1}"#, NO_USER);
    assert!(!new.disable_anti_csrf);
    let step = sessions.create_session(new);
    let (sent, output) = run(&mut sessions, step, &[&tokens("")]);
    assert_eq!(
        sent,
        [
            r#"POST /public/recipe/session {"userId":"r","userDataInJWT":{"a":1,"iss":"https://api.example.com/auth"},"userDataInDatabase":{},"useDynamicSigningKey":true,"enableAntiCsrf":false}"#
        ]
    );
    let session = session_in(output);
    assert_eq!(lines(&session.headers()), brought());
    assert!(session.is_updated && session.refresh_token.as_deref() == Some("r+/="));
    assert_eq!((session.user_id.as_str(), session.recipe_user_id.as_str()), ("u", "r"));
    let (_, new) = prepare(&mut sessions, &[], "{}", NO_USER);
    assert!(new.disable_anti_csrf);
    let step = sessions.create_session(new);
    let session = session_in(run(&mut sessions, step, &[&tokens("")]).1);
    let exposed = "front-token, st-access-token, st-refresh-token";
    let expected = [
        brought()[0].clone(),
        format!("access-control-expose-headers: {exposed}"),
        format!("st-access-token: {}", token(PAYLOAD)),
        "st-refresh-token: r+/=".to_owned(),
    ];
    assert_eq!(lines(&session.headers()), expected);
}

#[test]
fn a_token_that_came_the_other_way_is_taken_away() {
    let mut sessions = sessions(config());
    let (_, new) = prepare(&mut sessions, &[("cookie", "sAccessToken=")], "{}", NO_USER);
    let step = sessions.create_session(new);
    let headers = lines(&session_in(run(&mut sessions, step, &[&tokens("")]).1).headers());
    assert_eq!(headers[0], gone("sAccessToken", "Path=/"));
    assert_eq!(headers[1], gone("sRefreshToken", REFRESH_PATH));
    assert_eq!(headers[2], brought()[0]);
    let headers = [("authorization", "Bearer x"), ("st-auth-mode", "cookie")];
    let (_, new) = prepare(&mut sessions, &headers, "{}", NO_USER);
    let step = sessions.create_session(new);
    let headers = lines(&session_in(run(&mut sessions, step, &[&tokens("")]).1).headers());
    assert_eq!(headers[0], "st-access-token: ");
}

#[test]
fn the_protection_by_token_is_asked_for_and_handed_on() {
    let mut sessions =
        sessions(SuperTokensConfig { anti_csrf: Some(AntiCsrf::ViaToken), ..config() });
    for (disable_anti_csrf, expected) in [(false, "true"), (true, "false")] {
        let step = sessions.create_session(NewSession { disable_anti_csrf, ..new("{}") });
        let (sent, output) = run(&mut sessions, step, &[&tokens(r#","antiCsrfToken":"csrf""#)]);
        assert!(sent[0].ends_with(&format!(r#""enableAntiCsrf":{expected}}}"#)), "{sent:?}");
        let session = session_in(output);
        assert_eq!(session.anti_csrf_token.as_deref(), Some("csrf"));
        // Nobody waits for headers.
        assert_eq!(session.headers(), []);
    }
}

#[test]
fn misuse_is_told_before_anything_is_sent() {
    let insecure = SuperTokensConfig {
        cookie_same_site: Some(SameSite::None),
        cookie_secure: Some(false),
        ..config()
    };
    let head = |headers: &'static [(&str, &str)]| {
        RequestHead::new("POST", "https://api.example.com/", headers).unwrap()
    };
    let by_cookie = head(&[("st-auth-mode", "cookie")]);
    let refused = |config, head: &RequestHead<'_>, new| match sessions(config)
        .prepare_session(head, new, None)
    {
        Err(SessionError::Argument(error)) => error.option,
        other => panic!("{other:?}"),
    };
    assert_eq!(refused(insecure.clone(), &by_cookie, new("{}")), "cookieSecure");
    assert!(sessions(insecure).prepare_session(&head(&[]), new("{}"), None).is_ok());
    let elsewhere = NewSession::new("../x", "r");
    assert_eq!(refused(config(), &by_cookie, elsewhere), "tenantId");
    assert_eq!(refused(config(), &by_cookie, new("[]")), "accessTokenPayload");
}
