//! Compares the RSA kernel with `ring` on any number of cases.
//!
//! ```sh
//! cargo run --release -p sessiongate-kernels --example soak_rsa -- --cases 1000000 --seed 1
//! ```
//!
//! In wasm (see `docs/kernels.md` for the command) `ring` is not there. The same seed makes the same
//! cases, so both runs print the same digest over all cases and verdicts if and only if the kernel
//! answers in wasm as `ring` does natively.

#[path = "../tests/rsa_support/mod.rs"]
mod rsa_support;

use std::collections::BTreeMap;
use std::env;
use std::process::ExitCode;
use std::time::Instant;

use rsa_support::cases::{Case, Generator};
use rsa_support::oracle;
use sessiongate_kernels::rsa::PublicKey;
use sha2::{Digest, Sha256};

/// Bits of the keys with two large primes.
const LARGE_KEYS: [u64; 6] = [2048, 2048, 2048, 2056, 3072, 4096];

fn main() -> ExitCode {
    let Some((cases, seed)) = arguments() else {
        eprintln!("usage: soak_rsa --cases <number> --seed <number>");
        return ExitCode::FAILURE;
    };
    let start = Instant::now();
    let mut generator = Generator::new(seed, &LARGE_KEYS);
    let mut tally = Tally::default();
    while tally.cases < cases {
        let (modulus, cases) = generator.round();
        for (place, case) in cases.iter().enumerate() {
            if let Err(verdicts) = tally.add(&modulus, place, case) {
                println!("seed {seed}, case {}, {}: {verdicts}", tally.cases, case.kind);
                return ExitCode::FAILURE;
            }
        }
        if tally.cases.is_multiple_of(1 << 18) {
            eprintln!("{} cases, {} s", tally.cases, start.elapsed().as_secs());
        }
    }
    tally.report(seed);
    ExitCode::SUCCESS
}

fn arguments() -> Option<(usize, u64)> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let value = |name: &str| {
        let place = arguments.iter().position(|argument| argument == name)?;
        arguments.get(place + 1)?.parse::<u64>().ok()
    };
    Some((value("--cases")? as usize, value("--seed")?))
}

#[derive(Default)]
struct Tally {
    cases: usize,
    valid: usize,
    kinds: BTreeMap<String, usize>,
    key: Option<PublicKey>,
    digest: Sha256,
}

impl Tally {
    fn add(&mut self, modulus: &[u8], place: usize, case: &Case) -> Result<(), String> {
        if place == 0 {
            self.key = Some(PublicKey::new(modulus).map_err(|fault| fault.to_string())?);
            self.digest.update(modulus);
        }
        let key = self.key.as_ref().ok_or("no key")?;
        let is_valid = key.verify(case.hash, &case.message, &case.signature);
        let oracle = oracle(modulus, case.hash, &case.message, &case.signature);
        if is_valid != case.is_valid || oracle.is_some_and(|oracle| oracle != is_valid) {
            let made = case.is_valid;
            return Err(format!("the kernel says {is_valid}, ring {oracle:?}, made as {made}"));
        }
        self.cases += 1;
        self.valid += usize::from(is_valid);
        *self.kinds.entry(case.kind.clone()).or_default() += 1;
        self.digest.update(&case.message);
        self.digest.update(&case.signature);
        self.digest.update([u8::from(is_valid)]);
        Ok(())
    }

    fn report(self, seed: u64) {
        for (kind, count) in &self.kinds {
            println!("{kind:12} {count}");
        }
        let digest: String = self.digest.finalize().iter().map(|o| format!("{o:02x}")).collect();
        println!("{} cases, {} valid, seed {seed}, digest {digest}", self.cases, self.valid);
    }
}
