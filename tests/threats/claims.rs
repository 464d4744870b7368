//! Rows 8, 9, 17 and 24: claims of the wrong type, for somebody else, at the wrong time; and that
//! nobody looks at them before the signature.

use serde_json::{Value, json};

use crate::support::judge::{OK, Verdict, clerk, exactly, judge, oidc};
use crate::support::mint::{Signer, mint_with};
use crate::support::tokens::{
    AUDIENCE, NOW_SECONDS, claims, header, token, with, with_claim, without,
};

/// What both providers say; Clerk has one word for all claims of the wrong form.
fn judge_both(token: &str) -> (Verdict, Verdict) {
    (judge(&clerk(), token), judge(&oidc(&["RS256"]), token))
}

fn malformed(exact: &'static str) -> (Verdict, Verdict) {
    (("token-verification-failed", exact), exactly(exact))
}

#[test]
fn row_08_times_are_whole_seconds() {
    for (claim, code) in [("exp", "exp-invalid"), ("nbf", "nbf-invalid"), ("iat", "iat-invalid")] {
        for wrong in [
            "\"1800000060\"",
            "1800000060.5",
            "1800000060.0",
            "1.80000006e9",
            "-1",
            "-0",
            "9007199254740993",
            "9223372036854775807",
            "9223372036854775808",
            "18446744073709551616",
            "1e308",
            "true",
            "null",
            "[1800000060]",
            "{\"$date\":1800000060}",
        ] {
            assert_eq!(judge_both(&with_claim(claim, wrong)), malformed(code), "{claim} {wrong}");
        }
        // Numbers that no double can hold and other spellings are not JSON for us at all.
        for wrong in ["1e400", "-1e400", "NaN", "Infinity", "0x6b49d200", "01800000060", "+1", "1."]
        {
            let not_json = (("token-invalid", "token-not-json"), exactly("token-not-json"));
            assert_eq!(judge_both(&with_claim(claim, wrong)), not_json, "{claim} {wrong}");
        }
    }
}

#[test]
fn row_08_the_largest_time_does_not_overflow() {
    assert_eq!(judge_both(&with_claim("exp", "9007199254740992")), (OK, OK));
    let early = (exactly("token-not-active-yet"), exactly("token-not-active-yet"));
    assert_eq!(judge_both(&with_claim("nbf", "9007199254740992")), early);
    let future = (exactly("token-iat-in-the-future"), exactly("token-iat-in-the-future"));
    assert_eq!(judge_both(&with_claim("iat", "9007199254740992")), future);
    let expired = (exactly("token-expired"), exactly("token-expired"));
    assert_eq!(judge_both(&with_claim("exp", "0")), expired);
}

#[test]
fn row_08_a_token_without_expiry_is_refused() {
    let eternal = token("RS256", &without(claims(), "exp"));
    assert_eq!(judge_both(&eternal), malformed("exp-missing"));
    let short = token("RS256", &without(without(claims(), "nbf"), "iat"));
    assert_eq!(judge_both(&short), (OK, OK));
}

#[test]
fn row_09_an_audience_is_compared_as_a_whole_string() {
    let clerk = with(clerk(), "audience", AUDIENCE);
    for (audience, exact) in [
        (json!("https://api.example.com/"), "aud-mismatch"),
        (json!("https://api.example.co"), "aud-mismatch"),
        (json!("https://api.example.com https://other.example"), "aud-mismatch"),
        (json!("HTTPS://API.EXAMPLE.COM"), "aud-mismatch"),
        (json!(""), "aud-mismatch"),
        (json!([]), "aud-mismatch"),
        (json!([""]), "aud-mismatch"),
        (json!(["https://other.example"]), "aud-mismatch"),
        (json!([["https://api.example.com"]]), "aud-invalid"),
        (json!(["https://api.example.com", 1]), "aud-invalid"),
        (json!([null, "https://api.example.com"]), "aud-invalid"),
        (json!({ "https://api.example.com": true }), "aud-invalid"),
        (json!(true), "aud-invalid"),
        (json!(0), "aud-invalid"),
        (json!(null), "aud-invalid"),
    ] {
        let token = token("RS256", &with(claims(), "aud", audience.clone()));
        assert_eq!(judge(&oidc(&["RS256"]), &token), exactly(exact), "{audience}");
        let verdict = ("token-verification-failed", exact);
        assert_eq!(judge(&clerk, &token), verdict, "{audience}");
    }
    for audience in [json!(AUDIENCE), json!([AUDIENCE]), json!(["x", AUDIENCE])] {
        let token = token("RS256", &with(claims(), "aud", audience));
        assert_eq!((judge(&oidc(&["RS256"]), &token), judge(&clerk, &token)), (OK, OK));
    }
}

