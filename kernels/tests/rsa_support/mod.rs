//! What the tests and the soak of the RSA kernel share: keys, cases, and `ring` as the oracle.

#![allow(dead_code, reason = "each user takes a part of it")]
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "test code, which may panic; the lints know it only inside of test functions"
)]

pub(crate) mod cases;
mod encodings;
mod keys;
mod primes;
mod random;

use sessiongate_kernels::Hash;

/// What `ring` says, with the exponent 65537. Nothing in wasm: there it is not asked.
#[cfg(not(target_arch = "wasm32"))]
pub(crate) fn oracle(modulus: &[u8], hash: Hash, message: &[u8], signature: &[u8]) -> Option<bool> {
    use ring::signature::{
        RSA_PKCS1_2048_8192_SHA256, RSA_PKCS1_2048_8192_SHA384, RSA_PKCS1_2048_8192_SHA512,
        RsaPublicKeyComponents,
    };
    let parameters = match hash {
        Hash::Sha256 => &RSA_PKCS1_2048_8192_SHA256,
        Hash::Sha384 => &RSA_PKCS1_2048_8192_SHA384,
        Hash::Sha512 => &RSA_PKCS1_2048_8192_SHA512,
    };
    let key = RsaPublicKeyComponents { n: modulus, e: &[1, 0, 1] };
    Some(key.verify(parameters, message, signature).is_ok())
}

/// What `ring` says, with the exponent 65537. Nothing in wasm: there it is not asked.
#[cfg(target_arch = "wasm32")]
pub(crate) fn oracle(_: &[u8], _: Hash, _: &[u8], _: &[u8]) -> Option<bool> {
    None
}
