//! Runs a program over a path: all threads in step, so that the work is at most the length of the
//! path times the number of instructions, whatever the pattern.

use alloc::vec;
use alloc::vec::Vec;

use super::node::Assertion;
use super::program::{Instruction, Program};
use super::set::is_word;

/// The places where captures start and end, in units from the start of the path.
pub(super) type Slots = Vec<Option<usize>>;

/// Whether `path`, from the unit `start` to its end, is in the language of `program`.
pub(super) fn is_match(program: &Program, path: &[u16], start: usize) -> bool {
    run(program, path, start, ()).is_some()
}

/// The captures of the match that a backtracking engine finds first.
pub(super) fn captures(
    program: &Program,
    path: &[u16],
    start: usize,
    captures: usize,
) -> Option<Slots> {
    run(program, path, start, vec![None; 2 * captures])
}

/// What a thread remembers of its way.
trait Memory: Clone {
    fn note(&mut self, slot: u16, place: usize);
}

impl Memory for () {
    fn note(&mut self, _slot: u16, _place: usize) {}
}

impl Memory for Slots {
    fn note(&mut self, slot: u16, place: usize) {
        if let Some(value) = self.get_mut(usize::from(slot)) {
            *value = Some(place);
        }
    }
}

/// Follows all threads unit by unit; every program ends with an assertion of the path's end.
fn run<M: Memory>(program: &Program, path: &[u16], start: usize, memory: M) -> Option<M> {
    let mut threads = Threads::new(program, path);
    let mut current = Vec::new();
    threads.follow(0, start, memory, &mut current);
    let mut next = Vec::new();
    for (place, &unit) in path.iter().enumerate().skip(start) {
        if current.is_empty() {
            return None;
        }
        for (index, memory) in current.drain(..) {
            if program.takes(index, unit) {
                threads.follow(index + 1, place + 1, memory, &mut next);
            }
        }
        core::mem::swap(&mut current, &mut next);
    }
    current.into_iter().find_map(|(index, memory)| program.is_end(index).then_some(memory))
}

impl Program {
    fn instruction(&self, index: u16) -> Option<&Instruction> {
        self.instructions.get(usize::from(index))
    }

    fn takes(&self, index: u16, unit: u16) -> bool {
        match self.instruction(index) {
            Some(Instruction::Unit(expected)) => *expected == unit,
            Some(Instruction::Set(set)) => {
                self.sets.get(usize::from(*set)).is_some_and(|set| set.contains(unit))
            }
            Some(Instruction::Any) => true,
            _ => false,
        }
    }

    fn is_end(&self, index: u16) -> bool {
        self.instruction(index) == Some(&Instruction::Match)
    }
}

/// Finds the instructions that take a unit, each once per place and in order of preference.
struct Threads<'p, M> {
    program: &'p Program,
    path: &'p [u16],
    /// For each instruction one more than the place where it was last reached.
    reached: Vec<usize>,
    /// What is still to follow at this place, the preferred on top.
    pending: Vec<(u16, M)>,
}

impl<'p, M: Memory> Threads<'p, M> {
    fn new(program: &'p Program, path: &'p [u16]) -> Self {
        let reached = vec![0; program.instructions.len()];
        Self { program, path, reached, pending: Vec::new() }
    }

    fn follow(&mut self, index: u16, place: usize, memory: M, threads: &mut Vec<(u16, M)>) {
        self.pending.push((index, memory));
        while let Some((index, mut memory)) = self.pending.pop() {
            let Some(reached) = self.reached.get_mut(usize::from(index)) else { continue };
            if *reached == place + 1 {
                continue;
            }
            *reached = place + 1;
            match self.program.instruction(index) {
                Some(Instruction::Jump(target)) => self.pending.push((*target, memory)),
                Some(Instruction::Split(first, second)) => {
                    self.pending.push((*second, memory.clone()));
                    self.pending.push((*first, memory));
                }
                Some(Instruction::Save(slot)) => {
                    memory.note(*slot, place);
                    self.pending.push((index + 1, memory));
                }
                Some(Instruction::Assert(assertion)) if assertion.holds(self.path, place) => {
                    self.pending.push((index + 1, memory));
                }
                Some(Instruction::Assert(_)) | None => {}
                Some(_) => threads.push((index, memory)),
            }
        }
    }
}

impl Assertion {
    fn holds(&self, path: &[u16], place: usize) -> bool {
        let is_word_at = |place: Option<usize>| {
            place.and_then(|place| path.get(place)).is_some_and(|unit| is_word(*unit))
        };
        let is_boundary = || is_word_at(place.checked_sub(1)) != is_word_at(Some(place));
        match self {
            Self::Start => place == 0,
            Self::End => place == path.len(),
            Self::WordBoundary => is_boundary(),
            Self::NoWordBoundary => !is_boundary(),
            Self::NotAhead(text) => !path.get(place..).is_some_and(|rest| rest.starts_with(text)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::node::{Node, units};
    use super::super::regex;
    use super::*;
    use alloc::boxed::Box;

    /// The captured place of the whole group, if all of `text` matches.
    fn matches(group: &str, text: &str) -> bool {
        let group = regex::parse(group, 0).unwrap();
        let node = Node::Concat([group, Node::Assert(Assertion::End)].into());
        is_match(&Program::new(&node).unwrap(), &units(text), 0)
    }

    #[test]
    fn groups_match_as_in_javascript() {
        for (group, text, expected) in [
            ("a|b|", "b", true),
            ("a|b|", "", true),
            ("a|b", "ab", false),
            ("[a-c]+x?", "ABCX", true),
            (r"\d{2,3}", "1", false),
            (r"\d{2,3}", "12", true),
            (r"\d{2,3}", "1234", false),
            (r"\d{2,}", "12345", true),
            ("(?:ab)*c", "ababc", true),
            ("(?:a*)*b", "aab", true),
            ("(?:|a)+", "aaa", true),
            (r"a\b-\Bx|^b$", "a-x", false),
            (r"a\b-\bx|^b$", "a-x", true),
            ("^b$", "b", true),
            ("a^b", "ab", false),
            (".", "\n", true),
            (".", "😀", false),
            ("..", "😀", true),
            (r"\w\W\s\S", "_- ä", true),
        ] {
            assert_eq!(matches(group, text), expected, "{group} {text:?}");
        }
    }

    #[test]
    fn captures_are_those_of_backtracking() {
        let capture =
            |number, group| Node::Capture(number, Box::new(regex::parse(group, 0).unwrap()));
        for (first, second, text, expected) in [
            ("a*", "a*", "aaa", [0, 3, 3, 3]),
            ("a*?", "a*", "aaa", [0, 0, 0, 3]),
            ("ab|a", "b?c", "abc", [0, 2, 2, 3]),
            ("a|ab", "b?c", "abc", [0, 1, 1, 3]),
            ("a{1,2}?", "a+", "aaa", [0, 1, 1, 3]),
        ] {
            let nodes = [capture(0, first), capture(1, second), Node::Assert(Assertion::End)];
            let program = Program::new(&Node::Concat(nodes.into())).unwrap();
            let found = captures(&program, &units(text), 0, 2).unwrap();
            assert_eq!(found, expected.map(Some), "{first} {second} {text}");
        }
    }

    #[test]
    fn hostile_patterns_take_linear_time() {
        let text = "a".repeat(20_000) + "!";
        for group in ["(?:a+)+", "(?:a|a)*", "(?:a*)*b", "(?:.*){20}x", "(?:a?){100}a{100}"] {
            assert!(!matches(group, &text), "{group}");
        }
    }
}
