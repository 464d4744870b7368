//! What to do with the request.

use alloc::borrow::{Cow, ToOwned};
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use crate::auth::{Auth, TokenType};
use crate::json::Json;
use crate::json::writer::{ObjectWriter, array, string, to_text};
use crate::reason::Reason;

/// A response header: a lower-case name and a value that is legal in a header field.
pub type Header = (Cow<'static, str>, String);

/// What to do with a request, and why.
#[derive(Clone, PartialEq)]
pub struct Decision {
    /// Let it in, send it elsewhere or turn it away.
    pub outcome: Outcome,
    /// The HTTP status to answer with; 200 for [`Outcome::Allow`].
    pub status: u16,
    /// The absolute address to redirect to, for [`Outcome::Redirect`] alone.
    pub location: Option<String>,
    /// The headers to add to the answer, whoever gives it.
    pub headers: Vec<Header>,
    /// Why the request was not let in.
    pub reason: Option<Reason>,
    /// The JSON to answer a denied request with, where the provider's clients wait for exactly this.
    pub body: Option<String>,
    /// The place of the route rule that decided, counted from 0.
    pub rule: Option<usize>,
    /// Who it is.
    pub state: AuthState,
}

/// The three things that can become of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Let it through.
    Allow,
    /// Answer with a redirect.
    Redirect,
    /// Answer with an error status.
    Deny,
}

impl Outcome {
    /// `allow`, `redirect` or `deny`.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Allow => "allow",
            Self::Redirect => "redirect",
            Self::Deny => "deny",
        }
    }
}

/// Who it is, without regard to routes.
#[derive(Clone, PartialEq)]
pub struct AuthState {
    /// The state of the session.
    pub status: AuthStatus,
    /// Why nobody is signed in; a peer's own word where it has one.
    pub reason: Option<Reason>,
    /// What follows the word `session-token-expired-refresh-`, sometimes in the words of Clerk's
    /// Backend API.
    pub refresh_failure: Option<Cow<'static, str>>,
    /// The exact rule, when `reason` is a broader word.
    pub detail: Option<Reason>,
    /// What is wrong and what to do, in the provider's words.
    pub message: Option<Cow<'static, str>>,
    /// Headers that tell the answer's reader about the state.
    pub headers: Vec<Header>,
    /// The verified token. Never a token that was refused.
    pub token: Option<String>,
    /// The claims that do not hold, in the order in which they were looked at.
    pub claim_errors: Vec<ClaimError>,
    /// How the provider's own kit would answer a caller who is not let in.
    pub answer: Option<Answer>,
    /// Why the request is let pass without a look at who sent it, whatever the route asks for.
    pub exemption: Option<Exemption>,
    /// Whether `auth` says more than the token does, because its issuer said so.
    pub has_outside_facts: bool,
    /// The provider that spoke: `clerk`, `supertokens` or `oidc`.
    pub provider: &'static str,
    /// The kind of token that was found or expected; `None` when it is not an accepted one.
    pub token_type: Option<TokenType>,
    /// The identity.
    pub auth: Auth,
}

/// Requests that a provider's own kit lets pass as nobody.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Exemption {
    /// SuperTokens: a browser asks, without cookies, whether it may send another request. Counts only
    /// where every provider of the gate lets it pass.
    Preflight,
    /// SuperTokens: a call of the API's own refresh endpoint, which answers by itself.
    OwnApi,
}

/// A claim that does not hold.
#[derive(Clone, Debug, PartialEq)]
pub struct ClaimError {
    /// The identifier of the validator.
    pub id: String,
    /// What it says, in its own form.
    pub reason: Option<Json>,
}

impl ClaimError {
    /// `{"id","reason"?}`
    #[must_use]
    pub fn to_json(&self) -> String {
        let writer = ObjectWriter::new().string("id", &self.id);
        match &self.reason {
            Some(reason) => writer.raw("reason", &to_text(reason)).finish(),
            None => writer.finish(),
        }
    }
}

/// How a provider's own kit answers a caller who is not let in.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    /// The status.
    pub status: u16,
    /// The body, JSON.
    pub body: String,
    /// What becomes of somebody who waits for a page instead. Without it a visitor who is merely
    /// not signed in is sent to the sign-in page, and all others get the status.
    pub page: Option<AnswerPage>,
    /// Whether it is the answer for everybody, whatever the route.
    pub is_final: bool,
}

/// What becomes of somebody who waits for a page.
#[derive(Clone, Debug, PartialEq)]
pub enum AnswerPage {
    /// They are sent to a page of the provider that mends what is wrong.
    To {
        /// The absolute address.
        location: String,
        /// The headers of the redirect to it.
        headers: Vec<Header>,
    },
    /// They are sent to the sign-in page.
    SignIn {
        /// The headers of the redirect to it.
        headers: Vec<Header>,
    },
    /// They get the status, for this reason, because any page would send them back.
    Nowhere(Reason),
}

