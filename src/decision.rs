//! What to do with the request.

use alloc::borrow::{Cow, ToOwned};
use alloc::string::String;
use alloc::vec::Vec;

use crate::auth::Auth;
use crate::json::writer::{ObjectWriter, array, string};
use crate::reason::Reason;

/// A response header: a lower-case name and a value that is legal in a header field.
pub type Header = (Cow<'static, str>, String);

/// What to do with a request, and why.
#[derive(Clone, Debug, PartialEq)]
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
#[derive(Clone, Debug, PartialEq)]
pub struct AuthState {
    /// The state of the session.
    pub status: AuthStatus,
    /// Why nobody is signed in; a peer's own word where it has one.
    pub reason: Option<Reason>,
    /// The exact rule, when `reason` is a broader word.
    pub detail: Option<Reason>,
    /// Headers that tell the answer's reader about the state.
    pub headers: Vec<Header>,
    /// The verified token. Never a token that was refused.
    pub token: Option<String>,
    /// The provider that spoke: `clerk` or `oidc`.
    pub provider: &'static str,
    /// The identity.
    pub auth: Auth,
}

/// The state of a session.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum AuthStatus {
    /// A session was verified.
    SignedIn,
    /// Nobody is signed in.
    SignedOut,
}

impl AuthStatus {
    /// `signed-in` or `signed-out`.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::SignedIn => "signed-in",
            Self::SignedOut => "signed-out",
        }
    }
}

impl AuthState {
    /// A verified session.
    pub(crate) fn signed_in(provider: &'static str, token: &str, auth: Auth) -> Self {
        Self {
            status: AuthStatus::SignedIn,
            reason: None,
            detail: None,
            headers: Vec::new(),
            token: Some(token.to_owned()),
            provider,
            auth,
        }
    }

    /// Nobody, because of `exact`; `word` is what the provider's users know it as.
    pub(crate) fn signed_out(provider: &'static str, word: Reason, exact: Reason) -> Self {
        Self {
            status: AuthStatus::SignedOut,
            reason: Some(word),
            detail: (word != exact).then_some(exact),
            headers: Vec::new(),
            token: None,
            provider,
            auth: Auth::default(),
        }
    }

    /// Whether a session was verified.
    #[must_use]
    pub fn is_signed_in(&self) -> bool {
        self.status == AuthStatus::SignedIn
    }

    /// What is wrong and what to do, by the exact rule.
    #[must_use]
    pub fn message(&self) -> Option<&'static str> {
        self.detail.or(self.reason).map(Reason::message)
    }

    /// The object that JavaScript sees, as JSON.
    #[must_use]
    pub fn to_json(&self) -> String {
        ObjectWriter::new()
            .string("status", self.status.code())
            .maybe_string("reason", self.reason.map(Reason::code))
            .maybe_string("detail", self.detail.map(Reason::code))
            .maybe_string("message", self.message())
            .raw("headers", &headers_json(&self.headers))
            .maybe_string("token", self.token.as_deref())
            .string("provider", self.provider)
            .raw("auth", &self.auth.to_json())
            .finish()
    }
}

impl Decision {
    /// Let the request through.
    pub(crate) fn allow(state: AuthState, rule: Option<usize>) -> Self {
        let headers = state.headers.clone();
        let outcome = Outcome::Allow;
        Self { outcome, status: 200, location: None, headers, reason: None, rule, state }
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
        Self { outcome, status, location, headers, reason, rule, state }
    }

    /// Turn the request away.
    pub(crate) fn deny(state: AuthState, rule: Option<usize>, status: u16, reason: Reason) -> Self {
        let headers = state.headers.clone();
        let (outcome, reason) = (Outcome::Deny, Some(reason));
        Self { outcome, status, location: None, headers, reason, rule, state }
    }

    /// Keeps shared caches from handing this answer to anybody else.
    pub(crate) fn uncacheable(mut self) -> Self {
        self.headers.push((Cow::Borrowed("cache-control"), "private, no-store".to_owned()));
        self.headers.push((Cow::Borrowed("vary"), "Cookie".to_owned()));
        self
    }

    /// What is wrong and what to do.
    #[must_use]
    pub fn message(&self) -> Option<&'static str> {
        match self.reason {
            reason if reason == self.state.reason => self.state.message(),
            reason => reason.map(Reason::message),
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
            .maybe_string("reason", self.reason.map(Reason::code))
            .maybe_string("message", self.reason.and(self.message()))
            .raw("rule", rule.as_deref().unwrap_or("null"))
            .raw("state", &self.state.to_json())
            .finish()
    }
}

fn headers_json(headers: &[Header]) -> String {
    array(headers.iter().map(|(name, value)| array([string(name), string(value)])))
}
