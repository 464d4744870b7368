//! A value as JavaScript gives it back after reading and writing it: reasons go to programs that
//! compare texts.

use alloc::vec::Vec;

use crate::json::{Json, Name};

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

fn object(members: &[(Name, Json)]) -> Json {
    let mut echoed: Vec<(Name, Json)> = Vec::with_capacity(members.len());
    let mut indices: Vec<u32> = Vec::new();
    for (name, value) in members {
        let place = match array_index(name) {
            None => echoed.len(),
            Some(index) => {
                let place = indices.partition_point(|other| *other < index);
                indices.insert(place, index);
                place
            }
        };
        echoed.insert(place, (name.clone(), echo(value)));
    }
    Json::Object(echoed)
}

/// An integer below 2^32 - 1 as it is written (ECMA-262 section 6.1.7).
fn array_index(name: &str) -> Option<u32> {
    let is_canonical =
        name == "0" || (!name.starts_with('0') && name.bytes().all(|digit| digit.is_ascii_digit()));
    name.parse().ok().filter(|index| is_canonical && *index < u32::MAX)
}
