//! The cookies decide: Clerk's guards in their order, the first that applies ends the way.

use alloc::borrow::Cow;

use super::Clerk;
use super::numbers::value;
use super::referrer;
use super::rules::{Kind, is_session_token};
use super::state::{Cause, signed_out};
use super::visit::{Visit, parameter};
use crate::decision::AuthState;
use crate::need::{Halt, Need};
use crate::provider::Context;
use crate::provider::jwt::UnverifiedJwt;
use crate::reason::Reason;

impl Clerk {
    /// Who the cookies say it is.
    pub(super) fn by_cookies(
        &self,
        visit: &Visit<'_>,
        context: &Context<'_>,
    ) -> Result<AuthState, Need> {
        let came_back = visit.handshake_nonce.is_some() || visit.handshake.is_some();
        if came_back && let Some(state) = self.resolve_handshake(visit, context)? {
            return Ok(state);
        }
        if let Some(state) = self.multi_domain(visit).or_else(|| self.development(visit)) {
            return Ok(state);
        }
        let is_active = visit.cookies.client_uat != 0.0;
        let ask = |reason| Ok(self.maybe_handshake(visit, Cause::of(reason)));
        match (is_active, visit.cookies.session.as_deref()) {
            (false, None) => Ok(signed_out(Cause::of(Reason::SessionTokenAndUatMissing))),
            (false, Some(_)) => ask(Reason::SessionTokenButNoClientUat),
            (true, None) => ask(Reason::ClientUatButNoSessionToken),
            (true, Some(token)) => self.by_session_cookie(visit, token, context),
        }
    }

    /// A satellite that does not know yet asks the primary domain.
    fn multi_domain(&self, visit: &Visit<'_>) -> Option<AuthState> {
        let satellite = self.instance.satellite.as_ref().filter(|_| visit.is_document())?;
        let synced = visit.parameter(parameter::SYNCED);
        let needs_sync = synced.as_deref() == Some("false");
        if synced.as_deref() == Some("true") {
            return None;
        }
        let has_cookies = visit.cookies.session.is_some() || visit.cookies.client_uat != 0.0;
        if !satellite.auto_sync && !has_cookies && !needs_sync {
            return Some(signed_out(Cause::of(Reason::SessionTokenAndUatMissing)));
        }
        if has_cookies && !needs_sync {
            return None;
        }
        if self.instance.is_production {
            return Some(self.maybe_handshake(visit, Cause::of(Reason::SatelliteNeedsSyncing)));
        }
        let sign_in = satellite.sign_in.as_ref()?.resolve(&visit.url.origin);
        Some(self.satellite_to_primary(visit, &sign_in))
    }

    /// What only development instances do: they hand the dev browser over in URLs.
    fn development(&self, visit: &Visit<'_>) -> Option<AuthState> {
        if self.instance.is_production || self.instance.cookies.is_none() {
            return None;
        }
        let satellite = visit.parameter(parameter::REDIRECT_URL).filter(|url| !url.is_empty());
        let is_primary = self.instance.satellite.is_none();
        if let Some(url) = satellite.filter(|url| is_primary && self.allowed_redirects.allow(url)) {
            return Some(self.primary_to_satellite(visit, &url));
        }
        if visit.parameter(parameter::DEV_BROWSER).is_some() {
            return Some(self.maybe_handshake(visit, Cause::of(Reason::DevBrowserSync)));
        }
        match visit.dev_browser {
            None => Some(self.maybe_handshake(visit, Cause::of(Reason::DevBrowserMissing))),
            Some(_) => None,
        }
    }

