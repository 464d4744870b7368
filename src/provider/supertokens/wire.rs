//! How tokens travel: names, attributes and paths, worked out once from the options, and the headers
//! that bring tokens to the browser or take them away.

use alloc::borrow::ToOwned;
use alloc::string::String;
use alloc::vec::Vec;

use super::answer_headers::AnswerHeaders;
use super::config::{AntiCsrf, SameSite, SuperTokensConfig, TokenNames, TransferMethod, base_path};
use super::front_token::front_token;
use super::set_cookie::{SetCookie, is_cookie_path};
use super::site::{Site, cookie_domain};
use crate::config::ConfigError;
use crate::decision::Header;
use crate::json::Json;
use crate::time::UnixMillis;

/// The cookie of kits up to version 12, taken away wherever it is met.
pub(super) const LEGACY_COOKIE: &str = "sIdRefreshToken";
const FRONT_TOKEN: &str = "front-token";
const ANTI_CSRF: &str = "anti-csrf";
/// The path of the refresh endpoint below the API's base path.
const REFRESH_PATH: &str = "/session/refresh";
/// The access token's cookie outlives its token: that it is there says that a refresh may help.
const ACCESS_COOKIE_MILLIS: i64 = 31_536_000_000;
/// Deletes a cookie.
const GONE: UnixMillis = UnixMillis(0);

/// The way of a token between browser and server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Carrier {
    /// Cookies in both directions.
    Cookie,
    /// `Authorization` to the server, `st-access-token` and `st-refresh-token` from it.
    Header,
}

impl Carrier {
    pub(super) const fn other(self) -> Self {
        match self {
            Self::Cookie => Self::Header,
            Self::Header => Self::Cookie,
        }
    }

    /// `cookie` or `header`.
    pub(super) const fn code(self) -> &'static str {
        match self {
            Self::Cookie => "cookie",
            Self::Header => "header",
        }
    }

    pub(super) fn from_code(code: &str) -> Option<Self> {
        [Self::Cookie, Self::Header].into_iter().find(|carrier| carrier.code() == code)
    }
}

/// A valid access token and what scripts get to know of it.
#[derive(Clone, Copy)]
pub(super) struct AccessToken<'t> {
    /// The token; nothing but visible ASCII characters.
    pub(super) token: &'t str,
    pub(super) user_id: &'t str,
    pub(super) expires: UnixMillis,
    pub(super) payload: &'t Json,
}

/// How tokens travel.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Wire {
    pub(super) cookie_names: TokenNames,
    pub(super) header_names: TokenNames,
    pub(super) transfer_method: TransferMethod,
    pub(super) same_site: SameSite,
    pub(super) is_secure: bool,
    pub(super) anti_csrf: AntiCsrf,
    /// Whether the protection was chosen and not worked out from `same_site`.
    pub(super) anti_csrf_is_chosen: bool,
    /// Whether browsers will take the cookies: `SameSite=None` needs `Secure`, but for development
    /// on one machine.
    pub(super) cookies_are_usable: bool,
    /// The path of the refresh endpoint as the browser sees it; the only one where browsers send the
    /// refresh token's cookie.
    pub(super) refresh_path: String,
    access_path: String,
    domain: Option<String>,
    /// Empty: cookies without a domain.
    older_domain: Option<String>,
    shows_access_token: bool,
}

impl Wire {
    pub(super) fn new(config: &SuperTokensConfig) -> Result<Self, ConfigError> {
        let site = Site::new(config)?;
        let domain = |option, text: &Option<String>| match text.as_deref() {
            None => Ok(None),
            Some(text) => cookie_domain(option, text).map(Some),
        };
        let older_domain = match config.older_cookie_domain.as_deref() {
            Some("") => Some(String::new()),
            _ => domain("olderCookieDomain", &config.older_cookie_domain)?,
        };
        let is_secure = config.cookie_secure.unwrap_or(site.is_tls);
        let by_same_site = match site.same_site {
            SameSite::None => AntiCsrf::ViaCustomHeader,
            SameSite::Lax | SameSite::Strict => AntiCsrf::None,
        };
        let (refresh_path, access_path) = paths(config)?;
        Ok(Self {
            cookie_names: config.cookie_names.clone(),
            header_names: config.header_names.clone(),
            transfer_method: config.token_transfer_method,
            same_site: site.same_site,
            is_secure,
            anti_csrf: config.anti_csrf.unwrap_or(by_same_site),
            anti_csrf_is_chosen: config.anti_csrf.is_some(),
            cookies_are_usable: site.same_site != SameSite::None || is_secure || site.is_local,
            refresh_path,
            access_path,
            domain: domain("cookieDomain", &config.cookie_domain)?,
            older_domain,
            shows_access_token: config.expose_access_token_to_frontend_in_cookie_based_auth,
        })
    }

