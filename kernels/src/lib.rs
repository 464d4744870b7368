//! Verify-only signature kernels: the hot cases of a session check, fast inside WebAssembly.
#![no_std]

extern crate alloc;
#[cfg(test)]
extern crate std;

mod fault;
pub mod p256;

pub use fault::KeyFault;