/// The state of a session.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum AuthStatus {
    /// A session was verified.
    SignedIn,
    /// Nobody is signed in.
    SignedOut,
    /// Clerk: the Frontend API has to be asked; the headers hold the redirect to it.
    Handshake,
    /// SuperTokens: the access token is not accepted, but a refresh may bring one that is. Also
    /// when the keys to verify it with cannot be had.
    Refresh,
    /// SuperTokens: a session was verified, but a claim does not hold.
    InvalidClaims,
    /// SuperTokens: a session was verified, but only the backend behind the gate can tell the rest.
    NeedsOrigin,
}

impl AuthStatus {
    /// The word, such as `signed-in`.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::SignedIn => "signed-in",
            Self::SignedOut => "signed-out",
            Self::Handshake => "handshake",
            Self::Refresh => "refresh",
            Self::InvalidClaims => "invalid-claims",
            Self::NeedsOrigin => "needs-origin",
        }
    }
}

impl AuthState {
    /// A verified session.
    pub(crate) fn signed_in(provider: &'static str, token: &str, auth: Auth) -> Self {
        Self {
            status: AuthStatus::SignedIn,
            reason: None,
            refresh_failure: None,
            detail: None,
            message: None,
            headers: Vec::new(),
            token: Some(token.to_owned()),
            claim_errors: Vec::new(),
            answer: None,
            exemption: None,
            has_outside_facts: false,
            provider,
            token_type: Some(TokenType::Session),
            auth,
        }
    }

    /// Nobody, because of `exact`; `word` is what the provider's users know it as.
    pub(crate) fn signed_out(provider: &'static str, word: Reason, exact: Reason) -> Self {
        Self {
            status: AuthStatus::SignedOut,
            reason: Some(word),
            refresh_failure: None,
            detail: (word != exact).then_some(exact),
            message: Some(Cow::Borrowed(exact.message())),
            headers: Vec::new(),
            token: None,
            claim_errors: Vec::new(),
            answer: None,
            exemption: None,
            has_outside_facts: false,
            provider,
            token_type: Some(TokenType::Session),
            auth: Auth::default(),
        }
    }

    /// Where the state itself sends the visitor.
    pub(crate) fn location(&self) -> Option<&str> {
        let header = self.headers.iter().find(|(name, _)| name == "location");
        header.map(|(_, value)| value.as_str())
    }

    /// Whether there never was a session, so that where none is needed nothing is wrong.
    pub(crate) fn is_without_session(&self) -> bool {
        self.status == AuthStatus::SignedOut && self.detail != Some(Reason::SessionRevoked)
    }

    /// Clerk: whether the session waits for the user to do something, such as choosing an
    /// organisation. Such a session counts as signed out unless asked otherwise.
    #[must_use]
    pub fn is_pending(&self) -> bool {
        self.auth.session_status.as_deref() == Some("pending")
    }

    /// The number of the claims that alone decide about everything in `auth`; 0 for none.
    #[cfg(feature = "wasm")]
    pub(crate) fn auth_number(&self) -> u64 {
        match &self.auth.session_claims {
            Some(claims) if !self.has_outside_facts => claims.number(),
            _ => 0,
        }
    }

    /// Whether a session was verified.
    #[must_use]
    pub fn is_signed_in(&self) -> bool {
        self.status == AuthStatus::SignedIn
    }

    /// The stable code of the reason.
    #[must_use]
    pub fn reason_code(&self) -> Option<Cow<'static, str>> {
        let code = self.reason?.code();
        Some(match &self.refresh_failure {
            Some(why) => Cow::Owned([code, "-", why].concat()),
            None => Cow::Borrowed(code),
        })
    }

    /// The object that JavaScript sees, as JSON.
    #[must_use]
    pub fn to_json(&self) -> String {
        let writer = ObjectWriter::new()
            .string("status", self.status.code())
            .maybe_string("reason", self.reason_code().as_deref())
            .maybe_string("detail", self.detail.map(Reason::code))
            .maybe_string("message", self.message.as_deref())
            .raw("headers", &headers_json(&self.headers))
            .maybe_string("token", self.token.as_deref())
            .string("provider", self.provider)
            .maybe_string("tokenType", self.token_type.map(TokenType::code))
            .raw("auth", &self.auth.to_json());
        if self.claim_errors.is_empty() {
            return writer.finish();
        }
        writer
            .raw("claimErrors", &array(self.claim_errors.iter().map(ClaimError::to_json)))
            .finish()
    }
}

impl Decision {
    /// Let the request through.
    pub(crate) fn allow(state: AuthState, rule: Option<usize>) -> Self {
        let headers = state.headers.clone();
        let outcome = Outcome::Allow;
        Self {
            outcome,
            status: 200,
            location: None,
            headers,
            reason: None,
            body: None,
            rule,
            state,
        }
    }

