use super::*;
use crate::mint::mint;
use crate::need::{Fact, Need};
use crate::provider::supertokens::SessionOptions;
use crate::provider::supertokens::config::AntiCsrf;
use crate::reason::Reason;

/// Of the static key, because the keys for tests are not called `d-…`.
fn config() -> SuperTokensConfig {
    SuperTokensConfig { use_dynamic_access_token_signing_key: false, ..super::config() }
}

fn access_token(more: &str) -> String {
    let payload = format!(
        r#"{{"sub":"u","rsub":"r","tId":"t","iat":1,"exp":1700000060,"sessionHandle":"h","refreshTokenHash1":"x",
            "parentRefreshTokenHash1":null,"antiCsrfToken":"c"{more}}}"#
    );
    mint("RS256", r#"{"alg":"RS256","typ":"JWT","version":"5","kid":"rsa-2048-a"}"#, &payload)
}

fn options(text: &str) -> SessionOptions {
    SessionOptions::from_json(&json(text), "").unwrap()
}

fn get(
    sessions: &mut Sessions,
    headers: &[(&str, &str)],
    asked: &str,
    reply: &str,
) -> SessionOutput {
    let head = RequestHead::new("GET", "https://api.example.com/x", headers).unwrap();
    let options = options(asked);
    match sessions.session(&head, &options, NOW) {
        Ok(output) => output,
        Err(need) => {
            sessions.supply(&answered(&need, reply)).unwrap();
            sessions.session(&head, &options, NOW).unwrap()
        }
    }
}

fn answered(need: &Need, reply: &str) -> Fact {
    need.answered(200, reply, NOW)
}

