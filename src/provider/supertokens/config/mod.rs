//! The options of the SuperTokens provider, under the names of `supertokens-node`.

mod address;
mod options;
mod words;

pub(super) use address::{base_path, origin_of};
pub(super) use options::{claim_validators, transfer_method};
pub use words::{AntiCsrf, SameSite, TokenNames, TransferMethod};

use alloc::borrow::ToOwned;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::claims::ClaimValidator;
use crate::budget::Budget;
use crate::config::ConfigError;
use crate::json::Json;
use crate::key::{Algorithm, KeySet, KeySource, is_safe_source};
use crate::need::HttpRequest;
use crate::provider::SecretKey;
use crate::url::Target;
use address::core_address;

/// Options of the SuperTokens provider. Only `api_domain` is needed; it names the key set, too.
#[derive(Clone, Debug, PartialEq)]
pub struct SuperTokensConfig {
    /// The origin of the API, as in `https://api.example.com`.
    pub api_domain: String,
    /// The path of SuperTokens' own endpoints below it; `/auth` unless set.
    pub api_base_path: String,
    /// What a gateway puts before that path.
    pub api_gateway_path: String,
    /// The origin of the website.
    pub website_domain: Option<String>,
    /// The path of the sign-in pages below it; `/auth` unless set.
    pub website_base_path: String,
    /// The keys, given up front: verification needs no network at all.
    pub jwks: Option<Json>,
    /// The address of the key set; `<apiDomain><apiBasePath>/jwt/jwks.json` unless set.
    pub jwks_url: Option<String>,
    /// The protection against forged requests; unless set it follows from the `SameSite` attribute.
    pub anti_csrf: Option<AntiCsrf>,
    /// The `SameSite` attribute of the cookies; unless set it follows from the two domains.
    pub cookie_same_site: Option<SameSite>,
    /// Whether cookies are `Secure`; unless set, whether the API is.
    pub cookie_secure: Option<bool>,
    /// The `Domain` attribute of the cookies; none unless set.
    pub cookie_domain: Option<String>,
    /// The domain that cookies had formerly; empty for none.
    pub older_cookie_domain: Option<String>,
    /// The `Path` attribute of the access token's cookie; `/` unless set.
    pub access_token_path: String,
    /// Whether access tokens are signed with the rotating keys (`d-…`) and not with the static
    /// one (`s-…`). True unless set.
    pub use_dynamic_access_token_signing_key: bool,
    /// How tokens travel.
    pub token_transfer_method: TransferMethod,
    /// Whether access tokens in cookies are shown to scripts in a header as well.
    pub expose_access_token_to_frontend_in_cookie_based_auth: bool,
    /// The status when a session is missing or has expired; 401 unless set.
    pub session_expired_status_code: u16,
    /// The status when a claim does not hold; 403 unless set.
    pub invalid_claim_status_code: u16,
    /// The names of the cookies.
    pub cookie_names: TokenNames,
    /// The names of the response headers.
    pub header_names: TokenNames,
    /// The addresses of the core, tried in this order. With them sessions can be made and changed,
    /// and tokens that the core has to confirm are confirmed.
    pub connection_uri: Vec<String>,
    /// The key to the core.
    pub api_key: Option<SecretKey>,
    /// Whether a backend behind the gate verifies sessions as well, so that what only the core or
    /// the application can tell may be left to it. False unless set.
    pub origin_verifies: bool,
    /// The domain of the cookies that scripts read (`sFrontToken`); unless set, the host alone.
    pub session_token_frontend_domain: Option<String>,
    /// The page that refreshes the session in the browser; unless set the gate does it.
    pub refresh_page: Option<String>,
    /// What is asked of the claims of every session.
    pub claim_validators: Vec<ClaimValidator>,
    /// Where visitors go when a claim does not hold: the validator's id and the page.
    pub claim_pages: Vec<(String, String)>,
}

impl SuperTokensConfig {
    /// The options for an API at this origin, all others as `supertokens-node` has them.
    #[must_use]
    pub fn new(api_domain: impl Into<String>) -> Self {
        let names = |access: &str, refresh: &str| TokenNames {
            access: access.to_owned(),
            refresh: refresh.to_owned(),
        };
        Self {
            api_domain: api_domain.into(),
            api_base_path: "/auth".to_owned(),
            api_gateway_path: String::new(),
            website_domain: None,
            website_base_path: "/auth".to_owned(),
            jwks: None,
            jwks_url: None,
            anti_csrf: None,
            cookie_same_site: None,
            cookie_secure: None,
            cookie_domain: None,
            older_cookie_domain: None,
            access_token_path: "/".to_owned(),
            use_dynamic_access_token_signing_key: true,
            token_transfer_method: TransferMethod::Any,
            expose_access_token_to_frontend_in_cookie_based_auth: false,
            session_expired_status_code: 401,
            invalid_claim_status_code: 403,
            cookie_names: names("sAccessToken", "sRefreshToken"),
            header_names: names("st-access-token", "st-refresh-token"),
            connection_uri: Vec::new(),
            api_key: None,
            origin_verifies: false,
            session_token_frontend_domain: None,
            refresh_page: None,
            claim_validators: Vec::new(),
            claim_pages: Vec::new(),
        }
    }

