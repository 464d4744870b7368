//! Arbitrary tokens.

use std::cell::RefCell;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sessiongate::{Budget, Gate, Jws, RequestHead, decode_token_json, token_result_json};

use crate::gates::{NOW, clerk, clerk_jwks, credulous, gate, oidc};
use crate::{assert_silent, json};

thread_local! {
    static GATES: RefCell<[Gate; 6]> = RefCell::new([
        gate(&clerk(), true),
        gate(&clerk_jwks(), true),
        gate(&oidc(), true),
        credulous(&clerk(), true),
        credulous(&clerk_jwks(), true),
        credulous(&oidc(), true),
    ]);
}

/// The token is the text of the bytes; or, when they begin with 0, up to three parts that zeros
/// part and that are encoded here.
pub fn token(data: &[u8]) {
    let encoded = data.strip_prefix(&[0]).map(encode);
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
}

fn encode(data: &[u8]) -> String {
    let parts: Vec<String> =
        data.splitn(3, |byte| *byte == 0).map(|part| URL_SAFE_NO_PAD.encode(part)).collect();
    parts.join(".")
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
                    .all(|(name, _)| verdict["claims"].get(name).is_some())
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
    // Blanks end a token in the header, so only a token without any is the same there.
    if !token.is_empty() && !token.contains(' ') {
        assert_eq!(decision.state.is_signed_in(), result.is_ok(), "{seen}");
    }
    if !decision.state.is_signed_in() {
        assert_silent(&text, token);
    }
}
