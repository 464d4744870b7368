//! Where the visitor of a page is sent: to a refresh, to the sign-in page, to the screen that mends
//! a claim. Scripts refresh by themselves when they get a 401; navigations cannot.

use alloc::borrow::ToOwned;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::config::{SuperTokensConfig, TransferMethod, base_path, origin_of};
use super::page_visit::{PageVisit, RETURN_PARAMETER, SIGN_IN_PARAMETER};
use super::readable_cookies::ReadableCookies;
use super::site::cookie_domain;
use super::wire::Wire;
use crate::config::ConfigError;
use crate::decision::{Answer, AnswerPage, AuthState, AuthStatus, Header};
use crate::need::Fact;
use crate::policy::SignInPages;
use crate::provider::Context;
use crate::reason::Reason;
use crate::request::RequestHead;
use crate::url::{Target, Url, with_parameter};

/// Refreshes in a row: a second one would meet the same refusal. Those by the gate are counted when
/// they end, so that two pages that load at the same time do not hinder each other; those by the
/// application's own page when they begin, because nobody tells when they end.
pub(super) const MAX_ATTEMPTS: u32 = 1;

/// The pages of an application.
#[derive(Debug)]
pub(super) struct Pages {
    pub(super) api: Api,
    pub(super) readable: ReadableCookies,
    /// The origins of the API and of the website.
    origins: Vec<String>,
    /// The application's own page that refreshes; without one the gate does it.
    refresh_page: Option<Target>,
    sign_in: Target,
    /// By the id of the validator.
    claims: Vec<(String, Target)>,
}

/// Where sessions are refreshed.
#[derive(Debug)]
pub(super) struct Api {
    pub(super) refresh_url: String,
    pub(super) refresh_path: String,
    host: String,
    /// Without the dot at its start.
    cookie_domain: Option<String>,
    /// Whether browsers keep the cookies to themselves where there is no TLS.
    is_secure: bool,
    has_cookies: bool,
}

impl Pages {
    pub(super) fn new(config: &SuperTokensConfig, wire: &Wire) -> Result<Self, ConfigError> {
        let (domain, _) = config.api()?;
        let website = config.website_domain.as_deref().and_then(origin_of);
        let refresh_page = config.refresh_page.as_deref();
        Ok(Self {
            api: Api::new(config, wire)?,
            readable: ReadableCookies::new(config)?,
            origins: website.into_iter().chain([domain]).collect(),
            refresh_page: refresh_page
                .map(|page| SuperTokensConfig::page("refreshPage", page))
                .transpose()?,
            sign_in: website_page(config, "")?,
            claims: claim_pages(config)?,
        })
    }

    /// Where visitors sign in and up.
    pub(super) fn sign_in(&self) -> SignInPages {
        SignInPages {
            sign_in: Some(self.sign_in.text().into()),
            sign_up: Some(with_parameter(self.sign_in.text(), "show", "signup")),
            path_parameter: Some(SIGN_IN_PARAMETER),
            ..SignInPages::default()
        }
    }

    /// Whether a fact is the answer to a refresh by the gate.
    pub(super) fn asked_for(&self, fact: &Fact) -> bool {
        fact.key.starts_with(super::refresh_visit::KEY)
    }

    /// The request as the visit of a page.
    pub(super) fn visit<'r>(&self, head: &RequestHead<'r>, context: &Context<'_>) -> PageVisit<'r> {
        PageVisit::of(head, context, &self.origins)
    }

    /// Adds to a state where the visitor of a page is sent.
    pub(super) fn lead(
        &self,
        state: AuthState,
        head: &RequestHead<'_>,
        context: &Context<'_>,
    ) -> AuthState {
        let Some(answer) = state.answer.clone() else { return state };
        let visit = self.visit(head, context);
        let page = match state.status {
            AuthStatus::Refresh if state.reason == Some(Reason::TryRefreshToken) => {
                self.for_refused(&state, &visit)
            }
            AuthStatus::SignedOut => self.for_nobody(&state, &visit, context),
            AuthStatus::InvalidClaims | AuthStatus::NeedsOrigin => self.for_claims(&state, &visit),
            _ => None,
        };
        AuthState { answer: Some(Answer { page, ..answer }), ..state }
    }

