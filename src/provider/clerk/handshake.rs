//! The handshake: a redirect through the Frontend API, which knows who is signed in, and back.

use alloc::borrow::ToOwned;
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use super::Clerk;
use super::api;
use super::cookies::REDIRECT_COUNT;
use super::directives::Directives;
use super::rules::{Kind, has_session_category, verify_signature};
use super::state::{Cause, handshake, header, signed_out, signed_out_with};
use super::visit::{Visit, parameter};
use crate::decision::{AuthState, Header};
use crate::json::Json;
use crate::need::{Halt, Need};
use crate::provider::Context;
use crate::provider::jwt::{UnverifiedJwt, outcome};
use crate::reason::Reason;
use crate::url::{Query, with_appended};

/// From this many redirects in a row on it is a loop.
const MAX_REDIRECTS: f64 = 3.0;
/// In development clocks may be a day apart.
const DEVELOPMENT_SKEW_MS: i64 = 86_400_000;

impl Clerk {
    /// Asks the Frontend API if that can work, else says signed out for the same cause.
    pub(super) fn maybe_handshake(&self, visit: &Visit<'_>, cause: Cause) -> AuthState {
        match self.handshake_url(visit, &cause) {
            Some(location) => maybe_redirect(visit, cause, location),
            None => signed_out(cause),
        }
    }

    /// The address at the Frontend API, its parameters in Clerk's order.
    fn handshake_url(&self, visit: &Visit<'_>, cause: &Cause) -> Option<String> {
        let base = self.instance.frontend_api_url(&visit.url.origin)?;
        let back = visit.url.without(&[parameter::DEV_BROWSER, parameter::DEV_SESSION]);
        let reason = match &cause.refresh_failure {
            Some(why) => format!("{}-{why}", cause.reason.code()),
            None => cause.reason.code().to_owned(),
        };
        let mut query = Query::new();
        query.append("redirect_url", &back);
        query.append("__clerk_api_version", api::VERSION);
        query.append("suffixed_cookies", if visit.cookies.is_suffixed { "true" } else { "false" });
        query.append("__clerk_hs_reason", &reason);
        query.append("format", "nonce");
        if let Some(token) = visit.session_token() {
            query.append("__session", token);
        }
        if let Some(browser) = visit.dev_browser.as_deref().filter(|_| !self.instance.is_production)
        {
            query.append(parameter::DEV_BROWSER, browser);
        }
        if let Some(target) = self.organization_sync.target(visit) {
            query.append("organization_id", target.handshake_value());
        }
        Some(format!("{base}v1/client/handshake?{}", query.finish()))
    }

    /// Reads what the Frontend API sent back. `None` when it is of no use and the cookies decide.
    pub(super) fn resolve_handshake(
        &self,
        visit: &Visit<'_>,
        context: &Context<'_>,
    ) -> Result<Option<AuthState>, Need> {
        let directives = match &visit.handshake_nonce {
            Some(nonce) => self.redeem(nonce, context)?,
            None => {
                match visit.handshake.as_deref().map(|token| self.directives_in(token, context)) {
                    Some(Ok(directives)) => directives,
                    None | Some(Err(Halt::Refused(_))) => None,
                    Some(Err(Halt::Need(need))) => return Err(need),
                }
            }
        };
        let Some(directives) = directives else { return Ok(None) };
        let headers = self.resolved_headers(visit, &directives);
        let token = match directives.session_token() {
            Some("") => {
                let cause = Cause::of(Reason::SessionTokenMissing);
                return Ok(Some(signed_out_with(cause, headers)));
            }
            Some(token) => token,
            // A session directive without a value is no token, so the cookies decide.
            None => return Ok(None),
        };
        let mut state = self.verified_after_handshake(token, context)?;
        if let Some(state) = &mut state {
            state.headers = headers;
        }
        Ok(state)
    }

