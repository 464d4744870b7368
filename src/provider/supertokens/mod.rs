//! SuperTokens sessions.

pub(crate) mod claims;
