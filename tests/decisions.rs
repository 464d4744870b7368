//! Every decision of `tests/conformance/decisions.json`, made natively. The npm package makes the
//! same ones in each runtime; the file's form is in `tests/conformance/README.md`.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test stops at what it did not expect"
)]

use serde_json::{Map, Value};
use sessiongate::{Gate, GateConfig, RequestHead, UnixMillis};

const CASES: &str = include_str!("conformance/decisions.json");

#[test]
fn every_decision_is_as_the_file_says() {
    let cases: Vec<Value> = serde_json::from_str(CASES).unwrap();
    assert!(cases.len() > 100, "{} cases", cases.len());
    let differences: Vec<String> = cases.iter().flat_map(differences).collect();
    assert!(differences.is_empty(), "{}", differences.join("\n"));
}

/// What is otherwise than one case expects, each with the name of the case.
fn differences(case: &Value) -> Vec<String> {
    let decision = decide(case);
    let mut found = Vec::new();
    let mut compare = |member: &str, actual: &Value, expected: &Value| {
        if actual != expected {
            found.push(format!("{}: {member} is {actual}, not {expected}", case["name"]));
        }
    };
    for (name, expected) in members(&case["expect"]) {
        let actual = match name.as_str() {
            "auth" => &decision["state"]["auth"],
            name => &decision[name],
        };
        if !matches!(name.as_str(), "state" | "auth" | "headers") {
            compare(name, actual, expected);
            continue;
        }
        for (member, expected) in members(expected) {
            compare(&format!("{name}.{member}"), &actual[member], expected);
        }
    }
    found
}

/// The decision as the border gives it, but with the headers by name.
fn decide(case: &Value) -> Value {
    let config = GateConfig::from_json(&case["options"].to_string()).unwrap();
    let mut gate = Gate::new(config).unwrap();
    let text = |name: &str| case["request"][name].as_str().unwrap();
    let headers = headers(&case["request"]["headers"]);
    let head = RequestHead::new(text("method"), text("url"), &headers).unwrap();
    let now = UnixMillis(case["now"].as_i64().unwrap());
    let decision = gate.check(&head, now).unwrap();
    let mut decision: Value = serde_json::from_str(&decision.to_json()).unwrap();
    decision["headers"] = by_name(&decision["headers"]);
    decision
}

/// The pairs behind an object of headers, whose values are texts or lists of texts.
fn headers(object: &Value) -> Vec<(&str, &str)> {
    members(object)
        .flat_map(|(name, value)| {
            let values = value.as_array().map_or(std::slice::from_ref(value), Vec::as_slice);
            values.iter().map(|value| (name.as_str(), value.as_str().unwrap()))
        })
        .collect()
}

fn by_name(pairs: &Value) -> Value {
    let pair = |pair: &Value| (pair[0].as_str().unwrap().to_owned(), pair[1].clone());
    pairs.as_array().unwrap().iter().map(pair).collect::<Map<_, _>>().into()
}

fn members(object: &Value) -> impl Iterator<Item = (&String, &Value)> {
    object.as_object().unwrap().iter()
}
