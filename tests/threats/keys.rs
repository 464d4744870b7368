//! Rows 13 and 16: weak keys, and key sets as a way to wear the gate down.

use serde_json::{Value, json};
use sessiongate::{Algorithm, Budget, Gate, Json, KeyError, KeySet, UnixMillis, VerifyingKey};

use crate::support::judge::{OK, config_error, exactly, gate, judge, judge_with, jwk};
use crate::support::judge::{no_reply, oidc_with_keys, oidc_without_keys, reply};
use crate::support::mint::{JWKS, Signer, base64url, fixture};
use crate::support::tokens::{NOW, claims, header, token, with, with_header};

/// Where the remote sets of these tests come from.
const SOURCE: &str = "https://clerk.example.com/.well-known/jwks.json";

/// The error that importing this key ends in.
fn key_error(key: &Value) -> KeyError {
    let json = Json::parse(key.to_string().as_bytes(), &Budget::DEFAULT).unwrap();
    let error = VerifyingKey::from_jwk(&json, Algorithm::ALL).unwrap_err();
    // The same key in a set is skipped, named and never used.
    let text = json!({ "keys": [key, jwk(Signer::P256)] }).to_string();
    let set = KeySet::from_jwks_text(&text, Algorithm::ALL, &Budget::DEFAULT).unwrap();
    assert_eq!((set.keys().len(), set.skipped()[0].error), (1, error));
    let provider = oidc_with_keys(&json!([key, jwk(Signer::P256)]), &["RS256"]);
    let token = token("RS256", &claims());
    assert_eq!(judge(&provider, &token), exactly("jwk-unusable"));
    error
}

/// The RSA key of the fixtures with other numbers.
fn rsa(modulus: &[u8], exponent: &[u8]) -> Value {
    let key = with(jwk(Signer::Rsa2048A), "n", base64url(modulus));
    with(key, "e", base64url(exponent))
}

#[test]
fn row_13_rsa_numbers_have_bounds() {
    let modulus = |bytes: usize, last: u8| {
        let mut modulus = vec![0xa7; bytes];
        modulus[bytes - 1] = last;
        modulus
    };
    let f4 = [1, 0, 1];
    for (n, e, error) in [
        (modulus(128, 0xa7), &f4[..], KeyError::RsaTooSmall),
        (modulus(255, 0xa7), &f4, KeyError::RsaTooSmall),
        (Vec::new(), &f4, KeyError::RsaTooSmall),
        (modulus(1025, 0xa7), &f4, KeyError::RsaTooLarge),
        (modulus(4096, 0xa7), &f4, KeyError::RsaTooLarge),
        (modulus(256, 0xa6), &f4, KeyError::RsaModulusEven),
        (modulus(256, 0xa7), &[], KeyError::RsaExponent),
        (modulus(256, 0xa7), &[1], KeyError::RsaExponent),
        (modulus(256, 0xa7), &[2], KeyError::RsaExponent),
        (modulus(256, 0xa7), &[1, 0, 0], KeyError::RsaExponent),
        (modulus(256, 0xa7), &[2, 0, 0, 0, 1], KeyError::RsaExponent),
        (modulus(256, 0xa7), &[0xff; 256], KeyError::RsaExponent),
        ([&[0], &modulus(256, 0xa7)[..]].concat(), &f4, KeyError::RsaLeadingZero),
        (modulus(256, 0xa7), &[0, 1, 0, 1], KeyError::RsaLeadingZero),
    ] {
        assert_eq!(key_error(&rsa(&n, e)), error, "{} bytes, e = {e:?}", n.len());
    }
}

#[test]
fn row_13_a_modulus_of_the_faulty_generator_is_refused() {
    // A power of 65537 modulo every small prime, which is the mark of ROCA (CVE-2017-15361).
    // 65537^128 has 2049 bits.
    let mut power = vec![1_u8];
    for _ in 0..128 {
        power = times_65537(&power);
    }
    assert_eq!(key_error(&rsa(&power, &[1, 0, 1])), KeyError::RsaWeak);
}

/// Multiplies a big endian number by 2^16 + 1.
fn times_65537(number: &[u8]) -> Vec<u8> {
    let shifted = [number, &[0, 0]].concat();
    let mut carry = 0;
    let padded = std::iter::repeat_n(&0, 2).chain(number).rev();
    let mut sum: Vec<u8> = shifted
        .iter()
        .rev()
        .zip(padded)
        .map(|(left, right)| {
            let sum = u16::from(*left) + u16::from(*right) + carry;
            carry = sum >> 8;
            sum as u8
        })
        .collect();
    if carry > 0 {
        sum.push(carry as u8);
    }
    sum.reverse();
    sum
}

