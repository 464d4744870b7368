use super::*;

fn auth(claim: &str) -> String {
    let validator = r#"{"claim":"st-mfa","validator":"hasCompletedMFARequirementsForAuth"}"#;
    reason(validator, &format!(r#"{{"st-mfa":{claim}}}"#))
}

fn list(list: &str, claim: &str) -> String {
    let validator =
        format!(r#"{{"claim":"st-mfa","validator":"hasCompletedRequirementList","list":{list}}}"#);
    reason(&validator, &format!(r#"{{"st-mfa":{claim}}}"#))
}

#[test]
fn only_a_plain_true_is_enough_to_be_signed_in() {
    assert_eq!(auth(r#"{"c":{},"v":true}"#), "");
    let refused = r#"{"message":"MFA requirement for auth is not satisfied"}"#;
    assert_eq!(auth(r#"{"c":{},"v":false}"#), refused);
    for claim in
        [r#"{"v":null}"#, r#"{"v":0}"#, "{}", r#""x""#, "[]", r#"{"v":1}"#, r#"{"v":"true"}"#]
    {
        assert_eq!(auth(claim), "no reason", "{claim}");
    }
}

#[test]
fn without_the_claim_nothing_is_completed() {
    let validator =
        r#"{"claim":"st-mfa","validator":"hasCompletedMFARequirementsForAuth","id":"x"}"#;
    let verdict = verdict(
        &[
            validator,
            r#"{"claim":"st-mfa","validator":"hasCompletedRequirementList","list":["totp"]}"#,
            r#"{"claim":"st-mfa","validator":"hasCompletedRequirementList","list":[{"oneOf":[]}]}"#,
            r#"{"claim":"st-mfa","validator":"hasCompletedRequirementList","list":[],"id":"none"}"#,
        ],
        "{}",
    );
    let missing = r#"{"message":"value does not exist"}"#;
    let told: Vec<_> = verdict.errors.iter().map(ClaimError::to_json).collect();
    assert_eq!(
        told,
        ["x", "st-mfa", "st-mfa"].map(|id| format!(r#"{{"id":"{id}","reason":{missing}}}"#))
    );
    assert_eq!(verdict.refetch, ["x", "st-mfa", "st-mfa", "none"]);
}

#[test]
fn a_claim_of_another_shape_completes_nothing() {
    assert_eq!(auth("null"), r#"{"message":"wrong value","actualValue":null}"#);
    for claim in [
        "null",
        "{}",
        r#"{"c":null,"v":true}"#,
        r#"{"c":"totp","v":true}"#,
        r#"{"c":["totp"]}"#,
        "5",
    ] {
        let expected = format!(r#"{{"message":"wrong value","actualValue":{claim}}}"#);
        assert_eq!(list(r#"["0"]"#, claim), expected);
        assert_eq!(list(r#"[{"oneOf":[]}]"#, claim), expected);
        assert_eq!(list("[]", claim), "");
    }
}

#[test]
fn the_first_requirement_that_is_not_met_is_told() {
    let claim = r#"{"c":{"emailpassword":1702877939,"totp":null},"v":true}"#;
    for (requirements, expected) in [
        (r#"["emailpassword","totp"]"#, ""),
        (r#"[{"oneOf":[]},{"allOfInAnyOrder":[]}]"#, ""),
        (
            r#"["totp","otp-email","otp-phone"]"#,
            r#"{"message":"Factor validation failed: otp-email not completed","factorId":"otp-email"}"#,
        ),
        (r#"[{"oneOf":["x","totp"]}]"#, ""),
        (
            r#"[{"oneOf":["x","y","x"]},"z"]"#,
            r#"{"message":"None of these factors are complete in the session: x, y","oneOf":["x","y"]}"#,
        ),
        (
            r#"[{"allOfInAnyOrder":["x","totp","y","x"]}]"#,
            r#"{"message":"Some of the factors are not complete in the session: x, y","allOfInAnyOrder":["x","y"]}"#,
        ),
        (r#"[{"allOfInAnyOrder":["totp","emailpassword"]}]"#, ""),
    ] {
        assert_eq!(list(requirements, claim), expected, "{requirements}");
    }
}

#[test]
fn a_factor_is_completed_by_its_own_member_alone() {
    for factor in ["constructor", "toString", "__proto__"] {
        let reason = list(&format!(r#"["{factor}"]"#), r#"{"c":{},"v":true}"#);
        assert!(reason.ends_with(&format!(r#""factorId":"{factor}"}}"#)), "{reason}");
        assert_eq!(list(&format!(r#"["{factor}"]"#), &format!(r#"{{"c":{{"{factor}":1}}}}"#)), "");
    }
}
