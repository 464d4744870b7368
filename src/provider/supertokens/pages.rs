//! Where the visitor of a page is sent: to a refresh, to the sign-in page, to the screen that mends
//! a claim. Scripts refresh by themselves when they get a 401; navigations cannot.

use alloc::borrow::{Cow, ToOwned};
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::config::{SuperTokensConfig, base_path, origin_of};
use crate::config::ConfigError;
use crate::cookie::Cookies;
use crate::decision::{Answer, AnswerPage, AuthState, AuthStatus, ClaimError, Header};
use crate::need::Fact;
use crate::policy::SignInPages;
use crate::provider::Context;
use crate::reason::Reason;
use crate::request::{EffectiveUrl, RequestHead};
use crate::url::{Target, Url, with_parameter};

/// The parameter with the way back from a refresh.
pub(super) const RETURN_PARAMETER: &str = "stRedirectTo";
/// The parameter with the way back from the sign-in page and the screens of claims.
pub(super) const SIGN_IN_PARAMETER: &str = "redirectToPath";
/// The cookie that counts refreshes, so that they end.
const ATTEMPT_COOKIE: &str = "stSsrSessionRefreshAttempt";
/// How long they are counted, in seconds.
const ATTEMPT_SECONDS: u32 = 10;
/// The cookie of the browser's own kit that says that there is a session.
pub(super) const FRONT_TOKEN_COOKIE: &str = "sFrontToken";

/// Refreshes by the gate in a row: a second one would meet the same refusal. It is counted when a
/// refresh ends, so that two pages that load at the same time do not hinder each other.
pub(super) const MAX_BY_GATE: u32 = 1;
/// Visits to the application's own refresh page in a row. They are counted when they begin, so
/// there is room for pages that load at the same time.
const MAX_BY_PAGE: u32 = 3;

/// The pages of an application.
#[derive(Debug)]
pub(super) struct Pages {
    pub(super) api: Api,
    /// The application's own page that refreshes; without one the gate does it.
    refresh_page: Option<Target>,
    sign_in: Target,
    /// By the id of the validator.
    claims: Vec<(String, Target)>,
    /// The `Domain` attribute of cookies that scripts read; none for the host alone.
    pub(super) front_domain: Option<String>,
}

/// Where sessions are refreshed.
#[derive(Debug)]
pub(super) struct Api {
    pub(super) refresh_url: String,
    pub(super) refresh_path: String,
    host: String,
    /// Without the dot at its start.
    cookie_domain: Option<String>,
}

