//! Arbitrary session claims and arbitrary questions about them.

use serde_json::Value;
use sessiongate::{
    Budget, ClaimError, ClaimValidator, ClaimVerdict, Json, UnixMillis, validate_claims,
};

use crate::gates::NOW;
use crate::json;

/// The first line is an array of validators, the rest a payload; both JSON.
pub fn claims(data: &[u8]) {
    let end = data.iter().position(|byte| *byte == b'\n').unwrap_or(data.len());
    let (validators, payload) = data.split_at(end);
    let Ok(asked) = Json::parse(validators, &Budget::DEFAULT) else { return };
    let validators = match ClaimValidator::list_from_json(&asked, "validators") {
        Ok(validators) => validators,
        Err(error) => {
            assert!(error.option.starts_with("validators"), "{error}");
            assert!(error.message.ends_with('.'), "{error}");
            return;
        }
    };
    let payload = payload.get(1..).unwrap_or_default();
    let Ok(held) = Json::parse(payload, &Budget::DEFAULT) else { return };
    for now in [NOW, UnixMillis(0), UnixMillis(i64::MIN), UnixMillis(i64::MAX)] {
        let verdict = validate_claims(&validators, &held, now);
        assert_eq!(verdict, one_by_one(&validators, &held, now));
        inspect(&verdict, &asked, payload);
    }
}

/// No validator changes what another says.
fn one_by_one(validators: &[ClaimValidator], payload: &Json, now: UnixMillis) -> ClaimVerdict {
    let mut whole = ClaimVerdict::default();
    for validator in validators {
        let verdict = validate_claims(std::slice::from_ref(validator), payload, now);
        assert!(verdict.errors.len() <= 1 && verdict.refetch.len() <= 1);
        assert!(verdict.errors.iter().all(|error| error.id == validator.id()));
        assert!(verdict.refetch.iter().all(|id| id == validator.id()));
        whole.errors.extend(verdict.errors);
        whole.refetch.extend(verdict.refetch);
    }
    whole
}

/// The verdict is JSON, and what it says again is what the validators and the payload say.
fn inspect(verdict: &ClaimVerdict, asked: &Json, payload: &[u8]) {
    let text = json(&verdict.to_json());
    assert_eq!(text["errors"].as_array().map(Vec::len), Some(verdict.errors.len()));
    let held: Value = serde_json::from_slice(payload).expect("a stricter parser took it");
    for (error, text) in verdict.errors.iter().zip(text["errors"].as_array().expect("an array")) {
        assert_eq!(*text, json(&error.to_json()));
        inspect_reason(error, &text["reason"], asked, &held);
    }
}

fn inspect_reason(error: &ClaimError, reason: &Value, asked: &Json, held: &Value) {
    let members = |json: &Json| json.members().iter().map(|(name, _)| name.to_string()).collect();
    let names: Vec<String> = error.reason.as_ref().map(members).unwrap_or_default();
    assert!(names.first().is_none_or(|name| name == "message"), "{names:?}");
    if reason["message"] == "expired" {
        assert_eq!(names, ["message", "ageInSeconds", "maxAgeInSeconds"]);
    }
    if let Some(actual) = reason.get("actualValue") {
        assert_eq!(names.last().map(String::as_str), Some("actualValue"));
        let claims = held.as_object().into_iter().flat_map(|members| members.values());
        let is_held = |claim: &Value| same(claim, actual) || same(&claim["v"], actual);
        assert!(claims.clone().any(is_held), "{actual} is not in {held}");
    }
    // The validator that speaks is one of those that were asked.
    let is_asked = |one: &Json| {
        let id = one.get("id").and_then(Json::as_str).or(one.get("claim").and_then(Json::as_str));
        id == Some(&error.id)
    };
    assert!(asked.as_array().is_some_and(|list| list.iter().any(is_asked)));
}

/// The same value, with all numbers as doubles.
fn same(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Number(one), Value::Number(other)) => one.as_f64() == other.as_f64(),
        (Value::Array(one), Value::Array(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(one, other)| same(one, other))
        }
        (Value::Object(one), Value::Object(other)) => {
            let is_there = |(name, value): (&String, &Value)| {
                other.get(name).is_some_and(|found| same(value, found))
            };
            one.len() == other.len() && one.iter().all(is_there)
        }
        _ => one == other,
    }
}
