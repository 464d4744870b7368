//! Path patterns as Clerk's `createRouteMatcher` reads them: the grammar of path-to-regexp 6 with
//! its default options, matched in time linear in the path.

mod class;
mod error;
mod lexer;
mod machine;
mod node;
mod part;
mod parts;
mod program;
mod regex;
mod set;

pub use error::{PatternError, PatternFault};

use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;

use node::units;
use part::{Modifier, Part};
use parts::DELIMITERS;
use program::Program;

/// The most states that the automaton of one pattern may have.
const MAX_STATES: usize = 2000;

/// A pattern over paths, without regard to upper and lower case.
///
/// | pattern | matches |
/// |---|---|
/// | `/about` | `/about`, `/About/` |
/// | `/dashboard(.*)` | all that starts with `/dashboard`, so `/dashboards` too |
/// | `/users/:id` | `/users/7`, not `/users/7/edit` |
/// | `/users/:id(\d+)` | digits only |
/// | `/docs/:path*` | `/docs` and all below it |
/// | `/files{/:name}?` | `/files`, `/files/a` |
/// | `/(api\|trpc)(.*)` | either |
///
/// A path matches as a whole; one `/` may follow. Look-arounds and back-references are not
/// supported.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PathPattern {
    /// What every matching path starts with; canonical.
    literal: Box<[u16]>,
    tail: Tail,
    /// The captures in their order.
    names: Box<[Name]>,
}

/// What a capture is called.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Name {
    text: String,
    /// Whether the parameter takes no part rather than match nothing: ECMAScript rejects empty
    /// repetitions (ECMA-262 section 22.2.2.3.1).
    rejects_empty: bool,
}

/// What follows the literal start.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Tail {
    /// Nothing but an optional delimiter.
    End,
    /// Anything.
    Anything,
    /// What a program says.
    Program(Box<Program>),
}

impl PathPattern {
    /// Reads a pattern.
    ///
    /// # Errors
    /// [`PatternError`] says what is wrong and where.
    pub fn parse(pattern: &str) -> Result<Self, PatternError> {
        let mut parts = parts::parse(pattern)?;
        let names = parts.iter().filter_map(|part| match part {
            Part::Parameter(one) if one.is_captured() => Some(Name {
                text: one.name.clone(),
                rejects_empty: one.is_bare() && one.modifier == Modifier::Optional,
            }),
            _ => None,
        });
        let names = names.collect();
        let literal = take_literal(&mut parts);
        if !is_start_of_path(&literal, &parts) {
            return Err(PatternFault::NoSlash.at(0));
        }
        let tail = match parts.as_slice() {
            [] => Tail::End,
            [Part::Parameter(one)] if one.is_anything() => Tail::Anything,
            _ => Tail::Program(Box::new(Program::new(&node::route(&parts)?)?)),
        };
        Ok(Self { literal: units(&literal).into(), tail, names })
    }

    /// The values of the parameters if `path` matches, in the order of the pattern; a group
    /// without a name goes by its number. Parameters that did not take part are left out, a
    /// parameter that repeats has one value with its separators.
    ///
    /// `path` is taken as it is: nothing is decoded or joined.
    #[must_use]
    pub fn captures<'p>(&self, path: &'p str) -> Option<Vec<(String, &'p str)>> {
        let units = units(path);
        if !self.matches(&units) {
            return None;
        }
        let slots = match &self.tail {
            Tail::End => Vec::new(),
            Tail::Anything => Vec::from([Some(self.literal.len()), Some(units.len())]),
            Tail::Program(program) => {
                machine::captures(program, &units, self.literal.len(), self.names.len())?
            }
        };
        let values = slots.chunks_exact(2).map(|slot| match slot {
            [Some(start), Some(end)] => path.get(byte_at(path, *start)?..byte_at(path, *end)?),
            _ => None,
        });
        let named = self.names.iter().zip(values).filter_map(|(name, value)| {
            let value = value.filter(|value| !(name.rejects_empty && value.is_empty()))?;
            Some((name.text.clone(), value))
        });
        Some(named.collect())
    }

    /// Whether a path of canonical units matches.
    pub(super) fn matches(&self, path: &[u16]) -> bool {
        let Some(rest) = path.strip_prefix(&*self.literal) else { return false };
        match &self.tail {
            Tail::End => match rest {
                [] => true,
                [only] => DELIMITERS.iter().any(|one| u32::from(*one) == u32::from(*only)),
                _ => false,
            },
            Tail::Anything => true,
            Tail::Program(program) => machine::is_match(program, path, self.literal.len()),
        }
    }

    /// What every matching path starts with.
    pub(super) fn literal(&self) -> &[u16] {
        &self.literal
    }
}

/// The canonical units of a path, which patterns are compared with.
pub(super) fn canonical(path: &str) -> Vec<u16> {
    units(path)
}

/// Takes the text off the front of `parts` that every match starts with, with the prefix of a
/// parameter that cannot be left out.
fn take_literal(parts: &mut Vec<Part>) -> String {
    let mut literal = String::new();
    let texts = parts.iter().take_while(|part| matches!(part, Part::Text(_))).count();
    for part in parts.drain(..texts) {
        if let Part::Text(text) = part {
            literal.push_str(&text);
        }
    }
    if let Some(Part::Parameter(one)) = parts.first_mut()
        && one.modifier == Modifier::Once
    {
        literal.push_str(&core::mem::take(&mut one.prefix));
    }
    literal
}

/// Whether some path can start like this; all start with `/`.
fn is_start_of_path(literal: &str, rest: &[Part]) -> bool {
    if literal.is_empty() { !rest.is_empty() } else { literal.starts_with('/') }
}

/// Where the unit `index` of `text` starts; `None` in the middle of a character.
fn byte_at(text: &str, index: usize) -> Option<usize> {
    let mut units = 0;
    for (at, character) in text.char_indices() {
        if units >= index {
            return (units == index).then_some(at);
        }
        units += character.len_utf16();
    }
    (units == index).then_some(text.len())
}

#[cfg(test)]
mod tests;
