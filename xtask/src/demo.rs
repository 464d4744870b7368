//! `cargo xtask demo`: builds the package and shows it at work.

use crate::shell::{self, Shell};
use crate::{Outcome, build};

/// Builds, then runs the demo until it is interrupted, or for one round.
pub(crate) fn run(shell: &Shell, once: bool) -> Outcome {
    build::run(shell)?;
    let mut node = shell::command("node");
    node.arg("demo/main.mjs");
    if once {
        node.arg("--once");
    }
    shell.run(&mut node)
}
