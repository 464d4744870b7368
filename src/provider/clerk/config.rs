//! The options of the Clerk provider, under Clerk's own names.

use alloc::string::String;
use alloc::vec::Vec;

use super::api::BackendApi;
use super::publishable_key::PublishableKey;
use super::rules::ALGORITHMS;
use crate::budget::Budget;
use crate::config::{ConfigError, Options};
use crate::json::Json;
use crate::key::{Algorithm, KeySet, KeySource, VerifyingKey};
use crate::need::HttpRequest;
use crate::provider::SecretKey;
use crate::url::Target;

/// Options of the Clerk provider. One of `jwt_key`, `jwks`, `secret_key` and `publishable_key` is
/// needed for the keys; without a `publishable_key` there are no handshakes, and the session
/// cookie decides alone.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ClerkConfig {
    /// `pk_live_…` or `pk_test_…`: names the instance, its cookies and its key set.
    pub publishable_key: Option<String>,
    /// `sk_live_…` or `sk_test_…`: lets the host ask the Backend API for keys, handshake nonces
    /// and fresh tokens.
    pub secret_key: Option<SecretKey>,
    /// The instance's public key as PEM: verification needs no network at all.
    pub jwt_key: Option<String>,
    /// The instance's JWK set, likewise.
    pub jwks: Option<Json>,
    /// Origins that may ask for tokens; the `azp` claim must be one of them.
    pub authorized_parties: Vec<String>,
    /// Whether a token without `azp` passes although parties are set. False unless set.
    pub azp_if_present: bool,
    /// Accepted audiences; looked at only in tokens that have an `aud` claim, as Clerk does.
    pub audience: Vec<String>,
    /// How far clocks may differ, in milliseconds; 5 000 unless set.
    pub clock_skew_in_ms: Option<i64>,
    /// If set, the `iss` claim must be exactly this.
    pub issuer: Option<String>,
    /// The domain of a satellite.
    pub domain: Option<String>,
    /// Whether the application is a satellite of a primary one on another domain.
    pub is_satellite: bool,
    /// Whether a satellite asks the primary domain on the first visit already.
    pub satellite_auto_sync: bool,
    /// The Frontend API through a proxy: an absolute URL or a path.
    pub proxy_url: Option<String>,
    /// The sign-in page: an absolute URL or a path. Unless set, the instance's hosted page.
    pub sign_in_url: Option<String>,
    /// The sign-up page, likewise.
    pub sign_up_url: Option<String>,
    /// Path patterns with `:id` or `:slug` of the organisation that is to be active.
    pub organization_patterns: Vec<String>,
    /// Path patterns of the personal account.
    pub personal_account_patterns: Vec<String>,
    /// Development only: origins of satellites that may ask who is signed in, besides this machine.
    pub allowed_redirect_origins: Vec<String>,
    /// The kinds of tokens that are accepted; session tokens unless set.
    pub accepts_token: super::machine::Accepts,
    /// Whether a pending session counts as signed in. False unless set.
    pub treat_pending_as_signed_in: bool,
    /// The address of the Backend API, without version.
    pub api_url: Option<String>,
    /// The version of the Backend API in its address.
    pub api_version: Option<String>,
}

