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
    let text = text.trim();
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
    } else if LABELS.iter().any(|label| text.starts_with(label)) {
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

/// Takes off the quotes around the text and writes `\n` and `\r` out, both of which are common in
/// `.env` files and in the settings pages of hosting companies.
fn undo_environment(text: &str) -> String {
    let text = text.trim();
    let unquoted = ['"', '\'', '`']
        .iter()
        .find_map(|quote| text.strip_prefix(*quote)?.strip_suffix(*quote))
        .unwrap_or(text);
    unquoted.replace("\\r", "\n").replace("\\n", "\n")
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
