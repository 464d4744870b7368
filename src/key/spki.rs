//! Public keys in DER: `SubjectPublicKeyInfo` (RFC 5280 section 4.1.2.7) and the `RSAPublicKey` of
//! PKCS#1 (RFC 8017 appendix A.1.1).

use crate::key::der::{Der, tag};
use crate::key::error::KeyError;
use crate::key::material::KeyMaterial;
use crate::key::{ec, okp, rsa};

// The contents of the object identifiers, in their DER form.
const RSA_ENCRYPTION: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01];
const EC_PUBLIC_KEY: &[u8] = &[0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01];
const SECP256R1: &[u8] = &[0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07];
const SECP384R1: &[u8] = &[0x2b, 0x81, 0x04, 0x00, 0x22];
const ED25519: &[u8] = &[0x2b, 0x65, 0x70];

/// Imports a `SubjectPublicKeyInfo`: `SEQUENCE { SEQUENCE { OID, parameters }, BIT STRING }`.
pub(crate) fn import(bytes: &[u8]) -> Result<KeyMaterial, KeyError> {
    let mut outer = Der::new(bytes);
    let mut info = outer.read_sequence().ok_or(KeyError::DerMalformed)?;
    refuse_other_structures(info)?;
    let (algorithm, key) = read_info(&mut info).ok_or(KeyError::DerMalformed)?;
    if !info.is_at_end() || !outer.is_at_end() {
        return Err(KeyError::DerMalformed);
    }
    import_key(algorithm, key)
}

/// Imports an `RSAPublicKey`: `SEQUENCE { INTEGER n, INTEGER e }`.
pub(crate) fn import_pkcs1(bytes: &[u8]) -> Result<KeyMaterial, KeyError> {
    let (modulus, exponent) = read_pkcs1(bytes).ok_or(KeyError::DerMalformed)?;
    rsa::import(modulus, exponent)
}

/// Tells private keys (PKCS#8, PKCS#1 and SEC 1 all begin with a version number of one octet) and
/// certificates (whose body begins with its version) from broken public keys.
fn refuse_other_structures(mut elements: Der<'_>) -> Result<(), KeyError> {
    if elements.next_tag() == Some(tag::INTEGER) {
        return match elements.read(tag::INTEGER) {
            Some([_]) => Err(KeyError::KeyPrivate),
            _ => Err(KeyError::DerMalformed),
        };
    }
    match elements.read_sequence().and_then(|first| first.next_tag()) {
        Some(tag::CONTEXT_0) => Err(KeyError::PemCertificate),
        _ => Ok(()),
    }
}

fn read_info<'a>(info: &mut Der<'a>) -> Option<(Der<'a>, &'a [u8])> {
    let algorithm = info.read_sequence()?;
    let key = info.read_octets_of_bit_string()?;
    Some((algorithm, key))
}

fn import_key(mut algorithm: Der<'_>, key: &[u8]) -> Result<KeyMaterial, KeyError> {
    let identifier = algorithm.read(tag::OID).ok_or(KeyError::DerMalformed)?;
    match identifier {
        // RFC 3279 section 2.3.1: the parameters are NULL.
        RSA_ENCRYPTION => match algorithm.read(tag::NULL) {
            Some([]) if algorithm.is_at_end() => import_pkcs1(key),
            _ => Err(KeyError::DerMalformed),
        },
        // RFC 5480 section 2.1.1: the parameters name the curve.
        EC_PUBLIC_KEY => match algorithm.read(tag::OID) {
            Some(SECP256R1) if algorithm.is_at_end() => ec::import_p256_point(key),
            Some(SECP384R1) if algorithm.is_at_end() => ec::import_p384_point(key),
            _ => Err(KeyError::DerAlgorithmUnsupported),
        },
        // RFC 8410 section 3: there are no parameters.
        ED25519 if algorithm.is_at_end() => okp::import(key),
        ED25519 => Err(KeyError::DerMalformed),
        _ => Err(KeyError::DerAlgorithmUnsupported),
    }
}

fn read_pkcs1(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let mut outer = Der::new(bytes);
    let mut key = outer.read_sequence()?;
    let modulus = key.read_positive_integer()?;
    let exponent = key.read_positive_integer()?;
    (key.is_at_end() && outer.is_at_end()).then_some((modulus, exponent))
}
