//! The signature engines of the module. All gates share them, so that keys are prepared once.

use std::thread_local;

use super::{host, later};
use crate::config::ConfigError;
use crate::key::VerifyingKey;
use crate::signature::{InvalidSignature, KernelVerifier, SignatureVerifier};

/// Which engine verifies.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Engine {
    /// The host where it is the fastest, else the module.
    #[default]
    Auto,
    /// The host for all that it verifies.
    Host,
    /// The host for all that it verifies, which says so in a later call.
    Later,
    /// The kernels, and `ring` for what they have no code for.
    Wasm,
    /// `ring` alone, which the tests hold the others to.
    #[cfg(feature = "ring")]
    Ring,
}

impl Engine {
    /// `auto`, `host`, `wasm`, or `ring` where it is; without a name the default. `can_wait` says
    /// that the caller has WebCrypto and asks again with what that said.
    pub(super) fn named(name: Option<&str>, can_wait: bool) -> Result<Self, ConfigError> {
        match name {
            None | Some("auto") => Ok(Self::Auto),
            Some("host") if host::is_connected() => Ok(Self::Host),
            Some("host") if can_wait => Ok(Self::Later),
            Some("host") => Err(ConfigError::invalid("signature", NO_HOST)),
            Some("wasm") => Ok(Self::Wasm),
            #[cfg(feature = "ring")]
            Some("ring") => Ok(Self::Ring),
            Some(_) => Err(ConfigError::invalid("signature", UNKNOWN)),
        }
    }
}

const NO_HOST: &str =
    "This runtime has no function that verifies signatures and can be used here. Use `auto`.";
const UNKNOWN: &str = "Use `auto`, `host` or `wasm`.";

impl SignatureVerifier for Engine {
    fn verify(
        &self,
        key: &VerifyingKey,
        message: &[u8],
        signature: &[u8],
    ) -> Result<(), InvalidSignature> {
        let of_host = match self {
            Self::Auto => host::verify(key, message, signature, true),
            Self::Host => host::verify(key, message, signature, false),
            Self::Later => later::verify(key, message, signature),
            Self::Wasm => None,
            #[cfg(feature = "ring")]
            Self::Ring => return OTHERS.verify(key, message, signature),
        };
        match of_host {
            Some(true) => Ok(()),
            Some(false) => Err(InvalidSignature),
            None => KERNELS.with(|kernels| kernels.verify(key, message, signature)),
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
