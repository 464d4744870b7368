//! Runs steps side by side, each when what it needs has passed and its lane is free.

use super::count::Count;
use super::plan::Step;
use super::result::StepResult;
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
                State::Done(result) if is_needed && result.failed() => {
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
            Ok(shell) => (step.action.run(&shell), shell.text()),
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
        let result = StepResult::new(step, outcome, Count::of(log), time);
        if result.failed() {
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

fn set(states: &mut [State], place: usize, state: State) {
    if let Some(slot) = states.get_mut(place) {
        *slot = state;
    }
}

#[cfg(test)]
mod tests {
    use super::super::plan::{Action, Kind, Lane};
    use super::*;
    use std::sync::atomic::{AtomicU32, Ordering};

    const STEP: Step = Step {
        name: "good",
        what: "",
        kind: Kind::Check,
        lane: Lane::Quick,
        needs: &[],
        action: Action::Call(|_| Ok(())),
    };

    fn run(steps: Vec<Step>) -> Vec<StepResult> {
        let name = std::thread::current().name().unwrap_or_default().replace("::", "-");
        let logs = std::env::temp_dir().join(format!("xtask-{}-{name}", std::process::id()));
        std::fs::create_dir_all(&logs).unwrap();
        let results = Schedule::new(steps, logs.clone()).run();
        std::fs::remove_dir_all(logs).unwrap();
        results
    }

    #[test]
    fn what_needs_a_failed_step_fails_and_counts() {
        let tool = Step {
            name: "tool",
            kind: Kind::Tool,
            action: Action::Call(|_| Err("get it".into())),
            ..STEP
        };
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
    fn tests_are_counted_from_the_log() {
        let action = Action::Call(|shell: &Shell| {
            shell.say("2 passed, 0 failed, 1 skipped");
            Ok(())
        });
        let results = run(vec![Step { kind: Kind::Suite, action, ..STEP }]);
        assert_eq!(results[0].count(), Count { passed: 2, failed: 0, skipped: 1 });
    }

    #[test]
    fn steps_of_one_lane_run_one_after_the_other() {
        static RUNNING: AtomicU32 = AtomicU32::new(0);
        let action = Action::Call(|_: &Shell| {
            let before = RUNNING.fetch_add(1, Ordering::SeqCst);
            std::thread::sleep(Duration::from_millis(20));
            RUNNING.fetch_sub(1, Ordering::SeqCst);
            if before == 0 { Ok(()) } else { Err("another step runs".to_owned()) }
        });
        let names = ["a", "b", "c", "d"];
        let results = run(names.map(|name| Step { name, action, ..STEP }).to_vec());
        assert!(results.iter().all(|result| result.count() == Count::ONE_PASSED));
    }
}
