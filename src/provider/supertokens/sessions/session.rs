//! A session as the application holds it, with the headers that tell the browser of it.

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use super::replies::{CoreSession, NewAccessToken, NewTokens};
use crate::decision::Header;
use crate::json::Json;
use crate::provider::supertokens::answer_headers::AnswerHeaders;
use crate::provider::supertokens::front_token::front_token;
use crate::provider::supertokens::wire::{AccessToken, Carrier, Wire};
use crate::time::UnixMillis;

/// A session that was verified, made or refreshed.
///
/// A value: what changes a session gives back another one. Nothing of it is secret to its user, but
/// everything to everybody else.
#[derive(Clone, PartialEq)]
pub struct Session {
    /// The access token that is in force.
    pub access_token: String,
    /// What scripts may know of the session.
    pub front_token: String,
    /// The refresh token, if the session was made or refreshed just now.
    pub refresh_token: Option<String>,
    /// The token against forged requests, if there is one.
    pub anti_csrf_token: Option<String>,
    /// Names the session.
    pub handle: String,
    /// The user.
    pub user_id: String,
    /// The account by which the user signed in.
    pub recipe_user_id: String,
    /// The tenant.
    pub tenant_id: String,
    /// The payload of the access token.
    pub payload: Json,
    /// Whether the access token is another one than the request brought.
    pub is_updated: bool,
    /// How its tokens travel; nothing when no request is known.
    pub(super) carrier: Option<Carrier>,
    pub(super) answer: AnswerHeaders,
}

impl Session {
    /// The headers to add to the answer, all that became due so far.
    #[must_use]
    pub fn headers(&self) -> Vec<Header> {
        self.answer.finish()
    }

    /// A session with new tokens, which are on their way to the browser after what is in `answer`.
    pub(super) fn begun(
        tokens: NewTokens,
        tenant_id: String,
        carrier: Option<Carrier>,
        mut answer: AnswerHeaders,
        wire: &Wire,
        now: UnixMillis,
    ) -> Self {
        let NewTokens { session, access, refresh, anti_csrf } = tokens;
        let CoreSession { handle, user_id, recipe_user_id, .. } = session;
        if let Some(carrier) = carrier {
            put_access_token(wire, &mut answer, carrier, &user_id, &access, now);
            wire.put_refresh_token(&mut answer, carrier, &refresh.token, refresh.expires);
            if let Some(token) = &anti_csrf {
                wire.put_anti_csrf(&mut answer, token);
            }
        }
        Self {
            front_token: front_token(&user_id, access.expires, &access.payload),
            access_token: access.token,
            refresh_token: Some(refresh.token),
            anti_csrf_token: anti_csrf,
            handle,
            user_id,
            recipe_user_id,
            tenant_id,
            payload: access.payload,
            is_updated: true,
            carrier,
            answer,
        }
    }

    /// The session with another access token, which is on its way to the browser.
    pub(super) fn with_access_token(
        mut self,
        access: NewAccessToken,
        wire: &Wire,
        now: UnixMillis,
    ) -> Self {
        if let Some(carrier) = self.carrier {
            put_access_token(wire, &mut self.answer, carrier, &self.user_id, &access, now);
        }
        self.front_token = front_token(&self.user_id, access.expires, &access.payload);
        self.access_token = access.token;
        self.payload = access.payload;
        self.is_updated = true;
        self
    }
}

fn put_access_token(
    wire: &Wire,
    answer: &mut AnswerHeaders,
    carrier: Carrier,
    user_id: &str,
    access: &NewAccessToken,
    now: UnixMillis,
) {
    let NewAccessToken { token, expires, payload, .. } = access;
    let token = AccessToken { token, user_id, expires: *expires, payload };
    wire.put_access_token(answer, carrier, &token, now);
}

impl fmt::Debug for Session {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut session = formatter.debug_struct("Session");
        session.field("user_id", &self.user_id).field("tenant_id", &self.tenant_id);
        session.finish_non_exhaustive()
    }
}
