//! Sets of code units, without regard to upper and lower case.

use alloc::vec::Vec;

use crate::ecma::{WHITE_SPACE, canonicalize};

/// A set of canonical code units, as sorted ranges that do not touch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct UnitSet(Vec<(u16, u16)>);

const DIGITS: &[(u16, u16)] = &[(0x30, 0x39)];
/// `\w` after folding: digits, `A-Z` and `_`.
const WORD: &[(u16, u16)] = &[(0x30, 0x39), (0x41, 0x5a), (0x5f, 0x5f)];

impl UnitSet {
    pub(super) const fn empty() -> Self {
        Self(Vec::new())
    }

    /// The set behind `\d`, `\w`, `\s` or, for the upper-case letter, all but it.
    pub(super) fn class(letter: char) -> Option<Self> {
        let ranges = match letter.to_ascii_lowercase() {
            'd' => DIGITS,
            'w' => WORD,
            's' => WHITE_SPACE,
            _ => return None,
        };
        let set = Self(ranges.to_vec());
        Some(if letter.is_ascii_uppercase() { set.complement() } else { set })
    }

    /// Every unit but those of `text`.
    pub(super) fn all_but(text: impl IntoIterator<Item = char>) -> Self {
        let mut set = Self::empty();
        let mut units = [0; 2];
        for character in text {
            for &unit in &*character.encode_utf16(&mut units) {
                set.insert(unit, unit);
            }
        }
        set.complement()
    }

    /// Adds every case of the units from `low` to `high`.
    pub(super) fn insert(&mut self, low: u16, high: u16) {
        for unit in low..=high {
            self.add(canonicalize(unit), canonicalize(unit));
        }
    }

    pub(super) fn extend(&mut self, other: &Self) {
        other.0.iter().for_each(|&(low, high)| self.add(low, high));
    }

    /// Adds a range of canonical units and unites all that it touches.
    fn add(&mut self, low: u16, high: u16) {
        let start = self.0.partition_point(|range| range.1.saturating_add(1) < low);
        let end = self.0.partition_point(|range| range.0 <= high.saturating_add(1));
        let touched = self.0.get(start..end).unwrap_or_default();
        let low = touched.first().map_or(low, |range| range.0.min(low));
        let high = touched.last().map_or(high, |range| range.1.max(high));
        self.0.splice(start..end.max(start), [(low, high)]);
    }

    pub(super) fn complement(&self) -> Self {
        let mut ranges = Vec::new();
        let mut start = Some(0);
        for &(low, high) in &self.0 {
            if let (Some(start), Some(end)) = (start, low.checked_sub(1))
                && start <= end
            {
                ranges.push((start, end));
            }
            start = high.checked_add(1);
        }
        ranges.extend(start.map(|start| (start, u16::MAX)));
        Self(ranges)
    }

    /// Whether `unit`, which is canonical, is in the set.
    pub(super) fn contains(&self, unit: u16) -> bool {
        let after = self.0.partition_point(|&(low, _)| low <= unit);
        let range = after.checked_sub(1).and_then(|index| self.0.get(index));
        range.is_some_and(|&(_, high)| unit <= high)
    }
}

/// Whether a canonical unit is a `WordCharacter` (ECMA-262 section 22.2.2.7.1).
pub(super) fn is_word(unit: u16) -> bool {
    WORD.iter().any(|&(low, high)| (low..=high).contains(&unit))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn has(set: &UnitSet, character: char) -> bool {
        set.contains(canonicalize(u16::try_from(u32::from(character)).unwrap()))
    }

    #[test]
    fn classes_and_their_negations() {
        for (letter, inside, outside) in [
            ('d', "09", "aA_/"),
            ('w', "azAZ09_", "-/ä"),
            ('s', " \t\n\u{feff}\u{2028}", "a\u{85}"),
        ] {
            let set = UnitSet::class(letter).unwrap();
            let negated = UnitSet::class(letter.to_ascii_uppercase()).unwrap();
            for character in inside.chars() {
                assert!(has(&set, character) && !has(&negated, character), "{letter} {character}");
            }
            for character in outside.chars() {
                assert!(!has(&set, character) && has(&negated, character), "{letter} {character}");
            }
        }
        assert_eq!(UnitSet::class('x'), None);
    }

    #[test]
    fn ranges_hold_all_cases() {
        let mut set = UnitSet::empty();
        set.insert(u16::from(b'X'), u16::from(b'b'));
        for character in "xyzXYZ[\\]^_`aAbB".chars() {
            assert!(has(&set, character), "{character}");
        }
        assert!(!has(&set, 'c') && !has(&set, 'w'));
        set.insert(0xe4, 0xe4);
        assert!(has(&set, 'Ä'));
        assert!(!has(&set.complement(), 'Ä'));
    }

    #[test]
    fn the_ends_of_the_range_of_units_are_kept() {
        let mut ends = UnitSet::empty();
        ends.insert(0, 0);
        ends.insert(u16::MAX, u16::MAX);
        assert_eq!(ends.complement(), UnitSet([(1, u16::MAX - 1)].into()));
        assert_eq!(ends.complement().complement(), ends);
        assert_eq!(UnitSet::empty().complement().complement(), UnitSet::empty());
        let mut all = UnitSet::empty();
        all.insert(0, u16::MAX);
        assert!((0..=u16::MAX).all(|unit| all.contains(canonicalize(unit))));
        let rest = UnitSet::all_but("/#?".chars());
        assert!(has(&rest, 'a') && has(&rest, '\u{ffff}') && has(&rest, '\0') && !has(&rest, '#'));
    }

    #[test]
    fn sets_unite() {
        let mut set = UnitSet::class('d').unwrap();
        set.extend(&UnitSet::class('D').unwrap());
        assert_eq!(set, UnitSet::empty().complement());
    }
}
