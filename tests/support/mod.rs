//! What several test suites share.
#![allow(dead_code, unused_imports, reason = "no suite uses all of it")]
#![allow(clippy::string_slice, reason = "a test stops at what it did not expect")]

pub(crate) mod judge;
pub(crate) mod mint;
pub(crate) mod random;
pub(crate) mod supertokens;
pub(crate) mod tokens;
