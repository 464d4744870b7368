//! What the core asks of its host, and what the host answers.

use alloc::string::String;
use core::fmt;

use crate::budget::Budget;
use crate::json::writer::ObjectWriter;
use crate::json::{Json, JsonFault};
use crate::reason::Reason;
use crate::time::UnixMillis;

/// A fact that only the host can get. Get it, hand it to [`crate::Gate::supply`], check again.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Need {
    /// A JWK set (RFC 7517 section 5) from the network.
    Keys {
        /// The address to fetch, `https://…`.
        source: String,
        /// The key that a token names and that is not known yet.
        kid: Option<String>,
    },
}

impl Need {
    /// `{"kind":"keys","source":…,"kid":…}`
    #[must_use]
    pub fn to_json(&self) -> String {
        match self {
            Self::Keys { source, kid } => ObjectWriter::new()
                .string("kind", "keys")
                .string("source", source)
                .maybe_string("kid", kid.as_deref())
                .finish(),
        }
    }
}

/// The host's answer to a [`Need`].
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Fact {
    /// What `source` served.
    Keys {
        /// The address as the need gave it.
        source: String,
        /// The body of the reply, not looked at by the host.
        jwks: String,
        /// When it was fetched.
        at: UnixMillis,
    },
    /// `source` could not be fetched.
    KeysUnavailable {
        /// The address as the need gave it.
        source: String,
        /// When it was tried.
        at: UnixMillis,
    },
}

/// Why a fact was not taken: misuse by the host.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum FactError {
    /// The text is not a fact of a known kind with all its members.
    Malformed,
    /// No provider asked this source.
    UnknownSource,
}

impl FactError {
    /// The stable code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Malformed => "fact-malformed",
            Self::UnknownSource => "fact-unknown-source",
        }
    }

    /// What is wrong and what to do about it.
    #[must_use]
    pub const fn message(self) -> &'static str {
        match self {
            Self::Malformed => {
                "The fact must be an object with a known `kind` and all its members."
            }
            Self::UnknownSource => {
                "No provider of this gate uses that key source. Give the source exactly as the need named it."
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
    /// Reads `{"kind":"keys","source","jwks","at"}` or `{"kind":"keys-unavailable","source","at"}`.
    ///
    /// # Errors
    /// [`FactError::Malformed`] for anything else.
    pub fn from_json(text: &str) -> Result<Self, FactError> {
        let json = Json::parse(text.as_bytes(), &Budget::DEFAULT)
            .map_err(|_: JsonFault| FactError::Malformed)?;
        let string = |name| json.get(name).and_then(Json::as_str).map(String::from);
        let source = string("source").ok_or(FactError::Malformed)?;
        let at = json
            .get("at")
            .and_then(Json::as_integer)
            .map(UnixMillis)
            .ok_or(FactError::Malformed)?;
        match json.get("kind").and_then(Json::as_str) {
            Some("keys") => {
                Ok(Self::Keys { source, jwks: string("jwks").ok_or(FactError::Malformed)?, at })
            }
            Some("keys-unavailable") => Ok(Self::KeysUnavailable { source, at }),
            _ => Err(FactError::Malformed),
        }
    }
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

    #[test]
    fn facts_are_read_from_json() {
        let fact = Fact::from_json(r#"{"kind":"keys","source":"s","jwks":"{}","at":5}"#);
        let expected = Fact::Keys { source: "s".into(), jwks: "{}".into(), at: UnixMillis(5) };
        assert_eq!(fact, Ok(expected));
        for text in [
            "",
            "{}",
            r#"{"kind":"keys","source":"s","at":5}"#,
            r#"{"kind":"x","source":"s","at":5}"#,
        ] {
            assert_eq!(Fact::from_json(text), Err(FactError::Malformed), "{text}");
        }
    }

    #[test]
    fn needs_are_written_as_json() {
        let need = Need::Keys { source: "https://i/jwks".into(), kid: None };
        assert_eq!(need.to_json(), r#"{"kind":"keys","source":"https://i/jwks","kid":null}"#);
    }
}