    /// Go where the state itself says, whatever the route: to the Frontend API or back from it.
    pub(crate) fn follow(state: AuthState, location: String) -> Self {
        let headers = state.headers.clone();
        let (outcome, reason, location) = (Outcome::Redirect, state.reason, Some(location));
        Self { outcome, status: 307, location, headers, reason, body: None, rule: None, state }
    }

    /// Send the visitor to `location`.
    pub(crate) fn redirect(
        state: AuthState,
        rule: Option<usize>,
        status: u16,
        location: String,
    ) -> Self {
        let mut headers = state.headers.clone();
        headers.push((Cow::Borrowed("location"), location.clone()));
        let (outcome, reason, location) = (Outcome::Redirect, state.reason, Some(location));
        Self { outcome, status, location, headers, reason, body: None, rule, state }
    }

    /// Turn the request away; in the provider's own words where it has some for this status.
    pub(crate) fn deny(state: AuthState, rule: Option<usize>, status: u16, reason: Reason) -> Self {
        let headers = state.headers.clone();
        let answer = state.answer.as_ref().filter(|answer| answer.status == status);
        let body = answer.map(|answer| answer.body.clone());
        let (outcome, reason) = (Outcome::Deny, Some(reason));
        Self { outcome, status, location: None, headers, reason, body, rule, state }
    }

    /// Keeps shared caches from handing this answer to anybody else.
    pub(crate) fn uncacheable(mut self) -> Self {
        for (name, value) in uncacheable() {
            if !self.headers.iter().any(|(own, _)| *own == name) {
                self.headers.push((name, value));
            }
        }
        self
    }

    /// Whether the headers say that the answer must not be cached, and nothing else.
    #[cfg(feature = "wasm")]
    pub(crate) fn is_only_private(&self) -> bool {
        let own = self.headers.iter().map(|(name, value)| (name.as_ref(), value.as_str()));
        own.eq(UNCACHEABLE)
    }

    /// What is wrong and what to do.
    #[must_use]
    pub fn message(&self) -> Option<&str> {
        match self.reason {
            reason if reason == self.state.reason => self.state.message.as_deref(),
            reason => reason.map(Reason::message),
        }
    }

    /// The stable code of the reason.
    #[must_use]
    pub fn reason_code(&self) -> Option<Cow<'static, str>> {
        match self.reason {
            reason if reason == self.state.reason => self.state.reason_code(),
            reason => reason.map(|reason| Cow::Borrowed(reason.code())),
        }
    }

    /// The object that JavaScript sees, as JSON.
    #[must_use]
    pub fn to_json(&self) -> String {
        let rule = self.rule.map(|rule| alloc::format!("{rule}"));
        ObjectWriter::new()
            .string("outcome", self.outcome.code())
            .raw("status", &alloc::format!("{}", self.status))
            .maybe_string("location", self.location.as_deref())
            .raw("headers", &headers_json(&self.headers))
            .maybe_string("reason", self.reason_code().as_deref())
            .maybe_string("message", self.reason.and(self.message()))
            .maybe_string("body", self.body.as_deref())
            .raw("rule", rule.as_deref().unwrap_or("null"))
            .raw("state", &self.state.to_json())
            .finish()
    }
}

/// Shows no value of a header: cookies hold tokens.
impl fmt::Debug for Decision {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut debug = formatter.debug_struct("Decision");
        debug.field("outcome", &self.outcome).field("status", &self.status);
        debug.field("location", &self.location).field("headers", &names(&self.headers));
        debug.field("reason", &self.reason).field("body", &self.body).field("rule", &self.rule);
        debug.field("state", &self.state).finish()
    }
}

/// Shows neither the token nor any value of a header.
impl fmt::Debug for AuthState {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut debug = formatter.debug_struct("AuthState");
        debug.field("status", &self.status).field("reason", &self.reason);
        debug.field("refresh_failure", &self.refresh_failure).field("detail", &self.detail);
        debug.field("message", &self.message).field("headers", &names(&self.headers));
        debug.field("has_token", &self.token.is_some()).field("claim_errors", &self.claim_errors);
        debug.field("answer", &self.answer).field("exemption", &self.exemption);
        debug.field("has_outside_facts", &self.has_outside_facts).field("provider", &self.provider);
        debug.field("token_type", &self.token_type).field("auth", &self.auth).finish()
    }
}

fn names(headers: &[Header]) -> Vec<&str> {
    headers.iter().map(|(name, _)| name.as_ref()).collect()
}

/// RFC 9111 sections 5.2.2.5 and 5.2.2.7, RFC 9110 section 12.5.5.
const UNCACHEABLE: [(&str, &str); 2] = [("cache-control", "private, no-store"), ("vary", "Cookie")];

/// Headers that keep shared caches from handing an answer to anybody else.
pub(crate) fn uncacheable() -> [Header; 2] {
    UNCACHEABLE.map(|(name, value)| (Cow::Borrowed(name), value.to_owned()))
}

fn headers_json(headers: &[Header]) -> String {
    array(headers.iter().map(|(name, value)| array([string(name), string(value)])))
}
