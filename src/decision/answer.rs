//! What a provider's own kit would answer.

use alloc::string::String;
use alloc::vec::Vec;

use super::Header;
use crate::json::Json;
use crate::json::writer::{ObjectWriter, to_text};
use crate::reason::Reason;

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
