//! All of Wycheproof's vectors for RSASSA-PKCS1-v1_5, and those of its JOSE vectors that are signed
//! with it.

#[path = "rsa_support/mod.rs"]
mod rsa_support;

use std::path::PathBuf;
use std::{env, fs};

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use rsa_support::oracle;
use serde_json::Value;
use sessiongate_kernels::{Hash, KeyFault, rsa};
use wycheproof::rsa_pkcs1_verify::{TestGroup, TestName, TestSet};
use wycheproof::{HashFunction, TestResult};

const HASHES: [Hash; 3] = [Hash::Sha256, Hash::Sha384, Hash::Sha512];
const EXPONENT: [u8; 3] = [1, 0, 1];
/// Not part of the repository; without it nothing is shown, so the test fails.
const FILE: &str = "json_web_signature_test.json";

fn hash_of(function: HashFunction) -> Option<Hash> {
    match function {
        HashFunction::Sha2_256 => Some(Hash::Sha256),
        HashFunction::Sha2_384 => Some(Hash::Sha384),
        HashFunction::Sha2_512 => Some(Hash::Sha512),
        _ => None,
    }
}

fn without_leading_zeros(octets: &[u8]) -> &[u8] {
    let zeros = octets.iter().take_while(|octet| **octet == 0).count();
    octets.get(zeros..).unwrap_or_default()
}

/// How often the kernel said what.
#[derive(Default)]
struct Tally {
    valid: usize,
    invalid: usize,
}

fn run_group(group: &TestGroup, tally: &mut Tally) {
    let modulus = without_leading_zeros(&group.key.n);
    let key = match rsa::PublicKey::new(modulus) {
        Ok(key) => key,
        Err(fault) => {
            assert_eq!((fault, group.key_size > rsa::MAX_BITS), (KeyFault::Size, true));
            return;
        }
    };
    // The kernel knows one exponent. Under another one these signatures are none.
    let hash = hash_of(group.hash);
    let is_supported = without_leading_zeros(&group.key.e) == EXPONENT;
    for test in &group.tests {
        for tried in HASHES {
            let is_valid = key.verify(tried, &test.msg, &test.sig);
            if hash == Some(tried) {
                let expected = is_supported && test.result == TestResult::Valid;
                assert_eq!(is_valid, expected, "{} {tried:?}: {}", test.tc_id, test.comment);
            }
            if let Some(verdict) = oracle(modulus, tried, &test.msg, &test.sig) {
                assert_eq!(is_valid, verdict, "{} {tried:?}: {}", test.tc_id, test.comment);
            }
            tally.valid += usize::from(is_valid);
            tally.invalid += usize::from(!is_valid);
        }
    }
}

#[test]
fn every_vector_has_the_verdict_that_it_should_have() {
    let mut tally = Tally::default();
    for name in TestName::all() {
        let set = TestSet::load(name).expect("vectors");
        for group in &set.test_groups {
            run_group(group, &mut tally);
        }
    }
    std::println!("{} valid, {} invalid", tally.valid, tally.invalid);
    assert!(tally.valid > 100 && tally.invalid > 10_000);
}

/// The file is not part of the repository; without it the test says so. The crate's conformance suite
/// runs all of it, tokens and keys included.
#[test]
fn jose_signatures_have_the_verdict_of_ring() {
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
    let mut valid = 0;
    for group in data["testGroups"].as_array().expect("groups") {
        let key =
            [&group["public"], &group["private"]].into_iter().find(|key| key["n"].is_string());
        let Some(key) = key else { continue };
        let Some(hash) = hash_of_algorithm(key["alg"].as_str().unwrap_or_default()) else {
            continue;
        };
        let modulus = URL_SAFE_NO_PAD.decode(key["n"].as_str().expect("text")).expect("base64url");
        let Ok(public) = rsa::PublicKey::new(without_leading_zeros(&modulus)) else { continue };
        for test in group["tests"].as_array().expect("tests") {
            let Some((message, signature)) =
                test["jws"].as_str().and_then(|jws| jws.rsplit_once('.'))
            else {
                continue;
            };
            let Ok(signature) = URL_SAFE_NO_PAD.decode(signature) else { continue };
            let is_valid = public.verify(hash, message.as_bytes(), &signature);
            if test["result"] == "valid" {
                assert!(is_valid, "{}", test["tcId"]);
            }
            let verdict =
                oracle(without_leading_zeros(&modulus), hash, message.as_bytes(), &signature);
            assert!(verdict.is_none_or(|verdict| verdict == is_valid), "{}", test["tcId"]);
            valid += usize::from(is_valid);
        }
    }
    std::println!("{valid} valid");
    assert!(valid > 0);
}

fn hash_of_algorithm(name: &str) -> Option<Hash> {
    match name {
        "RS256" => Some(Hash::Sha256),
        "RS384" => Some(Hash::Sha384),
        "RS512" => Some(Hash::Sha512),
        _ => None,
    }
}
