//! Every function against a core that is played from a script. Requests and headers are those that
//! `supertokens-node` 24.0.2 sent; `tests/differential/supertokens` compares them at random.

mod change;
mod create;
mod get;
mod handles;
mod refresh;

use alloc::borrow::ToOwned;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::create::Attach;
use super::*;
use crate::decision::Header;
use crate::json::Json;
use crate::json::stringify;
use crate::need::{HttpReply, HttpRequest};
use crate::provider::SecretKey;
use crate::provider::supertokens::config::TransferMethod;
use crate::provider::supertokens::wire::Carrier;
use crate::request::RequestHead;
use crate::time::UnixMillis;

const NOW: UnixMillis = UnixMillis(1_700_000_000_123);
const REFRESH_PATH: &str = "Path=/auth/session/refresh";
const EPOCH: &str = "Expires=Thu, 01 Jan 1970 00:00:00 GMT";
const ATTRIBUTES: &str = "HttpOnly; Secure; SameSite=Lax";

fn config() -> SuperTokensConfig {
    SuperTokensConfig {
        website_domain: Some("https://example.com".to_owned()),
        jwks: Some(json(crate::mint::JWKS)),
        connection_uri: ["https://core".to_owned()].into(),
        api_key: SecretKey::new("SECRET"),
        ..SuperTokensConfig::new("https://api.example.com")
    }
}

fn sessions(config: SuperTokensConfig) -> Sessions {
    let mut sessions = Sessions::new(config).unwrap();
    sessions.client.is_compatible = true;
    sessions
}

fn json(text: &str) -> Json {
    Json::parse(text.as_bytes(), &Budget::DEFAULT).unwrap()
}

/// A token of the core's with this payload, not really signed.
fn token(payload: &str) -> String {
    let header = r#"{"alg":"RS256","typ":"JWT","version":"5","kid":"d-1"}"#;
    [header, payload, "s"].map(|part| crate::mint::base64url(part.as_bytes())).join(".")
}

const PAYLOAD: &str = r#"{"sub":"u","tId":"public","b":1}"#;

/// The core's answer with new tokens.
fn tokens(more: &str) -> String {
    format!(
        r#"{{"status":"OK","session":{{"handle":"h","userId":"u","recipeUserId":"r","userDataInJWT":{{}},"tenantId":"public"}},
            "accessToken":{{"token":"{}","expiry":1700003600000}},
            "refreshToken":{{"token":"r+/=","expiry":1700000000999}}{more}}}"#,
        token(PAYLOAD)
    )
}

/// A session at hand.
fn session(carrier: &str) -> Session {
    let text = format!(
        r#"{{"accessToken":"a.b.c","frontToken":"f","handle":"h","userId":"u","recipeUserId":"r","tenantId":"public",
            "payload":{{"sub":"u","iat":1,"tId":"public","a":1,"b":{{"x":1}}}},"isUpdated":false,"carrier":{carrier},"headers":[]}}"#
    );
    Session::from_json(&json(&text)).unwrap()
}

/// Runs a function to its end; gives what it sent, as text, and its output.
fn run(
    sessions: &mut Sessions,
    step: Result<SessionStep, SessionError>,
    replies: &[&str],
) -> (Vec<String>, SessionOutput) {
    let (mut step, mut sent) = (step.unwrap(), Vec::new());
    let mut replies = replies.iter();
    loop {
        match step {
            SessionStep::Done(output) => {
                assert_eq!(replies.next(), None, "not asked for");
                return (sent, output);
            }
            SessionStep::Send { request, call, .. } => {
                let body = (*replies.next().expect("no such request expected")).to_owned();
                let reply = HttpReply { status: 200, headers: Vec::new(), body };
                sent.push(shown(&request));
                step = sessions.answer(call, CoreReply::Whole(&reply), NOW).unwrap();
            }
        }
    }
}

