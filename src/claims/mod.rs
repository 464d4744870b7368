//! The claims set of a JWT (RFC 7519 section 4) and the rules that say whether it is acceptable.

mod audience;
mod check;
mod issuer;
mod time;

pub(crate) use check::CheckedClaims;
pub use check::{ClaimsCheck, ClaimsJudgement};

pub(crate) use audience::{check_audience, check_authorized_party};
pub(crate) use issuer::check_issuer;
pub(crate) use time::TimeRules;

use alloc::string::String;
use alloc::sync::Arc;
use alloc::vec::Vec;

use crate::budget::Budget;
use crate::json::{Json, Name};
use crate::reason::Reason;

/// The claims of a token whose signature was verified.
///
/// Keeps the payload text as signed, so that a host can hand it on without loss.
///
/// Clones share one value.
#[derive(Clone, Debug)]
pub struct Claims(Arc<ClaimsSet>);

impl PartialEq for Claims {
    fn eq(&self, other: &Self) -> bool {
        self.0.text == other.0.text && self.0.members == other.0.members
    }
}

#[derive(Debug)]
struct ClaimsSet {
    /// Tells this claims set from all others that a gate has seen; 0 for those that are only seen
    /// once.
    number: u64,
    text: String,
    members: Json,
}

impl Claims {
    /// The claim `name`.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Json> {
        self.0.members.get(name)
    }

    /// The claim `name` if it is a string.
    #[must_use]
    pub fn str(&self, name: &str) -> Option<&str> {
        self.get(name).and_then(Json::as_str)
    }

    /// All claims in their order.
    #[must_use]
    pub fn members(&self) -> &[(Name, Json)] {
        self.0.members.members()
    }

    /// The payload as signed: one JSON object.
    #[must_use]
    pub fn json(&self) -> &str {
        &self.0.text
    }

    /// The claims set as a value.
    pub(crate) fn as_json(&self) -> &Json {
        &self.0.members
    }

    /// Claims that were part of verified ones; of any JSON type.
    pub(crate) fn from_json(members: Json) -> Self {
        Self::new(0, crate::json::writer::to_text(&members), members)
    }

    /// Equal numbers of one gate mean the same claims; 0 for those that are only seen once.
    pub(crate) fn number(&self) -> u64 {
        self.0.number
    }

    fn new(number: u64, text: String, members: Json) -> Self {
        Self(Arc::new(ClaimsSet { number, text, members }))
    }
}

/// Claims that nobody vouches for yet. Good for choosing, never for accepting.
#[derive(Clone, Debug)]
pub(crate) struct UnverifiedClaims(Claims);

impl UnverifiedClaims {
    /// Parses the payload of a token.
    pub(crate) fn parse(payload: &[u8], budget: &Budget) -> Result<Self, Reason> {
        Self::parse_numbered(0, payload.to_vec(), budget)
    }

    /// The same with a number that no other claims of the gate have.
    pub(crate) fn parse_numbered(
        number: u64,
        payload: Vec<u8>,
        budget: &Budget,
    ) -> Result<Self, Reason> {
        let text = String::from_utf8(payload).map_err(|_| Reason::TokenNotUtf8)?;
        let members = Json::parse_text(&text, budget)?;
        if !matches!(members, Json::Object(_)) {
            return Err(Reason::TokenNotObject);
        }
        Ok(Self(Claims::new(number, text, members)))
    }

    /// The claims, to be shown under the word "unverified" or to choose among cookies.
    pub(crate) fn unverified(&self) -> &Claims {
        &self.0
    }

    /// To be called by the step that verified the signature, and by nothing else.
    pub(crate) fn signature_was_verified(self) -> Claims {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_payload_must_be_one_object() {
        let parse =
            |text: &str| UnverifiedClaims::parse(text.as_bytes(), &Budget::DEFAULT).map(|_| ());
        assert_eq!(parse(r#"{"sub":"user_1"}"#), Ok(()));
        for text in ["null", "[]", "\"x\"", "1", "true"] {
            assert_eq!(parse(text), Err(Reason::TokenNotObject), "{text}");
        }
        assert_eq!(parse("{"), Err(Reason::TokenNotJson));
        assert_eq!(parse(r#"{"a":1,"a":1}"#), Err(Reason::TokenDuplicateMember));
    }

    #[test]
    fn the_text_stays_as_signed() {
        let text = r#"{ "n": 1.0, "big": 12345678901234567890123, "s": "\u00e4" }"#;
        let claims = UnverifiedClaims::parse(text.as_bytes(), &Budget::DEFAULT).unwrap();
        let claims = claims.signature_was_verified();
        assert_eq!(claims.json(), text);
        assert_eq!(claims.str("s"), Some("ä"));
        assert_eq!(claims.members().len(), 3);
    }
}