    /// For the bearer of a token that is not accepted.
    fn for_refused(&self, state: &AuthState, visit: &PageVisit<'_>) -> Option<AnswerPage> {
        if state.detail == Some(Reason::AntiCsrfHeaderMissing) {
            // A form can send no header, and no refresh gives it one.
            return None;
        }
        let page = self.to_refresh(visit);
        Some(once(page, visit, Reason::RefreshAttemptsExceeded))
    }

    /// For somebody without a session.
    fn for_nobody(
        &self,
        state: &AuthState,
        visit: &PageVisit<'_>,
        context: &Context<'_>,
    ) -> Option<AnswerPage> {
        if let Some(fault) = visit.fault {
            // What the browser believes in is not known, so the sign-in page might send it back.
            return Some(AnswerPage::Nowhere(fault));
        }
        if state.detail == Some(Reason::SessionRevoked) {
            return Some(AnswerPage::SignIn { headers: self.readable.ended(visit, context.now) });
        }
        if !visit.has_front_token {
            // The kit on the sign-in page will try to refresh, which is an attempt as well.
            let is_in_doubt = !visit.has_last_update && visit.attempts < MAX_ATTEMPTS;
            return is_in_doubt.then(|| AnswerPage::SignIn { headers: counted(visit) });
        }
        // The browser's own kit believes in a session and would come back from the sign-in page.
        let page =
            self.to_refresh(visit).filter(|_| !visit.is_by_header || self.has_refresh_page());
        let reason = match state.detail {
            Some(Reason::TokenMissing) => Reason::SessionOutOfReach,
            _ => Reason::RefreshAttemptsExceeded,
        };
        Some(once(page, visit, reason))
    }

    const fn has_refresh_page(&self) -> bool {
        self.refresh_page.is_some()
    }

    /// To the page that refreshes; nowhere when there is none for this host.
    fn to_refresh(&self, visit: &PageVisit<'_>) -> Option<AnswerPage> {
        let path = visit.way_back();
        if let Some(page) = &self.refresh_page {
            let location = visit.to(page, RETURN_PARAMETER, &path);
            return Some(AnswerPage::To { location, headers: counted(visit) });
        }
        let location = self.refresh_location(visit, &path);
        let takes_cookies = self.api.takes_cookies_of(visit);
        takes_cookies.then(|| AnswerPage::To { location, headers: Vec::new() })
    }

    /// The refresh endpoint on the host of the page, where the gate refreshes.
    pub(super) fn refresh_location(&self, visit: &PageVisit<'_>, path: &str) -> String {
        let page = format!("{}{}", visit.origin, self.api.refresh_path);
        with_parameter(&page, RETURN_PARAMETER, path)
    }

    /// To the screen of the first claim that has one.
    ///
    /// From a screen on to those before it alone, so that two screens that ask for each other do not
    /// send a visitor to and fro.
    fn for_claims(&self, state: &AuthState, visit: &PageVisit<'_>) -> Option<AnswerPage> {
        let here = self.claims.iter().position(|(_, page)| visit.is_at(page));
        let open = self.claims.get(..here.unwrap_or(self.claims.len())).unwrap_or_default();
        let page = state
            .claim_errors
            .iter()
            .find_map(|error| open.iter().find(|(id, _)| *id == error.id).map(|(_, page)| page));
        let location = page.map(|page| visit.to(page, SIGN_IN_PARAMETER, &visit.way_back()));
        match (location, here) {
            (Some(location), _) => Some(AnswerPage::To { location, headers: Vec::new() }),
            (None, Some(_)) => Some(AnswerPage::Nowhere(Reason::ClaimPageProtected)),
            (None, None) => None,
        }
    }

