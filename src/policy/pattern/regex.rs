//! The regular expressions inside of groups: ECMAScript without `u`, less look-arounds,
//! back-references and captures (ECMA-262 sections 22.2.1 and B.1.2).

use alloc::boxed::Box;
use alloc::vec::Vec;

use super::error::{PatternError, PatternFault};
use super::node::{Assertion, Node};
use super::set::UnitSet;
use crate::ecma::canonicalize;

/// Levels of nested groups: the parser calls itself once for each.
const MAX_DEPTH: usize = 32;
/// The largest number in `{m,n}`.
const MAX_COUNT: u32 = 1000;
/// Code units in all classes of a group together: each is folded on its own.
const MAX_CLASS_UNITS: usize = 1 << 18;

/// Reads the inside of a group that starts `at` this character of the pattern.
pub(super) fn parse(group: &str, at: usize) -> Result<Node, PatternError> {
    let units: Vec<u16> = group.encode_utf16().collect();
    let mut parser = Parser { units: &units, next: 0, at, class_units: MAX_CLASS_UNITS };
    let node = parser.alternatives(MAX_DEPTH)?;
    match parser.peek() {
        None => Ok(node),
        Some(_) => Err(parser.fault(PatternFault::Unbalanced)),
    }
}

struct Parser<'u> {
    units: &'u [u16],
    next: usize,
    at: usize,
    class_units: usize,
}

/// What an escape stands for.
enum Escape {
    Unit(u16),
    Set(UnitSet),
}

impl Escape {
    fn add_to(&self, set: &mut UnitSet) {
        match self {
            Self::Unit(unit) => set.insert(*unit, *unit),
            Self::Set(other) => set.extend(other),
        }
    }
}

