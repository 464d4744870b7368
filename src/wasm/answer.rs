//! What the core said last, until the host has read of it what it wants.

use alloc::boxed::Box;
use alloc::string::String;

use crate::decision::{AuthState, AuthStatus, Decision, Outcome};
use crate::json::writer::ObjectWriter;
use crate::need::Need;

/// The last answer.
pub(super) enum Answer {
    None,
    Decision(Box<Decision>),
    State(Box<AuthState>),
    Need(Box<Need>),
}

/// Numbers that tell a host everything about the usual answers.
pub(super) mod field {
    /// What there is: a need, an answer, or an answer without anything unusual.
    pub(in super::super) const KIND: usize = 0;
    /// The outcome: 0 allow, 1 redirect, 2 deny.
    pub(in super::super) const OUTCOME: usize = 1;
    /// The HTTP status.
    pub(in super::super) const STATUS: usize = 2;
    /// The place of the rule counted from 1; 0 for none.
    pub(in super::super) const RULE: usize = 3;
    /// The number of the verified claims, low and high half; 0 when they have none.
    pub(in super::super) const CLAIMS_LOW: usize = 4;
    pub(in super::super) const CLAIMS_HIGH: usize = 5;
    /// Whether the answer must not be cached: the headers are then exactly those that say so.
    pub(in super::super) const IS_PRIVATE: usize = 6;
    pub(in super::super) const COUNT: usize = 7;
}

const NEED: u32 = 0;
const FULL: u32 = 1;
/// Let in, signed in, and nothing to add but what the numbers say.
const PLAIN: u32 = 2;

impl Answer {
    /// The numbers; a host that finds `PLAIN` needs nothing else but the identity, and that only
    /// once for each number of claims.
    pub(super) fn record(&self) -> [u32; field::COUNT] {
        let mut record = [0; field::COUNT];
        match self {
            Self::None | Self::Need(_) => record[field::KIND] = NEED,
            Self::State(state) => {
                record[field::KIND] = if is_plain(state) { PLAIN } else { FULL };
                put_claims(&mut record, state);
            }
            Self::Decision(decision) => {
                let is_private = decision.is_only_private();
                let has_headers = !decision.headers.is_empty();
                let is_plain = decision.outcome == Outcome::Allow
                    && (is_private || !has_headers)
                    && is_plain(&decision.state);
                record[field::KIND] = if is_plain { PLAIN } else { FULL };
                record[field::OUTCOME] = match decision.outcome {
                    Outcome::Allow => 0,
                    Outcome::Redirect => 1,
                    Outcome::Deny => 2,
                };
                record[field::STATUS] = decision.status.into();
                let rule = decision.rule.and_then(|rule| u32::try_from(rule + 1).ok());
                record[field::RULE] = rule.unwrap_or(0);
                record[field::IS_PRIVATE] = is_private.into();
                put_claims(&mut record, &decision.state);
            }
        }
        record
    }

    /// The whole answer as JSON.
    pub(super) fn to_json(&self) -> String {
        match self {
            Self::None => String::new(),
            Self::Decision(decision) => decision.to_json(),
            Self::State(state) => state.to_json(),
            Self::Need(need) => need.to_json(),
        }
    }

    /// The state alone as JSON.
    pub(super) fn state_json(&self) -> String {
        match self {
            Self::Decision(decision) => decision.state.to_json(),
            answer => answer.to_json(),
        }
    }
}

fn is_plain(state: &AuthState) -> bool {
    state.status == AuthStatus::SignedIn && state.headers.is_empty() && state.auth_number() != 0
}

fn put_claims(record: &mut [u32; field::COUNT], state: &AuthState) {
    let number = state.auth_number();
    #[expect(clippy::cast_possible_truncation, reason = "the two halves of the number")]
    let halves = [number as u32, (number >> 32) as u32];
    [record[field::CLAIMS_LOW], record[field::CLAIMS_HIGH]] = halves;
}

/// `{"code","message"}`
pub(super) fn fault(code: &str, message: &str) -> String {
    ObjectWriter::new().string("code", code).string("message", message).finish()
}
