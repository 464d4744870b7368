//! What follows from the two domains: `SameSite`, `Secure`, and the domain of cookies.
//!
//! Whether two hosts belong to one site is written in the public suffix list, which is large, changes
//! every week and is not carried along. Most pairs can be told without it; the rest must be said.

use alloc::format;
use alloc::string::String;
use core::net::Ipv4Addr;

use super::config::{SameSite, SuperTokensConfig, TransferMethod, origin_of};
use super::set_cookie::is_cookie_domain;
use crate::config::ConfigError;
use crate::host::Authority;
use crate::url::Url;

/// What is known about where the API and the website are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Site {
    pub(super) same_site: SameSite,
    /// Whether the API is reached over TLS.
    pub(super) is_tls: bool,
    /// Whether both API and website are on this machine or at bare addresses.
    pub(super) is_local: bool,
}

impl Site {
    pub(super) fn new(config: &SuperTokensConfig) -> Result<Self, ConfigError> {
        let api = Place::of("apiDomain", &config.api_domain)?;
        let website = config.website_domain.as_deref();
        let website = website.map(|domain| Place::of("websiteDomain", domain)).transpose()?;
        let domain = config.cookie_domain.as_deref();
        let domain = domain.map(|domain| cookie_domain("cookieDomain", domain)).transpose()?;
        let derived = || match &website {
            Some(website) => same_site(&api, website, domain.as_deref()),
            None => None,
        };
        let same_site = match (config.cookie_same_site.or_else(derived), &website) {
            (Some(same_site), _) => same_site,
            // No cookies, no attribute: it is needed only to take away forgotten ones.
            (None, _) if config.token_transfer_method == TransferMethod::Header => SameSite::Lax,
            (None, Some(_)) => return Err(ConfigError::missing("cookieSameSite", UNKNOWN_SITE)),
            (None, None) => return Err(ConfigError::missing("websiteDomain", NO_WEBSITE)),
        };
        let is_local = api.is_local() && website.as_ref().is_some_and(Place::is_local);
        Ok(Self { same_site, is_tls: api.is_tls, is_local })
    }
}

const NO_WEBSITE: &str =
    "Give the origin of the website, as in https://example.com, or `cookieSameSite`.";
const UNKNOWN_SITE: &str = "Whether API and website are one site cannot be told without a list of public suffixes. Give `cookieSameSite`: 'lax' if they are, else 'none'. A `cookieDomain` that holds both is an answer, too.";

/// A scheme and a host.
struct Place {
    is_tls: bool,
    host: String,
}

impl Place {
    fn of(option: &str, domain: &str) -> Result<Self, ConfigError> {
        let origin = origin_of(domain);
        let url = origin.as_deref().and_then(|origin| Url::parse(origin).ok());
        let message = "Give an origin, as in https://example.com.";
        let url = url.ok_or_else(|| ConfigError::invalid(option, message))?;
        Ok(Self { is_tls: url.scheme == "https", host: url.authority.host() })
    }

    /// As the peer sees it: every port of this machine, and every bare address, is one site.
    fn is_local(&self) -> bool {
        self.host.starts_with("localhost") || is_ipv4(&self.host)
    }
}

fn is_ipv4(host: &str) -> bool {
    host.parse::<Ipv4Addr>().is_ok()
}

/// The peer's default, or `None` when only the public suffix list could tell.
///
/// A registrable domain has at least two labels, so hosts that share fewer are two sites. One host
/// below the other is one site: nobody serves a website from a public suffix itself. So are two
/// hosts below the domain of the cookies: browsers take no cookies for a public suffix (RFC 6265
/// section 5.3, step 5).
fn same_site(api: &Place, website: &Place, cookie_domain: Option<&str>) -> Option<SameSite> {
    let is_bare = |host: &str| is_ipv4(host) || host.starts_with('[');
    if api.is_tls != website.is_tls {
        return Some(SameSite::None);
    }
    if api.host == website.host || (api.is_local() && website.is_local()) {
        return Some(SameSite::Lax);
    }
    let cannot_share = |place: &Place| place.is_local() || is_bare(&place.host);
    if cannot_share(api) || cannot_share(website) || shared_labels(&api.host, &website.host) < 2 {
        return Some(SameSite::None);
    }
    let domain = cookie_domain.map(|domain| domain.trim_start_matches('.'));
    let is_one = is_below(&api.host, &website.host)
        || is_below(&website.host, &api.host)
        || domain.is_some_and(|domain| {
            domain.contains('.') && is_below(&api.host, domain) && is_below(&website.host, domain)
        });
    is_one.then_some(SameSite::Lax)
}

/// How many labels two host names have in common at their ends.
fn shared_labels(one: &str, other: &str) -> usize {
    let (one, other) = (one.rsplit('.'), other.rsplit('.'));
    one.zip(other).take_while(|(one, other)| one == other).count()
}

/// Whether `host` is `domain` or below it.
fn is_below(host: &str, domain: &str) -> bool {
    host.strip_suffix(domain).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
}

