use super::*;
use crate::provider::supertokens::config::AntiCsrf;
use crate::reason::Reason;

const COOKIE: (&str, &str) = ("cookie", "sRefreshToken=old%2B");

fn refresh(
    config: SuperTokensConfig,
    headers: &[(&str, &str)],
    replies: &[&str],
) -> (Vec<String>, SessionOutput) {
    let mut sessions = sessions(config);
    let url = "https://api.example.com/auth/session/refresh";
    let head = RequestHead::new("POST", url, headers).unwrap();
    let step = sessions.refresh_session(&head, None);
    run(&mut sessions, step, replies)
}

#[test]
fn a_session_is_refreshed_the_way_its_token_came() {
    let (sent, output) = refresh(config(), &[COOKIE], &[&tokens("")]);
    assert_eq!(
        sent,
        [
            r#"POST /recipe/session/refresh {"refreshToken":"old+","enableAntiCsrf":false,"useDynamicSigningKey":true}"#
        ]
    );
    let session = session_in(output);
    assert_eq!(lines(&session.headers()), brought());
    assert_eq!(session.tenant_id, "public");
    let by_header = [("authorization", "Bearer old"), COOKIE];
    let (sent, output) = refresh(config(), &by_header, &[&tokens("")]);
    assert!(sent[0].contains(r#""refreshToken":"old","#));
    let headers = lines(&session_in(output).headers());
    assert_eq!(headers[0], gone("sAccessToken", "Path=/"));
    assert!(headers.contains(&"st-refresh-token: r+/=".to_owned()), "{headers:?}");
}

#[test]
fn without_a_refresh_token_everything_is_taken_away() {
    let (sent, output) = refresh(config(), &[], &[]);
    let refusal = refusal_in(output);
    assert!(sent.is_empty());
    assert_eq!((refusal.status, refusal.body.as_str()), (401, r#"{"message":"unauthorised"}"#));
    assert_eq!(refusal.reason, Reason::Unauthorised);
    assert_eq!(refusal.detail, Some(Reason::RefreshTokenMissing));
    assert_eq!(lines(&refusal.headers), all_gone());
    let legacy = [("cookie", "sIdRefreshToken=x; sRefreshToken=")];
    let headers = lines(&refusal_in(refresh(config(), &legacy, &[]).1).headers);
    assert_eq!(headers[0], gone("sIdRefreshToken", "Path=/"));
    assert_eq!(headers[1..], all_gone());
}

#[test]
fn the_core_may_not_know_the_session() {
    let reply = r#"{"status":"UNAUTHORISED","message":"m"}"#;
    let legacy = [("cookie", "sRefreshToken=old; sIdRefreshToken=x")];
    let (_, output) = refresh(config(), &legacy, &[reply]);
    let refusal = refusal_in(output);
    assert_eq!(refusal.detail, Some(Reason::SessionRevoked));
    let headers = lines(&refusal.headers);
    assert_eq!(headers[0], gone("sIdRefreshToken", "Path=/"));
    assert_eq!(headers[1..], all_gone());
}

#[test]
fn a_stolen_session_is_ended() {
    let reply = r#"{"status":"TOKEN_THEFT_DETECTED","session":{"handle":"h","userId":"u","recipeUserId":"r"}}"#;
    let revoked = r#"{"status":"OK","sessionHandlesRevoked":["h"]}"#;
    let (sent, output) = refresh(config(), &[COOKIE], &[reply, revoked]);
    assert_eq!(sent[1], r#"POST /recipe/session/remove {"sessionHandles":["h"]}"#);
    let refusal = refusal_in(output);
    assert_eq!(refusal.reason, Reason::TokenTheftDetected);
    let body = r#"{"message":"token theft detected"}"#;
    assert_eq!((refusal.status, refusal.body.as_str()), (401, body));
    assert_eq!(lines(&refusal.headers), all_gone());
}

#[test]
fn refreshes_are_protected_from_forgery() {
    let mode = |mode| SuperTokensConfig { anti_csrf: Some(mode), ..config() };
    let (sent, output) = refresh(mode(AntiCsrf::ViaCustomHeader), &[COOKIE], &[]);
    assert!(sent.is_empty());
    let refusal = refusal_in(output);
    assert_eq!(refusal.detail, Some(Reason::AntiCsrfHeaderMissing));
    assert_eq!(lines(&refusal.headers), all_gone());
    let with_header = [COOKIE, ("rid", "")];
    let (sent, _) = refresh(mode(AntiCsrf::ViaCustomHeader), &with_header, &[&tokens("")]);
    assert!(sent[0].contains(r#""enableAntiCsrf":false"#));
    let by_header = [("authorization", "Bearer old")];
    assert_eq!(refresh(mode(AntiCsrf::ViaCustomHeader), &by_header, &[&tokens("")]).0.len(), 1);
    let with_token = [COOKIE, ("anti-csrf", "c")];
    let reply = tokens(r#","antiCsrfToken":"d""#);
    let (sent, output) = refresh(mode(AntiCsrf::ViaToken), &with_token, &[&reply]);
    assert!(sent[0].contains(r#""antiCsrfToken":"c","enableAntiCsrf":true"#));
    let headers = lines(&session_in(output).headers());
    assert_eq!(headers.last().map(String::as_str), Some("anti-csrf: d"));
}

#[test]
fn cookies_of_two_domains_are_never_guessed_at() {
    let twice = [("cookie", "sRefreshToken=a; sRefreshToken=b")];
    let (sent, output) = refresh(config(), &twice, &[]);
    let refusal = refusal_in(output);
    assert!(sent.is_empty());
    assert_eq!((refusal.status, refusal.reason), (500, Reason::DuplicateRefreshCookies));
    assert_eq!(refusal.headers, []);
    let older =
        SuperTokensConfig { older_cookie_domain: Some(".example.com".to_owned()), ..config() };
    let refusal = refusal_in(refresh(older.clone(), &twice, &[]).1);
    assert_eq!((refusal.status, refusal.reason), (200, Reason::DuplicateCookiesCleared));
    let domain = "Domain=.example.com";
    let expected =
        format!("set-cookie: sRefreshToken=; {domain}; {REFRESH_PATH}; {EPOCH}; {ATTRIBUTES}");
    assert_eq!(lines(&refusal.headers), [expected]);
    assert!(
        refusal.body.starts_with(r#"{"message":"The request contains multiple session cookies."#)
    );
    let by_header = SuperTokensConfig { token_transfer_method: TransferMethod::Header, ..older };
    let refusal = refusal_in(refresh(by_header, &twice, &[]).1);
    assert_eq!(refusal.detail, Some(Reason::RefreshTokenMissing));
}

#[test]
fn the_cookie_of_old_kits_goes_with_the_refresh() {
    let legacy = [("cookie", "sRefreshToken=old; sIdRefreshToken=x")];
    let headers = lines(&session_in(refresh(config(), &legacy, &[&tokens("")]).1).headers());
    assert_eq!(headers[..4], brought());
    assert_eq!(headers[4..], [gone("sIdRefreshToken", "Path=/")]);
}

#[test]
fn unreadable_cookies_cost_nobody_the_session() {
    let large = format!("sRefreshToken={}", "x".repeat(100_000));
    let refusal = refusal_in(refresh(config(), &[("cookie", &large)], &[]).1);
    assert_eq!(refusal.detail, Some(Reason::CookieHeaderTooLarge));
    assert_eq!(refusal.headers, []);
}

#[test]
fn a_token_alone_is_refreshed_without_headers() {
    let mut sessions = sessions(config());
    let step = sessions.refresh_session_without_request("old", true, Some("c"));
    let (sent, output) = run(&mut sessions, step, &[&tokens("")]);
    assert!(
        sent[0].contains(r#"{"refreshToken":"old","antiCsrfToken":"c","enableAntiCsrf":false"#)
    );
    let session = session_in(output);
    assert_eq!((session.headers().len(), session.refresh_token.as_deref()), (0, Some("r+/=")));
    let chosen = SuperTokensConfig { anti_csrf: Some(AntiCsrf::ViaCustomHeader), ..config() };
    let error = super::sessions(chosen).refresh_session_without_request("old", false, None);
    assert!(
        matches!(error, Err(SessionError::Argument(error)) if error.option == "disableAntiCsrf")
    );
}

#[test]
fn other_words_of_the_core_are_no_answer() {
    for reply in [r#"{"status":"SURPRISE"}"#, "{}", r#"{"status":"TOKEN_THEFT_DETECTED"}"#] {
        let mut sessions = sessions(config());
        let step = sessions.refresh_session_without_request("old", true, None).unwrap();
        let SessionStep::Send { call, .. } = step else { panic!("nothing sent") };
        let reply = HttpReply { status: 200, headers: Vec::new(), body: reply.to_owned() };
        assert_eq!(
            sessions.answer(call, CoreReply::Whole(&reply), NOW).unwrap_err(),
            CoreError::Malformed
        );
    }
}
