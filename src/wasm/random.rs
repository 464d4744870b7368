//! `ring` links a random source although verification never draws from it. There is none here:
//! asking is an error, and the module imports nothing from its host.
#![allow(unsafe_code, reason = "the macro defines the symbol that getrandom looks for")]

use getrandom::{Error, register_custom_getrandom};

register_custom_getrandom!(no_random_source);

fn no_random_source(_buffer: &mut [u8]) -> Result<(), Error> {
    Err(Error::UNSUPPORTED)
}
