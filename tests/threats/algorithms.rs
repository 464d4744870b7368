//! Rows 1 to 3: who decides about the algorithm.

use serde_json::{Value, json};

use crate::support::judge::{
    OK, clerk, clerk_jwks, clerk_with_keys, config_error, exactly, judge, jwk, oidc,
    oidc_with_keys, oidc_without_keys,
};
use crate::support::mint::{JWKS, Signer, base64url, der, mint, mint_with, mint_with_secret};
use crate::support::tokens::{claims, header, token, with, with_header, without};

/// A token that nobody signed.
fn unsigned(header: &Value) -> String {
    let [header, payload] = [header, &claims()].map(|part| base64url(part.to_string().as_bytes()));
    format!("{header}.{payload}.")
}

#[test]
fn row_01_alg_none_is_refused_in_every_spelling() {
    for name in ["none", "None", "NONE", "nOnE"] {
        let header = with(header("RS256"), "alg", name);
        for token in [unsigned(&header), with_header(&header)] {
            let verdict = ("token-invalid-algorithm", "alg-none");
            assert_eq!(judge(&clerk(), &token), verdict, "{name}");
            assert_eq!(judge(&oidc(&["RS256"]), &token), exactly("alg-none"), "{name}");
        }
    }
    for (alg, exact) in [
        (json!("none "), "alg-unsupported"),
        (json!(""), "alg-unsupported"),
        (json!("rs256"), "alg-unsupported"),
        (json!("RS256\u{0}"), "alg-unsupported"),
        (json!(null), "alg-unsupported"),
        (json!(256), "alg-unsupported"),
        (json!(["RS256"]), "alg-unsupported"),
        (json!({ "RS256": 1 }), "alg-unsupported"),
    ] {
        let token = with_header(&with(header("RS256"), "alg", alg));
        assert_eq!(judge(&clerk(), &token), ("token-invalid-algorithm", exact));
        assert_eq!(judge(&oidc(&["RS256"]), &token), exactly(exact));
    }
    let missing = with_header(&without(header("RS256"), "alg"));
    assert_eq!(judge(&clerk(), &missing), ("token-invalid-algorithm", "alg-missing"));
}

#[test]
fn row_01_an_empty_signature_is_no_signature() {
    for alg in ["RS256", "PS512", "ES256", "ES384", "EdDSA", "Ed25519"] {
        let mut header = header(alg);
        if alg == "PS512" {
            header["kid"] = Signer::Rsa4096.name().into();
        }
        let provider = oidc(&["RS256", "PS512", "ES256", "ES384", "EdDSA"]);
        let verdict = judge(&provider, &unsigned(&header));
        assert_eq!(verdict, exactly("token-invalid-signature"), "{alg}");
    }
    let token = unsigned(&header("RS256"));
    assert_eq!(judge(&clerk(), &token), exactly("token-invalid-signature"));
}

#[test]
fn row_01_none_is_no_algorithm_to_configure() {
    let expected = |option: &str| ("invalid-option", format!("provider.{option}"));
    assert_eq!(config_error(&oidc(&["RS256", "none"])), expected("algorithms"));
    let key = with(jwk(Signer::Rsa2048A), "alg", "none");
    let provider = oidc_with_keys(&json!([key]), &["RS256"]);
    assert_eq!(judge(&provider, &token("RS256", &claims())), exactly("jwk-unusable"));
}

#[test]
fn row_02_a_public_key_is_never_a_secret_for_hmac() {
    let pem = Signer::Rsa2048A.public_pem().unwrap();
    let header = with(header("HS256"), "kid", Signer::Rsa2048A.name()).to_string();
    let spki = der(pem);
    for secret in [pem.as_bytes(), pem.trim_end().as_bytes(), &spki, JWKS.as_bytes()] {
        let forged = mint_with_secret(secret, &header, &claims().to_string());
        let not_allowed = ("token-invalid-algorithm", "alg-not-allowed");
        assert_eq!(judge(&clerk(), &forged), not_allowed);
        assert_eq!(judge(&clerk_jwks(), &forged), not_allowed);
        assert_eq!(judge(&oidc(&["RS256"]), &forged), exactly("alg-not-allowed"));
        // Even where both kinds of algorithm are allowed the key stays what it was imported as.
        let both = oidc(&["RS256", "HS256"]);
        assert_eq!(judge(&both, &forged), exactly("alg-key-mismatch"));
        let public_key = with(oidc_without_keys(&["RS256", "HS256"]), "publicKey", pem);
        assert_eq!(judge(&public_key, &forged), exactly("alg-key-mismatch"));
    }
}

