//! Rows 4 to 6 and 25: what a token's header may and may not do.

use serde_json::{Value, json};
use sessiongate::NeedKind;

use crate::support::judge::{
    OK, clerk, clerk_jwks, exactly, gate, judge, jwk, oidc, oidc_with_keys, oidc_without_keys,
};
use crate::support::mint::{Signer, base64url, mint, mint_with};
use crate::support::tokens::{NOW, claims, header, token, with, with_header, without};

/// A good header with another `kid`.
fn kid(kid: impl Into<Value>) -> Value {
    with(header("RS256"), "kid", kid)
}

#[test]
fn row_04_a_kid_is_only_a_name() {
    for name in [
        "",
        "rsa-2048-A",
        "rsa-2048-a ",
        " rsa-2048-a",
        "rsa-2048-a\u{0}",
        "rsa\u{2010}2048\u{2010}a",
        "../../../../etc/passwd",
        "' OR '1'='1",
        "__proto__",
        "constructor",
        "https://evil.example/key",
        "$(id)",
    ] {
        let token = with_header(&kid(name));
        let unknown = ("jwk-kid-mismatch", "key-not-found");
        assert_eq!(judge(&clerk_jwks(), &token), unknown, "{name:?}");
        assert_eq!(judge(&oidc(&["RS256"]), &token), exactly("key-not-found"), "{name:?}");
        // One key given on its own has no name, so there is nothing to inject into.
        assert_eq!(judge(&clerk(), &token), OK, "{name:?}");
    }
}

#[test]
fn row_04_a_kid_is_a_string_within_the_budget() {
    for wrong in [json!(1), json!(null), json!(["rsa-2048-a"]), json!({ "rsa-2048-a": 1 })] {
        let token = with_header(&kid(wrong));
        assert_eq!(judge(&clerk(), &token), ("token-invalid", "header-member-type"));
        assert_eq!(judge(&oidc(&["RS256"]), &token), exactly("header-member-type"));
    }
    let longest = with_header(&kid("k".repeat(256)));
    assert_eq!(judge(&clerk(), &longest), OK);
    let too_long = with_header(&kid("k".repeat(257)));
    assert_eq!(judge(&clerk(), &too_long), exactly("kid-too-long"));
    assert_eq!(judge(&clerk_jwks(), &too_long), exactly("kid-too-long"));
    assert_eq!(judge(&oidc(&["RS256"]), &too_long), exactly("kid-too-long"));
}

#[test]
fn row_04_duplicate_and_missing_kids_are_never_guessed() {
    let other = with(jwk(Signer::Rsa2048B), "kid", Signer::Rsa2048A.name());
    let keys = json!([jwk(Signer::Rsa2048A), other]);
    let token = token("RS256", &claims());
    assert_eq!(judge(&oidc_with_keys(&keys, &["RS256"]), &token), exactly("kid-ambiguous"));

    let nameless = with_header(&without(header("RS256"), "kid"));
    assert_eq!(judge(&clerk_jwks(), &nameless), ("jwk-kid-mismatch", "kid-missing"));
    assert_eq!(judge(&oidc(&["RS256"]), &nameless), exactly("kid-missing"));
    // With one key of the algorithm there is nothing to guess.
    let one = oidc_with_keys(&json!([jwk(Signer::Rsa2048A), jwk(Signer::P256)]), &["RS256"]);
    assert_eq!(judge(&one, &nameless), OK);
    // A key without a name is not meant by a token with one.
    let nameless_key = json!([without(jwk(Signer::Rsa2048A), "kid")]);
    assert_eq!(judge(&oidc_with_keys(&nameless_key, &["RS256"]), &token), exactly("key-not-found"));
}

#[test]
fn row_05_a_token_does_not_bring_its_own_key() {
    let attacker = jwk(Signer::Rsa2048B);
    let url = "https://evil.example/keys";
    for (name, value) in [
        ("jwk", attacker),
        ("jku", json!(url)),
        ("x5u", json!(url)),
        ("x5c", json!(["MIIB"])),
        ("x5t", json!("AAAA")),
        ("x5t#S256", json!("AAAA")),
    ] {
        let header = with(header("RS256"), name, value);
        let payload = claims().to_string();
        let forged =
            mint_with(Signer::Rsa2048B, "RS256", header.to_string().as_bytes(), payload.as_bytes());
        assert_eq!(judge(&clerk(), &forged), exactly("token-invalid-signature"), "{name}");
        let verdict = judge(&oidc(&["RS256"]), &forged);
        assert_eq!(verdict, exactly("token-invalid-signature"), "{name}");
        let unknown = with(header.clone(), "kid", "evil").to_string();
        let forged = mint_with(Signer::Rsa2048B, "RS256", unknown.as_bytes(), payload.as_bytes());
        assert_eq!(judge(&oidc(&["RS256"]), &forged), exactly("key-not-found"), "{name}");
        // The members are not read, so they do no harm to a good token either.
        assert_eq!(judge(&clerk(), &with_header(&header)), OK, "{name}");
    }
}

