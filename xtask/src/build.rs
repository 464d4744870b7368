//! `cargo xtask build`: the wasm module and the npm package around it.

use crate::matrix::{Matrix, WasmBuild};
use crate::shell::{self, Shell};
use crate::size::Sizes;
use crate::tools::{apt, cargo_tool, npm, rust};
use crate::{Outcome, bindgen, workspace};
use std::path::{Path, PathBuf};
use std::process::Command;

/// Gets the tools that the build needs, then builds.
pub(crate) fn run(shell: &Shell) -> Outcome {
    rust::target(shell, WASM)?;
    apt::clang(shell)?;
    npm::install(shell, "pkg")?;
    package(shell)
}

/// Every build of the matrix, then the TypeScript around it; the tools are there.
pub(crate) fn package(shell: &Shell) -> Outcome {
    for (name, build) in &Matrix::read()?.build {
        let module = compile(shell, build)?;
        let made = workspace::scratch(&format!("wasm/{name}"))?;
        bindgen::generate(&module, &made)?;
        optimise(shell, build, &made, &[])?;
        replace(&made, &build.out())?;
        shell.say(&format!("wasm build {name}: {}", Sizes::of(&build.out().join(MODULE))?));
    }
    shell.run(npm::command("run").arg("build").current_dir(workspace::root().join("pkg")))
}

/// Runs wasm-pack itself for every build of the matrix and compares the bytes with ours.
pub(crate) fn compare_with_wasm_pack(shell: &Shell) -> Outcome {
    let wasm_pack = cargo_tool::wasm_pack(shell)?;
    let wasm_bindgen = cargo_tool::wasm_bindgen(shell)?;
    let folders = [wasm_bindgen.as_path(), &npm::binaries("pkg")];
    for (name, build) in &Matrix::read()?.build {
        let out = workspace::scratch(&format!("wasm-pack/{name}"))?;
        let mut command = shell::command(wasm_pack.join("wasm-pack"));
        command.args(["build", "--mode", "no-install", "--target", build.target()]);
        command.arg("--out-dir").arg(&out).args(profile_flags(build));
        command.args(build.feature_flags()).env("PATH", shell::path_with(&folders)?);
        set_flags(&mut command, build)?;
        shell.run(&mut command)?;
        for file in [MODULE, GLUE] {
            same_bytes(&build.out().join(file), &out.join(file))?;
        }
        shell.say(&format!("{name}: wasm-pack makes the same {MODULE} and {GLUE}"));
    }
    Ok(())
}

/// The module of the package with the names of its functions, for the profiler: the same code, of
/// which only the names are not taken away.
pub(crate) fn with_names(shell: &Shell, out: &Path) -> Outcome {
    let matrix = Matrix::read()?;
    let build = matrix.build.get("default").ok_or("wasm-pack.toml has no build `default`")?;
    bindgen::generate(&compile(shell, build)?, out)?;
    optimise(shell, build, out, &["--debuginfo"])
}

fn compile(shell: &Shell, build: &WasmBuild) -> Outcome<PathBuf> {
    let mut cargo = workspace::cargo();
    cargo.args(["build", "--lib", "--package", "sessiongate", "--target", WASM]);
    cargo.args(["--profile", &build.profile]).args(build.feature_flags());
    set_flags(&mut cargo, build)?;
    shell.run(&mut cargo)?;
    Ok(build.target_folder()?.join(WASM).join(&build.profile).join("sessiongate.wasm"))
}

/// The flags of rustc: those that are given, the wasm features of the build, and one for paths.
///
/// Panic locations hold the paths of the sources. Without the part that differs from machine to
/// machine every build gives the same bytes, and the package tells nothing about its builder.
///
/// Cargo forgets what it compiled with other flags, so each set of wasm features has its own folder.
fn set_flags(cargo: &mut Command, build: &WasmBuild) -> Outcome {
    let given = std::env::var("RUSTFLAGS").unwrap_or_default();
    let mut flags: Vec<_> = given.split_whitespace().map(str::to_owned).collect();
    flags.extend(build.target_feature_flag());
    let home = std::env::var_os("CARGO_HOME").map(PathBuf::from);
    if let Some(home) = home.or_else(|| Some(std::env::home_dir()?.join(".cargo"))) {
        flags.push(format!("--remap-path-prefix={}=/cargo", home.display()));
    }
    cargo.env("CARGO_ENCODED_RUSTFLAGS", flags.join("\u{1f}"));
    cargo.env("CARGO_TARGET_DIR", build.target_folder()?);
    Ok(())
}

fn optimise(shell: &Shell, build: &WasmBuild, folder: &Path, more: &[&str]) -> Outcome {
    let module = folder.join(MODULE);
    let mut command = shell::command(npm::binaries("pkg").join("wasm-opt"));
    shell.run(command.arg(&module).arg("-o").arg(&module).args(&build.wasm_opt).args(more))
}

/// Puts the finished files into `out` and takes away what an earlier build left there.
fn replace(made: &Path, out: &Path) -> Outcome {
    let failed = |error| format!("{}: {error}", out.display());
    if out.exists() {
        std::fs::remove_dir_all(out).map_err(failed)?;
    }
    std::fs::create_dir_all(out).map_err(failed)?;
    for entry in std::fs::read_dir(made).map_err(failed)? {
        let entry = entry.map_err(failed)?;
        std::fs::copy(entry.path(), out.join(entry.file_name())).map_err(failed)?;
    }
    Ok(())
}

fn profile_flags(build: &WasmBuild) -> Vec<&str> {
    match build.profile.as_str() {
        "release" => vec!["--release"],
        other => vec!["--profile", other],
    }
}

fn same_bytes(ours: &Path, theirs: &Path) -> Outcome {
    if read(ours)? == read(theirs)? {
        return Ok(());
    }
    Err(format!(
        "{} and {} differ: compare `wasm-opt` in wasm-pack.toml with \
         `package.metadata.wasm-pack.profile.release` in Cargo.toml, and the versions of \
         wasm-bindgen",
        ours.display(),
        theirs.display()
    ))
}

fn read(path: &Path) -> Outcome<Vec<u8>> {
    std::fs::read(path).map_err(|error| format!("{}: {error}", path.display()))
}

pub(crate) const WASM: &str = "wasm32-unknown-unknown";
pub(crate) const MODULE: &str = "sessiongate_bg.wasm";
const GLUE: &str = "sessiongate_bg.js";