#[test]
fn row_02_what_looks_like_a_key_is_refused_as_a_secret() {
    let pem = Signer::Rsa2048A.public_pem().unwrap();
    let jwk = jwk(Signer::Rsa2048A).to_string();
    let base64: String = pem.lines().filter(|line| !line.starts_with('-')).collect();
    for secret in [
        pem.to_owned(),
        format!("  \n\t{pem}"),
        format!("\u{feff}{pem}"),
        format!("comment\n{pem}"),
        pem.replace('\n', "\\n"),
        format!("\"{}\"", pem.trim()),
        base64,
        jwk.clone(),
        format!("\r\n{jwk}"),
        JWKS.to_owned(),
        "ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABgQDnothing comment".to_owned(),
    ] {
        let provider = with(oidc_without_keys(&["HS256"]), "secret", secret.as_str());
        let expected = ("secret-looks-like-key", "provider.secret".to_owned());
        assert_eq!(config_error(&provider), expected, "{secret}");
    }
    // And a secret is not taken for a public key.
    let provider = with(oidc_without_keys(&["RS256"]), "publicKey", "a-secret-".repeat(8));
    assert_eq!(config_error(&provider).0, "pem-malformed");
}

#[test]
fn row_02_a_public_set_holds_no_secrets() {
    let k = base64url(crate::support::mint::SECRET);
    let secret = json!({ "kty": "oct", "alg": "HS256", "kid": "secret", "k": k });
    let keys = json!([jwk(Signer::Rsa2048A), secret]);
    let provider = oidc_with_keys(&keys, &["RS256", "HS256"]);
    assert_eq!(judge(&provider, &token("HS256", &claims())), exactly("jwk-unusable"));
    assert_eq!(judge(&provider, &token("RS256", &claims())), OK);
}

#[test]
fn row_03_a_key_without_alg_does_not_take_the_token_s() {
    let keys = json!([without(jwk(Signer::Rsa2048A), "alg")]);
    let kid = Signer::Rsa2048A.name();
    for alg in ["RS256", "RS384", "RS512", "PS256"] {
        let token = token(alg, &claims());
        let several = oidc_with_keys(&keys, &["RS256", "RS384", "RS512", "PS256"]);
        assert_eq!(judge(&several, &token), exactly("jwk-unusable"), "{alg}");
        // With one allowed algorithm the key is bound to that, whatever the token says.
        let one = oidc_with_keys(&keys, &["RS384"]);
        let expected = if alg == "RS384" { OK } else { exactly("alg-not-allowed") };
        assert_eq!(judge(&one, &token), expected, "{alg}");
    }
    let unusable = ("token-verification-failed", "jwk-unusable");
    assert_eq!(judge(&clerk_with_keys(&keys), &token("RS256", &claims())), unusable);
    for alg in ["HS256", "ES256", "EdDSA"] {
        let header = with(header(alg), "kid", kid).to_string();
        let token = mint(alg, &header, &claims().to_string());
        let provider = oidc_with_keys(&keys, &["RS256", "HS256", "ES256", "EdDSA"]);
        assert_eq!(judge(&provider, &token), exactly("alg-key-mismatch"), "{alg}");
    }
}

#[test]
fn row_03_a_token_cannot_change_the_algorithm_of_its_key() {
    for alg in ["RS384", "RS512"] {
        let token = token(alg, &claims());
        let mismatch = ("token-verification-failed", "alg-key-mismatch");
        assert_eq!(judge(&clerk(), &token), mismatch, "{alg}");
        assert_eq!(judge(&clerk_jwks(), &token), mismatch, "{alg}");
        let provider = oidc(&["RS256", "RS384", "RS512"]);
        assert_eq!(judge(&provider, &token), exactly("alg-key-mismatch"), "{alg}");
    }
    // A signature of another algorithm under the right name proves nothing.
    let header = header("RS256").to_string();
    let token =
        mint_with(Signer::Rsa2048A, "PS256", header.as_bytes(), claims().to_string().as_bytes());
    assert_eq!(judge(&clerk(), &token), exactly("token-invalid-signature"));
}
