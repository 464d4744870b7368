//! The visit of a page to the refresh endpoint: the gate asks the API to refresh the session and
//! sends the visitor back with the new cookies.
//!
//! Nothing of the session is ever taken away here that the API has not taken away itself: that the
//! refresh token is missing, or that the API is out of order, says nothing of the session.

use alloc::borrow::Cow;
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use super::SuperTokens;
use super::config::SameSite;
use super::page_visit::{PageVisit, RETURN_PARAMETER, safe_path, set_cookie};
use super::pages::MAX_ATTEMPTS;
use super::readable_cookies::ANTI_CSRF_COOKIE;
use super::state::{sent, unavailable};
use super::wire::LEGACY_COOKIE;
use crate::decision::{Answer, AuthState, AuthStatus, Exemption, Header};
use crate::need::{Fact, HttpReply, HttpRequest, Need, NeedKind};
use crate::provider::Context;
use crate::reason::Reason;
use crate::request::RequestHead;

/// The start of the keys of these needs.
pub(super) const KEY: &str = "session-refresh ";

impl SuperTokens {
    /// The state for whoever comes to the refresh endpoint; `None` for all other requests.
    pub(super) fn refresh_visit(
        &self,
        head: &RequestHead<'_>,
        context: &Context<'_>,
    ) -> Result<Option<AuthState>, Need> {
        if head.path() != self.pages.api.refresh_path {
            return Ok(None);
        }
        let visit = self.pages.visit(head, context);
        if head.method() == "POST" && self.pages.api.is_at_host_of(&visit) {
            return Ok(Some(self.passed_on()));
        }
        // Routers of applications fetch pages by script.
        let is_page = head.wants_page() || visit.url.parameter(RETURN_PARAMETER).is_some();
        let is_visit = head.method() == "GET" && is_page;
        if !is_visit || !self.pages.api.takes_cookies_of(&visit) {
            return Ok(None);
        }
        self.refreshed(head, &visit, context).map(Some)
    }

    /// A call of the refresh endpoint itself, which the API behind answers, whatever the routes say.
    fn passed_on(&self) -> AuthState {
        let state = self.statuses.no_session(Reason::TokenMissing);
        AuthState { exemption: Some(Exemption::OwnApi), ..state }
    }

    fn refreshed(
        &self,
        head: &RequestHead<'_>,
        visit: &PageVisit<'_>,
        context: &Context<'_>,
    ) -> Result<AuthState, Need> {
        if let Some(fault) = visit.fault {
            return Ok(finally(self.statuses.no_session(fault)));
        }
        let back = self.back(visit);
        if visit.cookies.all(&self.names.refresh).next().is_none() {
            return self.without_refresh_token(head, visit, &back, context);
        }
        if visit.attempts > MAX_ATTEMPTS {
            return Ok(finally(unavailable(Reason::RefreshAttemptsExceeded)));
        }
        let need = self.refresh_need(visit);
        match self.facts.get(&need.key, context.now) {
            None => Err(need),
            Some(Fact { reply: None, .. }) => Ok(finally(unavailable(Reason::RefreshUnavailable))),
            Some(Fact { reply: Some(reply), .. }) => {
                Ok(self.after_refresh(reply, visit, &back, context))
            }
        }
    }

    /// Where the visitor came from; not from here.
    fn back(&self, visit: &PageVisit<'_>) -> String {
        let back = safe_path(&visit.url.parameter(RETURN_PARAMETER).unwrap_or_default());
        let path = back.split(['?', '#']).next().unwrap_or_default();
        if path.trim_end_matches('/') == self.pages.api.refresh_path {
            "/".to_string()
        } else {
            back
        }
    }

    fn without_refresh_token(
        &self,
        head: &RequestHead<'_>,
        visit: &PageVisit<'_>,
        back: &str,
        context: &Context<'_>,
    ) -> Result<AuthState, Need> {
        let is_withheld = self.wire.same_site == SameSite::Strict && visit.is_from_elsewhere;
        if is_withheld && visit.attempts == 0 {
            return Ok(self.once_more(visit, back));
        }
        let state = self.session_state(head, context)?;
        Ok(match state.status {
            AuthStatus::Refresh if state.reason != Some(Reason::TryRefreshToken) => finally(state),
            AuthStatus::Refresh | AuthStatus::SignedOut => {
                self.ended(visit, back, Reason::RefreshTokenMissing, state.headers, context)
            }
            // There is a session all the same.
            _ if visit.attempts > MAX_ATTEMPTS => {
                finally(unavailable(Reason::RefreshAttemptsExceeded))
            }
            _ => {
                let headers = [state.headers, alloc::vec![visit.counted()]].concat();
                sent(Reason::RefreshTokenMissing, format!("{}{back}", visit.origin), headers)
            }
        })
    }

