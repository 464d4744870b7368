//! SuperTokens: from the access token to who it is, or to the refresh that a session needs.

mod config;

pub use config::{AntiCsrf, SameSite, SuperTokensConfig, TokenNames, TransferMethod};
