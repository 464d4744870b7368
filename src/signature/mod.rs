//! Engines that verify signatures.

#[cfg(feature = "kernels")]
mod kernels;
#[cfg(any(feature = "kernels", test))]
mod recent;
#[cfg(feature = "ring")]
mod ring;

use core::fmt;

#[cfg(feature = "kernels")]
pub use self::kernels::KernelVerifier;
#[cfg(feature = "ring")]
pub use self::ring::RingVerifier;

use crate::key::{Algorithm, KeyMaterial, VerifyingKey};

/// Verifies signatures with keys that were checked at their import.
///
/// A verifier may keep what it prepared of keys, so a gate asks for [`Send`] and not for [`Sync`]:
/// each gate has its own.
///
/// Every engine accepts and refuses exactly the same signatures; the conformance suite runs
/// against each. The algorithm is the key's; nothing of a token decides about it.
pub trait SignatureVerifier {
    /// Whether `signature` is the signature of `message` under `key`.
    ///
    /// The form of the signature is that of JWS (RFC 7518 section 3): an octet string as long as
    /// the modulus for RSA, r and s with the full length of the field for ECDSA, 64 octets for
    /// Ed25519, the complete output of the hash for HMAC, which is compared in constant time.
    ///
    /// # Errors
    /// [`InvalidSignature`], which tells nothing more.
    fn verify(
        &self,
        key: &VerifyingKey,
        message: &[u8],
        signature: &[u8],
    ) -> Result<(), InvalidSignature>;
}

/// The signature is not valid. There is deliberately no word on why: the difference between wrong
/// padding and a wrong hash helps only those who forge.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InvalidSignature;

impl fmt::Display for InvalidSignature {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("the signature is not valid")
    }
}

impl core::error::Error for InvalidSignature {}

/// Whether this build has an engine for such keys. Natively the caller may always bring one; the
/// npm package without `ring` has no other than the kernels.
pub(crate) fn is_available(algorithm: Algorithm, material: &KeyMaterial) -> bool {
    #[cfg(all(feature = "wasm", not(feature = "ring")))]
    return kernels::has_kernel(algorithm, material);
    #[cfg(not(all(feature = "wasm", not(feature = "ring"))))]
    {
        let _ = (algorithm, material);
        true
    }
}
