//! The text of a public key (RFC 7468), as files and environment variables have it.

use alloc::string::String;
use alloc::vec::Vec;
use base64::Engine;
use base64::alphabet::STANDARD;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};

use crate::key::error::KeyError;
use crate::key::material::KeyMaterial;
use crate::key::spki;

/// Imports the public key that `text` holds: one PEM block, or the bare base64 of its contents.
pub(crate) fn import(text: &str) -> Result<KeyMaterial, KeyError> {
    let text = undo_environment(text);
    let text = trim(&text);
    if text.is_empty() {
        return Err(KeyError::PemEmpty);
    }
    refuse_other_labels(text)?;
    if !text.contains(BEGIN) {
        return spki::import(&decode(text)?);
    }
    if text.matches(BEGIN).count() > 1 {
        return Err(KeyError::PemSeveral);
    }
    if let Some(body) = body_of(text, "PUBLIC KEY") {
        spki::import(&decode(body)?)
    } else if let Some(body) = body_of(text, "RSA PUBLIC KEY") {
        spki::import_pkcs1(&decode(body)?)
    } else if LABELS.iter().any(|label| text.contains(label)) {
        Err(KeyError::PemMalformed)
    } else {
        Err(KeyError::PemLabelUnsupported)
    }
}

const BEGIN: &str = "-----BEGIN ";
const LABELS: [&str; 2] = ["-----BEGIN PUBLIC KEY-----", "-----BEGIN RSA PUBLIC KEY-----"];

/// PEM does not care for padding that was lost on the way, and neither does DER, which has its
/// own lengths.
const BASE64: GeneralPurpose = GeneralPurpose::new(
    &STANDARD,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// Takes off the quotes around the text and turns `\n` and `\r` written as two characters into line
/// ends; both are common in `.env` files and in the settings pages of hosting companies.
fn undo_environment(text: &str) -> String {
    let text = trim(text);
    let unquoted = ['"', '\'', '`']
        .iter()
        .find_map(|quote| text.strip_prefix(*quote)?.strip_suffix(*quote))
        .unwrap_or(text);
    unquoted.replace("\\r", "\n").replace("\\n", "\n")
}

/// Takes off white space and byte order marks.
fn trim(text: &str) -> &str {
    text.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}')
}

/// Private keys and certificates get their own errors, however broken the text is.
fn refuse_other_labels(text: &str) -> Result<(), KeyError> {
    if text.contains("PRIVATE KEY-----") {
        Err(KeyError::KeyPrivate)
    } else if text.contains("CERTIFICATE-----") {
        Err(KeyError::PemCertificate)
    } else {
        Ok(())
    }
}

/// What stands between the two lines of a block that is all of `text`.
fn body_of<'t>(text: &'t str, label: &str) -> Option<&'t str> {
    text.strip_prefix(BEGIN)?
        .strip_prefix(label)?
        .strip_prefix("-----")?
        .strip_suffix("-----")?
        .strip_suffix(label)?
        .strip_suffix("-----END ")
}

