//! JSON as security tokens need it (RFC 8259, RFC 7515 section 4): no duplicate members at any
//! depth, no lone surrogates, no byte order mark, nothing after the value, bounded work.

mod exact;
mod stringify;
pub(crate) mod writer;

pub(crate) use stringify::stringify;

/// The name of a member. Names are short: those of up to 22 bytes take no memory of their own.
pub use smol_str::SmolStr as Name;

use alloc::string::String;
use alloc::vec::Vec;
use core::cell::Cell;
use core::fmt;
use serde::de::{DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};

use crate::budget::Budget;
use crate::bytes::equal;

/// A JSON value. Members keep their order and are unique.
#[derive(Clone, Debug, PartialEq)]
pub enum Json {
    /// `null`
    Null,
    /// `true` or `false`
    Bool(bool),
    /// A number written without fraction and exponent that fits 64 signed bits.
    Integer(i64),
    /// Any other finite number.
    Float(f64),
    /// A string; always valid Unicode.
    String(String),
    /// An array.
    Array(Vec<Json>),
    /// An object.
    Object(Vec<(Name, Json)>),
}

impl Json {
    /// Parses one JSON text.
    ///
    /// # Errors
    /// Says which rule the text breaks; see [`JsonFault`].
    pub fn parse(bytes: &[u8], budget: &Budget) -> Result<Self, JsonFault> {
        Self::parse_text(core::str::from_utf8(bytes).map_err(|_| JsonFault::NotUtf8)?, budget)
    }

    /// The same for a text that is known to be UTF-8.
    pub(crate) fn parse_text(text: &str, budget: &Budget) -> Result<Self, JsonFault> {
        let state = State {
            fault: Cell::new(None),
            members_left: Cell::new(budget.json_members),
            has_floats: Cell::new(false),
        };
        let mut deserializer = serde_json::Deserializer::from_str(text);
        let seed = Seed { state: &state, depth_left: budget.json_depth.min(MAX_DEPTH) };
        let mut value = seed
            .deserialize(&mut deserializer)
            .and_then(|value| deserializer.end().map(|()| value))
            .map_err(|_| state.fault.get().unwrap_or(JsonFault::Syntax))?;
        if state.has_floats.get() {
            exact::correct(&mut value, text);
        }
        Ok(value)
    }

    /// The member `name` of an object; `None` for a missing member and for anything but an object.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Json> {
        self.members().iter().find(|(key, _)| key == name).map(|(_, value)| value)
    }

    /// The members of an object in their order; empty for anything else.
    #[must_use]
    pub fn members(&self) -> &[(Name, Json)] {
        match self {
            Self::Object(members) => members,
            _ => &[],
        }
    }

    /// The text of a string.
    #[must_use]
    pub fn as_str(&self) -> Option<&str> {
        match self {
            Self::String(text) => Some(text),
            _ => None,
        }
    }

    /// The elements of an array.
    #[must_use]
    pub fn as_array(&self) -> Option<&[Json]> {
        match self {
            Self::Array(elements) => Some(elements),
            _ => None,
        }
    }

    /// The value of an integer.
    #[must_use]
    pub const fn as_integer(&self) -> Option<i64> {
        match self {
            Self::Integer(value) => Some(*value),
            _ => None,
        }
    }

    /// The value of a number, as a double (as JavaScript has all of them).
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "all numbers are doubles in JavaScript")]
    pub const fn as_number(&self) -> Option<f64> {
        match self {
            Self::Integer(value) => Some(*value as f64),
            Self::Float(value) => Some(*value),
            _ => None,
        }
    }

    /// The value of a boolean.
    #[must_use]
    pub const fn as_bool(&self) -> Option<bool> {
        match self {
            Self::Bool(value) => Some(*value),
            _ => None,
        }
    }

    /// About how many bytes the value takes up.
    pub(crate) fn size(&self) -> usize {
        let own = size_of::<Self>();
        own + match self {
            Self::Null | Self::Bool(_) | Self::Integer(_) | Self::Float(_) => 0,
            Self::String(text) => text.len(),
            Self::Array(elements) => elements.iter().map(Self::size).sum(),
            Self::Object(members) => members
                .iter()
                .map(|(name, value)| size_of::<String>() + name.len() + value.size())
                .sum(),
        }
    }

    /// The type as messages name it.
    #[must_use]
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Bool(_) => "boolean",
            Self::Integer(_) | Self::Float(_) => "number",
            Self::String(_) => "string",
            Self::Array(_) => "array",
            Self::Object(_) => "object",
        }
    }
}

