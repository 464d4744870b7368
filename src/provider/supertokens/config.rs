//! The options of the SuperTokens provider, under the names of `supertokens-node`.

use alloc::borrow::ToOwned;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::claims::ClaimValidator;
use crate::budget::Budget;
use crate::config::{ConfigError, Options};
use crate::host::Authority;
use crate::json::Json;
use crate::key::{Algorithm, KeySet, KeySource, is_safe_source};
use crate::need::HttpRequest;
use crate::provider::SecretKey;
use crate::url::Target;

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

/// The protection against forged requests (`antiCsrf`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AntiCsrf {
    /// `VIA_TOKEN`: the header `anti-csrf` must hold what the token does.
    ViaToken,
    /// `VIA_CUSTOM_HEADER`: there must be a header `rid`, which no form can send.
    ViaCustomHeader,
    /// `NONE`: `SameSite` cookies are enough.
    None,
}

/// The attribute `SameSite` of cookies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SameSite {
    /// `strict`
    Strict,
    /// `lax`
    Lax,
    /// `none`
    None,
}

/// How tokens travel (`getTokenTransferMethod`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TransferMethod {
    /// `any`: whatever the client chose.
    #[default]
    Any,
    /// `cookie`
    Cookie,
    /// `header`
    Header,
}

/// The names under which the two tokens travel.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TokenNames {
    /// Of the access token.
    pub access: String,
    /// Of the refresh token.
    pub refresh: String,
}

impl AntiCsrf {
    /// The mode of this name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        match name {
            "VIA_TOKEN" => Some(Self::ViaToken),
            "VIA_CUSTOM_HEADER" => Some(Self::ViaCustomHeader),
            "NONE" => Some(Self::None),
            _ => None,
        }
    }
}

impl SameSite {
    /// The value of this name, without regard to case and white space around it.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        match name.trim().to_ascii_lowercase().as_str() {
            "strict" => Some(Self::Strict),
            "lax" => Some(Self::Lax),
            "none" => Some(Self::None),
            _ => None,
        }
    }
}

impl TransferMethod {
    /// The method of this name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        match name {
            "any" => Some(Self::Any),
            "cookie" => Some(Self::Cookie),
            "header" => Some(Self::Header),
            _ => None,
        }
    }
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

    /// The origin and the base path of the API, without a slash at the end.
    pub(super) fn api(&self) -> Result<(String, String), ConfigError> {
        let message = "Give the origin of the API, as in https://api.example.com.";
        let api = origin_of(&self.api_domain)
            .ok_or_else(|| ConfigError::invalid("apiDomain", message))?;
        Ok((api, base_path("apiBasePath", &self.api_base_path)?))
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

/// `scheme://host[:port]` of a domain, whatever follows it, with `https` unless it names a scheme;
/// `localhost` and addresses have `http`, as in `supertokens-node`.
pub(super) fn origin_of(domain: &str) -> Option<String> {
    let domain = domain.trim().to_ascii_lowercase();
    let named = ["https", "http"].into_iter().find_map(|scheme| {
        let rest = domain.strip_prefix(scheme)?.strip_prefix("://")?;
        Some((scheme, rest))
    });
    let rest = named.map_or(domain.strip_prefix('.').unwrap_or(&domain), |(_, rest)| rest);
    // A colon at the end is that of a scheme that is none of the web's.
    let text = rest.split(['/', '?', '#']).next().filter(|text| !text.ends_with(':'))?;
    let authority = Authority::parse(text)?;
    let host = authority.host();
    let is_here = host == "localhost" || host.parse::<core::net::Ipv4Addr>().is_ok();
    let guessed = if is_here { "http" } else { "https" };
    Some(authority.origin(named.map_or(guessed, |(scheme, _)| scheme)))
}

/// A path that other paths follow: with a slash at its start and none at its end.
pub(super) fn base_path(option: &str, text: &str) -> Result<String, ConfigError> {
    let path = text.trim().trim_matches('/');
    if path.is_empty() {
        return Ok(String::new());
    }
    let path = format!("/{path}");
    match Target::parse(&path) {
        Some(Target::Path(path)) if !path.contains(['?', '#']) && !path.contains("//") => Ok(path),
        _ => Err(ConfigError::invalid(option, "Give a path such as /auth.")),
    }
}

pub(super) fn transfer_method(
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

/// RFC 9110 section 5.6.2.
fn is_token_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte)
}