fn decode(base64: &str) -> Result<Vec<u8>, KeyError> {
    let packed: Vec<u8> = base64.bytes().filter(|byte| !byte.is_ascii_whitespace()).collect();
    BASE64.decode(packed).map_err(|_| KeyError::PemMalformed)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mint::fixture;
    use alloc::format;
    use alloc::string::ToString;

    const RSA: &str = fixture!("rsa-2048-a.public.pem");

    fn material() -> KeyMaterial {
        import(RSA).unwrap()
    }

    #[test]
    fn every_supported_kind_is_taken() {
        assert!(matches!(material(), KeyMaterial::Rsa { .. }));
        assert_eq!(import(fixture!("rsa-2048-a.pkcs1.pem")), Ok(material()));
        assert!(import(fixture!("rsa-2048-b.public.pem")).is_ok_and(|other| other != material()));
        assert!(import(fixture!("rsa-4096.public.pem")).is_ok());
        assert!(matches!(import(fixture!("p256.public.pem")), Ok(KeyMaterial::P256(_))));
        assert!(matches!(import(fixture!("p384.public.pem")), Ok(KeyMaterial::P384(_))));
        assert!(matches!(import(fixture!("ed25519.public.pem")), Ok(KeyMaterial::Ed25519(_))));
    }

    #[test]
    fn what_environments_do_to_a_key_is_undone() {
        let one_line = RSA.trim().replace('\n', "\\n");
        let bare: String = RSA.lines().filter(|line| !line.starts_with('-')).collect();
        for text in [
            RSA.replace('\n', "\r\n"),
            RSA.replace('\n', "\r"),
            RSA.replace('\n', " "),
            RSA.replace('\n', ""),
            RSA.replace('\n', "\\r\\n"),
            format!("\u{feff}  {RSA}  "),
            format!("\"{RSA}\""),
            format!("'{one_line}'"),
            format!("\"{one_line}\\n\"\n"),
            one_line,
            bare.trim_end_matches('=').to_string(),
            format!("{bare}\n"),
            bare,
        ] {
            assert_eq!(import(&text), Ok(material()), "{text}");
        }
    }

    #[test]
    fn private_keys_are_named_as_such() {
        for pem in [
            fixture!("rsa-2048-a.private.pem"),
            fixture!("rsa-2048-a.pkcs1-private.pem"),
            fixture!("p256.private.pem"),
            fixture!("p256.sec1-private.pem"),
            fixture!("ed25519.private.pem"),
            "-----BEGIN ENCRYPTED PRIVATE KEY-----",
            "-----BEGIN OPENSSH PRIVATE KEY-----",
        ] {
            assert_eq!(import(pem), Err(KeyError::KeyPrivate), "{pem}");
            let bare: String = pem.lines().filter(|line| !line.starts_with('-')).collect();
            let expected = if bare.is_empty() { KeyError::PemEmpty } else { KeyError::KeyPrivate };
            assert_eq!(import(&bare), Err(expected), "{pem}");
        }
    }

    #[test]
    fn certificates_are_named_as_such() {
        let certificate = fixture!("rsa-2048-a.certificate.pem");
        let bare: String = certificate.lines().filter(|line| !line.starts_with('-')).collect();
        assert_eq!(import(certificate), Err(KeyError::PemCertificate));
        assert_eq!(import(&bare), Err(KeyError::PemCertificate));
        assert_eq!(import(&format!("{RSA}{certificate}")), Err(KeyError::PemCertificate));
    }

    #[test]
    fn exactly_one_block_is_wanted() {
        assert_eq!(import(&format!("{RSA}{RSA}")), Err(KeyError::PemSeveral));
        for text in ["", "  ", "\"\"", "\\n", "\u{feff}"] {
            assert_eq!(import(text), Err(KeyError::PemEmpty), "{text:?}");
        }
        for label in ["EC PARAMETERS", "CERTIFICATE REQUEST", "PUBLIC KEYS", "public key", ""] {
            let other = RSA.replace("PUBLIC KEY", label);
            assert_eq!(import(&other), Err(KeyError::PemLabelUnsupported), "{label}");
        }
    }

    #[test]
    fn broken_texts_are_refused() {
        let malformed = KeyError::PemMalformed;
        for (text, error) in [
            (RSA.trim_end().trim_end_matches('-'), malformed),
            (&RSA.replace("-----END PUBLIC", "-----END RSA PUBLIC"), malformed),
            (&RSA.replace("-----END", "----END"), malformed),
            (&RSA.replacen("MII", "M*I", 1), malformed),
            (&RSA.replacen("MII", "", 1), malformed),
            (&RSA.replacen("MIIB", "", 1), KeyError::DerMalformed),
            (&format!("Key: 1\n{RSA}"), malformed),
            (&format!("{RSA}and more"), malformed),
            ("https://example.com/jwks", malformed),
            ("{\"kty\":\"RSA\"}", malformed),
            ("bm90IGEga2V5", KeyError::DerMalformed),
        ] {
            assert_eq!(import(text), Err(error), "{text}");
        }
    }

    #[test]
    fn the_label_decides_about_the_structure() {
        let as_pkcs1 = RSA.replace("PUBLIC KEY", "RSA PUBLIC KEY");
        assert_eq!(import(&as_pkcs1), Err(KeyError::DerMalformed));
        let as_spki = fixture!("rsa-2048-a.pkcs1.pem").replace("RSA PUBLIC KEY", "PUBLIC KEY");
        assert_eq!(import(&as_spki), Err(KeyError::DerMalformed));
    }
}
