//! What the provider answers, in the words and statuses of SuperTokens' own kit.

use alloc::borrow::Cow;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use super::access_token::SessionFacts;
use crate::auth::Auth;
use crate::claims::Claims;
use crate::decision::{Answer, AuthState, AuthStatus, ClaimError, Header};
use crate::json::Json;
use crate::json::writer::{ObjectWriter, array};
use crate::reason::Reason;

/// The provider's name in states.
pub(super) const NAME: &str = "supertokens";

/// The statuses of refusals.
#[derive(Clone, Copy, Debug)]
pub(super) struct Statuses {
    pub(super) session_expired: u16,
    pub(super) invalid_claim: u16,
}

/// The status when neither yes nor no can be said.
const UNAVAILABLE: u16 = 503;
/// Seconds after which it may be tried again.
const RETRY_AFTER: &str = "5";

impl Statuses {
    /// Nobody, because of `exact`; nothing is cleared, because a token may be on its way.
    pub(super) fn no_session(self, exact: Reason) -> AuthState {
        let state = AuthState::signed_out(NAME, Reason::Unauthorised, exact);
        answered(state, self.session_expired, message("unauthorised"))
    }

    /// A token that is not accepted, but a refresh may bring one that is.
    pub(super) fn refresh(self, exact: Reason) -> AuthState {
        let state = AuthState::signed_out(NAME, Reason::TryRefreshToken, exact);
        let state = AuthState { status: AuthStatus::Refresh, ..state };
        answered(state, self.session_expired, message("try refresh token"))
    }

    /// A session of which claims do not hold.
    pub(super) fn invalid_claims(self, errors: Vec<ClaimError>) -> AuthState {
        let body = ObjectWriter::new()
            .string("message", "invalid claim")
            .raw("claimValidationErrors", &array(errors.iter().map(ClaimError::to_json)))
            .finish();
        let state = AuthState::signed_out(NAME, Reason::InvalidClaims, Reason::InvalidClaims);
        let status = AuthStatus::InvalidClaims;
        let state = AuthState { status, claim_errors: errors, ..state };
        answered(state, self.invalid_claim, body)
    }
}

/// Neither yes nor no: what decides cannot be reached. No reason to refresh, and none to sign out.
pub(super) fn unavailable(exact: Reason) -> AuthState {
    let state = AuthState::signed_out(NAME, exact, exact);
    let headers = alloc::vec![(Cow::Borrowed("retry-after"), RETRY_AFTER.to_string())];
    let state = AuthState { status: AuthStatus::Refresh, headers, ..state };
    answered(state, UNAVAILABLE, message(exact.message()))
}

/// Whoever it is, the visitor is sent to `location`, whatever the route.
pub(super) fn sent(reason: Reason, location: String, mut headers: Vec<Header>) -> AuthState {
    headers.push((Cow::Borrowed("cache-control"), "private, no-store".to_string()));
    headers.push((Cow::Borrowed("location"), location));
    let state = AuthState::signed_out(NAME, reason, reason);
    AuthState { status: AuthStatus::Refresh, headers, ..state }
}

/// A verified session.
pub(super) fn signed_in(token: &str, session: SessionFacts) -> AuthState {
    AuthState::signed_in(NAME, token, auth(session))
}

fn answered(state: AuthState, status: u16, body: String) -> AuthState {
    AuthState { answer: Some(Answer { status, body, page: None, is_final: false }), ..state }
}

fn message(text: &str) -> String {
    ObjectWriter::new().string("message", text).finish()
}

fn auth(session: SessionFacts) -> Auth {
    let SessionFacts { handle, user_id, recipe_user_id, tenant_id, payload, .. } = session;
    Auth {
        user_id: Some(user_id),
        session_id: Some(handle),
        recipe_user_id: Some(recipe_user_id),
        tenant_id: Some(tenant_id),
        roles: claim_values(&payload, "st-role"),
        permissions: claim_values(&payload, "st-perm"),
        session_claims: Some(payload),
        ..Auth::default()
    }
}

/// The strings in the claim `name`, which is stored as `{"v": [string…], "t": ms}`.
fn claim_values(payload: &Claims, name: &str) -> Option<Vec<String>> {
    let values = payload.get(name)?.get("v")?.as_array()?;
    Some(values.iter().filter_map(Json::as_str).map(String::from).collect())
}
