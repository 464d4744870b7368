//! What the core said last, until the host has read of it what it wants.

use alloc::boxed::Box;
use alloc::string::String;

use crate::claims::Claims;
use crate::decision::{AuthState, AuthStatus, Decision, Outcome};
use crate::json::writer::ObjectWriter;
use crate::need::Need;

use super::forms::Forms;

/// The last answer.
pub(super) enum Answer {
    None,
    Decision(Box<Decision>),
    State(Box<AuthState>),
    Need(Box<Need>),
    /// The host has to verify a signature first: what [`super::later`] asks it.
    Signature(String),
}

/// Numbers that tell a host everything about the usual answers.
pub(super) mod field {
    /// What there is: one of the kinds below.
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
    /// The number of the answer's form, for an answer that has one.
    pub(in super::super) const FORM: usize = 7;
    /// Where the address to redirect to is, in UTF-8, and how many bytes it has; for the same.
    pub(in super::super) const LOCATION: usize = 8;
    pub(in super::super) const LOCATION_LENGTH: usize = 9;
    /// The headers that were missed, one bit for each.
    pub(in super::super) const MISSED: usize = 10;
    /// How long the first two parts of the text of a state are, in the units of JavaScript's strings.
    pub(in super::super) const TOKEN_UNITS: usize = 11;
    pub(in super::super) const IDENTITY_UNITS: usize = 12;
    /// Where that text is, how many bytes it has, and whether each of them is a character.
    pub(in super::super) const STATE: usize = 13;
    pub(in super::super) const STATE_LENGTH: usize = 14;
    pub(in super::super) const STATE_IS_ASCII: usize = 15;
    pub(in super::super) const COUNT: usize = 16;
}

pub(super) type Record = [u32; field::COUNT];

/// A fact is needed.
const NEED: u32 = 0;
/// There is more to it than the numbers.
const FULL: u32 = 1;
/// Let in, signed in, and nothing to add but what the numbers say.
const PLAIN: u32 = 2;
/// Like all of its form but for the location.
const FORM: u32 = 3;
/// The host has to verify a signature first.
const SIGNATURE: u32 = 5;
/// Headers were missed; ask again with them.
const MORE: u32 = 4;

impl Answer {
    /// The numbers; a host that finds `PLAIN` needs nothing else but the identity, and that only
    /// once for each number of claims, and of `FORM` only the first of each number.
    pub(super) fn record(&mut self, forms: &mut Forms) -> Record {
        match self {
            Self::None | Self::Need(_) => with_kind(NEED),
            Self::Signature(_) => with_kind(SIGNATURE),
            Self::State(state) if is_plain(state) => with_claims(PLAIN, state),
            Self::State(state) => match forms.number_of_state(state) {
                Some(form) => with_form(form, None),
                None => with_claims(FULL, state),
            },
            Self::Decision(decision) => decision_record(decision, forms),
        }
    }

    /// The whole answer as JSON.
    pub(super) fn to_json(&self) -> String {
        match self {
            Self::None => String::new(),
            Self::Decision(decision) => decision.to_json(),
            Self::State(state) => state.to_json(),
            Self::Need(need) => need.to_json(),
            Self::Signature(question) => question.clone(),
        }
    }

    /// Writes what is behind a plain answer: the token, the identity as JSON and the claims as JSON,
    /// in one text because each text that crosses the border costs. The claims are the payload as
    /// signed: hardly anybody reads all of them, so they are parsed when somebody does.
    pub(super) fn write_state(&self, text: &mut String, record: &mut Record) {
        text.clear();
        let state = match self {
            Self::Decision(decision) => &decision.state,
            Self::State(state) => state,
            Self::None | Self::Need(_) | Self::Signature(_) => return,
        };
        let token = state.token.as_deref().unwrap_or_default();
        let identity = state.identity_json();
        let claims = state.auth.session_claims.as_ref().map_or("null", Claims::json);
        record[field::TOKEN_UNITS] = units(token);
        record[field::IDENTITY_UNITS] = units(&identity);
        text.reserve(token.len() + identity.len() + claims.len());
        for part in [token, &identity, claims] {
            text.push_str(part);
        }
        [record[field::STATE], record[field::STATE_LENGTH]] = place_of(text);
        record[field::STATE_IS_ASCII] = text.is_ascii().into();
    }
}

impl From<Result<Decision, Need>> for Answer {
    fn from(answer: Result<Decision, Need>) -> Self {
        match answer {
            Ok(decision) => Self::Decision(Box::new(decision)),
            Err(need) => Self::Need(Box::new(need)),
        }
    }
}

impl From<Result<AuthState, Need>> for Answer {
    fn from(answer: Result<AuthState, Need>) -> Self {
        match answer {
            Ok(state) => Self::State(Box::new(state)),
            Err(need) => Self::Need(Box::new(need)),
        }
    }
}

/// The length of a text in JavaScript.
#[expect(clippy::cast_possible_truncation, reason = "texts are far below 4 GB")]
fn units(text: &str) -> u32 {
    (if text.is_ascii() { text.len() } else { text.encode_utf16().count() }) as u32
}

const fn with_kind(kind: u32) -> Record {
    let mut record = [0; field::COUNT];
    record[field::KIND] = kind;
    record
}

/// That these headers were missed.
pub(super) fn more(missed: u32) -> Record {
    let mut record = with_kind(MORE);
    record[field::MISSED] = missed;
    record
}

fn decision_record(decision: &mut Decision, forms: &mut Forms) -> Record {
    let is_private = decision.is_only_private();
    let is_plain = decision.outcome == Outcome::Allow
        && (is_private || decision.headers.is_empty())
        && is_plain(&decision.state);
    if !is_plain && let Some(form) = forms.number_of(decision) {
        return with_form(form, decision.location.as_deref());
    }
    let mut record = with_claims(if is_plain { PLAIN } else { FULL }, &decision.state);
    record[field::OUTCOME] = match decision.outcome {
        Outcome::Allow => 0,
        Outcome::Redirect => 1,
        Outcome::Deny => 2,
    };
    record[field::STATUS] = decision.status.into();
    let rule = decision.rule.and_then(|rule| u32::try_from(rule + 1).ok());
    record[field::RULE] = rule.unwrap_or(0);
    record[field::IS_PRIVATE] = is_private.into();
    record
}

fn is_plain(state: &AuthState) -> bool {
    state.status == AuthStatus::SignedIn && state.headers.is_empty() && state.auth_number() != 0
}

fn with_claims(kind: u32, state: &AuthState) -> Record {
    let number = state.auth_number();
    let mut record = with_kind(kind);
    #[expect(clippy::cast_possible_truncation, reason = "the two halves of the number")]
    let halves = [number as u32, (number >> 32) as u32];
    [record[field::CLAIMS_LOW], record[field::CLAIMS_HIGH]] = halves;
    record
}

fn with_form(form: u32, location: Option<&str>) -> Record {
    let mut record = with_kind(FORM);
    record[field::FORM] = form;
    if let Some(location) = location {
        [record[field::LOCATION], record[field::LOCATION_LENGTH]] = place_of(location);
    }
    record
}

/// Where a text is and how long it is. Addresses in wasm have 32 bits; elsewhere nobody reads them.
#[expect(clippy::cast_possible_truncation, reason = "only wasm32 has this border")]
fn place_of(text: &str) -> [u32; 2] {
    [text.as_ptr().addr() as u32, text.len() as u32]
}

/// `{"code","message"}`
pub(super) fn fault(code: &str, message: &str) -> String {
    ObjectWriter::new().string("code", code).string("message", message).finish()
}
