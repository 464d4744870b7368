//! Why a claim is invalid, in the words of the peer. Members in its order; what would be
//! `undefined` there is left out.

use alloc::string::String;
use alloc::vec::Vec;

use super::echo::echo;
use crate::json::{Json, Name};

/// A JSON object in the making.
pub(super) struct ReasonObject(Vec<(Name, Json)>);

impl ReasonObject {
    pub(super) fn new(message: impl Into<String>) -> Self {
        Self(Vec::new()).with("message", Json::String(message.into()))
    }

    pub(super) fn with(mut self, name: &str, value: Json) -> Self {
        self.0.push((name.into(), value));
        self
    }

    /// A member that says again what the options or the payload say.
    pub(super) fn echoing(self, name: &str, value: &Json) -> Self {
        self.with(name, echo(value))
    }

    pub(super) fn finish(self) -> Json {
        Json::Object(self.0)
    }
}

/// There is no value.
pub(super) fn missing() -> ReasonObject {
    ReasonObject::new("value does not exist")
}

/// There is another value.
pub(super) fn wrong() -> ReasonObject {
    ReasonObject::new("wrong value")
}

/// The value is too old, in seconds; `null` stands for an age that cannot be told, as `NaN` does
/// in JSON.
pub(super) fn expired(age: Option<f64>, max_age: f64) -> ReasonObject {
    ReasonObject::new("expired")
        .with("ageInSeconds", age.map_or(Json::Null, Json::Float))
        .with("maxAgeInSeconds", Json::Float(max_age))
}
