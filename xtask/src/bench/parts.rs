//! The parts of a measurement, and what each needs beside the package.

use super::{Plan, script};
use crate::shell::{self, Shell};
use crate::tools::rust;
use crate::{Outcome, build, workspace};
use std::path::PathBuf;

/// One part.
pub(crate) struct Part {
    pub(crate) name: &'static str,
    /// Whether a whole measurement does it in each of its runs.
    pub(crate) is_repeated: bool,
    pub(crate) prepare: fn(&Shell) -> Outcome,
    /// Measures it; runs are counted from 1.
    pub(crate) measure: fn(&Shell, &Plan, u32) -> Outcome,
}

pub(crate) const PARTS: &[Part] = &[
    Part { name: "peers", is_repeated: true, prepare: nothing, measure: peers },
    Part { name: "growth", is_repeated: true, prepare: nothing, measure: growth },
    Part { name: "cold-start", is_repeated: true, prepare: nothing, measure: cold_start },
    Part { name: "memory", is_repeated: true, prepare: nothing, measure: memory },
    Part { name: "sizes", is_repeated: false, prepare: nothing, measure: sizes },
    Part { name: "engines", is_repeated: true, prepare: kernels, measure: engines },
    Part { name: "stages", is_repeated: true, prepare: nothing, measure: stages },
    Part { name: "profile", is_repeated: false, prepare: named_build, measure: profile },
];

fn nothing(_: &Shell) -> Outcome {
    Ok(())
}

fn peers(shell: &Shell, plan: &Plan, run: u32) -> Outcome {
    let mut peers = script("peers.mjs", &[]);
    for runtime in &plan.runtimes {
        peers.args(["--runtime", runtime]);
    }
    shell.run(peers.args(plan.flags(run)))
}

fn growth(shell: &Shell, plan: &Plan, run: u32) -> Outcome {
    shell.run(script("growth.mjs", &[]).args(plan.flags(run)))
}

fn cold_start(shell: &Shell, plan: &Plan, run: u32) -> Outcome {
    shell.run(script("first-decision.mjs", &[]).args(plan.flags(run)))
}

fn memory(shell: &Shell, plan: &Plan, run: u32) -> Outcome {
    shell.run(script("memory.mjs", &[]).args(plan.flags(run)))
}

fn sizes(shell: &Shell, plan: &Plan, run: u32) -> Outcome {
    shell.run(script("sizes.mjs", &[]).args(plan.flags(run)))
}

/// The kernels by themselves, with SIMD as in the build of the package.
fn kernels(shell: &Shell) -> Outcome {
    rust::target(shell, build::WASM)?;
    let mut cargo = workspace::cargo();
    cargo.args(["build", "--release", "--package", "sessiongate-kernels", "--target", build::WASM]);
    cargo.args(["--example", "bench_rsa", "--example", "speed_p256"]);
    shell.run(cargo.env("CARGO_ENCODED_RUSTFLAGS", "-Ctarget-feature=+simd128"))
}

fn engines(shell: &Shell, plan: &Plan, run: u32) -> Outcome {
    let examples = workspace::target()?.join(build::WASM).join("release").join("examples");
    shell.run(script("engines.mjs", &[]).arg(examples).args(plan.flags(run)))
}

fn stages(shell: &Shell, plan: &Plan, run: u32) -> Outcome {
    let mut cargo = workspace::cargo();
    if plan.is_quick {
        // Each stage once, without the time that an optimised build takes.
        return shell.run(cargo.args(["test", "--package", "sessiongate", "--bench", "stages"]));
    }
    cargo.args(["bench", "--package", "sessiongate", "--bench", "stages"]);
    shell.say("$ cargo bench --bench stages");
    let table = shell::output(&mut cargo).ok_or("`cargo bench --bench stages` failed")?;
    shell.say(&table);
    let file = workspace::scratch("bench")?.join("stages.txt");
    workspace::write(&file, table)?;
    shell.run(script("stages.mjs", &[]).arg(file).args(plan.flags(run)))
}

fn named_build(shell: &Shell) -> Outcome {
    build::with_names(shell, &named_folder()?)
}

fn profile(shell: &Shell, plan: &Plan, run: u32) -> Outcome {
    shell.run(script("profile.mjs", &[]).arg(named_folder()?).args(plan.flags(run)))
}

fn named_folder() -> Outcome<PathBuf> {
    workspace::scratch("bench/named")
}
