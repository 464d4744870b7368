//! What is asked of a value.

use super::Judgement;
use super::reason::{self, ReasonObject};
use super::stored::Missing;
use crate::json::Json;

/// A test and what it compares with: one plain value, or an array of them.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Question {
    pub(super) test: Test,
    pub(super) asked: Json,
}

/// How a value is compared. All but the first want an array.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Test {
    HasValue,
    Includes,
    Excludes,
    IncludesAll,
    IncludesAny,
    ExcludesAll,
}

impl Question {
    pub(super) fn judge(&self, value: Result<&Json, Missing>) -> Judgement {
        let reason = match value {
            Ok(value) if self.holds(value) => return Ok(()),
            Ok(value) => self
                .asking(reason::wrong(), self.test.asked_when_wrong())
                .echoing("actualValue", value),
            Err(Missing::Value) => self.asking(reason::missing(), self.test.asked_when_missing()),
            Err(Missing::Expired(reason)) => reason,
        };
        Err(Some(reason.finish()))
    }

    fn asking(&self, reason: ReasonObject, name: &str) -> ReasonObject {
        reason.echoing(name, &self.asked)
    }

    fn holds(&self, value: &Json) -> bool {
        if self.test == Test::HasValue {
            return same(value, &self.asked);
        }
        let Some(elements) = value.as_array() else { return false };
        let includes = |asked: &Json| elements.iter().any(|element| same(element, asked));
        let all = self.asked.as_array().unwrap_or_default();
        match self.test {
            Test::HasValue => false,
            Test::Includes => includes(&self.asked),
            Test::Excludes => !includes(&self.asked),
            Test::IncludesAll => all.iter().all(includes),
            Test::IncludesAny => all.iter().any(includes),
            Test::ExcludesAll => !all.iter().any(includes),
        }
    }
}

impl Test {
    const fn asked_when_missing(self) -> &'static str {
        match self {
            Self::HasValue => "expectedValue",
            Self::Includes | Self::IncludesAll => "expectedToInclude",
            // The peer's slip for `includesAny`; its users see it, so it stays.
            Self::Excludes | Self::IncludesAny | Self::ExcludesAll => "expectedToNotInclude",
        }
    }

    const fn asked_when_wrong(self) -> &'static str {
        match self {
            Self::IncludesAny => "expectedToIncludeAtLeastOneOf",
            test => test.asked_when_missing(),
        }
    }
}

/// `===` of two plain values (ECMA-262 section 7.2.15); arrays and objects are never the same.
#[expect(clippy::float_cmp, reason = "that is what is asked")]
fn same(one: &Json, other: &Json) -> bool {
    match (one, other) {
        (Json::Null, Json::Null) => true,
        (Json::Bool(one), Json::Bool(other)) => one == other,
        (Json::String(one), Json::String(other)) => one == other,
        _ => one.as_number().zip(other.as_number()).is_some_and(|(one, other)| one == other),
    }
}
