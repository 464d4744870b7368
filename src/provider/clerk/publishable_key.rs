//! The publishable key names the instance: `pk_live_` or `pk_test_` and the host of its Frontend
//! API, followed by `$`, in base64.

use alloc::borrow::ToOwned;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use base64::Engine;
use base64::alphabet::STANDARD;
use base64::engine::DecodePaddingMode;
use base64::engine::general_purpose::{GeneralPurpose, GeneralPurposeConfig};
use sha1::{Digest, Sha1};

/// As `atob` decodes: padding is optional and trailing bits are not looked at.
const LOOSE: GeneralPurpose = GeneralPurpose::new(
    &STANDARD,
    GeneralPurposeConfig::new()
        .with_decode_padding_mode(DecodePaddingMode::Indifferent)
        .with_decode_allow_trailing_bits(true),
);

/// A publishable key that is well formed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct PublishableKey {
    /// As written: the cookie suffix depends on every character.
    text: String,
    is_production: bool,
    frontend_api: String,
}

impl PublishableKey {
    /// Reads a key; `None` when it is not one.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let mut parts = text.split('_');
        let (kind, encoded) = match (parts.next(), parts.next(), parts.next(), parts.next()) {
            (Some("pk"), Some(kind @ ("live" | "test")), Some(encoded), None) => (kind, encoded),
            _ => return None,
        };
        let encoded: Vec<u8> = encoded.bytes().filter(|byte| !byte.is_ascii_whitespace()).collect();
        let decoded = String::from_utf8(LOOSE.decode(encoded).ok()?).ok()?;
        let host = decoded.strip_suffix('$')?;
        let is_host = host.contains('.') && crate::host::Authority::parse(host).is_some();
        let is_production = kind == "live";
        is_host.then(|| Self {
            text: text.to_owned(),
            is_production,
            frontend_api: host.to_owned(),
        })
    }

    /// Whether the key is `pk_live_…`.
    pub(crate) const fn is_production(&self) -> bool {
        self.is_production
    }

    /// The host of the Frontend API.
    pub(crate) fn frontend_api(&self) -> &str {
        &self.frontend_api
    }

    /// The first 8 characters of the key's SHA-1 in base64url: what the names of this instance's
    /// cookies end with.
    pub(crate) fn cookie_suffix(&self) -> String {
        let digest = crate::base64url::encode(&Sha1::digest(self.text.as_bytes()));
        digest.chars().take(8).collect()
    }

    /// The public JWK set of the instance.
    pub(crate) fn jwks_url(&self) -> String {
        format!("https://{}/.well-known/jwks.json", self.frontend_api)
    }

    /// Where the hosted pages of the instance are.
    pub(crate) fn accounts_origin(&self) -> String {
        accounts_origin(&self.frontend_api)
    }
}

/// Where the hosted pages of a Frontend API are (`clerk.example.com` → `accounts.example.com`).
pub(crate) fn accounts_origin(frontend_api: &str) -> String {
    let host = frontend_api.replacen("clerk.accountsstage.", "accountsstage.", 1);
    let Some((before, after)) = host.split_once("clerk.") else { return format!("https://{host}") };
    format!("https://{before}accounts.{}", after.strip_prefix("accounts.").unwrap_or(after))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn suffixes_are_those_of_the_peer() {
        for (key, suffix) in [
            ("pk_live_Y2xlcmsuZXhhbXBsZS5jb20k", "naoXFJnI"),
            ("pk_test_Zm9vLWJhci0xMy5jbGVyay5hY2NvdW50cy5kZXYk", "nx2hSE6I"),
        ] {
            assert_eq!(PublishableKey::parse(key).unwrap().cookie_suffix(), suffix);
        }
    }

    #[test]
    fn addresses_follow_from_the_frontend_api() {
        let key = PublishableKey::parse("pk_live_Y2xlcmsuZXhhbXBsZS5jb20k").unwrap();
        assert_eq!(key.jwks_url(), "https://clerk.example.com/.well-known/jwks.json");
        assert_eq!(key.accounts_origin(), "https://accounts.example.com");
        let key = "pk_test_Zm9vLWJhci0xMy5jbGVyay5hY2NvdW50cy5kZXYk";
        let key = PublishableKey::parse(key).unwrap();
        assert_eq!(key.accounts_origin(), "https://foo-bar-13.accounts.dev");
    }

    #[test]
    fn other_texts_are_no_keys() {
        for text in [
            "",
            "pk_live_",
            "sk_live_Y2xlcmsuZXhhbXBsZS5jb20k",
            "pk_prod_Y2xlcmsuZXhhbXBsZS5jb20k",
            "pk_live_Y2xlcmsuZXhhbXBsZS5jb20k_x",
            "pk_live_Y2xlcmsuZXhhbXBsZS5jb20", // no `$`
            "pk_live_JCQk",                    // only `$`
            "pk_live_Y2xlcmsk",                // no dot
            "pk_live_!!!",
            "pk_live_ZXZpbC5jb20vcGF0aCQ=", // a path
        ] {
            assert_eq!(PublishableKey::parse(text), None, "{text}");
        }
    }
}
