//! Rows 7, 10, 14 and 15: the text of a token, from base64url to budgets.

use serde_json::{Value, json};

use crate::support::judge::{OK, Verdict, clerk, exactly, gate_from, judge, judge_with, oidc};
use crate::support::mint::{Signer, base64url, mint, sign_input};
use crate::support::tokens::{
    ISSUER, claims, header, token, with, with_claim, with_header, with_header_text, with_payload,
};

fn judge_both(token: &str) -> (Verdict, Verdict) {
    (judge(&clerk(), token), judge(&oidc(&["RS256"]), token))
}

/// What Clerk calls any token that it cannot read.
fn unreadable(exact: &'static str) -> (Verdict, Verdict) {
    (("token-invalid", exact), exactly(exact))
}

fn both(code: &'static str) -> (Verdict, Verdict) {
    (exactly(code), exactly(code))
}

#[test]
fn row_07_duplicate_members_are_refused_at_every_depth() {
    let rest = &header("RS256").to_string()[1..];
    for header in [
        format!(r#"{{"alg":"none",{rest}"#),
        format!(r#"{{"\u0061lg":"none",{rest}"#),
        format!(r#"{{"x":{{"a":[{{"b":1,"b":1}}]}},{rest}"#),
    ] {
        let token = with_header_text(&header);
        assert_eq!(judge_both(&token), both("token-duplicate-member"), "{header}");
    }
    let rest = &claims().to_string()[1..];
    for payload in [
        format!(r#"{{"sub":"user_2",{rest}"#),
        format!(r#"{{"s\u0075b":"user_2",{rest}"#),
        format!(r#"{{"":1,"":1,{rest}"#),
        format!(r#"{{"o":{{"id":"org_1","id":"org_2"}},{rest}"#),
        format!(r#"{{"a":[[{{"x":1,"y":2,"x":3}}]],{rest}"#),
    ] {
        let token = with_payload(&payload);
        assert_eq!(judge_both(&token), both("token-duplicate-member"), "{payload}");
    }
    assert_eq!(judge_both(&with_claim("x", r#"{"a":{"a":1},"A":1,"a ":1}"#)), (OK, OK));
}

#[test]
fn row_10_there_is_one_text_for_a_token() {
    let good = token("RS256", &claims());
    assert_eq!(judge_both(&good), (OK, OK));
    let parts: Vec<&str> = good.split('.').collect();
    for (index, part) in parts.iter().enumerate() {
        let (left, right) = part.split_at(part.len() / 2);
        for changed in [
            format!("{part}="),
            format!("{part}=="),
            format!(" {part}"),
            format!("{part}\n"),
            format!("{part}\u{0}"),
            format!("{left}\r\n{right}"),
            format!("{left}%{right}"),
            format!("{left}+{}", &right[1..]),
            format!("{left}/{}", &right[1..]),
            format!("{left}\u{e4}{right}"),
            "A".into(),
        ] {
            let mut parts = parts.clone();
            parts[index] = &changed;
            let verdict = judge_both(&parts.join("."));
            assert_eq!(verdict, unreadable("token-not-base64url"), "{index} {changed:?}");
        }
    }
}

#[test]
fn row_10_loose_trailing_bits_are_refused() {
    // 256 bytes of signature end in a character of which four bits count.
    let good = token("RS256", &claims());
    let (rest, last) = good.split_at(good.len() - 1);
    let alphabet = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let at = alphabet.iter().position(|letter| last.as_bytes() == [*letter]).unwrap();
    for bits in 1..4 {
        let changed = format!("{rest}{}", char::from(alphabet[at & !3 | bits]));
        if changed != good {
            assert_eq!(judge_both(&changed), unreadable("token-not-base64url"), "{bits}");
        }
    }
}

#[test]
fn row_10_a_token_has_three_parts() {
    let good = token("RS256", &claims());
    let (input, signature) = good.rsplit_once('.').unwrap();
    for (text, code) in [
        (String::new(), "token-not-compact"),
        (".".into(), "token-not-compact"),
        (signature.into(), "token-not-compact"),
        (input.into(), "token-not-compact"),
        (format!("{good}."), "token-not-compact"),
        (format!("{good}.{signature}.{signature}.{signature}"), "token-not-compact"),
        (format!("{good}.{signature}.{signature}"), "token-encrypted"),
        ("..".into(), "token-not-json"),
        (format!("..{signature}"), "token-not-json"),
        (format!("{}..{signature}", input.split('.').next().unwrap()), "token-not-json"),
    ] {
        assert_eq!(judge_both(&text), unreadable(code), "{text}");
    }
    let form = json!({ "payload": "e30", "protected": "e30", "signature": "" }).to_string();
    assert_eq!(judge_both(&form), unreadable("token-not-compact"));
}

#[test]
fn row_14_text_is_strict_utf_8() {
    for bytes in [
        &b"{\"sub\":\"\xff\"}"[..],
        b"{\"sub\":\"\xc0\xaf\"}",
        b"{\"sub\":\"\xed\xa0\x80\"}",
        b"{\"sub\":\"\xf4\x90\x80\x80\"}",
        b"{\"sub\":\"\xe4\"}",
        b"\xff\xfe{\x00}\x00",
    ] {
        assert_eq!(judge_both(&with_payload(bytes)), unreadable("token-not-utf8"), "{bytes:?}");
        let header = base64url(bytes);
        let token = sign_input(Signer::Rsa2048A, "RS256", &format!("{header}.e30"));
        assert_eq!(judge_both(&token), unreadable("token-not-utf8"), "{bytes:?}");
    }
}

#[test]
fn row_14_lone_surrogates_controls_and_marks_are_not_json() {
    for value in [r#""\ud800""#, r#""\udc00""#, r#""\ud83dx""#, r#""\ud83d\ud83d""#, "\"a\u{0}b\""]
    {
        let token = with_claim("name", value);
        assert_eq!(judge_both(&token), unreadable("token-not-json"), "{value:?}");
    }
    let good = claims().to_string();
    for payload in [format!("\u{feff}{good}"), format!("{good}\u{0}"), format!("\u{a0}{good}")] {
        assert_eq!(judge_both(&with_payload(&payload)), unreadable("token-not-json"));
    }
    let marked = format!("\u{feff}{}", header("RS256"));
    assert_eq!(judge_both(&with_header_text(&marked)), unreadable("token-not-json"));
    assert_eq!(judge_both(&with_claim("name", r#""\ud83d\ude00 \u0000""#)), (OK, OK));
}

#[test]
fn row_14_names_are_compared_byte_by_byte() {
    for issuer in [
        "https://cl\u{435}rk.example.com",
        "https://clerk.example.com\u{0}",
        "https://clerk.example.com\u{200b}",
        "https://CLERK.example.com",
        "https://clerk.example.com/",
        "\u{feff}https://clerk.example.com",
    ] {
        let token = token("RS256", &with(claims(), "iss", issuer));
        assert_eq!(judge(&oidc(&["RS256"]), &token), exactly("iss-mismatch"), "{issuer:?}");
        let pinned = with(clerk(), "issuer", ISSUER);
        assert_eq!(judge(&pinned, &token), exactly("iss-mismatch"), "{issuer:?}");
    }
    // U+00E9 and U+0065 U+0301 look the same and are not.
    let (composed, decomposed) = ("caf\u{e9}", "cafe\u{301}");
    let token = |audience: &str| token("RS256", &with(claims(), "aud", audience));
    let provider = with(oidc(&["RS256"]), "audience", composed);
    assert_eq!(judge(&provider, &token(composed)), OK);
    assert_eq!(judge(&provider, &token(decomposed)), exactly("aud-mismatch"));
}

#[test]
fn row_15_budgets_have_their_own_codes() {
    let nested = |depth: usize| "[".repeat(depth) + &"]".repeat(depth);
    let wide = |count: usize| format!("[{}0]", "0,".repeat(count - 1));
    // The claim lies one level deep in the payload, beside 9 members with 2 elements in them.
    for (token, verdict) in [
        (with_claim("x", &nested(7)), (OK, OK)),
        (with_claim("x", &nested(8)), both("token-too-deep")),
        (with_claim("x", &nested(2500)), both("token-too-deep")),
        (with_claim("x", &wide(500)), (OK, OK)),
        (with_claim("x", &wide(501)), both("token-too-many-members")),
        (with_claim("x", &format!("\"{}\"", "x".repeat(4000))), (OK, OK)),
        (with_claim("x", &format!("\"{}\"", "x".repeat(7000))), both("token-too-large")),
        ("a".repeat(8193), both("token-too-large")),
        ("a".repeat(10_000_000), both("token-too-large")),
        (".".repeat(8192), unreadable("token-not-compact")),
    ] {
        assert_eq!(judge_both(&token), verdict, "{} bytes", token.len());
    }
}

#[test]
fn row_15_headers_have_a_budget_of_their_own() {
    let padded = |bytes: usize| {
        let bare = with(header("RS256"), "x", "").to_string().len();
        with_header(&with(header("RS256"), "x", "x".repeat(bytes - bare)))
    };
    assert_eq!(judge_both(&padded(1024)), (OK, OK));
    assert_eq!(judge_both(&padded(1025)), both("token-header-too-large"));
    let deep: Value = serde_json::from_str(&("[".repeat(8) + &"]".repeat(8))).unwrap();
    assert_eq!(judge_both(&with_header(&with(header("RS256"), "x", deep))), both("token-too-deep"));
}

#[test]
fn row_15_budgets_can_be_set() {
    let token = mint("RS256", &header("RS256").to_string(), &claims().to_string());
    for (limit, value, verdict) in [
        ("tokenBytes", token.len(), OK),
        ("tokenBytes", token.len() - 1, exactly("token-too-large")),
        ("headerBytes", 20, exactly("token-header-too-large")),
        ("jsonDepth", 2, OK),
        ("jsonDepth", 1, exactly("token-too-deep")),
        ("jsonMembers", 11, OK),
        ("jsonMembers", 10, exactly("token-too-many-members")),
        ("kidBytes", 10, OK),
        ("kidBytes", 9, exactly("kid-too-long")),
    ] {
        let mut gate = gate_from(&json!({
            "provider": clerk(),
            "routes": [{ "path": "/(.*)", "access": "signed-in", "onDenied": "status" }],
            "budget": { limit: value },
        }));
        assert_eq!(judge_with(&mut gate, &token), verdict, "{limit} {value}");
    }
}