/// The addresses of a list that `;` separates, without slashes at their ends; like domains, they need
/// not name a scheme.
fn addresses(options: &Options<'_>) -> Result<Vec<String>, ConfigError> {
    let option = "connectionURI";
    let list = options.string(option)?.unwrap_or_default();
    let one = |text: &str| {
        let message = "Give the address of the core, as in https://core.example, or several with `;` between them.";
        let invalid = || ConfigError::invalid(options.name(option), message);
        let origin = origin_of(text).ok_or_else(invalid)?;
        let rest = text.split_once("://").map_or(text, |(_, rest)| rest);
        let path = rest.split_once('/').map_or("", |(_, path)| path);
        base_path(option, path).map(|path| origin + &path).map_err(|_| invalid())
    };
    list.split(';').map(str::trim).filter(|text| !text.is_empty()).map(one).collect()
}

/// An array of claim validators.
pub(super) fn claim_validators(
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
    let page = |(id, page): &(String, Json)| match page.as_str() {
        Some(page) => Ok((id.clone(), page.to_owned())),
        None => Err(refuse(&options.name(&format!("claimPages.{id}")))),
    };
    members.iter().map(page).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<SuperTokensConfig, ConfigError> {
        let json = Json::parse(text.as_bytes(), &Budget::DEFAULT).unwrap();
        SuperTokensConfig::from_options(&json, "provider")
    }

    #[test]
    fn options_are_read_under_the_names_of_the_peer() {
        let config = read(
            r#"{"kind":"supertokens","apiDomain":"https://api.example/","antiCsrf":"VIA_TOKEN",
                "cookieSameSite":" Lax","getTokenTransferMethod":"cookie",
                "connectionURI":"https://a/;https://b/x/","claimPages":{"st-ev":"/verify"},
                "cookieNames":{"access":"at"},"invalidClaimStatusCode":418}"#,
        )
        .unwrap();
        assert_eq!(config.anti_csrf, Some(AntiCsrf::ViaToken));
        assert_eq!(config.cookie_same_site, Some(SameSite::Lax));
        assert_eq!(config.token_transfer_method, TransferMethod::Cookie);
        assert_eq!(config.connection_uri, ["https://a", "https://b/x"]);
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
            (r#""connectionURI":"https://a/;b c""#, "invalid-option", "connectionURI"),
            (r#""connectionURI":"https://a/x?y""#, "invalid-option", "connectionURI"),
        ] {
            let error = read(&format!(r#"{{"apiDomain":"https://a",{rest}}}"#)).unwrap_err();
            assert_eq!((error.code, error.option), (code, format!("provider.{option}")), "{rest}");
        }
        assert_eq!(read("{}").unwrap_err().option, "provider.apiDomain");
    }

    #[test]
    fn addresses_of_the_core_become_urls() {
        let list = "HTTPS://Core.example:443/A/;try.example;try.example:8080/x; ;localhost:90/";
        let config = read(&format!(r#"{{"apiDomain":"https://a","connectionURI":"{list}"}}"#));
        assert_eq!(
            config.unwrap().connection_uri,
            [
                "https://core.example/A",
                "https://try.example",
                "https://try.example:8080/x",
                "http://localhost:90"
            ]
        );
    }

    #[test]
    fn domains_become_origins() {
        for (domain, origin) in [
            ("https://API.example:443/x", Some("https://api.example")),
            ("api.example", Some("https://api.example")),
            ("localhost:3000", Some("http://localhost:3000")),
            ("127.0.0.1", Some("http://127.0.0.1")),
            ("HTTP://Api.example?x", Some("http://api.example")),
            (".example.com#x", Some("https://example.com")),
            ("[::1]:3000/x", Some("https://[::1]:3000")),
            ("", None),
            ("a b", None),
            ("//x", None),
            ("https://", None),
            ("https://u:p@a.example", None),
            ("ftp://a.example", None),
            ("javascript:x", None),
        ] {
            assert_eq!(origin_of(domain).as_deref(), origin, "{domain}");
        }
    }

    #[test]
    fn base_paths_have_one_form() {
        for (text, path) in [("/auth/", "/auth"), ("auth", "/auth"), ("/", ""), ("", "")] {
            assert_eq!(base_path("apiBasePath", text).as_deref(), Ok(path));
        }
        for text in ["/a?b", "/a#", "a\\b", "/a//b", "https://a.example/b"] {
            assert!(base_path("apiBasePath", text).is_err(), "{text}");
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
