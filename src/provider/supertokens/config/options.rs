//! The options as JSON.

use alloc::borrow::ToOwned;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::SuperTokensConfig;
use super::words::{AntiCsrf, SameSite, TokenNames, TransferMethod};
use crate::config::{ConfigError, Options};
use crate::json::{Json, Name};
use crate::provider::SecretKey;
use crate::provider::supertokens::claims::ClaimValidator;
use crate::request::is_token_byte;

impl SuperTokensConfig {
    /// The options in JSON.
    pub(crate) fn from_options(json: &Json, path: &str) -> Result<Self, ConfigError> {
        let options = Options::new(json, path, KNOWN)?;
        let message = "Give the origin of the API, as in https://api.example.com.";
        let missing = || ConfigError::missing(options.name("apiDomain"), message);
        let defaults = Self::new(options.string("apiDomain")?.ok_or_else(missing)?);
        let string = |name, default: String| {
            options.string(name).map(|text| text.map_or(default, ToOwned::to_owned))
        };
        Ok(Self {
            api_base_path: string("apiBasePath", defaults.api_base_path)?,
            api_gateway_path: string("apiGatewayPath", defaults.api_gateway_path)?,
            website_domain: options.owned_string("websiteDomain")?,
            website_base_path: string("websiteBasePath", defaults.website_base_path)?,
            jwks: options.get("jwks").cloned(),
            jwks_url: options.owned_string("jwksUrl")?,
            anti_csrf: word(&options, "antiCsrf", AntiCsrf::from_name, ANTI_CSRF)?,
            cookie_same_site: word(&options, "cookieSameSite", SameSite::from_name, SAME_SITE)?,
            cookie_secure: options.boolean("cookieSecure")?,
            cookie_domain: options.owned_string("cookieDomain")?,
            older_cookie_domain: options.owned_string("olderCookieDomain")?,
            access_token_path: string("accessTokenPath", defaults.access_token_path)?,
            use_dynamic_access_token_signing_key: options
                .boolean("useDynamicAccessTokenSigningKey")?
                .unwrap_or(true),
            token_transfer_method: transfer_method(&options, "getTokenTransferMethod")?
                .unwrap_or_default(),
            expose_access_token_to_frontend_in_cookie_based_auth: options
                .boolean("exposeAccessTokenToFrontendInCookieBasedAuth")?
                .unwrap_or(false),
            session_expired_status_code: status(&options, "sessionExpiredStatusCode")?
                .unwrap_or(defaults.session_expired_status_code),
            invalid_claim_status_code: status(&options, "invalidClaimStatusCode")?
                .unwrap_or(defaults.invalid_claim_status_code),
            cookie_names: names(&options, "cookieNames", defaults.cookie_names)?,
            header_names: names(&options, "headerNames", defaults.header_names)?,
            connection_uri: addresses(&options)?,
            api_key: options.string("apiKey")?.and_then(SecretKey::new),
            origin_verifies: options.boolean("originVerifies")?.unwrap_or(false),
            session_token_frontend_domain: options.owned_string("sessionTokenFrontendDomain")?,
            refresh_page: options.owned_string("refreshPage")?,
            claim_validators: claim_validators(&options)?.unwrap_or_default(),
            claim_pages: claim_pages(&options)?,
            api_domain: defaults.api_domain,
        })
    }
}

const KNOWN: &[&str] = &[
    "kind",
    "apiDomain",
    "apiBasePath",
    "apiGatewayPath",
    "websiteDomain",
    "websiteBasePath",
    "jwks",
    "jwksUrl",
    "antiCsrf",
    "cookieSameSite",
    "cookieSecure",
    "cookieDomain",
    "olderCookieDomain",
    "accessTokenPath",
    "useDynamicAccessTokenSigningKey",
    "getTokenTransferMethod",
    "exposeAccessTokenToFrontendInCookieBasedAuth",
    "sessionExpiredStatusCode",
    "invalidClaimStatusCode",
    "cookieNames",
    "headerNames",
    "connectionURI",
    "apiKey",
    "originVerifies",
    "sessionTokenFrontendDomain",
    "refreshPage",
    "claimValidators",
    "claimPages",
];

const ANTI_CSRF: &str = "Use 'VIA_TOKEN', 'VIA_CUSTOM_HEADER' or 'NONE'.";
const SAME_SITE: &str = "Use 'strict', 'lax' or 'none'.";
const TRANSFER_METHOD: &str = "Use 'any', 'cookie' or 'header'.";

pub(in crate::provider::supertokens) fn transfer_method(
    options: &Options<'_>,
    option: &str,
) -> Result<Option<TransferMethod>, ConfigError> {
    word(options, option, TransferMethod::from_name, TRANSFER_METHOD)
}

fn word<T>(
    options: &Options<'_>,
    option: &str,
    read: impl Fn(&str) -> Option<T>,
    message: &'static str,
) -> Result<Option<T>, ConfigError> {
    let Some(name) = options.string(option)? else { return Ok(None) };
    read(name).map(Some).ok_or_else(|| ConfigError::invalid(options.name(option), message))
}

