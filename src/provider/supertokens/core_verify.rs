//! The core's word on a token that only the core can confirm (CDI `/recipe/session/verify`).

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use core::cell::RefCell;

use super::csrf::CsrfCheck;
use crate::json::Json;
use crate::json::writer::ObjectWriter;
use crate::need::{Fact, HttpReply, HttpRequest, Need, NeedKind};
use crate::provider::facts::Facts;
use crate::provider::{Context, SecretKey};
use crate::reason::Reason;

/// The version of the core's interface that requests and answers follow.
pub(super) const CDI_VERSION: &str = "5.4";

/// The core, at one address or several.
#[derive(Debug)]
pub(super) struct Core {
    addresses: Vec<String>,
    api_key: Option<SecretKey>,
    /// Answers, each for the one request that asked.
    facts: RefCell<Facts>,
}

/// What the core says of a token.
pub(super) enum CoreVerdict {
    /// It is good. Sometimes the core gives another token in its place.
    Good { session: Json, new_token: Option<NewToken> },
    /// There is no such session any more.
    Revoked,
    /// Not this token.
    Refused,
    /// No word.
    Unavailable,
}

/// An access token that the core made.
pub(super) struct NewToken {
    pub(super) text: String,
    /// In ms since the epoch.
    pub(super) expires: i64,
}

/// The start of the keys of these needs.
const KEY: &str = "session-verify ";

impl Core {
    pub(super) fn new(addresses: Vec<String>, api_key: Option<SecretKey>) -> Self {
        Self { addresses, api_key, facts: RefCell::default() }
    }

    pub(super) fn is_configured(&self) -> bool {
        !self.addresses.is_empty()
    }

    /// Takes an answer to [`verify`](Self::verify); `false` for any other fact.
    pub(super) fn supply(&mut self, fact: &Fact) -> bool {
        let is_own = self.is_configured() && fact.key.starts_with(KEY);
        if is_own {
            self.facts.get_mut().keep(fact.clone());
        }
        is_own
    }

    /// Asks the addresses in their order; the first that answers counts, and for this request alone:
    /// a moment later the session may be gone.
    pub(super) fn verify(
        &self,
        token: &str,
        csrf: &CsrfCheck<'_>,
        enables_anti_csrf: bool,
        checks_database: bool,
        context: &Context<'_>,
    ) -> Result<CoreVerdict, Need> {
        let body = ObjectWriter::new().string("accessToken", token);
        let body = match csrf.token() {
            Some(token) => body.string("antiCsrfToken", token),
            None => body,
        };
        let body = body
            .bool("doAntiCsrfCheck", csrf.is_left_to_core())
            .bool("enableAntiCsrf", enables_anti_csrf)
            .bool("checkDatabase", checks_database)
            .finish();
        let mut facts = self.facts.borrow_mut();
        let mut asked = Vec::with_capacity(self.addresses.len());
        let mut said = CoreVerdict::Unavailable;
        for address in &self.addresses {
            let need = self.need(address, &body);
            let Some(fact) = facts.get(&need.key, context.now) else { return Err(need) };
            let reply = fact.reply.as_ref().map(|reply| verdict(reply, context));
            asked.push(need.key);
            if let Some(verdict) = reply {
                said = verdict;
                break;
            }
        }
        facts.take(&asked);
        Ok(said)
    }

    fn need(&self, address: &str, body: &str) -> Need {
        let mut headers = alloc::vec![
            ("cdi-version", String::from(CDI_VERSION)),
            ("content-type", String::from("application/json; charset=utf-8")),
            ("rid", String::from("session")),
        ];
        if let Some(key) = &self.api_key {
            headers.push(("api-key", key.expose().into()));
        }
        let request = HttpRequest {
            method: "POST",
            headers,
            body: Some(body.into()),
            ..HttpRequest::get(format!("{address}/recipe/session/verify"))
        };
        // The body names everything that the answer depends on.
        Need { kind: NeedKind::SessionVerify, key: format!("{KEY}{address} {body}"), request }
    }
}

fn verdict(reply: &HttpReply, context: &Context<'_>) -> CoreVerdict {
    let json = Json::parse(reply.body.as_bytes(), context.budget).ok();
    let Some(json) = json.filter(|_| reply.is_success()) else { return CoreVerdict::Unavailable };
    match json.get("status").and_then(Json::as_str) {
        Some("OK") => {
            let Some(session) = json.get("session").cloned() else {
                return CoreVerdict::Unavailable;
            };
            let new_token = json.get("accessToken").and_then(|token| {
                let text = token.get("token")?.as_str()?.into();
                Some(NewToken { text, expires: token.get("expiry")?.as_integer()? })
            });
            if new_token.as_ref().is_some_and(|token| !is_sendable(&token.text)) {
                return CoreVerdict::Unavailable;
            }
            CoreVerdict::Good { session, new_token }
        }
        Some("UNAUTHORISED") => CoreVerdict::Revoked,
        Some(_) => CoreVerdict::Refused,
        None => CoreVerdict::Unavailable,
    }
}

