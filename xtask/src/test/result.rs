//! How a step ended, in words and in numbers.

use super::count::Count;
use super::plan::{Kind, Step};
use crate::Outcome;
use std::time::Duration;

/// How a step ended.
#[derive(Clone)]
pub(crate) struct StepResult {
    step: Step,
    outcome: Outcome,
    counted: Count,
    time: Duration,
}

impl StepResult {
    /// `counted` is what the step's output says of its tests.
    pub(crate) fn new(step: Step, outcome: Outcome, counted: Count, time: Duration) -> Self {
        let outcome = outcome.and_then(|()| verdict(step.kind, counted));
        Self { step, outcome, counted, time }
    }

    pub(crate) fn failed(&self) -> bool {
        self.outcome.is_err()
    }

    /// What the step adds to the closing line.
    pub(crate) fn count(&self) -> Count {
        match (&self.outcome, self.step.kind) {
            (Ok(()), Kind::Suite) => self.counted,
            (Ok(()), Kind::Check) => Count::ONE_PASSED,
            (Err(_), Kind::Suite) if self.counted.failed > 0 => self.counted,
            (Err(_), Kind::Suite) => self.counted + Count::ONE_FAILED,
            (Err(_), Kind::Check | Kind::Tool) => Count::ONE_FAILED,
            (Ok(()), Kind::Tool) => Count::default(),
        }
    }

    /// One line for people.
    pub(crate) fn summary(&self) -> String {
        let word = if self.outcome.is_ok() { "PASS" } else { "FAIL" };
        let seconds = self.time.as_secs_f64();
        let mut text = format!("{word}  {} ({seconds:.1} s)", self.step.name);
        if self.counted.all() > 0 && self.step.kind == Kind::Suite {
            text += &format!(": {}", self.counted);
        }
        if let Err(error) = &self.outcome {
            text += &format!(": {error}");
        }
        text
    }
}

/// A suite that ran nothing, or hides a failure behind a good exit code, has not passed.
fn verdict(kind: Kind, counted: Count) -> Outcome {
    match kind {
        Kind::Suite if counted.passed == 0 => Err("no test ran".to_owned()),
        Kind::Suite if counted.failed > 0 => Err("a test failed".to_owned()),
        Kind::Suite | Kind::Check | Kind::Tool => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::super::plan::{Action, Lane};
    use super::*;

    fn suite(outcome: Outcome, passed: u64, failed: u64) -> StepResult {
        let step = Step {
            name: "suite",
            what: "",
            kind: Kind::Suite,
            lane: Lane::Quick,
            needs: &[],
            action: Action::Call(|_| Ok(())),
        };
        StepResult::new(step, outcome, Count { passed, failed, skipped: 0 }, Duration::ZERO)
    }

    #[test]
    fn a_suite_without_tests_fails() {
        let result = suite(Ok(()), 0, 0);
        assert_eq!(result.count(), Count::ONE_FAILED);
        assert_eq!(result.summary(), "FAIL  suite (0.0 s): no test ran");
    }

    #[test]
    fn a_failed_test_fails_the_suite_whatever_the_exit_code_says() {
        let result = suite(Ok(()), 2, 3);
        assert!(result.failed());
        assert_eq!(result.count(), Count { passed: 2, failed: 3, skipped: 0 });
    }

    #[test]
    fn a_suite_that_breaks_off_counts_as_one_failure() {
        let result = suite(Err("ended with signal 11".to_owned()), 2, 0);
        assert_eq!(result.count(), Count { passed: 2, failed: 1, skipped: 0 });
        assert_eq!(
            result.summary(),
            "FAIL  suite (0.0 s): 2 passed, 0 failed, 0 skipped: ended with signal 11"
        );
    }
}
