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
