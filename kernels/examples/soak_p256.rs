//! Compares the kernel with ring on any number of cases:
//!
//! ```sh
//! cargo build --release -p sessiongate-kernels --example soak_p256
//! cargo build --release -p sessiongate-kernels --example soak_p256 --target wasm32-wasip1
//! wasm="node kernels/examples/wasi.mjs target/wasm32-wasip1/release/examples/soak_p256.wasm"
//!
//! target/release/examples/soak_p256 --cases 100000 --seed 1
//! target/release/examples/soak_p256 --cases 100000 --seed 1 --write | $wasm --read
//! ```
//!
//! The last one judges the same cases natively and in wasm, where there is no ring: a run in wasm reads
//! the cases and the verdicts that ring gave.
#![cfg_attr(
    target_arch = "wasm32",
    allow(dead_code, unused_imports, reason = "only what reads cases is used there")
)]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test stops at what it did not expect"
)]

#[path = "../tests/p256/cases.rs"]
mod cases;
#[path = "../tests/p256/judge.rs"]
mod judge;
#[path = "../tests/p256/random.rs"]
mod random;
#[path = "../tests/p256/reference.rs"]
mod reference;
#[path = "../tests/p256/signer.rs"]
mod signer;
#[path = "../tests/p256/stream.rs"]
mod stream;

use std::io::{self, BufReader, BufWriter, Write};
use std::process::ExitCode;
use std::{env, mem};

use judge::Judge;
use random::Random;
use reference::Verdicts;
use stream::Reader;

/// So many faults are enough to see what is wrong.
const MOST_FAULTS: usize = 20;

fn main() -> ExitCode {
    let (Some(cases), Some(seed)) = (option("--cases", 100_000), option("--seed", 1)) else {
        eprintln!("usage: soak_p256 [--cases N] [--seed S] [--write] | soak_p256 --read");
        return ExitCode::FAILURE;
    };
    let given = |name: &str| env::args().any(|argument| argument == name);
    let mut judge = Judge::new();
    if given("--read") {
        replay(&mut judge).expect("a stream of cases");
    } else {
        eprintln!("seed {seed}");
        let stream = given("--write").then(io::stdout);
        generate(&mut judge, cases as usize, seed, stream)
            .expect("cases, and a reader of the stream");
    }
    report(&judge)
}

#[cfg(target_arch = "wasm32")]
fn generate(_: &mut Judge, _: usize, _: u64, _: Option<io::Stdout>) -> io::Result<()> {
    Err(io::Error::new(io::ErrorKind::Unsupported, "there is no ring here: give --read"))
}

/// Makes cases, asks the reference, and writes them to the stream, if there is one.
#[cfg(not(target_arch = "wasm32"))]
fn generate(
    judge: &mut Judge,
    cases: usize,
    seed: u64,
    stream: Option<io::Stdout>,
) -> io::Result<()> {
    cases::check_constants();
    let (mut random, mut progress) = (Random::new(seed), 0);
    let mut stream = stream.map(BufWriter::new);
    while judge.total() < cases && judge.faults.len() < MOST_FAULTS {
        for group in cases::batch(&mut random) {
            let verdicts = Verdicts::of(&group);
            judge.judge(&group, &verdicts);
            if let Some(stream) = &mut stream {
                stream::write(stream, &group, &verdicts)?;
            }
        }
        show_progress(judge, &mut progress);
    }
    stream.map_or(Ok(()), |mut stream| stream.flush())
}

/// Judges the cases of the stream.
fn replay(judge: &mut Judge) -> io::Result<()> {
    let (mut reader, mut progress) = (Reader::new(BufReader::new(io::stdin())), 0);
    while let Some((group, verdicts)) = reader.next()? {
        judge.judge(&group, &verdicts);
        show_progress(judge, &mut progress);
    }
    Ok(())
}

fn show_progress(judge: &Judge, shown: &mut usize) {
    let progress = judge.total() / 250_000;
    if mem::replace(shown, progress) != progress {
        eprintln!("{} cases, {} faults", judge.total(), judge.faults.len());
    }
}

fn report(judge: &Judge) -> ExitCode {
    eprintln!("{}", judge.summary());
    for fault in judge.faults.iter().take(MOST_FAULTS) {
        eprintln!("{fault}");
    }
    // A short run may lack a kind; a long one must have all.
    let missing = |kinds: &[&'static str], verdict: usize| {
        kinds.iter().copied().filter(|kind| judge.count(kind)[verdict] == 0).collect::<Vec<_>>()
    };
    let missing = [missing(&cases::VALID, 0), missing(&cases::INVALID, 1)].concat();
    if judge.total() >= 100_000 && !missing.is_empty() {
        eprintln!("no cases of these kinds: {missing:?}");
        return ExitCode::FAILURE;
    }
    if judge.faults.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// The number after `name`, or the default; `None` if it is no number.
fn option(name: &str, default: u64) -> Option<u64> {
    let mut arguments = env::args().skip_while(|argument| argument != name);
    match (arguments.next(), arguments.next()) {
        (None, _) => Some(default),
        (Some(_), value) => value?.parse().ok(),
    }
}