#[test]
fn the_session_of_a_request_is_found() {
    let token = access_token("");
    let cookie = format!("sAccessToken={token}");
    let mut sessions = sessions(config());
    let headers = [("cookie", cookie.as_str()), ("anti-csrf", "mine")];
    let session = session_in(get(&mut sessions, &headers, "{}", ""));
    assert_eq!(session.headers(), []);
    assert_eq!((session.access_token.as_str(), session.is_updated), (token.as_str(), false));
    assert_eq!((session.handle.as_str(), session.user_id.as_str()), ("h", "u"));
    assert_eq!((session.recipe_user_id.as_str(), session.tenant_id.as_str()), ("r", "t"));
    assert_eq!(session.anti_csrf_token.as_deref(), Some("mine"));
    assert_eq!(session.carrier, Some(Carrier::Cookie));
    let front =
        format!(r#"{{"uid":"u","ate":1700000060000,"up":{}}}"#, stringify(&session.payload));
    assert_eq!(session.front_token, base64(&front));
    let bearer = format!("Bearer {token}");
    let session = session_in(get(&mut sessions, &[("authorization", &bearer)], "{}", ""));
    assert_eq!(session.carrier, Some(Carrier::Header));
}

#[test]
fn a_new_token_of_the_core_goes_to_the_browser() {
    let cookie = format!("sAccessToken={}", access_token(r#","a":1"#));
    let new = mint(
        "RS256",
        r#"{"alg":"RS256","typ":"JWT","version":"5","kid":"rsa-2048-a"}"#,
        r#"{"sub":"u","rsub":"r","tId":"t","iat":1,"exp":1700000090,"sessionHandle":"h","refreshTokenHash1":"x"}"#,
    );
    let reply = format!(
        r#"{{"status":"OK","session":{{"handle":"h","userId":"u","recipeUserId":"r","userDataInJWT":{{}},"tenantId":"t"}},
            "accessToken":{{"token":"{new}","expiry":1700000090000}}}}"#
    );
    let headers = [("cookie", cookie.as_str()), ("anti-csrf", "mine")];
    let mut sessions = sessions(config());
    let session = session_in(get(&mut sessions, &headers, r#"{"checkDatabase":true}"#, &reply));
    assert!(session.is_updated && session.access_token == new);
    let sent = lines(&session.headers());
    assert_eq!(sent[0], format!("front-token: {}", session.front_token));
    assert!(sent[2].starts_with(&format!("set-cookie: sAccessToken={new}; ")));
    assert_eq!(sent[3], "anti-csrf: mine");
}

#[test]
fn no_session_is_a_value() {
    let token = access_token("");
    let mut sessions = sessions(config());
    let refusal = refusal_in(get(&mut sessions, &[], "{}", ""));
    assert_eq!(
        (refusal.reason, refusal.detail),
        (Reason::Unauthorised, Some(Reason::TokenMissing))
    );
    assert_eq!((refusal.status, refusal.headers.len()), (401, 0));
    let optional = r#"{"sessionRequired":false}"#;
    assert_eq!(get(&mut sessions, &[], optional, ""), SessionOutput::None);
    let garbage = [("cookie", "sAccessToken=x")];
    assert_eq!(get(&mut sessions, &garbage, optional, ""), SessionOutput::None);
    let cookie =
        format!("sAccessToken={}", access_token("").replace('.', ".A").replacen(".A", ".", 1));
    let refusal = refusal_in(get(&mut sessions, &[("cookie", &cookie)], optional, ""));
    assert_eq!(refusal.reason, Reason::TryRefreshToken);
    let dead = format!("sAccessToken={token}");
    let asked = r#"{"sessionRequired":false,"checkDatabase":true}"#;
    let reply = r#"{"status":"UNAUTHORISED","message":"m"}"#;
    let refusal = refusal_in(get(&mut sessions, &[("cookie", &dead)], asked, reply));
    assert_eq!(refusal.detail, Some(Reason::SessionRevoked));
    assert_eq!(lines(&refusal.headers), all_gone());
}

#[test]
fn claims_are_asked_for() {
    let cookie = format!("sAccessToken={}", access_token(r#","st-role":{"v":["user"],"t":1}"#));
    let asked =
        r#"{"claimValidators":[{"claim":"st-role","validator":"includes","value":"admin"}]}"#;
    let mut sessions = sessions(config());
    let refusal = refusal_in(get(&mut sessions, &[("cookie", &cookie)], asked, ""));
    assert_eq!((refusal.reason, refusal.status), (Reason::InvalidClaims, 403));
    assert_eq!(refusal.claim_errors.len(), 1);
    assert!(
        refusal
            .body
            .starts_with(r#"{"message":"invalid claim","claimValidationErrors":[{"id":"st-role""#)
    );
}

/// Who asks here is the backend itself, so that there is none to leave anything to.
#[test]
fn nothing_is_left_to_another_backend() {
    let config = SuperTokensConfig { origin_verifies: true, ..config() };
    let mut sessions = sessions(config);
    let asked = r#"{"claimValidators":[{"claim":"st-ev","validator":"isVerified","maxAgeInSeconds":1e10}]}"#;
    let stale = access_token(r#","st-ev":{"v":false,"t":1}"#);
    let missing = access_token("");
    for token in [stale, missing] {
        let cookie = format!("sAccessToken={token}");
        let refusal = refusal_in(get(&mut sessions, &[("cookie", &cookie)], asked, ""));
        assert_eq!((refusal.reason, refusal.detail), (Reason::InvalidClaims, None));
        assert_eq!((refusal.status, refusal.claim_errors.len()), (403, 1));
    }
    let reply = r#"{"status":"OK","session":{"handle":"h","userId":"u","recipeUserId":"r","tenantId":"t","userDataInJWT":{}}}"#;
    let cookie = format!("sAccessToken={}", access_token(""));
    let asked = r#"{"checkDatabase":true}"#;
    session_in(get(&mut sessions, &[("cookie", &cookie)], asked, reply));
}

#[test]
fn a_token_alone_has_no_headers() {
    let mut sessions = sessions(config());
    let get = |sessions: &mut Sessions, token: &str, asked: &str| {
        sessions.session_of_token(token, Some("c"), &options(asked), NOW).unwrap()
    };
    let token = access_token("");
    let session = session_in(get(&mut sessions, &token, "{}").unwrap());
    assert_eq!((session.carrier, session.headers().len()), (None, 0));
    assert_eq!(session.anti_csrf_token.as_deref(), Some("c"));
    let refusal = refusal_in(get(&mut sessions, "x", "{}").unwrap());
    assert_eq!(refusal.reason, Reason::Unauthorised);
    let optional = r#"{"sessionRequired":false}"#;
    assert_eq!(get(&mut sessions, "x", optional), Ok(SessionOutput::None));
    let mode = |mode| SuperTokensConfig { anti_csrf: Some(mode), ..config() };
    let mut by_token = super::sessions(mode(AntiCsrf::ViaToken));
    session_in(get(&mut by_token, &token, "{}").unwrap());
    let wrong = by_token.session_of_token(&token, Some("d"), &options("{}"), NOW).unwrap();
    assert_eq!(refusal_in(wrong.unwrap()).detail, Some(Reason::AntiCsrfTokenMismatch));
    let mut by_header = super::sessions(mode(AntiCsrf::ViaCustomHeader));
    assert!(matches!(get(&mut by_header, &token, "{}"), Err(SessionError::Argument(_))));
    session_in(get(&mut by_header, &token, r#"{"antiCsrfCheck":false}"#).unwrap());
}
