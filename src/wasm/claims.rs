//! Session claims: validators against a payload.

use alloc::string::String;
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

use super::{OWN_TEXT, config_error, millis};
use crate::config::ConfigError;
use crate::json::Json;
use crate::provider::{ClaimValidator, validate_claims as validate};

/// Asks `validators`, a JSON array of what [`ClaimValidator::from_json`] reads, of `payload`, a JSON
/// object: `{"errors":[{"id","reason"?}…],"refetch":[id…]}`. Throws the JSON of a `ConfigError`.
#[wasm_bindgen(js_name = validateClaims)]
pub fn validate_claims(validators: &str, payload: &str, now: f64) -> Result<String, JsValue> {
    let now = millis(now)?;
    let validators = read(validators, "validators")
        .and_then(|json| ClaimValidator::list_from_json(&json, "validators"))
        .map_err(config_error)?;
    let payload = read(payload, "payload").and_then(object).map_err(config_error)?;
    Ok(validate(&validators, &payload, now).to_json())
}

fn read(text: &str, option: &str) -> Result<Json, ConfigError> {
    let not_json = |_| ConfigError::new("not-json", option, "This has no form in JSON.");
    Json::parse(text.as_bytes(), &OWN_TEXT).map_err(not_json)
}

fn object(payload: Json) -> Result<Json, ConfigError> {
    match payload {
        Json::Object(_) => Ok(payload),
        _ => Err(ConfigError::new("wrong-type", "payload", "A payload is an object.")),
    }
}