/// Why a text was refused as JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum JsonFault {
    /// The bytes are not UTF-8.
    NotUtf8,
    /// The text does not follow the grammar, holds a lone surrogate or a number out of range.
    Syntax,
    /// An object names a member twice.
    DuplicateMember,
    /// Arrays and objects are nested deeper than the budget.
    TooDeep,
    /// More members and elements than the budget.
    TooManyMembers,
}

/// The depth up to which the parser goes, whatever the budget: beyond it `serde_json` itself stops,
/// so as to keep its own stack small, and cannot say why.
const MAX_DEPTH: usize = 126;

/// What one parse shares among its levels: serde's errors cannot carry our fault.
struct State {
    fault: Cell<Option<JsonFault>>,
    members_left: Cell<usize>,
    has_floats: Cell<bool>,
}

impl State {
    fn refuse<E: serde::de::Error>(&self, fault: JsonFault) -> E {
        self.fault.set(Some(fault));
        E::custom("refused")
    }

    fn count_member<E: serde::de::Error>(&self) -> Result<(), E> {
        match self.members_left.get().checked_sub(1) {
            Some(left) => {
                self.members_left.set(left);
                Ok(())
            }
            None => Err(self.refuse(JsonFault::TooManyMembers)),
        }
    }
}

struct Seed<'s> {
    state: &'s State,
    depth_left: usize,
}

impl Seed<'_> {
    fn deeper<E: serde::de::Error>(&self) -> Result<Self, E> {
        match self.depth_left.checked_sub(1) {
            Some(depth_left) => Ok(Self { state: self.state, depth_left }),
            None => Err(self.state.refuse(JsonFault::TooDeep)),
        }
    }
}

impl Clone for Seed<'_> {
    fn clone(&self) -> Self {
        Self { state: self.state, depth_left: self.depth_left }
    }
}