fn shown(request: &HttpRequest) -> String {
    let path = request.url.strip_prefix("https://core").unwrap();
    let body = request.body.as_deref().unwrap_or("");
    format!("{} {path} {body}", request.method).trim_end().to_owned()
}

fn lines(headers: &[Header]) -> Vec<String> {
    headers.iter().map(|(name, value)| format!("{name}: {value}")).collect()
}

fn gone(name: &str, path: &str) -> String {
    format!("set-cookie: {name}=; {path}; {EPOCH}; {ATTRIBUTES}")
}

/// The headers that take everything away.
fn all_gone() -> [String; 6] {
    let exposed = "front-token, st-access-token, st-refresh-token";
    [
        gone("sAccessToken", "Path=/"),
        gone("sRefreshToken", REFRESH_PATH),
        "front-token: remove".to_owned(),
        format!("access-control-expose-headers: {exposed}"),
        "st-access-token: ".to_owned(),
        "st-refresh-token: ".to_owned(),
    ]
}

/// The headers that bring the tokens of [`tokens`] in cookies.
fn brought() -> [String; 4] {
    let year = "Expires=Wed, 13 Nov 2024 22:13:20 GMT";
    let soon = "Expires=Tue, 14 Nov 2023 22:13:20 GMT";
    let front = r#"{"uid":"u","ate":1700003600000,"up":{"sub":"u","tId":"public","b":1}}"#;
    [
        format!("front-token: {}", base64(front)),
        "access-control-expose-headers: front-token".to_owned(),
        format!("set-cookie: sAccessToken={}; Path=/; {year}; {ATTRIBUTES}", token(PAYLOAD)),
        format!("set-cookie: sRefreshToken=r%2B%2F%3D; {REFRESH_PATH}; {soon}; {ATTRIBUTES}"),
    ]
}

fn base64(text: &str) -> String {
    use base64::Engine;
    base64::engine::general_purpose::STANDARD.encode(text)
}

fn session_in(output: SessionOutput) -> Session {
    match output {
        SessionOutput::Session(session) => *session,
        other => panic!("{other:?}"),
    }
}

fn refusal_in(output: SessionOutput) -> SessionRefusal {
    match output {
        SessionOutput::Refused(refusal) => refusal,
        other => panic!("{other:?}"),
    }
}

#[test]
fn sessions_are_kept_as_text_without_loss() {
    let mut sessions = sessions(config());
    let step = sessions.create_session(NewSession {
        attach: Some(Attach { carrier: Carrier::Cookie, clears_other: true }),
        ..NewSession::new("public", "r")
    });
    let (_, output) = run(&mut sessions, step, &[&tokens(r#","antiCsrfToken":"c""#)]);
    let made = session_in(output);
    assert_eq!(Session::from_json(&json(&made.to_json())), Ok(made.clone()));
    let shown = format!("{made:?}");
    assert!(!shown.contains("r+/=") && !shown.contains(&made.access_token));
    let new = NewSession { disable_anti_csrf: true, ..NewSession::new("t", "r") };
    assert_eq!(NewSession::from_json(&json(&new.to_json())), Ok(new));
    for text in [r#"{"x":1}"#, "[]", r#"{"accessToken":1}"#, "{}"] {
        assert!(
            Session::from_json(&json(text)).is_err() && NewSession::from_json(&json(text)).is_err()
        );
    }
}

#[test]
fn the_core_must_be_there_and_answer() {
    let mut without = sessions(SuperTokensConfig { connection_uri: Vec::new(), ..config() });
    let error = without.session_information("h").unwrap_err();
    assert_eq!(error, SessionError::Core(CoreError::NotConfigured));
    let mut sessions = sessions(config());
    let SessionStep::Send { call, .. } = sessions.session_information("h").unwrap() else {
        panic!("nothing sent")
    };
    assert_eq!(sessions.answer(call, CoreReply::None, NOW).unwrap_err(), CoreError::Unreachable);
    assert!(!format!("{sessions:?}").contains("SECRET"));
}
