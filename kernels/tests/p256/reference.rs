//! What ring says about signatures, and the crate `p256` about keys.

#[cfg(not(target_arch = "wasm32"))]
use ring::signature::{ECDSA_P256_SHA256_FIXED, UnparsedPublicKey};

#[cfg(not(target_arch = "wasm32"))]
use crate::cases::KeyCases;

/// The answers that the kernel must give.
pub(crate) struct Verdicts {
    /// Whether it is a key at all; ring only says so when it verifies.
    pub(crate) is_key: bool,
    /// Whether the signature is valid, for each case.
    pub(crate) valid: Vec<bool>,
}

#[cfg(not(target_arch = "wasm32"))]
impl Verdicts {
    pub(crate) fn of(group: &KeyCases) -> Self {
        // Without compression (SEC 1 section 2.3.3).
        let mut point = [4; 65];
        point[1..].copy_from_slice(&group.key);
        let key = UnparsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, point);
        let valid =
            group.cases.iter().map(|case| key.verify(&case.message, &case.signature).is_ok());
        Self { is_key: p256::PublicKey::from_sec1_bytes(&point).is_ok(), valid: valid.collect() }
    }
}
