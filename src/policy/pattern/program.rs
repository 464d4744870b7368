//! A pattern as instructions for the [machine](super::machine): a non-deterministic automaton.

use alloc::vec::Vec;

use super::node::{Assertion, Node};
use super::set::UnitSet;
use super::{MAX_STATES, PatternError, PatternFault};

/// One state of the automaton; numbers are indexes of instructions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Instruction {
    /// Takes this unit.
    Unit(u16),
    /// Takes a unit of this set.
    Set(u16),
    /// Takes any unit.
    Any,
    /// Goes both ways, the first before the second.
    Split(u16, u16),
    Jump(u16),
    Assert(Assertion),
    /// Notes the place: twice the number of the capture, one more for its end.
    Save(u16),
    Match,
}

/// The instructions and what they refer to.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub(super) struct Program {
    pub(super) instructions: Vec<Instruction>,
    pub(super) sets: Vec<UnitSet>,
}

/// Nodes that compiling may visit, so that repeated nothing ends too.
const MAX_VISITS: usize = 16 * MAX_STATES;

impl Program {
    /// Compiles a tree.
    pub(super) fn new(node: &Node) -> Result<Self, PatternError> {
        let mut compiler = Compiler { program: Self::default(), visits_left: MAX_VISITS };
        compiler.node(node)?;
        compiler.push(Instruction::Match)?;
        Ok(compiler.program)
    }
}

struct Compiler {
    program: Program,
    visits_left: usize,
}

impl Compiler {
    fn node(&mut self, node: &Node) -> Result<(), PatternError> {
        self.visits_left = self.visits_left.checked_sub(1).ok_or(PatternFault::TooLarge.at(0))?;
        match node {
            Node::Unit(unit) => self.push(Instruction::Unit(*unit)).map(|_| ()),
            Node::Set(set) => {
                let index = self.set(set)?;
                self.push(Instruction::Set(index)).map(|_| ())
            }
            Node::Any => self.push(Instruction::Any).map(|_| ()),
            Node::Assert(assertion) => {
                if let Assertion::NotAhead(text) = assertion {
                    // Looking ahead costs as much as the text is long.
                    self.visits_left = self.visits_left.saturating_sub(text.len());
                }
                self.push(Instruction::Assert(assertion.clone())).map(|_| ())
            }
            Node::Concat(nodes) => nodes.iter().try_for_each(|node| self.node(node)),
            Node::Alternate(nodes) => self.alternate(nodes),
            Node::Repeat { node, min, max, greedy } => self.repeat(node, *min, *max, *greedy),
            Node::Capture(number, node) => {
                let slot = u16::try_from(2 * number).map_err(|_| PatternFault::TooLarge.at(0))?;
                self.push(Instruction::Save(slot))?;
                self.node(node)?;
                self.push(Instruction::Save(slot + 1)).map(|_| ())
            }
        }
    }

    fn alternate(&mut self, nodes: &[Node]) -> Result<(), PatternError> {
        let mut jumps = Vec::new();
        for (index, node) in nodes.iter().enumerate() {
            if index + 1 == nodes.len() {
                self.node(node)?;
                break;
            }
            let split = self.push(Instruction::Split(0, 0))?;
            self.node(node)?;
            jumps.push(self.push(Instruction::Jump(0))?);
            self.patch(split, Instruction::Split(split + 1, self.here()));
        }
        for jump in jumps {
            self.patch(jump, Instruction::Jump(self.here()));
        }
        Ok(())
    }

    fn repeat(
        &mut self,
        node: &Node,
        min: u32,
        max: Option<u32>,
        greedy: bool,
    ) -> Result<(), PatternError> {
        for _ in 0..min {
            self.node(node)?;
        }
        let Some(max) = max else { return self.star(node, greedy) };
        let mut splits = Vec::new();
        for _ in min..max {
            splits.push(self.push(Instruction::Split(0, 0))?);
            self.node(node)?;
        }
        for split in splits {
            self.patch(split, choice(split + 1, self.here(), greedy));
        }
        Ok(())
    }

    fn star(&mut self, node: &Node, greedy: bool) -> Result<(), PatternError> {
        let split = self.push(Instruction::Split(0, 0))?;
        self.node(node)?;
        self.push(Instruction::Jump(split))?;
        self.patch(split, choice(split + 1, self.here(), greedy));
        Ok(())
    }

    /// The index of a set, shared by all its uses.
    fn set(&mut self, set: &UnitSet) -> Result<u16, PatternError> {
        let sets = &mut self.program.sets;
        let index = sets.iter().position(|known| known == set).unwrap_or(sets.len());
        if index == sets.len() {
            sets.push(set.clone());
        }
        u16::try_from(index).map_err(|_| PatternFault::TooLarge.at(0))
    }

    /// Adds an instruction; gives its index.
    fn push(&mut self, instruction: Instruction) -> Result<u16, PatternError> {
        let index = self.here();
        if usize::from(index) >= MAX_STATES {
            return Err(PatternFault::TooLarge.at(0));
        }
        self.program.instructions.push(instruction);
        Ok(index)
    }

    fn patch(&mut self, index: u16, instruction: Instruction) {
        if let Some(place) = self.program.instructions.get_mut(usize::from(index)) {
            *place = instruction;
        }
    }

    /// The index of the next instruction; never more than [`MAX_STATES`].
    fn here(&self) -> u16 {
        u16::try_from(self.program.instructions.len()).unwrap_or(u16::MAX)
    }
}

/// Goes on with the body first when greedy, else past it.
const fn choice(body: u16, past: u16, greedy: bool) -> Instruction {
    if greedy { Instruction::Split(body, past) } else { Instruction::Split(past, body) }
}

#[cfg(test)]
mod tests {
    use super::super::regex;
    use super::*;

    fn compile(group: &str) -> Result<Program, PatternError> {
        Program::new(&regex::parse(group, 0).unwrap())
    }

    #[test]
    fn sizes_are_bounded() {
        for group in ["(?:a{1000}){1000}", "(?:(?:){1000}){1000}", "(?:(?:|a){100}){100}"] {
            assert_eq!(compile(group), Err(PatternFault::TooLarge.at(0)), "{group}");
        }
        assert!(compile("a{1000}").unwrap().instructions.len() < MAX_STATES);
    }

    #[test]
    fn sets_are_shared() {
        let program = compile(r"\d+\d{3}[0-9]").unwrap();
        assert_eq!(program.sets.len(), 1);
    }

    #[test]
    fn laziness_is_the_order_of_a_split() {
        use Instruction::{Match, Split, Unit};
        let a = u16::from(b'A');
        assert_eq!(compile("a?").unwrap().instructions, [Split(1, 2), Unit(a), Match]);
        assert_eq!(compile("a??").unwrap().instructions, [Split(2, 1), Unit(a), Match]);
    }
}
