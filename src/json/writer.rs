//! Writing JSON objects: few, flat and on the hot path, so without a serialiser in between.

use alloc::string::String;
use core::fmt::Write;

use super::Json;

/// One JSON object in the making; members appear in the order of the calls.
pub(crate) struct ObjectWriter {
    text: String,
}

impl ObjectWriter {
    pub(crate) fn new() -> Self {
        Self::with_capacity(128)
    }

    /// For an object of about so many bytes.
    pub(crate) fn with_capacity(bytes: usize) -> Self {
        let mut text = String::with_capacity(bytes);
        text.push('{');
        Self { text }
    }

    /// A member whose value is JSON already.
    pub(crate) fn raw(mut self, name: &str, json: &str) -> Self {
        self.begin(name);
        self.text.push_str(json);
        self
    }

    pub(crate) fn string(mut self, name: &str, value: &str) -> Self {
        self.begin(name);
        push_string(&mut self.text, value);
        self
    }

    fn begin(&mut self, name: &str) {
        if self.text.len() > 1 {
            self.text.push(',');
        }
        push_string(&mut self.text, name);
        self.text.push(':');
    }

    /// A string or `null`.
    pub(crate) fn maybe_string(self, name: &str, value: Option<&str>) -> Self {
        match value {
            Some(value) => self.string(name, value),
            None => self.raw(name, "null"),
        }
    }

    /// Any value or `null`.
    pub(crate) fn maybe_json(self, name: &str, value: Option<&Json>) -> Self {
        match value {
            Some(value) => self.raw(name, &to_text(value)),
            None => self.raw(name, "null"),
        }
    }

    pub(crate) fn bool(self, name: &str, value: bool) -> Self {
        self.raw(name, if value { "true" } else { "false" })
    }

    pub(crate) fn finish(mut self) -> String {
        self.text.push('}');
        self.text
    }
}

/// One JSON array in the making, without a text of its own for each element.
#[cfg(feature = "wasm")]
pub(crate) struct ArrayWriter {
    text: String,
}

#[cfg(feature = "wasm")]
impl ArrayWriter {
    /// For an array of about so many bytes.
    pub(crate) fn with_capacity(bytes: usize) -> Self {
        let mut text = String::with_capacity(bytes);
        text.push('[');
        Self { text }
    }

    /// A value that is JSON already.
    pub(crate) fn raw(&mut self, json: &str) {
        self.begin();
        self.text.push_str(json);
    }

    pub(crate) fn string(&mut self, value: &str) {
        self.begin();
        push_string(&mut self.text, value);
    }

    /// A string or `null`.
    pub(crate) fn maybe_string(&mut self, value: Option<&str>) {
        match value {
            Some(value) => self.string(value),
            None => self.raw("null"),
        }
    }

    /// An array of strings or `null`.
    pub(crate) fn maybe_strings(&mut self, values: Option<&[String]>) {
        let Some(values) = values else { return self.raw("null") };
        let mut array = Self::with_capacity(64);
        for value in values {
            array.string(value);
        }
        self.raw(&array.finish());
    }

    pub(crate) fn finish(mut self) -> String {
        self.text.push(']');
        self.text
    }

    fn begin(&mut self) {
        if self.text.len() > 1 {
            self.text.push(',');
        }
    }
}

/// An array of already written values.
pub(crate) fn array<T: AsRef<str>>(values: impl IntoIterator<Item = T>) -> String {
    let mut text = String::from("[");
    for value in values {
        if text.len() > 1 {
            text.push(',');
        }
        text.push_str(value.as_ref());
    }
    text.push(']');
    text
}

/// A JSON string for `value`.
pub(crate) fn string(value: &str) -> String {
    let mut text = String::with_capacity(value.len() + 2);
    push_string(&mut text, value);
    text
}

/// The text of an integer.
pub(crate) fn integer(number: i64) -> String {
    itoa::Buffer::new().format(number).into()
}

