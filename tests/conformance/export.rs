//! The cases with the native verdicts, as JSON in `target/conformance`, so that the other engines
//! and the npm package are held to the same answers.

use std::fs;
use std::path::PathBuf;

use serde_json::{Map, Value, json};

use crate::report::Verdict;

/// Bare signatures.
///
/// `{"keys": {id: JwsKeys}, "cases": [{id, key, alg, message, signature, expect, code}]}`:
/// `key` names an entry of `keys`, message and signature are base64url, `expect` is `valid`,
/// `invalid` or `key-refused`, and only the last has a `code`.
#[derive(Default)]
pub(crate) struct Signatures {
    keys: Map<String, Value>,
    cases: Vec<Value>,
}

impl Signatures {
    pub(crate) fn add_key(&mut self, id: &str, keys: &Value) {
        self.keys.insert(id.to_owned(), keys.clone());
    }

    pub(crate) fn add(
        &mut self,
        id: String,
        key: &str,
        alg: &str,
        parts: [&[u8]; 2],
        verdict: Expect,
    ) {
        let [message, signature] = parts.map(crate::base64url);
        self.cases.push(json!({
            "id": id, "key": key, "alg": alg, "message": message, "signature": signature,
            "expect": verdict.word(), "code": verdict.code(),
        }));
    }

    pub(crate) fn write(&self) {
        write("wycheproof.json", &json!({ "keys": self.keys, "cases": self.cases }));
    }
}

/// Compact tokens.
///
/// `[{id, token, keys, expect, code}]`: `code` is the reason for `invalid` and the error of the key
/// for `key-refused`.
#[derive(Default)]
pub(crate) struct Tokens(Vec<Value>);

impl Tokens {
    pub(crate) fn add(&mut self, id: String, token: &str, keys: &Value, verdict: Expect) {
        self.0.push(json!({
            "id": id, "token": token, "keys": keys,
            "expect": verdict.word(), "code": verdict.code(),
        }));
    }

    /// A list that is not complete would let others pass with nothing done, so it is taken away.
    pub(crate) fn write_if(self, is_complete: bool) {
        if is_complete {
            write("jose.json", &Value::Array(self.0));
        } else {
            // There may be none from an earlier run.
            let _ = fs::remove_file(folder().join("jose.json"));
        }
    }
}

/// A verdict that tells where it was spoken.
#[derive(Clone, Copy)]
pub(crate) enum Expect {
    Valid,
    /// With the reason, if there is one beside the signature.
    Invalid(Option<&'static str>),
    KeyRefused(&'static str),
}

impl Expect {
    pub(crate) const fn verdict(self) -> Verdict {
        match self {
            Self::Valid => Ok(()),
            Self::Invalid(Some(code)) | Self::KeyRefused(code) => Err(code),
            Self::Invalid(None) => Err("token-invalid-signature"),
        }
    }

    pub(crate) const fn word(self) -> &'static str {
        match self {
            Self::Valid => "valid",
            Self::Invalid(_) => "invalid",
            Self::KeyRefused(_) => "key-refused",
        }
    }

    pub(crate) const fn code(self) -> Option<&'static str> {
        match self {
            Self::Invalid(code) => code,
            Self::KeyRefused(code) => Some(code),
            Self::Valid => None,
        }
    }
}

fn write(name: &str, value: &Value) {
    let folder = folder();
    fs::create_dir_all(&folder).expect("a folder in target");
    fs::write(folder.join(name), value.to_string()).expect("a file in target");
}

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_TARGET_TMPDIR")).with_file_name("conformance")
}
