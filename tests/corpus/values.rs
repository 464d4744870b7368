//! JSON of every kind, and values that are wrong in one way.

use serde_json::{Value, json};

use crate::support::random::Random;

/// A name for a member that no rule looks at.
pub(crate) fn name(random: &mut Random) -> String {
    let names =
        ["fullName", "", "__proto__", "constructor", "n\u{e4}me", "\u{1f511}", "a b", "A\u{0}"];
    random.one_of(&names).to_owned()
}

/// Any value that is at most so deep.
pub(crate) fn json(random: &mut Random, depth: usize) -> Value {
    match random.below(if depth > 1 { 8 } else { 6 }) {
        0 => Value::Null,
        1 => random.once_in(2).into(),
        2 => (random.number() as i64 >> random.below(64)).into(),
        3 => json!((random.number() as i32) as f64 / 1024.0),
        4..=5 => (0..random.below(12)).map(|_| character(random)).collect::<String>().into(),
        6 => (0..random.below(4)).map(|_| json(random, depth - 1)).collect(),
        _ => {
            let mut object = json!({});
            for index in 0..random.below(4) {
                object[format!("{}{index}", name(random))] = json(random, depth - 1);
            }
            object
        }
    }
}

/// A character from any part of Unicode.
pub(crate) fn character(random: &mut Random) -> char {
    let limit = random.one_of(&[0x80, 0x80, 0x100, 0x3000, 0x1_0000, 0x11_0000]);
    char::from_u32(random.below(limit) as u32).unwrap_or('\u{fffd}')
}

/// The text of a number at the edge of what numbers can be.
pub(crate) fn odd_number(random: &mut Random) -> &'static str {
    random.one_of(&[
        "9007199254740993",
        "9223372036854775807",
        "-9223372036854775808",
        "9223372036854775808",
        "18446744073709551616",
        "123456789012345678901234567890",
        "1.0",
        "1e2",
        "-0",
        "-0.0",
        "5e-324",
        "1.7976931348623157e308",
        "0.1000000000000000055511151231257827",
        "1E+2",
    ])
}

/// A text that is not JSON for us.
pub(crate) fn broken_json(random: &mut Random) -> &'static str {
    random.one_of(&[
        r#""\ud800""#,
        r#""\udc00\ud800""#,
        r#""\x""#,
        "\"\n\"",
        "1e400",
        "01",
        "+1",
        ".5",
        "NaN",
        "undefined",
        "'x'",
        "[1,]",
        "{a:1}",
        "{\"a\":1,}",
        r#"{"a":1,"a":2}"#,
        "/**/1",
        "",
    ])
}

/// A value that is no time.
pub(crate) fn wrong_time(random: &mut Random) -> Value {
    let now = crate::support::tokens::NOW_SECONDS;
    random.one_of(&[
        json!(now.to_string()),
        json!(now as f64 + 60.5),
        json!(-1),
        json!(i64::MAX),
        json!(u64::MAX),
        json!(1e300),
        json!(null),
        json!(true),
        json!([now + 60]),
        json!({ "seconds": now + 60 }),
    ])
}

/// Something that is nearly `expected`, or of another type.
pub(crate) fn wrong_text(random: &mut Random, expected: &str) -> Value {
    random.one_of(&[
        json!(format!("{expected}/")),
        json!(expected.to_uppercase()),
        json!(format!("{expected}\u{200b}")),
        json!(expected.replace('e', "\u{435}")),
        json!(""),
        json!([]),
        json!([expected]),
        json!([expected, 1]),
        json!({ expected: true }),
        json!(1),
        json!(null),
    ])
}

/// A `kid` that names no key, more than one, or is no name at all.
pub(crate) fn wrong_kid(random: &mut Random) -> Value {
    random.one_of(&[
        json!("twice"),
        json!("unusable"),
        json!("rs256"),
        json!("ES256"),
        json!("PS256"),
        json!(""),
        json!("__proto__"),
        json!("../../key"),
        json!("k".repeat(256)),
        json!("k".repeat(257)),
        json!(1),
        json!(null),
    ])
}