impl<'de> DeserializeSeed<'de> for Seed<'_> {
    type Value = Json;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Json, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Seed<'_> {
    type Value = Json;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> Result<Json, E> {
        Ok(Json::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Json, E> {
        Ok(Json::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Json, E> {
        Ok(Json::Integer(value))
    }

    #[expect(clippy::cast_precision_loss, reason = "larger integers are doubles in JavaScript too")]
    fn visit_u64<E>(self, value: u64) -> Result<Json, E> {
        Ok(i64::try_from(value).map_or(Json::Float(value as f64), Json::Integer))
    }

    fn visit_f64<E: serde::de::Error>(self, value: f64) -> Result<Json, E> {
        self.state.has_floats.set(true);
        if value.is_finite() { Ok(Json::Float(value)) } else { Err(E::custom("out of range")) }
    }

    fn visit_str<E>(self, value: &str) -> Result<Json, E> {
        Ok(Json::String(value.into()))
    }

    fn visit_string<E>(self, value: String) -> Result<Json, E> {
        Ok(Json::String(value))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut sequence: A) -> Result<Json, A::Error> {
        let seed = self.deeper()?;
        let mut elements = Vec::new();
        while let Some(element) = sequence.next_element_seed(seed.clone())? {
            seed.state.count_member()?;
            elements.push(element);
        }
        Ok(Json::Array(elements))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Json, A::Error> {
        let seed = self.deeper()?;
        let mut members: Vec<(Name, Json)> = Vec::new();
        while let Some(name) = map.next_key::<Name>()? {
            seed.state.count_member()?;
            members.push((name, map.next_value_seed(seed.clone())?));
        }
        if has_duplicate(&members) {
            return Err(seed.state.refuse(JsonFault::DuplicateMember));
        }
        Ok(Json::Object(members))
    }
}

/// So many names are compared each with each faster than they are sorted.
const FEW: usize = 32;

/// Whether two members have the same name (after escapes are resolved, RFC 8259 section 8.3).
fn has_duplicate(members: &[(Name, Json)]) -> bool {
    if members.len() <= FEW {
        let mut rest = members;
        while let [(name, _), others @ ..] = rest {
            if others.iter().any(|(other, _)| equal(other.as_bytes(), name.as_bytes())) {
                return true;
            }
            rest = others;
        }
        return false;
    }
    let mut names: Vec<&str> = members.iter().map(|(name, _)| name.as_str()).collect();
    names.sort_unstable();
    names.windows(2).any(|pair| matches!(pair, [a, b] if a == b))
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::string::ToString;

    fn parse(text: &str) -> Result<Json, JsonFault> {
        Json::parse(text.as_bytes(), &Budget::DEFAULT)
    }

    #[test]
    fn values_keep_their_types() {
        let value =
            parse(r#"{"a":[null,true,-7,1.5,"x"],"b":{"c":18446744073709551615}}"#).unwrap();
        assert_eq!(
            value.get("a").unwrap().as_array().unwrap(),
            [
                Json::Null,
                Json::Bool(true),
                Json::Integer(-7),
                Json::Float(1.5),
                Json::String("x".to_string())
            ]
        );
        assert!(matches!(value.get("b").unwrap().get("c"), Some(Json::Float(_))));
    }

    #[test]
    fn duplicate_members_are_refused_at_every_depth() {
        for text in [r#"{"a":1,"a":2}"#, r#"{"a":1,"\u0061":2}"#, r#"[{"x":{"a":1,"b":2,"a":3}}]"#]
        {
            assert_eq!(parse(text), Err(JsonFault::DuplicateMember), "{text}");
        }
        assert!(parse(r#"{"a":{"a":{"a":1}}}"#).is_ok());
    }

    #[test]
    fn the_grammar_is_strict() {
        for text in [
            "",
            " ",
            "{",
            "[1,]",
            "{'a':1}",
            "01",
            "1e400",
            "nul",
            "\u{feff}{}",
            "{} {}",
            "\"\\ud800\"",
            "\"\\udc00x\"",
            "\"\n\"",
            "NaN",
            "/**/1",
        ] {
            assert_eq!(parse(text), Err(JsonFault::Syntax), "{text:?}");
        }
        assert_eq!(Json::parse(&[b'"', 0xff, b'"'], &Budget::DEFAULT), Err(JsonFault::NotUtf8));
        assert_eq!(parse(r#""\ud83d\ude00""#), Ok(Json::String("😀".to_string())));
    }

    #[test]
    fn budgets_have_their_own_faults() {
        let nested = |depth: usize| "[".repeat(depth) + &"]".repeat(depth);
        assert!(parse(&nested(Budget::DEFAULT.json_depth)).is_ok());
        assert_eq!(parse(&nested(Budget::DEFAULT.json_depth + 1)), Err(JsonFault::TooDeep));
        assert_eq!(parse(&nested(10_000)), Err(JsonFault::TooDeep));
        let endless = Budget { json_depth: usize::MAX, ..Budget::DEFAULT };
        assert!(Json::parse(nested(MAX_DEPTH).as_bytes(), &endless).is_ok());
        let deeper = Json::parse(nested(MAX_DEPTH + 1).as_bytes(), &endless);
        assert_eq!(deeper, Err(JsonFault::TooDeep));
        let wide = |count: usize| "[".to_string() + &"1,".repeat(count - 1) + "1]";
        assert!(parse(&wide(Budget::DEFAULT.json_members)).is_ok());
        let too_wide = wide(Budget::DEFAULT.json_members + 1);
        assert_eq!(parse(&too_wide), Err(JsonFault::TooManyMembers));
    }
}