    fn verified_after_handshake(
        &self,
        token: &str,
        context: &Context<'_>,
    ) -> Result<Option<AuthState>, Need> {
        let verify = |rules: &super::Rules| {
            outcome(rules.verify_text(token, Kind::Session, &self.keys, context))
        };
        let is_time = |reason: Reason| {
            matches!(
                reason,
                Reason::TokenExpired | Reason::TokenNotActiveYet | Reason::TokenIatInTheFuture
            )
        };
        Ok(match verify(&self.rules)? {
            Ok(verified) => Some(self.signed_in(&verified, context)),
            Err(reason) if is_time(reason) && !self.instance.is_production => {
                let mut rules = self.rules.clone();
                rules.time.skew_ms = DEVELOPMENT_SKEW_MS;
                verify(&rules)?.ok().map(|verified| self.signed_in(&verified, context))
            }
            Err(_) => None,
        })
    }

    /// The directives that a nonce stands for, from the Backend API.
    fn redeem(&self, nonce: &str, context: &Context<'_>) -> Result<Option<Directives>, Need> {
        let Some(secret_key) = &self.secret_key else { return Ok(None) };
        let need = self.api.handshake_payload(nonce, secret_key);
        let Some(fact) = self.facts.get(&need.key, context.now) else { return Err(need) };
        let reply = fact.reply.as_ref().filter(|reply| reply.is_success());
        let json = reply.and_then(|reply| Json::parse(reply.body.as_bytes(), context.budget).ok());
        let directives = json.as_ref().and_then(|json| json.get("directives"));
        Ok(directives.filter(|json| json.as_array().is_some()).and_then(Directives::read))
    }

    /// The directives in a handshake token. Only its signature is checked: it says nothing about
    /// who is signed in, it only carries cookies that are verified in turn.
    fn directives_in(
        &self,
        token: &str,
        context: &Context<'_>,
    ) -> Result<Option<Directives>, Halt> {
        let token = UnverifiedJwt::parse(token, context)?;
        if !has_session_category(&token) {
            return Err(Reason::CatMismatch.into());
        }
        verify_signature(&token, Kind::Session, &self.keys, context)?;
        let verified = token.signature_was_verified();
        Ok(Directives::read(verified.claims().get("handshake").unwrap_or(&Json::Null)))
    }

    /// The cookies to set, and in development a redirect to the URL without the handshake.
    fn resolved_headers(&self, visit: &Visit<'_>, directives: &Directives) -> Vec<Header> {
        let mut headers = alloc::vec![
            header("access-control-allow-origin", "null"),
            header("access-control-allow-credentials", "true"),
        ];
        headers.extend(directives.headers());
        if !self.instance.is_production {
            let clean = visit.url.without(&[
                parameter::HANDSHAKE,
                parameter::HELP,
                parameter::DEV_BROWSER,
                parameter::HANDSHAKE_NONCE,
            ]);
            headers.push(header("location", clean));
            headers.push(header("cache-control", "no-store"));
        }
        headers
    }

    /// In development a satellite asks the primary application itself.
    pub(super) fn satellite_to_primary(&self, visit: &Visit<'_>, sign_in: &str) -> AuthState {
        let location = with_appended(sign_in, &[(parameter::REDIRECT_URL, &visit.href())]);
        maybe_redirect(visit, Cause::of(Reason::SatelliteNeedsSyncing), location)
    }

    /// And the primary answers with its dev browser.
    pub(super) fn primary_to_satellite(&self, visit: &Visit<'_>, satellite: &str) -> AuthState {
        let browser = visit.dev_browser.as_deref().map(|browser| (parameter::DEV_BROWSER, browser));
        let location = with_appended(satellite, browser.as_slice());
        let location = crate::url::with_parameter(&location, parameter::SYNCED, "true");
        maybe_redirect(visit, Cause::of(Reason::PrimaryRespondsToSyncing), location)
    }
}

/// A redirect for a navigation that is not in a loop, else signed out for the same cause.
fn maybe_redirect(visit: &Visit<'_>, cause: Cause, location: String) -> AuthState {
    let count = visit.cookies.redirect_count;
    if !visit.can_handshake() || count >= MAX_REDIRECTS {
        return signed_out(cause);
    }
    let next = (count + 1.0).to_string();
    let cookie = format!("{REDIRECT_COUNT}={next}; SameSite=Lax; HttpOnly; Max-Age=2");
    let headers = alloc::vec![
        header("location", location),
        header("cache-control", "no-store"),
        header("set-cookie", cookie),
    ];
    handshake(cause, headers)
}
