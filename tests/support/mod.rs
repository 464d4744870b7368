//! What several test suites share.
#![allow(dead_code, unused_imports, reason = "no suite uses all of it")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a test stops at what it did not expect"
)]

pub(crate) mod judge;
pub(crate) mod mint;
pub(crate) mod random;
pub(crate) mod tokens;
