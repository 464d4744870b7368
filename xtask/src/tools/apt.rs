//! What Debian's packages bring: clang and a browser.

use crate::Outcome;
use crate::shell::{self, Shell};
use std::path::PathBuf;
use std::sync::Mutex;

/// A C compiler for wasm, which ring needs.
pub(crate) fn clang(shell: &Shell) -> Outcome {
    if std::env::var_os("CC_wasm32_unknown_unknown").is_some() {
        return Ok(());
    }
    program(shell, &["clang"], "clang", "it compiles ring's C code to wasm").map(drop)
}

/// A C++ compiler, which libFuzzer needs.
pub(crate) fn cxx(shell: &Shell) -> Outcome {
    if std::env::var_os("CXX").is_some() {
        return Ok(());
    }
    program(shell, &["c++"], "g++", "it compiles libFuzzer").map(drop)
}

/// Chromium and its driver.
pub(crate) fn chromium(shell: &Shell) -> Outcome {
    let why = "the tests run in a real browser";
    program(shell, &["chromium", "chromium-browser", "google-chrome"], "chromium", why)?;
    program(shell, &["chromedriver"], "chromium-driver", why).map(drop)
}

/// Finds one of the `programs`, or installs the package that brings the first.
fn program(shell: &Shell, programs: &[&str], package: &str, why: &str) -> Outcome<PathBuf> {
    let found = || programs.iter().find_map(|program| shell::find(program));
    if let Some(path) = found() {
        return Ok(path);
    }
    let command = format!("apt-get install --yes --no-install-recommends {package}");
    let missing = format!("{package} is needed ({why}) and not there: run `sudo {command}`");
    if !can_install() {
        return Err(missing);
    }
    install(shell, package).map_err(|error| format!("{missing}\n{error}"))?;
    found().ok_or(missing)
}

fn can_install() -> bool {
    let is_root = shell::output(shell::command("id").arg("-u")).is_some_and(|id| id == "0");
    is_root && shell::find("apt-get").is_some()
}

fn install(shell: &Shell, package: &str) -> Outcome {
    // apt locks its lists, so two steps must not install at once; they are fetched only once.
    static LISTS_ARE_FRESH: Mutex<bool> = Mutex::new(false);
    let mut fresh = LISTS_ARE_FRESH.lock().map_err(|error| error.to_string())?;
    if !*fresh {
        shell.run(shell::command("apt-get").arg("update"))?;
        *fresh = true;
    }
    let mut apt = shell::command("apt-get");
    apt.args(["install", "--yes", "--no-install-recommends", package]);
    shell.run(apt.env("DEBIAN_FRONTEND", "noninteractive"))
}
