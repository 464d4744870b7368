//! The attack classes that every token verifier must withstand, one named test for each.
//!
//! Every test asserts the exact reason; [`support::judge`] makes sure that a token gets the same
//! verdict handed in directly, in the cookie and in the header, and that no message holds any part
//! of it.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a test stops at what it did not expect"
)]

#[path = "../support/mod.rs"]
mod support;

mod algorithms;
mod claims;
mod headers;
mod keys;
mod requests;
mod signatures;
mod supertokens;
mod texts;
