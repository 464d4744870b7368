//! That SECURITY.md and the tests of the threats name the same rows.

use crate::workspace;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

#[test]
fn every_promise_has_a_test_and_every_test_a_promise() {
    let root = workspace::root();
    let promised = rows(&workspace::read(&root.join("SECURITY.md")).unwrap(), "| `row_");
    let mut tested = BTreeSet::new();
    for file in files(&root.join("tests/threats")) {
        tested.extend(rows(&workspace::read(&file).unwrap(), "fn row_"));
    }
    assert!(!promised.is_empty());
    assert_eq!(promised, tested);
}

/// The files in a folder and those below it.
fn files(folder: &Path) -> Vec<PathBuf> {
    let paths = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    paths.flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect()
}

/// The two characters behind each `mark`.
fn rows(text: &str, mark: &str) -> BTreeSet<String> {
    text.split(mark).skip(1).map(|rest| rest.chars().take(2).collect()).collect()
}
