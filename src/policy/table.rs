//! Finds the first of many patterns that matches, without trying them all.

use alloc::boxed::Box;
use alloc::collections::VecDeque;
use alloc::vec::Vec;
use core::ops::Range;

use super::PathPattern;

/// Patterns in order of preference, in a tree of their literal starts.
///
/// Only the patterns whose literal start the path has are tried, so that what a decision costs
/// depends on the path and not on the number of routes.
#[derive(Clone, Debug)]
pub(super) struct PatternTable {
    /// Sorted by literal start, then by rank.
    entries: Box<[Entry]>,
    /// The root first, the children of each node side by side.
    nodes: Box<[Node]>,
}

#[derive(Clone, Debug)]
struct Entry {
    pattern: PathPattern,
    /// The least of all that match counts.
    rank: usize,
}

/// The entries whose literals have the first `length` units in common.
#[derive(Clone, Debug)]
struct Node {
    /// Indexes of the entries; those first whose literal is no longer.
    entries: Range<usize>,
    length: usize,
    /// How many of the entries have no longer literal.
    own: usize,
    /// Indexes of the nodes for the others.
    children: Range<usize>,
}

impl PatternTable {
    /// Patterns and their ranks; several may have the same one.
    pub(super) fn new(patterns: impl IntoIterator<Item = (PathPattern, usize)>) -> Self {
        let mut entries: Vec<Entry> = Vec::new();
        for (pattern, rank) in patterns {
            // Not sorted afterwards: the sort of the library alone is larger than this whole table.
            let place = entries.partition_point(|entry| {
                (entry.pattern.literal(), entry.rank) <= (pattern.literal(), rank)
            });
            entries.insert(place, Entry { pattern, rank });
        }
        Self { nodes: tree(&entries).into(), entries: entries.into() }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// The pattern of the least rank that matches a path of canonical units, and its rank.
    pub(super) fn find(&self, path: &[u16]) -> Option<(usize, &PathPattern)> {
        let mut best: Option<&Entry> = None;
        let mut next = self.nodes.first();
        while let Some(node) = next {
            for entry in self.own(node) {
                if best.is_some_and(|best| best.rank <= entry.rank) {
                    break;
                }
                if entry.pattern.matches(path) {
                    best = Some(entry);
                }
            }
            next = self.child(node, path);
        }
        best.map(|entry| (entry.rank, &entry.pattern))
    }

    /// The entries whose literal ends at the node.
    fn own(&self, node: &Node) -> &[Entry] {
        let Range { start, .. } = node.entries;
        self.entries.get(start..start + node.own).unwrap_or_default()
    }

    /// The child on the way of `path`, which has all that the node's entries have in common.
    fn child(&self, node: &Node, path: &[u16]) -> Option<&Node> {
        let unit = path.get(node.length)?;
        let children = self.nodes.get(node.children.clone())?;
        let at =
            children.partition_point(|child| self.literal(child).get(node.length) < Some(unit));
        let child = children.get(at)?;
        let more = node.length..child.length;
        (path.get(more.clone())? == self.literal(child).get(more)?).then_some(child)
    }

    /// A literal that starts like all of the node.
    fn literal(&self, node: &Node) -> &[u16] {
        literal(&self.entries, node.entries.start)
    }
}

fn literal(entries: &[Entry], index: usize) -> &[u16] {
    entries.get(index).map(|entry| entry.pattern.literal()).unwrap_or_default()
}

/// Builds the nodes over sorted entries, level by level.
fn tree(entries: &[Entry]) -> Vec<Node> {
    let mut nodes = Vec::new();
    let mut pending = VecDeque::from([(0..entries.len(), 0)]);
    while let Some((range, length)) = pending.pop_front() {
        let all = entries.get(range.clone()).unwrap_or_default();
        let own = all.partition_point(|entry| entry.pattern.literal().len() == length);
        // Every node that is pending will come before the children of this one.
        let first_child = nodes.len() + 1 + pending.len();
        let mut start = range.start + own;
        while start < range.end {
            let unit = literal(entries, start).get(length);
            let rest = entries.get(start..range.end).unwrap_or_default();
            let count = rest.partition_point(|entry| entry.pattern.literal().get(length) <= unit);
            let end = start + count.max(1);
            pending.push_back((start..end, common(entries, start, end - 1)));
            start = end;
        }
        let children = first_child..nodes.len() + 1 + pending.len();
        nodes.push(Node { entries: range, length, own, children });
    }
    nodes
}

/// How many units two literals have in common at their start.
fn common(entries: &[Entry], one: usize, other: usize) -> usize {
    let pairs = literal(entries, one).iter().zip(literal(entries, other));
    pairs.take_while(|(one, other)| one == other).count()
}

#[cfg(test)]
mod tests {
    use super::super::pattern::canonical;
    use super::*;
    use alloc::format;
    use alloc::string::String;

