//! The Clerk instance that the requests belong to, and the domains it is seen under.

use alloc::borrow::{Cow, ToOwned};
use alloc::format;
use alloc::string::String;

use super::cookies::CookieNames;
use super::publishable_key::{PublishableKey, accounts_origin};
use crate::url::{Target, Url};

/// What the configuration says about the instance.
#[derive(Debug)]
pub(super) struct Instance {
    /// The names of its own cookies; none without a publishable key.
    pub(super) cookies: Option<CookieNames>,
    pub(super) is_production: bool,
    /// The host of the Frontend API that issues the tokens.
    issuer_host: Option<String>,
    /// The Frontend API as browsers reach it: a host, or the proxy in front of it.
    frontend_api: Option<FrontendApi>,
    pub(super) satellite: Option<Satellite>,
}

/// How browsers reach the Frontend API.
#[derive(Debug)]
enum FrontendApi {
    Host(String),
    Proxy(Target),
}

/// An application on a domain of its own that shares the sessions of a primary one.
#[derive(Debug)]
pub(super) struct Satellite {
    /// Whether the first visit already asks the primary domain.
    pub(super) auto_sync: bool,
    /// Where visitors sign in, on the primary domain.
    pub(super) sign_in: Option<Target>,
}

impl Instance {
    pub(super) fn new(
        key: Option<&PublishableKey>,
        proxy: Option<Target>,
        domain: Option<&str>,
        satellite: Option<Satellite>,
    ) -> Self {
        let is_production = key.is_some_and(PublishableKey::is_production);
        // A satellite in production is served by a Frontend API on its own domain.
        let own_host = match domain {
            Some(domain) if is_production && satellite.is_some() => Some(format!("clerk.{domain}")),
            _ => key.map(|key| key.frontend_api().to_owned()),
        };
        let host = own_host.clone().map(FrontendApi::Host);
        Self {
            cookies: key.map(|key| CookieNames::new(&key.cookie_suffix())),
            is_production,
            issuer_host: own_host,
            frontend_api: proxy.map(FrontendApi::Proxy).or(host),
            satellite,
        }
    }

    /// Whether `iss` of a token is this instance; schemes do not count.
    pub(super) fn issued(&self, issuer: &str) -> bool {
        let Some(host) = &self.issuer_host else { return false };
        let rest = issuer.strip_prefix("https://").unwrap_or(issuer);
        // The usual issuer needs no memory.
        if rest.contains("://") { *host == *without_schemes(issuer) } else { host == rest }
    }

    /// The address of the Frontend API with one slash at its end, as seen from `origin`.
    pub(super) fn frontend_api_url(&self, origin: &str) -> Option<String> {
        let base = match self.frontend_api.as_ref()? {
            FrontendApi::Host(host) => Cow::Owned(format!("https://{host}")),
            FrontendApi::Proxy(proxy) => proxy.resolve(origin),
        };
        // The slash makes the base a folder, so that no part of the proxy's path gets lost.
        Some(format!("{}/", base.trim_end_matches('/')))
    }

    /// The host name of the Frontend API as browsers reach it from `origin`.
    pub(super) fn frontend_api_host(&self, origin: &str) -> Option<String> {
        match self.frontend_api.as_ref()? {
            FrontendApi::Host(host) => Some(host.clone()),
            FrontendApi::Proxy(proxy) => {
                let url = proxy.resolve(origin);
                Url::parse(&url).ok().map(|url| url.authority.host())
            }
        }
    }

    /// Where the hosted pages are; behind a proxy they have no place of their own.
    pub(super) fn accounts_origin(&self) -> Option<String> {
        match self.frontend_api.as_ref()? {
            FrontendApi::Host(host) => Some(accounts_origin(host).to_ascii_lowercase()),
            FrontendApi::Proxy(_) => None,
        }
    }
}

/// The text without any `http://` and `https://`, in whatever case.
fn without_schemes(text: &str) -> Cow<'_, str> {
    let lower = text.to_ascii_lowercase();
    if !lower.contains("://") {
        return Cow::Borrowed(text);
    }
    let mut rest = text;
    let mut kept = String::new();
    while let Some(next) = rest.chars().next() {
        let scheme = ["https://", "http://"].into_iter().find(|scheme| {
            rest.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme))
        });
        let step = scheme.map_or(next.len_utf8(), str::len);
        if scheme.is_none() {
            kept.push(next);
        }
        rest = rest.get(step..).unwrap_or("");
    }
    Cow::Owned(kept)
}