impl Pages {
    pub(super) fn new(config: &SuperTokensConfig) -> Result<Self, ConfigError> {
        let (domain, path) = config.api()?;
        let gateway = base_path("apiGatewayPath", &config.api_gateway_path)?;
        let refresh_path = format!("{gateway}{path}/session/refresh");
        let host = Url::parse(&domain).map(|url| url.authority.host()).unwrap_or_default();
        let cookie_domain = config
            .cookie_domain
            .as_deref()
            .map(|domain| domain.trim().trim_start_matches('.').to_ascii_lowercase());
        let refresh_page = config.refresh_page.as_deref();
        Ok(Self {
            api: Api {
                refresh_url: format!("{domain}{refresh_path}"),
                refresh_path,
                host,
                cookie_domain,
            },
            refresh_page: refresh_page
                .map(|page| SuperTokensConfig::page("refreshPage", page))
                .transpose()?,
            sign_in: website_page(config, "")?,
            claims: claim_pages(config)?,
            front_domain: config.session_token_frontend_domain.clone(),
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

    /// Adds to a state where the visitor of a page is sent.
    pub(super) fn lead(
        &self,
        state: AuthState,
        head: &RequestHead<'_>,
        context: &Context<'_>,
    ) -> AuthState {
        let Some(answer) = state.answer.clone() else { return state };
        let visit = PageVisit::of(head, context);
        let to_refresh = |state: AuthState, answer| match self.to_refresh(&visit) {
            Ok(page) => AuthState { answer: Some(Answer { page, ..answer }), ..state },
            Err(reason) => {
                let message = Some(Cow::Borrowed(reason.message()));
                AuthState { detail: Some(reason), message, answer: Some(answer), ..state }
            }
        };
        match state.status {
            AuthStatus::Refresh if state.reason == Some(Reason::TryRefreshToken) => {
                to_refresh(state, answer)
            }
            // The browser's own kit believes in a session and would come back from the sign-in page.
            AuthStatus::SignedOut
                if state.detail != Some(Reason::SessionRevoked) && visit.has_front_token =>
            {
                to_refresh(state, answer)
            }
            AuthStatus::InvalidClaims | AuthStatus::NeedsOrigin => {
                let page = self.to_claim(&state.claim_errors, &visit);
                AuthState { answer: Some(Answer { page, ..answer }), ..state }
            }
            _ => state,
        }
    }

    /// To the page that refreshes; nowhere when there is none for this host, and a reason when it
    /// was tried already.
    fn to_refresh(&self, visit: &PageVisit<'_>) -> Result<Option<AnswerPage>, Reason> {
        let (target, max) = match &self.refresh_page {
            Some(page) => (page.resolve(&visit.url.origin), MAX_BY_PAGE),
            None if self.api.takes_cookies_of(&visit.url) => {
                (Cow::Owned(format!("{}{}", visit.url.origin, self.api.refresh_path)), MAX_BY_GATE)
            }
            None => return Ok(None),
        };
        if visit.attempts >= max {
            return Err(Reason::RefreshAttemptsExceeded);
        }
        let location = with_parameter(&target, RETURN_PARAMETER, &visit.way_back());
        let headers = match self.refresh_page {
            Some(_) => alloc::vec![visit.count(visit.attempts + 1)],
            None => Vec::new(),
        };
        Ok(Some(AnswerPage { location, headers }))
    }

    /// To the screen of the first claim that has one.
    fn to_claim(&self, errors: &[ClaimError], visit: &PageVisit<'_>) -> Option<AnswerPage> {
        let target = errors.iter().find_map(|error| {
            self.claims.iter().find(|(id, _)| *id == error.id).map(|(_, page)| page)
        })?;
        let page = target.resolve(&visit.url.origin);
        let location = with_parameter(&page, SIGN_IN_PARAMETER, &visit.way_back());
        Some(AnswerPage { location, headers: Vec::new() })
    }

    /// The sign-in page as seen from a request, with the way back to `path`.
    pub(super) fn sign_in_location(&self, visit: &PageVisit<'_>, path: &str) -> String {
        with_parameter(&self.sign_in.resolve(&visit.url.origin), SIGN_IN_PARAMETER, path)
    }
}

impl Api {
    /// Whether the browser sends the refresh token to this host, too.
    pub(super) fn takes_cookies_of(&self, url: &EffectiveUrl<'_>) -> bool {
        let host = Url::parse(&url.origin).map(|url| url.authority.host()).unwrap_or_default();
        let is_below = |domain: &String| {
            host == *domain
                || host.strip_suffix(domain.as_str()).is_some_and(|rest| rest.ends_with('.'))
        };
        host == self.host || self.cookie_domain.as_ref().is_some_and(is_below)
    }
}

/// One request for a page.
pub(super) struct PageVisit<'r> {
    pub(super) url: EffectiveUrl<'r>,
    pub(super) cookies: Cookies<'r>,
    /// The refreshes in a row.
    pub(super) attempts: u32,
    has_front_token: bool,
}

impl<'r> PageVisit<'r> {
    pub(super) fn of(head: &RequestHead<'r>, context: &Context<'_>) -> Self {
        let cookies = Cookies::of(head, context.budget).unwrap_or_default();
        let attempts = cookies.first(ATTEMPT_COOKIE).and_then(|count| count.parse().ok());
        Self {
            url: head.effective_url(context.trust_proxy),
            attempts: attempts.unwrap_or(0),
            has_front_token: cookies.first(FRONT_TOKEN_COOKIE).is_some(),
            cookies,
        }
    }

    /// The path and the query of this page.
    pub(super) fn way_back(&self) -> String {
        let here = self.url.href();
        let here = here.strip_prefix(self.url.origin.as_str()).unwrap_or_default();
        safe_path(here.split('#').next().unwrap_or_default())
    }

    /// The cookie that counts refreshes.
    pub(super) fn count(&self, attempts: u32) -> Header {
        let secure = if self.url.origin.starts_with("https:") { "; Secure" } else { "" };
        let cookie = format!(
            "{ATTEMPT_COOKIE}={attempts}; Path=/; Max-Age={ATTEMPT_SECONDS}; HttpOnly; SameSite=Lax{secure}"
        );
        (Cow::Borrowed("set-cookie"), cookie)
    }
}

/// A path on the own origin that no reader takes for another one; the start page for anything else.
pub(super) fn safe_path(text: &str) -> String {
    match Target::parse(text) {
        // Readers that resolve dot segments may be left with two slashes at the start.
        Some(Target::Path(path)) if !path.split(['?', '#']).next().unwrap_or("").contains("//") => {
            path
        }
        _ => String::from("/"),
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
