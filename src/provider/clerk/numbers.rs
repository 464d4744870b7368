//! Numbers in cookies and claims, read as JavaScript reads them: the peer's choices depend on it.

use crate::ecma;
use crate::json::Json;

/// `parseInt(text) || 0`: leading digits after white space and a sign, `0x` for hexadecimal.
pub(super) fn parse_int(text: &str) -> f64 {
    let text = text.trim_start();
    let (sign, text) = match text.strip_prefix('-') {
        Some(rest) => (-1.0, rest),
        None => (1.0, text.strip_prefix('+').unwrap_or(text)),
    };
    let (radix, text) = match text.strip_prefix("0x").or_else(|| text.strip_prefix("0X")) {
        Some(rest) => (16, rest),
        None => (10, text),
    };
    sign * leading_digits(text, radix)
}

/// `Number(text) || 0`.
pub(super) fn number(text: &str) -> f64 {
    let number = ecma::string_to_number(text);
    if number.is_nan() { 0.0 } else { number }
}

/// What a value counts as where it is compared with a number.
pub(super) fn value(json: &Json) -> f64 {
    ecma::to_number(json)
}

fn leading_digits(text: &str, radix: u32) -> f64 {
    let digits = text.chars().map_while(|character| character.to_digit(radix));
    digits.fold(0.0, |value, digit| value * f64::from(radix) + f64::from(digit))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::budget::Budget;

    #[test]
    #[expect(clippy::float_cmp, reason = "all values are exact")]
    fn integers_are_read_from_the_start() {
        for (text, value) in [
            ("123abc", 123.0),
            ("0x10", 16.0),
            ("1e3", 1.0),
            ("-5", -5.0),
            ("0.9", 0.0),
            (" 7", 7.0),
            ("", 0.0),
            ("x", 0.0),
            ("+8", 8.0),
        ] {
            assert_eq!(parse_int(text), value, "{text:?}");
        }
    }

    #[test]
    #[expect(clippy::float_cmp, reason = "all values are exact")]
    fn numbers_are_read_whole() {
        for (text, value) in [
            ("0x3", 3.0),
            ("3.0", 3.0),
            (" 3 ", 3.0),
            ("\"3\"", 0.0),
            ("3x", 0.0),
            ("-1", -1.0),
            ("1e2", 100.0),
            (".5", 0.5),
            ("inf", 0.0),
            ("nan", 0.0),
            ("0b11", 3.0),
            ("-0x3", 0.0),
            ("", 0.0),
        ] {
            assert_eq!(number(text), value, "{text:?}");
        }
    }

    #[test]
    fn values_count_as_javascript_compares_them() {
        let json = |text: &str| Json::parse(text.as_bytes(), &Budget::DEFAULT).unwrap();
        for (text, expected) in [
            ("7", Some(7.0)),
            ("7.5", Some(7.5)),
            ("null", Some(0.0)),
            ("true", Some(1.0)),
            ("false", Some(0.0)),
            ("\" 7 \"", Some(7.0)),
            ("\"\"", Some(0.0)),
            ("\"x\"", None),
            ("\"0xg\"", None),
            ("[]", Some(0.0)),
            ("[7]", Some(7.0)),
            ("[[\"7\"]]", Some(7.0)),
            ("[null]", Some(0.0)),
            ("[true]", None),
            ("[1,2]", None),
            ("{}", None),
        ] {
            let number = Some(value(&json(text))).filter(|number| !number.is_nan());
            assert_eq!(number, expected, "{text}");
        }
    }
}
