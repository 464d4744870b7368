//! ECDSA on P-256 with SHA-256, verification alone (FIPS 186-5 section 6.4.2; ES256 of RFC 7518).
//!
//! A key costs some microseconds to prepare. It can get a table of its multiples, about 97 KB, and so
//! can the generator that all keys share: with both a verification needs no doubling of points and
//! takes about a third of the time. Tables change no answer. `docs/kernels.md` has the mathematics,
//! the bounds and why a wrong signature cannot be accepted.
#![forbid(unsafe_code)]

mod digits;
mod field;
mod generator;
mod inverse;
mod key;
mod multiples;
mod point;
mod scalar;
mod sum;
#[cfg(test)]
mod testing;
mod windows;

pub use generator::Generator;
pub use key::PublicKey;
