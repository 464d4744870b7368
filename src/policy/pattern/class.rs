//! Escapes and classes of the regular expressions inside of groups.

use super::error::{PatternError, PatternFault};
use super::regex::{Parser, char_of};
use super::set::UnitSet;

/// What an escape stands for.
pub(super) enum Escape {
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
    /// The rest of an escape after its `\`, in or out of a class.
    pub(super) fn escape(&mut self, start: usize) -> Result<Escape, PatternError> {
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
    pub(super) fn class(&mut self, start: usize) -> Result<UnitSet, PatternError> {
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
}
