//! Compares the kernel with ring on any number of cases, natively or in wasm:
//!
//! ```sh
//! cargo run --release -p sessiongate-kernels --example soak_p256 -- --cases 100000 --seed 1
//! cargo build --release -p sessiongate-kernels --example soak_p256 --target wasm32-wasip1
//! node kernels/examples/wasi.mjs target/wasm32-wasip1/release/examples/soak_p256.wasm --cases 10000
//! ```
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
#[path = "../tests/p256/signer.rs"]
mod signer;

use std::env;
use std::process::ExitCode;

use judge::Judge;
use random::Random;

fn main() -> ExitCode {
    let (Some(total), Some(seed)) = (option("--cases", 100_000), option("--seed", 1)) else {
        eprintln!("usage: soak_p256 [--cases N] [--seed S]");
        return ExitCode::FAILURE;
    };
    cases::check_constants();
    let (mut random, mut judge) = (Random::new(seed), Judge::new());
    let mut reported = 0;
    while judge.total() < total as usize && judge.faults.len() < 20 {
        cases::batch(&mut random).iter().for_each(|group| judge.judge(group));
        if judge.total() / 1_000_000 > reported {
            reported = judge.total() / 1_000_000;
            eprintln!("{reported} million, {} faults", judge.faults.len());
        }
    }
    println!("seed {seed}\n{}", judge.summary());
    for fault in &judge.faults {
        println!("{fault}");
    }
    // A short run may lack a kind; a long one must have all.
    let missing = |kinds: &[&'static str], verdict: usize| {
        kinds.iter().copied().filter(|kind| judge.count(kind)[verdict] == 0).collect::<Vec<_>>()
    };
    let missing = [missing(&cases::VALID, 0), missing(&cases::INVALID, 1)].concat();
    if total >= 100_000 && !missing.is_empty() {
        println!("no cases of these kinds: {missing:?}");
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
