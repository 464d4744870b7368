//! Values as JavaScript writes them.

use alloc::string::String;
use alloc::vec::Vec;

use super::Json;
use super::writer::to_text;

/// The text that `JSON.stringify` gives: members whose names are array indices come first, in
/// ascending order (ECMA-262 section 10.1.11.1).
pub(crate) fn stringify(value: &Json) -> String {
    to_text(&ordered(value))
}

fn ordered(value: &Json) -> Json {
    match value {
        Json::Array(elements) => Json::Array(elements.iter().map(ordered).collect()),
        Json::Object(members) => {
            let mut ordered_members = Vec::with_capacity(members.len());
            let mut indices: Vec<u32> = Vec::new();
            for (name, value) in members {
                let member = (name.clone(), ordered(value));
                match array_index(name) {
                    None => ordered_members.push(member),
                    // Few if any, so that they are put in their place one by one.
                    Some(index) => {
                        let at = indices.partition_point(|other| *other < index);
                        indices.insert(at, index);
                        ordered_members.insert(at, member);
                    }
                }
            }
            Json::Object(ordered_members)
        }
        other => other.clone(),
    }
}

/// ECMA-262 section 6.1.7: a canonical numeric text below 2^32 - 1.
fn array_index(name: &str) -> Option<u32> {
    let is_canonical = name == "0" || !name.starts_with(['0', '+']);
    name.parse().ok().filter(|&index| is_canonical && index < u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::budget::Budget;

    fn json(text: &str) -> Json {
        Json::parse(text.as_bytes(), &Budget::DEFAULT).unwrap()
    }

    #[test]
    fn texts_are_ordered_as_javascript_orders_them() {
        let value = json(
            r#"{"b":1,"10":{"1":0,"a":0,"0":[{"x":0,"7":0}]},"2":1,"01":1,"-1":1,"4294967295":1,"4294967294":1}"#,
        );
        let expected = r#"{"2":1,"10":{"0":[{"7":0,"x":0}],"1":0,"a":0},"4294967294":1,"b":1,"01":1,"-1":1,"4294967295":1}"#;
        assert_eq!(stringify(&value), expected);
    }

    #[test]
    fn large_numbers_keep_all_their_digits() {
        let text = r#"[9007199254740993,-9223372036854775808,1e21,1.5]"#;
        assert_eq!(stringify(&json(text)), "[9007199254740993,-9223372036854775808,1e+21,1.5]");
    }
}