#[test]
fn row_09_a_missing_audience_counts_where_the_peer_counts_it() {
    let token = token("RS256", &without(claims(), "aud"));
    assert_eq!(judge(&oidc(&["RS256"]), &token), exactly("aud-missing"));
    // Clerk's session tokens have none, so its verifier looks only at those that do.
    assert_eq!(judge(&with(clerk(), "audience", AUDIENCE), &token), OK);
    // A token for anybody is accepted only where that was asked for in so many words.
    assert_eq!(judge(&with(oidc(&["RS256"]), "audience", Value::Null), &token), OK);
}

#[test]
fn row_17_claims_are_looked_at_only_after_the_signature() {
    let everything_wrong = json!({
        "aud": 1, "azp": 1, "exp": "x", "iat": "x", "iss": 1, "nbf": "x", "sub": 1,
    });
    for claims in [
        everything_wrong,
        json!({}),
        with(claims(), "exp", 1),
        with(claims(), "iss", "https://evil.example"),
        with(claims(), "azp", "https://evil.example"),
        with(claims(), "aud", "https://evil.example"),
        without(claims(), "sub"),
    ] {
        let (header, payload) = (header("RS256").to_string(), claims.to_string());
        let forged = mint_with(Signer::Rsa2048B, "RS256", header.as_bytes(), payload.as_bytes());
        let refused = exactly("token-invalid-signature");
        assert_eq!(judge_both(&forged), (refused, refused), "{payload}");
        let signed = judge_both(&mint_with(
            Signer::Rsa2048A,
            "RS256",
            header.as_bytes(),
            payload.as_bytes(),
        ));
        assert_ne!(signed, (refused, refused), "{payload}");
        assert_ne!(signed, (OK, OK), "{payload}");
    }
}

#[test]
fn row_24_clocks_may_differ_by_five_seconds_and_no_more() {
    for (claim, offset, verdict) in [
        ("exp", -4, OK),
        ("exp", -5, exactly("token-expired")),
        ("nbf", 5, OK),
        ("nbf", 6, exactly("token-not-active-yet")),
        ("iat", 5, OK),
        ("iat", 6, exactly("token-iat-in-the-future")),
    ] {
        let token = token("RS256", &with(claims(), claim, NOW_SECONDS + offset));
        assert_eq!(judge_both(&token), (verdict, verdict), "{claim} {offset}");
    }
}

#[test]
fn row_24_the_skew_is_configured_within_a_day() {
    let day = 86_400;
    for provider in [clerk(), oidc(&["RS256"])] {
        let with_skew = |skew: i64| with(provider.clone(), "clockSkewInMs", skew);
        let token = |exp: i64| token("RS256", &with(claims(), "exp", NOW_SECONDS + exp));
        assert_eq!(judge(&with_skew(0), &token(0)), exactly("token-expired"));
        assert_eq!(judge(&with_skew(0), &token(1)), OK);
        assert_eq!(judge(&with_skew(day * 1000), &token(1 - day)), OK);
        assert_eq!(judge(&with_skew(day * 1000), &token(-day)), exactly("token-expired"));
        for wrong in [-1, day * 1000 + 1, i64::MAX, i64::MIN] {
            let error = crate::support::judge::config_error(&with_skew(wrong));
            assert_eq!(error, ("invalid-option", "provider.clockSkewInMs".into()), "{wrong}");
        }
    }
}
