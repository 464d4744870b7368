//! Signed tokens (RFC 7515): their text, their header, their signature.

mod header;
mod jws;

use alloc::vec::Vec;

pub use header::Header;
pub use jws::Jws;
pub(crate) use jws::verify_signature;

use crate::budget::Budget;
use crate::json::JsonFault;
use crate::key::{KeySet, Lookup};
use crate::reason::Reason;
use crate::signature::SignatureVerifier;

/// A token whose signature is valid. Its claims have not been looked at.
#[derive(Clone, Debug, PartialEq)]
pub struct VerifiedJws {
    /// The header.
    pub header: Header,
    /// The bytes of the payload.
    pub payload: Vec<u8>,
}

/// Verifies the signature of a compact token with the key that it names.
///
/// # Errors
/// Says which rule the token breaks, or that it has no key, or that the signature is not valid.
///
/// # Examples
/// ```
/// # #[cfg(feature = "ring")] {
/// use sessiongate::{Algorithm, Budget, KeySet, Reason, RingVerifier, VerifyingKey, verify_jws};
///
/// let key = VerifyingKey::from_secret(&[7; 32], Algorithm::Hs256).unwrap();
/// let keys = KeySet::from_key(key);
/// let unsigned = "eyJhbGciOiJub25lIn0.e30.";
/// assert_eq!(
///     verify_jws(unsigned, &keys, &RingVerifier, &Budget::DEFAULT),
///     Err(Reason::AlgNone)
/// );
/// # }
/// ```
pub fn verify_jws(
    token: &str,
    keys: &KeySet,
    verifier: &dyn SignatureVerifier,
    budget: &Budget,
) -> Result<VerifiedJws, Reason> {
    let jws = Jws::parse(token, budget)?;
    let key = match keys.find(jws.header().kid(), jws.header().algorithm()?) {
        Lookup::Found(key) => key,
        Lookup::AlgMismatch => return Err(Reason::AlgKeyMismatch),
        Lookup::Unknown => return Err(Reason::KeyNotFound),
        Lookup::KidMissing => return Err(Reason::KidMissing),
        Lookup::Ambiguous => return Err(Reason::KidAmbiguous),
        Lookup::Unusable(_) => return Err(Reason::KeyUnusable),
    };
    jws.verify(key, verifier)?;
    let (header, payload, _) = jws.into_parts();
    Ok(VerifiedJws { header, payload })
}

/// What a fault in the JSON of a token's header or payload is called.
impl From<JsonFault> for Reason {
    fn from(fault: JsonFault) -> Self {
        match fault {
            JsonFault::NotUtf8 => Self::TokenNotUtf8,
            JsonFault::Syntax => Self::TokenNotJson,
            JsonFault::DuplicateMember => Self::TokenDuplicateMember,
            JsonFault::TooDeep => Self::TokenTooDeep,
            JsonFault::TooManyMembers => Self::TokenTooManyMembers,
        }
    }
}

#[cfg(test)]
#[cfg(feature = "ring")]
mod tests {
    use super::*;
    use crate::json::Json;
    use crate::key::{Algorithm, KeyError, VerifyingKey};
    use crate::mint::{
        JWKS, SECRET, Signer, base64url, fixture, mint, mint_with, mint_with_secret,
    };
    use crate::signature::RingVerifier;
    use alloc::format;
    use alloc::string::String;

    const PAYLOAD: &str = r#"{"sub":"user_1"}"#;

    fn public_keys() -> KeySet {
        KeySet::from_jwks_text(JWKS, Algorithm::ALL, &Budget::DEFAULT).unwrap()
    }

    fn secret(algorithm: Algorithm) -> KeySet {
        KeySet::from_key(VerifyingKey::from_secret(SECRET, algorithm).unwrap())
    }

    fn verify(token: &str, keys: &KeySet) -> Result<VerifiedJws, Reason> {
        verify_jws(token, keys, &RingVerifier, &Budget::DEFAULT)
    }

