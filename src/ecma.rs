//! Rules of ECMAScript about characters and numbers, on which the peers' answers depend.

use crate::json::Json;

/// One code unit for all its cases: `Canonicalize` for regular expressions with `i` and without
/// `u` (ECMA-262 section 22.2.2.7.3).
///
/// A unit whose upper case is more than one unit, or would become ASCII, stays as it is; so do the
/// halves of a surrogate pair.
pub(crate) fn canonicalize(unit: u16) -> u16 {
    if let Ok(ascii @ 0..=0x7f) = u8::try_from(unit) {
        return u16::from(ascii.to_ascii_uppercase());
    }
    let Some(character) = char::from_u32(u32::from(unit)) else { return unit };
    let mut upper = character.to_uppercase();
    match (upper.next(), upper.next()) {
        (Some(one), None) if !one.is_ascii() => u16::try_from(u32::from(one)).unwrap_or(unit),
        _ => unit,
    }
}

/// `WhiteSpace` and `LineTerminator` (ECMA-262 sections 12.2 and 12.3): what `trim()` takes away
/// and `\s` matches.
pub(crate) const WHITE_SPACE: &[(u16, u16)] = &[
    (0x09, 0x0d),
    (0x20, 0x20),
    (0xa0, 0xa0),
    (0x1680, 0x1680),
    (0x2000, 0x200a),
    (0x2028, 0x2029),
    (0x202f, 0x202f),
    (0x205f, 0x205f),
    (0x3000, 0x3000),
    (0xfeff, 0xfeff),
];

/// `String.prototype.trim`.
pub(crate) fn trim(text: &str) -> &str {
    text.trim_matches(|character| {
        let code = u32::from(character);
        WHITE_SPACE.iter().any(|&(low, high)| (u32::from(low)..=u32::from(high)).contains(&code))
    })
}

/// `Number(value)` of what JSON can say (ECMA-262 section 7.1.4); `NaN` for what is none.
pub(crate) fn to_number(value: &Json) -> f64 {
    match value {
        Json::Null => 0.0,
        Json::Bool(value) => f64::from(u8::from(*value)),
        Json::Integer(_) | Json::Float(_) => value.as_number().unwrap_or(f64::NAN),
        Json::String(text) => string_to_number(text),
        // By way of the text, which is that of the only element; two of them have a comma between.
        Json::Array(elements) => match elements.as_slice() {
            [] | [Json::Null] => 0.0,
            [Json::Bool(_)] => f64::NAN,
            [one] => to_number(one),
            _ => f64::NAN,
        },
        Json::Object(_) => f64::NAN,
    }
}

/// `StringToNumber` (ECMA-262 section 7.1.4.1.1): the whole text is one number, white space around
/// it aside; `NaN` for what is none.
pub(crate) fn string_to_number(text: &str) -> f64 {
    let text = trim(text);
    for (prefix, radix) in [("0x", 16), ("0X", 16), ("0o", 8), ("0O", 8), ("0b", 2), ("0B", 2)] {
        if let Some(digits) = text.strip_prefix(prefix) {
            return digits_to_number(digits, radix);
        }
    }
    match text {
        "" => 0.0,
        "Infinity" | "+Infinity" => f64::INFINITY,
        "-Infinity" => f64::NEG_INFINITY,
        // Rust also reads words such as `inf`, JavaScript does not.
        _ if text.bytes().all(|b| b.is_ascii_digit() || b"+-.eE".contains(&b)) => {
            text.parse().unwrap_or(f64::NAN)
        }
        _ => f64::NAN,
    }
}

fn digits_to_number(digits: &str, radix: u32) -> f64 {
    let add = |sum: f64, digit: char| {
        digit.to_digit(radix).map(|digit| sum * f64::from(radix) + f64::from(digit))
    };
    let number = digits.chars().try_fold(0.0, add);
    number.filter(|_| !digits.is_empty()).unwrap_or(f64::NAN)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn upper(character: char) -> char {
        let mut units = [0; 2];
        let [unit] = *character.encode_utf16(&mut units) else { panic!("not one unit") };
        char::from_u32(u32::from(canonicalize(unit))).unwrap()
    }

    #[test]
    fn case_never_crosses_into_ascii_nor_into_two_units() {
        for (character, expected) in [
            ('a', 'A'),
            ('Z', 'Z'),
            ('_', '_'),
            ('ä', 'Ä'),
            ('µ', 'Μ'),
            ('μ', 'Μ'),
            ('ß', 'ß'),
            ('ŉ', 'ŉ'),
            ('ſ', 'ſ'),
            ('ı', 'ı'),
            ('\u{212a}', '\u{212a}'),
        ] {
            assert_eq!(upper(character), expected, "{character}");
        }
        assert_eq!(canonicalize(0xd801), 0xd801);
    }

    #[test]
    fn trimming_follows_ecmascript_and_not_unicode() {
        assert_eq!(trim("\u{feff}\t a b\u{2029}\u{a0}"), "a b");
        assert_eq!(trim("\u{85}a\u{200b}"), "\u{85}a\u{200b}");
    }

    #[test]
    fn values_become_numbers_as_javascript_has_it() {
        for (text, number) in [
            ("null", 0.0),
            ("true", 1.0),
            ("false", 0.0),
            ("-7", -7.0),
            ("1.5", 1.5),
            (r#"" 12 ""#, 12.0),
            (r#""""#, 0.0),
            (r#""\ufeff""#, 0.0),
            (r#""0x1F""#, 31.0),
            (r#""0b101""#, 5.0),
            (r#""1e3""#, 1000.0),
            (r#""-.5""#, -0.5),
            (r#""-Infinity""#, f64::NEG_INFINITY),
            ("[]", 0.0),
            ("[null]", 0.0),
            ("[[5]]", 5.0),
            (r#"["5"]"#, 5.0),
        ] {
            assert_eq!(to_number(&json(text)).to_bits(), number.to_bits(), "{text}");
        }
    }

    #[test]
    fn values_that_are_no_number_are_nan() {
        for text in [
            r#""a""#,
            r#""1 2""#,
            r#""1_0""#,
            r#""inf""#,
            r#""0x""#,
            r#""0x1g2""#,
            r#""-0x1""#,
            r#""\u00851""#,
            "{}",
            "[1,2]",
            "[true]",
            "[{}]",
        ] {
            assert!(to_number(&json(text)).is_nan(), "{text}");
        }
    }

    fn json(text: &str) -> Json {
        Json::parse(text.as_bytes(), &crate::budget::Budget::DEFAULT).unwrap()
    }
}
