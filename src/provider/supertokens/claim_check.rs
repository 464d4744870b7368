//! What is asked of the claims of a session, and what becomes of it when one does not hold.

use alloc::borrow::Cow;
use alloc::sync::Arc;
use alloc::vec::Vec;

use super::SuperTokens;
use super::access_token::SessionFacts;
use super::claims::validate_claims;
use super::confirmed::Confirmed;
use super::state::signed_in;
use crate::decision::{AuthState, AuthStatus, ClaimError};
use crate::provider::Context;
use crate::reason::Reason;

impl SuperTokens {
    /// Asks what is asked of the claims, all of it.
    pub(super) fn with_claims(&self, confirmed: Confirmed, context: &Context<'_>) -> AuthState {
        let Confirmed { session, token, headers, origin, is_by_core, .. } = confirmed;
        let validators = context.session.claim_validators.as_ref().unwrap_or(&self.validators);
        let verdict = validate_claims(validators, session.payload.as_json(), context.now);
        let is_origins = self.origin_verifies && !verdict.refetch.is_empty();
        let origin = origin.or(is_origins.then_some(Reason::OriginClaimRefetch));
        let state = match (verdict.errors.is_empty(), origin) {
            (true, None) => signed_in(token, session),
            (false, None) => self.statuses.invalid_claims(verdict.errors),
            (is_valid, Some(reason)) if is_valid || is_origins => {
                self.needs_origin(token, session, reason, verdict.errors)
            }
            (_, Some(_)) => self.statuses.invalid_claims(verdict.errors),
        };
        let headers = [headers, state.headers.clone()].concat();
        AuthState { headers, has_outside_facts: is_by_core, ..state }
    }

    fn needs_origin(
        &self,
        token: Arc<str>,
        session: SessionFacts,
        reason: Reason,
        errors: Vec<ClaimError>,
    ) -> AuthState {
        let answer = match errors.is_empty() {
            true => None,
            false => self.statuses.invalid_claims(errors.clone()).answer,
        };
        AuthState {
            status: AuthStatus::NeedsOrigin,
            reason: Some(reason),
            message: Some(Cow::Borrowed(reason.message())),
            claim_errors: errors,
            answer,
            ..signed_in(token, session)
        }
    }
}
