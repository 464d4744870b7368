#![doc = include_str!("../README.md")]
#![no_std]

extern crate alloc;
#[cfg(feature = "std")]
extern crate std;

mod base64url;
mod budget;
mod json;
mod reason;
mod time;

pub use budget::Budget;
pub use json::{Json, JsonFault};
pub use reason::Reason;
pub use time::UnixMillis;
