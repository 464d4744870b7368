//! Answers to requests without a session, as `supertokens-node` gives them.

use alloc::string::String;
use alloc::vec::Vec;

use crate::decision::{AuthState, ClaimError, Header};
use crate::json::writer::ObjectWriter;
use crate::provider::supertokens::answer_headers::AnswerHeaders;
use crate::provider::supertokens::state::Statuses;
use crate::reason::Reason;

/// That there is no session, or none that may be used, and how to answer that.
#[derive(Clone, Debug, PartialEq)]
pub struct SessionRefusal {
    /// SuperTokens' own word for it.
    pub reason: Reason,
    /// The exact rule, when `reason` is a broader word.
    pub detail: Option<Reason>,
    /// The status to answer with.
    pub status: u16,
    /// The JSON text to answer with.
    pub body: String,
    /// The headers to add to the answer.
    pub headers: Vec<Header>,
    /// The claims that do not hold.
    pub claim_errors: Vec<ClaimError>,
}

/// What is said in a broader word.
struct Word {
    reason: Reason,
    status: u16,
    text: &'static str,
}

impl SessionRefusal {
    /// There is no session any more: its traces are cleared away.
    pub(super) fn unauthorised(exact: Reason, statuses: Statuses, answer: &AnswerHeaders) -> Self {
        let status = statuses.session_expired;
        Word { reason: Reason::Unauthorised, status, text: "unauthorised" }.with(exact, answer)
    }

    /// Somebody used a refresh token that had been used before.
    pub(super) fn theft(statuses: Statuses, answer: &AnswerHeaders) -> Self {
        let (reason, status) = (Reason::TokenTheftDetected, statuses.session_expired);
        Word { reason, status, text: "token theft detected" }.with(reason, answer)
    }

    /// Cookies of an older domain are cleared; the client will ask again.
    pub(super) fn older_cookies_cleared(headers: Vec<Header>) -> Self {
        let reason = Reason::DuplicateCookiesCleared;
        let text = "The request contains multiple session cookies. We are clearing the cookie from olderCookieDomain. Session will be refreshed in the next refresh call.";
        let answer = AnswerHeaders::new();
        Self { headers, ..Word { reason, status: 200, text }.with(reason, &answer) }
    }

    /// Which of several cookies counts cannot be told, and where they come from is not configured.
    pub(super) fn duplicate_cookies() -> Self {
        let reason = Reason::DuplicateRefreshCookies;
        Word { reason, status: 500, text: reason.message() }.with(reason, &AnswerHeaders::new())
    }

    /// The refusal that stands in a state.
    pub(super) fn of(state: AuthState) -> Self {
        let reason = state.reason.unwrap_or(Reason::Unauthorised);
        let (status, body) = match state.answer {
            Some(answer) => (answer.status, answer.body),
            None => (503, message(reason.message())),
        };
        let AuthState { detail, headers, claim_errors, .. } = state;
        Self { reason, detail, status, body, headers, claim_errors }
    }

    /// What is wrong and what to do about it.
    #[must_use]
    pub fn message(&self) -> &'static str {
        self.detail.unwrap_or(self.reason).message()
    }
}

impl Word {
    fn with(self, exact: Reason, answer: &AnswerHeaders) -> SessionRefusal {
        SessionRefusal {
            reason: self.reason,
            detail: (exact != self.reason).then_some(exact),
            status: self.status,
            body: message(self.text),
            headers: answer.finish(),
            claim_errors: Vec::new(),
        }
    }
}

fn message(text: &str) -> String {
    ObjectWriter::new().string("message", text).finish()
}
