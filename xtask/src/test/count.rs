//! Counts the tests of a step from what its programs print.

use std::fmt::{self, Display, Formatter};
use std::ops::Add;

/// How many tests passed, failed and were skipped.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Count {
    pub(crate) passed: u64,
    pub(crate) failed: u64,
    pub(crate) skipped: u64,
}

impl Count {
    pub(crate) const ONE_PASSED: Self = Self { passed: 1, failed: 0, skipped: 0 };
    pub(crate) const ONE_FAILED: Self = Self { passed: 0, failed: 1, skipped: 0 };

    /// The sum over all result lines: `test result: ok. 3 passed; 0 failed; 1 ignored; …`, which
    /// Rust's and wasm-bindgen's test programs print, and `3 passed, 0 failed, 1 skipped`, alone on
    /// its line, which our own programs print at their end.
    pub(crate) fn of(output: &str) -> Self {
        output.lines().filter_map(line).fold(Self::default(), Add::add)
    }

    /// All tests.
    pub(crate) fn all(self) -> u64 {
        self.passed + self.failed + self.skipped
    }
}

impl Add for Count {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self {
            passed: self.passed + other.passed,
            failed: self.failed + other.failed,
            skipped: self.skipped + other.skipped,
        }
    }
}

impl Display for Count {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        let Self { passed, failed, skipped } = self;
        write!(out, "{passed} passed, {failed} failed, {skipped} skipped")
    }
}

fn line(line: &str) -> Option<Count> {
    match line.trim().strip_prefix("test result: ") {
        Some(result) => {
            let (_, counts) = result.split_once(". ")?;
            parts(counts.split(';').take(3), "ignored")
        }
        None => parts(line.trim().split(','), "skipped"),
    }
}

/// `3 passed`, `0 failed` and, if there, the third part with its own word; nothing else.
fn parts<'l>(parts: impl Iterator<Item = &'l str>, third: &str) -> Option<Count> {
    let numbers = parts.zip(["passed", "failed", third, ""]).map(|(part, word)| {
        let (number, found) = part.trim().split_once(' ')?;
        if found == word { number.parse::<u64>().ok() } else { None }
    });
    match *numbers.collect::<Option<Vec<_>>>()?.as_slice() {
        [passed, failed] => Some(Count { passed, failed, skipped: 0 }),
        [passed, failed, skipped] => Some(Count { passed, failed, skipped }),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn count(passed: u64, failed: u64, skipped: u64) -> Count {
        Count { passed, failed, skipped }
    }

    #[test]
    fn lines_of_rust_are_counted() {
        let output = "running 3 tests\n\
            test result: ok. 3 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.00s\n\
            test result: FAILED. 1 passed; 2 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.00s\n";
        assert_eq!(Count::of(output), count(4, 2, 1));
    }

    #[test]
    fn lines_of_wasm_bindgen_are_counted() {
        let output =
            "test result: ok. 2 passed; 0 failed; 0 ignored; 0 filtered out; finished in 0.01s";
        assert_eq!(Count::of(output), count(2, 0, 0));
    }

    #[test]
    fn our_own_closing_lines_are_counted() {
        assert_eq!(Count::of("12 passed, 1 failed, 3 skipped\n"), count(12, 1, 3));
        assert_eq!(Count::of("12 passed, 1 failed\n"), count(12, 1, 0));
    }

    #[test]
    fn lines_within_a_suite_are_not_counted_twice() {
        let output = "NODE: 5 passed, 0 failed\nDENO: 5 passed, 0 failed\n10 passed, 0 failed\n";
        assert_eq!(Count::of(output), count(10, 0, 0));
    }

    #[test]
    fn other_lines_count_nothing() {
        for line in [
            "",
            "passed",
            "1 passed",
            "1 passed, 2 lost",
            "x passed, 1 failed",
            "1 passed, 2 failed, 3 skipped, 4 lost",
            "test result: ok",
            "1 failed, 1 passed",
        ] {
            assert_eq!(Count::of(line), Count::default(), "{line}");
        }
    }

    #[test]
    fn the_closing_line() {
        assert_eq!(count(7, 0, 1).to_string(), "7 passed, 0 failed, 1 skipped");
    }
}
