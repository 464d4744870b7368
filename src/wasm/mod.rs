//! The border to JavaScript: strings in, one string out, no decision of its own.
//!
//! Answers are JSON. What is thrown is JSON too: `{"code","message"}`, with `"option"` for a
//! configuration that cannot work.

mod claims;
mod keys;
mod random;
mod routes;
mod sessions;

pub use claims::validate_claims;
pub use routes::{RouteMatcher, sign_in_address};
pub use sessions::{SessionTask, SessionsHandle};

use alloc::string::{String, ToString};
use alloc::vec::Vec;
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

use crate::auth::{Auth, Requirement};
use crate::budget::Budget;
use crate::config::{ConfigError, GateConfig};
use crate::decision::{AuthState, Decision};
use crate::gate::Gate;
use crate::json::Json;
use crate::json::writer::ObjectWriter;
use crate::need::{Fact, Need};
use crate::provider::SessionOptions;
use crate::report;
use crate::request::RequestHead;
use crate::time::UnixMillis;

/// A gate; see [`crate::Gate`].
#[wasm_bindgen]
pub struct GateHandle(Gate);

#[wasm_bindgen]
impl GateHandle {
    /// `options` as [`GateConfig::from_json`] reads them.
    #[wasm_bindgen(constructor)]
    pub fn new(options: &str) -> Result<GateHandle, JsValue> {
        GateConfig::from_json(options).and_then(Gate::new).map(GateHandle).map_err(config_error)
    }

    /// `{"decision":…}` or `{"need":…}`; `headers` holds names and values in turn.
    pub fn check(
        &mut self,
        method: &str,
        url: &str,
        headers: Vec<String>,
        now: f64,
    ) -> Result<String, JsValue> {
        with_request(method, url, &headers, now, |head, now| {
            wrap("decision", self.0.check(head, now).as_ref().map(Decision::to_json))
        })
    }

    /// `{"state":…}` or `{"need":…}`; `session` as [`SessionOptions::from_json`] reads it.
    pub fn authenticate(
        &mut self,
        method: &str,
        url: &str,
        headers: Vec<String>,
        now: f64,
        session: Option<String>,
    ) -> Result<String, JsValue> {
        let session = session.map_or(Ok(SessionOptions::default()), |text| {
            routes::read(&text).and_then(|json| SessionOptions::from_json(&json, "session"))
        });
        let session = session.map_err(config_error)?;
        with_request(method, url, &headers, now, |head, now| {
            let state = self.0.authenticate_as(head, &session, now);
            wrap("state", state.as_ref().map(AuthState::to_json))
        })
    }

    /// `{"result":…}` or `{"need":…}`.
    #[wasm_bindgen(js_name = verifyToken)]
    pub fn verify_token(&mut self, token: &str, now: f64) -> Result<String, JsValue> {
        let answer = self.0.verify_token(token, millis(now)?);
        Ok(wrap("result", answer.as_ref().map(report::token_result_json)))
    }

    /// Hands in a fact, JSON as [`Fact::from_json`] reads it.
    pub fn supply(&mut self, fact: &str) -> Result<(), JsValue> {
        let taken = Fact::from_json(fact).and_then(|fact| self.0.supply(&fact));
        taken.map_err(|error| thrown(error.code(), error.message()))
    }
}

/// Header and claims of a token, without verification.
#[wasm_bindgen(js_name = decodeToken)]
#[must_use]
pub fn decode_token(token: &str) -> String {
    report::decode_token_json(token, &Budget::DEFAULT)
}

/// Verifies a compact token with `keys`: `{"ok":true,"header","payload"}` or
/// `{"ok":false,"reason","message"}`.
#[wasm_bindgen(js_name = verifyJws)]
pub fn verify_jws(token: &str, keys: &str) -> Result<String, JsValue> {
    let keys = keys::read(keys).map_err(config_error)?;
    let verifier = crate::signature::RingVerifier;
    let verified = crate::token::verify_jws(token, &keys, &verifier, &Budget::DEFAULT);
    Ok(report::jws_result_json(&verified))
}

