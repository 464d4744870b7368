//! What the fuzz targets do with their bytes. Every function panics when the core breaks a promise.

mod claims;
mod cookies;
mod engines;
mod gates;
mod jwks;
mod sessions;
mod token;
mod way_back;

pub use claims::claims;
pub use cookies::cookies;
pub use engines::engines;
pub use jwks::jwks;
pub use token::token;

use serde_json::Value;

/// Everything that the core says is JSON.
fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|error| panic!("{error} in {text}"))
}

/// Nothing that is said about a refusal holds the token, or a part of it that tells anything.
fn assert_silent(text: &str, token: &str) {
    for part in token.split('.').chain([token]).filter(|part| part.len() >= 24) {
        assert!(!text.contains(part), "a part of the token is in {text}");
    }
}
