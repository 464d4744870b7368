//! What each step does.

use crate::shell::{self, Shell};
use crate::tools::{apt, cargo_tool, npm, rust};
use crate::{Outcome, bench, build, size, workspace};
use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Of the comparisons of random cases.
const SEED: &str = "1";

pub(crate) fn rust(shell: &Shell) -> Outcome {
    rust::components(shell)?;
    rust::target(shell, build::WASM)?;
    rust::target(shell, NO_STD)
}

pub(crate) fn clang(shell: &Shell) -> Outcome {
    apt::clang(shell)
}

pub(crate) fn chromium(shell: &Shell) -> Outcome {
    apt::chromium(shell)
}

pub(crate) fn npm(shell: &Shell) -> Outcome {
    npm::install(shell, "pkg")
}

pub(crate) fn npm_tests(shell: &Shell) -> Outcome {
    npm::install(shell, "tests/js")?;
    npm::install(shell, "tests/differential")?;
    npm::install(shell, "tests/differential/supertokens")?;
    npm::install(shell, bench::FOLDER)
}

pub(crate) fn wasm_bindgen_cli(shell: &Shell) -> Outcome {
    cargo_tool::wasm_bindgen(shell).map(drop)
}

pub(crate) fn wasm_pack_cli(shell: &Shell) -> Outcome {
    cargo_tool::wasm_pack(shell).map(drop)
}

pub(crate) fn cargo_deny(shell: &Shell) -> Outcome {
    cargo_tool::cargo_deny(shell).map(drop)
}

pub(crate) fn cargo_fuzz(shell: &Shell) -> Outcome {
    apt::cxx(shell)?;
    cargo_tool::cargo_fuzz(shell).map(drop)
}

pub(crate) fn format(shell: &Shell) -> Outcome {
    shell.run(&mut cargo("fmt --all --check"))
}

pub(crate) fn biome(shell: &Shell) -> Outcome {
    let mut biome = shell::command(npm::binaries("pkg").join("biome"));
    shell.run(biome.args(["ci", "--colors=off", "--error-on-warnings"]))
}

pub(crate) fn test(shell: &Shell) -> Outcome {
    shell.run(&mut cargo("test --workspace --no-fail-fast"))
}

pub(crate) fn clippy(shell: &Shell) -> Outcome {
    shell.run(&mut cargo("clippy --workspace --all-targets -- -D warnings"))?;
    shell.run(&mut cargo("clippy --package sessiongate --lib --no-default-features -- -D warnings"))
}

pub(crate) fn clippy_wasm(shell: &Shell) -> Outcome {
    let mut clippy = wasm("clippy", "wasm,ring,supertokens");
    shell.run(clippy.args(["--lib", "--test", "wasm", "--", "-D", "warnings"]))?;
    shell.run(wasm("clippy", "wasm").args(["--lib", "--", "-D", "warnings"]))
}

pub(crate) fn doc(shell: &Shell) -> Outcome {
    let mut doc = cargo("doc --workspace --no-deps");
    shell.run(doc.env("RUSTDOCFLAGS", "-D warnings"))
}

pub(crate) fn no_std(shell: &Shell) -> Outcome {
    let mut build = cargo("rustc --package sessiongate --lib --crate-type rlib");
    build.args(["--no-default-features", "--target", NO_STD, "--", "-D", "warnings"]);
    shell.run(&mut build)
}

pub(crate) fn build(shell: &Shell) -> Outcome {
    build::package(shell)
}

pub(crate) fn size(shell: &Shell) -> Outcome {
    size::within_limits(shell)
}

pub(crate) fn wasm_pack(shell: &Shell) -> Outcome {
    build::compare_with_wasm_pack(shell)
}

pub(crate) fn wasm_node(shell: &Shell) -> Outcome {
    shell.run(&mut wasm_test(shell)?)
}

pub(crate) fn wasm_browser(shell: &Shell) -> Outcome {
    let mut test = wasm_test(shell)?;
    shell.run(test.env("WASM_BINDGEN_USE_BROWSER", "1"))
}

pub(crate) fn javascript(shell: &Shell) -> Outcome {
    shell.run(shell::command("node").arg("tests/js/run.mjs"))
}

/// The native tests have written the tokens and their verdicts down.
pub(crate) fn corpus(shell: &Shell) -> Outcome {
    let folder = workspace::target()?.join("corpus");
    let failed = |error| format!("{}: {error}", folder.display());
    for entry in std::fs::read_dir(&folder).map_err(failed)? {
        let file = entry.map_err(failed)?.path();
        shell.run(shell::command("node").arg("tests/js/corpus.mjs").arg(file))?;
    }
    Ok(())
}

/// A shorter pass of each comparison with Clerk than a person would make. Unless told otherwise the cases
/// are the same in each run, so that a failure belongs to the change. `SESSIONGATE_SEED`
/// makes others; the log and the error name the seed.
pub(crate) fn differential(shell: &Shell) -> Outcome {
    let folder = Path::new("tests/differential");
    judges(shell, folder, &["pairs.test.mjs", "self.test.mjs", "differences.test.mjs"])?;
    let scripts = [
        ("run.mjs", "4000"),
        ("has.mjs", "2000"),
        ("routes.mjs", "2000"),
        ("redirect.mjs", "2000"),
        ("protect.mjs", "2000"),
    ];
    compare(shell, folder, &scripts)
}

