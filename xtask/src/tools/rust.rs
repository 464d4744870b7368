//! What rustup brings: targets and components.

use crate::shell::{self, Shell};
use crate::{Outcome, workspace};
use std::path::Path;

/// The standard library of a target.
pub(crate) fn target(shell: &Shell, triple: &str) -> Outcome {
    let mut rustc = shell::command("rustc");
    let folder = shell::output(rustc.args(["--print", "target-libdir", "--target", triple]));
    if folder.is_some_and(|folder| Path::new(&folder).is_dir()) {
        return Ok(());
    }
    rustup(shell, &["target", "add", triple])
}

/// rustfmt and clippy.
pub(crate) fn components(shell: &Shell) -> Outcome {
    for component in ["rustfmt", "clippy"] {
        let subcommand = if component == "rustfmt" { "fmt" } else { component };
        if shell::output(workspace::cargo().args([subcommand, "--version"])).is_none() {
            rustup(shell, &["component", "add", component])?;
        }
    }
    Ok(())
}

fn rustup(shell: &Shell, arguments: &[&str]) -> Outcome {
    let words = arguments.join(" ");
    let failed = |error| format!("{error}\nThis is needed: run `rustup {words}`");
    shell.run(shell::command("rustup").args(arguments)).map_err(failed)
}
