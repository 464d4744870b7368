//! Permissions of version 2 tokens: a list of features, a list of names, and for each feature a
//! number whose bits say which of the names apply to it.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use crate::ecma::trim;

/// Decodes `fea` (as in `o:dashboard,u:search`), `per` (as in `manage,read`) and `fpm` (as in
/// `3,2`) into `org:<feature>:<permission>`.
///
/// Only features of the organisation have a mask; bit 0 is the first permission. Anything that is
/// missing or malformed grants nothing.
pub(super) fn decode(
    features: Option<&str>,
    names: Option<&str>,
    masks: Option<&str>,
) -> Vec<String> {
    let (Some(features), Some(names), Some(masks)) = (given(features), given(names), given(masks))
    else {
        return Vec::new();
    };
    let names: Vec<&str> = names.split(',').map(trim).collect();
    let features = features.split(',').map(trim).filter_map(organisation_feature);
    let mut permissions = Vec::new();
    for (feature, mask) in features.zip(masks.split(',')) {
        let bits = Bits::parse(trim(mask), names.len());
        for (name, _) in names.iter().zip(bits.0).filter(|(_, is_set)| *is_set) {
            permissions.push(format!("org:{feature}:{name}"));
        }
    }
    permissions
}

/// An empty list counts as none.
fn given(text: Option<&str>) -> Option<&str> {
    text.filter(|text| !text.is_empty())
}

/// The name of a feature that belongs to the organisation (`o`, or both: `ou`, `uo`).
fn organisation_feature(entry: &str) -> Option<&str> {
    let (scope, name) = entry.split_once(':')?;
    matches!(scope, "o" | "ou" | "uo").then_some(name)
}

/// The low bits of a decimal number of any length, the lowest first.
struct Bits(Vec<bool>);

impl Bits {
    /// Halves the number once per bit: `count` is the number of permission names, and both are
    /// bounded by the size of the token.
    fn parse(text: &str, count: usize) -> Self {
        if text.is_empty() || !text.bytes().all(|byte| byte.is_ascii_digit()) {
            return Self(Vec::new());
        }
        let mut digits: Vec<u8> = text.bytes().map(|byte| byte - b'0').collect();
        let mut bits = Vec::with_capacity(count);
        while bits.len() < count && digits.iter().any(|digit| *digit != 0) {
            bits.push(halve(&mut digits));
        }
        Self(bits)
    }
}

/// Divides a decimal number by two; returns the remainder.
fn halve(digits: &mut [u8]) -> bool {
    let mut is_odd = false;
    for digit in digits {
        let value = *digit + if is_odd { 10 } else { 0 };
        *digit = value / 2;
        is_odd = value % 2 == 1;
    }
    is_odd
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decoded(features: &str, names: &str, masks: &str) -> Vec<String> {
        decode(Some(features), Some(names), Some(masks))
    }

    #[test]
    fn bits_choose_the_permissions_of_each_feature() {
        assert_eq!(
            decoded("o:dashboard,o:teams", "manage,read", "3,2"),
            ["org:dashboard:manage", "org:dashboard:read", "org:teams:read"]
        );
    }

    #[test]
    fn features_of_the_user_take_no_mask() {
        assert_eq!(decoded("u:search,o:teams", "manage,read", "1"), ["org:teams:manage"]);
        assert_eq!(decoded("ou:a,uo:b", "x", "1,1"), ["org:a:x", "org:b:x"]);
        assert_eq!(decoded("org:a,foo:b,\u{85}o:c,o:d", "x", "1"), ["org:d:x"]);
    }

    #[test]
    fn masks_may_be_longer_than_any_machine_integer() {
        let names: Vec<String> = (0..130).map(|i| format!("p{i}")).collect();
        // 2^129 + 2^53 + 1
        let mask = "680564733841876926926758222062791163905";
        let names = names.join(",");
        assert_eq!(decoded("o:f", &names, mask), ["org:f:p0", "org:f:p53", "org:f:p129"]);
    }

    #[test]
    fn malformed_parts_grant_nothing() {
        assert!(decode(Some("o:a"), None, Some("1")).is_empty());
        assert!(decoded("o:a", "x", "").is_empty());
        assert!(decoded("o:a", "x", "-1").is_empty());
        assert!(decoded("o:a", "x", "0x1").is_empty());
        assert!(decoded("a", "x", "1").is_empty());
        assert_eq!(decoded("o:a,o:b", "x", "1"), ["org:a:x"]);
    }

    #[test]
    fn white_space_is_that_of_javascript() {
        assert_eq!(decoded("\u{feff}o:a\u{feff}", " x\u{a0}", "1\t"), ["org:a:x"]);
    }
}
