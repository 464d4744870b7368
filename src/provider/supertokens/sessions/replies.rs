//! The core's answers, read into what the functions need of them.

use alloc::string::String;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::core_error::CoreError;
use crate::base64url;
use crate::budget::Budget;
use crate::json::Json;
use crate::provider::supertokens::legacy::is_legacy;
use crate::time::UnixMillis;

/// The last time that a JavaScript date can tell (ECMA-262 section 21.4.1.1).
const LAST_TIME: i64 = 8_640_000_000_000_000;
/// For payloads that the core made.
const PAYLOAD_BUDGET: Budget = Budget { json_depth: 64, json_members: 100_000, ..Budget::DEFAULT };

/// `session` in an answer.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct CoreSession {
    pub(super) handle: String,
    pub(super) user_id: String,
    pub(super) recipe_user_id: String,
    pub(super) tenant_id: Option<String>,
    pub(super) claims: Json,
}

/// `accessToken` in an answer.
#[derive(Clone, PartialEq)]
pub(super) struct NewAccessToken {
    pub(super) token: String,
    pub(super) expires: UnixMillis,
    /// Whether it is of version 2, whose payload holds the claims below `userData`.
    pub(super) is_legacy: bool,
    pub(super) payload: Json,
}

/// `refreshToken` in an answer.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct NewRefreshToken {
    pub(super) token: String,
    pub(super) expires: UnixMillis,
}

/// A whole new set of tokens.
#[derive(Clone, PartialEq)]
pub(super) struct NewTokens {
    pub(super) session: CoreSession,
    pub(super) access: NewAccessToken,
    pub(super) refresh: NewRefreshToken,
    pub(super) anti_csrf: Option<String>,
}

/// The word under which the core says how it went.
pub(super) fn status(reply: &Json) -> &str {
    reply.get("status").and_then(Json::as_str).unwrap_or("")
}

pub(super) fn tokens(reply: &Json) -> Result<NewTokens, CoreError> {
    let anti_csrf = match reply.get("antiCsrfToken") {
        None | Some(Json::Null) => None,
        Some(token) => Some(visible(token).ok_or(CoreError::Malformed)?),
    };
    let refresh = reply.get("refreshToken").and_then(|json| {
        Some(NewRefreshToken { token: visible(json.get("token")?)?, expires: expiry(json)? })
    });
    Ok(NewTokens {
        session: session(reply)?,
        access: access_token(reply)?.ok_or(CoreError::Malformed)?,
        refresh: refresh.ok_or(CoreError::Malformed)?,
        anti_csrf,
    })
}

pub(super) fn session(reply: &Json) -> Result<CoreSession, CoreError> {
    let json = reply.get("session").ok_or(CoreError::Malformed)?;
    let text = |name| json.get(name).and_then(Json::as_str).map(String::from);
    let needed = |name| text(name).ok_or(CoreError::Malformed);
    Ok(CoreSession {
        handle: needed("handle")?,
        user_id: needed("userId")?,
        recipe_user_id: needed("recipeUserId")?,
        tenant_id: text("tenantId"),
        claims: json.get("userDataInJWT").cloned().unwrap_or(Json::Null),
    })
}

/// The new access token; `None` when the answer has none.
pub(super) fn access_token(reply: &Json) -> Result<Option<NewAccessToken>, CoreError> {
    let Some(json) = reply.get("accessToken").filter(|json| **json != Json::Null) else {
        return Ok(None);
    };
    let read = || {
        let token = visible(json.get("token")?)?;
        let (is_legacy, payload) = payload(&token)?;
        Some(NewAccessToken { expires: expiry(json)?, is_legacy, payload, token })
    };
    read().map(Some).ok_or(CoreError::Malformed)
}

/// Tokens become headers as they are, so nothing but visible ASCII characters may be in them.
fn visible(token: &Json) -> Option<String> {
    let token = token.as_str()?;
    let is_visible = !token.is_empty() && token.bytes().all(|byte| byte.is_ascii_graphic());
    is_visible.then(|| token.into())
}

