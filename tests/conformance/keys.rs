//! The keys of a case as JSON, in the form that `verifyJws` of the npm package takes too:
//! one of `jwks`, `jwk`, `pem`, `secret` (base64url), and `algorithms`.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::Value;
use sessiongate::{Algorithm, Budget, Json, KeyError, KeySet, VerifyingKey};

/// Imports the keys; the error is the code of the rule that they break.
pub(crate) fn read(keys: &Value) -> Result<KeySet, KeyError> {
    let allowed = algorithms(keys);
    if let Some(jwks) = keys.get("jwks") {
        return KeySet::from_jwks(&json(jwks), &allowed, &Budget::DEFAULT);
    }
    single(keys, &allowed).map(KeySet::from_key)
}

/// A value of the vectors as the crate's own JSON.
pub(crate) fn json(value: &Value) -> Json {
    Json::parse(value.to_string().as_bytes(), &Budget::DEFAULT).expect("JSON within the budget")
}

fn single(keys: &Value, allowed: &[Algorithm]) -> Result<VerifyingKey, KeyError> {
    let only = match allowed {
        [algorithm] => Some(*algorithm),
        _ => None,
    };
    if let Some(jwk) = keys.get("jwk") {
        VerifyingKey::from_jwk(&json(jwk), allowed)
    } else if let Some(pem) = keys.get("pem").and_then(Value::as_str) {
        VerifyingKey::from_pem(pem, only)
    } else {
        let secret = keys.get("secret").and_then(Value::as_str).expect("a key");
        let secret = URL_SAFE_NO_PAD.decode(secret).expect("base64url");
        VerifyingKey::from_secret(&secret, only.expect("one algorithm for a secret"))
    }
}

fn algorithms(keys: &Value) -> Vec<Algorithm> {
    let Some(names) = keys.get("algorithms").and_then(Value::as_array) else {
        return Algorithm::ALL.to_vec();
    };
    let name = |name: &Value| name.as_str().and_then(Algorithm::from_name);
    names.iter().map(|value| name(value).expect("an algorithm")).collect()
}
