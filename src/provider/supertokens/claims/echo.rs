//! A value as JavaScript gives it back after reading and writing it: reasons go to programs that
//! compare texts.

use alloc::string::String;
use alloc::vec::Vec;

use crate::json::Json;

/// The value with its numbers as doubles, and with members whose names are array indices first, in
/// the order of the indices (ECMA-262 section 10.1.11.1).
pub(super) fn echo(value: &Json) -> Json {
    match value {
        Json::Integer(number) => integer(*number),
        Json::Array(elements) => Json::Array(elements.iter().map(echo).collect()),
        Json::Object(members) => object(members),
        other => other.clone(),
    }
}

#[expect(clippy::cast_precision_loss, reason = "larger integers are doubles in JavaScript")]
fn integer(number: i64) -> Json {
    const SAFE: u64 = 1 << 53;
    if number.unsigned_abs() <= SAFE { Json::Integer(number) } else { Json::Float(number as f64) }
}

fn object(members: &[(String, Json)]) -> Json {
    let mut members: Vec<_> =
        members.iter().map(|(name, value)| (name.clone(), echo(value))).collect();
    members.sort_by_key(|(name, _)| array_index(name).unwrap_or(u32::MAX));
    Json::Object(members)
}

/// An integer below 2^32 - 1 as it is written (ECMA-262 section 6.1.7).
fn array_index(name: &str) -> Option<u32> {
    let is_canonical =
        name == "0" || (!name.starts_with('0') && name.bytes().all(|digit| digit.is_ascii_digit()));
    name.parse().ok().filter(|index| is_canonical && *index < u32::MAX)
}