fn expiry(json: &Json) -> Option<UnixMillis> {
    let millis = json.get("expiry")?.as_integer()?;
    (0..=LAST_TIME).contains(&millis).then_some(UnixMillis(millis))
}

/// The payload of a token that comes from the core, so that its signature need not be looked at.
fn payload(token: &str) -> Option<(bool, Json)> {
    let mut parts = token.split('.');
    let (Some(_), Some(payload), Some(_), None) =
        (parts.next(), parts.next(), parts.next(), parts.next())
    else {
        return None;
    };
    let is_legacy = is_legacy(token);
    let bytes = if is_legacy { STANDARD.decode(payload).ok() } else { base64url::decode(payload) };
    let json = Json::parse(&bytes?, &PAYLOAD_BUDGET).ok()?;
    matches!(json, Json::Object(_)).then_some((is_legacy, json))
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::format;
    use alloc::string::ToString;

    fn json(text: &str) -> Json {
        Json::parse(text.as_bytes(), &Budget::DEFAULT).unwrap()
    }

    fn token(payload: &str) -> String {
        format!("e30.{}.AA", base64url::encode(payload.as_bytes()))
    }

    fn reply(access: &str, refresh: &str, expiry: &str) -> Json {
        json(&format!(
            r#"{{"status":"OK","session":{{"handle":"h","userId":"u","recipeUserId":"r","userDataInJWT":{{}}}},
                "accessToken":{{"token":"{access}","expiry":{expiry}}},
                "refreshToken":{{"token":"{refresh}","expiry":7}},"antiCsrfToken":"c"}}"#
        ))
    }

    #[test]
    fn tokens_are_read_with_their_payload() {
        let tokens = tokens(&reply(&token(r#"{"sub":"u"}"#), "r+/=", "5")).unwrap();
        assert_eq!(tokens.access.payload, json(r#"{"sub":"u"}"#));
        assert_eq!((tokens.access.expires, tokens.refresh.expires), (UnixMillis(5), UnixMillis(7)));
        assert_eq!(tokens.refresh.token, "r+/=");
        assert_eq!(tokens.anti_csrf.as_deref(), Some("c"));
        assert_eq!((tokens.session.handle.as_str(), tokens.session.tenant_id), ("h", None));
        assert!(!tokens.access.is_legacy);
    }

    #[test]
    fn old_tokens_are_known_by_their_header() {
        let header = STANDARD.encode(r#"{"alg":"RS256","typ":"JWT","version":"2"}"#);
        let token = format!("{header}.{}.AA==", STANDARD.encode(r#"{"userData":{"a":"?>"}}"#));
        let access = access_token(&reply(&token, "r", "5")).unwrap().unwrap();
        assert!(access.is_legacy);
        assert_eq!(access.payload, json(r#"{"userData":{"a":"?>"}}"#));
    }

    #[test]
    fn what_could_not_be_sent_to_a_browser_is_no_answer() {
        let good = token("{}");
        for (access, refresh, expiry) in [
            ("a.b", "r", "5"),
            ("a.b.c.d", "r", "5"),
            ("e30.!.AA", "r", "5"),
            (&*token("[]"), "r", "5"),
            (&token("{"), "r", "5"),
            (&good, "", "5"),
            (&good, "r\\r\\nx: y", "5"),
            (&good, "r ", "5"),
            (&good, "ä", "5"),
            (&good, "r", "-1"),
            (&good, "r", "1e30"),
            (&good, "r", "8640000000000001"),
            (&good, "r", "\"5\""),
        ] {
            let answer = tokens(&reply(access, refresh, expiry));
            assert!(answer.is_err(), "{access} {refresh} {expiry}");
        }
        for text in ["{}", "[]", "null", r#"{"session":{}}"#] {
            assert!(session(&json(text)).is_err() && tokens(&json(text)).is_err(), "{text}");
        }
        assert_eq!(access_token(&json("{}")).map(|token| token.is_none()), Ok(true));
        assert_eq!(status(&json(r#"{"status":"OK"}"#)).to_string(), "OK");
    }
}
