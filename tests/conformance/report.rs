//! Counts what became of every case, and writes it down.

use std::collections::BTreeMap;
use std::fmt::Write;

use crate::remarks::{self, Remark};

/// What a file of vectors says about a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Expected {
    Valid,
    Invalid,
    /// Valid by the letter, and better refused.
    Acceptable,
}

impl Expected {
    pub(crate) fn from_word(word: Option<&str>) -> Self {
        match word {
            Some("valid") => Self::Valid,
            Some("invalid") => Self::Invalid,
            Some("acceptable") => Self::Acceptable,
            other => panic!("no result of a vector: {other:?}"),
        }
    }
}

/// What the crate said: accepted, or the code of the rule that was broken.
pub(crate) type Verdict = Result<(), &'static str>;

/// One file of vectors.
#[derive(Default)]
pub(crate) struct File {
    name: String,
    accepted: usize,
    refused: usize,
    /// Refused although the file says valid or acceptable: why and by which rule, and the cases.
    stricter: BTreeMap<(&'static str, &'static str), Vec<u64>>,
    /// Accepted although the file says invalid: why, and the cases.
    against: BTreeMap<&'static str, Vec<u64>>,
    /// Why, and how many.
    not_applicable: BTreeMap<String, usize>,
    failures: Vec<String>,
    /// How many cases of the list of remarks have come.
    listed: usize,
}

impl File {
    pub(crate) fn new(name: &str) -> Self {
        Self { name: name.to_owned(), ..Self::default() }
    }

    /// Notes a case. The list of remarks says for which ones the answer may differ from the file's;
    /// `stricter` says it for a whole group.
    pub(crate) fn note(
        &mut self,
        id: u64,
        expected: Expected,
        verdict: Verdict,
        stricter: Option<&'static str>,
    ) {
        let remark = match (remarks::remark(&self.name, id), stricter, expected) {
            (Remark::None, None, _) | (Remark::None, Some(_), Expected::Invalid) => Remark::None,
            (Remark::None, Some(why), _) => Remark::Stricter(why),
            (listed, ..) => {
                self.listed += 1;
                listed
            }
        };
        match (expected, verdict, remark) {
            (Expected::Valid, Ok(()), Remark::None) => self.accepted += 1,
            (Expected::Invalid, Err(_), Remark::None) => self.refused += 1,
            (Expected::Valid | Expected::Acceptable, Err(code), Remark::Stricter(why)) => {
                self.stricter.entry((why, code)).or_default().push(id);
            }
            (Expected::Invalid, Ok(()), Remark::Accepted(why)) => {
                self.against.entry(why).or_default().push(id);
            }
            _ => self.fail(format!("case {id}: {expected:?}, but {verdict:?} ({remark:?})")),
        }
    }

    pub(crate) fn note_not_applicable(&mut self, why: &str, cases: usize) {
        *self.not_applicable.entry(why.to_owned()).or_default() += cases;
    }

    /// Fails when the list of remarks names a case that the file does not have.
    pub(crate) fn expect_listed(&mut self) {
        if self.listed != remarks::listed(&self.name) {
            self.fail("the list of remarks names cases that are not there".to_owned());
        }
    }

    pub(crate) fn fail(&mut self, what: String) {
        self.failures.push(format!("{}: {what}", self.name));
    }

    fn count_stricter(&self) -> usize {
        self.stricter.values().map(Vec::len).sum()
    }

    fn count_against(&self) -> usize {
        self.against.values().map(Vec::len).sum()
    }

    fn count_not_applicable(&self) -> usize {
        self.not_applicable.values().sum()
    }

    fn counts(&self) -> [usize; 5] {
        let [stricter, against] = [self.count_stricter(), self.count_against()];
        [self.accepted, self.refused, stricter, against, self.count_not_applicable()]
    }

    fn passed(&self) -> usize {
        self.accepted + self.refused + self.count_stricter() + self.count_against()
    }
}

/// Files that belong together, one section of the document.
pub(crate) struct Section {
    title: &'static str,
    files: Vec<File>,
    /// What could not be run, and why.
    missing: Vec<String>,
}