/// Verifies a bare signature (both in base64url) with the one key in `keys`.
#[wasm_bindgen(js_name = verifySignature)]
pub fn verify_signature(keys: &str, message: &str, signature: &str) -> Result<bool, JsValue> {
    use crate::signature::SignatureVerifier;
    let keys = keys::read(keys).map_err(config_error)?;
    let bytes = |text| {
        crate::base64url::decode(text).ok_or_else(|| {
            thrown("not-base64url", "Message and signature must be canonical base64url.")
        })
    };
    let (message, signature) = (bytes(message)?, bytes(signature)?);
    match keys.keys() {
        [key] => Ok(crate::signature::RingVerifier.verify(key, &message, &signature).is_ok()),
        _ => Err(thrown("one-key", "Give exactly one key.")),
    }
}

/// Whether the identity in `auth` has what `requirement` names; false for what nobody can meet.
#[wasm_bindgen(js_name = authHas)]
#[must_use]
pub fn auth_has(auth: &str, requirement: &str) -> bool {
    let parse = |text: &str| Json::parse(text.as_bytes(), &OWN_TEXT).ok();
    let requirement = parse(requirement).and_then(|json| Requirement::from_json(&json));
    parse(auth).zip(requirement).is_some_and(|(auth, asked)| Auth::json_has(&auth, &asked))
}

/// For texts that come from the host and not from a visitor; the limits only stop accidents.
const OWN_TEXT: Budget = Budget { json_depth: 64, json_members: 1_000_000, ..Budget::DEFAULT };

/// The version of the core.
#[wasm_bindgen]
#[must_use]
pub fn version() -> String {
    env!("CARGO_PKG_VERSION").to_string()
}

/// Reads a request, whose `headers` are names and values in turn, and the time. Throws what is
/// wrong with them.
fn with_request<T>(
    method: &str,
    url: &str,
    headers: &[String],
    now: f64,
    answer: impl FnOnce(&RequestHead<'_>, UnixMillis) -> T,
) -> Result<T, JsValue> {
    let now = millis(now)?;
    with_head(method, url, headers, |head| answer(head, now))
}

/// Reads a request alone.
fn with_head<T>(
    method: &str,
    url: &str,
    headers: &[String],
    answer: impl FnOnce(&RequestHead<'_>) -> T,
) -> Result<T, JsValue> {
    let pairs = headers.chunks_exact(2);
    let headers: Vec<(&str, &str)> =
        pairs.filter_map(|pair| Some((pair.first()?.as_str(), pair.get(1)?.as_str()))).collect();
    let head = RequestHead::new(method, url, &headers)
        .map_err(|error| thrown(error.code(), error.message()))?;
    Ok(answer(&head))
}

/// JavaScript's milliseconds. A time that is no number must not be taken for any: at the epoch no
/// token would ever have expired.
#[expect(clippy::cast_possible_truncation, reason = "checked to be finite; `as` saturates")]
fn millis(now: f64) -> Result<UnixMillis, JsValue> {
    if now.is_finite() {
        return Ok(UnixMillis(now as i64));
    }
    Err(thrown("clock", "The clock must give milliseconds since the epoch, as Date.now() does."))
}

fn wrap(name: &str, answer: Result<String, &Need>) -> String {
    match answer {
        Ok(json) => ObjectWriter::new().raw(name, &json).finish(),
        Err(need) => ObjectWriter::new().raw("need", &need.to_json()).finish(),
    }
}

fn thrown(code: &str, message: &str) -> JsValue {
    JsValue::from_str(&ObjectWriter::new().string("code", code).string("message", message).finish())
}

fn config_error(error: ConfigError) -> JsValue {
    let json = ObjectWriter::new()
        .string("code", error.code)
        .string("option", &error.option)
        .string("message", &error.message)
        .finish();
    JsValue::from_str(&json)
}
