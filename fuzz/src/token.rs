//! Arbitrary tokens.

use std::cell::RefCell;

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use sessiongate::{Budget, Gate, Jws, RequestHead, decode_token_json, token_result_json};

use crate::gates::{NOW, clerk, clerk_jwks, credulous, gate, incredulous, oidc, supertokens};
use crate::{assert_silent, json};

thread_local! {
    static GATES: RefCell<[Gate; 8]> = RefCell::new([
        gate(&clerk(), true),
        gate(&clerk_jwks(), true),
        gate(&oidc(), true),
        gate(&supertokens(), true),
        credulous(&clerk(), true),
        credulous(&clerk_jwks(), true),
        credulous(&oidc(), true),
        credulous(&supertokens(), true),
    ]);
    static DOUBTERS: RefCell<[Gate; 3]> =
        RefCell::new([clerk_jwks(), oidc(), supertokens()].map(|one| incredulous(&one, true)));
}

/// The header of SuperTokens' tokens of version 2.
const LEGACY_HEADER: &str = "eyJhbGciOiJSUzI1NiIsInR5cCI6IkpXVCIsInZlcnNpb24iOiIyIn0=";

/// The token is the text of the bytes; or, when they begin with 0, up to three parts that zeros
/// part and that are encoded here; or, when they begin with 1, payload and signature of a token of
/// SuperTokens' version 2.
pub fn token(data: &[u8]) {
    let encoded = match data {
        [0, parts @ ..] => Some(encode(parts)),
        [1, parts @ ..] => Some(encode_legacy(parts)),
        _ => None,
    };
    let token = match &encoded {
        Some(token) => token.as_str(),
        None => match std::str::from_utf8(data) {
            Ok(token) => token,
            Err(_) => return,
        },
    };
    decode(token);
    GATES.with_borrow_mut(|gates| {
        for gate in gates {
            judge(gate, token);
        }
    });
    DOUBTERS.with_borrow_mut(|gates| {
        for gate in gates {
            let verdict = gate.verify_token(token, NOW).expect("all keys are given");
            assert!(verdict.is_err(), "a token without a valid signature is accepted");
        }
    });
}

fn encode(data: &[u8]) -> String {
    let parts: Vec<String> =
        data.splitn(3, |byte| *byte == 0).map(|part| URL_SAFE_NO_PAD.encode(part)).collect();
    parts.join(".")
}

fn encode_legacy(data: &[u8]) -> String {
    let parts: Vec<String> =
        data.splitn(2, |byte| *byte == 0).map(|part| STANDARD.encode(part)).collect();
    format!("{LEGACY_HEADER}.{}", parts.join("."))
}

fn decode(token: &str) {
    let decoded = json(&decode_token_json(token, &Budget::DEFAULT));
    let is_ok = decoded["ok"] == true;
    assert_eq!(decoded["unverified"] == true, is_ok);
    if let Ok(jws) = Jws::parse(token, &Budget::DEFAULT) {
        // One text for a token: its parts say again what the text said.
        let parts = [jws.payload(), jws.signature()].map(|part| URL_SAFE_NO_PAD.encode(part));
        assert_eq!(token, format!("{}.{}", jws.signing_input(), parts[1]));
        assert!(jws.signing_input().ends_with(&format!(".{}", parts[0])));
    } else {
        assert!(!is_ok);
        assert_silent(&decoded.to_string(), token);
    }
}

fn judge(gate: &mut Gate, token: &str) {
    let result = gate.verify_token(token, NOW).expect("all keys are given");
    let text = token_result_json(&result);
    let verdict = json(&text);
    match &result {
        Ok(verified) => {
            assert_eq!(verdict["ok"], true);
            assert_eq!(verdict["claims"], json(verified.claims.json()));
            assert!(
                verified
                    .claims
                    .members()
                    .iter()
                    .all(|(name, _)| verdict["claims"].get(name.as_str()).is_some())
            );
        }
        Err(refusal) => {
            assert_eq!(verdict["reason"], refusal.reason.code());
            assert_silent(&text, token);
        }
    }
    let header = format!("Bearer {token}");
    let headers = [("authorization", header.as_str())];
    let head =
        RequestHead::new("GET", "https://app.example.com/admin", &headers).expect("a request");
    let decision = gate.check(&head, NOW).expect("all keys are given");
    let text = decision.to_json();
    let seen = json(&text);
    // Blanks end a token in the header, and other white space around it does not count everywhere,
    // so only a token without any is the same there.
    let is_blank = |character: char| character.is_whitespace() || character == '\u{feff}';
    if !token.is_empty() && !token.contains(is_blank) {
        assert_eq!(decision.state.is_signed_in(), result.is_ok(), "{seen}");
    }
    if !decision.state.is_signed_in() {
        assert_silent(&text, token);
    }
}