impl ClerkConfig {
    /// The options in JSON.
    pub(crate) fn from_options(json: &Json, path: &str) -> Result<Self, ConfigError> {
        let options = Options::new(json, path, KNOWN)?;
        let sync = options.get("organizationSyncOptions");
        let (organization_patterns, personal_account_patterns) = match sync {
            None => (Vec::new(), Vec::new()),
            Some(json) => {
                let known = ["organizationPatterns", "personalAccountPatterns"];
                let sync = Options::new(json, &options.name("organizationSyncOptions"), &known)?;
                (sync.strings("organizationPatterns")?, sync.strings("personalAccountPatterns")?)
            }
        };
        Ok(Self {
            publishable_key: options.owned_string("publishableKey")?,
            secret_key: options.string("secretKey")?.and_then(SecretKey::new),
            jwt_key: options.owned_string("jwtKey")?,
            jwks: options.get("jwks").cloned(),
            authorized_parties: options.strings("authorizedParties")?,
            azp_if_present: azp_mode(&options)?,
            audience: options.strings("audience")?,
            clock_skew_in_ms: options.integer("clockSkewInMs")?,
            issuer: options.owned_string("issuer")?,
            domain: options.owned_string("domain")?.filter(|domain| !domain.is_empty()),
            is_satellite: options.boolean("isSatellite")?.unwrap_or(false),
            satellite_auto_sync: options.boolean("satelliteAutoSync")?.unwrap_or(false),
            proxy_url: options.owned_string("proxyUrl")?.filter(|url| !url.is_empty()),
            sign_in_url: options.owned_string("signInUrl")?.filter(|url| !url.is_empty()),
            sign_up_url: options.owned_string("signUpUrl")?.filter(|url| !url.is_empty()),
            organization_patterns,
            personal_account_patterns,
            allowed_redirect_origins: options.strings("allowedRedirectOrigins")?,
            accepts_token: super::machine::Accepts::from_options(&options)?,
            treat_pending_as_signed_in: options.boolean("treatPendingAsSignedOut")? == Some(false),
            api_url: options.owned_string("apiUrl")?,
            api_version: options.owned_string("apiVersion")?,
        })
    }

    pub(super) fn parse_publishable_key(&self) -> Result<Option<PublishableKey>, ConfigError> {
        let Some(text) = &self.publishable_key else { return Ok(None) };
        PublishableKey::parse(text).map(Some).ok_or_else(|| {
            let message = "This is not a publishable key (pk_test_… or pk_live_…). Copy it from the API keys page of the Clerk dashboard.";
            ConfigError::invalid("publishableKey", message)
        })
    }

    /// Where the keys come from: `jwtKey`, else `jwks`, else the Backend API, else the instance's
    /// public key set.
    pub(super) fn key_source(
        &self,
        publishable_key: Option<&PublishableKey>,
        api: &BackendApi,
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
        let request = match (&self.secret_key, publishable_key) {
            (Some(secret), _) => api.jwks(secret.expose()),
            (None, Some(key)) => HttpRequest::get(key.jwks_url()),
            (None, None) => {
                let message = "Give the instance's public key (CLERK_JWT_KEY), its `jwks`, its `secretKey` or its `publishableKey`.";
                return Err(ConfigError::missing("jwtKey", message));
            }
        };
        Ok(KeySource::remote(request, ALGORITHMS, budget))
    }

    /// A page or address option.
    pub(super) fn target(option: &str, text: Option<&str>) -> Result<Option<Target>, ConfigError> {
        let Some(text) = text else { return Ok(None) };
        Target::parse(text).map(Some).ok_or_else(|| {
            let message = "This is an absolute URL such as https://example.com/sign-in, or a path such as /sign-in.";
            ConfigError::invalid(option, message)
        })
    }
}

const KNOWN: &[&str] = &[
    "kind",
    "publishableKey",
    "secretKey",
    "jwtKey",
    "jwks",
    "authorizedParties",
    "azp",
    "audience",
    "clockSkewInMs",
    "issuer",
    "domain",
    "isSatellite",
    "satelliteAutoSync",
    "proxyUrl",
    "signInUrl",
    "signUpUrl",
    "organizationSyncOptions",
    "allowedRedirectOrigins",
    "acceptsToken",
    "treatPendingAsSignedOut",
    "apiUrl",
    "apiVersion",
];

fn azp_mode(options: &Options<'_>) -> Result<bool, ConfigError> {
    match options.string("azp")? {
        None | Some("strict") => Ok(false),
        Some("if-present") => Ok(true),
        Some(_) => {
            let message = "Use 'strict' or 'if-present'.";
            Err(ConfigError::invalid(options.name("azp"), message))
        }
    }
}
