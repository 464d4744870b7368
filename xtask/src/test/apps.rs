//! The applications in `tests/apps`: one step for each folder with a manifest, so that a new framework
//! is a new folder and nothing else.

use super::plan::{Action, Kind, Lane, Step};
use crate::shell::{self, Shell};
use crate::{Outcome, workspace};

const FOLDER: &str = "tests/apps";

/// One step for each application, by the name of its folder, and `apps`, which needs them all.
pub(super) fn steps() -> Vec<Step> {
    let names = names();
    let step = |name: &'static str| Step {
        name,
        what: "an application behind the packed package, over HTTP",
        kind: Kind::Suite,
        lane: Lane::Apps,
        needs: &["build", "npm-tests"],
        action: Action::App(name),
    };
    let all = Step {
        name: "apps",
        what: "every application; the README says which there are",
        kind: Kind::Check,
        lane: Lane::Apps,
        // A handful of words once in the life of the process.
        needs: names.clone().leak(),
        action: Action::Call(readme),
    };
    names.into_iter().map(step).chain([all]).collect()
}

/// Runs one application.
pub(super) fn run(shell: &Shell, name: &str) -> Outcome {
    shell.run(shell::command("node").args([&format!("{FOLDER}/run.mjs"), "--only", name]))
}

/// The folders with a manifest, in alphabetical order.
fn names() -> Vec<&'static str> {
    let folder = workspace::root().join(FOLDER);
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let apps = entries.filter(|entry| entry.path().join("manifest.mjs").is_file());
    let mut names: Vec<String> =
        apps.filter_map(|entry| entry.file_name().into_string().ok()).collect();
    names.sort();
    names.into_iter().map(|name| &*name.leak()).collect()
}

/// The table in the README is of what was tested just now. `UPDATE_DOCS=1` writes it.
fn readme(shell: &Shell) -> Outcome {
    let check = if std::env::var_os("UPDATE_DOCS").is_some() { "--write" } else { "--check" };
    shell.run(shell::command("node").args([&format!("{FOLDER}/readme.mjs"), check]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_application_is_a_step_and_all_of_them_are_one() {
        let steps = steps();
        let names: Vec<_> = steps.iter().map(|step| step.name).collect();
        assert!(names.contains(&"express"), "{names:?}");
        let all = steps.last().unwrap();
        assert_eq!((all.name, all.needs), ("apps", &names[..names.len() - 1]));
    }
}
