//! JSON web keys (RFC 7517 section 4, RFC 7518 section 6, RFC 8037 section 2).

use alloc::string::String;
use alloc::vec::Vec;

use crate::base64url;
use crate::json::Json;
use crate::key::algorithm::{Algorithm, Family};
use crate::key::error::KeyError;
use crate::key::material::KeyMaterial;
use crate::key::{VerifyingKey, ec, oct, okp, rsa};

/// Imports one key; see [`VerifyingKey::from_jwk`].
pub(crate) fn import(jwk: &Json, allowed: &[Algorithm]) -> Result<VerifyingKey, KeyError> {
    if !matches!(jwk, Json::Object(_)) {
        return Err(KeyError::JwkNotObject);
    }
    let family = family(jwk)?;
    refuse_private(jwk, family)?;
    check_purpose(jwk)?;
    let kid = text(jwk, "kid")?.map(String::from);
    let algorithm = algorithm(jwk, family, allowed)?;
    let material = material(jwk, family, algorithm)?;
    VerifyingKey::bind(kid, algorithm, material)
}

/// The `kid` of a key that may be unusable otherwise.
pub(crate) fn kid(jwk: &Json) -> Option<&str> {
    jwk.get("kid")?.as_str()
}

/// Whether the key type is that of a secret.
pub(crate) fn is_secret(jwk: &Json) -> bool {
    jwk.get("kty").and_then(Json::as_str) == Some("oct")
}

/// RFC 7517 section 4.1 and RFC 7518 section 6.2.1.1.
fn family(jwk: &Json) -> Result<Family, KeyError> {
    match required_text(jwk, "kty")? {
        "RSA" => Ok(Family::Rsa),
        "oct" => Ok(Family::Secret),
        "EC" => match required_text(jwk, "crv")? {
            "P-256" => Ok(Family::P256),
            "P-384" => Ok(Family::P384),
            _ => Err(KeyError::JwkCrvUnsupported),
        },
        "OKP" => match required_text(jwk, "crv")? {
            "Ed25519" => Ok(Family::Ed25519),
            _ => Err(KeyError::JwkCrvUnsupported),
        },
        _ => Err(KeyError::JwkKtyUnsupported),
    }
}

/// Private members (RFC 7518 sections 6.2.2 and 6.3.2). Whoever gave them is told, instead of
/// leaving a private key where public ones belong.
fn refuse_private(jwk: &Json, family: Family) -> Result<(), KeyError> {
    const MEMBERS: [&str; 7] = ["d", "p", "q", "dp", "dq", "qi", "oth"];
    if family != Family::Secret && MEMBERS.iter().any(|name| jwk.get(name).is_some()) {
        return Err(KeyError::KeyPrivate);
    }
    Ok(())
}

/// `use` and `key_ops` (RFC 7517 sections 4.2 and 4.3).
fn check_purpose(jwk: &Json) -> Result<(), KeyError> {
    if text(jwk, "use")?.is_some_and(|purpose| purpose != "sig") {
        return Err(KeyError::JwkUse);
    }
    let Some(operations) = jwk.get("key_ops") else {
        return Ok(());
    };
    let operations = operations.as_array().ok_or(KeyError::JwkMemberType)?;
    if operations.iter().any(|operation| operation.as_str().is_none()) {
        return Err(KeyError::JwkMemberType);
    }
    if operations.iter().any(|operation| operation.as_str() == Some("verify")) {
        Ok(())
    } else {
        Err(KeyError::JwkKeyOps)
    }
}

/// The one algorithm that the key is bound to (RFC 8725 section 3.1): its own, or that of its
/// curve, or the only one of its type that is allowed.
fn algorithm(jwk: &Json, family: Family, allowed: &[Algorithm]) -> Result<Algorithm, KeyError> {
    let named = match text(jwk, "alg")? {
        Some(name) => Some(Algorithm::from_name(name).ok_or(KeyError::JwkAlgUnsupported)?),
        None => family.only_algorithm(),
    };
    let Some(algorithm) = named else {
        return only_allowed(family, allowed);
    };
    if algorithm.family() != family {
        Err(KeyError::KeyAlgMismatch)
    } else if !allowed.contains(&algorithm) {
        Err(KeyError::KeyAlgNotAllowed)
    } else {
        Ok(algorithm)
    }
}

fn only_allowed(family: Family, allowed: &[Algorithm]) -> Result<Algorithm, KeyError> {
    let mut fitting = allowed.iter().copied().filter(|algorithm| algorithm.family() == family);
    let Some(algorithm) = fitting.next() else {
        return Err(KeyError::KeyAlgNotAllowed);
    };
    // The caller may have named the same algorithm twice.
    if fitting.any(|other| other != algorithm) {
        return Err(KeyError::JwkAlgMissing);
    }
    Ok(algorithm)
}

fn material(jwk: &Json, family: Family, algorithm: Algorithm) -> Result<KeyMaterial, KeyError> {
    match family {
        Family::Rsa => rsa::import(&bytes(jwk, "n")?, &bytes(jwk, "e")?),
        Family::P256 => ec::import_p256(&bytes(jwk, "x")?, &bytes(jwk, "y")?),
        Family::P384 => ec::import_p384(&bytes(jwk, "x")?, &bytes(jwk, "y")?),
        Family::Ed25519 => okp::import(&bytes(jwk, "x")?),
        Family::Secret => oct::import(&bytes(jwk, "k")?, algorithm),
    }
}

fn text<'j>(jwk: &'j Json, name: &str) -> Result<Option<&'j str>, KeyError> {
    match jwk.get(name) {
        Some(Json::String(text)) => Ok(Some(text)),
        Some(_) => Err(KeyError::JwkMemberType),
        None => Ok(None),
    }
}

fn required_text<'j>(jwk: &'j Json, name: &str) -> Result<&'j str, KeyError> {
    text(jwk, name)?.ok_or(KeyError::JwkMemberMissing)
}

fn bytes(jwk: &Json, name: &str) -> Result<Vec<u8>, KeyError> {
    base64url::decode(required_text(jwk, name)?).ok_or(KeyError::JwkNotBase64url)
}
