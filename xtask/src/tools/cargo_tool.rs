//! Tools that `cargo install` brings, kept in the target folder.

use crate::shell::{self, Shell};
use crate::{Outcome, workspace};
use std::path::{Path, PathBuf};

/// The folder that holds `wasm-bindgen` and `wasm-bindgen-test-runner`.
pub(crate) fn wasm_bindgen(shell: &Shell) -> Outcome<PathBuf> {
    // Not --locked: its lock file asks for a release of a crate that not every mirror has.
    let version = workspace::locked_version("wasm-bindgen")?;
    let tool = Tool { package: "wasm-bindgen-cli", version: &version, locked: false };
    tool.folder(shell, &["wasm-bindgen", "wasm-bindgen-test-runner"])
}

/// The folder that holds `wasm-pack`.
pub(crate) fn wasm_pack(shell: &Shell) -> Outcome<PathBuf> {
    Tool { package: "wasm-pack", version: "0.15.1", locked: true }.folder(shell, &["wasm-pack"])
}

/// The folder that holds `cargo-deny`.
pub(crate) fn cargo_deny(shell: &Shell) -> Outcome<PathBuf> {
    Tool { package: "cargo-deny", version: "0.20.2", locked: true }.folder(shell, &["cargo-deny"])
}

/// The folder that holds `cargo-fuzz`.
pub(crate) fn cargo_fuzz(shell: &Shell) -> Outcome<PathBuf> {
    Tool { package: "cargo-fuzz", version: "0.13.2", locked: true }.folder(shell, &["cargo-fuzz"])
}

struct Tool<'v> {
    package: &'static str,
    version: &'v str,
    locked: bool,
}

impl Tool<'_> {
    /// Where all `programs` are of the right version: on PATH, or installed by us, now if need be.
    fn folder(&self, shell: &Shell, programs: &[&str]) -> Outcome<PathBuf> {
        let root = workspace::tools()?;
        let ours = root.join("bin");
        let first = programs.first().and_then(|program| shell::find(program));
        let on_path = first.as_deref().and_then(Path::parent).map(Path::to_path_buf);
        let is_right = |folder: &PathBuf| programs.iter().all(|name| self.is_at(folder, name));
        if let Some(folder) = on_path.into_iter().chain([ours.clone()]).find(is_right) {
            return Ok(folder);
        }
        self.install(shell, &root)?;
        if is_right(&ours) {
            return Ok(ours);
        }
        Err(format!("{} {} was installed but does not run", self.package, self.version))
    }

    fn is_at(&self, folder: &Path, program: &str) -> bool {
        let version = shell::output(shell::command(folder.join(program)).arg("--version"));
        version.is_some_and(|text| text.split_whitespace().nth(1) == Some(self.version))
    }

    fn install(&self, shell: &Shell, root: &Path) -> Outcome {
        let mut words = vec!["install", self.package, "--version", self.version];
        if self.locked {
            words.push("--locked");
        }
        let by_hand =
            format!("{} {} is needed: run `cargo {}`", self.package, self.version, words.join(" "));
        // They work for seconds, so the quicker compilation is worth more than quicker code.
        let mut cargo = workspace::cargo();
        cargo.args(words).args(["--debug", "--force", "--root"]).arg(root);
        cargo.env("CARGO_PROFILE_DEV_DEBUG", "0");
        shell.run(&mut cargo).map_err(|error| format!("{by_hand}\n{error}"))
    }
}
