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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mint::{der, fixture};
    use alloc::vec::Vec;

    const PUBLIC: [&str; 4] = [
        fixture!("rsa-2048-a.public.pem"),
        fixture!("p256.public.pem"),
        fixture!("p384.public.pem"),
        fixture!("ed25519.public.pem"),
    ];

    #[test]
    fn kinds_without_an_algorithm_here_are_refused() {
        for (pem, error) in [
            (fixture!("p521.public.pem"), KeyError::DerAlgorithmUnsupported),
            (fixture!("x25519.public.pem"), KeyError::DerAlgorithmUnsupported),
            (fixture!("rsa-pss.public.pem"), KeyError::DerAlgorithmUnsupported),
            (fixture!("p256.compressed.pem"), KeyError::EcPointForm),
            (fixture!("rsa-1024.public.pem"), KeyError::RsaTooSmall),
        ] {
            assert_eq!(import(&der(pem)), Err(error), "{pem}");
        }
        assert_eq!(import_pkcs1(&der(fixture!("rsa-1024.pkcs1.pem"))), Err(KeyError::RsaTooSmall));
    }

    #[test]
    fn no_byte_may_be_missing_or_added() {
        for bytes in PUBLIC.map(der) {
            assert!(import(&bytes).is_ok());
            for length in 0..bytes.len() {
                assert_eq!(import(&bytes[..length]), Err(KeyError::DerMalformed), "{length}");
            }
            assert_eq!(import(&[&bytes[..], &[0]].concat()), Err(KeyError::DerMalformed));
        }
        let pkcs1 = der(fixture!("rsa-2048-a.pkcs1.pem"));
        assert_eq!(import_pkcs1(&[&pkcs1[..], &[0]].concat()), Err(KeyError::DerMalformed));
    }

    /// Wraps contents of under 128 bytes.
    fn element(tag: u8, contents: &[u8]) -> Vec<u8> {
        [&[tag, u8::try_from(contents.len()).unwrap()], contents].concat()
    }

    fn info(algorithm: &[&[u8]], key: &[u8], after: &[u8]) -> Vec<u8> {
        let algorithm = element(tag::SEQUENCE, &algorithm.concat());
        let key = element(tag::BIT_STRING, key);
        element(tag::SEQUENCE, &[&algorithm, &key, after].concat())
    }

    #[test]
    fn parameters_are_exactly_those_of_the_algorithm() {
        let key = [&[0], &der(PUBLIC[3])[12..]].concat();
        let oid = element(tag::OID, ED25519);
        let null = element(tag::NULL, &[]);
        assert_eq!(import(&info(&[&oid], &key, &[])), import(&der(PUBLIC[3])));
        assert_eq!(import(&info(&[&oid, &null], &key, &[])), Err(KeyError::DerMalformed));
        assert_eq!(import(&info(&[&oid], &key, &null)), Err(KeyError::DerMalformed));
        assert_eq!(import(&info(&[], &key, &[])), Err(KeyError::DerMalformed));

        let rsa = element(tag::OID, RSA_ENCRYPTION);
        for parameters in
            [&[&rsa[..]][..], &[&rsa, &oid], &[&rsa, &null, &null], &[&rsa, &[5, 1, 0]]]
        {
            assert_eq!(import(&info(parameters, &key, &[])), Err(KeyError::DerMalformed));
        }

        let ec = element(tag::OID, EC_PUBLIC_KEY);
        let p256 = element(tag::OID, SECP256R1);
        for parameters in [&[&ec[..]][..], &[&ec, &null], &[&ec, &oid], &[&ec, &p256, &null]] {
            let unsupported = Err(KeyError::DerAlgorithmUnsupported);
            assert_eq!(import(&info(parameters, &key, &[])), unsupported);
        }
    }
}
