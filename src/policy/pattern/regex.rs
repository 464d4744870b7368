//! The regular expressions inside of groups: ECMAScript without `u`, less look-arounds,
//! back-references and captures (ECMA-262 sections 22.2.1 and B.1.2).

use alloc::boxed::Box;
use alloc::vec::Vec;

use super::class::Escape;
use super::error::{PatternError, PatternFault};
use super::node::{Assertion, Node};
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

pub(super) struct Parser<'u> {
    pub(super) units: &'u [u16],
    /// The place of the next unit.
    pub(super) next: usize,
    /// Where the group starts in the pattern.
    pub(super) at: usize,
    /// How many units may still be folded for classes.
    pub(super) class_units: usize,
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

    pub(super) fn peek(&self) -> Option<char> {
        self.units.get(self.next).copied().map(char_of)
    }

    /// The next unit; the caller has looked that there is one.
    pub(super) fn bump(&mut self) -> u16 {
        let unit = self.units.get(self.next).copied().unwrap_or_default();
        self.next += 1;
        unit
    }

    pub(super) fn take(&mut self, expected: char) -> bool {
        let is_next = self.peek() == Some(expected);
        self.next += usize::from(is_next);
        is_next
    }

    fn fault(&self, fault: PatternFault) -> PatternError {
        fault.at(self.at + self.next)
    }
}

/// The unit as a character to compare with the signs of the grammar, which are all ASCII.
pub(super) fn char_of(unit: u16) -> char {
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
