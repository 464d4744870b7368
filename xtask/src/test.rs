//! `cargo xtask test`: every check there is, two at a time, and one line that counts them.

mod apps;
mod count;
mod plan;
#[cfg(test)]
mod promises;
mod result;
mod schedule;
mod steps;

use crate::{Outcome, workspace};
use count::Count;
use schedule::Schedule;
use std::process::ExitCode;

/// Runs all steps, or those that `--only` names with what they need.
pub(crate) fn run(arguments: &[&str]) -> Outcome<ExitCode> {
    let steps = match arguments {
        ["--list"] => {
            plan::all().iter().for_each(|step| println!("{:20} {}", step.name, step.what));
            return Ok(ExitCode::SUCCESS);
        }
        [] => plan::all(),
        _ => plan::only(&names(arguments)?)?,
    };
    let logs = workspace::scratch("logs")?;
    let results = Schedule::new(steps, logs).run();
    println!();
    results.iter().for_each(|result| println!("{}", result.summary()));
    let total = results.iter().fold(Count::default(), |sum, result| sum + result.count());
    println!("\n{total}");
    Ok(if total.failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn names<'a>(arguments: &[&'a str]) -> Outcome<Vec<&'a str>> {
    let pairs = arguments.chunks(2).map(|pair| match pair {
        ["--only", name] => Ok(*name),
        _ => Err("`cargo xtask test` takes `--only STEP`, also several times, or `--list`".into()),
    });
    pairs.collect()
}
