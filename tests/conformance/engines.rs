//! Every engine at once: one that says something else than the others ends the run.

use std::cell::RefCell;

use sessiongate::{
    InvalidSignature, KernelVerifier, RingVerifier, SignatureVerifier, VerifyingKey,
};

/// Asks `ring`, kernels that see the key for the first time, and kernels that have built what they
/// build for a key that is used often.
#[derive(Default)]
pub(crate) struct Engines {
    seasoned: RefCell<Option<(VerifyingKey, KernelVerifier<RingVerifier>)>>,
}

/// After so many uses there is nothing more to prepare.
const USES: usize = 20;

impl SignatureVerifier for Engines {
    fn verify(
        &self,
        key: &VerifyingKey,
        message: &[u8],
        signature: &[u8],
    ) -> Result<(), InvalidSignature> {
        let ring = RingVerifier.verify(key, message, signature);
        let fresh = KernelVerifier::new(RingVerifier).verify(key, message, signature);
        let seasoned = self.seasoned_verify(key, message, signature);
        assert_eq!((fresh, seasoned), (ring, ring), "{key:?}: kernels and ring differ");
        ring
    }
}

impl Engines {
    fn seasoned_verify(
        &self,
        key: &VerifyingKey,
        message: &[u8],
        signature: &[u8],
    ) -> Result<(), InvalidSignature> {
        let mut seasoned = self.seasoned.borrow_mut();
        if seasoned.as_ref().is_none_or(|(own, _)| own != key) {
            let kernels = KernelVerifier::new(RingVerifier);
            if key.algorithm().name() == "ES256" {
                for _ in 0..USES {
                    assert!(kernels.verify(key, b"", &[0; 64]).is_err());
                }
            }
            *seasoned = Some((key.clone(), kernels));
        }
        let (_, kernels) = seasoned.as_ref().expect("it was made");
        kernels.verify(key, message, signature)
    }
}
