//! Reading an object of options: every name is known, every value of its type.

use alloc::borrow::ToOwned;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::ConfigError;
use crate::json::Json;

/// An object of options and where it stands. `null` is the same as leaving the option out.
pub(crate) struct Options<'j> {
    json: &'j Json,
    path: String,
}

impl<'j> Options<'j> {
    /// Refuses anything but an object whose members are all among `known`.
    pub(crate) fn new(json: &'j Json, path: &str, known: &[&str]) -> Result<Self, ConfigError> {
        let options = Self { json, path: path.to_owned() };
        if !matches!(json, Json::Object(_)) {
            let place = if path.is_empty() { "options" } else { path };
            return Err(ConfigError::new("wrong-type", place, "This must be an object."));
        }
        match json.members().iter().find(|(name, _)| !known.contains(&name.as_str())) {
            None => Ok(options),
            Some((name, _)) => Err(ConfigError::new(
                "unknown-option",
                options.name(name),
                format!("There is no such option here. Known are: {}.", known.join(", ")),
            )),
        }
    }

    /// The full name of an option, as in `routes[2].access`.
    pub(crate) fn name(&self, option: &str) -> String {
        if self.path.is_empty() { option.to_owned() } else { format!("{}.{option}", self.path) }
    }

    pub(crate) fn get(&self, option: &str) -> Option<&'j Json> {
        self.json.get(option).filter(|value| **value != Json::Null)
    }

    /// Whether the option is there as `null`, for the few options where that is a choice.
    pub(crate) fn is_null(&self, option: &str) -> bool {
        self.json.get(option) == Some(&Json::Null)
    }

    pub(crate) fn string(&self, option: &str) -> Result<Option<&'j str>, ConfigError> {
        self.typed(option, "a string", Json::as_str)
    }

    pub(crate) fn owned_string(&self, option: &str) -> Result<Option<String>, ConfigError> {
        Ok(self.string(option)?.map(ToOwned::to_owned))
    }

    pub(crate) fn boolean(&self, option: &str) -> Result<Option<bool>, ConfigError> {
        self.typed(option, "true or false", Json::as_bool)
    }

    pub(crate) fn integer(&self, option: &str) -> Result<Option<i64>, ConfigError> {
        self.typed(option, "a whole number", Json::as_integer)
    }

    pub(crate) fn number(&self, option: &str) -> Result<Option<f64>, ConfigError> {
        self.typed(option, "a number", Json::as_number)
    }

    pub(crate) fn array(&self, option: &str) -> Result<Option<&'j [Json]>, ConfigError> {
        self.typed(option, "an array", Json::as_array)
    }

    /// A string or an array of strings; empty when the option is not there.
    pub(crate) fn strings(&self, option: &str) -> Result<Vec<String>, ConfigError> {
        let strings =
            self.typed(option, "a string or an array of strings", |value| match value {
                Json::String(one) => Some(alloc::vec![one.clone()]),
                Json::Array(list) => {
                    list.iter().map(|one| one.as_str().map(ToOwned::to_owned)).collect()
                }
                _ => None,
            })?;
        Ok(strings.unwrap_or_default())
    }

    fn typed<T>(
        &self,
        option: &str,
        expected: &'static str,
        read: impl Fn(&'j Json) -> Option<T>,
    ) -> Result<Option<T>, ConfigError> {
        let Some(value) = self.get(option) else { return Ok(None) };
        read(value).map(Some).ok_or_else(|| {
            let message = format!("This must be {expected}, not {}.", value.kind());
            ConfigError::new("wrong-type", self.name(option), message)
        })
    }
}
