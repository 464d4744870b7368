//! Exact fractions. `serde_json` may miss the nearest double by one, unless told to be exact in a
//! way that makes the module 6 % larger; the standard library's parser is exact and there anyway.

use super::Json;

/// Reads every number of `value` that is no integer again, from the JSON `text` it was parsed from.
pub(super) fn correct(value: &mut Json, text: &str) {
    correct_next(value, &mut Numbers { text });
}

/// Values stand in the text in the order in which they are visited here.
fn correct_next(value: &mut Json, numbers: &mut Numbers<'_>) {
    match value {
        Json::Integer(_) => {
            numbers.next();
        }
        Json::Float(number) => {
            // The grammar was checked; what rounds to infinity stays at the largest double.
            let exact = numbers.next().and_then(|text| text.parse().ok());
            *number = exact.filter(|exact: &f64| exact.is_finite()).unwrap_or(*number);
        }
        Json::Array(elements) => {
            elements.iter_mut().for_each(|element| correct_next(element, numbers));
        }
        Json::Object(members) => {
            members.iter_mut().for_each(|(_, member)| correct_next(member, numbers));
        }
        Json::Null | Json::Bool(_) | Json::String(_) => {}
    }
}

/// The numbers of a JSON text, one after the other.
struct Numbers<'t> {
    text: &'t str,
}

impl<'t> Iterator for Numbers<'t> {
    type Item = &'t str;

    fn next(&mut self) -> Option<&'t str> {
        loop {
            let start = self.text.find(|c: char| c == '"' || c == '-' || c.is_ascii_digit())?;
            let rest = self.text.get(start..)?;
            if let Some(string) = rest.strip_prefix('"') {
                self.text = after_string(string)?;
                continue;
            }
            let is_over =
                |c: char| !(c.is_ascii_digit() || matches!(c, '+' | '-' | '.' | 'e' | 'E'));
            let (number, rest) = rest.split_at_checked(rest.find(is_over).unwrap_or(rest.len()))?;
            self.text = rest;
            return Some(number);
        }
    }
}

/// What follows a string whose opening quote is gone.
fn after_string(mut text: &str) -> Option<&str> {
    loop {
        let rest = text.get(text.find(['"', '\\'])?..)?;
        match rest.strip_prefix('"') {
            Some(rest) => return Some(rest),
            // The escaped character, whatever it is, ends nothing.
            None => text = rest.get(1..)?.strip_prefix(|_: char| true)?,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::budget::Budget;
    use alloc::format;

    /// The bits of the number that stands last in an array.
    fn last(text: &str) -> u64 {
        let value = Json::parse(text.as_bytes(), &Budget::DEFAULT).unwrap();
        value.as_array().unwrap().last().unwrap().as_number().unwrap().to_bits()
    }

    #[test]
    fn every_number_is_the_nearest_double() {
        let mut bits: u64 = 0x9e37_79b9_7f4a_7c15;
        for _ in 0..20_000 {
            bits ^= bits << 13;
            bits ^= bits >> 7;
            bits ^= bits << 17;
            let number = f64::from_bits(bits);
            if number.is_finite() {
                assert_eq!(last(&format!("[{number:e}]")), bits, "{number:e}");
            }
        }
    }

    #[test]
    fn numbers_are_found_among_everything_else() {
        // One that `serde_json` reads otherwise.
        let number = 1.071_566_039_146_582_6e-75_f64;
        for before in [
            r#""0.5""#,
            r#""\"0.5""#,
            r#""\\""#,
            r#""\\\"-1""#,
            r#"{"1.5":[2.5,{"\"":-7}],"x":null}"#,
            r#""ä\u00221""#,
            "true",
            "1,-2,3e5",
        ] {
            assert_eq!(
                last(&format!("[{before},1.0715660391465826e-75]")),
                number.to_bits(),
                "{before}"
            );
        }
    }
}
