//! That SECURITY.md and the tests of the threats name the same rows.

use crate::workspace;
use std::collections::BTreeSet;

#[test]
fn every_promise_has_a_test_and_every_test_a_promise() {
    let root = workspace::root();
    let promised = rows(&workspace::read(&root.join("SECURITY.md")).unwrap(), "| `row_");
    let mut tested = BTreeSet::new();
    for entry in std::fs::read_dir(root.join("tests/threats")).unwrap() {
        tested.extend(rows(&workspace::read(&entry.unwrap().path()).unwrap(), "fn row_"));
    }
    assert!(!promised.is_empty());
    assert_eq!(promised, tested);
}

/// The two characters behind each `mark`.
fn rows(text: &str, mark: &str) -> BTreeSet<String> {
    text.split(mark).skip(1).map(|rest| rest.chars().take(2).collect()).collect()
}
