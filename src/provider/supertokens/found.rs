//! The session of a request or of a token, or the state that there is none.

use super::SuperTokens;
use super::access_token::AccessToken;
use super::confirmed::Confirmed;
use super::csrf::CsrfCheck;
use super::lookup::Candidates;
use super::state::unavailable;
use super::wire::Carrier;
use crate::decision::AuthState;
use crate::need::Need;
use crate::provider::Context;
use crate::provider::jwt::outcome;
use crate::reason::Reason;
use crate::request::RequestHead;

impl SuperTokens {
    /// The session of a request and how its token came, or the state that there is none.
    pub(super) fn found(
        &self,
        head: &RequestHead<'_>,
        context: &Context<'_>,
    ) -> Result<Result<(Confirmed, Carrier), AuthState>, Need> {
        let allowed = context.session.token_transfer_method.unwrap_or(self.allowed);
        let candidates = Candidates::of(head, &self.names, allowed, context.budget);
        let (token, carrier) = match choose(&candidates, context) {
            Ok(Some(chosen)) => chosen,
            Ok(None) => {
                let fault = candidates.fault.unwrap_or(Reason::TokenMissing);
                return Ok(Err(self.statuses.no_session(fault)));
            }
            Err(Choice::NoSession(reason)) => return Ok(Err(self.statuses.no_session(reason))),
            Err(Choice::Refresh(reason)) => return Ok(Err(self.statuses.refresh(reason))),
        };
        let csrf = match carrier {
            Carrier::Header => CsrfCheck::none(Some(head)),
            Carrier::Cookie => {
                CsrfCheck::of(head, self.wire.anti_csrf, context.session.anti_csrf_check)
            }
        };
        if let Err(reason) = csrf.before_verification(head) {
            return Ok(Err(self.statuses.refresh(reason)));
        }
        let confirmed = outcome(self.confirmed(token, carrier, &csrf, context))?;
        Ok(match confirmed {
            Ok(confirmed) => Ok((confirmed, carrier)),
            Err(reason) => Err(self.without_session(reason)),
        })
    }

    /// The same for a token that came without a request.
    pub(super) fn found_by_token(
        &self,
        token: &str,
        csrf: &CsrfCheck<'_>,
        context: &Context<'_>,
    ) -> Result<Result<Confirmed, AuthState>, Need> {
        let parsed = match AccessToken::parse(token, context) {
            Ok(parsed) => parsed,
            Err(reason) => return Ok(Err(self.statuses.no_session(reason))),
        };
        let confirmed = outcome(self.confirmed(parsed, Carrier::Header, csrf, context))?;
        Ok(confirmed.map_err(|reason| self.without_session(reason)))
    }

    /// What becomes of a request whose token was refused.
    fn without_session(&self, reason: Reason) -> AuthState {
        match reason {
            Reason::SessionRevoked => {
                let state = self.statuses.no_session(reason);
                AuthState { headers: self.wire.clear_all(), ..state }
            }
            _ if is_unavailable(reason) => unavailable(reason),
            _ => self.statuses.refresh(reason),
        }
    }
}

/// Why no token is verified.
enum Choice {
    NoSession(Reason),
    Refresh(Reason),
}

/// The token that counts: one in the header before one in a cookie, each only if it is an access
/// token at all, so that a foreign one hides nothing.
fn choose<'c>(
    candidates: &'c Candidates<'_>,
    context: &Context<'_>,
) -> Result<Option<(AccessToken<'c>, Carrier)>, Choice> {
    if candidates.is_legacy {
        return Err(Choice::Refresh(Reason::LegacySession));
    }
    let header = candidates.header.map(|text| AccessToken::parse(text, context));
    let fault = match header {
        Some(Ok(token)) => return Ok(Some((token, Carrier::Header))),
        Some(Err(reason)) => Some(reason),
        None => None,
    };
    if candidates.is_ambiguous {
        return Err(Choice::Refresh(Reason::DuplicateAccessToken));
    }
    match candidates.cookie.as_deref().map(|text| AccessToken::parse(text, context)) {
        Some(Ok(token)) => Ok(Some((token, Carrier::Cookie))),
        Some(Err(reason)) => Err(Choice::NoSession(fault.unwrap_or(reason))),
        None => fault.map_or(Ok(None), |reason| Err(Choice::NoSession(reason))),
    }
}

/// Whether a refusal says nothing of the token, but that what decides about it cannot be had.
pub(super) const fn is_unavailable(reason: Reason) -> bool {
    matches!(
        reason,
        Reason::KeysUnavailable
            | Reason::KeySetMalformed
            | Reason::KeySetTooLarge
            | Reason::CoreUnavailable
            | Reason::CoreNotConfigured
    )
}