    /// Has the browser ask again by itself: to that question it adds the strict cookies, too.
    fn once_more(&self, visit: &PageVisit<'_>, back: &str) -> AuthState {
        let here = self.pages.refresh_location(visit, back);
        let state = self.statuses.no_session(Reason::StrictCookiesWithheld);
        let headers = alloc::vec![
            (Cow::Borrowed("refresh"), format!("0;url={here}").into()),
            visit.counted()
        ];
        let reason = Some(Reason::StrictCookiesWithheld);
        finally(AuthState { reason, detail: None, headers, ..state })
    }

    fn refresh_need(&self, visit: &PageVisit<'_>) -> Need {
        // All of them, so that the API sees duplicates as well, and what an old kit has left.
        let names = [self.names.refresh.as_str(), &self.names.access, LEGACY_COOKIE];
        let cookies = names
            .iter()
            .flat_map(|name| visit.cookies.all(name).map(move |value| format!("{name}={value}")));
        let cookies = cookies.collect::<Vec<_>>().join("; ");
        let mut headers = alloc::vec![
            ("cookie", cookies.clone()),
            ("rid", "anti-csrf".to_string()),
            ("st-auth-mode", "cookie".to_string()),
        ];
        if let Some(token) = visit.cookies.first(ANTI_CSRF_COOKIE) {
            headers.push(("anti-csrf", token.into_owned()));
        }
        let request = HttpRequest {
            method: "POST",
            headers,
            body: Some(String::new()),
            ..HttpRequest::get(self.pages.api.refresh_url.clone())
        };
        // One refresh serves all pages that load at the same time: a second one with the same
        // token would look like theft.
        Need { kind: NeedKind::SessionRefresh, key: format!("{KEY}{cookies}"), request }
    }

    fn after_refresh(
        &self,
        reply: &HttpReply,
        visit: &PageVisit<'_>,
        back: &str,
        context: &Context<'_>,
    ) -> AuthState {
        let cookies = || reply.header_values("set-cookie");
        let mut headers: Vec<Header> = cookies().map(|text| set_cookie(text.into())).collect();
        let access = format!("{}=", self.names.access);
        let is_refreshed = cookies().any(|cookie| {
            cookie.strip_prefix(&access).is_some_and(|value| !value.starts_with(';'))
        });
        match reply.status {
            200 if is_refreshed => {
                headers.extend(self.pages.readable.of_refresh(reply, visit, context.now));
                headers.push(visit.counted());
                sent(Reason::SessionRefreshed, format!("{}{back}", visit.origin), headers)
            }
            // Cookies of an older domain were cleared; the refresh itself is still to come.
            200 if visit.attempts < MAX_ATTEMPTS => {
                headers.push(visit.counted());
                let here = self.pages.refresh_location(visit, back);
                sent(Reason::SessionRefreshed, here, headers)
            }
            200 => finally(unavailable(Reason::RefreshAttemptsExceeded)),
            status if status == self.statuses.session_expired => {
                self.ended(visit, back, Reason::RefreshDenied, headers, context)
            }
            _ => finally(unavailable(Reason::RefreshUnavailable)),
        }
    }

    /// There is no session to refresh: to the sign-in page, with nothing left that would make the
    /// browser's own kit believe in one.
    fn ended(
        &self,
        visit: &PageVisit<'_>,
        back: &str,
        reason: Reason,
        mut headers: Vec<Header>,
        context: &Context<'_>,
    ) -> AuthState {
        // A session that travels in headers was not asked about.
        if reason == Reason::RefreshDenied || !visit.is_by_header {
            headers.extend(self.pages.readable.ended(visit, context.now));
        }
        headers.push(visit.counted());
        sent(reason, self.pages.sign_in_location(visit, back), headers)
    }
}

/// The same answer for every route: the visitor came for the refresh alone.
fn finally(state: AuthState) -> AuthState {
    let answer = state.answer.map(|answer| Answer { is_final: true, ..answer });
    AuthState { answer, ..state }
}
