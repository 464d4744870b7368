//! Every case of `tests/conformance/claim-validators.json`, natively. The npm package answers the
//! same ones in each runtime; the file's form is in `tests/conformance/README.md`.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test stops at what it did not expect")]

use sessiongate::{Budget, ClaimValidator, Json, UnixMillis, validate_claims};

const CASES: &str = include_str!("conformance/claim-validators.json");

#[test]
fn every_verdict_is_as_the_file_says() {
    let budget = Budget { json_members: 1_000_000, json_depth: 32, ..Budget::DEFAULT };
    let file = Json::parse(CASES.as_bytes(), &budget).unwrap();
    let cases = file.as_array().unwrap();
    assert!(cases.len() > 200, "{} cases", cases.len());
    let (mut verdicts, mut refusals) = (0, 0);
    for case in cases {
        let name = case.get("name").and_then(Json::as_str).unwrap();
        match (case.get("expect"), case.get("error")) {
            (Some(expected), None) => {
                verdicts += 1;
                // An object is the same only with its members in the same order.
                let text = verdict(case).unwrap_or_else(|error| panic!("{name}: {error}"));
                assert_eq!(Json::parse(text.as_bytes(), &budget).as_ref(), Ok(expected), "{name}");
            }
            (None, Some(error)) => {
                refusals += 1;
                let expected =
                    ["code", "option"].map(|name| error.get(name).and_then(Json::as_str).unwrap());
                let actual = verdict(case).unwrap_err();
                assert_eq!([actual.code, &actual.option], expected, "{name}");
            }
            _ => panic!("{name}: what is expected?"),
        }
    }
    assert!(verdicts > 200 && refusals > 10, "{verdicts} verdicts, {refusals} refusals");
}

fn verdict(case: &Json) -> Result<String, sessiongate::ConfigError> {
    let validators = ClaimValidator::list_from_json(case.get("validators").unwrap(), "validators")?;
    let now = UnixMillis(case.get("now").and_then(Json::as_integer).unwrap());
    Ok(validate_claims(&validators, case.get("payload").unwrap(), now).to_json())
}
