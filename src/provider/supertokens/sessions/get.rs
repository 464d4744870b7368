//! Finding the session of a request or of a token, by the gate's own verification.

use alloc::string::ToString;

use super::refresh::no_header_to_check;
use super::refusal::SessionRefusal;
use super::session::Session;
use super::step::SessionOutput;
use super::{SessionError, Sessions};
use crate::decision::{AuthState, AuthStatus};
use crate::need::{Fact, FactError, Need};
use crate::provider::Context;
use crate::provider::supertokens::SessionOptions;
use crate::provider::supertokens::answer_headers::AnswerHeaders;
use crate::provider::supertokens::confirmed::Confirmed;
use crate::provider::supertokens::csrf::CsrfCheck;
use crate::provider::supertokens::front_token::front_token;
use crate::provider::supertokens::wire::Carrier;
use crate::reason::Reason;
use crate::request::RequestHead;
use crate::time::UnixMillis;

impl Sessions {
    /// The session of a request (`getSession()`).
    ///
    /// # Errors
    /// A [`Need`] when a fact is missing: [`supply`](Self::supply) it and ask again.
    pub fn session(
        &self,
        head: &RequestHead<'_>,
        options: &SessionOptions,
        now: UnixMillis,
    ) -> Result<SessionOutput, Need> {
        let context = self.context(options, now);
        Ok(match self.provider.found(head, &context)? {
            Err(state) => refused(state, options),
            Ok((confirmed, carrier)) => {
                let anti_csrf = head.header_values("anti-csrf").next();
                self.checked(confirmed, Some(carrier), anti_csrf, &context)
            }
        })
    }

    /// The session of an access token (`getSessionWithoutRequestResponse()`).
    ///
    /// # Errors
    /// A [`Need`] when a fact is missing; inside it [`SessionError`] for misuse: the protection by a
    /// custom header cannot be had without a request.
    pub fn session_of_token(
        &self,
        access_token: &str,
        anti_csrf: Option<&str>,
        options: &SessionOptions,
        now: UnixMillis,
    ) -> Result<Result<SessionOutput, SessionError>, Need> {
        let is_wanted = options.anti_csrf_check != Some(false);
        if is_wanted && self.demands_custom_header() {
            return Ok(Err(no_header_to_check("antiCsrfCheck").into()));
        }
        let context = self.context(options, now);
        let csrf = CsrfCheck::without_request(self.wire.anti_csrf, is_wanted, anti_csrf);
        Ok(Ok(match self.provider.found_by_token(access_token, &csrf, &context)? {
            Err(state) => refused(state, options),
            Ok(confirmed) => self.checked(confirmed, None, anti_csrf, &context),
        }))
    }

    /// Hands in a fact that a [`Need`] asked for.
    ///
    /// # Errors
    /// [`FactError::UnknownKey`] when nobody asked for it.
    pub fn supply(&mut self, fact: &Fact) -> Result<(), FactError> {
        if self.provider.supply(fact) { Ok(()) } else { Err(FactError::UnknownKey) }
    }

    fn context<'c>(&'c self, session: &'c SessionOptions, now: UnixMillis) -> Context<'c> {
        self.tokens.begin_request();
        let Self { verifier, budget, tokens, trust_proxy, .. } = self;
        let trust_proxy = *trust_proxy;
        Context { now, verifier: &**verifier, budget, tokens, trust_proxy, session }
    }

    /// The session if its claims hold.
    fn checked(
        &self,
        confirmed: Confirmed,
        carrier: Option<Carrier>,
        anti_csrf: Option<&str>,
        context: &Context<'_>,
    ) -> SessionOutput {
        let session = session_of(&confirmed, carrier, anti_csrf);
        let state = self.provider.with_claims(confirmed, context);
        match state.status {
            AuthStatus::SignedIn => SessionOutput::session(session),
            _ => SessionOutput::Refused(SessionRefusal::of(state)),
        }
    }
}

fn session_of(confirmed: &Confirmed, carrier: Option<Carrier>, anti_csrf: Option<&str>) -> Session {
    let Confirmed { session, token, headers, is_renewed, .. } = confirmed;
    let payload = session.payload.as_json();
    let headers = if carrier.is_some() { headers.as_slice() } else { &[] };
    Session {
        access_token: token.as_ref().into(),
        front_token: front_token(&session.user_id, session.expires(), payload),
        refresh_token: None,
        anti_csrf_token: anti_csrf.map(ToString::to_string),
        handle: session.handle.clone(),
        user_id: session.user_id.clone(),
        recipe_user_id: session.recipe_user_id.clone(),
        tenant_id: session.tenant_id.clone(),
        payload: payload.clone(),
        is_updated: *is_renewed,
        carrier,
        answer: AnswerHeaders::of(headers),
    }
}

/// No session; nothing to complain of where none is required and none was claimed.
fn refused(state: AuthState, options: &SessionOptions) -> SessionOutput {
    let is_optional = options.session_required == Some(false);
    let is_absent =
        state.status == AuthStatus::SignedOut && state.detail != Some(Reason::SessionRevoked);
    if is_optional && is_absent {
        return SessionOutput::None;
    }
    SessionOutput::Refused(SessionRefusal::of(state))
}
