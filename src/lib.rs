#![doc = include_str!("../README.md")]
#![no_std]

extern crate alloc;
#[cfg(feature = "std")]
extern crate std;

mod base64url;
mod budget;
mod json;
mod key;
mod reason;
mod signature;
mod time;
mod token;

pub use budget::Budget;
pub use json::{Json, JsonFault};
pub use key::{Algorithm, KeyError, KeyMaterial, KeySet, Lookup, SkippedKey, VerifyingKey};
pub use reason::Reason;
#[cfg(feature = "ring")]
pub use signature::RingVerifier;
pub use signature::{InvalidSignature, SignatureVerifier};
pub use time::UnixMillis;
pub use token::{Header, Jws, VerifiedJws, verify_jws};
