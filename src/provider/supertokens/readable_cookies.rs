//! The cookies that scripts read, as the browser's own kit keeps them (`supertokens-website`): what it
//! believes in follows from them alone, and on a navigation it gets to see no headers.

use alloc::borrow::ToOwned;
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use super::config::SuperTokensConfig;
use super::page_visit::{FRONT_TOKEN_COOKIE, LAST_UPDATE_COOKIE, PageVisit, set_cookie};
use super::site::cookie_domain;
use crate::config::ConfigError;
use crate::decision::Header;
use crate::need::HttpReply;
use crate::time::UnixMillis;

/// The anti-CSRF token.
pub(super) const ANTI_CSRF_COOKIE: &str = "sAntiCsrf";
/// The value of `front-token` that ends a session.
const REMOVED: &str = "remove";
const FAR_FUTURE: &str = "Fri, 31 Dec 9999 23:59:59 GMT";
const PAST: &str = "Thu, 01 Jan 1970 00:00:00 GMT";

/// How the kit sets these cookies.
#[derive(Debug)]
pub(super) struct ReadableCookies {
    domain: Option<String>,
}

impl ReadableCookies {
    pub(super) fn new(config: &SuperTokensConfig) -> Result<Self, ConfigError> {
        let option = "sessionTokenFrontendDomain";
        let domain = config.session_token_frontend_domain.as_deref();
        Ok(Self { domain: domain.map(|domain| cookie_domain(option, domain)).transpose()? })
    }

    /// What the kit would have kept of the answer to a refresh.
    pub(super) fn of_refresh(
        &self,
        reply: &HttpReply,
        visit: &PageVisit<'_>,
        now: UnixMillis,
    ) -> Vec<Header> {
        let mut headers = Vec::new();
        let value = |name| reply.header_values(name).next().filter(|value| is_cookie_value(value));
        if let Some(token) = value("front-token").filter(|token| *token != REMOVED) {
            headers.push(self.cookie(visit, FRONT_TOKEN_COOKIE, token, FAR_FUTURE));
            headers.push(self.last_update(visit, now));
        }
        if let Some(token) = value("anti-csrf") {
            headers.push(self.cookie(visit, ANTI_CSRF_COOKIE, token, FAR_FUTURE));
        }
        headers
    }

    /// What makes the kit know that there is no session.
    pub(super) fn ended(&self, visit: &PageVisit<'_>, now: UnixMillis) -> Vec<Header> {
        let gone = |name| self.cookie(visit, name, "", PAST);
        alloc::vec![gone(FRONT_TOKEN_COOKIE), gone(ANTI_CSRF_COOKIE), self.last_update(visit, now)]
    }

    fn last_update(&self, visit: &PageVisit<'_>, now: UnixMillis) -> Header {
        self.cookie(visit, LAST_UPDATE_COOKIE, &now.0.to_string(), FAR_FUTURE)
    }

    fn cookie(&self, visit: &PageVisit<'_>, name: &str, value: &str, expires: &str) -> Header {
        // The kit names no domain where it is the host itself.
        let host = visit.host();
        let domain = self.domain.as_deref().filter(|domain| *domain != host);
        let domain = match domain {
            None | Some("localhost") => "".to_owned(),
            Some(domain) => format!("; Domain={domain}"),
        };
        let secure = if visit.is_secure() { "; Secure" } else { "" };
        set_cookie(format!(
            "{name}={value}{domain}; Path=/; Expires={expires}{secure}; SameSite=Lax"
        ))
    }
}

/// RFC 6265 section 4.1.1: `cookie-octet`.
fn is_cookie_value(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_graphic() && !b"\",;\\".contains(&byte))
}