    /// The sign-in page as seen from a request, with the way back to `path`.
    pub(super) fn sign_in_location(&self, visit: &PageVisit<'_>, path: &str) -> String {
        visit.to(&self.sign_in, SIGN_IN_PARAMETER, path)
    }
}

/// Once to that page, or to the sign-in page when there is none, where the browser's own kit may know
/// more; then to none, because that would go on without end.
fn once(page: Option<AnswerPage>, visit: &PageVisit<'_>, reason: Reason) -> AnswerPage {
    if visit.attempts >= MAX_ATTEMPTS {
        return AnswerPage::Nowhere(reason);
    }
    page.unwrap_or_else(|| AnswerPage::SignIn { headers: counted(visit) })
}

/// One more attempt; a page that is fetched in advance leads nobody on.
fn counted(visit: &PageVisit<'_>) -> Vec<Header> {
    if visit.is_prefetch { Vec::new() } else { alloc::vec![visit.counted()] }
}

impl Api {
    fn new(config: &SuperTokensConfig, wire: &Wire) -> Result<Self, ConfigError> {
        let (domain, _) = config.api()?;
        let refresh_path = wire.refresh_path.clone();
        let without_dot = |text: &str| {
            let domain = cookie_domain("cookieDomain", text)?;
            Ok(domain.trim_start_matches('.').to_owned())
        };
        Ok(Self {
            host: Url::parse(&domain).map(|url| url.authority.host()).unwrap_or_default(),
            cookie_domain: config.cookie_domain.as_deref().map(without_dot).transpose()?,
            refresh_url: format!("{domain}{refresh_path}"),
            refresh_path,
            is_secure: wire.is_secure,
            has_cookies: wire.transfer_method != TransferMethod::Header,
        })
    }

    /// Whether the API is on the host of this page.
    pub(super) fn is_at_host_of(&self, visit: &PageVisit<'_>) -> bool {
        visit.host() == self.host
    }

    /// Whether the browser sends the refresh token to the host of this page, too.
    pub(super) fn takes_cookies_of(&self, visit: &PageVisit<'_>) -> bool {
        let host = visit.host();
        let is_below = |domain: &String| {
            host == *domain
                || host.strip_suffix(domain.as_str()).is_some_and(|rest| rest.ends_with('.'))
        };
        let is_safe = visit.is_secure() || !self.is_secure || host == "localhost";
        let is_here = host == self.host || self.cookie_domain.as_ref().is_some_and(is_below);
        self.has_cookies && is_safe && is_here
    }
}

/// A page of the website: with its own origin only where that is known to be another one.
fn website_page(config: &SuperTokensConfig, path: &str) -> Result<Target, ConfigError> {
    let base = base_path("websiteBasePath", &config.website_base_path)?;
    let path = format!("{base}{path}");
    let path = if path.is_empty() { "/" } else { &path };
    let page = match &config.website_domain {
        None => path.to_owned(),
        Some(domain) => {
            let origin = origin_of(domain).ok_or_else(|| {
                let message = "Give the origin of the website, as in https://example.com.";
                ConfigError::invalid("websiteDomain", message)
            })?;
            format!("{origin}{path}")
        }
    };
    SuperTokensConfig::page("websiteBasePath", &page)
}

/// The pages that are configured, then those that the peer's own screens have.
fn claim_pages(config: &SuperTokensConfig) -> Result<Vec<(String, Target)>, ConfigError> {
    let own = config.claim_pages.iter().map(|(id, page)| {
        let option = format!("claimPages.{id}");
        SuperTokensConfig::page(&option, page).map(|page| (id.clone(), page))
    });
    let mut pages = own.collect::<Result<Vec<_>, _>>()?;
    for (id, path) in [("st-ev", "/verify-email"), ("st-mfa", "/mfa")] {
        pages.push((id.to_owned(), website_page(config, path)?));
    }
    Ok(pages)
}
