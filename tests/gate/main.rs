//! The gate as a Rust host uses it: providers, keys that are fetched, routes, redirects, and the
//! tokens that the guides describe.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test stops at what it did not expect"
)]

#[path = "../support/mod.rs"]
mod support;

mod claims_check;
mod documents;
mod keys;
mod providers;
mod redirects;
mod routes;
mod rules;
mod supertokens;

use sessiongate::{Decision, Gate, RequestHead};
use support::tokens::NOW;

/// The origin of the application that the gate stands in front of.
const APP: &str = "https://app.example.com";

/// What becomes of a request for a path.
fn get(gate: &mut Gate, path: &str, headers: &[(&str, &str)]) -> Decision {
    send(gate, "GET", path, headers)
}

fn send(gate: &mut Gate, method: &str, path: &str, headers: &[(&str, &str)]) -> Decision {
    let url = format!("{APP}{path}");
    gate.check(&RequestHead::new(method, &url, headers).unwrap(), NOW).unwrap()
}