    fn table(patterns: &[&str]) -> PatternTable {
        let parse = |pattern: &&str| PathPattern::parse(pattern).unwrap();
        PatternTable::new(patterns.iter().map(parse).enumerate().map(|(rank, one)| (one, rank)))
    }

    fn rank_of(table: &PatternTable, path: &str) -> Option<usize> {
        table.find(&canonical(path)).map(|(rank, _)| rank)
    }

    #[test]
    fn the_first_that_matches_counts() {
        let table = table(&["/a/b", "/a(.*)", "/a/:id", "(.*)", "/a/b/c", "/A/B"]);
        for (path, rank) in
            [("/a/b", 0), ("/A/b/", 0), ("/a/x", 1), ("/a", 1), ("/b", 3), ("/a/b/c", 1), ("/", 3)]
        {
            assert_eq!(rank_of(&table, path), Some(rank), "{path}");
        }
    }

    #[test]
    fn it_answers_as_a_search_through_all_does() {
        let segments = ["", "a", "b", "ab", "abc", ":x", "(.*)", ":y?", "(a|b)"];
        let mut patterns: Vec<String> = Vec::new();
        for first in segments {
            for second in segments {
                patterns.push(format!("/{first}/{second}"));
                patterns.push(format!("/{first}{second}"));
            }
        }
        let parsed = patterns.iter().filter_map(|pattern| PathPattern::parse(pattern).ok());
        let parsed: Vec<PathPattern> = parsed.collect();
        let table =
            PatternTable::new(parsed.iter().cloned().enumerate().map(|(rank, one)| (one, rank)));
        assert!(parsed.len() > 140, "{}", parsed.len());
        for first in ["", "a", "b", "ab", "abc", "abcd", "x/y"] {
            for second in ["", "/", "/a", "/b", "/ab", "/abc/", "/abcd", "b"] {
                let path = canonical(&format!("/{first}{second}"));
                let expected = parsed.iter().position(|pattern| pattern.matches(&path));
                assert_eq!(table.find(&path).map(|found| found.0), expected, "/{first}{second}");
            }
        }
        // Without the patterns that match everything more is at stake.
        let narrow = |pattern: &&PathPattern| !pattern.matches(&canonical("/none/of/them"));
        let narrow: Vec<PathPattern> = parsed.iter().filter(narrow).cloned().collect();
        let table =
            PatternTable::new(narrow.iter().cloned().enumerate().map(|(rank, one)| (one, rank)));
        for path in ["/", "/a", "/a/b", "/ab/abc", "/abc", "/b/ab/", "/x/y", "/x/abc", "/q/r/s"] {
            let path = canonical(path);
            let expected = narrow.iter().position(|one| one.matches(&path));
            assert_eq!(table.find(&path).map(|found| found.0), expected);
        }
    }

    #[test]
    fn few_of_many_are_tried() {
        let patterns: Vec<String> = (0..1000).map(|i| format!("/app/{i}/:page(.*)")).collect();
        let patterns: Vec<&str> = patterns.iter().map(String::as_str).collect();
        let table = table(&patterns);
        let tried = |path| {
            let path = canonical(path);
            let way = core::iter::successors(table.nodes.first(), |node| table.child(node, &path));
            way.map(|node| table.own(node).len()).sum::<usize>()
        };
        assert_eq!((tried("/app/77/settings"), tried("/app/7777"), tried("/other")), (1, 0, 0));
        assert_eq!(rank_of(&table, "/app/77/settings/x"), Some(77));
    }
}
