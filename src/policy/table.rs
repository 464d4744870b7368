//! Finds the first of many patterns that matches, without trying them all.

use alloc::boxed::Box;
use alloc::vec::Vec;

use super::PathPattern;

/// Patterns in order of preference, indexed by their literal start.
///
/// Only the patterns whose literal start the path has are tried, so that what a decision costs
/// depends on the path and not on the number of routes.
#[derive(Clone, Debug)]
pub(super) struct PatternTable {
    /// Sorted by literal start.
    entries: Box<[Entry]>,
}

#[derive(Clone, Debug)]
struct Entry {
    pattern: PathPattern,
    /// The least of all that match counts.
    rank: usize,
}

impl PatternTable {
    /// Patterns and their ranks; several may have the same one.
    pub(super) fn new(patterns: impl IntoIterator<Item = (PathPattern, usize)>) -> Self {
        let entries = patterns.into_iter().map(|(pattern, rank)| Entry { pattern, rank });
        let mut entries: Vec<Entry> = entries.collect();
        entries.sort_by(|one, other| one.pattern.literal().cmp(other.pattern.literal()));
        Self { entries: entries.into() }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// The first pattern that matches a path of canonical units, and its rank.
    pub(super) fn find(&self, path: &[u16]) -> Option<(usize, &PathPattern)> {
        let mut candidates = self.candidates(path);
        candidates.sort_by_key(|entry| entry.rank);
        let first = candidates.into_iter().find(|entry| entry.pattern.matches(path));
        first.map(|entry| (entry.rank, &entry.pattern))
    }

    /// The entries whose literal is a start of `path`.
    fn candidates(&self, path: &[u16]) -> Vec<&Entry> {
        let mut candidates = Vec::new();
        // The entries whose literal has the first `length` units of the path.
        let mut range = &*self.entries;
        for length in 0..=path.len() {
            // A literal sorts before all that are longer.
            let ends = range.partition_point(|entry| entry.pattern.literal().len() == length);
            let (here, longer) = range.split_at(ends);
            candidates.extend(here);
            let Some(unit) = path.get(length).filter(|_| !longer.is_empty()) else { break };
            let at = |entry: &Entry| entry.pattern.literal().get(length).copied();
            let low = longer.partition_point(|entry| at(entry) < Some(*unit));
            let high = longer.partition_point(|entry| at(entry) <= Some(*unit));
            range = longer.get(low..high).unwrap_or_default();
        }
        candidates
    }
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
        assert_eq!(table.candidates(&canonical("/app/77/settings")).len(), 1);
        assert_eq!(table.candidates(&canonical("/other")).len(), 0);
        assert_eq!(rank_of(&table, "/app/77/settings/x"), Some(77));
    }
}
