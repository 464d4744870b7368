//! What the core asks of its host, and what the host answers.

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use crate::budget::Budget;
use crate::json::Json;
use crate::json::writer::{ObjectWriter, array, string};
use crate::reason::Reason;
use crate::time::UnixMillis;

/// A fact that only the host can get: send [`request`](Self::request), hand the reply to
/// [`crate::Gate::supply`] as a [`Fact`], check again from the start.
#[derive(Clone, PartialEq, Eq)]
pub struct Need {
    /// What the fact is about.
    pub kind: NeedKind,
    /// Names the fact: equal keys ask for the same, so one request serves all who wait for it. May
    /// hold a secret.
    pub key: String,
    /// What to send, complete.
    pub request: HttpRequest,
}

/// What a fact is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum NeedKind {
    /// A JWK set (RFC 7517 section 5).
    Keys,
    /// Clerk: the Set-Cookie directives that a handshake nonce stands for.
    HandshakePayload,
    /// A fresh session token for an expired one: of Clerk, or of SuperTokens for a visited page.
    SessionRefresh,
    /// SuperTokens: the core's word on a token that only the core can confirm.
    SessionVerify,
}

impl NeedKind {
    /// `keys`, `handshake-payload`, `session-refresh` or `session-verify`.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Keys => "keys",
            Self::HandshakePayload => "handshake-payload",
            Self::SessionRefresh => "session-refresh",
            Self::SessionVerify => "session-verify",
        }
    }

    /// Whether one answer serves everybody who asks for the same at the same time.
    #[must_use]
    pub const fn is_shared(self) -> bool {
        !matches!(self, Self::SessionVerify)
    }

    /// Lower-case names of the headers of the answer that are to be handed in with it.
    #[must_use]
    pub const fn answer_headers(self) -> &'static [&'static str] {
        match self {
            Self::Keys => &["cache-control"],
            Self::SessionRefresh => &["set-cookie", "front-token", "anti-csrf"],
            Self::HandshakePayload | Self::SessionVerify => &[],
        }
    }
}

/// An HTTP request that the host sends as it is. Redirects are not to be followed.
#[derive(Clone, PartialEq, Eq)]
pub struct HttpRequest {
    /// `GET` or `POST`.
    pub method: &'static str,
    /// Absolute.
    pub url: String,
    /// Lower-case names with their values; may hold a secret.
    pub headers: Vec<(&'static str, String)>,
    /// JSON, for `POST`.
    pub body: Option<String>,
}

impl HttpRequest {
    pub(crate) fn get(url: String) -> Self {
        Self { method: "GET", url, headers: Vec::new(), body: None }
    }

    /// `{"method","url","headers":[[name,value]…],"body"}`; holds whatever the request does.
    #[must_use]
    pub fn to_json(&self) -> String {
        self.writer().finish()
    }

    fn writer(&self) -> ObjectWriter {
        let headers = self.headers.iter();
        let headers = array(headers.map(|(name, value)| array([string(name), string(value)])));
        ObjectWriter::new()
            .string("method", self.method)
            .string("url", &self.url)
            .raw("headers", &headers)
            .maybe_string("body", self.body.as_deref())
    }

    /// Whether the request proves who sends it.
    pub(crate) fn has_secret(&self) -> bool {
        self.headers.iter().any(|(name, _)| *name == "authorization")
    }
}

impl fmt::Debug for HttpRequest {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Headers and body can hold secrets and tokens.
        formatter.debug_struct("HttpRequest").field("url", &self.url).finish_non_exhaustive()
    }
}

impl fmt::Debug for Need {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { kind, request, .. } = self;
        let mut debug = formatter.debug_struct("Need");
        debug.field("kind", kind).field("request", request).finish_non_exhaustive()
    }
}