impl Parser<'_> {
    fn alternatives(&mut self, depth: usize) -> Result<Node, PatternError> {
        let mut alternatives = Vec::new();
        loop {
            alternatives.push(self.sequence(depth)?);
            if !self.take('|') {
                return Ok(Node::alternate(alternatives));
            }
        }
    }

    fn sequence(&mut self, depth: usize) -> Result<Node, PatternError> {
        let mut nodes = Vec::new();
        while self.peek().is_some_and(|next| !matches!(next, '|' | ')')) {
            let node = self.atom(depth)?;
            let start = self.next;
            let node = match self.quantifier()? {
                None => node,
                Some(_) if matches!(node, Node::Assert(_)) => {
                    return Err(PatternFault::NothingToRepeat.at(self.at + start));
                }
                Some((min, max)) => {
                    let greedy = !self.take('?');
                    Node::Repeat { node: Box::new(node), min, max, greedy }
                }
            };
            nodes.push(node);
        }
        Ok(Node::concat(nodes))
    }

    fn atom(&mut self, depth: usize) -> Result<Node, PatternError> {
        let start = self.next;
        // A second quantifier, or one that follows nothing.
        if self.quantifier()?.is_some() {
            return Err(PatternFault::NothingToRepeat.at(self.at + start));
        }
        let unit = self.bump();
        Ok(match char_of(unit) {
            '^' => Node::Assert(Assertion::Start),
            '$' => Node::Assert(Assertion::End),
            '.' => Node::Any,
            '(' => self.group(depth)?,
            '[' => Node::Set(self.class(start)?),
            '\\' if self.take('b') => Node::Assert(Assertion::WordBoundary),
            '\\' if self.take('B') => Node::Assert(Assertion::NoWordBoundary),
            '\\' => match self.escape(start)? {
                Escape::Unit(unit) => Node::Unit(canonicalize(unit)),
                Escape::Set(set) => Node::Set(set),
            },
            _ => Node::Unit(canonicalize(unit)),
        })
    }

    /// The rest of a group after its `(`.
    fn group(&mut self, depth: usize) -> Result<Node, PatternError> {
        let start = self.next - 1;
        if !(self.take('?') && self.take(':')) {
            return Err(PatternFault::LookAround.at(self.at + start));
        }
        let Some(depth) = depth.checked_sub(1) else {
            return Err(PatternFault::TooLarge.at(self.at + start));
        };
        // Wrapped, because what follows may repeat a group but not a bare assertion.
        let node = Node::Concat([self.alternatives(depth)?].into());
        if self.take(')') { Ok(node) } else { Err(PatternFault::GroupUnclosed.at(self.at + start)) }
    }

    /// `*`, `+`, `?` or `{m,n}`; braces that hold anything else are literal.
    fn quantifier(&mut self) -> Result<Option<(u32, Option<u32>)>, PatternError> {
        let start = self.next;
        if self.take('*') {
            return Ok(Some((0, None)));
        }
        if self.take('+') {
            return Ok(Some((1, None)));
        }
        if self.take('?') {
            return Ok(Some((0, Some(1))));
        }
        let Some((min, max)) = self.braces() else {
            self.next = start;
            return Ok(None);
        };
        let fault = if max.is_some_and(|max| max < min) {
            PatternFault::RepeatOrder
        } else if min.max(max.unwrap_or(0)) > MAX_COUNT {
            PatternFault::TooLarge
        } else {
            return Ok(Some((min, max)));
        };
        Err(fault.at(self.at + start))
    }

    fn braces(&mut self) -> Option<(u32, Option<u32>)> {
        if !self.take('{') {
            return None;
        }
        let min = self.number()?;
        let max = match self.take(',') {
            false => Some(min),
            true if self.peek() == Some('}') => None,
            true => Some(self.number()?),
        };
        self.take('}').then_some((min, max))
    }

    fn number(&mut self) -> Option<u32> {
        let mut number = None;
        while let Some(digit) = self.peek().and_then(|next| next.to_digit(10)) {
            number = Some(number.unwrap_or(0_u32).saturating_mul(10).saturating_add(digit));
            self.next += 1;
        }
        number
    }

    /// The rest of an escape after its `\`, in or out of a class.
    fn escape(&mut self, start: usize) -> Result<Escape, PatternError> {
        let refuse = |fault: PatternFault| Err(fault.at(self.at + start));
        let Some(letter) = self.peek() else { return refuse(PatternFault::Escape) };
        if let Some(set) = UnitSet::class(letter) {
            self.next += 1;
            return Ok(Escape::Set(set));
        }
        let unit = match letter {
            't' => 0x09,
            'n' => 0x0a,
            'v' => 0x0b,
            'f' => 0x0c,
            'r' => 0x0d,
            '1'..='9' | 'k' => return refuse(PatternFault::BackReference),
            '0' | 'c' | 'x' | 'u' => return self.coded(start),
            other if other.is_ascii_alphanumeric() => return refuse(PatternFault::Escape),
            _ => self.units.get(self.next).copied().unwrap_or_default(),
        };
        self.next += 1;
        Ok(Escape::Unit(unit))
    }

    /// `\0`, `\cA`, `\x41` and `\u0041`.
    fn coded(&mut self, start: usize) -> Result<Escape, PatternError> {
        let letter = char_of(self.bump());
        let unit = match letter {
            '0' => Some(0).filter(|_| !self.peek().is_some_and(|next| next.is_ascii_digit())),
            'c' => {
                let control = self.peek().filter(char::is_ascii_alphabetic);
                self.next += 1;
                control.and_then(|control| u16::try_from(u32::from(control) % 32).ok())
            }
            'x' => self.hexadecimal(2),
            _ => self.hexadecimal(4),
        };
        unit.map(Escape::Unit).ok_or(PatternFault::Escape.at(self.at + start))
    }

    fn hexadecimal(&mut self, digits: usize) -> Option<u16> {
        let mut unit = 0_u16;
        for _ in 0..digits {
            let digit = u16::try_from(self.peek()?.to_digit(16)?).ok()?;
            unit = unit << 4 | digit;
            self.next += 1;
        }
        Some(unit)
    }

    /// The rest of a class after its `[`.
    fn class(&mut self, start: usize) -> Result<UnitSet, PatternError> {
        let is_negated = self.take('^');
        let mut set = UnitSet::empty();
        loop {
            if self.take(']') {
                return Ok(if is_negated { set.complement() } else { set });
            }
            let place = self.next;
            let low = self.class_atom(start)?;
            let is_range = self.peek() == Some('-')
                && self.units.get(self.next + 1).is_some_and(|next| char_of(*next) != ']');
            if !is_range {
                low.add_to(&mut set);
                continue;
            }
            let dash = Escape::Unit(self.bump());
            let high = self.class_atom(start)?;
            match (low, high) {
                (Escape::Unit(low), Escape::Unit(high)) => {
                    self.range(&mut set, low, high, place)?;
                }
                // Between sets the `-` is literal (ECMA-262 section B.1.2.8.1).
                (low, high) => [low, dash, high].iter().for_each(|one| one.add_to(&mut set)),
            }
        }
    }

    fn class_atom(&mut self, start: usize) -> Result<Escape, PatternError> {
        let place = self.next;
        if self.peek().is_none() {
            return Err(PatternFault::ClassUnclosed.at(self.at + start));
        }
        let unit = self.bump();
        if char_of(unit) != '\\' {
            return Ok(Escape::Unit(unit));
        }
        if self.take('b') {
            return Ok(Escape::Unit(0x08));
        }
        self.escape(place)
    }

    fn range(
        &mut self,
        set: &mut UnitSet,
        low: u16,
        high: u16,
        place: usize,
    ) -> Result<(), PatternError> {
        let refuse = |fault: PatternFault| fault.at(self.at + place);
        let distance = high.checked_sub(low).ok_or(refuse(PatternFault::ClassOrder))?;
        let left = self.class_units.checked_sub(usize::from(distance));
        self.class_units = left.ok_or(refuse(PatternFault::TooLarge))?;
        set.insert(low, high);
        Ok(())
    }

    fn peek(&self) -> Option<char> {
        self.units.get(self.next).copied().map(char_of)
    }

    /// The next unit; the caller has looked that there is one.
    fn bump(&mut self) -> u16 {
        let unit = self.units.get(self.next).copied().unwrap_or_default();
        self.next += 1;
        unit
    }

    fn take(&mut self, expected: char) -> bool {
        let is_next = self.peek() == Some(expected);
        self.next += usize::from(is_next);
        is_next
    }

    fn fault(&self, fault: PatternFault) -> PatternError {
        fault.at(self.at + self.next)
    }
}

