use super::*;

fn error(text: &str) -> (&'static str, String) {
    let error = ClaimValidator::from_json(&json(text)).unwrap_err();
    assert!(error.message.ends_with('.'), "{error}");
    (error.code, error.option)
}

#[test]
fn validators_that_cannot_be_meant_are_refused() {
    for (text, code, option) in [
        ("[]", "wrong-type", ""),
        (r#""isTrue""#, "wrong-type", ""),
        ("{}", "missing-option", "validator"),
        (r#"{"claim":"k"}"#, "missing-option", "validator"),
        (r#"{"claim":"k","validator":true}"#, "wrong-type", "validator"),
        (r#"{"claim":"k","validator":"istrue"}"#, "invalid-option", "validator"),
        (r#"{"validator":"isTrue"}"#, "missing-option", "claim"),
        (r#"{"claim":{"key":"k"},"validator":"isTrue"}"#, "wrong-type", "claim"),
        (r#"{"claim":"k","validator":"isTrue","id":5}"#, "wrong-type", "id"),
        (r#"{"claim":"k","validator":"isTrue","value":true}"#, "unknown-option", "value"),
        (r#"{"claim":"k","validator":"isTrue","maxAge":5}"#, "unknown-option", "maxAge"),
        (
            r#"{"claim":"k","validator":"isTrue","refetchTimeOnFalseInSeconds":5}"#,
            "unknown-option",
            "refetchTimeOnFalseInSeconds",
        ),
        (r#"{"claim":"k","validator":"hasValue"}"#, "missing-option", "value"),
        (r#"{"claim":"k","validator":"hasValue","value":[]}"#, "wrong-type", "value"),
        (r#"{"claim":"k","validator":"includes","value":{}}"#, "wrong-type", "value"),
        (r#"{"claim":"k","validator":"includesAll","value":"a"}"#, "wrong-type", "value"),
        (r#"{"claim":"k","validator":"includesAll","value":null}"#, "missing-option", "value"),
        (
            r#"{"claim":"k","validator":"includesAny","value":["a",["b"]]}"#,
            "wrong-type",
            "value[1]",
        ),
        (
            r#"{"claim":"m","validator":"hasCompletedMFARequirementsForAuth","maxAgeInSeconds":5}"#,
            "unknown-option",
            "maxAgeInSeconds",
        ),
        (r#"{"claim":"m","validator":"hasCompletedRequirementList"}"#, "missing-option", "list"),
    ] {
        assert_eq!(error(text), (code, option.into()), "{text}");
    }
}

#[test]
fn ages_are_finite_and_not_negative() {
    for (member, validator) in [
        ("maxAgeInSeconds", "isTrue"),
        ("maxAgeInSeconds", "isVerified"),
        ("refetchTimeOnFalseInSeconds", "isVerified"),
    ] {
        for (age, code) in [
            ("null", "wrong-type"),
            (r#""5""#, "wrong-type"),
            ("-1", "invalid-option"),
            ("-0.5", "invalid-option"),
        ] {
            let text = format!(r#"{{"claim":"k","validator":"{validator}","{member}":{age}}}"#);
            assert_eq!(error(&text), (code, member.into()), "{text}");
        }
        for number in [f64::NAN, f64::INFINITY] {
            let text = |text: &str| Json::String(text.into());
            let members = [
                ("claim", text("k")),
                ("validator", text(validator)),
                (member, Json::Float(number)),
            ];
            let members = members.map(|(name, value)| (name.into(), value));
            let error = ClaimValidator::from_json(&Json::Object(members.into())).unwrap_err();
            assert_eq!((error.code, error.option.as_str()), ("invalid-option", member));
        }
        let zero = format!(r#"{{"claim":"k","validator":"{validator}","{member}":0}}"#);
        assert_eq!(validator_id(&zero), "k");
    }
}

fn validator_id(text: &str) -> String {
    validator(text).id().into()
}

#[test]
fn an_id_stands_for_the_claim_s_name() {
    assert_eq!(validator_id(r#"{"claim":"k","validator":"isTrue","id":"x"}"#), "x");
    assert_eq!(validator_id(r#"{"claim":"k","validator":"isTrue","id":""}"#), "");
    assert_eq!(validator_id(r#"{"claim":"k","validator":"isTrue","id":null}"#), "k");
}

#[test]
fn requirements_that_cannot_be_meant_are_refused() {
    for (list, code, option) in [
        (r#""totp""#, "wrong-type", "list"),
        ("[5]", "wrong-type", "list[0]"),
        (r#"["totp",{}]"#, "invalid-option", "list[1]"),
        (r#"[{"oneOf":["a"],"allOfInAnyOrder":["b"]}]"#, "invalid-option", "list[0]"),
        (r#"[{"anyOf":["a"]}]"#, "unknown-option", "list[0].anyOf"),
        (r#"[{"oneOf":"a"}]"#, "wrong-type", "list[0].oneOf"),
        (r#"[{"oneOf":["a",null]}]"#, "wrong-type", "list[0].oneOf[1]"),
        (r#"[{"allOfInAnyOrder":[{"oneOf":["a"]}]}]"#, "wrong-type", "list[0].allOfInAnyOrder[0]"),
    ] {
        let text = format!(
            r#"{{"claim":"st-mfa","validator":"hasCompletedRequirementList","list":{list}}}"#
        );
        assert_eq!(error(&text), (code, option.into()), "{text}");
    }
}

#[test]
fn a_list_names_the_validator_that_is_wrong() {
    let good = r#"{"claim":"k","validator":"isTrue"}"#;
    for (list, option) in [
        (format!("{{\"a\":{good}}}"), "claimValidators"),
        (format!("[{good},5]"), "claimValidators[1]"),
        (
            format!(r#"[{good},{{"claim":"k","validator":"isTrue","max":1}}]"#),
            "claimValidators[1].max",
        ),
    ] {
        let error = ClaimValidator::list_from_json(&json(&list), "claimValidators").unwrap_err();
        assert_eq!(error.option, option);
    }
    let list = json(&format!("[{good},{good}]"));
    assert_eq!(ClaimValidator::list_from_json(&list, "claimValidators").unwrap().len(), 2);
}
