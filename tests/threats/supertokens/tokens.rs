//! Rows 1 to 6, 8, 17 and 24: algorithms, keys, headers and times.

use serde_json::{Value, json};
use sessiongate::NeedKind;

use super::{no_token, refused, verdict};
use crate::support::judge::{OK, gate, judge, jwk};
use crate::support::mint::{Signer, base64url, der, mint_with, mint_with_secret};
use crate::support::supertokens::{
    DYNAMIC, STATIC, claims, forged, header, keys, legacy, legacy_by, legacy_claims, signed,
    supertokens, supertokens_with_keys, supertokens_without_keys, token, unsigned, with_claim,
};
use crate::support::tokens::{NOW, NOW_SECONDS, with, without};

#[test]
fn row_01_no_session_without_a_signature() {
    assert_eq!(verdict(&token(&claims())), OK);
    for name in ["none", "None", "NONE", "nOnE"] {
        let header = with(header(), "alg", name);
        for token in [unsigned(&header), signed(&header, &claims())] {
            assert_eq!(verdict(&token), refused("alg-none"), "{name}");
        }
    }
    assert_eq!(verdict(&unsigned(&header())), refused("token-invalid-signature"));
    assert_eq!(verdict(&signed(&without(header(), "alg"), &claims())), refused("alg-missing"));
    // The header of version 2 is one text, so it cannot name another algorithm.
    let good = legacy(&legacy_claims().to_string());
    assert_eq!(verdict(&good), OK);
    let (input, _) = good.rsplit_once('.').unwrap();
    assert_eq!(verdict(&format!("{input}.")), refused("token-invalid-signature"));
    let payload = good.split('.').nth(1).unwrap();
    let none = base64url(br#"{"alg":"none","typ":"JWT","version":"2"}"#);
    assert_eq!(verdict(&format!("{none}.{payload}.")), no_token("token-not-base64url"));
}

#[test]
fn row_02_no_session_is_signed_with_a_public_key() {
    let pem = Signer::Rsa2048A.public_pem().unwrap();
    for secret in [pem.as_bytes(), pem.trim_end().as_bytes(), &der(pem)] {
        for header in [with(header(), "alg", "HS256"), header()] {
            let expected = match header["alg"].as_str() {
                Some("HS256") => refused("alg-not-allowed"),
                _ => refused("token-invalid-signature"),
            };
            let token = mint_with_secret(secret, &header.to_string(), &claims().to_string());
            assert_eq!(verdict(&token), expected);
        }
    }
    let secret = json!({ "kty": "oct", "alg": "HS256", "kid": "d-2", "k": "c2VjcmV0" });
    let provider = supertokens_with_keys(&json!([keys()[0], secret]));
    let header = with(with(header(), "alg", "HS256"), "kid", "d-2").to_string();
    let token = mint_with_secret(b"secret", &header, &claims().to_string());
    assert_eq!(judge(&provider, &token), refused("alg-not-allowed"));
}

#[test]
fn row_03_sessions_are_signed_with_rs256_whatever_the_key_allows() {
    let key = without(with(jwk(Signer::Rsa2048A), "kid", DYNAMIC), "alg");
    let provider = supertokens_with_keys(&json!([key]));
    for alg in ["RS384", "RS512", "PS256"] {
        let header = with(header(), "alg", alg).to_string();
        let text = claims().to_string();
        let token = mint_with(Signer::Rsa2048A, alg, header.as_bytes(), text.as_bytes());
        assert_eq!(judge(&provider, &token), refused("alg-not-allowed"), "{alg}");
        assert_eq!(verdict(&token), refused("alg-not-allowed"), "{alg}");
    }
    assert_eq!(judge(&provider, &token(&claims())), OK);
    // A key of another algorithm verifies no token of version 2 either, which names no key.
    let others = json!([with(jwk(Signer::Rsa2048A), "alg", "RS512"), jwk(Signer::P256)]);
    let legacy = legacy(&legacy_claims().to_string());
    let verdict = judge(&supertokens_with_keys(&others), &legacy);
    assert_eq!(verdict, refused("token-invalid-signature"));
}

#[test]
fn row_04_the_kid_of_a_session_is_only_a_name() {
    for kid in
        ["", "d-1749000000000 ", "D-1749000000000", "d-", "../../d-1", "__proto__", "d-1\u{0}"]
    {
        let token = signed(&with(header(), "kid", kid), &claims());
        assert_eq!(verdict(&token), refused("key-not-found"), "{kid:?}");
    }
    for kid in [json!(null), json!(1), json!([DYNAMIC]), json!({ DYNAMIC: 1 })] {
        let token = signed(&with(header(), "kid", kid), &claims());
        assert_eq!(verdict(&token), refused("header-member-type"));
        // With a single key in the set the peer fails on these.
        let one = supertokens_with_keys(&json!([keys()[0]]));
        assert_eq!(judge(&one, &token), refused("header-member-type"));
    }
    let long = signed(&with(header(), "kid", "d".repeat(257)), &claims());
    assert_eq!(verdict(&long), refused("kid-too-long"));
    assert_eq!(verdict(&signed(&without(header(), "kid"), &claims())), no_token("kid-missing"));
    let twice = json!([keys()[0], with(jwk(Signer::Rsa2048B), "kid", DYNAMIC)]);
    let verdict = judge(&supertokens_with_keys(&twice), &token(&claims()));
    assert_eq!(verdict, refused("kid-ambiguous"));
}

#[test]
fn row_04_the_kind_of_key_is_that_of_the_configuration() {
    let by_static = |kid: &str| {
        let (header, claims) = (with(header(), "kid", kid).to_string(), claims().to_string());
        mint_with(Signer::Rsa2048B, "RS256", header.as_bytes(), claims.as_bytes())
    };
    let is_static = with(supertokens(), "useDynamicAccessTokenSigningKey", false);
    assert_eq!(verdict(&by_static(STATIC)), refused("signing-key-mismatch"));
    assert_eq!(judge(&is_static, &by_static(STATIC)), OK);
    assert_eq!(judge(&is_static, &token(&claims())), refused("signing-key-mismatch"));
    // A name with the right letters is no key.
    assert_eq!(verdict(&by_static(DYNAMIC)), refused("token-invalid-signature"));
}

#[test]
fn row_05_a_session_does_not_bring_its_own_key() {
    let own = jwk(Signer::Rsa2048B);
    for (name, value) in [
        ("jwk", own),
        ("jku", json!("https://evil.example/keys")),
        ("x5u", json!("https://evil.example/keys")),
        ("x5c", json!(["MIIB"])),
    ] {
        let header = with(header(), name, value);
        assert_eq!(
            verdict(&forged(&header, &claims())),
            refused("token-invalid-signature"),
            "{name}"
        );
        assert_eq!(verdict(&signed(&header, &claims())), OK, "{name}");
        let need = gate(&supertokens_without_keys())
            .verify_token(&forged(&header, &claims()), NOW)
            .unwrap_err();
        assert_eq!(need.kind, NeedKind::Keys);
        assert_eq!(need.request.url, "https://app.example.com/auth/jwt/jwks.json");
        assert!(!need.to_json().contains("evil"));
    }
}

#[test]
fn row_06_extensions_are_refused_in_sessions() {
    for (name, code) in [("crit", "header-crit"), ("b64", "header-b64"), ("zip", "header-zip")] {
        for value in [json!([]), json!(["x"]), json!(false), json!(null), json!("DEF")] {
            let header = with(header(), name, value);
            assert_eq!(verdict(&signed(&header, &claims())), refused(code), "{name}");
            // What has the form of no access token is none, whatever its header says.
            assert_eq!(verdict(&signed(&header, &json!({}))), no_token("session-claims-malformed"));
        }
    }
}

#[test]
fn row_08_times_of_sessions_are_numbers() {
    let number = |name: &str, value: &str| verdict(&with_claim(name, value));
    for name in ["exp", "iat"] {
        for wrong in ["\"1800000060\"", "true", "null", "[1800000060]", "{}"] {
            assert_eq!(number(name, wrong), no_token("session-claims-malformed"), "{name} {wrong}");
        }
        for wrong in ["1e400", "-1e400", "NaN", "01800000060", "+1", "1."] {
            assert_eq!(number(name, wrong), no_token("token-not-json"), "{name} {wrong}");
        }
    }
    for wrong in ["\"1\"", "null", "true", "[]"] {
        assert_eq!(number("nbf", wrong), refused("nbf-invalid"), "{wrong}");
    }
    // The core writes whole seconds; a fraction is a number as for the peer.
    for (exp, expected) in [
        ("1800000000", refused("token-expired")),
        ("1800000000.5", OK),
        ("1800000001", OK),
        ("-1", refused("token-expired")),
        ("-9223372036854775808", refused("token-expired")),
        ("0", refused("token-expired")),
        ("9007199254740993", OK),
        ("18446744073709551616", OK),
        ("1.7976931348623157e308", OK),
    ] {
        assert_eq!(number("exp", exp), expected, "{exp}");
        assert_eq!(number("nbf", &format!("-{}", exp.trim_start_matches('-'))), OK, "{exp}");
    }
    assert_eq!(number("nbf", "1.7976931348623157e308"), refused("token-not-active-yet"));
    assert_eq!(number("iat", "1.7976931348623157e308"), OK);
    assert_eq!(verdict(&token(&without(claims(), "exp"))), no_token("session-claims-malformed"));
}

#[test]
fn row_08_times_of_version_2_are_numbers() {
    let expiring =
        |value: Value| verdict(&legacy(&with(legacy_claims(), "expiryTime", value).to_string()));
    let now = NOW_SECONDS * 1000;
    assert_eq!(expiring(json!(now)), OK);
    assert_eq!(expiring(json!(now - 1)), refused("token-expired"));
    assert_eq!(expiring(json!(-1e300)), refused("token-expired"));
    assert_eq!(expiring(json!(1e300)), OK);
    for wrong in [json!(null), json!(now.to_string()), json!([now])] {
        assert_eq!(expiring(wrong), no_token("session-claims-malformed"));
    }
    let eternal = without(legacy_claims(), "expiryTime").to_string();
    assert_eq!(verdict(&legacy(&eternal)), no_token("session-claims-malformed"));
}

#[test]
fn row_17_what_a_session_claims_counts_after_the_signature() {
    // Each of these would be refused by its own rule if it were signed.
    let via_token = with(supertokens(), "antiCsrf", "VIA_TOKEN");
    for claims in [
        with(claims(), "exp", 1),
        with(claims(), "nbf", NOW_SECONDS + 60),
        with(claims(), "nbf", "x"),
        with(claims(), "antiCsrfToken", "csrf"),
        with(claims(), "parentRefreshTokenHash1", "p"),
        with(claims(), "st-ev", json!({ "v": false, "t": 1 })),
    ] {
        for provider in [supertokens(), via_token.clone()] {
            let verdict = judge(&provider, &forged(&header(), &claims));
            assert_eq!(verdict, refused("token-invalid-signature"), "{claims}");
        }
    }
    let is_static = with(supertokens(), "useDynamicAccessTokenSigningKey", false);
    let verdict = judge(&is_static, &forged(&header(), &claims()));
    assert_eq!(verdict, refused("token-invalid-signature"));
    for claims in [legacy_claims(), with(legacy_claims(), "expiryTime", 1)] {
        let legacy = legacy_by(Signer::Rsa4096, &claims.to_string());
        assert_eq!(super::verdict(&legacy), refused("token-invalid-signature"));
    }
}

#[test]
fn row_24_sessions_have_no_leeway_but_may_come_from_the_future() {
    for (claim, offset, expected) in [
        ("exp", 0, refused("token-expired")),
        ("exp", 1, OK),
        ("nbf", 0, OK),
        ("nbf", 1, refused("token-not-active-yet")),
        ("iat", 86_400, OK),
    ] {
        let token = token(&with(claims(), claim, NOW_SECONDS + offset));
        assert_eq!(verdict(&token), expected, "{claim} {offset}");
    }
    let created = with(legacy_claims(), "timeCreated", (NOW_SECONDS + 86_400) * 1000);
    assert_eq!(verdict(&legacy(&created.to_string())), OK);
}
