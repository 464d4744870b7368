//! Keys as the unit tests of this folder want them.

use alloc::string::ToString;
use alloc::vec;
use alloc::vec::Vec;

use crate::budget::Budget;
use crate::json::Json;
use crate::key::{Algorithm, KeySet, Lookup, jwk};
use crate::mint::{JWKS, Signer};

/// The public JWK of a key of the fixtures.
pub(super) fn public_jwk(signer: Signer) -> Json {
    let set = Json::parse(JWKS.as_bytes(), &Budget::DEFAULT).unwrap();
    let keys = set.get("keys").unwrap().as_array().unwrap();
    keys.iter().find(|key| jwk::kid(key) == Some(signer.name())).unwrap().clone()
}

/// A secret of zeros for HS256.
pub(super) fn secret_jwk() -> Json {
    let zeros = "A".repeat(43);
    let members = [("kty", "oct"), ("alg", "HS256"), ("k", &zeros)];
    let text = |value: &str| Json::String(value.to_string());
    Json::Object(members.map(|(name, value)| (name.into(), text(value))).to_vec())
}

/// The same key with another member.
pub(super) fn with(key: &Json, name: &str, value: Json) -> Json {
    let mut members = without(key, name).members().to_vec();
    members.push((name.into(), value));
    Json::Object(members)
}

/// The same with a text as the member.
pub(super) fn with_text(key: &Json, name: &str, value: &str) -> Json {
    with(key, name, Json::String(value.to_string()))
}

/// The same key without a member.
pub(super) fn without(key: &Json, name: &str) -> Json {
    let members = key.members().iter().filter(|(other, _)| other != name);
    Json::Object(members.cloned().collect())
}

/// A set of these keys, every algorithm being allowed.
pub(super) fn set_of(keys: Vec<Json>) -> KeySet {
    let jwks = Json::Object(vec![("keys".into(), Json::Array(keys))]);
    KeySet::from_jwks(&jwks, Algorithm::ALL, &Budget::DEFAULT).unwrap()
}

/// The `kid` of the key that was found.
pub(super) fn found(lookup: Lookup<'_>) -> Option<&str> {
    match lookup {
        Lookup::Found(key) => key.kid(),
        _ => None,
    }
}
