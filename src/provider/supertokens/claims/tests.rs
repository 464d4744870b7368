mod errors;
mod mfa;

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use super::*;
use crate::budget::Budget;
use crate::json::writer::to_text;

/// Seconds.
const NOW: i64 = 1_000_000;

fn json(text: &str) -> Json {
    Json::parse(text.as_bytes(), &Budget::DEFAULT)
        .unwrap_or_else(|fault| panic!("{fault:?} {text}"))
}

fn validator(text: &str) -> ClaimValidator {
    ClaimValidator::from_json(&json(text)).unwrap_or_else(|error| panic!("{error} in {text}"))
}

fn verdict(validators: &[&str], payload: &str) -> ClaimVerdict {
    let validators: Vec<_> = validators.iter().map(|text| validator(text)).collect();
    validate_claims(&validators, &json(payload), UnixMillis(NOW * 1000))
}

/// The only reason, or an empty text.
fn reason(validator: &str, payload: &str) -> String {
    let verdict = verdict(&[validator], payload);
    let reason = verdict.errors.first().map(|error| error.reason.as_ref().map(to_text));
    reason.map(|reason| reason.unwrap_or("no reason".into())).unwrap_or_default()
}

fn stored(value: &str, seconds_ago: i64) -> String {
    format!(r#"{{"k":{{"v":{value},"t":{}}}}}"#, (NOW - seconds_ago) * 1000)
}

#[test]
fn reasons_have_the_words_and_the_order_of_the_peer() {
    let lists = r#""claim":"k","value":["a"]"#;
    for (validator, missing, wrong) in [
        (
            r#""claim":"k","validator":"hasValue","value":1"#,
            "expectedValue\":1",
            "expectedValue\":1",
        ),
        (r#""claim":"k","validator":"isTrue""#, "expectedValue\":true", "expectedValue\":true"),
        (r#""claim":"k","validator":"isFalse""#, "expectedValue\":false", "expectedValue\":false"),
        (r#""claim":"k","validator":"isVerified""#, "expectedValue\":true", "expectedValue\":true"),
        (
            r#""claim":"k","validator":"includes","value":"a""#,
            "expectedToInclude\":\"a\"",
            "expectedToInclude\":\"a\"",
        ),
        (
            &format!(r#"{lists},"validator":"includesAll""#),
            "expectedToInclude\":[\"a\"]",
            "expectedToInclude\":[\"a\"]",
        ),
        (
            &format!(r#"{lists},"validator":"includesAny""#),
            "expectedToNotInclude\":[\"a\"]",
            "expectedToIncludeAtLeastOneOf\":[\"a\"]",
        ),
    ] {
        let validator = format!("{{{validator}}}");
        let expected = format!(r#"{{"message":"value does not exist","{missing}}}"#);
        assert_eq!(reason(&validator, "{}"), expected);
        let expected = format!(r#"{{"message":"wrong value","{wrong},"actualValue":["x"]}}"#);
        assert_eq!(reason(&validator, &stored(r#"["x"]"#, 0)), expected);
    }
    for (validator, asked) in
        [(r#""excludes","value":"x""#, r#""x""#), (r#""excludesAll","value":["x"]"#, r#"["x"]"#)]
    {
        let validator = format!(r#"{{"claim":"k","validator":{validator}}}"#);
        let missing =
            format!(r#"{{"message":"value does not exist","expectedToNotInclude":{asked}}}"#);
        assert_eq!(reason(&validator, "{}"), missing);
        let wrong = format!(
            r#"{{"message":"wrong value","expectedToNotInclude":{asked},"actualValue":["x"]}}"#
        );
        assert_eq!(reason(&validator, &stored(r#"["x"]"#, 0)), wrong);
    }
}

#[test]
fn age_comes_before_the_value_and_is_written_as_javascript_does() {
    let validator = r#"{"claim":"k","validator":"isTrue","maxAgeInSeconds":300}"#;
    assert_eq!(reason(validator, &stored("true", 300)), "");
    let payload = format!(r#"{{"k":{{"v":false,"t":{}.25}}}}"#, (NOW - 301) * 1000);
    let expected = r#"{"message":"expired","ageInSeconds":300.99975,"maxAgeInSeconds":300}"#;
    assert_eq!(reason(validator, &payload), expected);
    let fraction = r#"{"claim":"k","validator":"isTrue","maxAgeInSeconds":0.5}"#;
    let expected = r#"{"message":"expired","ageInSeconds":1,"maxAgeInSeconds":0.5}"#;
    assert_eq!(reason(fraction, &stored("true", 1)), expected);
}

#[test]
fn a_claim_of_unknown_age_is_too_old_where_there_is_a_limit() {
    let expected = r#"{"message":"expired","ageInSeconds":null,"maxAgeInSeconds":300}"#;
    for time in ["", r#","t":null"#, r#","t":"1000000000""#, r#","t":[1]"#, r#","t":true"#] {
        let payload = format!(r#"{{"k":{{"v":true{time}}}}}"#);
        let limited = r#"{"claim":"k","validator":"isTrue","maxAgeInSeconds":300}"#;
        assert_eq!(reason(limited, &payload), expected);
        assert_eq!(reason(r#"{"claim":"k","validator":"isTrue"}"#, &payload), "");
    }
}

#[test]
fn a_claim_from_the_future_is_too_old_where_there_is_a_limit() {
    let limited = r#"{"claim":"k","validator":"isTrue","maxAgeInSeconds":300}"#;
    assert_eq!(reason(limited, &stored("true", -60)), "");
    let expected = r#"{"message":"expired","ageInSeconds":-61,"maxAgeInSeconds":300}"#;
    assert_eq!(reason(limited, &stored("true", -61)), expected);
    assert_eq!(reason(r#"{"claim":"k","validator":"isTrue"}"#, &stored("true", -61)), "");
}

#[test]
fn what_should_be_an_array_is_one() {
    for value in [r#""abc""#, "null", "5", "true", r#"{"0":"a","length":1}"#] {
        for (validator, name) in [
            (r#""includes","value":"a""#, "expectedToInclude"),
            (r#""excludes","value":"z""#, "expectedToNotInclude"),
            (r#""includesAll","value":[]"#, "expectedToInclude"),
            (r#""includesAny","value":["a"]"#, "expectedToIncludeAtLeastOneOf"),
            (r#""excludesAll","value":["z"]"#, "expectedToNotInclude"),
        ] {
            let validator = format!(r#"{{"claim":"k","validator":{validator}}}"#);
            let reason = reason(&validator, &stored(value, 0));
            let start = format!(r#"{{"message":"wrong value","{name}":"#);
            let end = format!(r#","actualValue":{value}}}"#);
            assert!(reason.starts_with(&start) && reason.ends_with(&end), "{validator} {reason}");
        }
    }
}

#[test]
fn values_are_compared_as_javascript_compares_plain_ones() {
    let has = |asked: &str, value: &str| {
        let validator = format!(r#"{{"claim":"k","validator":"hasValue","value":{asked}}}"#);
        reason(&validator, &stored(value, 0)).is_empty()
    };
    for (asked, value) in [
        ("1", "1.0"),
        ("0", "-0"),
        ("1e2", "100"),
        ("9007199254740993", "9007199254740992"),
        (r#""é""#, r#""\u00e9""#),
        ("null", "null"),
    ] {
        assert!(has(asked, value), "{asked} {value}");
    }
    for (asked, value) in [
        ("1", r#""1""#),
        ("0", "false"),
        ("null", "false"),
        (r#""""#, "null"),
        (r#""A""#, r#""a""#),
        (r#""é""#, r#""e\u0301""#),
        (r#""a""#, r#"["a"]"#),
    ] {
        assert!(!has(asked, value), "{asked} {value}");
    }
}

#[test]
fn what_stands_in_the_payload_is_said_again_as_javascript_would() {
    let validator = r#"{"claim":"k","validator":"isTrue"}"#;
    for (value, echoed) in [
        ("9007199254740993", "9007199254740992"),
        ("-9223372036854775808", "-9223372036854776000"),
        ("1.0", "1"),
        ("-0", "0"),
        (
            r#"{"b":1,"10":2,"2":3,"01":4,"4294967295":5,"a":6}"#,
            r#"{"2":3,"10":2,"b":1,"01":4,"4294967295":5,"a":6}"#,
        ),
        (r#"[{"1":0,"0":12345678901234567890}]"#, r#"[{"0":12345678901234567000,"1":0}]"#),
    ] {
        let expected =
            format!(r#"{{"message":"wrong value","expectedValue":true,"actualValue":{echoed}}}"#);
        assert_eq!(reason(validator, &stored(value, 0)), expected);
    }
}

#[test]
fn all_failures_are_told_in_the_order_of_the_validators() {
    let verdict = verdict(
        &[
            r#"{"claim":"b","validator":"isTrue","id":"second"}"#,
            r#"{"claim":"k","validator":"includes","value":"a"}"#,
            r#"{"claim":"k","validator":"includes","value":"z","maxAgeInSeconds":5}"#,
            r#"{"claim":"b","validator":"isFalse"}"#,
        ],
        &stored(r#"["a"]"#, 6),
    );
    assert_eq!(
        verdict.to_json(),
        concat!(
            r#"{"errors":[{"id":"second","reason":{"message":"value does not exist","expectedValue":true}},"#,
            r#"{"id":"k","reason":{"message":"expired","ageInSeconds":6,"maxAgeInSeconds":5}},"#,
            r#"{"id":"b","reason":{"message":"value does not exist","expectedValue":false}}],"#,
            r#""refetch":["second","k","b"]}"#
        )
    );
}

#[test]
fn claims_are_fetched_again_when_the_peer_would() {
    let refetches =
        |validator: &str, payload: &str| !verdict(&[validator], payload).refetch.is_empty();
    let limited = r#"{"claim":"k","validator":"isTrue","maxAgeInSeconds":300}"#;
    let unlimited = r#"{"claim":"k","validator":"isTrue"}"#;
    let verified = r#"{"claim":"k","validator":"isVerified"}"#;
    let patient = r#"{"claim":"k","validator":"isVerified","refetchTimeOnFalseInSeconds":60,"maxAgeInSeconds":90}"#;
    let odd = |time: &str| format!(r#"{{"k":{{"v":true,"t":{time}}}}}"#);
    for (validator, payload, expected) in [
        (unlimited, "{}".to_string(), true),
        (unlimited, r#"{"k":null}"#.to_string(), true),
        (unlimited, r#"{"k":{"t":1}}"#.to_string(), true),
        (unlimited, stored("null", 1_000_000), false),
        (limited, stored("false", 300), false),
        (limited, stored("false", 301), true),
        (limited, stored("true", -999), false),
        (limited, r#"{"k":{"v":true}}"#.to_string(), false),
        (limited, odd("null"), true),
        (limited, odd(r#""5""#), true),
        (limited, odd(r#""x""#), false),
        (limited, odd("{}"), false),
        (verified, stored("true", 1_000_000), false),
        (verified, stored("false", 10), false),
        (verified, stored("false", 11), true),
        (verified, stored("0", 11), false),
        (patient, stored("false", 60), false),
        (patient, stored("false", 61), true),
        (patient, stored("true", 90), false),
        (patient, stored("true", 91), true),
    ] {
        assert_eq!(refetches(validator, &payload), expected, "{validator} {payload}");
    }
}
