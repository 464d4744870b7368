//! SuperTokens: from the access token to who it is, or to the refresh that a session needs.

mod answer_headers;
mod config;
mod front_token;
mod set_cookie;
mod site;
mod wire;

pub use config::{AntiCsrf, SameSite, SuperTokensConfig, TokenNames, TransferMethod};