/// The unit as a character to compare with the signs of the grammar, which are all ASCII.
fn char_of(unit: u16) -> char {
    char::from_u32(u32::from(unit)).unwrap_or(char::REPLACEMENT_CHARACTER)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_javascript_refuses_is_refused() {
        for (group, fault, at) in [
            ("*", PatternFault::NothingToRepeat, 0),
            ("a**", PatternFault::NothingToRepeat, 2),
            ("a|+", PatternFault::NothingToRepeat, 2),
            ("a{2}{3}", PatternFault::NothingToRepeat, 4),
            ("^*", PatternFault::NothingToRepeat, 1),
            (r"a\b+", PatternFault::NothingToRepeat, 3),
            ("a{3,2}", PatternFault::RepeatOrder, 1),
            ("[a", PatternFault::ClassUnclosed, 0),
            ("[z-a]", PatternFault::ClassOrder, 1),
            ("(?:[)]", PatternFault::GroupUnclosed, 0),
            ("[(?]))", PatternFault::Unbalanced, 4),
        ] {
            assert_eq!(parse(group, 0), Err(fault.at(at)), "{group}");
            assert_eq!(parse(group, 7), Err(fault.at(7 + at)), "{group}");
        }
    }

    #[test]
    fn groups_of_assertions_may_repeat() {
        assert!(parse("(?:^)*", 0).is_ok() && parse(r"(?:\b){2}", 0).is_ok());
    }

    #[test]
    fn what_is_not_supported_is_refused() {
        for (group, fault) in [
            ("(?=a)", PatternFault::LookAround),
            ("(?!a)", PatternFault::LookAround),
            ("(?<=a)", PatternFault::LookAround),
            ("(?<name>a)", PatternFault::LookAround),
            ("(?i:a)", PatternFault::LookAround),
            (r"\1", PatternFault::BackReference),
            (r"\k", PatternFault::BackReference),
            (r"\p{L}", PatternFault::Escape),
            (r"\01", PatternFault::Escape),
            (r"\x4", PatternFault::Escape),
            (r"\u12g4", PatternFault::Escape),
            (r"\c1", PatternFault::Escape),
            (r"[\B]", PatternFault::Escape),
            ("a{1001}", PatternFault::TooLarge),
            ("a{99999999999}", PatternFault::TooLarge),
        ] {
            assert_eq!(parse(group, 0).map_err(|error| error.fault), Err(fault), "{group}");
        }
        let deep = "(?:".repeat(MAX_DEPTH + 1) + &")".repeat(MAX_DEPTH + 1);
        assert_eq!(parse(&deep, 0).map_err(|error| error.fault), Err(PatternFault::TooLarge));
        let classes = r"[\0-\uffff]".repeat(5);
        assert_eq!(parse(&classes, 0).map_err(|error| error.fault), Err(PatternFault::TooLarge));
    }

    #[test]
    fn braces_and_brackets_without_partner_are_literal() {
        for (group, same_as) in
            [("a{", r"a\{"), ("a{,2}", r"a\{,2\}"), ("]}", r"\]\}"), ("{x}", r"\{x\}")]
        {
            assert_eq!(parse(group, 0), parse(same_as, 0), "{group}");
        }
    }

    #[test]
    fn escapes_name_units() {
        for (group, same_as) in [
            (r"\x41\u0042\cJ\0", "AB\n\0"),
            (r"\t\n\v\f\r", "\t\n\u{b}\u{c}\r"),
            (r"[\b\-\]]", "[-\u{8}\\]]"),
            (r"[\d-z]", "[0-9z\\-]"),
            ("[]", r"[^\s\S]"),
            ("[^]", r"[\s\S]"),
        ] {
            assert_eq!(parse(group, 0).unwrap(), parse(same_as, 0).unwrap(), "{group}");
        }
    }
}
