//! Signature kernels: verification only, written for WebAssembly.
//!
//! A general library pays in wasm for what its portable code costs there. The two cases that decide
//! how fast a session check is have code of their own here: RSASSA-PKCS1-v1_5 in [`rsa`], and ECDSA
//! on P-256. Nothing in this crate holds a secret, so nothing in it needs to run in constant time.
//!
//! `docs/kernels.md` has the mathematics, the bounds and why a wrong signature cannot be accepted.

#![no_std]

extern crate alloc;

pub mod rsa;

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

/// Why a public key is none that a kernel works with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum KeyFault {
    /// The first octet of the RSA modulus is zero.
    LeadingZero,
    /// The RSA modulus has fewer bits than [`rsa::MIN_BITS`] or more than [`rsa::MAX_BITS`].
    Size,
    /// The RSA modulus is even.
    Even,
}

impl core::fmt::Display for KeyFault {
    fn fmt(&self, formatter: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        formatter.write_str(match self {
            Self::LeadingZero => "the RSA modulus begins with a zero octet",
            Self::Size => "the RSA modulus has not 2048 to 4096 bits",
            Self::Even => "the RSA modulus is even",
        })
    }
}

impl core::error::Error for KeyFault {}
