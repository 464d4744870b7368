//! Wycheproof's JOSE files, run through `verify_jws`.

use std::path::{Path, PathBuf};
use std::{env, fs};

use serde_json::{Value, json};
use sessiongate::{Budget, verify_jws};

use crate::engines::Engines;
use crate::export::{Expect, Tokens};
use crate::keys;
use crate::report::{Expected, File, Section};

const FILES: [&str; 3] =
    ["json_web_signature_test.json", "json_web_key_test.json", "json_web_crypto_test.json"];

/// Runs the files whose name `wanted` accepts; a file that is not there is a failure.
pub(crate) fn run(section: &mut Section, export: &mut Tokens, wanted: impl Fn(&str) -> bool) {
    run_those_in(&folder(), section, export, wanted);
}

/// What is wrong if files that are not there do not fail, each by its name and with what to do.
pub(crate) fn check_missing() -> Option<String> {
    let nowhere = Path::new("/nowhere");
    let mut section = Section::new("No files");
    run_those_in(nowhere, &mut section, &mut Tokens::default(), |_| true);
    let told: Vec<&String> = section.failures().collect();
    let is_told = FILES.len() == told.len()
        && FILES.iter().zip(&told).all(|(name, failure)| {
            failure.contains(name) && failure.contains("set WYCHEPROOF_JOSE")
        });
    (!is_told || section.to_markdown().is_some())
        .then(|| format!("files of vectors that are missing do not fail: {told:?}"))
}

fn run_those_in(
    folder: &Path,
    section: &mut Section,
    export: &mut Tokens,
    wanted: impl Fn(&str) -> bool,
) {
    for name in FILES.into_iter().filter(|name| wanted(name)) {
        let path = folder.join(name);
        let Ok(text) = fs::read_to_string(&path) else {
            section.miss(format!(
                "no {}: take testvectors_v1/{name} of github.com/C2SP/wycheproof and set \
                 WYCHEPROOF_JOSE to its folder",
                path.display()
            ));
            continue;
        };
        let data: Value = serde_json::from_str(&text).expect("vectors in JSON");
        section.add(run_file(name, &data, export));
    }
}

/// The files are not part of the repository.
fn folder() -> PathBuf {
    env::var_os("WYCHEPROOF_JOSE").map_or_else(
        || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/vectors/wycheproof"),
        PathBuf::from,
    )
}

fn run_file(name: &str, data: &Value, export: &mut Tokens) -> File {
    let mut file = File::new(name);
    for group in data["testGroups"].as_array().expect("groups") {
        let keys = group_keys(group);
        for test in group["tests"].as_array().expect("tests") {
            let id = test["tcId"].as_u64().expect("an id");
            let verdict = run_test(test, &keys);
            if test["jws"].is_null() {
                note_encrypted(&mut file, id, test, verdict);
            } else {
                let expected = Expected::from_word(test["result"].as_str());
                if expected == Expected::Invalid && matches!(verdict, Expect::Valid) {
                    expect_valid_twin(&mut file, id, test, group);
                }
                file.note(id, expected, verdict.verdict(), None);
            }
            export.add(format!("{name}/{id}"), &token(test), &keys, verdict);
        }
    }
    file.expect_listed();
    file
}

/// The only invalid tokens that may be accepted are those that a valid case of the same key has,
/// byte by byte.
fn expect_valid_twin(file: &mut File, id: u64, test: &Value, group: &Value) {
    let mut tests = group["tests"].as_array().expect("tests").iter();
    if !tests.any(|other| other["result"] == "valid" && other["jws"] == test["jws"]) {
        file.fail(format!("case {id}: accepted, and no valid case has the same token"));
    }
}

/// Nothing is decrypted here, but what is encrypted must at least be recognised.
fn note_encrypted(file: &mut File, id: u64, test: &Value, verdict: Expect) {
    if matches!(verdict, Expect::Valid) {
        file.fail(format!("case {id}: a JWE was accepted: {test}"));
    }
    file.note_not_applicable("JWE: nothing is decrypted here (every case is refused)", 1);
}

/// The public key, or the secret where there is no public one.
fn group_keys(group: &Value) -> Value {
    let given = if group["public"].is_object() { &group["public"] } else { &group["private"] };
    if given["keys"].is_array() { json!({ "jwks": given }) } else { json!({ "jwk": given }) }
}

/// Tokens in JSON serialisation are given as their text.
fn token(test: &Value) -> String {
    let given = if test["jws"].is_null() { &test["jwe"] } else { &test["jws"] };
    given.as_str().map_or_else(|| given.to_string(), str::to_owned)
}

fn run_test(test: &Value, keys: &Value) -> Expect {
    match keys::read(keys) {
        Err(error) => Expect::KeyRefused(error.code()),
        Ok(keys) => match verify_jws(&token(test), &keys, &Engines::default(), &Budget::DEFAULT) {
            Ok(_) => Expect::Valid,
            Err(reason) => Expect::Invalid(Some(reason.code())),
        },
    }
}
