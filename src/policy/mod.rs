//! Which visitors a route lets in, and what becomes of the others. Knows no vendor.

mod address;
mod matcher;
mod path;
mod pattern;
mod protect;
mod rule;
mod sign_in;
mod table;

pub use matcher::RouteMatcher;
pub(crate) use matcher::patterns;
pub use pattern::{PathPattern, PatternError, PatternFault};
pub use protect::{Protect, ProtectedToken};
pub use rule::{Access, DeniedStatus, OnDenied, PageUrl, Route, Rule};
pub use sign_in::{Departure, ReturnTo, SignInError, SignInPage, SignInPages};

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;
use core::cell::OnceCell;

use crate::decision::{AnswerPage, AuthState, Decision, Header};
use crate::provider::SessionOptions;
use crate::reason::Reason;
use crate::request::{EffectiveUrl, RequestHead};
use pattern::canonical;
use protect::Verdict;
use table::PatternTable;

/// The route rules in their order; the first that matches decides.
#[derive(Clone, Debug)]
pub(crate) struct Policy {
    rules: Vec<(Rule, SessionOptions)>,
    paths: PatternTable,
}

/// What the routes say of a path.
#[derive(Clone, Copy, Debug)]
pub(crate) enum RouteMatch<'p> {
    /// Nothing.
    None,
    /// That it cannot be read in one way only.
    Malformed,
    /// That this rule decides, which stands in this place.
    Rule(usize, &'p Rule, &'p SessionOptions),
}

impl<'p> RouteMatch<'p> {
    /// What is asked of a session there.
    pub(crate) fn session(self) -> &'p SessionOptions {
        match self {
            Self::Rule(_, _, session) => session,
            Self::None | Self::Malformed => SessionOptions::DEFAULT,
        }
    }
}

/// What the policy has to know of a request besides its route.
pub(crate) struct Visit<'v> {
    pub(crate) head: &'v RequestHead<'v>,
    pub(crate) trust_proxy: bool,
    /// Made by the first who asks: those who are let in need none.
    pub(crate) url: OnceCell<EffectiveUrl<'v>>,
    /// Where visitors sign in.
    pub(crate) pages: &'v SignInPages,
    /// Clerk: finds the token of the browser in a development instance.
    pub(crate) dev_browser: &'v dyn Fn() -> Option<String>,
}

impl Policy {
    pub(crate) fn new(routes: Vec<Route>) -> Self {
        let mut rules = Vec::with_capacity(routes.len());
        let mut paths = Vec::with_capacity(routes.len());
        for (index, route) in routes.into_iter().enumerate() {
            rules.push((route.rule, route.session));
            paths.extend(route.patterns.into_iter().map(|pattern| (pattern, index)));
        }
        Self { rules, paths: PatternTable::new(paths) }
    }

    /// The rule for a request, by its path alone.
    pub(crate) fn find(&self, head: &RequestHead<'_>) -> RouteMatch<'_> {
        if self.paths.is_empty() {
            return RouteMatch::None;
        }
        let Some(path) = path::normalize(head.path()) else { return RouteMatch::Malformed };
        let found = self.paths.find(&canonical(&path)).map(|(index, _)| index);
        match found.and_then(|index| Some((index, self.rules.get(index)?))) {
            Some((index, (rule, session))) => RouteMatch::Rule(index, rule, session),
            None => RouteMatch::None,
        }
    }
}

impl Visit<'_> {
    /// Decides what becomes of a visitor; a path without a rule is open to all.
    pub(crate) fn decide(&self, found: RouteMatch<'_>, state: AuthState) -> Decision {
        match found {
            RouteMatch::None => Decision::allow(state, None),
            RouteMatch::Malformed => {
                Decision::deny(state, None, 400, Reason::PathMalformed).uncacheable()
            }
            RouteMatch::Rule(index, rule, _)
                if rule.access == Access::Public || rule.exempts(&state) =>
            {
                Decision::allow(state, Some(index))
            }
            RouteMatch::Rule(index, rule, _) => {
                let verdict = rule.verdict(self.head, &state);
                self.answer(verdict, Some(index), state)
            }
        }
    }

