//! SuperTokens: from the access token to who it is, or to the refresh that a session needs.

mod claims;
mod config;

pub use claims::{ClaimValidator, ClaimVerdict, validate_claims};
pub use config::{AntiCsrf, SameSite, SuperTokensConfig, TokenNames, TransferMethod};
