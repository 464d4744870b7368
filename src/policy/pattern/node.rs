//! What a pattern means, as a tree.

use alloc::boxed::Box;
use alloc::vec::Vec;

use super::part::{Body, Modifier, Parameter, Part};
use super::parts::DELIMITERS;
use super::regex;
use super::set::UnitSet;
use super::{PatternError, PatternFault};
use crate::ecma::canonicalize;

/// A node; units and sets are canonical.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Node {
    Unit(u16),
    Set(UnitSet),
    /// Any code unit. The peer's `.` leaves line terminators out, so that `/admin%0A` slips past
    /// `/admin(.*)` there.
    Any,
    Assert(Assertion),
    /// One after the other; nothing at all when empty.
    Concat(Vec<Node>),
    /// One of these, the earlier before the later.
    Alternate(Vec<Node>),
    Repeat {
        node: Box<Node>,
        min: u32,
        max: Option<u32>,
        greedy: bool,
    },
    /// The place of a parameter's value.
    Capture(usize, Box<Node>),
}

/// A condition that takes nothing from the path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Assertion {
    Start,
    End,
    WordBoundary,
    NoWordBoundary,
    /// This text does not follow.
    NotAhead(Vec<u16>),
}

impl Node {
    pub(super) fn concat(nodes: Vec<Self>) -> Self {
        only(nodes).unwrap_or_else(Self::Concat)
    }

    pub(super) fn alternate(nodes: Vec<Self>) -> Self {
        only(nodes).unwrap_or_else(Self::Alternate)
    }

    fn optional(self) -> Self {
        Self::Repeat { node: Box::new(self), min: 0, max: Some(1), greedy: true }
    }

    fn repeated(self, min: u32, greedy: bool) -> Self {
        Self::Repeat { node: Box::new(self), min, max: None, greedy }
    }
}

/// The node of a list that has no other.
fn only(nodes: Vec<Node>) -> Result<Node, Vec<Node>> {
    <[Node; 1]>::try_from(nodes).map(|[node]| node)
}

/// The canonical units of a text.
pub(super) fn units(text: &str) -> Vec<u16> {
    // A text has as many units as bytes at most.
    let mut units = Vec::with_capacity(text.len());
    units.extend(text.encode_utf16().map(canonicalize));
    units
}

fn text(text: &str) -> Node {
    Node::concat(units(text).into_iter().map(Node::Unit).collect())
}

/// The whole of a path after the text that `parts` follow, with an optional delimiter at its end;
/// parameters are captured in their order.
pub(super) fn route(parts: &[Part]) -> Result<Node, PatternError> {
    let mut nodes = Vec::new();
    let mut captures = 0;
    for part in parts {
        nodes.push(match part {
            Part::Text(literal) => text(literal),
            Part::Parameter(one) => {
                let slot = captures;
                captures += usize::from(one.is_captured());
                parameter(one, slot)?
            }
        });
    }
    nodes.push(Node::Set(UnitSet::all_but(DELIMITERS).complement()).optional());
    nodes.push(Node::Assert(Assertion::End));
    Ok(Node::Concat(nodes))
}

/// The shapes that path-to-regexp's `tokensToRegexp` gives a token.
fn parameter(one: &Parameter, slot: usize) -> Result<Node, PatternError> {
    let (prefix, suffix) = (text(&one.prefix), text(&one.suffix));
    let capture = |node| Node::Capture(slot, Box::new(node));
    let Some(body) = body(&one.body)? else {
        return Ok(modified(Node::concat([prefix, suffix].into()), one.modifier));
    };
    let repeats = matches!(one.modifier, Modifier::Any | Modifier::Many);
    if !repeats {
        return Ok(modified(Node::concat([prefix, capture(body), suffix].into()), one.modifier));
    }
    if one.prefix.is_empty() && one.suffix.is_empty() {
        return Err(PatternFault::NothingToSeparate.at(one.at));
    }
    let again = Node::concat([suffix.clone(), prefix.clone(), body.clone()].into());
    let values = Node::concat([body, again.repeated(0, true)].into());
    let whole = Node::concat([prefix, capture(values), suffix].into());
    Ok(if one.modifier == Modifier::Any { whole.optional() } else { whole })
}

fn modified(node: Node, modifier: Modifier) -> Node {
    match modifier {
        Modifier::Once => node,
        Modifier::Optional => node.optional(),
        Modifier::Any => node.repeated(0, true),
        Modifier::Many => node.repeated(1, true),
    }
}

fn body(body: &Body) -> Result<Option<Node>, PatternError> {
    Ok(match body {
        Body::Nothing => None,
        Body::Segment { before } => {
            let unit = Node::Set(UnitSet::all_but(DELIMITERS));
            let unit = if before.is_empty() {
                unit
            } else {
                Node::Concat([Node::Assert(Assertion::NotAhead(units(before))), unit].into())
            };
            Some(unit.repeated(1, false))
        }
        Body::Group(group, at) => Some(regex::parse(group, *at)?),
    })
}

#[cfg(test)]
mod tests {
    use super::super::parts::parse;
    use super::*;

    fn fault(pattern: &str) -> Option<PatternError> {
        route(&parse(pattern).unwrap()).err()
    }

    #[test]
    fn what_repeats_needs_a_separator() {
        for pattern in ["/:a*", "/:a(x)+", "/a{-:b}*", "/a{:b-}+", "/a{b}*"] {
            assert_eq!(fault(pattern), None, "{pattern}");
        }
        for (pattern, at) in [("/a-:b*", 3), ("/a(.*)+", 2), ("/a{:b}*", 2)] {
            assert_eq!(fault(pattern), Some(PatternFault::NothingToSeparate.at(at)), "{pattern}");
        }
    }

    #[test]
    fn faults_of_groups_are_placed_in_the_pattern() {
        assert_eq!(fault("/a/:b(x[)"), Some(PatternFault::ClassUnclosed.at(7)));
        assert_eq!(fault("/a{-(x**)y}"), Some(PatternFault::NothingToRepeat.at(7)));
    }
}
