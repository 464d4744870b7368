//! Where things are: the repository, cargo's target folder, the versions in Cargo.lock.

use crate::Outcome;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

/// The root of the repository.
pub(crate) fn root() -> &'static Path {
    static ROOT: OnceLock<PathBuf> = OnceLock::new();
    ROOT.get_or_init(|| {
        let manifest = std::env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from);
        let parent = manifest.and_then(|folder| folder.parent().map(Path::to_path_buf));
        parent.unwrap_or_else(|| PathBuf::from("."))
    })
}

/// Cargo's target folder, wherever the user's settings put it.
pub(crate) fn target() -> Outcome<&'static Path> {
    static TARGET: OnceLock<Outcome<PathBuf>> = OnceLock::new();
    TARGET.get_or_init(find_target).as_deref().map_err(Clone::clone)
}

/// Where `cargo install` puts the tools of this house.
pub(crate) fn tools() -> Outcome<PathBuf> {
    Ok(target()?.join("tools"))
}

/// Where xtask keeps what only it needs: logs and intermediate builds.
pub(crate) fn scratch(name: &str) -> Outcome<PathBuf> {
    let folder = target()?.join("xtask").join(name);
    std::fs::create_dir_all(&folder)
        .map_err(|error| format!("cannot make the folder {}: {error}", folder.display()))?;
    Ok(folder)
}

/// `cargo`, the one that runs us.
pub(crate) fn cargo() -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.current_dir(root());
    command
}

/// The version of a package in Cargo.lock.
pub(crate) fn locked_version(package: &str) -> Outcome<String> {
    let lock: toml::Table = toml::from_str(&read(&root().join("Cargo.lock"))?)
        .map_err(|error| format!("Cargo.lock cannot be read: {error}"))?;
    let packages = lock.get("package").and_then(toml::Value::as_array).into_iter().flatten();
    packages
        .filter(|entry| entry.get("name").and_then(toml::Value::as_str) == Some(package))
        .find_map(|entry| entry.get("version").and_then(toml::Value::as_str))
        .map(str::to_owned)
        .ok_or_else(|| format!("Cargo.lock has no package `{package}`"))
}

/// The text of a file.
pub(crate) fn read(path: &Path) -> Outcome<String> {
    std::fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))
}

/// Writes a file.
pub(crate) fn write(path: &Path, content: impl AsRef<[u8]>) -> Outcome {
    std::fs::write(path, content).map_err(|error| format!("{}: {error}", path.display()))
}

fn find_target() -> Outcome<PathBuf> {
    let output = cargo()
        .args(["metadata", "--format-version", "1", "--no-deps"])
        .output()
        .map_err(|error| format!("cargo cannot be started: {error}"))?;
    let metadata: serde_json::Value = serde_json::from_slice(&output.stdout)
        .map_err(|_| String::from_utf8_lossy(&output.stderr).into_owned())?;
    let folder = metadata.get("target_directory").and_then(serde_json::Value::as_str);
    folder.map(PathBuf::from).ok_or_else(|| "`cargo metadata` names no target folder".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_glue_generator_is_of_the_version_of_the_crate() {
        let crate_version = locked_version("wasm-bindgen").unwrap();
        assert_eq!(crate_version, locked_version("wasm-bindgen-cli-support").unwrap());
    }

    #[test]
    fn an_unknown_package_is_named() {
        assert_eq!(
            locked_version("no-such-package").unwrap_err(),
            "Cargo.lock has no package `no-such-package`"
        );
    }
}