    fn header(alg: &str, kid: &str) -> String {
        format!(r#"{{"alg":"{alg}","kid":"{kid}","typ":"JWT"}}"#)
    }

    #[test]
    fn every_algorithm_is_verified_with_the_key_that_the_token_names() {
        for (signer, alg) in [
            (Signer::Rsa2048A, "RS256"),
            (Signer::Rsa2048B, "RS256"),
            (Signer::Rsa4096, "PS512"),
            (Signer::P256, "ES256"),
            (Signer::P384, "ES384"),
            (Signer::Ed25519, "EdDSA"),
        ] {
            let header = header(alg, signer.name());
            let token = mint_with(signer, alg, header.as_bytes(), PAYLOAD.as_bytes());
            let verified = verify(&token, &public_keys()).unwrap();
            assert_eq!(verified.payload, PAYLOAD.as_bytes());
            assert_eq!(verified.header.kid(), Some(signer.name()));
            assert_eq!(verified.header.typ(), Some(&Json::String("JWT".into())));
        }
        for algorithm in [Algorithm::Hs256, Algorithm::Hs384, Algorithm::Hs512] {
            let token = mint(algorithm.name(), &header(algorithm.name(), "any"), PAYLOAD);
            assert!(verify(&token, &secret(algorithm)).is_ok());
        }
    }

    #[test]
    fn a_token_without_valid_signature_is_refused() {
        let token = mint("RS256", &header("RS256", "rsa-2048-a"), PAYLOAD);
        let (input, signature) = token.rsplit_once('.').unwrap();
        let (head, _) = input.split_once('.').unwrap();
        let other_payload = base64url(br#"{"sub":"user_2"}"#);
        let other_key = header("RS256", "rsa-2048-b");
        for token in [
            format!("{input}."),
            format!("{head}.{other_payload}.{signature}"),
            format!("{}.{signature}", input.replace(head, &base64url(other_key.as_bytes()))),
        ] {
            assert_eq!(verify(&token, &public_keys()), Err(Reason::TokenInvalidSignature));
        }
    }

    /// RFC 8725 section 3.1: neither direction of the confusion works.
    #[test]
    fn a_token_does_not_choose_its_algorithm() {
        let pem = fixture!("rsa-2048-a.public.pem");
        let forged = mint_with_secret(pem.as_bytes(), &header("HS256", "rsa-2048-a"), PAYLOAD);
        assert_eq!(verify(&forged, &public_keys()), Err(Reason::AlgKeyMismatch));
        let key = KeySet::from_key(VerifyingKey::from_pem(pem, None).unwrap());
        assert_eq!(verify(&forged, &key), Err(Reason::AlgKeyMismatch));
        assert_eq!(
            VerifyingKey::from_secret(pem.as_bytes(), Algorithm::Hs256),
            Err(KeyError::SecretLooksLikeKey)
        );
        let signed = mint("PS256", &header("PS256", "rsa-2048-a"), PAYLOAD);
        assert_eq!(verify(&signed, &public_keys()), Err(Reason::AlgKeyMismatch));
    }

    #[test]
    fn every_lookup_has_its_reason() {
        let twice =
            r#"{"keys":[K,K]}"#.replace('K', r#"{"kty":"oct","kid":"s","alg":"HS256","k":"S"}"#);
        let twice = twice.replace("\"S\"", &format!("\"{}\"", base64url(SECRET)));
        let twice = KeySet::from_jwks_text(&twice, Algorithm::ALL, &Budget::DEFAULT).unwrap();
        let unusable = JWKS.replacen("\"sig\"", "\"enc\"", 1);
        let unusable = KeySet::from_jwks_text(&unusable, Algorithm::ALL, &Budget::DEFAULT).unwrap();
        let rs256 = |kid: &str| mint("RS256", &header("RS256", kid), PAYLOAD);
        for (token, keys, reason) in [
            (rs256("unknown"), &public_keys(), Reason::KeyNotFound),
            (rs256("p256"), &public_keys(), Reason::AlgKeyMismatch),
            (mint("RS256", r#"{"alg":"RS256"}"#, PAYLOAD), &public_keys(), Reason::KidMissing),
            (rs256("rsa-2048-a"), &unusable, Reason::KeyUnusable),
            (mint("HS256", &header("HS256", "s"), PAYLOAD), &twice, Reason::KidAmbiguous),
        ] {
            assert_eq!(verify(&token, keys), Err(reason));
        }
        let unnamed = mint("ES256", r#"{"alg":"ES256"}"#, PAYLOAD);
        assert!(verify(&unnamed, &public_keys()).is_ok());
    }

    #[test]
    fn a_key_in_the_header_is_not_used() {
        let header = r#"{"alg":"HS256","jwk":{"kty":"oct","k":"AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8"}}"#;
        let embedded: [u8; 32] = core::array::from_fn(|index| index as u8);
        let token = mint_with_secret(&embedded, header, PAYLOAD);
        assert_eq!(verify(&token, &public_keys()), Err(Reason::AlgKeyMismatch));
        assert_eq!(verify(&token, &secret(Algorithm::Hs256)), Err(Reason::TokenInvalidSignature));
    }
}
