//! Secrets for HMAC (RFC 7518 sections 3.2 and 6.4).

use crate::key::algorithm::Algorithm;
use crate::key::error::KeyError;
use crate::key::material::KeyMaterial;
use crate::key::{pem, spki};

/// Checks a secret for `algorithm`.
pub(crate) fn import(secret: &[u8], algorithm: Algorithm) -> Result<KeyMaterial, KeyError> {
    let min_bytes = match algorithm {
        Algorithm::Hs256 => 32,
        Algorithm::Hs384 => 48,
        Algorithm::Hs512 => 64,
        _ => return Err(KeyError::KeyAlgMismatch),
    };
    if secret.is_empty() {
        return Err(KeyError::SecretEmpty);
    }
    if looks_like_key(secret) {
        return Err(KeyError::SecretLooksLikeKey);
    }
    // RFC 7518 section 3.2: "A key of the same size as the hash output or larger MUST be used".
    if secret.len() < min_bytes {
        return Err(KeyError::SecretTooShort);
    }
    Ok(KeyMaterial::Secret(secret.into()))
}

/// Whether somebody gave the text or the bytes of a public key, which an attacker knows as well.
fn looks_like_key(secret: &[u8]) -> bool {
    // RFC 7468 section 2 allows any text before a block, so the marker may be anywhere.
    contains(secret, b"-----BEGIN")
        || is_jwk(secret)
        || is_ssh_key(secret)
        || is_der(spki::import(secret))
        || is_der(spki::import_pkcs1(secret))
        || core::str::from_utf8(secret).is_ok_and(|text| is_der(pem::import(text)))
}

/// Whether DER was recognised: a public key, or something else that is named by its error.
fn is_der(result: Result<KeyMaterial, KeyError>) -> bool {
    !matches!(result, Err(KeyError::DerMalformed | KeyError::PemMalformed | KeyError::PemEmpty))
}

/// A JSON object or array that names a key type or a list of keys.
fn is_jwk(secret: &[u8]) -> bool {
    matches!(secret.trim_ascii_start().first(), Some(b'{' | b'['))
        && (contains(secret, b"\"kty\"") || contains(secret, b"\"keys\""))
}

/// One line of an `authorized_keys` file.
fn is_ssh_key(secret: &[u8]) -> bool {
    let text = secret.trim_ascii_start();
    [&b"ssh-"[..], b"ecdsa-sha2-", b"sk-ssh-", b"sk-ecdsa-"]
        .iter()
        .any(|name| text.starts_with(name))
}

fn contains(bytes: &[u8], wanted: &[u8]) -> bool {
    bytes.windows(wanted.len()).any(|window| window == wanted)
}
