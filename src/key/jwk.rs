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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::budget::Budget;
    use crate::mint::JWKS;
    use alloc::format;

    /// The members of a key of the fixtures.
    fn fixture(index: usize) -> Vec<(String, Json)> {
        let set = Json::parse(JWKS.as_bytes(), &Budget::DEFAULT).unwrap();
        set.get("keys").unwrap().as_array().unwrap()[index].members().to_vec()
    }

    const RSA: usize = 0;
    const P256: usize = 3;
    const P384: usize = 4;
    const ED25519: usize = 5;

    fn oct() -> Vec<(String, Json)> {
        [("kty", "oct"), ("alg", "HS256"), ("k", &"A".repeat(43))]
            .map(|(name, value)| (name.into(), Json::String(value.into())))
            .to_vec()
    }

    /// Imports a key with other members, given as JSON; an empty text takes the member out.
    fn with(
        mut members: Vec<(String, Json)>,
        changes: &[(&str, &str)],
        allowed: &[Algorithm],
    ) -> Result<VerifyingKey, KeyError> {
        for (name, value) in changes {
            members.retain(|(other, _)| other != name);
            if !value.is_empty() {
                let value = Json::parse(value.as_bytes(), &Budget::DEFAULT).unwrap();
                members.push(((*name).into(), value));
            }
        }
        import(&Json::Object(members), allowed)
    }

    fn error(key: Vec<(String, Json)>, name: &str, value: &str) -> Option<KeyError> {
        with(key, &[(name, value)], Algorithm::ALL).err()
    }

    #[test]
    fn every_supported_kind_is_taken() {
        for (index, algorithm) in [
            (RSA, Algorithm::Rs256),
            (2, Algorithm::Ps512),
            (P256, Algorithm::Es256),
            (P384, Algorithm::Es384),
            (ED25519, Algorithm::EdDsa),
        ] {
            let key = with(fixture(index), &[], Algorithm::ALL).unwrap();
            assert_eq!(key.algorithm(), algorithm);
            assert!(key.kid().is_some());
        }
        let key = with(oct(), &[], Algorithm::ALL).unwrap();
        assert_eq!((key.algorithm(), key.kid()), (Algorithm::Hs256, None));
    }

    #[test]
    fn debug_shows_no_key_material() {
        let key = with(oct(), &[("k", &format!("\"{}\"", "c2Vj".repeat(11)))], Algorithm::ALL);
        let shown = format!("{:?}", key.unwrap());
        assert!(shown.contains("Hs256") && !shown.contains("115") && !shown.contains("c2Vj"));
    }

    #[test]
    fn alg_must_fit_the_key() {
        for (index, wrong) in [
            (RSA, "ES256"),
            (RSA, "HS256"),
            (RSA, "EdDSA"),
            (P256, "ES384"),
            (P256, "RS256"),
            (P384, "ES256"),
            (ED25519, "ES256"),
            (ED25519, "HS256"),
        ] {
            let wrong = format!("\"{wrong}\"");
            assert_eq!(error(fixture(index), "alg", &wrong), Some(KeyError::KeyAlgMismatch));
        }
        assert_eq!(error(oct(), "alg", "\"RS256\""), Some(KeyError::KeyAlgMismatch));
        assert_eq!(error(fixture(ED25519), "alg", "\"Ed25519\""), None);
        for unsupported in ["none", "rs256", "ES512", "ES521", "RSA-OAEP", "RS256 ", ""] {
            let unsupported = format!("\"{unsupported}\"");
            let expected = Some(KeyError::JwkAlgUnsupported);
            assert_eq!(error(fixture(RSA), "alg", &unsupported), expected);
        }
    }

    #[test]
    fn alg_must_be_allowed() {
        let allowed = [Algorithm::Rs384, Algorithm::Es256];
        assert_eq!(with(fixture(RSA), &[], &allowed), Err(KeyError::KeyAlgNotAllowed));
        assert_eq!(with(fixture(P384), &[], &allowed), Err(KeyError::KeyAlgNotAllowed));
        assert!(with(fixture(P256), &[], &allowed).is_ok());
        assert_eq!(with(fixture(P256), &[], &[]), Err(KeyError::KeyAlgNotAllowed));
    }

    #[test]
    fn without_alg_the_curve_or_the_only_allowed_algorithm_decides() {
        let bare = |index, allowed: &[Algorithm]| with(fixture(index), &[("alg", "")], allowed);
        let algorithm = |key: Result<VerifyingKey, KeyError>| key.map(|key| key.algorithm());
        assert_eq!(algorithm(bare(P256, Algorithm::ALL)), Ok(Algorithm::Es256));
        assert_eq!(algorithm(bare(P384, Algorithm::ALL)), Ok(Algorithm::Es384));
        assert_eq!(algorithm(bare(ED25519, Algorithm::ALL)), Ok(Algorithm::EdDsa));
        assert_eq!(bare(P256, &[Algorithm::Es384]), Err(KeyError::KeyAlgNotAllowed));

        let one = [Algorithm::Es256, Algorithm::Ps384, Algorithm::Hs256, Algorithm::Ps384];
        assert_eq!(algorithm(bare(RSA, &one)), Ok(Algorithm::Ps384));
        assert_eq!(bare(RSA, Algorithm::ALL), Err(KeyError::JwkAlgMissing));
        assert_eq!(bare(RSA, &[Algorithm::Rs256, Algorithm::Rs384]), Err(KeyError::JwkAlgMissing));
        assert_eq!(bare(RSA, &[Algorithm::Es256]), Err(KeyError::KeyAlgNotAllowed));
        let secret = |allowed: &[Algorithm]| with(oct(), &[("alg", "")], allowed);
        assert_eq!(algorithm(secret(&one)), Ok(Algorithm::Hs256));
        assert_eq!(secret(Algorithm::ALL), Err(KeyError::JwkAlgMissing));
    }

    #[test]
    fn a_key_for_other_purposes_is_refused() {
        assert_eq!(error(fixture(RSA), "use", ""), None);
        for purpose in ["\"enc\"", "\"\"", "\"SIG\""] {
            assert_eq!(error(fixture(RSA), "use", purpose), Some(KeyError::JwkUse));
        }
        assert_eq!(error(fixture(RSA), "key_ops", r#"["sign","verify"]"#), None);
        for operations in ["[]", r#"["sign"]"#, r#"["encrypt","wrapKey"]"#, r#"["Verify"]"#] {
            assert_eq!(error(fixture(RSA), "key_ops", operations), Some(KeyError::JwkKeyOps));
        }
    }

    #[test]
    fn private_members_are_refused_by_name() {
        for name in ["d", "p", "q", "dp", "dq", "qi", "oth"] {
            for value in ["\"AQAB\"", "null", "[]"] {
                assert_eq!(error(fixture(RSA), name, value), Some(KeyError::KeyPrivate));
            }
        }
        assert_eq!(error(fixture(P256), "d", "\"AQAB\""), Some(KeyError::KeyPrivate));
        assert_eq!(error(fixture(ED25519), "d", "\"AQAB\""), Some(KeyError::KeyPrivate));
    }

    #[test]
    fn types_and_presence_of_members_are_checked() {
        for name in ["kid", "use", "alg", "kty", "n", "e"] {
            for value in ["null", "1", "true", "[]", "{}"] {
                let expected = Some(KeyError::JwkMemberType);
                assert_eq!(error(fixture(RSA), name, value), expected, "{name} {value}");
            }
        }
        for value in ["null", "\"verify\"", r#"["verify",1]"#, "{}"] {
            assert_eq!(error(fixture(RSA), "key_ops", value), Some(KeyError::JwkMemberType));
        }
        for (key, names) in [
            (fixture(RSA), &["kty", "n", "e"][..]),
            (fixture(P256), &["kty", "crv", "x", "y"]),
            (fixture(P384), &["crv", "x", "y"]),
            (fixture(ED25519), &["crv", "x"]),
            (oct(), &["kty", "k"]),
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
            assert_eq!(error(fixture(RSA), "kty", kty), Some(KeyError::JwkKtyUnsupported));
        }
        for crv in ["\"P-521\"", "\"secp256k1\"", "\"Ed25519\"", "\"p-256\""] {
            assert_eq!(error(fixture(P256), "crv", crv), Some(KeyError::JwkCrvUnsupported));
        }
        for crv in ["\"Ed448\"", "\"X25519\"", "\"P-256\""] {
            assert_eq!(error(fixture(ED25519), "crv", crv), Some(KeyError::JwkCrvUnsupported));
        }
    }

    #[test]
    fn numbers_are_canonical_base64url() {
        for value in ["\"AQAB=\"", "\"AQ AB\"", "\"AQA+\"", "\"AQB\"", "\"A\""] {
            assert_eq!(error(fixture(RSA), "e", value), Some(KeyError::JwkNotBase64url));
        }
        assert_eq!(error(fixture(RSA), "e", "\"AAEAAQ\""), Some(KeyError::RsaLeadingZero));
        assert_eq!(error(fixture(P256), "x", "\"AQAB\""), Some(KeyError::EcCoordinateLength));
    }
}
