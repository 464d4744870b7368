//! The engine that is built on `ring`: every algorithm, on every target.

use ring::hmac;
use ring::rsa::PublicKeyComponents;
use ring::signature::{self, RsaParameters, UnparsedPublicKey, VerificationAlgorithm};

use crate::key::{Algorithm, KeyMaterial, VerifyingKey};
use crate::signature::{InvalidSignature, SignatureVerifier};

/// Verifies with `ring`. It has no state, so one value serves for everything.
#[derive(Clone, Copy, Debug, Default)]
pub struct RingVerifier;

impl SignatureVerifier for RingVerifier {
    fn verify(
        &self,
        key: &VerifyingKey,
        message: &[u8],
        signature: &[u8],
    ) -> Result<(), InvalidSignature> {
        let verdict = match key.material() {
            KeyMaterial::Rsa { modulus, exponent } => {
                let parameters = rsa_parameters(key.algorithm())?;
                PublicKeyComponents { n: modulus, e: exponent }
                    .verify(parameters, message, signature)
            }
            KeyMaterial::P256(point) => {
                with_point(&signature::ECDSA_P256_SHA256_FIXED, &point[..], message, signature)
            }
            KeyMaterial::P384(point) => {
                with_point(&signature::ECDSA_P384_SHA384_FIXED, &point[..], message, signature)
            }
            KeyMaterial::Ed25519(public) => {
                with_point(&signature::ED25519, public, message, signature)
            }
            KeyMaterial::Secret(secret) => {
                let secret = hmac::Key::new(hmac_algorithm(key.algorithm())?, secret);
                hmac::verify(&secret, message, signature)
            }
        };
        verdict.map_err(|_| InvalidSignature)
    }
}

fn with_point(
    algorithm: &'static dyn VerificationAlgorithm,
    point: &[u8],
    message: &[u8],
    signature: &[u8],
) -> Result<(), ring::error::Unspecified> {
    UnparsedPublicKey::new(algorithm, point).verify(message, signature)
}

const fn rsa_parameters(algorithm: Algorithm) -> Result<&'static RsaParameters, InvalidSignature> {
    Ok(match algorithm {
        Algorithm::Rs256 => &signature::RSA_PKCS1_2048_8192_SHA256,
        Algorithm::Rs384 => &signature::RSA_PKCS1_2048_8192_SHA384,
        Algorithm::Rs512 => &signature::RSA_PKCS1_2048_8192_SHA512,
        Algorithm::Ps256 => &signature::RSA_PSS_2048_8192_SHA256,
        Algorithm::Ps384 => &signature::RSA_PSS_2048_8192_SHA384,
        Algorithm::Ps512 => &signature::RSA_PSS_2048_8192_SHA512,
        _ => return Err(InvalidSignature),
    })
}

const fn hmac_algorithm(algorithm: Algorithm) -> Result<hmac::Algorithm, InvalidSignature> {
    Ok(match algorithm {
        Algorithm::Hs256 => hmac::HMAC_SHA256,
        Algorithm::Hs384 => hmac::HMAC_SHA384,
        Algorithm::Hs512 => hmac::HMAC_SHA512,
        _ => return Err(InvalidSignature),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mint::{SECRET, Signer};
    use alloc::vec;
    use alloc::vec::Vec;

    const MESSAGE: &[u8] = b"what is signed";

    fn key(signer: Signer, algorithm: Algorithm) -> VerifyingKey {
        match signer.public_pem() {
            Some(pem) => VerifyingKey::from_pem(pem, Some(algorithm)),
            None => VerifyingKey::from_secret(SECRET, algorithm),
        }
        .unwrap()
    }

    /// Every algorithm with every key that can sign with it.
    fn pairs() -> Vec<(Signer, Algorithm)> {
        let rsa = [Signer::Rsa2048A, Signer::Rsa2048B, Signer::Rsa4096];
        let signers = |algorithm: Algorithm| match Signer::for_algorithm(algorithm.name()) {
            Signer::Rsa2048A => rsa.to_vec(),
            signer => vec![signer],
        };
        let pairs = Algorithm::ALL
            .iter()
            .flat_map(|&algorithm| signers(algorithm).into_iter().map(move |s| (s, algorithm)));
        pairs.collect()
    }

    #[test]
    fn every_algorithm_verifies_what_was_signed() {
        assert_eq!(pairs().len(), 6 * 3 + 3 + 3);
        for (signer, algorithm) in pairs() {
            let signature = signer.sign(algorithm.name(), MESSAGE);
            let key = key(signer, algorithm);
            assert_eq!(RingVerifier.verify(&key, MESSAGE, &signature), Ok(()), "{algorithm}");
            let other = RingVerifier.verify(&key, b"what was not signed", &signature);
            assert_eq!(other, Err(InvalidSignature), "{algorithm}");
        }
    }

    #[test]
    fn no_signature_fits_another_key_or_algorithm() {
        for (signer, algorithm) in pairs() {
            let signature = signer.sign(algorithm.name(), MESSAGE);
            for (other_signer, other) in pairs() {
                let same = other_signer == signer && other == algorithm;
                let verdict = RingVerifier.verify(&key(other_signer, other), MESSAGE, &signature);
                assert_eq!(
                    verdict.is_ok(),
                    same,
                    "{signer:?} {algorithm}, {other_signer:?} {other}"
                );
            }
        }
    }

    #[test]
    fn every_changed_byte_and_length_is_noticed() {
        for algorithm in Algorithm::ALL {
            let signer = Signer::for_algorithm(algorithm.name());
            let key = key(signer, *algorithm);
            let signature = signer.sign(algorithm.name(), MESSAGE);
            let mut bad: Vec<Vec<u8>> = (0..signature.len())
                .map(|index| {
                    let mut changed = signature.clone();
                    changed[index] ^= 0x40;
                    changed
                })
                .collect();
            bad.push(Vec::new());
            bad.push(vec![0; signature.len()]);
            bad.push(vec![0xff; signature.len()]);
            bad.push(signature[1..].to_vec());
            bad.push(signature[..signature.len() - 1].to_vec());
            bad.push([&[0], &signature[..]].concat());
            bad.push([&signature[..], &[0]].concat());
            for bad in bad {
                let verdict = RingVerifier.verify(&key, MESSAGE, &bad);
                assert_eq!(verdict, Err(InvalidSignature), "{algorithm} {bad:?}");
            }
        }
    }

    /// ECDSA in the DER form of TLS and X.509 is not a JWS signature (RFC 7518 section 3.4).
    #[test]
    fn der_in_place_of_r_and_s_is_refused() {
        let signature = Signer::P256.sign("ES256", MESSAGE);
        let integer = |number: &[u8]| [&[2, 33, 0], number].concat();
        let contents = [integer(&signature[..32]), integer(&signature[32..])].concat();
        let der = [&[0x30, 70][..], &contents].concat();
        let key = key(Signer::P256, Algorithm::Es256);
        assert_eq!(RingVerifier.verify(&key, MESSAGE, &der), Err(InvalidSignature));
        assert_eq!(RingVerifier.verify(&key, MESSAGE, &signature), Ok(()));
    }
}
