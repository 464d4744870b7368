//! The P-256 kernel as a wasm module without imports, for `benches/peers/engines.mjs`;
//! `cargo xtask bench --only engines` builds and runs it.
#![allow(unsafe_code, reason = "exported functions need `no_mangle`, which is an unsafe attribute")]

use std::sync::Mutex;

use sessiongate_kernels::p256::{Generator, PublicKey};

/// The coordinates x and y of the key, r and s of the signature, and the message.
static INPUT: Mutex<[u8; 4096]> = Mutex::new([0; 4096]);
static STATE: Mutex<Option<(Generator, PublicKey)>> = Mutex::new(None);

/// Where the input is to be written.
#[unsafe(no_mangle)]
pub extern "C" fn input() -> *const u8 {
    INPUT.lock().map_or(core::ptr::null(), |mut input| input.as_mut_ptr())
}

/// Prepares the key and the generator: bit 0 wants a table of the generator, bit 1 one of the key.
#[unsafe(no_mangle)]
pub extern "C" fn prepare(tables: u32) -> bool {
    let mut generator = Generator::new();
    let Ok(input) = INPUT.lock() else { return false };
    let ([x, y, ..], _) = input.as_chunks() else { return false };
    let Ok(mut key) = PublicKey::new(x, y) else { return false };
    if tables & 1 != 0 {
        generator.build_table();
    }
    if tables & 2 != 0 {
        key.build_table();
    }
    STATE.lock().map(|mut state| *state = Some((generator, key))).is_ok()
}

/// Verifies the signature of a message of `length` bytes.
#[unsafe(no_mangle)]
pub extern "C" fn verify(length: usize) -> bool {
    let (Ok(state), Ok(input)) = (STATE.lock(), INPUT.lock()) else { return false };
    let Some((generator, key)) = &*state else { return false };
    let ([_, signature, ..], _) = input.as_chunks() else { return false };
    input.get(128..128 + length).is_some_and(|message| key.verify(generator, message, signature))
}