#[test]
fn row_13_weak_and_foreign_pem_keys_are_refused_when_the_gate_is_made() {
    for (pem, code) in [
        (fixture!("rsa-1024.public.pem"), "rsa-too-small"),
        (fixture!("rsa-1024.pkcs1.pem"), "rsa-too-small"),
        (fixture!("p256.compressed.pem"), "ec-point-form"),
        (fixture!("p521.public.pem"), "der-algorithm-unsupported"),
        (fixture!("x25519.public.pem"), "der-algorithm-unsupported"),
        (fixture!("rsa-pss.public.pem"), "der-algorithm-unsupported"),
        (fixture!("rsa-2048-a.private.pem"), "key-private"),
        (fixture!("rsa-2048-a.certificate.pem"), "pem-certificate"),
        (fixture!("p256.public.pem"), "key-alg-mismatch"),
        ("-----BEGIN PUBLIC KEY-----\nMIIB\n-----END PUBLIC KEY-----", "der-malformed"),
        ("", "pem-empty"),
    ] {
        let clerk = json!({ "kind": "clerk", "jwtKey": pem });
        assert_eq!(config_error(&clerk), (code, "provider.jwtKey".into()));
        let oidc = with(oidc_without_keys(&["RS256"]), "publicKey", pem);
        assert_eq!(config_error(&oidc), (code, "provider.publicKey".into()));
    }
}

#[test]
fn row_13_points_lie_on_their_curve() {
    let key = jwk(Signer::P256);
    let zero = base64url(&[0; 32]);
    for (x, y, error) in [
        (zero.as_str(), zero.as_str(), KeyError::EcNotOnCurve),
        (key["y"].as_str().unwrap(), key["x"].as_str().unwrap(), KeyError::EcNotOnCurve),
        ("AQAB", zero.as_str(), KeyError::EcCoordinateLength),
    ] {
        let key = with(with(key.clone(), "x", x), "y", y);
        let json = Json::parse(key.to_string().as_bytes(), &Budget::DEFAULT).unwrap();
        assert_eq!(VerifyingKey::from_jwk(&json, Algorithm::ALL), Err(error));
    }
}

/// A gate whose keys come from [`SOURCE`].
fn remote() -> Gate {
    gate(&with(oidc_without_keys(&["RS256"]), "jwksUrl", SOURCE))
}

fn supply(gate: &mut Gate, jwks: &str, at: UnixMillis) {
    gate.supply(&reply(SOURCE, 200, jwks, at)).unwrap();
}

#[test]
fn row_16_a_flood_of_unknown_kids_costs_one_request() {
    let mut gate = remote();
    supply(&mut gate, JWKS, NOW);
    for number in 0..1000 {
        let name = format!("made-up-{number}");
        let token = with_header(&with(header("RS256"), "kid", name));
        assert_eq!(judge_with(&mut gate, &token), exactly("key-not-found"));
    }
    let token = with_header(&with(header("RS256"), "kid", "made-up"));
    let later = NOW.plus(30_000);
    assert!(gate.verify_token(&token, later).is_err());
    supply(&mut gate, JWKS, later);
    assert!(gate.verify_token(&token, later).unwrap().is_err());
}

#[test]
fn row_16_replies_that_are_no_key_set_are_refused_and_not_asked_for_again() {
    let many: Vec<Value> = (0..33).map(|_| jwk(Signer::P256)).collect();
    for (reply, code) in [
        (String::new(), "jwks-malformed"),
        ("<!doctype html><title>502</title>".into(), "jwks-malformed"),
        ("null".into(), "jwks-malformed"),
        (r#"{"keys":{}}"#.into(), "jwks-malformed"),
        (r#"{"keys":[],"keys":[]}"#.into(), "jwks-malformed"),
        (r#"{"keys":[]}"#.into(), "key-not-found"),
        (json!({ "keys": many }).to_string(), "jwks-too-large"),
        (format!("{{\"keys\":[],\"x\":\"{}\"}}", "x".repeat(70_000)), "jwks-too-large"),
        (format!("{{\"keys\":{}{}}}", "[".repeat(5000), "]".repeat(5000)), "jwks-too-large"),
    ] {
        let mut gate = remote();
        supply(&mut gate, &reply, NOW);
        let verdict = judge_with(&mut gate, &token("RS256", &claims()));
        assert_eq!(verdict, exactly(code), "{:.40}", reply);
    }
}

#[test]
fn row_16_a_bad_reply_does_not_replace_good_keys() {
    let mut gate = remote();
    supply(&mut gate, JWKS, NOW.plus(-600_000));
    supply(&mut gate, "502", NOW);
    assert_eq!(judge_with(&mut gate, &token("RS256", &claims())), OK);
    gate.supply(&no_reply(SOURCE, NOW)).unwrap();
    assert_eq!(judge_with(&mut gate, &token("RS256", &claims())), OK);
}