/// The text of a value.
pub(crate) fn to_text(value: &Json) -> String {
    match value {
        Json::Null => String::from("null"),
        Json::Bool(true) => String::from("true"),
        Json::Bool(false) => String::from("false"),
        Json::Integer(number) => integer(*number),
        Json::Float(number) => number_text(*number),
        Json::String(value) => string(value),
        Json::Array(elements) => array(elements.iter().map(to_text)),
        Json::Object(members) => members
            .iter()
            .fold(ObjectWriter::new(), |writer, (name, value)| writer.raw(name, &to_text(value)))
            .finish(),
    }
}

/// A number as JavaScript writes it (ECMA-262 section 6.1.6.1.20).
fn number_text(number: f64) -> String {
    if number == 0.0 {
        return String::from("0");
    }
    if (1e-6..1e21).contains(&number.abs()) {
        return alloc::format!("{number}");
    }
    let text = alloc::format!("{number:e}");
    if number.abs() < 1.0 { text } else { text.replace('e', "e+") }
}

/// RFC 8259 section 7: only the quote, the backslash and controls must be escaped.
fn push_string(text: &mut String, value: &str) {
    text.push('"');
    let mut rest = value;
    // Nearly all text needs no escape, so it is copied in large pieces.
    while let Some((plain, escaped)) = split_at_escape(rest) {
        text.push_str(plain);
        let mut characters = escaped.chars();
        match characters.next().unwrap_or_default() {
            '"' => text.push_str("\\\""),
            '\\' => text.push_str("\\\\"),
            // The short forms that JavaScript writes, too.
            '\u{8}' => text.push_str("\\b"),
            '\t' => text.push_str("\\t"),
            '\n' => text.push_str("\\n"),
            '\u{c}' => text.push_str("\\f"),
            '\r' => text.push_str("\\r"),
            control if control < ' ' => {
                // Writing to a String cannot fail.
                let _ = write!(text, "\\u{:04x}", u32::from(control));
            }
            other => text.push(other),
        }
        rest = characters.as_str();
    }
    text.push_str(rest);
    text.push('"');
}

/// The text before the first character that must be escaped, and the text from there on.
fn split_at_escape(text: &str) -> Option<(&str, &str)> {
    // Sixteen at a time, which the compiler makes one comparison of.
    let (blocks, _) = text.as_bytes().as_chunks::<16>();
    let is_plain =
        |block: &&[u8; 16]| !block.iter().fold(false, |any, byte| any | is_escaped(*byte));
    let plain = blocks.iter().take_while(is_plain).count() * 16;
    let at = text.bytes().skip(plain).position(is_escaped)?;
    text.split_at_checked(plain + at)
}

fn is_escaped(byte: u8) -> bool {
    byte < b' ' || byte == b'"' || byte == b'\\'
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::budget::Budget;

    #[test]
    fn what_is_written_reads_back_the_same() {
        let text = r#"{"a":[null,true,false,-7,1.5,1e300,"x\"\\\u0001ä"],"b":{"":{}},"c":[]}"#;
        let value = Json::parse(text.as_bytes(), &Budget::DEFAULT).unwrap();
        let written = to_text(&value);
        assert_eq!(Json::parse(written.as_bytes(), &Budget::DEFAULT).unwrap(), value, "{written}");
    }

    #[test]
    fn numbers_are_written_as_javascript_does() {
        for (number, text) in [
            (12.5, "12.5"),
            (-0.0, "0"),
            (1e21, "1e+21"),
            (1.5e300, "1.5e+300"),
            (1e-7, "1e-7"),
            (0.000_001, "0.000001"),
            (123_456_789_012_345_680_000.0, "123456789012345680000"),
        ] {
            assert_eq!(to_text(&Json::Float(number)), text);
        }
    }

    #[test]
    fn objects_are_written_member_by_member() {
        let text = ObjectWriter::new()
            .string("a", "\n")
            .maybe_string("b", None)
            .bool("c", true)
            .raw("d", &array([string("x"), string("y")]))
            .maybe_json("e", None)
            .finish();
        assert_eq!(text, r#"{"a":"\n","b":null,"c":true,"d":["x","y"],"e":null}"#);
    }
}
