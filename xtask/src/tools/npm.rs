//! Node, npm and the npm packages that a folder's package-lock.json names.

use crate::shell::{self, Shell};
use crate::{Outcome, workspace};
use std::path::PathBuf;
use std::process::Command;

/// Installs what a folder's lock file names, unless that was done already.
///
/// Not with `npm ci`: it refuses a lock file that was made with a registry that lacks a package
/// for some other platform. `--no-save` leaves the lock file as it is, too.
pub(crate) fn install(shell: &Shell, folder: &str) -> Outcome {
    check_node()?;
    let path = workspace::root().join(folder);
    let lock = workspace::read(&path.join("package-lock.json"))?;
    let stamp = path.join("node_modules").join(".xtask-installed");
    if std::fs::read_to_string(&stamp).is_ok_and(|installed| installed == lock) {
        return Ok(());
    }
    let mut npm = command("install");
    shell.run(npm.args(["--no-save", "--no-audit", "--no-fund"]).current_dir(&path))?;
    workspace::write(&stamp, lock)
}

/// An npm command; the caller sets the folder.
pub(crate) fn command(subcommand: &str) -> Command {
    let mut npm = shell::command("npm");
    npm.arg(subcommand);
    npm
}

/// The folder of the programs that a folder's npm packages bring.
pub(crate) fn binaries(folder: &str) -> PathBuf {
    workspace::root().join(folder).join("node_modules").join(".bin")
}

fn check_node() -> Outcome {
    let missing = "Node 20 or newer with npm is needed: see https://nodejs.org";
    let version = shell::output(shell::command("node").arg("--version"));
    let version = version.ok_or_else(|| format!("node is not there. {missing}"))?;
    let major = version.trim_start_matches('v').split('.').next();
    match major.and_then(|number| number.parse::<u32>().ok()) {
        Some(20..) => Ok(()),
        _ => Err(format!("node is {version}. {missing}")),
    }
}