impl Need {
    /// `{"kind","key","isShared","request":{"method","url","headers":[[name,value]…],"body",
    /// "answerHeaders":[name…]}}`
    #[must_use]
    pub fn to_json(&self) -> String {
        let answer_headers = self.kind.answer_headers().iter().map(|name| string(name));
        let request = self.request.writer().raw("answerHeaders", &array(answer_headers)).finish();
        ObjectWriter::new()
            .string("kind", self.kind.code())
            .string("key", &self.key)
            .bool("isShared", self.kind.is_shared())
            .raw("request", &request)
            .finish()
    }

    /// The fact that the request was answered.
    #[must_use]
    pub fn answered(&self, status: u16, body: impl Into<String>, at: UnixMillis) -> Fact {
        let reply = Some(HttpReply { status, headers: Vec::new(), body: body.into() });
        Fact { key: self.key.clone(), reply, at }
    }

    /// The fact that no answer came: no connection, a time-out, an answer too large.
    #[must_use]
    pub fn unanswered(&self, at: UnixMillis) -> Fact {
        Fact { key: self.key.clone(), reply: None, at }
    }
}

/// How the keys of needs for key sets start.
pub(crate) const KEYS: &str = "keys ";

/// What became of the request of a [`Need`].
#[derive(Clone, PartialEq, Eq)]
pub struct Fact {
    /// The key of the need.
    pub key: String,
    /// The answer; `None` when none came.
    pub reply: Option<HttpReply>,
    /// When it came.
    pub at: UnixMillis,
}

impl fmt::Debug for Fact {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The first word of a key says what it is about; what follows can hold a token.
        let about = self.key.split(' ').next().unwrap_or_default();
        let mut debug = formatter.debug_struct("Fact");
        debug.field("about", &about).field("reply", &self.reply).field("at", &self.at).finish()
    }
}

/// An HTTP answer, not looked at by the host.
#[derive(Clone, PartialEq, Eq)]
pub struct HttpReply {
    /// The status.
    pub status: u16,
    /// Those that [`NeedKind::answer_headers`] names; lower-case names, which may repeat.
    pub headers: Vec<(String, String)>,
    /// The body as text.
    pub body: String,
}

impl HttpReply {
    pub(crate) const fn is_success(&self) -> bool {
        matches!(self.status, 200..=299)
    }

    /// The values of a header; those that have other bytes than headers may be made of are not there,
    /// so that all of them can be handed on (RFC 9110 section 5.5).
    pub(crate) fn header_values<'h>(&'h self, name: &'h str) -> impl Iterator<Item = &'h str> {
        let is_legal = |value: &&str| value.bytes().all(|byte| (b' '..=b'~').contains(&byte));
        let headers = self.headers.iter().filter(move |(key, _)| key == name);
        headers.map(|(_, value)| value.as_str()).filter(is_legal)
    }
}

impl fmt::Debug for HttpReply {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("HttpReply").field("status", &self.status).finish_non_exhaustive()
    }
}

/// Why a fact was not taken: misuse by the host.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum FactError {
    /// The text is not a fact with all its members.
    Malformed,
    /// No provider asked for this.
    UnknownKey,
}

impl FactError {
    /// The stable code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Malformed => "fact-malformed",
            Self::UnknownKey => "fact-unknown-key",
        }
    }

    /// What is wrong and what to do about it.
    #[must_use]
    pub const fn message(self) -> &'static str {
        match self {
            Self::Malformed => {
                "The fact must be an object with `key`, `at`, and `status` and `body` unless no answer came."
            }
            Self::UnknownKey => {
                "No provider of this gate asked for this. Give the key exactly as the need has it."
            }
        }
    }
}

impl fmt::Display for FactError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.message())
    }
}

impl core::error::Error for FactError {}

impl Fact {
    pub(crate) fn is_about_keys(&self) -> bool {
        self.key.starts_with(KEYS)
    }