impl Section {
    pub(crate) const fn new(title: &'static str) -> Self {
        Self { title, files: Vec::new(), missing: Vec::new() }
    }

    pub(crate) fn add(&mut self, file: File) {
        println!("{}: {} ... {}", self.title, file.name, outcome(&file));
        self.files.push(file);
    }

    /// A file that is not there fails: otherwise nobody would see that it is not run.
    pub(crate) fn miss(&mut self, what: String) {
        self.missing.push(what);
    }

    pub(crate) fn passed(&self) -> usize {
        self.files.iter().map(File::passed).sum()
    }

    /// Whether every file was there.
    pub(crate) fn is_whole(&self) -> bool {
        self.missing.is_empty()
    }

    pub(crate) fn failures(&self) -> impl Iterator<Item = &String> {
        self.files.iter().flat_map(|file| &file.failures).chain(&self.missing)
    }

    /// The section as Markdown; `None` when it is not complete.
    pub(crate) fn to_markdown(&self) -> Option<String> {
        if !self.is_whole() {
            return None;
        }
        let mut text = format!("## {}\n\n", self.title);
        text += "| file | cases | accepted | refused | stricter | against the file | not applicable |\n";
        text += "|---|---:|---:|---:|---:|---:|---:|\n";
        let mut sums = [0; 5];
        for file in &self.files {
            let counts = file.counts();
            sums.iter_mut().zip(counts).for_each(|(sum, count)| *sum += count);
            text += &row(&file.name, counts);
        }
        text += &row("all", sums);
        text += &self.stricter_table();
        text += &self.against_table();
        text += &self.not_applicable_table();
        Some(text)
    }

    fn stricter_table(&self) -> String {
        let mut rows = String::new();
        for file in &self.files {
            for ((why, code), ids) in &file.stricter {
                let _ = writeln!(rows, "| {} | {} | `{code}` | {why} |", file.name, ranges(ids));
            }
        }
        titled(
            "Stricter than the file",
            "| file | tcId | our code | why |\n|---|---|---|---|\n",
            &rows,
        )
    }

    fn against_table(&self) -> String {
        let mut rows = String::new();
        for file in &self.files {
            for (why, ids) in &file.against {
                let _ = writeln!(rows, "| {} | {} | {why} |", file.name, ranges(ids));
            }
        }
        titled(
            "Accepted although the file says invalid",
            "| file | tcId | why |\n|---|---|---|\n",
            &rows,
        )
    }

    fn not_applicable_table(&self) -> String {
        let mut rows = String::new();
        for file in &self.files {
            for (why, cases) in &file.not_applicable {
                let _ = writeln!(rows, "| {} | {cases} | {why} |", file.name);
            }
        }
        titled("Not applicable", "| file | cases | why |\n|---|---:|---|\n", &rows)
    }
}

fn outcome(file: &File) -> String {
    match (file.failures.len(), file.count_not_applicable()) {
        (0, 0) => format!("ok, {}", file.passed()),
        (0, not_applicable) => format!("ok, {} (not applicable: {not_applicable})", file.passed()),
        (failed, _) => format!("FAILED, {failed}"),
    }
}

fn row(name: &str, counts: [usize; 5]) -> String {
    let all: usize = counts.iter().sum();
    let counts = counts.map(|count| format!(" {count} |")).concat();
    format!("| {name} | {all} |{counts}\n")
}

fn titled(title: &str, head: &str, rows: &str) -> String {
    if rows.is_empty() { String::new() } else { format!("\n### {title}\n\n{head}{rows}") }
}

/// `1, 3..7` for the numbers 1, 3, 4, 5, 6, 7.
fn ranges(ids: &[u64]) -> String {
    let mut runs: Vec<(u64, u64)> = Vec::new();
    for &id in ids {
        match runs.last_mut() {
            Some((_, last)) if *last + 1 == id => *last = id,
            _ => runs.push((id, id)),
        }
    }
    let run = |&(first, last): &(u64, u64)| {
        if first == last { first.to_string() } else { format!("{first}..{last}") }
    };
    runs.iter().map(run).collect::<Vec<_>>().join(", ")
}
