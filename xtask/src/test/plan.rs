//! The list of all steps: what each needs and what it must not run beside.

use super::{apps, steps};
use crate::Outcome;
use crate::shell::Shell;

/// One step of the test run.
#[derive(Clone, Copy)]
pub(crate) struct Step {
    pub(crate) name: &'static str,
    pub(crate) what: &'static str,
    pub(crate) kind: Kind,
    pub(crate) lane: Lane,
    /// Steps that must have passed before.
    pub(crate) needs: &'static [&'static str],
    pub(crate) action: Action,
}

/// What a step does.
#[derive(Clone, Copy)]
pub(crate) enum Action {
    Call(fn(&Shell) -> Outcome),
    /// Runs the application of this name in `tests/apps`.
    App(&'static str),
}

impl Action {
    pub(crate) fn run(self, shell: &Shell) -> Outcome {
        match self {
            Self::Call(call) => call(shell),
            Self::App(name) => apps::run(shell, name),
        }
    }
}

/// How a step counts in the result.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Gets a tool: counts nothing.
    Tool,
    /// Passes or fails as a whole: counts as one.
    Check,
    /// Prints how many tests passed.
    Suite,
}

/// Steps of the same lane never run at the same time.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Lane {
    /// Installs something.
    Install,
    /// Uses cargo's debug folder, which cargo locks.
    Debug,
    /// Uses cargo's release folder, or the package that is built there.
    Release,
    /// Runs the finished package.
    Package,
    /// Installs and runs applications with the finished package.
    Apps,
    /// The rest, which is quick.
    Quick,
}

/// All steps; of those that are ready the first is started first.
pub(crate) fn all() -> Vec<Step> {
    tools().into_iter().chain(checks()).chain(apps::steps()).collect()
}

/// The named steps and what they need.
pub(crate) fn only(names: &[&str]) -> Outcome<Vec<Step>> {
    let all = all();
    let mut wanted = names.to_vec();
    let mut next = 0;
    while let Some(name) = wanted.get(next).copied() {
        let step = all.iter().find(|step| step.name == name);
        let step =
            step.ok_or_else(|| format!("no step `{name}`: see `cargo xtask test --list`"))?;
        wanted.extend(step.needs);
        next += 1;
    }
    Ok(all.into_iter().filter(|step| wanted.contains(&step.name)).collect())
}

fn tools() -> Vec<Step> {
    use Lane::Install;
    let tool = |name, what, lane, action| {
        let action = Action::Call(action);
        Step { name, what, kind: Kind::Tool, lane, needs: &[], action }
    };
    vec![
        tool("rust", "rustup's targets and components", Install, steps::rust),
        tool("clang", "the C compiler for wasm", Install, steps::clang),
        tool("npm", "the npm packages of the build", Install, steps::npm),
        tool("wasm-bindgen-cli", "the wasm test runner", Install, steps::wasm_bindgen_cli),
        tool("npm-tests", "the npm packages of the tests", Install, steps::npm_tests),
        tool("chromium", "the browser and its driver", Install, steps::chromium),
        tool("wasm-pack-cli", "wasm-pack itself", Install, steps::wasm_pack_cli),
        tool("cargo-deny", "the licence checker", Install, steps::cargo_deny),
        tool("cargo-fuzz", "the fuzzer", Install, steps::cargo_fuzz),
    ]
}

fn checks() -> Vec<Step> {
    use Kind::{Check, Suite};
    use Lane::{Debug, Package, Quick, Release};
    let step = |name, what, kind, lane, needs, action| {
        let action = Action::Call(action);
        Step { name, what, kind, lane, needs, action }
    };
    vec![
        step("format", "rustfmt", Check, Quick, &["rust"], steps::format),
        step("biome", "format and lints of TypeScript", Check, Quick, &["npm"], steps::biome),
        step("test", "the tests of all crates", Suite, Debug, &[], steps::test),
        step("build", "the npm package", Check, Release, &["rust", "clang", "npm"], steps::build),
        step("size", "the wasm module against its limit", Check, Quick, &["build"], steps::size),
        step("clippy", "lints, natively", Check, Debug, &["rust"], steps::clippy),
        step("clippy-wasm", "lints for wasm", Check, Debug, &["rust", "clang"], steps::clippy_wasm),
        step("doc", "the documentation", Check, Debug, &[], steps::doc),
        step(
            "no-std",
            "a target without an operating system",
            Check,
            Debug,
            &["rust"],
            steps::no_std,
        ),
        step(
            "wasm-node",
            "the wasm border in Node",
            Suite,
            Debug,
            &["rust", "clang", "wasm-bindgen-cli"],
            steps::wasm_node,
        ),
        step(
            "wasm-browser",
            "the wasm border in Chromium",
            Suite,
            Debug,
            &["rust", "clang", "wasm-bindgen-cli", "chromium"],
            steps::wasm_browser,
        ),
        step(
            "javascript",
            "the packed package in every runtime",
            Suite,
            Package,
            &["test", "build", "npm-tests", "chromium"],
            steps::javascript,
        ),
        step(
            "corpus",
            "the package says what the native build says",
            Suite,
            Package,
            &["test", "build", "npm-tests"],
            steps::corpus,
        ),
        step(
            "differential",
            "random requests get the answers of the peer",
            Suite,
            Package,
            &["build", "npm-tests"],
            steps::differential,
        ),
        step(
            "supertokens",
            "the same for SuperTokens, and no redirect for ever",
            Suite,
            Package,
            &["build", "npm-tests"],
            steps::supertokens,
        ),
        step(
            "peers",
            "all that is measured answers right, in every runtime",
            Check,
            Package,
            &["build", "npm-tests"],
            steps::peers,
        ),
        step(
            "wasm-pack",
            "wasm-pack makes the same bytes",
            Check,
            Release,
            &["build", "wasm-pack-cli", "wasm-bindgen-cli"],
            steps::wasm_pack,
        ),
        step(
            "deny",
            "licences and sources of all dependencies",
            Check,
            Quick,
            &["cargo-deny"],
            steps::deny,
        ),
        step(
            "fuzz",
            "every fuzz target for a short time",
            Check,
            Package,
            &["cargo-fuzz"],
            steps::fuzz,
        ),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_need_is_a_step_and_stands_before() {
        let all = all();
        for (place, step) in all.iter().enumerate() {
            for need in step.needs {
                assert!(
                    all[..place].iter().any(|other| other.name == *need),
                    "{}: {need}",
                    step.name
                );
            }
        }
    }

    #[test]
    fn names_are_unique() {
        let all = all();
        for (place, step) in all.iter().enumerate() {
            assert!(all[..place].iter().all(|other| other.name != step.name), "{}", step.name);
        }
    }

    #[test]
    fn one_step_brings_what_it_needs() {
        let names: Vec<_> = only(&["wasm-pack"]).unwrap().iter().map(|step| step.name).collect();
        assert_eq!(
            names,
            ["rust", "clang", "npm", "wasm-bindgen-cli", "wasm-pack-cli", "build", "wasm-pack"]
        );
        assert!(only(&["nothing"]).is_err());
    }
}
