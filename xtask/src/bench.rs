//! `cargo xtask bench`: measures, and writes docs/benchmarks.md.
//!
//! Everything is measured by scripts in `benches/peers` and by `cargo bench`; here they are only put in
//! order.

mod parts;

use crate::shell::{self, Shell};
use crate::tools::npm;
use crate::{Outcome, build};
use parts::{PARTS, Part};

/// What was asked for.
#[derive(Debug, Default)]
pub(crate) struct Plan<'a> {
    only: Vec<&'a str>,
    pub(crate) runtimes: Vec<&'a str>,
    pub(crate) is_quick: bool,
}

/// Builds the package and measures it: everything three times, or once the parts that are named. A
/// quick run only shows that everything answers right.
pub(crate) fn run(shell: &Shell, arguments: &[&str]) -> Outcome {
    let plan = Plan::read(arguments)?;
    let parts = plan.parts()?;
    prepare(shell)?;
    for part in &parts {
        (part.prepare)(shell)?;
    }
    for run in 1..=plan.runs() {
        for part in parts.iter().filter(|part| run == 1 || part.is_repeated) {
            shell.say(&format!("== {}, run {run} of {}", part.name, plan.runs()));
            (part.measure)(shell, &plan, run)?;
        }
    }
    if plan.is_quick {
        return Ok(());
    }
    shell.run(shell::command("node").arg("benches/peers/page.mjs"))
}

/// The answers of everybody, in every runtime, without a look at the times; the package is
/// built and the peers are installed.
pub(crate) fn answers(shell: &Shell) -> Outcome {
    shell.run(&mut script("peers.mjs", &["--quick"]))
}

/// A script of `benches/peers`.
pub(crate) fn script(name: &str, arguments: &[&str]) -> std::process::Command {
    let mut node = shell::command("node");
    node.arg(format!("{FOLDER}/{name}")).args(arguments);
    node
}

fn prepare(shell: &Shell) -> Outcome {
    build::run(shell)?;
    npm::install(shell, "tests/js")?;
    npm::install(shell, FOLDER)
}

impl<'a> Plan<'a> {
    fn read(arguments: &[&'a str]) -> Outcome<Self> {
        let mut plan = Self::default();
        let mut rest = arguments.iter();
        while let Some(argument) = rest.next() {
            match (*argument, rest.as_slice().first()) {
                ("--quick", _) => plan.is_quick = true,
                ("--only", Some(part)) => {
                    plan.only.push(part);
                    rest.next();
                }
                ("--runtime", Some(runtime)) => {
                    plan.runtimes.push(runtime);
                    rest.next();
                }
                _ => return Err(format!("`{argument}` is not understood here: {USAGE}")),
            }
        }
        Ok(plan)
    }

    fn parts(&self) -> Outcome<Vec<&'static Part>> {
        let known = |name: &&str| PARTS.iter().any(|part| part.name == *name);
        if let Some(unknown) = self.only.iter().find(|name| !known(name)) {
            return Err(format!("`{unknown}` is no part: {USAGE}"));
        }
        let wanted = |part: &&Part| self.only.is_empty() || self.only.contains(&part.name);
        Ok(PARTS.iter().filter(wanted).collect())
    }

    /// Everything is measured three times for the table of the targets, a part once.
    fn runs(&self) -> u32 {
        if self.is_quick || !self.only.is_empty() { 1 } else { RUNS }
    }

    /// What each script is told.
    pub(crate) fn flags(&self, run: u32) -> Vec<String> {
        match self.is_quick {
            true => vec!["--quick".to_owned()],
            false => vec!["--run".to_owned(), run.to_string()],
        }
    }
}

/// The folder of the scripts.
pub(crate) const FOLDER: &str = "benches/peers";
const RUNS: u32 = 3;
const USAGE: &str = "cargo xtask bench [--only peers|growth|cold-start|memory|sizes|engines|stages|\
                     profile]… [--runtime NAME]… [--quick]";

#[cfg(test)]
mod tests {
    use super::*;

    fn names(arguments: &[&str]) -> Outcome<Vec<&'static str>> {
        Ok(Plan::read(arguments)?.parts()?.iter().map(|part| part.name).collect())
    }

    #[test]
    fn all_parts_unless_some_are_named() {
        assert_eq!(names(&[]).unwrap().len(), PARTS.len());
        assert_eq!(names(&["--only", "growth", "--quick"]), Ok(vec!["growth"]));
        assert!(names(&["--only", "nothing"]).unwrap_err().contains("`nothing` is no part"));
        assert!(names(&["--only"]).unwrap_err().contains("`--only` is not understood"));
    }

    #[test]
    fn the_usage_names_every_part() {
        assert!(PARTS.iter().all(|part| USAGE.contains(part.name)));
    }

    #[test]
    fn only_the_whole_is_measured_three_times() {
        let runs = |arguments: &[&str]| Plan::read(arguments).unwrap().runs();
        assert_eq!((runs(&[]), runs(&["--quick"]), runs(&["--only", "peers"])), (3, 1, 1));
    }
}
