//! Runs steps side by side, each when what it needs has passed and its lane is free.

use super::count::Count;
use super::plan::{Kind, Step};
use crate::Outcome;
use crate::shell::Shell;
use std::path::PathBuf;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// The steps of one run and how far they are.
pub(crate) struct Schedule {
    steps: Vec<Step>,
    logs: PathBuf,
    start: Instant,
    states: Mutex<Vec<State>>,
    changed: Condvar,
}

/// How a step ended.
#[derive(Clone)]
pub(crate) struct StepResult {
    step: Step,
    outcome: Outcome,
    counted: Count,
    time: Duration,
}

#[derive(Clone)]
enum State {
    Waiting,
    Running,
    Done(StepResult),
}

enum Next {
    Start(usize),
    Fail(usize, &'static str),
    Wait,
    Finished,
}

impl Schedule {
    /// `logs` is the folder for the steps' output.
    pub(crate) fn new(steps: Vec<Step>, logs: PathBuf) -> Self {
        let states = Mutex::new(vec![State::Waiting; steps.len()]);
        Self { steps, logs, start: Instant::now(), states, changed: Condvar::new() }
    }

    /// Runs all steps to their end and gives their results in the order of the list.
    pub(crate) fn run(self) -> Vec<StepResult> {
        let workers =
            std::thread::available_parallelism().map_or(2, |cores| cores.get().clamp(2, 4));
        std::thread::scope(|scope| {
            for _ in 0..workers {
                scope.spawn(|| self.work());
            }
        });
        let states = self.states.into_inner().unwrap_or_else(PoisonError::into_inner);
        let results = states.into_iter().filter_map(|state| match state {
            State::Done(result) => Some(result),
            State::Waiting | State::Running => None,
        });
        results.collect()
    }

    fn work(&self) {
        let mut states = self.lock();
        loop {
            match self.next(&states) {
                Next::Finished => return,
                Next::Wait => {
                    states = self.changed.wait(states).unwrap_or_else(PoisonError::into_inner);
                }
                Next::Fail(place, need) => {
                    let outcome = Err(format!("not run, because `{need}` failed"));
                    self.finish(&mut states, place, outcome, "", Duration::ZERO);
                }
                Next::Start(place) => {
                    set(&mut states, place, State::Running);
                    drop(states);
                    states = self.execute(place);
                }
            }
        }
    }

    fn next(&self, states: &[State]) -> Next {
        let mut next = Next::Finished;
        for (place, (step, state)) in self.steps.iter().zip(states).enumerate() {
            match state {
                State::Done(_) => {}
                State::Running => next = Next::Wait,
                State::Waiting => match self.obstacle(step, states) {
                    Obstacle::None => return Next::Start(place),
                    Obstacle::Failed(need) => return Next::Fail(place, need),
                    Obstacle::Busy => next = Next::Wait,
                },
            }
        }
        next
    }

    fn obstacle(&self, step: &Step, states: &[State]) -> Obstacle {
        let mut obstacle = Obstacle::None;
        for (other, state) in self.steps.iter().zip(states) {
            let is_needed = step.needs.contains(&other.name);
            match state {
                State::Done(result) if is_needed && result.outcome.is_err() => {
                    return Obstacle::Failed(other.name);
                }
                State::Running if is_needed || other.lane == step.lane => obstacle = Obstacle::Busy,
                State::Waiting if is_needed => obstacle = Obstacle::Busy,
                _ => {}
            }
        }
        obstacle
    }

    fn execute(&self, place: usize) -> MutexGuard<'_, Vec<State>> {
        let Some(step) = self.steps.get(place) else { return self.lock() };
        self.say(&format!("....  {}: {}", step.name, step.what));
        let begin = Instant::now();
        let (outcome, text) = match Shell::log(self.logs.join(format!("{}.log", step.name))) {
            Ok(shell) => ((step.action)(&shell), shell.text()),
            Err(error) => (Err(error), String::new()),
        };
        let mut states = self.lock();
        self.finish(&mut states, place, outcome, &text, begin.elapsed());
        states
    }

