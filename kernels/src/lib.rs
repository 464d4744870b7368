//! Signature kernels: verification only, written for WebAssembly.
//!
//! A general library pays in wasm for what its portable code costs there. The two cases that decide
//! how fast a session check is have code of their own here: RSASSA-PKCS1-v1_5 in [`rsa`], and ECDSA
//! on P-256 in [`p256`]. Nothing in this crate holds a secret, so nothing in it needs to run in constant time.
//!
//! `docs/kernels.md` has the mathematics, the bounds and why a wrong signature cannot be accepted.

#![no_std]

extern crate alloc;
#[cfg(test)]
extern crate std;

mod fault;
pub mod p256;
pub mod rsa;

pub use fault::KeyFault;

/// A hash function of the SHA-2 family (FIPS 180-4).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hash {
    /// SHA-256, 32 octets.
    Sha256,
    /// SHA-384, 48 octets.
    Sha384,
    /// SHA-512, 64 octets.
    Sha512,
}
