//! Compares the kernel with the reference, case by case.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use sessiongate_kernels::p256::{Generator, PublicKey};

use crate::cases::{Case, KeyCases};
use crate::reference::Verdicts;

/// From so many cases on, the key gets a table.
const WORTH_A_TABLE: usize = 4;

/// Asks the kernel and keeps count.
pub(crate) struct Judge {
    generator: Generator,
    generator_with_table: Generator,
    keys: usize,
    /// By kind: accepted and refused.
    counts: BTreeMap<&'static str, [usize; 2]>,
    total: usize,
    /// The cases in which they do not agree, as text.
    pub(crate) faults: Vec<String>,
}

impl Judge {
    pub(crate) fn new() -> Self {
        let generator = Generator::new();
        let mut generator_with_table = generator.clone();
        generator_with_table.build_table();
        let (keys, counts, total, faults) = Default::default();
        Self { generator, generator_with_table, keys, counts, total, faults }
    }

    /// Judges all cases of a key: with and without tables, where there are enough to build one.
    pub(crate) fn judge(&mut self, group: &KeyCases, verdicts: &Verdicts) {
        let coordinates = group.key.as_chunks::<32>().0;
        let key = PublicKey::new(&coordinates[0], &coordinates[1]).ok();
        self.keys += 1;
        if key.is_some() != verdicts.is_key {
            self.faults.push(format!("is it a key or not? {:x?}", group.key));
        }
        let table = key
            .clone()
            .filter(|_| group.cases.len() >= WORTH_A_TABLE || self.keys.is_multiple_of(16));
        let table = table.map(|mut key| {
            key.build_table();
            key
        });
        let keys: Vec<&PublicKey> = key.iter().chain(&table).collect();
        assert_eq!(group.cases.len(), verdicts.valid.len());
        for (case, valid) in group.cases.iter().zip(&verdicts.valid) {
            if !self.agrees(&keys, case, *valid) {
                self.faults.push(describe(&group.key, case, *valid));
            }
        }
    }

    fn agrees(&mut self, keys: &[&PublicKey], case: &Case, valid: bool) -> bool {
        // A key that is refused accepts nothing.
        let mut agreed = !(keys.is_empty() && valid);
        agreed &= case.wanted.is_none_or(|wanted| wanted == valid);
        // Without tables and with both; with one of them in some cases, because it takes longest.
        let mixed = self.total.is_multiple_of(8);
        for key in keys {
            for generator in [&self.generator, &self.generator_with_table] {
                if mixed || key.has_table() == generator.has_table() {
                    agreed &= key.verify(generator, &case.message, &case.signature) == valid;
                }
            }
        }
        self.total += 1;
        let [accepted, refused] = self.counts.entry(case.kind).or_default();
        *(if valid { accepted } else { refused }) += 1;
        agreed
    }

    pub(crate) fn total(&self) -> usize {
        self.total
    }

    /// How many were accepted and how many refused of a kind.
    pub(crate) fn count(&self, kind: &str) -> [usize; 2] {
        self.counts.get(kind).copied().unwrap_or_default()
    }

    /// What was judged, a line for each kind.
    pub(crate) fn summary(&self) -> String {
        let mut text = format!("{:>28} {:>10} {:>10}\n", "", "accepted", "refused");
        for (kind, [accepted, refused]) in &self.counts {
            let _ = writeln!(text, "{kind:>28} {accepted:>10} {refused:>10}");
        }
        let accepted: usize = self.counts.values().map(|counts| counts[0]).sum();
        let _ = writeln!(text, "{:>28} {accepted:>10} {:>10}", "", self.total - accepted);
        let (cases, faults) = (self.total, self.faults.len());
        let _ = writeln!(text, "{cases} cases, {} keys, {faults} faults", self.keys);
        text
    }
}

fn describe(key: &[u8; 64], case: &Case, valid: bool) -> String {
    let hex = |bytes: &[u8]| bytes.iter().fold(String::new(), |text, b| format!("{text}{b:02x}"));
    format!(
        "{}: the reference says {valid}, wanted {:?}; key {}, message {}, signature {}",
        case.kind,
        case.wanted,
        hex(key),
        hex(&case.message),
        hex(&case.signature)
    )
}
