//! The examples of the RFCs, from `rfc.json`, which the npm package runs as well:
//! `[{id, title, keys, token, result, expect, code, payload, why} | {id, title, notApplicable}]`.
//!
//! `result` is what the RFC says, `expect` (`valid`, `invalid`, `key-refused`) and `code` what is to
//! be answered here, `payload` the verified payload, `why` the reason for being stricter.

use serde_json::Value;
use sessiongate::{Budget, VerifiedJws, verify_jws};

use crate::engines::Engines;
use crate::export::Expect;
use crate::report::{Expected, File, Section};
use crate::{base64url, keys};

/// Runs the examples whose title `wanted` accepts.
pub(crate) fn run(section: &mut Section, wanted: impl Fn(&str) -> bool) {
    let data: Vec<Value> =
        serde_json::from_str(include_str!("rfc.json")).expect("examples in JSON");
    for example in &data {
        let title = text(example, "title").expect("a title");
        if wanted(title) {
            section.add(run_example(title, example));
        }
    }
}

fn run_example(title: &str, example: &Value) -> File {
    let mut file = File::new(title);
    if let Some(why) = text(example, "notApplicable") {
        file.note_not_applicable(why, 1);
        return file;
    }
    let (answer, payload) = match verify(example) {
        Ok(jws) => (Expect::Valid, Some(base64url(&jws.payload))),
        Err(refused) => (refused, None),
    };
    if Some(answer.word()) != text(example, "expect") || answer.code() != text(example, "code") {
        file.fail(format!("{} with {:?} is not expected", answer.word(), answer.code()));
    }
    if payload.as_deref() != text(example, "payload") {
        file.fail(format!("the payload is {payload:?}"));
    }
    let why = text(example, "why").map(|why| &*why.to_owned().leak());
    file.note(1, Expected::from_word(text(example, "result")), answer.verdict(), why);
    file
}

fn verify(example: &Value) -> Result<VerifiedJws, Expect> {
    let keys = keys::read(&example["keys"]).map_err(|error| Expect::KeyRefused(error.code()))?;
    let token = text(example, "token").expect("a token");
    verify_jws(token, &keys, &Engines::default(), &Budget::DEFAULT)
        .map_err(|reason| Expect::Invalid(Some(reason.code())))
}

fn text<'v>(example: &'v Value, name: &str) -> Option<&'v str> {
    example[name].as_str()
}