    /// Decides by a rule that stands in no table.
    pub(crate) fn protect(&self, protect: &Protect, state: AuthState) -> Decision {
        let verdict = protect.verdict(self.head, &state);
        self.answer(verdict, None, state)
    }

    fn url(&self) -> &EffectiveUrl<'_> {
        self.url.get_or_init(|| self.head.effective_url(self.trust_proxy))
    }

    fn answer(&self, verdict: Verdict<'_>, rule: Option<usize>, state: AuthState) -> Decision {
        let answer = match verdict {
            Verdict::Allow => Decision::allow(state, rule),
            Verdict::Deny(status, reason) => Decision::deny(state, rule, status, reason),
            Verdict::Provider(reason) => self.to_provider(rule, reason, state),
            Verdict::Redirect(page, status, reason) => {
                let page = page.0.resolve(&self.url().origin);
                if self.is_page(&page) {
                    Decision::deny(state, rule, status, reason)
                } else {
                    let headers = sign_in_headers(&state);
                    self.redirect(page, headers, rule, reason, state)
                }
            }
            Verdict::SignIn(reason) => self.to_sign_in(rule, reason, state),
        };
        answer.uncacheable()
    }

    fn to_sign_in(&self, rule: Option<usize>, reason: Reason, state: AuthState) -> Decision {
        match self.sign_in(&state) {
            Some(page) if self.is_page(&page) => {
                Decision::deny(state, rule, 401, Reason::SignInPageProtected)
            }
            Some(page) => {
                let headers = sign_in_headers(&state);
                self.redirect(page.into(), headers, rule, reason, state)
            }
            None => Decision::deny(state, rule, 401, reason),
        }
    }

    /// To the provider's own page that mends what is wrong, or its own refusal.
    fn to_provider(&self, rule: Option<usize>, reason: Reason, state: AuthState) -> Decision {
        let answer = state.answer.as_ref();
        let status = answer.map_or(401, |answer| answer.status);
        match answer.and_then(|answer| answer.page.clone()) {
            Some(AnswerPage::To { location, headers }) if !self.is_page(&location) => {
                self.redirect(location.into(), headers, rule, reason, state)
            }
            Some(AnswerPage::SignIn { .. }) => self.to_sign_in(rule, reason, state),
            Some(AnswerPage::Nowhere(reason)) => Decision::deny(state, rule, status, reason),
            Some(AnswerPage::To { .. }) | None => Decision::deny(state, rule, status, reason),
        }
    }

    /// The sign-in page, with the way back to here.
    fn sign_in(&self, state: &AuthState) -> Option<String> {
        let here = self.url().href();
        let dev_browser = (self.dev_browser)();
        let departure = Departure {
            from: &here,
            return_to: Some(&here),
            dev_browser: dev_browser.as_deref(),
            is_pending: state.is_pending(),
        };
        self.pages.address(SignInPage::SignIn, &departure).ok()
    }

    fn redirect(
        &self,
        page: Cow<'_, str>,
        headers: Vec<Header>,
        rule: Option<usize>,
        reason: Reason,
        state: AuthState,
    ) -> Decision {
        // 307 keeps the method; a form that was posted must not be posted to another page.
        let status = if self.head.is_get_or_head() { 307 } else { 303 };
        let mut redirect = Decision::redirect(state, rule, status, page.into_owned());
        redirect.headers.extend(headers);
        Decision { reason: Some(reason), ..redirect }
    }

    /// Whether the request is for the page itself, so that a redirect to it would never end. The
    /// scheme does not count: a proxy in front may have ended TLS.
    fn is_page(&self, page: &str) -> bool {
        let page = page.split(['?', '#']).next().unwrap_or(page);
        let path = without_scheme(page).strip_prefix(without_scheme(&self.url().origin));
        path.is_some_and(|path| {
            path.trim_end_matches('/') == self.url().path().trim_end_matches('/')
        })
    }
}

fn without_scheme(url: &str) -> &str {
    url.split_once("://").map_or(url, |(_, rest)| rest)
}

/// What the provider adds to a redirect to the sign-in page.
fn sign_in_headers(state: &AuthState) -> Vec<Header> {
    match state.answer.as_ref().and_then(|answer| answer.page.as_ref()) {
        Some(AnswerPage::SignIn { headers }) => headers.clone(),
        _ => Vec::new(),
    }
}
