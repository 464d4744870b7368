//! Answers about single tokens as JSON, the same bytes natively and in wasm.

use alloc::string::String;

use crate::base64url;
use crate::budget::Budget;
use crate::json::writer::{ObjectWriter, to_text};
use crate::provider::jwt::ParsedJwt;
use crate::provider::{TokenRefusal, VerifiedToken};
use crate::reason::Reason;
use crate::token::VerifiedJws;

/// `{"ok":true,"header","claims"}` or `{"ok":false,"reason","detail","message"}` for the outcome
/// of [`crate::Gate::verify_token`].
#[must_use]
pub fn token_result_json(result: &Result<VerifiedToken, TokenRefusal>) -> String {
    match result {
        Ok(verified) => ObjectWriter::new()
            .bool("ok", true)
            .raw("header", &to_text(verified.header.members()))
            .raw("claims", verified.claims.json())
            .finish(),
        Err(refusal) => ObjectWriter::new()
            .bool("ok", false)
            .string("reason", refusal.reason.code())
            .maybe_string("detail", refusal.detail.map(Reason::code))
            .string("message", refusal.message())
            .finish(),
    }
}

/// Header and claims of a token that nobody vouches for:
/// `{"ok":true,"unverified":true,"header","claims"}` or `{"ok":false,"reason","message"}`.
#[must_use]
pub fn decode_token_json(token: &str, budget: &Budget) -> String {
    match ParsedJwt::parse(token, budget) {
        Ok(jwt) => ObjectWriter::new()
            .bool("ok", true)
            .bool("unverified", true)
            .raw("header", &to_text(jwt.header().members()))
            .raw("claims", jwt.unverified().json())
            .finish(),
        Err(reason) => refused(reason),
    }
}

/// `{"ok":true,"header","payload"}`, the payload in base64url, or `{"ok":false,"reason","message"}`.
#[must_use]
pub fn jws_result_json(result: &Result<VerifiedJws, Reason>) -> String {
    match result {
        Ok(jws) => ObjectWriter::new()
            .bool("ok", true)
            .raw("header", &to_text(jws.header.members()))
            .string("payload", &base64url::encode(&jws.payload))
            .finish(),
        Err(reason) => refused(*reason),
    }
}

fn refused(reason: Reason) -> String {
    ObjectWriter::new()
        .bool("ok", false)
        .string("reason", reason.code())
        .string("message", reason.message())
        .finish()
}
