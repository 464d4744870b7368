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
    frontend_api: String,
}

impl PublishableKey {
    /// Reads a key; `None` when it is not one.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let mut parts = text.split('_');
        let encoded = match (parts.next(), parts.next(), parts.next(), parts.next()) {
            (Some("pk"), Some("live" | "test"), Some(encoded), None) => encoded,
            _ => return None,
        };
        let encoded: Vec<u8> = encoded.bytes().filter(|byte| !byte.is_ascii_whitespace()).collect();
        let decoded = String::from_utf8(LOOSE.decode(encoded).ok()?).ok()?;
        let host = decoded.strip_suffix('$')?;
        let is_host = host.contains('.') && crate::url::is_authority(host);
        is_host.then(|| Self { text: text.to_owned(), frontend_api: host.to_owned() })
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

    /// The hosted sign-in page of the instance (`clerk.example.com` → `accounts.example.com`).
    pub(crate) fn hosted_sign_in_url(&self) -> String {
        let host = self.frontend_api.replacen("clerk.accountsstage.", "accountsstage.", 1);
        let host = if host.contains("clerk.accounts.") {
            host.replacen("clerk.accounts.", "accounts.", 1)
        } else {
            host.replacen("clerk.", "accounts.", 1)
        };
        format!("https://{host}/sign-in")
    }
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
        assert_eq!(key.hosted_sign_in_url(), "https://accounts.example.com/sign-in");
        let key = "pk_test_Zm9vLWJhci0xMy5jbGVyay5hY2NvdW50cy5kZXYk";
        let key = PublishableKey::parse(key).unwrap();
        assert_eq!(key.hosted_sign_in_url(), "https://foo-bar-13.accounts.dev/sign-in");
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
