//! Validators from JSON.

use alloc::borrow::ToOwned;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::factors::FactorRequirement;
use super::question::{Question, Test};
use super::{Check, ClaimValidator};
use crate::config::{ConfigError, Options};
use crate::json::Json;

impl ClaimValidator {
    /// Reads `{"claim","validator","id"?, …}`, where `claim` is the name in the payload and
    /// `validator` one of
    ///
    /// - `hasValue`, `includes`, `excludes` with a plain `value`;
    /// - `includesAll`, `includesAny`, `excludesAll` with an array of them;
    /// - `isTrue`, `isFalse`;
    /// - `isVerified`, with `refetchTimeOnFalseInSeconds`? (10 unless given);
    ///
    /// each of them with `maxAgeInSeconds`?, or
    ///
    /// - `hasCompletedMFARequirementsForAuth`;
    /// - `hasCompletedRequirementList` with a `list` of factor ids, `{"oneOf":[id…]}` and
    ///   `{"allOfInAnyOrder":[id…]}`.
    ///
    /// # Errors
    /// [`ConfigError`] for an unknown member, a missing one, one of the wrong type, and an age that
    /// is negative or no number. It names the member; it names nothing when `json` is no object.
    pub fn from_json(json: &Json) -> Result<Self, ConfigError> {
        if !matches!(json, Json::Object(_)) {
            let message = format!("A claim validator is an object, not {}.", json.kind());
            return Err(ConfigError::new("wrong-type", "", message));
        }
        let kind = Kind::named(json)?;
        let options = Options::new(json, "", &kind.members())?;
        let claim = required(&options, "claim", "Name the claim in the payload, as in `st-role`.")?;
        let id = options.owned_string("id")?.unwrap_or_else(|| claim.clone());
        Ok(Self { id, claim, check: kind.check(json, &options)? })
    }

    /// Reads an array of them; `path` is what the array is called in errors.
    ///
    /// # Errors
    /// As for [`from_json`](Self::from_json), for the first that cannot be read.
    pub fn list_from_json(json: &Json, path: &str) -> Result<Vec<Self>, ConfigError> {
        let list = json.as_array().ok_or_else(|| {
            let message = format!("This must be an array, not {}.", json.kind());
            ConfigError::new("wrong-type", path, message)
        })?;
        let read = |(index, one)| {
            Self::from_json(one).map_err(|error| error.below(&format!("{path}[{index}]")))
        };
        list.iter().enumerate().map(read).collect()
    }
}

/// The kinds of validators by what they are given.
enum Kind {
    Value(Test),
    Values(Test),
    Boolean(bool),
    Verified,
    MfaForAuth,
    Factors,
}

/// What each kind is called, with the commonest first.
static KINDS: [(&str, Kind); 11] = [
    ("hasValue", Kind::Value(Test::HasValue)),
    ("isTrue", Kind::Boolean(true)),
    ("isFalse", Kind::Boolean(false)),
    ("includes", Kind::Value(Test::Includes)),
    ("excludes", Kind::Value(Test::Excludes)),
    ("includesAll", Kind::Values(Test::IncludesAll)),
    ("includesAny", Kind::Values(Test::IncludesAny)),
    ("excludesAll", Kind::Values(Test::ExcludesAll)),
    ("isVerified", Kind::Verified),
    ("hasCompletedMFARequirementsForAuth", Kind::MfaForAuth),
    ("hasCompletedRequirementList", Kind::Factors),
];

const AGE: &str = "maxAgeInSeconds";
const REFETCH: &str = "refetchTimeOnFalseInSeconds";
/// How old `false` may be before it is fetched again, unless said otherwise.
const REFETCH_SECONDS: f64 = 10.0;

impl Kind {
    fn named(json: &Json) -> Result<&'static Self, ConfigError> {
        let name = match json.get("validator") {
            None | Some(Json::Null) => "",
            Some(Json::String(name)) => name,
            Some(other) => {
                let message = format!("This must be a string, not {}.", other.kind());
                return Err(ConfigError::new("wrong-type", "validator", message));
            }
        };
        if let Some((_, kind)) = KINDS.iter().find(|(known, _)| *known == name) {
            return Ok(kind);
        }
        let known: Vec<&str> = KINDS.iter().map(|(known, _)| *known).collect();
        let known = known.join(", ");
        Err(match name {
            "" => ConfigError::missing("validator", format!("Name one of: {known}.")),
            _ => ConfigError::invalid(
                "validator",
                format!("There is no such validator. Known are: {known}."),
            ),
        })
    }

    fn members(&self) -> Vec<&'static str> {
        let own: &[&str] = match self {
            Self::Value(_) | Self::Values(_) => &["value", AGE],
            Self::Boolean(_) => &[AGE],
            Self::Verified => &[REFETCH, AGE],
            Self::MfaForAuth => &[],
            Self::Factors => &["list"],
        };
        [&["claim", "validator", "id"], own].concat()
    }

    fn check(&self, json: &Json, options: &Options<'_>) -> Result<Check, ConfigError> {
        let has = |value| Ok(Question { test: Test::HasValue, asked: Json::Bool(value) });
        let question = match self {
            Self::Value(test) => value(json).map(|asked| Question { test: *test, asked }),
            Self::Values(test) => values(options).map(|asked| Question { test: *test, asked }),
            Self::Boolean(value) => has(*value),
            Self::Verified => has(true),
            Self::MfaForAuth => return Ok(Check::MfaForAuth),
            Self::Factors => return factors(options).map(Check::Factors),
        };
        let refetch_on_false = match self {
            Self::Verified => Some(seconds(options, REFETCH)?.unwrap_or(REFETCH_SECONDS)),
            _ => None,
        };
        Ok(Check::Stored { question: question?, max_age: seconds(options, AGE)?, refetch_on_false })
    }
}

