//! A claim as the payload holds it: `{"v": value, "t": ms since the epoch when it was fetched}`.

use super::reason::{self, ReasonObject};
use crate::ecma;
use crate::json::Json;

/// By how many seconds the clock of the server that fetched a claim may be ahead of ours.
const CLOCK_SKEW: f64 = 60.0;

/// What a payload holds of one claim.
pub(super) struct Stored<'p> {
    /// Missing only when there is none at all: `null` is a value.
    value: Option<&'p Json>,
    time: Option<&'p Json>,
}

impl<'p> Stored<'p> {
    pub(super) fn of(payload: &'p Json, claim: &str) -> Self {
        let member = |name| payload.get(claim).and_then(|claim| claim.get(name));
        Self { value: member("v"), time: member("t") }
    }

    /// The peer's `shouldRefetch`, ages in seconds, `now` in milliseconds.
    pub(super) fn should_refetch(
        &self,
        max_age: Option<f64>,
        on_false: Option<f64>,
        now: f64,
    ) -> bool {
        let is_older = |age: &f64| self.is_older(*age, now);
        let Some(value) = self.value else { return true };
        max_age.as_ref().is_some_and(is_older)
            || (*value == Json::Bool(false) && on_false.as_ref().is_some_and(is_older))
    }

    /// The value, unless there is none or it is too old. A value whose age cannot be told is too
    /// old where there is a limit.
    pub(super) fn value_within(&self, max_age: Option<f64>, now: f64) -> Result<&'p Json, Missing> {
        let value = self.value.ok_or(Missing::Value)?;
        let Some(max_age) = max_age else { return Ok(value) };
        let age = self.time.and_then(Json::as_number).map(|time| (now - time) / 1000.0);
        match age {
            Some(age) if (-CLOCK_SKEW..=max_age).contains(&age) => Ok(value),
            age => Err(Missing::Expired(reason::expired(age, max_age))),
        }
    }

    /// As JavaScript compares: what is no number is converted to one first, and what cannot be is
    /// never older.
    fn is_older(&self, age: f64, now: f64) -> bool {
        self.time.is_some_and(|time| ecma::to_number(time) < now - age * 1000.0)
    }
}

/// Why there is nothing to look at.
pub(super) enum Missing {
    /// There is no value.
    Value,
    /// It is too old, with the reason to give.
    Expired(ReasonObject),
}
