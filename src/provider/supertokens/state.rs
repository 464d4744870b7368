//! What the provider answers, in the words and statuses of SuperTokens' own kit.

use alloc::borrow::Cow;
use alloc::string::{String, ToString};
use alloc::sync::Arc;
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
    let headers = alloc::vec![(Cow::Borrowed("retry-after"), RETRY_AFTER.to_string().into())];
    let state = AuthState { status: AuthStatus::Refresh, headers, ..state };
    answered(state, UNAVAILABLE, message(exact.message()))
}

/// Whoever it is, the visitor is sent to `location`, whatever the route.
pub(super) fn sent(reason: Reason, location: String, mut headers: Vec<Header>) -> AuthState {
    headers.push((Cow::Borrowed("cache-control"), Cow::Borrowed("private, no-store")));
    headers.push((Cow::Borrowed("location"), location.into()));
    let state = AuthState::signed_out(NAME, reason, reason);
    AuthState { status: AuthStatus::Refresh, headers, ..state }
}

/// A verified session.
pub(super) fn signed_in(token: Arc<str>, session: SessionFacts) -> AuthState {
    AuthState::signed_in(NAME, token, Arc::new(auth(session)))
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

#[cfg(test)]
mod tests {
    use super::super::access_token::Version;
    use super::*;
    use crate::budget::Budget;

    const STATUSES: Statuses = Statuses { session_expired: 440, invalid_claim: 418 };

    fn answer(state: &AuthState) -> (u16, &str) {
        let answer = state.answer.as_ref().unwrap();
        assert_eq!((&answer.page, answer.is_final), (&None, false));
        (answer.status, &answer.body)
    }

    #[test]
    fn refusals_have_the_words_and_statuses_of_the_peer() {
        let state = STATUSES.no_session(Reason::TokenMissing);
        assert_eq!(answer(&state), (440, r#"{"message":"unauthorised"}"#));
        assert_eq!(state.status, AuthStatus::SignedOut);
        let words = (state.reason, state.detail);
        assert_eq!(words, (Some(Reason::Unauthorised), Some(Reason::TokenMissing)));
        let state = STATUSES.refresh(Reason::TokenExpired);
        assert_eq!(answer(&state), (440, r#"{"message":"try refresh token"}"#));
        assert_eq!(state.status, AuthStatus::Refresh);
        assert_eq!(state.reason, Some(Reason::TryRefreshToken));
        let error = |reason| ClaimError { id: "a\"b".to_string(), reason };
        let errors = alloc::vec![error(None), error(Some(Json::Null))];
        let state = STATUSES.invalid_claims(errors);
        let body = r#"{"message":"invalid claim","claimValidationErrors":[{"id":"a\"b"},{"id":"a\"b","reason":null}]}"#;
        assert_eq!(answer(&state), (418, body));
        for state in [&state, &STATUSES.no_session(Reason::TokenMissing)] {
            assert_eq!((state.headers.len(), &state.token), (0, &None));
            assert!(!state.auth.is_authenticated());
        }
    }

    #[test]
    fn what_cannot_be_reached_is_no_verdict() {
        let state = unavailable(Reason::KeysUnavailable);
        assert_eq!((state.status, answer(&state).0), (AuthStatus::Refresh, 503));
        assert_ne!(state.reason, Some(Reason::TryRefreshToken));
        assert_eq!(state.headers, [("retry-after".into(), "5".into())]);
    }

    #[test]
    fn visitors_are_sent_uncached() {
        let cookie = ("set-cookie".into(), "a=b".into());
        let state =
            sent(Reason::SessionRefreshed, "https://a/b".into(), alloc::vec![cookie.clone()]);
        assert_eq!(state.location(), Some("https://a/b"));
        assert_eq!(state.headers.first(), Some(&cookie));
        let no_store = ("cache-control".into(), Cow::Borrowed("private, no-store"));
        assert!(state.headers.contains(&no_store));
    }

    #[test]
    fn sessions_show_their_roles() {
        let payload =
            r#"{"sub":"u","sessionHandle":"h","st-role":{"v":["a",1,"b"]},"st-perm":{"v":"x"}}"#;
        let json = Json::parse(payload.as_bytes(), &Budget::DEFAULT).unwrap();
        let facts = SessionFacts::of(Version::V5, Claims::from_json(json));
        let state = signed_in("token".into(), facts);
        let auth = &state.auth;
        assert_eq!((auth.user_id.as_deref(), auth.session_id.as_deref()), (Some("u"), Some("h")));
        let roles: Option<&[String]> = auth.roles.as_deref();
        assert_eq!(roles, Some(&["a".to_string(), "b".to_string()][..]));
        assert_eq!(auth.permissions, None);
        assert_eq!((state.status, state.answer), (AuthStatus::SignedIn, None));
    }
}
