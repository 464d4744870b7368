//! Which visitors a route lets in, and what becomes of the others. Knows no vendor.

mod path;
mod pattern;
mod route;

pub use pattern::{PathPattern, PatternError};
pub use route::{Access, OnDenied, Route};

use alloc::vec::Vec;

use crate::decision::{AuthState, Decision};
use crate::reason::Reason;
use crate::request::{EffectiveUrl, RequestHead};
use crate::url::{Target, with_parameter};

/// The query parameter that carries the address to come back to after signing in.
const RETURN_PARAMETER: &str = "redirect_url";

/// The route rules in their order; the first that matches decides.
#[derive(Clone, Debug, Default)]
pub(crate) struct Policy {
    routes: Vec<Route>,
}

/// What the policy has to know of a request besides its route.
pub(crate) struct Visit<'v> {
    pub(crate) head: &'v RequestHead<'v>,
    pub(crate) url: &'v EffectiveUrl<'v>,
    /// Where visitors sign in, if the provider knows.
    pub(crate) sign_in: Option<&'v Target>,
}

impl Policy {
    pub(crate) fn new(routes: Vec<Route>) -> Self {
        Self { routes }
    }

    /// Decides what becomes of a visitor; a route without a rule is open to all.
    pub(crate) fn decide(&self, visit: &Visit<'_>, state: AuthState) -> Decision {
        if self.routes.is_empty() {
            return Decision::allow(state, None);
        }
        let Some(path) = path::normalize(visit.head.path()) else {
            return Decision::deny(state, None, 400, Reason::PathMalformed).uncacheable();
        };
        let Some((rule, route)) =
            self.routes.iter().enumerate().find(|(_, route)| route.matches(&path))
        else {
            return Decision::allow(state, None);
        };
        match missing(&route.access, &state) {
            None if matches!(route.access, Access::Public) => Decision::allow(state, Some(rule)),
            None => Decision::allow(state, Some(rule)).uncacheable(),
            Some(reason) if state.is_signed_in() => {
                Decision::deny(state, Some(rule), 403, reason).uncacheable()
            }
            Some(reason) => turn_away(visit, route, rule, reason, state).uncacheable(),
        }
    }
}

/// Why `access` is not granted, or `None` when it is.
fn missing(access: &Access, state: &AuthState) -> Option<Reason> {
    let signed_out = || state.reason.unwrap_or(Reason::TokenMissing);
    match access {
        Access::Public => None,
        _ if !state.is_signed_in() => Some(signed_out()),
        Access::SignedIn => None,
        Access::Has(requirement) => state.auth.missing(requirement),
    }
}

/// Nobody is signed in: to the sign-in page, or a bare 401.
fn turn_away(
    visit: &Visit<'_>,
    route: &Route,
    rule: usize,
    reason: Reason,
    state: AuthState,
) -> Decision {
    let redirects = match route.on_denied {
        OnDenied::Auto => visit.head.wants_page(),
        OnDenied::Redirect => true,
        OnDenied::Status => false,
    };
    let Some(sign_in) = visit.sign_in.filter(|_| redirects) else {
        return Decision::deny(state, Some(rule), 401, reason);
    };
    let page = sign_in.resolve(&visit.url.origin);
    if is_page(&page, visit.url) {
        return Decision::deny(state, Some(rule), 401, Reason::SignInPageProtected);
    }
    let location = with_parameter(&page, RETURN_PARAMETER, &visit.url.href());
    // 307 keeps the method; a form that was posted must not be posted to the sign-in page.
    let status = if visit.head.is_get_or_head() { 307 } else { 303 };
    Decision::redirect(state, Some(rule), status, location)
}

/// Whether the request is for the page itself, so that a redirect to it would never end.
fn is_page(page: &str, url: &EffectiveUrl<'_>) -> bool {
    let page = page.split(['?', '#']).next().unwrap_or(page);
    let path = page.strip_prefix(url.origin.as_str());
    path.is_some_and(|path| path.trim_end_matches('/') == url.path().trim_end_matches('/'))
}
