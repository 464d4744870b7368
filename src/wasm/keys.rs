//! Keys for `verifyJws`: `{"jwks"} | {"jwk"} | {"pem"} | {"secret"}` and `"algorithms"`.

use alloc::vec::Vec;

use crate::base64url;
use crate::budget::Budget;
use crate::config::{ConfigError, Options};
use crate::json::Json;
use crate::key::{Algorithm, KeyError, KeySet, VerifyingKey};

/// Reads the keys; the algorithms bind keys that name none.
pub(super) fn read(text: &str) -> Result<KeySet, ConfigError> {
    let json = Json::parse(text.as_bytes(), &Budget::DEFAULT)
        .map_err(|_| ConfigError::new("not-json", "keys", "The keys are not JSON."))?;
    let options = Options::new(&json, "", &["jwks", "jwk", "pem", "secret", "algorithms"])?;
    let allowed = algorithms(&options)?;
    let only = match allowed.as_slice() {
        [one] => Some(*one),
        _ => None,
    };
    let single = |key: Result<VerifyingKey, KeyError>| key.map(KeySet::from_key);
    let given = ["jwks", "jwk", "pem", "secret"].iter().filter(|name| options.get(name).is_some());
    let (Some(name), 1) = (given.clone().next(), given.count()) else {
        return Err(ConfigError::missing("keys", "Give one of `jwks`, `jwk`, `pem` and `secret`."));
    };
    let set = match (*name, options.get(name)) {
        ("jwks", Some(jwks)) => KeySet::from_jwks(jwks, &allowed, &Budget::DEFAULT),
        ("jwk", Some(jwk)) => single(VerifyingKey::from_jwk(jwk, &allowed)),
        ("pem", _) => single(VerifyingKey::from_pem(options.string("pem")?.unwrap_or(""), only)),
        _ => {
            let text = options.string("secret")?.unwrap_or("");
            let secret = base64url::decode(text).ok_or_else(|| {
                ConfigError::invalid("secret", "The secret must be canonical base64url.")
            })?;
            let algorithm = only.ok_or_else(|| {
                ConfigError::missing("algorithms", "Name the one HMAC algorithm of the secret.")
            })?;
            single(VerifyingKey::from_secret(&secret, algorithm))
        }
    };
    set.map_err(|error| ConfigError::new(error.code(), *name, error.message()))
}

fn algorithms(options: &Options<'_>) -> Result<Vec<Algorithm>, ConfigError> {
    let names = options.strings("algorithms")?;
    if names.is_empty() {
        return Ok(Algorithm::ALL.to_vec());
    }
    let unknown = || ConfigError::invalid("algorithms", "This is not a supported algorithm.");
    names.iter().map(|name| Algorithm::from_name(name).ok_or_else(unknown)).collect()
}