/// The domain of cookies in its one form: lower case, without scheme, port and path; with a dot at
/// its start if it was given one, but never for `localhost` and addresses.
pub(super) fn cookie_domain(option: &str, text: &str) -> Result<String, ConfigError> {
    let lower = text.trim().to_ascii_lowercase();
    let rest = lower.strip_prefix('.').unwrap_or(&lower);
    let rest = rest.strip_prefix("https://").or(rest.strip_prefix("http://")).unwrap_or(rest);
    let authority = rest.split(['/', '?', '#']).next().unwrap_or(rest);
    let (dot, host) = match authority.strip_prefix('.') {
        Some(host) if !lower.starts_with('.') => (".", host),
        _ if lower.starts_with('.') => (".", authority),
        _ => ("", authority),
    };
    let host = Authority::parse(host).filter(|_| !host.starts_with('.'));
    let domain = host.map(|authority| authority.host()).map(|host| {
        let has_no_dot = host == "localhost" || is_ipv4(&host);
        if has_no_dot { host } else { format!("{dot}{host}") }
    });
    domain.filter(|domain| is_cookie_domain(domain)).ok_or_else(|| {
        let message = "Give the domain of the cookies, as in example.com or .example.com.";
        ConfigError::invalid(option, message)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn config(api: &str, website: Option<&str>, domain: Option<&str>) -> SuperTokensConfig {
        SuperTokensConfig {
            website_domain: website.map(Into::into),
            cookie_domain: domain.map(Into::into),
            ..SuperTokensConfig::new(api)
        }
    }

    #[test]
    fn domains_of_cookies_have_one_form() {
        for (text, domain) in [
            ("API.example.COM", "api.example.com"),
            (" .example.com ", ".example.com"),
            ("https://api.example.com:8080/x?y#z", "api.example.com"),
            ("http://.example.com", ".example.com"),
            (".http://example.com", ".example.com"),
            (".example.com?x", ".example.com"),
            ("localhost", "localhost"),
            (".localhost", "localhost"),
            (".localhost:8080", "localhost"),
            (".localhost.org", ".localhost.org"),
            ("api.example.com#random", "api.example.com"),
            (".api.example.com/?hello=1&bye=2", ".api.example.com"),
            ("a.sub.example.com", "a.sub.example.com"),
            ("localhost:3000", "localhost"),
            ("https://localhost.test", "localhost.test"),
            ("127.0.0.1", "127.0.0.1"),
            (".127.0.0.1:80", "127.0.0.1"),
            ("http://127.0.0.1/", "127.0.0.1"),
        ] {
            assert_eq!(cookie_domain("cookieDomain", text).as_deref(), Ok(domain), "{text}");
        }
        for text in
            ["", " ", "..example.com", "exa mple.com", "a.b:99999", "a@b.c", "127.1", "a_b.c"]
        {
            let error = cookie_domain("cookieDomain", text).unwrap_err();
            assert_eq!((error.code, error.option.as_str()), ("invalid-option", "cookieDomain"));
        }
    }

    #[test]
    fn same_site_follows_from_the_domains_where_they_tell() {
        let cases = [
            ("https://a.com", "https://a.com:8080", None, SameSite::Lax),
            ("https://api.a.com", "https://a.com", None, SameSite::Lax),
            ("https://a.com", "https://x.y.a.com", None, SameSite::Lax),
            ("https://api.a.com", "https://app.a.com", Some(".a.com"), SameSite::Lax),
            ("https://api.a.com", "http://api.a.com", None, SameSite::None),
            ("https://api.a.com", "https://api.b.com", None, SameSite::None),
            ("https://api.a.com", "https://api.a.org", None, SameSite::None),
            ("https://xa.com", "https://a.com", None, SameSite::None),
            ("https://x.com", "https://y.com", Some("com"), SameSite::None),
            ("http://localhost:3000", "http://127.0.0.1:8080", None, SameSite::Lax),
            ("http://localhost:3000", "http://a.com", None, SameSite::None),
            ("http://1.2.3.4", "http://8.2.3.4", None, SameSite::Lax),
            ("http://[::1]", "http://[::2]", None, SameSite::None),
            ("http://a.local", "http://b.local", None, SameSite::None),
        ];
        for (api, website, domain, expected) in cases {
            let site = Site::new(&config(api, Some(website), domain)).unwrap();
            assert_eq!(site.same_site, expected, "{api} {website} {domain:?}");
        }
    }

    #[test]
    fn what_the_domains_do_not_tell_must_be_said() {
        let siblings = config("https://api.co.uk", Some("https://app.co.uk"), None);
        assert_eq!(Site::new(&siblings).unwrap_err().option, "cookieSameSite");
        let elsewhere = config("https://x.a.com", Some("https://y.a.com"), Some("x.a.com"));
        assert_eq!(Site::new(&elsewhere).unwrap_err().option, "cookieSameSite");
        let alone = config("https://api.a.com", None, None);
        assert_eq!(Site::new(&alone).unwrap_err().option, "websiteDomain");
        let said = SuperTokensConfig { cookie_same_site: Some(SameSite::Strict), ..alone.clone() };
        assert_eq!(Site::new(&said).unwrap().same_site, SameSite::Strict);
        let by_header =
            SuperTokensConfig { token_transfer_method: TransferMethod::Header, ..alone };
        assert!(Site::new(&by_header).is_ok());
    }

    #[test]
    fn places_tell_whether_cookies_can_be_secure() {
        let site = Site::new(&config("localhost:3000", Some("127.0.0.1"), None)).unwrap();
        assert_eq!((site.is_tls, site.is_local), (false, true));
        let site = Site::new(&config("api.a.com", Some("a.com"), None)).unwrap();
        assert_eq!((site.is_tls, site.is_local), (true, false));
        assert_eq!(Site::new(&config("//", None, None)).unwrap_err().option, "apiDomain");
        let wrong = config("https://a.com", Some("a b"), None);
        assert_eq!(Site::new(&wrong).unwrap_err().option, "websiteDomain");
    }
}