    fn finish(
        &self,
        states: &mut [State],
        place: usize,
        outcome: Outcome,
        log: &str,
        time: Duration,
    ) {
        let Some(&step) = self.steps.get(place) else { return };
        let counted = Count::of(log);
        let outcome = outcome.and_then(|()| verdict(step, counted));
        let result = StepResult { step, outcome, counted, time };
        if result.outcome.is_err() {
            println!(
                "\n======== {} ========\n{log}======== end of {} ========\n",
                step.name, step.name
            );
        }
        self.say(&result.summary());
        set(states, place, State::Done(result));
        self.changed.notify_all();
    }

    fn lock(&self) -> MutexGuard<'_, Vec<State>> {
        self.states.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn say(&self, text: &str) {
        println!("[{:6.1} s] {text}", self.start.elapsed().as_secs_f64());
    }
}

enum Obstacle {
    None,
    Busy,
    Failed(&'static str),
}

impl StepResult {
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
fn verdict(step: Step, counted: Count) -> Outcome {
    match step.kind {
        Kind::Suite if counted.passed == 0 => Err("no test ran".to_owned()),
        Kind::Suite if counted.failed > 0 => Err("a test failed".to_owned()),
        Kind::Suite | Kind::Check | Kind::Tool => Ok(()),
    }
}

fn set(states: &mut [State], place: usize, state: State) {
    if let Some(slot) = states.get_mut(place) {
        *slot = state;
    }
}

#[cfg(test)]
mod tests {
    use super::super::plan::Lane;
    use super::*;

    const STEP: Step = Step {
        name: "good",
        what: "",
        kind: Kind::Check,
        lane: Lane::Quick,
        needs: &[],
        action: |_| Ok(()),
    };

    fn run(steps: Vec<Step>) -> Vec<StepResult> {
        let name = std::thread::current().name().unwrap_or_default().replace("::", "-");
        let logs = std::env::temp_dir().join(format!("xtask-{}-{name}", std::process::id()));
        std::fs::create_dir_all(&logs).unwrap();
        let results = Schedule::new(steps, logs.clone()).run();
        std::fs::remove_dir_all(logs).unwrap();
        results
    }

    fn suite(action: fn(&Shell) -> Outcome) -> Vec<StepResult> {
        run(vec![Step { name: "suite", kind: Kind::Suite, action, ..STEP }])
    }

    #[test]
    fn what_needs_a_failed_step_fails_and_counts() {
        let tool =
            Step { name: "tool", kind: Kind::Tool, action: |_| Err("get it".into()), ..STEP };
        let check = Step { name: "check", needs: &["tool"], ..STEP };
        let after = Step { name: "after", needs: &["check"], ..STEP };
        let results = run(vec![tool, check, after, STEP]);
        let counts: Vec<_> = results.iter().map(StepResult::count).collect();
        let (failed, passed) = (Count::ONE_FAILED, Count::ONE_PASSED);
        assert_eq!(counts, [failed, failed, failed, passed]);
        assert_eq!(results[0].summary(), "FAIL  tool (0.0 s): get it");
        assert_eq!(results[1].summary(), "FAIL  check (0.0 s): not run, because `tool` failed");
    }

    #[test]
    fn a_suite_counts_its_tests() {
        let results = suite(|shell| {
            shell.say("2 passed, 0 failed, 1 skipped");
            Ok(())
        });
        assert_eq!(results[0].count(), Count { passed: 2, failed: 0, skipped: 1 });
    }

    #[test]
    fn a_suite_without_tests_fails() {
        assert_eq!(suite(|_| Ok(()))[0].count(), Count::ONE_FAILED);
    }

    #[test]
    fn a_failed_test_fails_the_suite_whatever_the_exit_code_says() {
        let results = suite(|shell| {
            shell.say("2 passed, 3 failed");
            Ok(())
        });
        assert!(results[0].outcome.is_err());
        assert_eq!(results[0].count(), Count { passed: 2, failed: 3, skipped: 0 });
    }

    #[test]
    fn a_suite_that_breaks_off_counts_as_one_failure() {
        let results = suite(|shell| {
            shell.say("2 passed, 0 failed");
            Err("ended with signal 11".into())
        });
        assert_eq!(results[0].count(), Count { passed: 2, failed: 1, skipped: 0 });
    }
}
