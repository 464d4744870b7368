//! `cargo xtask size`: how large the package is and how soon it decides, written into README.md.

use crate::build::{self, MODULE};
use crate::matrix::Matrix;
use crate::shell::{self, Shell};
use crate::tools::{apt, npm};
use crate::{Outcome, workspace};
use serde::Deserialize;
use std::fmt::{self, Display, Formatter};
use std::path::{Path, PathBuf};

/// The sizes of a file in bytes.
#[derive(Debug, Deserialize)]
pub(crate) struct Sizes {
    raw: u64,
    gzip: u64,
    brotli: u64,
}

/// One line of `node tests/js/size.mjs --json`.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Measured {
    runtime: String,
    version: String,
    first_decision_ms: Runs,
}

#[derive(Deserialize)]
struct Runs {
    median: f64,
    runs: Vec<f64>,
}

/// Builds, measures every runtime and writes the tables into README.md.
pub(crate) fn write(shell: &Shell) -> Outcome {
    build::run(shell)?;
    npm::install(shell, "tests/js")?;
    apt::chromium(shell)?;
    let text = format!("{}\n{}", size_table()?, time_table(&measure()?));
    let readme = readme();
    workspace::write(&readme, between_markers(&workspace::read(&readme)?, &text)?)?;
    shell.say("README.md: sizes and start-up times written");
    Ok(())
}

/// Builds and compares the sizes with those in README.md. Times depend on the machine, so they are
/// not compared.
pub(crate) fn check(shell: &Shell) -> Outcome {
    build::run(shell)?;
    let table = size_table()?;
    if workspace::read(&readme())?.contains(&table) {
        shell.say("README.md: the sizes are right");
        return Ok(());
    }
    Err(format!("the sizes in README.md are old: run `cargo xtask size`. They are now:\n{table}"))
}

/// Compares every wasm build with its limit; they are built.
pub(crate) fn within_limits(shell: &Shell) -> Outcome {
    for (name, build) in &Matrix::read()?.build {
        let sizes = Sizes::of(&build.out().join(MODULE))?;
        let limit = build.gzip_limit;
        shell.say(&format!("wasm build {name}: {sizes}, {limit} allowed after gzip"));
        if sizes.gzip > limit {
            return Err(format!(
                "the wasm build `{name}` has {} bytes after gzip; `gzip-limit` in wasm-pack.toml \
                 allows {limit}",
                sizes.gzip
            ));
        }
    }
    Ok(())
}

impl Sizes {
    pub(crate) fn of(file: &Path) -> Outcome<Self> {
        let mut node = shell::command("node");
        let json = shell::output(node.arg("--eval").arg(MEASURE_SIZE).arg(file))
            .ok_or_else(|| format!("{}: node cannot measure its size", file.display()))?;
        serde_json::from_str(&json).map_err(|error| format!("{}: {error}", file.display()))
    }
}

impl Display for Sizes {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        let Self { raw, gzip, brotli } = self;
        write!(out, "{raw} bytes, {gzip} after gzip, {brotli} after brotli")
    }
}

fn size_table() -> Outcome<String> {
    let mut table = String::from(
        "| wasm build | KB | KB after gzip | KB after brotli |\n|---|---:|---:|---:|\n",
    );
    for (name, build) in Matrix::read()?.build {
        let Sizes { raw, gzip, brotli } = Sizes::of(&build.out().join(MODULE))?;
        let [raw, gzip, brotli] = [raw, gzip, brotli].map(kilobytes);
        table += &format!("| {name} | {raw} | {gzip} | {brotli} |\n");
    }
    Ok(table)
}

fn time_table(measured: &[Measured]) -> String {
    let mut table = String::from(
        "| runtime | version | ms to the first decision (median) | runs |\n|---|---|---:|---:|\n",
    );
    for Measured { runtime, version, first_decision_ms: Runs { median, runs } } in measured {
        table += &format!("| {runtime} | {version} | {median:.1} | {} |\n", runs.len());
    }
    table
}

/// Tenths of a kilobyte: two versions of a compiler hardly differ by more.
fn kilobytes(bytes: u64) -> String {
    let tenths = (bytes + 50) / 100;
    format!("{}.{}", tenths / 10, tenths % 10)
}

fn measure() -> Outcome<Vec<Measured>> {
    let json = shell::output(shell::command("node").args(["tests/js/size.mjs", "--json"]))
        .ok_or("`node tests/js/size.mjs --json` failed: run it by itself to see why")?;
    serde_json::from_str(&json)
        .map_err(|error| format!("`node tests/js/size.mjs --json` answered no such list: {error}"))
}

fn between_markers(readme: &str, text: &str) -> Outcome<String> {
    let missing = || format!("README.md has no `{START}` … `{END}`");
    let (before, rest) = readme.split_once(START).ok_or_else(missing)?;
    let (_, after) = rest.split_once(END).ok_or_else(missing)?;
    Ok(format!("{before}{START}\n{text}{END}{after}"))
}

fn readme() -> PathBuf {
    workspace::root().join("README.md")
}

const START: &str = "<!-- size:start -->";
const END: &str = "<!-- size:end -->";
const MEASURE_SIZE: &str = "\
    const { gzipSync, brotliCompressSync } = require('node:zlib'); \
    const bytes = require('node:fs').readFileSync(process.argv[1]); \
    console.log(JSON.stringify({ raw: bytes.length, \
        gzip: gzipSync(bytes, { level: 9 }).length, brotli: brotliCompressSync(bytes).length }))";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_text_between_the_markers_changes() {
        let readme = format!("# A\n{START}\nold\n{END}\nB\n");
        let written = between_markers(&readme, "new\n").unwrap();
        assert_eq!(written, format!("# A\n{START}\nnew\n{END}\nB\n"));
        assert_eq!(between_markers(&written, "new\n").unwrap(), written);
        assert!(between_markers("# A\n", "new\n").unwrap_err().contains(START));
    }

    #[test]
    fn this_readme_has_the_markers() {
        assert!(between_markers(&workspace::read(&readme()).unwrap(), "").is_ok());
    }

    #[test]
    fn kilobytes_are_rounded_to_tenths() {
        assert_eq!([0, 49, 50, 75_599].map(kilobytes), ["0.0", "0.0", "0.1", "75.6"]);
    }

    #[test]
    fn the_measurement_becomes_a_table() {
        let json = r#"[{"runtime":"node","version":"20.20.2",
            "firstDecisionMs":{"median":3.25,"runs":[3.0,3.25,4.0]}}]"#;
        let measured: Vec<Measured> = serde_json::from_str(json).unwrap();
        let table = time_table(&measured);
        assert!(table.ends_with("| node | 20.20.2 | 3.2 | 3 |\n"), "{table}");
    }
}
