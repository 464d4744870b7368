//! Answers of providers' APIs, kept for the moment in which the request is checked again.

use alloc::collections::VecDeque;
use alloc::string::String;

use crate::need::Fact;
use crate::time::UnixMillis;

/// How many answers are kept, and how long: all requests that wait for one are checked again
/// within this time.
const CAPACITY: usize = 64;
const KEPT_MS: i64 = 10_000;

/// A few recent answers, the newest last.
#[derive(Debug, Default)]
pub(super) struct Facts(VecDeque<Fact>);

impl Facts {
    pub(super) fn get(&self, key: &str, now: UnixMillis) -> Option<&Fact> {
        let is_recent = |fact: &Fact| (0..KEPT_MS).contains(&now.since(fact.at));
        self.0.iter().rev().find(|fact| fact.key == key && is_recent(fact))
    }

    /// Takes the answers to these questions out, so that they serve nobody else.
    pub(super) fn take(&mut self, keys: &[String]) {
        self.0.retain(|fact| !keys.contains(&fact.key));
    }

    pub(super) fn keep(&mut self, fact: Fact) {
        if self.0.len() == CAPACITY {
            self.0.pop_front();
        }
        self.0.push_back(fact);
    }
}
