//! Character rules of ECMAScript, on which the peers' patterns and lists depend.

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
}