fn required(
    options: &Options<'_>,
    name: &str,
    message: &'static str,
) -> Result<String, ConfigError> {
    options.owned_string(name)?.ok_or_else(|| ConfigError::missing(options.name(name), message))
}

/// `null` is a value like any other here.
fn value(json: &Json) -> Result<Json, ConfigError> {
    let missing = || ConfigError::missing("value", "Say which value to compare with.");
    plain(json.get("value").ok_or_else(missing)?, "value")
}

fn values(options: &Options<'_>) -> Result<Json, ConfigError> {
    let missing = || ConfigError::missing("value", "Give the array of values to compare with.");
    let values = options.array("value")?.ok_or_else(missing)?;
    let one = |(index, value)| plain(value, &format!("value[{index}]"));
    values.iter().enumerate().map(one).collect::<Result<_, _>>().map(Json::Array)
}

/// Arrays and objects are the same as nothing, so to ask for one is a mistake.
fn plain(value: &Json, option: &str) -> Result<Json, ConfigError> {
    let is_plain = match value {
        Json::Array(_) | Json::Object(_) => false,
        Json::Float(number) => number.is_finite(),
        _ => true,
    };
    if is_plain {
        return Ok(value.clone());
    }
    let message =
        format!("This must be a string, a finite number, a boolean or null, not {}.", value.kind());
    Err(ConfigError::new("wrong-type", option, message))
}

fn seconds(options: &Options<'_>, name: &str) -> Result<Option<f64>, ConfigError> {
    if options.is_null(name) {
        // JSON has only `null` for NaN and Infinity: to take it for no limit would be a guess.
        let message = "This must be a number of seconds, not null. Leave it out for the default.";
        return Err(ConfigError::new("wrong-type", options.name(name), message));
    }
    match options.number(name)? {
        Some(seconds) if !(seconds.is_finite() && seconds >= 0.0) => {
            let message = "Seconds are a finite number that is not negative.";
            Err(ConfigError::invalid(options.name(name), message))
        }
        seconds => Ok(seconds),
    }
}

fn factors(options: &Options<'_>) -> Result<Vec<FactorRequirement>, ConfigError> {
    let missing = || ConfigError::missing("list", "Give the array of factors to ask for.");
    let list = options.array("list")?.ok_or_else(missing)?;
    let one = |(index, json)| requirement(json, &format!("list[{index}]"));
    list.iter().enumerate().map(one).collect()
}

fn requirement(json: &Json, path: &str) -> Result<FactorRequirement, ConfigError> {
    if let Some(factor) = json.as_str() {
        return Ok(FactorRequirement::Factor(factor.to_owned()));
    }
    let (one, all) = ("oneOf", "allOfInAnyOrder");
    let options = Options::new(json, path, &[one, all])?;
    match (options.array(one)?, options.array(all)?) {
        (Some(list), None) => names(list, &options.name(one)).map(FactorRequirement::OneOf),
        (None, Some(list)) => names(list, &options.name(all)).map(FactorRequirement::AllOf),
        _ => {
            let message =
                "Give a factor id, or an object with either `oneOf` or `allOfInAnyOrder`.";
            Err(ConfigError::invalid(path, message))
        }
    }
}

/// Factor ids, each once.
fn names(list: &[Json], path: &str) -> Result<Vec<String>, ConfigError> {
    let mut names: Vec<String> = Vec::with_capacity(list.len());
    for (index, json) in list.iter().enumerate() {
        let name = json.as_str().ok_or_else(|| {
            let message = format!("This must be a string, not {}.", json.kind());
            ConfigError::new("wrong-type", format!("{path}[{index}]"), message)
        })?;
        if !names.iter().any(|known| known == name) {
            names.push(name.to_owned());
        }
    }
    Ok(names)
}
