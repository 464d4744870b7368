//! The steps of a function: what it asks the core, and what it does with the answer.

use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;

use super::calls::{CoreCall, strings};
use super::change::merge_by_handle;
use super::core_error::CoreError;
use super::create::{Attach, NewSession, prepared};
use super::exchange::{CoreReply, Exchange, Progress};
use super::information::SessionInformation;
use super::refresh::Refresh;
use super::refusal::SessionRefusal;
use super::replies::status;
use super::session::Session;
use super::{SessionError, Sessions};
use crate::json::Json;
use crate::need::HttpRequest;
use crate::time::UnixMillis;

/// What comes next in a function.
#[derive(Debug)]
pub enum SessionStep {
    /// Send a request to the core, then go on with [`Sessions::answer`].
    Send {
        /// What to send, complete; holds the key to the core.
        request: HttpRequest,
        /// How many ms to wait before that.
        after_millis: u32,
        /// The function, as far as it got.
        call: SessionCall,
    },
    /// The function is over.
    Done(SessionOutput),
}

/// A function that waits for the core's answer.
#[derive(Debug)]
pub struct SessionCall(Box<Waiting>);

#[derive(Debug)]
struct Waiting {
    exchange: Exchange,
    stage: Stage,
}

/// What a function gives back.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum SessionOutput {
    /// A session that is about to be made.
    Prepared(NewSession),
    /// A session that was found, made, refreshed, changed or ended.
    Session(Box<Session>),
    /// No session, where none is required.
    None,
    /// No session, or none that may be used.
    Refused(SessionRefusal),
    /// Handles of sessions.
    Handles(Vec<String>),
    /// What the core keeps of a session; `None` when there is none.
    Information(Option<SessionInformation>),
    /// Whether the session was there.
    Flag(bool),
}

impl SessionOutput {
    pub(super) fn session(session: Session) -> Self {
        Self::Session(Box::new(session))
    }
}

/// What a function does next.
#[derive(Debug)]
pub(super) enum Next {
    Ask(CoreCall, Stage),
    Done(SessionOutput),
}

impl Next {
    pub(super) fn refused(refusal: SessionRefusal) -> Self {
        Self::Done(SessionOutput::Refused(refusal))
    }
}

/// What the answer that is waited for means.
#[derive(Debug)]
pub(super) enum Stage {
    /// The user of a session that is about to be made.
    Prepare(NewSession),
    Create {
        tenant: String,
        attach: Option<Attach>,
    },
    Refresh(Refresh),
    /// A stolen session was ended.
    Theft(SessionRefusal),
    Merge(Session),
    MergeByHandle {
        handle: String,
        update: Json,
    },
    /// Something was stored for a session.
    Stored,
    Handles,
    Information,
    /// Sessions were ended.
    Revoked,
    /// One session was ended.
    RevokedOne,
    RevokeSession(Session),
}

impl Sessions {
    /// Goes on with a function once the host has sent its request.
    ///
    /// # Errors
    /// [`CoreError`] when the core gave no answer that could be used.
    pub fn answer(
        &mut self,
        call: SessionCall,
        reply: CoreReply<'_>,
        now: UnixMillis,
    ) -> Result<SessionStep, CoreError> {
        let Waiting { mut exchange, stage } = *call.0;
        match exchange.answer(reply, &mut self.client)? {
            Progress::Send(request, after_millis) => {
                let call = SessionCall(Box::new(Waiting { exchange, stage }));
                Ok(SessionStep::Send { request, after_millis, call })
            }
            Progress::Answered(json) => {
                let next = self.after(stage, &json, now)?;
                self.take(next)
            }
        }
    }

    /// The step that begins a function.
    pub(super) fn begin(&mut self, next: Next) -> Result<SessionStep, SessionError> {
        Ok(self.take(next)?)
    }

    fn take(&mut self, next: Next) -> Result<SessionStep, CoreError> {
        match next {
            Next::Done(output) => Ok(SessionStep::Done(output)),
            Next::Ask(call, stage) => {
                let (exchange, request) = Exchange::begin(call, &mut self.client)?;
                let call = SessionCall(Box::new(Waiting { exchange, stage }));
                Ok(SessionStep::Send { request, after_millis: 0, call })
            }
        }
    }

    fn after(&self, stage: Stage, reply: &Json, now: UnixMillis) -> Result<Next, CoreError> {
        let revoked = || strings(reply.get("sessionHandlesRevoked")).ok_or(CoreError::Malformed);
        let output = match stage {
            Stage::Prepare(new) => return Ok(prepared(new, reply)),
            Stage::Create { tenant, attach } => return self.created(tenant, attach, reply, now),
            Stage::Refresh(refresh) => return self.refreshed(refresh, reply, now),
            Stage::Merge(session) => return self.merged(session, reply, now),
            Stage::MergeByHandle { handle, update } => {
                return merge_by_handle(&handle, &update, reply);
            }
            Stage::RevokeSession(session) => {
                revoked()?;
                return Ok(self.session_revoked(session));
            }
            Stage::Theft(refusal) => {
                revoked()?;
                SessionOutput::Refused(refusal)
            }
            Stage::Stored => SessionOutput::Flag(status(reply) != "UNAUTHORISED"),
            Stage::Handles => {
                let handles = strings(reply.get("sessionHandles"));
                SessionOutput::Handles(handles.ok_or(CoreError::Malformed)?)
            }
            Stage::Information => SessionOutput::Information(SessionInformation::read(reply)?),
            Stage::Revoked => SessionOutput::Handles(revoked()?),
            Stage::RevokedOne => SessionOutput::Flag(revoked()?.len() == 1),
        };
        Ok(Next::Done(output))
    }
}
