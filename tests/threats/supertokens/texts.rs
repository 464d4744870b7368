//! Rows 7, 10, 14 and 15: the texts of access tokens of every version.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

use super::{no_token, refused, verdict};
use crate::support::judge::{OK, Verdict, config_error, gate, judge, jwk};
use crate::support::mint::{Signer, base64url, mint_with};
use crate::support::supertokens::{
    LEGACY_HEADER, claims, header, legacy, legacy_by, legacy_claims, signed, signed_text,
    supertokens, token, with_claim,
};
use crate::support::tokens::{NOW, with};

/// The verdicts on one payload in a token of version 5 and, for what is valid there, of version 2.
fn payload(text: &str) -> Verdict {
    verdict(&signed_text(&header().to_string(), text))
}

#[test]
fn row_07_duplicate_members_are_refused_in_sessions() {
    let twice = no_token("token-duplicate-member");
    let head = &header().to_string()[1..];
    for header in [
        format!(r#"{{"alg":"none",{head}"#),
        format!(r#"{{"v\u0065rsion":"2",{head}"#),
        format!(r#"{{"x":[{{"a":1,"a":1}}],{head}"#),
    ] {
        assert_eq!(verdict(&signed_text(&header, &claims().to_string())), twice, "{header}");
    }
    let rest = &claims().to_string()[1..];
    let legacy_rest = &legacy_claims().to_string()[1..];
    for member in [r#""sub":"user_2""#, r#""s\u0075b":"user_2""#, r#""x":{"a":[{"b":1,"b":2}]}"#] {
        assert_eq!(payload(&format!("{{{member},{rest}")), twice, "{member}");
    }
    for member in [r#""userId":"user_2""#, r#""x":{"a":[{"b":1,"b":2}]}"#] {
        assert_eq!(verdict(&legacy(&format!("{{{member},{legacy_rest}"))), twice, "{member}");
    }
}

#[test]
fn row_10_there_is_one_text_for_a_session() {
    let unreadable = no_token("token-not-base64url");
    let good = token(&claims());
    let parts: Vec<&str> = good.split('.').collect();
    for (index, part) in parts.iter().enumerate() {
        let (left, right) = part.split_at(part.len() / 2);
        for changed in [
            format!("{part}="),
            format!("{part}!"),
            format!("{part}\n"),
            format!("{left} {right}"),
            format!("{left}+{}", &right[1..]),
            format!("{left}/{}", &right[1..]),
        ] {
            let mut parts = parts.clone();
            parts[index] = &changed;
            assert_eq!(verdict(&parts.join(".")), unreadable, "{index} {changed:?}");
        }
    }
    // The peer also reads standard base64 in tokens of version 3 and later.
    let standard =
        [header(), with(claims(), "x", ">>>???")].map(|part| STANDARD.encode(part.to_string()));
    let input = standard.join(".");
    let signature = base64url(&Signer::Rsa2048A.sign("RS256", input.as_bytes()));
    assert_eq!(verdict(&format!("{input}.{signature}")), unreadable);
}

#[test]
fn row_10_there_is_one_text_for_a_session_of_version_2() {
    let unreadable = no_token("token-not-base64url");
    // So that each part has padding and letters that base64url writes otherwise.
    let good = legacy(&with(legacy_claims(), "x", ">>>????").to_string());
    assert_eq!(verdict(&good), OK);
    let parts: Vec<&str> = good.split('.').collect();
    assert!(parts[1].contains('/') && parts[2].ends_with("=="));
    for (index, part) in parts.iter().enumerate().skip(1) {
        let (left, right) = part.split_at(part.len() / 2);
        for changed in [
            part.trim_end_matches('=').to_owned(),
            format!("{part}="),
            format!("{left}\n{right}"),
            format!("{left}-{}", &right[1..]),
            format!("{left}_{}", &right[1..]),
            part.replace('/', "_").replace('+', "-"),
        ] {
            if changed != **part {
                let mut parts = parts.clone();
                parts[index] = &changed;
                assert_eq!(verdict(&parts.join(".")), unreadable, "{index} {changed:?}");
            }
        }
    }
    // 256 bytes of signature end in a letter of which two bits count.
    let (rest, _) = good.rsplit_once("==").unwrap();
    let (rest, last) = rest.split_at(rest.len() - 1);
    let alphabet = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let at = alphabet.iter().position(|letter| last.as_bytes() == [*letter]).unwrap();
    for bits in 1..16 {
        let changed = format!("{rest}{}==", char::from(alphabet[at & !15 | bits]));
        if changed != good {
            assert_eq!(verdict(&changed), unreadable, "{bits}");
        }
    }
    for (text, code) in [
        (format!("{LEGACY_HEADER}."), "token-not-compact"),
        (format!("{LEGACY_HEADER}.{}", parts[1]), "token-not-compact"),
        (format!("{good}."), "token-not-compact"),
        (format!("{good}.{}", parts[2]), "token-not-compact"),
        (
            format!("{}.{}.{}", LEGACY_HEADER.trim_end_matches('='), parts[1], parts[2]),
            "token-not-base64url",
        ),
        (format!(" {good}"), "token-not-base64url"),
    ] {
        assert_eq!(verdict(&text), no_token(code), "{text}");
    }
}

#[test]
fn row_14_the_text_of_a_session_is_strict() {
    for bytes in [&b"{\"sub\":\"\xff\"}"[..], b"{\"sub\":\"\xed\xa0\x80\"}", b"\xff\xfe{\x00}\x00"]
    {
        let token = mint_with(Signer::Rsa2048A, "RS256", header().to_string().as_bytes(), bytes);
        assert_eq!(verdict(&token), no_token("token-not-utf8"), "{bytes:?}");
        let input = format!("{LEGACY_HEADER}.{}", STANDARD.encode(bytes));
        let signature = STANDARD.encode(Signer::Rsa2048A.sign("RS256", input.as_bytes()));
        assert_eq!(verdict(&format!("{input}.{signature}")), no_token("token-not-utf8"));
    }
    for value in [r#""\ud800""#, r#""\udc00""#, "\"a\u{0}b\""] {
        assert_eq!(verdict(&with_claim("name", value)), no_token("token-not-json"), "{value:?}");
    }
    let marked = format!("\u{feff}{}", claims());
    assert_eq!(payload(&marked), no_token("token-not-json"));
    assert_eq!(verdict(&legacy(&marked)), no_token("token-not-json"));
}

#[test]
fn row_14_users_are_not_taken_for_others() {
    let user = |sub: &str| {
        let token = token(&with(claims(), "sub", sub));
        let mut gate = gate(&supertokens());
        let headers = [("cookie", &*format!("__session={token}"))];
        let head = sessiongate::RequestHead::new("GET", "https://app.example.com/", &headers);
        gate.check(&head.unwrap(), NOW).unwrap().state.auth.user_id.clone().unwrap()
    };
    // White space around an id does not count, as for the peer; everything inside of it does.
    for (sub, id) in [
        (" user_1\n", "user_1"),
        ("\u{feff}user_1\u{a0}", "user_1"),
        ("user_1\u{0}", "user_1\u{0}"),
        ("user_1\u{200b}", "user_1\u{200b}"),
        ("us\u{435}r_1", "us\u{435}r_1"),
        ("caf\u{e9}", "caf\u{e9}"),
        ("cafe\u{301}", "cafe\u{301}"),
        ("", ""),
    ] {
        assert_eq!(user(sub), id, "{sub:?}");
    }
}

#[test]
fn row_15_sessions_have_budgets() {
    let nested = |depth: usize| "[".repeat(depth) + &"]".repeat(depth);
    let many = |count: usize| format!("[{}0]", "0,".repeat(count - 1));
    for (value, expected) in [
        (nested(7), OK),
        (nested(8), no_token("token-too-deep")),
        (nested(2000), no_token("token-too-deep")),
        (many(400), OK),
        (many(512), no_token("token-too-many-members")),
        (format!("\"{}\"", "x".repeat(4000)), OK),
        (format!("\"{}\"", "x".repeat(7000)), no_token("token-too-large")),
    ] {
        assert_eq!(verdict(&with_claim("x", &value)), expected, "{} bytes", value.len());
        // Version 2 has four members less.
        let rest = &legacy_claims().to_string()[1..];
        let legacy = legacy(&format!("{{\"x\":{value},{rest}"));
        assert_eq!(verdict(&legacy), expected, "{} bytes in version 2", value.len());
    }
    let large = format!("{LEGACY_HEADER}.{}", "A".repeat(8192));
    assert_eq!(verdict(&large), no_token("token-too-large"));
    assert_eq!(
        verdict(&format!("{LEGACY_HEADER}.{}", ".".repeat(8000))),
        no_token("token-not-compact")
    );
    let header = with(header(), "x", "x".repeat(1000));
    assert_eq!(verdict(&signed(&header, &claims())), no_token("token-header-too-large"));
}

#[test]
fn row_15_a_token_of_version_2_costs_no_more_than_the_keys_of_a_set() {
    // It names no key, so every one is tried: 32 at most, of which each is used once.
    let key = |index| with(jwk(Signer::Rsa2048B), "kid", format!("d-{index}"));
    let keys: Vec<Value> = (0..33).map(key).collect();
    let provider = |count: usize| with(supertokens(), "jwks", json!({ "keys": keys[..count] }));
    let token = legacy_by(Signer::Rsa2048A, &legacy_claims().to_string());
    assert_eq!(judge(&provider(32), &token), refused("token-invalid-signature"));
    let expected = ("jwks-too-large", "provider.jwks".to_owned());
    assert_eq!(config_error(&provider(33)), expected);
}
