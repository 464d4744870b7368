//! Kinds of tokens, and who a machine is.

use alloc::string::String;
use alloc::vec::Vec;

use crate::json::Json;
use crate::json::writer::{ObjectWriter, array, string};

/// The kinds of tokens, under Clerk's names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum TokenType {
    /// A user's session.
    Session,
    /// A machine that talks to a machine.
    M2m,
    /// An OAuth access token (RFC 9068).
    OAuth,
    /// An API key.
    ApiKey,
}

impl TokenType {
    /// `session_token`, `m2m_token`, `oauth_token` or `api_key`.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Session => "session_token",
            Self::M2m => "m2m_token",
            Self::OAuth => "oauth_token",
            Self::ApiKey => "api_key",
        }
    }

    pub(crate) fn from_code(code: &str) -> Option<Self> {
        [Self::Session, Self::M2m, Self::OAuth, Self::ApiKey]
            .into_iter()
            .find(|one| one.code() == code)
    }
}

/// The machine or client behind a verified token.
#[derive(Clone, Debug, PartialEq)]
pub struct Machine {
    /// The kind of its token.
    pub token_type: TokenType,
    /// The `jti` claim; empty when there is none.
    pub id: String,
    /// The `sub` claim: the machine, or the user for whom the client acts.
    pub subject: String,
    /// What the token may be used for.
    pub scopes: Vec<String>,
    /// The `client_id` claim; empty when there is none.
    pub client_id: String,
    /// The claims that are not registered ones.
    pub claims: Option<Json>,
}

impl Machine {
    /// The object that JavaScript sees, as JSON.
    pub(super) fn to_json(&self) -> String {
        let scopes = array(self.scopes.iter().map(|scope| string(scope)));
        let writer = ObjectWriter::new()
            .string("tokenType", self.token_type.code())
            .bool("isAuthenticated", true)
            .string("id", &self.id)
            .string("subject", &self.subject)
            .raw("scopes", &scopes);
        match self.token_type {
            TokenType::OAuth => {
                writer.string("userId", &self.subject).string("clientId", &self.client_id)
            }
            _ => {
                writer.string("machineId", &self.subject).maybe_json("claims", self.claims.as_ref())
            }
        }
        .finish()
    }
}
