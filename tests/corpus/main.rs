//! Two thousand tokens from a fixed seed, judged by several gates. The verdicts are written down for
//! the npm package, which has to say the very same in every runtime:
//!
//! `target/corpus/<name>.json`, one file for each gate:
//! ```text
//! { "name", "seed", "now": <ms>, "options": <those of createGate>,
//!   "tokens": [<text>, …], "verdicts": [<text>, …] }
//! ```
//! A verdict is the JSON text of [`token_result_json`]; the wasm border's `verifyToken` returns
//! `{"result":<that text>}`. `node tests/js/corpus.mjs target/corpus/<name>.json` compares.
//!
//! The tokens are the same in every run but for the signatures of ECDSA and RSASSA-PSS, which draw
//! random numbers.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a test stops at what it did not expect"
)]

#[path = "../support/mod.rs"]
mod support;

mod gates;
mod made;
mod sessions;
mod spoiled;
mod values;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use serde_json::{Value, json};
use sessiongate::{Gate, GateConfig, Reason, token_result_json};

use support::random::Random;
use support::tokens::NOW;

const SEED: u64 = 0x5e55_1096_a7e0_0001;
const TOKENS: usize = 2000;

#[test]
fn a_corpus_of_tokens_is_judged_and_written_down() {
    let mut random = Random::new(SEED);
    let tokens: Vec<String> = (0..TOKENS).map(|_| token(&mut random)).collect();
    let mut counts = BTreeMap::new();
    for (name, options) in gates::all() {
        let verdicts = judge(&options, &tokens);
        let accepted = verdicts.iter().filter(|text| text.starts_with(r#"{"ok":true"#)).count();
        assert!(accepted > 50, "{name} accepts {accepted}");
        for text in &verdicts {
            *counts.entry(outcome(text)).or_insert(0) += 1;
        }
        write(name, &options, &tokens, &verdicts);
    }
    assert!(counts["ok"] > 600, "{counts:?}");
    for reason in ABOUT_TOKENS {
        let count = counts.get(reason.code()).copied().unwrap_or(0);
        assert!(count >= 2, "{reason} occurs {count} times in {counts:?}");
    }
}

#[test]
fn one_seed_makes_one_corpus() {
    // What is signed, because some signatures draw random numbers.
    let inputs = |seed| {
        let mut random = Random::new(seed);
        let both = |random: &mut Random| [made::good(random), made::wrong(random)];
        let tokens: Vec<String> = (0..50).flat_map(|_| both(&mut random)).collect();
        tokens.iter().map(|token| token.rsplit_once('.').unwrap().0.to_owned()).collect::<Vec<_>>()
    };
    let (one, again, other) = (inputs(7), inputs(7), inputs(8));
    assert!(one == again && one != other);
}

/// One token: good, made wrong, or spoiled after it was made.
fn token(random: &mut Random) -> String {
    match random.below(20) {
        0..=7 => made::good(random),
        8..=13 => made::wrong(random),
        14..=18 => spoiled::any(random),
        _ => sessions::odd(random),
    }
}

fn judge(options: &Value, tokens: &[String]) -> Vec<String> {
    let config = GateConfig::from_json(&options.to_string()).unwrap();
    let mut gate = Gate::new(config).unwrap();
    let mut verdict = |token: &String| {
        let verdict = gate.verify_token(token, NOW).expect("all keys are given");
        assert_eq!(verdict, gate.verify_token(token, NOW).unwrap(), "the answer changed");
        let text = token_result_json(&verdict);
        serde_json::from_str::<Value>(&text).expect("a verdict in JSON");
        text
    };
    tokens.iter().map(&mut verdict).collect()
}

/// `ok` or the exact reason.
fn outcome(verdict: &str) -> String {
    let verdict: Value = serde_json::from_str(verdict).unwrap();
    let code = verdict["detail"].as_str().or(verdict["reason"].as_str()).unwrap_or("ok");
    code.to_owned()
}

/// The exact reasons that a token alone, with keys that are known, can be refused for.
const ABOUT_TOKENS: [Reason; 47] = {
    use Reason as R;
    [
        R::TokenTooLarge,
        R::TokenNotCompact,
        R::TokenEncrypted,
        R::TokenNotBase64url,
        R::TokenHeaderTooLarge,
        R::TokenNotUtf8,
        R::TokenNotJson,
        R::TokenNotObject,
        R::TokenDuplicateMember,
        R::TokenTooDeep,
        R::TokenTooManyMembers,
        R::AlgMissing,
        R::AlgNone,
        R::AlgUnsupported,
        R::AlgNotAllowed,
        R::AlgKeyMismatch,
        R::HeaderMemberType,
        R::HeaderCrit,
        R::HeaderB64,
        R::HeaderZip,
        R::KidTooLong,
        R::TypMismatch,
        R::CatMismatch,
        R::KidMissing,
        R::KidAmbiguous,
        R::KeyNotFound,
        R::KeyUnusable,
        R::TokenInvalidSignature,
        R::TokenExpired,
        R::TokenNotActiveYet,
        R::TokenIatInTheFuture,
        R::ExpMissing,
        R::ExpInvalid,
        R::NbfInvalid,
        R::IatInvalid,
        R::SubInvalid,
        R::AudInvalid,
        R::AudMissing,
        R::AudMismatch,
        R::IssMissing,
        R::IssMismatch,
        R::AzpMissing,
        R::AzpMismatch,
        R::TokenVersionUnsupported,
        R::TokenUseMismatch,
        R::SessionClaimsMalformed,
        R::SigningKeyMismatch,
    ]
};

fn write(name: &str, options: &Value, tokens: &[String], verdicts: &[String]) {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).with_file_name("corpus");
    fs::create_dir_all(&folder).unwrap();
    let corpus = json!({
        "name": name,
        "seed": SEED,
        "now": NOW.0,
        "options": options,
        "tokens": tokens,
        "verdicts": verdicts,
    });
    fs::write(folder.join(format!("{name}.json")), corpus.to_string()).unwrap();
}