/// Whether a text can stand in a header as it is; every token can.
fn is_sendable(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_graphic())
}

/// What a request is answered with when the core said no.
pub(super) const fn reason(verdict: &CoreVerdict) -> Option<Reason> {
    match verdict {
        CoreVerdict::Good { .. } => None,
        CoreVerdict::Revoked => Some(Reason::SessionRevoked),
        CoreVerdict::Refused => Some(Reason::CoreRefused),
        CoreVerdict::Unavailable => Some(Reason::CoreUnavailable),
    }
}

#[cfg(test)]
#[cfg(feature = "ring")]
mod tests {
    use super::*;
    use crate::provider::with_context;
    use crate::time::UnixMillis;

    fn core(addresses: &[&str]) -> Core {
        let addresses: Vec<String> = addresses.iter().map(|&address| address.into()).collect();
        Core::new(addresses, SecretKey::new("secret"))
    }

    fn ask(core: &Core, token: &str) -> Result<Option<Reason>, Need> {
        let check = CsrfCheck::none(None);
        with_context(|context| core.verify(token, &check, true, false, context))
            .map(|verdict| reason(&verdict))
    }

    fn says(body: &str) -> Option<Reason> {
        let mut core = core(&["https://a"]);
        let need = ask(&core, "t").unwrap_err();
        assert!(core.supply(&need.answered(200, body, UnixMillis(0))));
        ask(&core, "t").unwrap()
    }

    #[test]
    fn words_of_the_core_have_reasons() {
        for (body, expected) in [
            (r#"{"status":"OK","session":{}}"#, None),
            (r#"{"status":"UNAUTHORISED"}"#, Some(Reason::SessionRevoked)),
            (r#"{"status":"TRY_REFRESH_TOKEN"}"#, Some(Reason::CoreRefused)),
            (r#"{"status":"OK"}"#, Some(Reason::CoreUnavailable)),
            (r#"{"status":1}"#, Some(Reason::CoreUnavailable)),
            ("[]", Some(Reason::CoreUnavailable)),
            ("<html>", Some(Reason::CoreUnavailable)),
            ("", Some(Reason::CoreUnavailable)),
        ] {
            assert_eq!(says(body), expected, "{body}");
        }
    }

    #[test]
    fn each_address_and_each_question_has_its_own_key() {
        let mut core = core(&["https://a", "https://b"]);
        let first = ask(&core, "t").unwrap_err();
        let other = ask(&core, "u").unwrap_err();
        assert_ne!(first.key, other.key);
        assert!(core.supply(&first.unanswered(UnixMillis(0))));
        let second = ask(&core, "t").unwrap_err();
        assert_ne!(first.key, second.key);
        // An answer to one question is none to the other.
        assert_eq!(ask(&core, "u").unwrap_err().key, other.key);
        assert!(core.supply(&second.answered(
            200,
            r#"{"status":"OK","session":{}}"#,
            UnixMillis(0)
        )));
        assert_eq!(ask(&core, "t").unwrap(), None);
        assert_eq!(ask(&core, "t").unwrap_err().key, first.key);
    }

    #[test]
    fn an_address_that_fails_has_answered() {
        let mut core = core(&["https://a", "https://b"]);
        let need = ask(&core, "t").unwrap_err();
        assert!(core.supply(&need.answered(500, "", UnixMillis(0))));
        assert_eq!(ask(&core, "t").unwrap(), Some(Reason::CoreUnavailable));
    }

    #[test]
    fn facts_of_others_are_not_taken() {
        let at = UnixMillis(0);
        let foreign = |key: &str| Fact { key: key.into(), reply: None, at };
        assert!(!core(&["https://a"]).supply(&foreign("session-refresh x")));
        assert!(!core(&[]).supply(&foreign("session-verify x")));
        assert!(!core(&[]).is_configured());
    }

    #[test]
    fn the_key_to_the_core_and_the_tokens_are_not_shown() {
        let mut core = core(&["https://a"]);
        let need = ask(&core, "token-text").unwrap_err();
        core.supply(&need.answered(200, "token-text", UnixMillis(0)));
        assert!(need.request.headers.contains(&("api-key", "secret".into())));
        let shown = format!("{core:?} {need:?}");
        assert!(!shown.contains("secret") && !shown.contains("token-text"), "{shown}");
    }
}
