//! The visit of a page to the refresh endpoint: the gate asks the API to refresh the session and
//! sends the visitor back with the new cookies.

use alloc::borrow::{Cow, ToOwned};
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::SuperTokens;
use super::pages::{FRONT_TOKEN_COOKIE, MAX_BY_GATE, PageVisit, RETURN_PARAMETER, safe_path};
use super::state::{sent, unavailable};
use super::wire::Carrier;
use crate::decision::{Answer, AuthState, Header};
use crate::need::{Fact, HttpReply, HttpRequest, Need, NeedKind};
use crate::provider::Context;
use crate::reason::Reason;
use crate::request::RequestHead;
use crate::url::with_parameter;

/// The start of the keys of these needs.
pub(super) const KEY: &str = "session-refresh ";
/// Cookies that the browser's own kit keeps.
const ANTI_CSRF_COOKIE: &str = "sAntiCsrf";
const LAST_UPDATE_COOKIE: &str = "st-last-access-token-update";
/// The value of `front-token` that ends a session.
const REMOVED: &str = "remove";
const FAR_FUTURE: &str = "Fri, 31 Dec 9999 23:59:59 GMT";
const PAST: &str = "Thu, 01 Jan 1970 00:00:00 GMT";

impl SuperTokens {
    /// The state for a page's visit to the refresh endpoint; `None` for all other requests.
    pub(super) fn refresh_visit(
        &self,
        head: &RequestHead<'_>,
        context: &Context<'_>,
    ) -> Result<Option<AuthState>, Need> {
        let is_visit = head.method() == "GET"
            && head.path() == self.pages.api.refresh_path
            && head.wants_page();
        if !is_visit {
            return Ok(None);
        }
        let visit = PageVisit::of(head, context);
        let back = visit.url.parameter(RETURN_PARAMETER).unwrap_or_default();
        let back = safe_path(&back);
        if !self.pages.api.takes_cookies_of(&visit.url) {
            return Ok(None);
        }
        let Some(refresh_token) = visit.cookies.all(&self.names.refresh).next() else {
            return Ok(Some(self.ended(&visit, &back, Reason::RefreshTokenMissing, Vec::new())));
        };
        if visit.attempts > MAX_BY_GATE {
            return Ok(Some(finally(unavailable(Reason::RefreshAttemptsExceeded))));
        }
        let need = self.refresh_need(refresh_token, &visit);
        match self.facts.get(&need.key, context.now) {
            None => Err(need),
            Some(Fact { reply: None, .. }) => {
                Ok(Some(finally(unavailable(Reason::RefreshUnavailable))))
            }
            Some(Fact { reply: Some(reply), .. }) => {
                Ok(Some(self.after_refresh(reply, &visit, &back, context)))
            }
        }
    }

    fn refresh_need(&self, refresh_token: &str, visit: &PageVisit<'_>) -> Need {
        // All of them, so that the API sees duplicates as well.
        let names = [&self.names.refresh, &self.names.access];
        let cookies = names
            .iter()
            .flat_map(|name| visit.cookies.all(name).map(move |value| format!("{name}={value}")));
        let cookies = cookies.collect::<Vec<_>>().join("; ");
        let mut headers = alloc::vec![
            ("cookie", cookies.clone()),
            ("rid", "anti-csrf".to_owned()),
            ("st-auth-mode", "cookie".to_owned()),
        ];
        if let Some(token) = visit.cookies.first(ANTI_CSRF_COOKIE) {
            headers.push(("anti-csrf", token.into_owned()));
        }
        debug_assert!(cookies.contains(refresh_token));
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
        let mut headers: Vec<Header> = reply.header_values("set-cookie").map(set_cookie).collect();
        let count = visit.count(visit.attempts + 1);
        let access = format!("{}=", self.names.access);
        let is_refreshed = reply.header_values("set-cookie").any(|cookie| {
            cookie.strip_prefix(&access).is_some_and(|value| !value.starts_with(';'))
        });
        match reply.status {
            200 if is_refreshed => {
                headers.extend(self.front_cookies(reply, visit, context));
                headers.push(count);
                let location = format!("{}{back}", visit.url.origin);
                sent(Reason::SessionRefreshed, location, headers)
            }
            // Cookies of an older domain were cleared; the refresh itself is still to come.
            200 if visit.attempts < MAX_BY_GATE => {
                headers.push(count);
                let here = format!("{}{}", visit.url.origin, self.pages.api.refresh_path);
                let location = with_parameter(&here, RETURN_PARAMETER, back);
                sent(Reason::SessionRefreshed, location, headers)
            }
            200 => finally(unavailable(Reason::RefreshAttemptsExceeded)),
            status if status == self.statuses.session_expired => {
                self.ended(visit, back, Reason::RefreshDenied, headers)
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
    ) -> AuthState {
        if headers.is_empty() {
            headers = self.wire.clear(Carrier::Cookie);
        }
        let clear = |name| self.front_cookie(visit, name, "", PAST);
        headers.extend([FRONT_TOKEN_COOKIE, ANTI_CSRF_COOKIE].map(clear));
        sent(reason, self.pages.sign_in_location(visit, back), headers)
    }

    /// What the browser's own kit would have kept of the answer.
    fn front_cookies(
        &self,
        reply: &HttpReply,
        visit: &PageVisit<'_>,
        context: &Context<'_>,
    ) -> Vec<Header> {
        let cookie = |name, value: &str| self.front_cookie(visit, name, value, FAR_FUTURE);
        let mut headers = Vec::new();
        let front_token = reply.header_values("front-token").next();
        if let Some(token) = front_token.filter(|token| *token != REMOVED) {
            headers.push(cookie(FRONT_TOKEN_COOKIE, token));
            headers.push(cookie(LAST_UPDATE_COOKIE, &format!("{}", context.now.0)));
        }
        if let Some(token) = reply.header_values("anti-csrf").next() {
            headers.push(cookie(ANTI_CSRF_COOKIE, token));
        }
        headers
    }

    /// A cookie for scripts, with the attributes that the browser's own kit gives it.
    fn front_cookie(
        &self,
        visit: &PageVisit<'_>,
        name: &str,
        value: &str,
        expires: &str,
    ) -> Header {
        let domain = match &self.pages.front_domain {
            Some(domain) => format!("; Domain={domain}"),
            None => String::new(),
        };
        let secure = if visit.url.origin.starts_with("https:") { "; Secure" } else { "" };
        set_cookie(&format!(
            "{name}={value}{domain}; Path=/; Expires={expires}{secure}; SameSite=Lax"
        ))
    }
}

fn set_cookie(text: &str) -> Header {
    (Cow::Borrowed("set-cookie"), text.to_owned())
}

/// The same answer for every route: the visitor came for the refresh alone.
fn finally(state: AuthState) -> AuthState {
    let answer = state.answer.map(|answer| Answer { is_final: true, ..answer });
    AuthState { answer, ..state }
}
