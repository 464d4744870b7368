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
    matches!(from_first_letter(secret).first(), Some(b'{' | b'['))
        && (contains(secret, b"\"kty\"") || contains(secret, b"\"keys\""))
}

/// One line of an `authorized_keys` file.
fn is_ssh_key(secret: &[u8]) -> bool {
    let text = from_first_letter(secret);
    [&b"ssh-"[..], b"ecdsa-sha2-", b"sk-ssh-", b"sk-ecdsa-"]
        .iter()
        .any(|name| text.starts_with(name))
}

/// Leaves out white space, control characters and byte order marks.
fn from_first_letter(secret: &[u8]) -> &[u8] {
    let start = secret.iter().position(u8::is_ascii_graphic).unwrap_or(secret.len());
    secret.get(start..).unwrap_or_default()
}

fn contains(bytes: &[u8], wanted: &[u8]) -> bool {
    bytes.windows(wanted.len()).any(|window| window == wanted)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mint::{JWKS, der, fixture};
    use alloc::format;
    use alloc::string::String;

    #[test]
    fn secrets_are_at_least_as_long_as_the_hash() {
        for (algorithm, min_bytes) in
            [(Algorithm::Hs256, 32), (Algorithm::Hs384, 48), (Algorithm::Hs512, 64)]
        {
            let secret = [7; 64];
            assert!(import(&secret[..min_bytes], algorithm).is_ok(), "{algorithm}");
            assert_eq!(import(&secret[..min_bytes - 1], algorithm), Err(KeyError::SecretTooShort));
            assert_eq!(import(&[], algorithm), Err(KeyError::SecretEmpty));
        }
    }

    #[test]
    fn other_algorithms_have_no_secret() {
        for algorithm in Algorithm::ALL {
            let is_hmac = algorithm.name().starts_with("HS");
            let expected = if is_hmac { None } else { Some(KeyError::KeyAlgMismatch) };
            assert_eq!(import(&[7; 64], *algorithm).err(), expected, "{algorithm}");
        }
    }

    #[test]
    fn the_text_of_a_key_is_no_secret() {
        let bare: String = fixture!("rsa-2048-a.public.pem")
            .lines()
            .filter(|line| !line.starts_with('-'))
            .collect();
        for text in [
            fixture!("rsa-2048-a.public.pem"),
            fixture!("rsa-2048-a.pkcs1.pem"),
            fixture!("rsa-2048-a.private.pem"),
            fixture!("rsa-2048-a.certificate.pem"),
            fixture!("p256.public.pem"),
            fixture!("p521.public.pem"),
            fixture!("ed25519.public.pem"),
            "-----BEGIN anything at all, even when it is broken",
            JWKS,
            r#"{"kty":"oct","k":"AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8"}"#,
            "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIIchQMFzPIpq6pU3a7+34CWDSlt0djtJ+VIBDRGNWZkI",
            &bare,
        ] {
            for before in ["", "\n \t", "\u{b}\r\n", "\u{feff}", " \u{feff} \u{a0}"] {
                let secret = format!("{before}{text}\n");
                let refused = Err(KeyError::SecretLooksLikeKey);
                assert_eq!(import(secret.as_bytes(), Algorithm::Hs256), refused, "{secret}");
            }
        }
    }

    #[test]
    fn the_bytes_of_a_key_are_no_secret() {
        for pem in [
            fixture!("rsa-2048-a.public.pem"),
            fixture!("rsa-2048-a.pkcs1.pem"),
            fixture!("rsa-2048-a.private.pem"),
            fixture!("rsa-2048-a.certificate.pem"),
            fixture!("p521.public.pem"),
        ] {
            let refused = Err(KeyError::SecretLooksLikeKey);
            assert_eq!(import(&der(pem), Algorithm::Hs256), refused, "{pem}");
        }
    }

    #[test]
    fn random_secrets_and_their_texts_are_taken() {
        for text in [
            "correct horse battery staple, and more of them",
            "q83vEjRWeJCrze8SNFZ4kKvN7xI0VniQq83vEjRWeJA=",
            "MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8A, but not a key",
            "{ not JSON, just a brace and enough letters }",
        ] {
            assert!(import(text.as_bytes(), Algorithm::Hs256).is_ok(), "{text}");
        }
    }
}
