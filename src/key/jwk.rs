//! JSON web keys (RFC 7517 section 4, RFC 7518 section 6, RFC 8037 section 2).

use alloc::string::String;
use alloc::vec::Vec;

use crate::base64url;
use crate::json::Json;
use crate::key::algorithm::{Algorithm, Family};
use crate::key::error::KeyError;
use crate::key::material::KeyMaterial;
use crate::key::{VerifyingKey, binding, ec, oct, okp, rsa};

/// Imports one key; see [`VerifyingKey::from_jwk`].
pub(crate) fn import(jwk: &Json, allowed: &[Algorithm]) -> Result<VerifyingKey, KeyError> {
    if !matches!(jwk, Json::Object(_)) {
        return Err(KeyError::JwkNotObject);
    }
    let family = family(jwk)?;
    refuse_private(jwk, family)?;
    check_purpose(jwk)?;
    let kid = text(jwk, "kid")?.map(String::from);
    let algorithm = binding::algorithm(text(jwk, "alg")?, family, allowed)?;
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::budget::Budget;
    use crate::key::testing::{public_jwk, secret_jwk, with, without};
    use crate::mint::Signer;
    use alloc::format;

    fn rsa() -> Json {
        public_jwk(Signer::Rsa2048A)
    }

    fn p256() -> Json {
        public_jwk(Signer::P256)
    }

    fn ed25519() -> Json {
        public_jwk(Signer::Ed25519)
    }

    /// What is wrong with a key whose member `name` is `value`, given as JSON; an empty text takes
    /// the member out.
    fn error(key: Json, name: &str, value: &str) -> Option<KeyError> {
        let key = match value {
            "" => without(&key, name),
            _ => with(&key, name, Json::parse(value.as_bytes(), &Budget::DEFAULT).unwrap()),
        };
        import(&key, Algorithm::ALL).err()
    }

    #[test]
    fn every_supported_kind_is_taken() {
        for (signer, algorithm) in [
            (Signer::Rsa2048A, Algorithm::Rs256),
            (Signer::Rsa4096, Algorithm::Ps512),
            (Signer::P256, Algorithm::Es256),
            (Signer::P384, Algorithm::Es384),
            (Signer::Ed25519, Algorithm::EdDsa),
        ] {
            let key = import(&public_jwk(signer), Algorithm::ALL).unwrap();
            assert_eq!((key.algorithm(), key.kid()), (algorithm, Some(signer.name())));
            let pem = VerifyingKey::from_pem(signer.public_pem().unwrap(), Some(algorithm));
            assert_eq!(key.material(), pem.unwrap().material());
        }
        let key = import(&secret_jwk(), Algorithm::ALL).unwrap();
        assert_eq!((key.algorithm(), key.kid()), (Algorithm::Hs256, None));
    }

    #[test]
    fn the_algorithm_is_bound_at_import() {
        let bare = without(&rsa(), "alg");
        assert_eq!(import(&bare, Algorithm::ALL), Err(KeyError::JwkAlgMissing));
        let key = import(&bare, &[Algorithm::Ps256]).unwrap();
        assert_eq!(key.algorithm(), Algorithm::Ps256);
        assert_eq!(error(rsa(), "alg", "\"ES256\""), Some(KeyError::KeyAlgMismatch));
        assert_eq!(error(rsa(), "alg", "\"HS256\""), Some(KeyError::KeyAlgMismatch));
        assert_eq!(error(secret_jwk(), "alg", "\"RS256\""), Some(KeyError::KeyAlgMismatch));
    }

    #[test]
    fn debug_shows_no_key_material() {
        let secret = with(&secret_jwk(), "k", Json::String("c2Vj".repeat(11)));
        let shown = format!("{:?}", import(&secret, Algorithm::ALL).unwrap());
        assert!(shown.contains("Hs256") && !shown.contains("115") && !shown.contains("c2Vj"));
    }

    #[test]
    fn a_key_for_other_purposes_is_refused() {
        assert_eq!(error(rsa(), "use", ""), None);
        for purpose in ["\"enc\"", "\"\"", "\"SIG\""] {
            assert_eq!(error(rsa(), "use", purpose), Some(KeyError::JwkUse));
        }
        assert_eq!(error(rsa(), "key_ops", r#"["sign","verify"]"#), None);
        for operations in ["[]", r#"["sign"]"#, r#"["encrypt","wrapKey"]"#, r#"["Verify"]"#] {
            assert_eq!(error(rsa(), "key_ops", operations), Some(KeyError::JwkKeyOps));
        }
    }

    #[test]
    fn private_members_are_refused_by_name() {
        for name in ["d", "p", "q", "dp", "dq", "qi", "oth"] {
            for value in ["\"AQAB\"", "null", "[]"] {
                assert_eq!(error(rsa(), name, value), Some(KeyError::KeyPrivate));
            }
        }
        assert_eq!(error(p256(), "d", "\"AQAB\""), Some(KeyError::KeyPrivate));
        assert_eq!(error(ed25519(), "d", "\"AQAB\""), Some(KeyError::KeyPrivate));
    }

    #[test]
    fn types_and_presence_of_members_are_checked() {
        for name in ["kid", "use", "alg", "kty", "n", "e"] {
            for value in ["null", "1", "true", "[]", "{}"] {
                let expected = Some(KeyError::JwkMemberType);
                assert_eq!(error(rsa(), name, value), expected, "{name} {value}");
            }
        }
        for value in ["null", "\"verify\"", r#"["verify",1]"#, "{}"] {
            assert_eq!(error(rsa(), "key_ops", value), Some(KeyError::JwkMemberType));
        }
        for (key, names) in [
            (rsa(), &["kty", "n", "e"][..]),
            (p256(), &["kty", "crv", "x", "y"]),
            (public_jwk(Signer::P384), &["crv", "x", "y"]),
            (ed25519(), &["crv", "x"]),
            (secret_jwk(), &["kty", "k"]),
        ] {
            for name in names {
                assert_eq!(error(key.clone(), name, ""), Some(KeyError::JwkMemberMissing));
            }
        }
        for value in [Json::Null, Json::Array(Vec::new()), Json::String("RSA".into())] {
            assert_eq!(import(&value, Algorithm::ALL), Err(KeyError::JwkNotObject));
        }
    }

    #[test]
    fn kinds_without_an_algorithm_here_are_refused() {
        for kty in ["\"rsa\"", "\"AKP\"", "\"\"", "\"OCT\""] {
            assert_eq!(error(rsa(), "kty", kty), Some(KeyError::JwkKtyUnsupported));
        }
        for crv in ["\"P-521\"", "\"secp256k1\"", "\"Ed25519\"", "\"p-256\""] {
            assert_eq!(error(p256(), "crv", crv), Some(KeyError::JwkCrvUnsupported));
        }
        for crv in ["\"Ed448\"", "\"X25519\"", "\"P-256\""] {
            assert_eq!(error(ed25519(), "crv", crv), Some(KeyError::JwkCrvUnsupported));
        }
    }

    #[test]
    fn numbers_are_canonical_base64url() {
        for value in ["\"AQAB=\"", "\"AQ AB\"", "\"AQA+\"", "\"AQB\"", "\"A\""] {
            assert_eq!(error(rsa(), "e", value), Some(KeyError::JwkNotBase64url));
        }
        assert_eq!(error(rsa(), "e", "\"AAEAAQ\""), Some(KeyError::RsaLeadingZero));
        assert_eq!(error(p256(), "x", "\"AQAB\""), Some(KeyError::EcCoordinateLength));
    }
}