    /// The headers that take away the tokens of both carriers: whatever the answer or the request
    /// held, nothing of the session stays.
    pub(super) fn clear_all(&self) -> Vec<Header> {
        let mut answer = AnswerHeaders::new();
        self.put_clear_all(&mut answer);
        answer.finish()
    }

    /// The headers that take away cookies of the older domain, or `None` when none is configured.
    pub(super) fn clear_older_domain(&self, access: bool, refresh: bool) -> Option<Vec<Header>> {
        let older = self.older_domain.as_deref()?;
        let mut answer = AnswerHeaders::new();
        for (is_meant, name, path) in [
            (access, &self.cookie_names.access, &self.access_path),
            (refresh, &self.cookie_names.refresh, &self.refresh_path),
        ] {
            if is_meant {
                let domain = Some(older).filter(|domain| !domain.is_empty());
                answer.set_cookie(&SetCookie { domain, ..self.cookie(name, "", path, GONE) });
            }
        }
        Some(answer.finish())
    }

    /// Brings an access token and its front token.
    pub(super) fn put_access_token(
        &self,
        answer: &mut AnswerHeaders,
        carrier: Carrier,
        token: &AccessToken<'_>,
        now: UnixMillis,
    ) {
        let front = front_token(token.user_id, token.expires, token.payload);
        answer.set_readable(FRONT_TOKEN, &front);
        if carrier == Carrier::Cookie {
            let (name, expires) = (&self.cookie_names.access, now.plus(ACCESS_COOKIE_MILLIS));
            answer.set_cookie(&self.cookie(name, token.token, &self.access_path, expires));
        }
        if carrier == Carrier::Header || self.shows_access_token {
            answer.set_readable(&self.header_names.access, token.token);
        }
    }

    /// Brings a refresh token. It is sent as it is and must be nothing but visible ASCII characters.
    pub(super) fn put_refresh_token(
        &self,
        answer: &mut AnswerHeaders,
        carrier: Carrier,
        token: &str,
        expires: UnixMillis,
    ) {
        match carrier {
            Carrier::Cookie => {
                let name = &self.cookie_names.refresh;
                answer.set_cookie(&self.cookie(name, token, &self.refresh_path, expires));
            }
            Carrier::Header => answer.set_readable(&self.header_names.refresh, token),
        }
    }

    pub(super) fn put_anti_csrf(&self, answer: &mut AnswerHeaders, token: &str) {
        answer.set_readable(ANTI_CSRF, token);
    }

    pub(super) fn put_clear_all(&self, answer: &mut AnswerHeaders) {
        self.put_clear(answer, Carrier::Cookie);
        self.put_clear(answer, Carrier::Header);
    }

    pub(super) fn put_clear(&self, answer: &mut AnswerHeaders, carrier: Carrier) {
        match carrier {
            Carrier::Cookie => {
                let names = &self.cookie_names;
                answer.set_cookie(&self.cookie(&names.access, "", &self.access_path, GONE));
                answer.set_cookie(&self.cookie(&names.refresh, "", &self.refresh_path, GONE));
            }
            Carrier::Header => {
                answer.set_readable(&self.header_names.access, "");
                answer.set_readable(&self.header_names.refresh, "");
            }
        }
        answer.remove(ANTI_CSRF);
        answer.set_readable(FRONT_TOKEN, "remove");
    }

    pub(super) fn put_clear_legacy(&self, answer: &mut AnswerHeaders) {
        answer.set_cookie(&self.cookie(LEGACY_COOKIE, "", &self.access_path, GONE));
    }

    fn cookie<'c>(
        &'c self,
        name: &'c str,
        value: &'c str,
        path: &'c str,
        expires: UnixMillis,
    ) -> SetCookie<'c> {
        SetCookie {
            name,
            value,
            domain: self.domain.as_deref(),
            path,
            expires,
            is_secure: self.is_secure,
            same_site: self.same_site,
        }
    }
}

/// The paths of the refresh token's and the access token's cookie.
fn paths(config: &SuperTokensConfig) -> Result<(String, String), ConfigError> {
    let (_, base) = config.api()?;
    let access = base_path("accessTokenPath", &config.access_token_path)?;
    let access = if access.is_empty() { "/".to_owned() } else { access };
    let refresh = base + REFRESH_PATH;
    for (option, path) in [("accessTokenPath", &access), ("apiBasePath", &refresh)] {
        if !is_cookie_path(path) {
            return Err(ConfigError::invalid(option, "Cookies cannot have this path."));
        }
    }
    Ok((refresh, access))
}

#[cfg(test)]
mod tests;
