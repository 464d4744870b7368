//! What to do with the request.

mod answer;
mod headers;
mod state;

pub use answer::{Answer, AnswerPage, ClaimError};
pub use headers::Header;
pub(crate) use headers::uncacheable;
pub use state::{AuthState, AuthStatus, Exemption};

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use crate::json::writer::ObjectWriter;
use crate::reason::Reason;
#[cfg(feature = "wasm")]
use headers::UNCACHEABLE;
use headers::{headers_json, names};

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
        headers.push((Cow::Borrowed("location"), location.clone().into()));
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
        let own = self.headers.iter().map(|(name, value)| (name.as_ref(), &**value));
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
