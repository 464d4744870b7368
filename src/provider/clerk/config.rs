//! The options of the Clerk provider, under Clerk's own names.

use alloc::string::String;
use alloc::vec::Vec;

use super::publishable_key::PublishableKey;
use crate::budget::Budget;
use crate::config::{ConfigError, Options};
use crate::json::Json;
use crate::key::{Algorithm, KeySet, KeySource, VerifyingKey};
use crate::need::HttpRequest;

/// The algorithms of session tokens.
pub(super) const ALGORITHMS: &[Algorithm] = &[Algorithm::Rs256, Algorithm::Rs384, Algorithm::Rs512];

/// Options of the Clerk provider. One of `jwt_key`, `jwks` and `publishable_key` is needed.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ClerkConfig {
    /// `pk_live_…` or `pk_test_…`: names the instance, its cookies and its key set.
    pub publishable_key: Option<String>,
    /// The instance's public key as PEM: verification needs no network at all.
    pub jwt_key: Option<String>,
    /// The instance's JWK set, likewise.
    pub jwks: Option<Json>,
    /// Origins that may ask for tokens; the `azp` claim must be one of them.
    pub authorized_parties: Vec<String>,
    /// Accepted audiences; looked at only in tokens that have an `aud` claim, as Clerk does.
    pub audience: Vec<String>,
    /// How far clocks may differ, in milliseconds; 5 000 unless set.
    pub clock_skew_in_ms: Option<i64>,
    /// The sign-in page: an absolute URL or a path. Unless set, the instance's hosted page.
    pub sign_in_url: Option<String>,
    /// If set, the `iss` claim must be exactly this.
    pub issuer: Option<String>,
}

impl ClerkConfig {
    /// The options in JSON.
    pub(crate) fn from_options(json: &Json, path: &str) -> Result<Self, ConfigError> {
        let known = [
            "kind",
            "publishableKey",
            "jwtKey",
            "jwks",
            "authorizedParties",
            "audience",
            "clockSkewInMs",
            "signInUrl",
            "issuer",
        ];
        let options = Options::new(json, path, &known)?;
        Ok(Self {
            publishable_key: options.owned_string("publishableKey")?,
            jwt_key: options.owned_string("jwtKey")?,
            jwks: options.get("jwks").cloned(),
            authorized_parties: options.strings("authorizedParties")?,
            audience: options.strings("audience")?,
            clock_skew_in_ms: options.integer("clockSkewInMs")?,
            sign_in_url: options.owned_string("signInUrl")?,
            issuer: options.owned_string("issuer")?,
        })
    }

    pub(super) fn parse_publishable_key(&self) -> Result<Option<PublishableKey>, ConfigError> {
        let Some(text) = &self.publishable_key else { return Ok(None) };
        PublishableKey::parse(text).map(Some).ok_or_else(|| {
            let message = "This is not a publishable key (pk_test_… or pk_live_…). Copy it from the API keys page of the Clerk dashboard.";
            ConfigError::invalid("publishableKey", message)
        })
    }

    /// Where the keys come from: `jwtKey`, else `jwks`, else the instance's public key set.
    pub(super) fn key_source(
        &self,
        publishable_key: Option<&PublishableKey>,
        budget: &Budget,
    ) -> Result<KeySource, ConfigError> {
        if let Some(pem) = &self.jwt_key {
            let key = VerifyingKey::from_pem(pem, Some(Algorithm::Rs256));
            let key =
                key.map_err(|error| ConfigError::new(error.code(), "jwtKey", error.message()))?;
            return Ok(KeySource::Given(KeySet::from_key(key)));
        }
        if let Some(jwks) = &self.jwks {
            let set = KeySet::from_jwks(jwks, ALGORITHMS, budget);
            let set =
                set.map_err(|error| ConfigError::new(error.code(), "jwks", error.message()))?;
            return Ok(KeySource::Given(set));
        }
        match publishable_key {
            Some(key) => {
                Ok(KeySource::remote(HttpRequest::get(key.jwks_url()), ALGORITHMS, budget))
            }
            None => {
                let message = "Give the instance's public key (CLERK_JWT_KEY), its `jwks`, or its `publishableKey`.";
                Err(ConfigError::missing("jwtKey", message))
            }
        }
    }
}