#[test]
fn row_05_keys_are_asked_for_where_the_configuration_says() {
    let header = with(with(header("RS256"), "jku", "https://evil.example/k"), "kid", "evil");
    let provider = with(oidc_without_keys(&["RS256"]), "jwksUrl", "https://i.example/jwks");
    let need = gate(&provider).verify_token(&with_header(&header), NOW).unwrap_err();
    assert_eq!((need.kind, need.request.url.as_str()), (NeedKind::Keys, "https://i.example/jwks"));
    assert!(!need.to_json().contains("evil"));
}

#[test]
fn row_06_extensions_of_the_processing_are_refused() {
    for (name, code) in [("crit", "header-crit"), ("b64", "header-b64"), ("zip", "header-zip")] {
        for value in
            [json!([]), json!(["exp"]), json!(false), json!(true), json!(null), json!("DEF")]
        {
            let token = with_header(&with(header("RS256"), name, value));
            assert_eq!(judge(&clerk(), &token), exactly(code));
            assert_eq!(judge(&oidc(&["RS256"]), &token), exactly(code));
        }
    }
    let both = with(with(header("RS256"), "crit", json!(["b64"])), "b64", false);
    let input = format!("{}.payload not encoded", base64url(both.to_string().as_bytes()));
    let token = crate::support::mint::sign_input(Signer::Rsa2048A, "RS256", &input);
    assert_eq!(judge(&clerk(), &token), exactly("header-crit"));
}

#[test]
fn row_25_only_session_tokens_are_sessions() {
    let typ = |typ: Value| with_header(&with(header("RS256"), "typ", typ));
    for (value, on_clerk, on_oidc) in [
        (json!("JWT"), OK, OK),
        (json!("jwt"), ("token-invalid", "typ-mismatch"), OK),
        (json!("at+jwt"), ("token-type-mismatch", "cat-mismatch"), OK),
        (json!("application/at+jwt"), ("token-type-mismatch", "cat-mismatch"), OK),
        (json!("logout+jwt"), ("token-invalid", "typ-mismatch"), exactly("typ-mismatch")),
        (json!("dpop+jwt"), ("token-invalid", "typ-mismatch"), exactly("typ-mismatch")),
        (json!("secevent+jwt"), ("token-invalid", "typ-mismatch"), exactly("typ-mismatch")),
        (json!("JOSE"), ("token-invalid", "typ-mismatch"), exactly("typ-mismatch")),
        (json!(""), ("token-invalid", "typ-mismatch"), exactly("typ-mismatch")),
        (json!(null), ("token-invalid", "typ-mismatch"), exactly("typ-mismatch")),
        (json!(["JWT"]), ("token-invalid", "typ-mismatch"), exactly("typ-mismatch")),
    ] {
        let token = typ(value.clone());
        assert_eq!(judge(&clerk(), &token), on_clerk, "{value}");
        assert_eq!(judge(&oidc(&["RS256"]), &token), on_oidc, "{value}");
    }
    let none = with_header(&without(header("RS256"), "typ"));
    assert_eq!((judge(&clerk(), &none), judge(&oidc(&["RS256"]), &none)), (OK, OK));
}

#[test]
fn row_25_tokens_of_clerk_for_other_purposes_are_no_sessions() {
    for (cat, verdict) in [
        (json!("cl_B7d4PD111AAA"), OK),
        (json!("cl_I7d4PD111III"), OK),
        (json!("cl_B7d4PD222AAA"), ("token-type-mismatch", "cat-mismatch")),
        (json!("cl_B7d4PD333AAA"), ("token-type-mismatch", "cat-mismatch")),
        (json!("cl_B7d4PD999AAA"), ("token-type-mismatch", "cat-mismatch")),
        (json!(""), ("token-type-mismatch", "cat-mismatch")),
        (json!(null), ("token-type-mismatch", "cat-mismatch")),
        (json!(["cl_B7d4PD111AAA"]), ("token-type-mismatch", "cat-mismatch")),
    ] {
        let token = with_header(&with(header("RS256"), "cat", cat.clone()));
        assert_eq!(judge(&clerk(), &token), verdict, "{cat}");
    }
    let machine = token("RS256", &with(claims(), "sub", "mch_2vYVtestTESTtestTESTtestTESTtest"));
    assert_eq!(judge(&clerk(), &machine), ("token-type-mismatch", "cat-mismatch"));
}

#[test]
fn row_25_a_token_for_another_application_is_refused() {
    for (azp, exact) in [
        (json!("https://evil.example"), "azp-mismatch"),
        (json!("https://app.example.com/"), "azp-mismatch"),
        (json!("https://APP.example.com"), "azp-mismatch"),
        (json!(""), "azp-mismatch"),
        (json!(null), "azp-mismatch"),
        (json!(["https://app.example.com"]), "azp-mismatch"),
    ] {
        let token = token("RS256", &with(claims(), "azp", azp));
        let verdict = ("token-invalid-authorized-parties", exact);
        assert_eq!(judge(&clerk(), &token), verdict);
    }
    let missing = token("RS256", &without(claims(), "azp"));
    assert_eq!(judge(&clerk(), &missing), ("token-invalid-authorized-parties", "azp-missing"));
    let foreign =
        mint("RS256", &header("RS256").to_string(), &with(claims(), "iss", "x").to_string());
    assert_eq!(judge(&oidc(&["RS256"]), &foreign), exactly("iss-mismatch"));
}