fn status(options: &Options<'_>, option: &str) -> Result<Option<u16>, ConfigError> {
    let Some(code) = options.integer(option)? else { return Ok(None) };
    let status = u16::try_from(code).ok().filter(|status| (400..=499).contains(status));
    status.map(Some).ok_or_else(|| {
        ConfigError::invalid(options.name(option), "Use a status between 400 and 499.")
    })
}

fn names(
    options: &Options<'_>,
    option: &str,
    defaults: TokenNames,
) -> Result<TokenNames, ConfigError> {
    let Some(json) = options.get(option) else { return Ok(defaults) };
    let path = options.name(option);
    let names = Options::new(json, &path, &["access", "refresh"])?;
    let name = |option, default: String| match names.string(option)? {
        None => Ok(default),
        Some(name) if !name.is_empty() && name.bytes().all(is_token_byte) => Ok(name.to_owned()),
        Some(_) => {
            let message = "Use letters, digits and the marks that names of cookies may have.";
            Err(ConfigError::invalid(names.name(option), message))
        }
    };
    Ok(TokenNames {
        access: name("access", defaults.access)?,
        refresh: name("refresh", defaults.refresh)?,
    })
}

/// The parts of a list that `;` separates.
fn addresses(options: &Options<'_>) -> Result<Vec<String>, ConfigError> {
    let list = options.string("connectionURI")?.unwrap_or_default();
    Ok(list
        .split(';')
        .map(str::trim)
        .filter(|text| !text.is_empty())
        .map(ToOwned::to_owned)
        .collect())
}

/// An array of claim validators.
pub(in crate::provider::supertokens) fn claim_validators(
    options: &Options<'_>,
) -> Result<Option<Vec<ClaimValidator>>, ConfigError> {
    let option = "claimValidators";
    let read = |json| ClaimValidator::list_from_json(json, &options.name(option));
    options.get(option).map(read).transpose()
}

/// `{"validator id": "page"}`
fn claim_pages(options: &Options<'_>) -> Result<Vec<(String, String)>, ConfigError> {
    let Some(json) = options.get("claimPages") else { return Ok(Vec::new()) };
    let refuse = |name: &str| {
        let message = "Give an object of pages by the ids of validators, as in { 'st-ev': '/auth/verify-email' }.";
        ConfigError::new("wrong-type", name, message)
    };
    let Json::Object(members) = json else { return Err(refuse(&options.name("claimPages"))) };
    let page = |(id, page): &(Name, Json)| match page.as_str() {
        Some(page) => Ok((String::from(id.as_str()), page.to_owned())),
        None => Err(refuse(&options.name(&format!("claimPages.{id}")))),
    };
    members.iter().map(page).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::budget::Budget;

    fn read(text: &str) -> Result<SuperTokensConfig, ConfigError> {
        let json = Json::parse(text.as_bytes(), &Budget::DEFAULT).unwrap();
        SuperTokensConfig::from_options(&json, "provider")
    }

    #[test]
    fn options_are_read_under_the_names_of_the_peer() {
        let config = read(
            r#"{"kind":"supertokens","apiDomain":"https://api.example/","antiCsrf":"VIA_TOKEN",
                "cookieSameSite":" Lax","getTokenTransferMethod":"cookie",
                "connectionURI":"https://a/;; https://b/x/ ","claimPages":{"st-ev":"/verify"},
                "cookieNames":{"access":"at"},"invalidClaimStatusCode":418}"#,
        )
        .unwrap();
        assert_eq!(config.anti_csrf, Some(AntiCsrf::ViaToken));
        assert_eq!(config.cookie_same_site, Some(SameSite::Lax));
        assert_eq!(config.token_transfer_method, TransferMethod::Cookie);
        assert_eq!(config.connection_uri, ["https://a/", "https://b/x/"]);
        assert_eq!(config.claim_pages, [("st-ev".to_owned(), "/verify".to_owned())]);
        assert_eq!(config.cookie_names.access, "at");
        assert_eq!(config.cookie_names.refresh, "sRefreshToken");
        assert_eq!(config.invalid_claim_status_code, 418);
        let defaults = SuperTokensConfig::new("https://api.example");
        assert_eq!(read(r#"{"apiDomain":"https://api.example"}"#), Ok(defaults));
    }

    #[test]
    fn faults_name_the_option() {
        for (rest, code, option) in [
            (r#""x":1"#, "unknown-option", "x"),
            (r#""antiCsrf":"none""#, "invalid-option", "antiCsrf"),
            (r#""cookieSameSite":"x""#, "invalid-option", "cookieSameSite"),
            (r#""getTokenTransferMethod":1"#, "wrong-type", "getTokenTransferMethod"),
            (r#""sessionExpiredStatusCode":200"#, "invalid-option", "sessionExpiredStatusCode"),
            (r#""cookieNames":{"access":"a b"}"#, "invalid-option", "cookieNames.access"),
            (r#""claimPages":{"a":1}"#, "wrong-type", "claimPages.a"),
        ] {
            let error = read(&format!(r#"{{"apiDomain":"https://a",{rest}}}"#)).unwrap_err();
            assert_eq!((error.code, error.option), (code, format!("provider.{option}")), "{rest}");
        }
        assert_eq!(read("{}").unwrap_err().option, "provider.apiDomain");
    }
}