/// The same with SuperTokens' own kit, and the walk through all redirects of its pages.
pub(crate) fn supertokens(shell: &Shell) -> Outcome {
    let folder = Path::new("tests/differential/supertokens");
    let tests = [
        "annex.mjs",
        "self.test.mjs",
        "claims.test.mjs",
        "claim-data.test.mjs",
        "decision-data.test.mjs",
        "differences.test.mjs",
        "session-differences.test.mjs",
    ];
    judges(shell, folder, &tests)?;
    let scripts = [("run.mjs", "3000"), ("claims.mjs", "4000"), ("sessions.mjs", "500")];
    compare(shell, folder, &scripts)?;
    shell.run(shell::command("node").arg(folder.join("simulation.mjs")))
}

/// The contenders of the measurements answer right; how soon does not matter here.
pub(crate) fn peers(shell: &Shell) -> Outcome {
    bench::answers(shell)
}

fn judges(shell: &Shell, folder: &Path, tests: &[&str]) -> Outcome {
    let tests = tests.iter().map(|file| folder.join(file));
    shell.run(shell::command("node").arg("--test").args(tests))
}

fn compare(shell: &Shell, folder: &Path, scripts: &[(&str, &str)]) -> Outcome {
    let seed = env::var("SESSIONGATE_SEED").unwrap_or_else(|_| SEED.to_owned());
    for (script, count) in scripts {
        let mut compare = shell::command("node");
        compare.arg(folder.join(script)).args(["--count", count, "--seed", &seed]);
        shell.run(&mut compare)?;
    }
    Ok(())
}

pub(crate) fn deny(shell: &Shell) -> Outcome {
    let folder = cargo_tool::cargo_deny(shell)?;
    let mut deny = cargo("deny --workspace --all-features check bans licenses sources");
    shell.run(deny.env("PATH", shell::path_with(&[&folder])?))
}

pub(crate) fn fuzz(shell: &Shell) -> Outcome {
    // First the judges themselves: what they would let pass, no fuzzer finds.
    shell.run(&mut cargo("test --manifest-path fuzz/Cargo.toml --lib"))?;
    let folder = cargo_tool::cargo_fuzz(shell)?;
    let path = shell::path_with(&[&folder])?;
    let targets = shell::output(cargo("fuzz list").env("PATH", &path));
    let targets = targets.ok_or("`cargo fuzz list` names no targets: see fuzz/Cargo.toml")?;
    for target in targets.split_whitespace() {
        // Without a sanitizer, because those need a nightly compiler.
        let mut run = cargo("fuzz run --sanitizer none");
        run.args(corpora(target)?);
        run.args(["--", &format!("-max_total_time={FUZZ_SECONDS}")]);
        run.args(dictionary());
        shell.run(run.env("PATH", &path))?;
    }
    Ok(())
}

/// The target, the folder that the fuzzer grows, and the inputs in the repository to begin with.
fn corpora(target: &str) -> Outcome<Vec<PathBuf>> {
    let fuzz = workspace::root().join("fuzz");
    let corpus = fuzz.join("corpus").join(target);
    std::fs::create_dir_all(&corpus)
        .map_err(|error| format!("cannot make the folder {}: {error}", corpus.display()))?;
    let seeds = Some(fuzz.join("seeds").join(target)).filter(|folder| folder.is_dir());
    Ok([PathBuf::from(target), corpus].into_iter().chain(seeds).collect())
}

/// The words that all targets mix in.
fn dictionary() -> Option<String> {
    let file = workspace::root().join("fuzz/seeds/dictionary");
    file.is_file().then(|| format!("-dict={}", file.display()))
}

fn cargo(words: &str) -> Command {
    let mut cargo = workspace::cargo();
    cargo.args(words.split(' '));
    cargo
}

fn wasm(subcommand: &str, features: &str) -> Command {
    let mut cargo = cargo(subcommand);
    cargo.args(["--package", "sessiongate", "--target", build::WASM]);
    cargo.args(["--no-default-features", "--features", features]);
    cargo
}

fn wasm_test(shell: &Shell) -> Outcome<Command> {
    let runner = cargo_tool::wasm_bindgen(shell)?.join("wasm-bindgen-test-runner");
    let mut test = wasm("test", "wasm,ring,supertokens");
    test.args(["--test", "wasm"]).env(RUNNER, runner);
    if let Some(driver) = shell::find("chromedriver") {
        test.env("CHROMEDRIVER", Path::new(&driver));
    }
    Ok(test)
}

const NO_STD: &str = "thumbv7em-none-eabihf";
const RUNNER: &str = "CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER";
/// For each target; all of them together get 80.
const FUZZ_SECONDS: u32 = 16;
