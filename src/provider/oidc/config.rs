//! The options of the OIDC provider.

use alloc::string::String;
use alloc::vec::Vec;

use crate::budget::Budget;
use crate::config::{ConfigError, Options};
use crate::json::Json;
use crate::key::{Algorithm, KeyError, KeySet, KeySource, VerifyingKey};
use crate::need::HttpRequest;

/// Options of the provider for JWTs of any issuer. `issuer`, `audience` and one of `jwks`,
/// `jwks_url`, `public_key` and `secret` are needed.
#[derive(Clone, Debug, PartialEq)]
pub struct OidcConfig {
    /// The `iss` claim must be exactly this.
    pub issuer: String,
    /// The `aud` claim must name one of these; empty only by explicit choice
    /// (`audience: null` in JSON), because a token for another service would pass.
    pub audience: Vec<String>,
    /// The keys, given up front.
    pub jwks: Option<Json>,
    /// The address of the issuer's JWK set.
    pub jwks_url: Option<String>,
    /// One public key as PEM.
    pub public_key: Option<String>,
    /// A shared secret for HS256, HS384 or HS512, as text whose UTF-8 bytes are the key.
    pub secret: Option<String>,
    /// The accepted algorithms; RS256 unless set.
    pub algorithms: Vec<Algorithm>,
    /// The cookie that holds the token, if one does.
    pub cookie: Option<String>,
    /// Whether `Authorization: Bearer` is looked at; before the cookie.
    pub header: bool,
    /// How far clocks may differ, in milliseconds; 5 000 unless set.
    pub clock_skew_in_ms: Option<i64>,
    /// The sign-in page: an absolute URL or a path.
    pub sign_in_url: Option<String>,
}

impl OidcConfig {
    /// The options for tokens in the `Authorization` header; set the keys next.
    #[must_use]
    pub fn new(issuer: impl Into<String>, audience: Vec<String>) -> Self {
        Self {
            issuer: issuer.into(),
            audience,
            jwks: None,
            jwks_url: None,
            public_key: None,
            secret: None,
            algorithms: alloc::vec![Algorithm::Rs256],
            cookie: None,
            header: true,
            clock_skew_in_ms: None,
            sign_in_url: None,
        }
    }

    /// The options in JSON.
    pub(crate) fn from_options(json: &Json, path: &str) -> Result<Self, ConfigError> {
        let known = [
            "kind",
            "issuer",
            "audience",
            "jwks",
            "jwksUrl",
            "publicKey",
            "secret",
            "algorithms",
            "cookie",
            "header",
            "clockSkewInMs",
            "signInUrl",
        ];
        let options = Options::new(json, path, &known)?;
        let issuer = options
            .owned_string("issuer")?
            .filter(|issuer| !issuer.is_empty())
            .ok_or_else(|| {
                ConfigError::missing(
                    options.name("issuer"),
                    "Give the issuer exactly as the `iss` claim has it.",
                )
            })?;
        let audience = options.strings("audience")?;
        if audience.is_empty() && !options.is_null("audience") {
            let message =
                "Give the audience that tokens must be for, or null to accept tokens for anybody.";
            return Err(ConfigError::missing(options.name("audience"), message));
        }
        let algorithms = match algorithms(&options)? {
            list if list.is_empty() => alloc::vec![Algorithm::Rs256],
            list => list,
        };
        Ok(Self {
            jwks: options.get("jwks").cloned(),
            jwks_url: options.owned_string("jwksUrl")?,
            public_key: options.owned_string("publicKey")?,
            secret: options.owned_string("secret")?,
            algorithms,
            cookie: options.owned_string("cookie")?,
            header: options.boolean("header")?.unwrap_or(true),
            clock_skew_in_ms: options.integer("clockSkewInMs")?,
            sign_in_url: options.owned_string("signInUrl")?,
            ..Self::new(issuer, audience)
        })
    }

    /// Where the keys come from: exactly one of `jwks`, `jwksUrl`, `publicKey` and `secret`.
    pub(super) fn key_source(&self, budget: &Budget) -> Result<KeySource, ConfigError> {
        match (&self.jwks, &self.jwks_url, &self.public_key, &self.secret) {
            (Some(jwks), None, None, None) => KeySet::from_jwks(jwks, &self.algorithms, budget)
                .map(KeySource::Given)
                .map_err(|error| ConfigError::new(error.code(), "jwks", error.message())),
            (None, Some(url), None, None) if is_safe_source(url) => {
                Ok(KeySource::remote(HttpRequest::get(url.clone()), &self.algorithms, budget))
            }
            (None, Some(_), None, None) => {
                let message = "Keys must come from https:// (http:// only from this very machine).";
                Err(ConfigError::invalid("jwksUrl", message))
            }
            (None, None, Some(pem), None) => {
                self.single("publicKey", VerifyingKey::from_pem(pem, self.only_algorithm()))
            }
            (None, None, None, Some(secret)) => {
                let algorithm = self.only_algorithm().ok_or_else(|| {
                    let message = "Name the one HMAC algorithm of the secret, as in ['HS256'].";
                    ConfigError::invalid("algorithms", message)
                })?;
                self.single("secret", VerifyingKey::from_secret(secret.as_bytes(), algorithm))
            }
            (None, None, None, None) => {
                let message = "Give `jwksUrl`, `jwks`, `publicKey` or `secret`.";
                Err(ConfigError::missing("jwksUrl", message))
            }
            _ => {
                let message = "Give only one of `jwksUrl`, `jwks`, `publicKey` and `secret`.";
                Err(ConfigError::invalid("jwksUrl", message))
            }
        }
    }

    /// One key that is used whatever `kid` a token names.
    fn single(
        &self,
        option: &str,
        key: Result<VerifyingKey, KeyError>,
    ) -> Result<KeySource, ConfigError> {
        let is_allowed = |key: &VerifyingKey| self.algorithms.contains(&key.algorithm());
        key.and_then(|key| if is_allowed(&key) { Ok(key) } else { Err(KeyError::KeyAlgNotAllowed) })
            .map(|key| KeySource::Given(KeySet::from_key(key)))
            .map_err(|error| ConfigError::new(error.code(), option, error.message()))
    }

    /// The algorithm for a key that names none.
    fn only_algorithm(&self) -> Option<Algorithm> {
        match self.algorithms.as_slice() {
            [one] => Some(*one),
            _ => None,
        }
    }
}

fn algorithms(options: &Options<'_>) -> Result<Vec<Algorithm>, ConfigError> {
    let names = options.strings("algorithms")?;
    names
        .iter()
        .map(|name| {
            Algorithm::from_name(name).ok_or_else(|| {
                let message = "Use RS256, RS384, RS512, PS256, PS384, PS512, ES256, ES384, EdDSA, HS256, HS384 or HS512.";
                ConfigError::invalid(options.name("algorithms"), message)
            })
        })
        .collect()
}

/// Keys fetched without TLS could be anybody's.
fn is_safe_source(url: &str) -> bool {
    crate::url::Url::parse(url).is_ok_and(|parts| {
        let host = parts.authority.host();
        parts.scheme == "https" || matches!(host.as_str(), "localhost" | "127.0.0.1" | "[::1]")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_come_over_tls_or_from_this_machine() {
        for url in
            ["https://a/jwks", "http://localhost:3000/", "http://127.0.0.1/", "http://[::1]/"]
        {
            assert!(is_safe_source(url), "{url}");
        }
        for url in ["http://a/jwks", "http://localhost.example/", "http://[::2]/", "localhost", ""]
        {
            assert!(!is_safe_source(url), "{url}");
        }
    }
}
