//! The RSA kernel as a wasm module for `benches/peers/engines.mjs`; `cargo xtask bench --only engines`
//! builds and runs it.
//!
//! Octets go in one by one, so that nothing here handles a pointer; the time is taken of `verify`
//! alone.

#![allow(unsafe_code, reason = "an exported name is an unsafe attribute; there is no other")]

use std::sync::Mutex;

use sessiongate_kernels::Hash;
use sessiongate_kernels::rsa::PublicKey;

static INPUT: Mutex<Input> =
    Mutex::new(Input { octets: Vec::new(), key: None, message: Vec::new(), signature: Vec::new() });

struct Input {
    octets: Vec<u8>,
    key: Option<PublicKey>,
    message: Vec<u8>,
    signature: Vec<u8>,
}

fn with_input<T>(take: impl FnOnce(&mut Input) -> T) -> Option<T> {
    INPUT.lock().ok().map(|mut input| take(&mut input))
}

/// Adds an octet to what the next call names.
#[unsafe(no_mangle)]
pub extern "C" fn push(octet: u8) {
    with_input(|input| input.octets.push(octet));
}

/// What was pushed is a modulus: makes the key, or says 0.
#[unsafe(no_mangle)]
pub extern "C" fn set_key() -> u32 {
    let made = with_input(|input| {
        input.key = PublicKey::new(&std::mem::take(&mut input.octets)).ok();
        input.key.is_some()
    });
    u32::from(made == Some(true))
}

/// What was pushed is a message.
#[unsafe(no_mangle)]
pub extern "C" fn set_message() {
    with_input(|input| input.message = std::mem::take(&mut input.octets));
}

/// What was pushed is a signature.
#[unsafe(no_mangle)]
pub extern "C" fn set_signature() {
    with_input(|input| input.signature = std::mem::take(&mut input.octets));
}

/// Whether the signature is good (RS256).
#[unsafe(no_mangle)]
pub extern "C" fn verify() -> u32 {
    let is_valid = with_input(|input| {
        let key = input.key.as_ref();
        key.is_some_and(|key| key.verify(Hash::Sha256, &input.message, &input.signature))
    });
    u32::from(is_valid == Some(true))
}
