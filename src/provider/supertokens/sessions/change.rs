//! Changing the claims of a session, and ending it.

use alloc::string::String;

use super::calls::CoreCall;
use super::core_error::CoreError;
use super::create::object;
use super::payload::{merged, spread};
use super::replies::{access_token, session, status};
use super::session::Session;
use super::step::{Next, SessionOutput, Stage};
use super::{SessionError, Sessions};
use crate::json::Json;
use crate::reason::Reason;
use crate::time::UnixMillis;

impl Sessions {
    /// Changes the claims of a session at hand; see [`merged`].
    pub(super) fn merge(&self, session: Session, update: &Json) -> Result<Next, SessionError> {
        let payload = merged(&session.payload, object("accessTokenPayloadUpdate", update)?);
        let call = CoreCall::regenerate(&session.access_token, &payload);
        Ok(Next::Ask(call, Stage::Merge(session)))
    }

    pub(super) fn merged(
        &self,
        old: Session,
        reply: &Json,
        now: UnixMillis,
    ) -> Result<Next, CoreError> {
        if status(reply) == "UNAUTHORISED" {
            return Ok(self.unauthorised(Reason::SessionRevoked, old.answer));
        }
        let by_core = session(reply)?;
        let changed = match access_token(reply)? {
            Some(mut access) => {
                if access.is_legacy {
                    access.payload = by_core.claims;
                }
                old.with_access_token(access, &self.wire, now)
            }
            // The token expired meanwhile. The change is in the database, and the browser will see
            // it once it has refreshed.
            None => Session { payload: spread(&old.payload, &by_core.claims), ..old },
        };
        Ok(Next::Done(SessionOutput::session(changed)))
    }

    /// Changes the claims of a session by its handle: first asks for the present ones.
    pub(super) fn merge_by_handle(
        &self,
        handle: String,
        update: &Json,
    ) -> Result<Next, SessionError> {
        let update = object("accessTokenPayloadUpdate", update)?.clone();
        let call = CoreCall::information(&handle);
        Ok(Next::Ask(call, Stage::MergeByHandle { handle, update }))
    }

    /// Ends a session at hand.
    pub(super) fn revoke_at_hand(&self, session: Session) -> Next {
        let handles = [session.handle.clone()];
        Next::Ask(CoreCall::remove_sessions(&handles), Stage::RevokeSession(session))
    }

    /// Whether the core knew the session or not, the browser forgets it.
    pub(super) fn session_revoked(&self, mut session: Session) -> Next {
        if let Some(carrier) = session.carrier {
            self.wire.put_clear(&mut session.answer, carrier);
        }
        Next::Done(SessionOutput::session(session))
    }
}

pub(super) fn merge_by_handle(
    handle: &str,
    update: &Json,
    reply: &Json,
) -> Result<Next, CoreError> {
    if status(reply) != "OK" {
        return Ok(Next::Done(SessionOutput::Flag(false)));
    }
    let payload = reply.get("userDataInJWT").ok_or(CoreError::Malformed)?;
    let call = CoreCall::set_payload(handle, &merged(payload, update));
    Ok(Next::Ask(call, Stage::Stored))
}
