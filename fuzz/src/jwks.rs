//! Arbitrary keys: as a JWK set, as PEM, as a secret, and as what an issuer serves.

use sessiongate::{
    Algorithm, Budget, Fact, Json, KeyError, KeySet, Lookup, RingVerifier, SignatureVerifier,
    VerifyingKey,
};

use crate::gates::{NOW, gate, remote};
use crate::json;

const TOKEN: &str = "eyJhbGciOiJFUzI1NiIsImtpZCI6ImEifQ.e30.AAAA";

/// The bytes are the key.
pub fn jwks(data: &[u8]) {
    for algorithm in [Algorithm::Hs256, Algorithm::Hs512, Algorithm::Rs256] {
        use_key(VerifyingKey::from_secret(data, algorithm));
    }
    let Ok(text) = std::str::from_utf8(data) else { return };
    for algorithm in [None, Some(Algorithm::Ps512), Some(Algorithm::EdDsa)] {
        use_key(VerifyingKey::from_pem(text, algorithm));
    }
    if let Ok(json) = Json::parse(data, &Budget::DEFAULT) {
        use_key(VerifyingKey::from_jwk(&json, Algorithm::ALL));
        use_key(VerifyingKey::from_jwk(&json, &[Algorithm::Rs256, Algorithm::Es384]));
    }
    let set = KeySet::from_jwks_text(text, Algorithm::ALL, &Budget::DEFAULT);
    if let Ok(set) = &set {
        use_set(set);
    }
    serve(text, set.is_ok());
}

fn use_set(set: &KeySet) {
    assert!(set.keys().len() + set.skipped().len() <= Budget::DEFAULT.keys);
    for key in set.keys() {
        match set.find(key.kid(), key.algorithm()) {
            Lookup::Found(found) => assert_eq!(found, key),
            Lookup::Ambiguous | Lookup::KidMissing => {}
            other => panic!("{other:?} for a key of the set"),
        }
        use_key(Ok(key.clone()));
    }
    for skipped in set.skipped() {
        assert!(!skipped.error.message().is_empty());
    }
}

/// A key that was imported can be used; it verifies no made-up signature.
fn use_key(key: Result<VerifyingKey, KeyError>) {
    let Ok(key) = key else { return };
    for length in [0, 32, 64, 96, 256, 512] {
        let signature = vec![7; length];
        assert!(RingVerifier.verify(&key, b"message", &signature).is_err());
    }
}

fn serve(text: &str, is_set: bool) {
    let mut gate = gate(&remote(), true);
    let need = gate.verify_token(TOKEN, NOW).expect_err("keys are not known yet");
    gate.supply(&need.answered(200, text, NOW)).expect("a fact that was asked for");
    let refusal = gate.verify_token(TOKEN, NOW).expect("no second need").expect_err("a refusal");
    let served_badly = matches!(refusal.reason.code(), "jwks-malformed" | "jwks-too-large");
    assert_eq!(served_badly, !is_set);
    assert_eq!(json(&sessiongate::token_result_json(&Err(refusal)))["ok"], false);
    // The same bytes as a fact; what is taken for one has an end.
    if let Ok(fact) = Fact::from_json(text) {
        assert!(gate.supply(&fact).is_err());
    }
}
