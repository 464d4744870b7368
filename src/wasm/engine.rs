//! The signature engines of the module. All gates share them, so that keys are prepared once.

use std::thread_local;

use crate::config::ConfigError;
use crate::key::VerifyingKey;
use crate::signature::{InvalidSignature, KernelVerifier, SignatureVerifier};

/// Which engine verifies.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Engine {
    /// The kernels, and `ring` for what they have no code for.
    #[default]
    Wasm,
    /// `ring` alone, which the tests hold the others to.
    #[cfg(feature = "ring")]
    Ring,
}

impl Engine {
    /// `wasm`, or `ring` where it is; without a name the default.
    pub(super) fn named(name: Option<&str>) -> Result<Self, ConfigError> {
        match name {
            None => Ok(Self::default()),
            Some("wasm") => Ok(Self::Wasm),
            #[cfg(feature = "ring")]
            Some("ring") => Ok(Self::Ring),
            Some(_) => Err(ConfigError::invalid("signature", "There is no such engine.")),
        }
    }
}

impl SignatureVerifier for Engine {
    fn verify(
        &self,
        key: &VerifyingKey,
        message: &[u8],
        signature: &[u8],
    ) -> Result<(), InvalidSignature> {
        match self {
            Self::Wasm => KERNELS.with(|kernels| kernels.verify(key, message, signature)),
            #[cfg(feature = "ring")]
            Self::Ring => OTHERS.verify(key, message, signature),
        }
    }
}

#[cfg(feature = "ring")]
type Others = crate::signature::RingVerifier;
#[cfg(feature = "ring")]
const OTHERS: Others = crate::signature::RingVerifier;

#[cfg(not(feature = "ring"))]
type Others = Refusal;
#[cfg(not(feature = "ring"))]
const OTHERS: Others = Refusal;

/// Stands where `ring` is not. No key gets there: their import refuses those without a kernel.
#[cfg(not(feature = "ring"))]
struct Refusal;

#[cfg(not(feature = "ring"))]
impl SignatureVerifier for Refusal {
    fn verify(&self, _: &VerifyingKey, _: &[u8], _: &[u8]) -> Result<(), InvalidSignature> {
        Err(InvalidSignature)
    }
}

thread_local! {
    static KERNELS: KernelVerifier<Others> = KernelVerifier::new(OTHERS);
}