    /// Reads `{"key","at","status","body","headers"?: [[name,value]…]}`, or `{"key","at"}` when no
    /// answer came.
    ///
    /// # Errors
    /// [`FactError::Malformed`] for anything else.
    pub fn from_json(text: &str) -> Result<Self, FactError> {
        let json =
            Json::parse(text.as_bytes(), &Budget::DEFAULT).map_err(|_| FactError::Malformed)?;
        let string = |name| json.get(name).and_then(Json::as_str).map(String::from);
        let integer = |name| json.get(name).and_then(Json::as_integer);
        let status = integer("status").and_then(|status| u16::try_from(status).ok());
        let reply = match (status, string("body")) {
            (Some(status), Some(body)) => {
                let headers = json.get("headers").map_or(Some(Vec::new()), header_pairs);
                let headers = headers.ok_or(FactError::Malformed)?;
                Some(HttpReply { status, headers, body })
            }
            (None, None) => None,
            _ => return Err(FactError::Malformed),
        };
        let key = string("key").ok_or(FactError::Malformed)?;
        let at = integer("at").map(UnixMillis).ok_or(FactError::Malformed)?;
        Ok(Self { key, reply, at })
    }
}

fn header_pairs(json: &Json) -> Option<Vec<(String, String)>> {
    let pair = |pair: &Json| match pair.as_array()? {
        [name, value] => Some((name.as_str()?.to_ascii_lowercase(), value.as_str()?.into())),
        _ => None,
    };
    json.as_array()?.iter().map(pair).collect()
}

/// Why a step did not go on: a refusal, or a fact that is missing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Halt {
    Refused(Reason),
    Need(Need),
}

impl From<Reason> for Halt {
    fn from(reason: Reason) -> Self {
        Self::Refused(reason)
    }
}

impl From<Need> for Halt {
    fn from(need: Need) -> Self {
        Self::Need(need)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn need() -> Need {
        let request = HttpRequest::get("https://i/jwks".into());
        Need { kind: NeedKind::Keys, key: "keys https://i/jwks".into(), request }
    }

    #[test]
    fn facts_are_read_from_json() {
        let fact =
            Fact::from_json(r#"{"key":"keys https://i/jwks","status":200,"body":"{}","at":5}"#);
        assert_eq!(fact, Ok(need().answered(200, "{}", UnixMillis(5))));
        let fact = Fact::from_json(
            r#"{"key":"k","status":200,"body":"","headers":[["Set-Cookie","a"],["x","b"],["set-cookie","c\r\nd: e"]],"at":5}"#,
        );
        let reply = fact.unwrap().reply.unwrap();
        assert_eq!(reply.header_values("set-cookie").collect::<Vec<_>>(), ["a"]);
        let fact = Fact::from_json(r#"{"key":"keys https://i/jwks","at":5}"#);
        assert_eq!(fact, Ok(need().unanswered(UnixMillis(5))));
        for text in [
            "",
            "{}",
            r#"{"key":"k","status":200,"at":5}"#,
            r#"{"key":"k","status":70000,"body":"","at":5}"#,
            r#"{"key":"k","status":200,"body":""}"#,
            r#"{"key":"k","status":200,"body":"","at":5,"headers":[["a"]]}"#,
        ] {
            assert_eq!(Fact::from_json(text), Err(FactError::Malformed), "{text}");
        }
    }

    #[test]
    fn needs_are_written_as_json() {
        let expected = r#"{"kind":"keys","key":"keys https://i/jwks","isShared":true,"request":{"method":"GET","url":"https://i/jwks","headers":[],"body":null,"answerHeaders":["cache-control"]}}"#;
        assert_eq!(need().to_json(), expected);
    }

    #[test]
    fn secrets_are_not_shown() {
        let mut need = need();
        need.request.headers.push(("authorization", "Bearer sk_test_secret".into()));
        need.key.push_str(" sk_test_secret");
        let fact = need.answered(200, "sk_test_secret", UnixMillis(0));
        assert!(!alloc::format!("{need:?} {fact:?}").contains("sk_test_secret"));
    }
}