    /// There is a session cookie, and the client is active.
    fn by_session_cookie(
        &self,
        visit: &Visit<'_>,
        text: &str,
        context: &Context<'_>,
    ) -> Result<AuthState, Need> {
        let token = match UnverifiedJwt::parse(text, context) {
            Ok(token) => token,
            Err(reason) => return self.refused(visit, text, reason, Carrier::Cookie, context),
        };
        if !is_session_token(&token) {
            return Ok(signed_out(Cause::wrong_kind()));
        }
        if unverified_issued_at(&token).is_some_and(|iat| iat < visit.cookies.client_uat) {
            let cause = Cause::of(Reason::SessionTokenIatBeforeClientUat);
            return Ok(self.maybe_handshake(visit, cause));
        }
        let verified = match self.rules.verify(token, Kind::Session, &self.keys, context) {
            Ok(verified) => verified,
            Err(Halt::Need(need)) => return Err(need),
            Err(Halt::Refused(reason)) => {
                return self.refused(visit, text, reason, Carrier::Cookie, context);
            }
        };
        let state = self.signed_in(&verified, context);
        if self.came_from_elsewhere(visit) {
            let cause = Cause::with_message(
                Reason::PrimaryDomainCrossOriginSync,
                "Cross-origin request from satellite domain requires handshake",
            );
            return Ok(self.maybe_handshake(visit, cause));
        }
        Ok(self.synced_organization(visit, &state).unwrap_or(state))
    }

    /// The session of a visitor from another site may have changed on a satellite meanwhile.
    fn came_from_elsewhere(&self, visit: &Visit<'_>) -> bool {
        self.instance.satellite.is_none()
            && visit.is_document()
            && visit.cookies.redirect_count == 0.0
            && referrer::is_foreign(visit, &self.instance)
    }

    /// Another organisation than the active one is meant by the URL.
    fn synced_organization(&self, visit: &Visit<'_>, state: &AuthState) -> Option<AuthState> {
        let is_user = state.auth.user_id.as_ref().is_some_and(|user| !user.is_empty());
        let target =
            self.organization_sync.target(visit).filter(|_| is_user && !state.is_pending())?;
        if target.is_active(&state.auth) {
            return None;
        }
        let cause = Cause::of(Reason::ActiveOrganizationMismatch);
        let state = self.maybe_handshake(visit, cause);
        (state.status == crate::decision::AuthStatus::Handshake).then_some(state)
    }

    /// A refused session token: a fresh one may be had, by a refresh or by the Frontend API.
    pub(super) fn refused(
        &self,
        visit: &Visit<'_>,
        token: &str,
        exact: Reason,
        carrier: Carrier,
        context: &Context<'_>,
    ) -> Result<AuthState, Need> {
        let word = super::reasons::word(exact);
        let message = super::messages::full(exact, token, carrier.name(), &self.rules, context);
        let mut cause = Cause::with_message(word, message);
        cause.detail = (exact != word).then_some(exact);
        match exact {
            Reason::TokenExpired => {
                let why = match self.refresh(visit, context)? {
                    Ok(state) => return Ok(*state),
                    Err(why) => why,
                };
                cause.reason = Reason::SessionTokenExpiredRefresh;
                cause.refresh_failure = Some(why);
            }
            Reason::TokenNotActiveYet => cause.reason = Reason::SessionTokenNbf,
            Reason::TokenIatInTheFuture => cause.reason = Reason::SessionTokenIatInTheFuture,
            _ => return Ok(signed_out(cause)),
        }
        cause.detail = Some(exact);
        Ok(self.maybe_handshake(visit, cause))
    }
}

/// Where a token was.
#[derive(Clone, Copy, Debug)]
pub(super) enum Carrier {
    Header,
    Cookie,
}

impl Carrier {
    const fn name(self) -> &'static str {
        match self {
            Self::Header => "header",
            Self::Cookie => "cookie",
        }
    }
}

/// `iat` before the signature is verified, of whatever type: good for noticing an old cookie, for
/// nothing else.
fn unverified_issued_at(token: &UnverifiedJwt) -> Option<f64> {
    token.unverified().get("iat").map(value)
}

/// Why there is no fresh token, as it follows `session-token-expired-refresh-`.
pub(super) type RefreshFailure = Cow<'static, str>;