    /// The origin and the base path of the API, without a slash at the end.
    pub(super) fn api(&self) -> Result<(String, String), ConfigError> {
        let message = "Give the origin of the API, as in https://api.example.com.";
        let api = origin_of(&self.api_domain)
            .ok_or_else(|| ConfigError::invalid("apiDomain", message))?;
        Ok((api, base_path("apiBasePath", &self.api_base_path)?))
    }

    /// The addresses of the core in their one form.
    pub(super) fn core_addresses(&self) -> Result<Vec<String>, ConfigError> {
        let message = "Give the address of the core, as in https://core.example.com, or several with `;` between them.";
        let addresses: Option<_> =
            self.connection_uri.iter().map(|text| core_address(text)).collect();
        addresses.ok_or_else(|| ConfigError::invalid("connectionURI", message))
    }

    /// Where the keys come from.
    pub(super) fn key_source(&self, budget: &Budget) -> Result<KeySource, ConfigError> {
        let url = match (&self.jwks, &self.jwks_url) {
            (Some(_), Some(_)) => {
                let message = "Give only one of `jwks` and `jwksUrl`.";
                return Err(ConfigError::invalid("jwksUrl", message));
            }
            (Some(jwks), None) => {
                return KeySet::from_jwks(jwks, &[Algorithm::Rs256], budget)
                    .map(KeySource::Given)
                    .map_err(|error| ConfigError::new(error.code(), "jwks", error.message()));
            }
            (None, Some(url)) => url.clone(),
            (None, None) => {
                let (domain, base_path) = self.api()?;
                format!("{domain}{base_path}/jwt/jwks.json")
            }
        };
        if !is_safe_source(&url) {
            let option = if self.jwks_url.is_some() { "jwksUrl" } else { "apiDomain" };
            let message = "Keys must come from https:// (http:// only from this very machine). Give `jwksUrl` or `jwks` when the API itself has no TLS.";
            return Err(ConfigError::invalid(option, message));
        }
        let keys = KeySource::remote(HttpRequest::get(url), &[Algorithm::Rs256], budget);
        Ok(keys.fresh_for(MAX_FRESH_MS))
    }

    /// A page from the configuration.
    pub(super) fn page(option: &str, text: &str) -> Result<Target, ConfigError> {
        Target::parse(text).ok_or_else(|| {
            ConfigError::invalid(option, "Give an absolute URL or a path such as /auth.")
        })
    }
}

/// How long keys are used at most without asking again: four hours, as the peer's own cache. The
/// answer says when the next key will be made (`max-age`).
const MAX_FRESH_MS: i64 = 4 * 60 * 60 * 1000;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_address_of_a_core_is_refused() {
        let config = |list: &[&str]| SuperTokensConfig {
            connection_uri: list.iter().map(|&text| text.to_owned()).collect(),
            ..SuperTokensConfig::new("https://api.example")
        };
        let good = config(&["https://a/", "LOCALHOST:1/x/"]).core_addresses().unwrap();
        assert_eq!(good, ["https://a", "http://localhost:1/x"]);
        for bad in [&["https://a", "b c"][..], &["https://a/x?y"], &[""]] {
            let error = config(bad).core_addresses().unwrap_err();
            assert_eq!((error.code, error.option.as_str()), ("invalid-option", "connectionURI"));
        }
    }

    #[test]
    fn keys_come_from_the_api_unless_given() {
        let source = |config: &SuperTokensConfig| config.key_source(&Budget::DEFAULT);
        let config = SuperTokensConfig::new("https://api.example");
        assert!(
            format!("{:?}", source(&config)).contains("https://api.example/auth/jwt/jwks.json")
        );
        let plain = SuperTokensConfig::new("http://api.example");
        assert_eq!(source(&plain).unwrap_err().option, "apiDomain");
        let both = SuperTokensConfig {
            jwks: Some(Json::Null),
            jwks_url: Some("https://a/".to_owned()),
            ..config
        };
        assert_eq!(source(&both).unwrap_err().option, "jwksUrl");
    }
}
