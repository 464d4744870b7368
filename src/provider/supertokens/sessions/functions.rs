//! The functions, each as the step that begins it.

use alloc::string::String;

use super::calls::{CoreCall, Tenant};
use super::create::{Attach, NewSession};
use super::session::Session;
use super::step::{Next, SessionStep, Stage};
use super::visitor::Visitor;
use super::{SessionError, Sessions};
use crate::json::Json;
use crate::provider::supertokens::config::TransferMethod;
use crate::provider::supertokens::wire::Carrier;
use crate::request::RequestHead;

impl Sessions {
    /// Prepares a session for the sender of a request, first half of `createNewSession()`: gives a
    /// [`crate::SessionOutput::Prepared`] to be handed to [`create_session`](Self::create_session).
    /// `method` goes before the transfer method that is configured.
    ///
    /// # Errors
    /// [`SessionError`] for a wrong argument, or a core that cannot be asked.
    pub fn prepare_session(
        &mut self,
        head: &RequestHead<'_>,
        new: NewSession,
        method: Option<TransferMethod>,
    ) -> Result<SessionStep, SessionError> {
        let attach = Attach::of(&Visitor::of(head, &self.wire, method, &self.budget));
        let disable_anti_csrf = attach.carrier == Carrier::Header;
        let new = NewSession { attach: Some(attach), disable_anti_csrf, ..new };
        let next = self.prepare(new)?;
        self.begin(next)
    }

    /// The same without a request (`createNewSessionWithoutRequestResponse()`).
    ///
    /// # Errors
    /// [`SessionError`] for a wrong argument, or a core that cannot be asked.
    pub fn prepare_session_without_request(
        &mut self,
        new: NewSession,
    ) -> Result<SessionStep, SessionError> {
        let next = self.prepare(NewSession { attach: None, ..new })?;
        self.begin(next)
    }

    /// Makes a session, second half of `createNewSession()`.
    ///
    /// # Errors
    /// [`SessionError`] for a wrong argument, or a core that cannot be asked.
    pub fn create_session(&mut self, new: NewSession) -> Result<SessionStep, SessionError> {
        let next = self.create(new)?;
        self.begin(next)
    }

    /// Refreshes the session of a request (`refreshSession()`).
    ///
    /// # Errors
    /// [`SessionError`] when the core cannot be asked.
    pub fn refresh_session(
        &mut self,
        head: &RequestHead<'_>,
        method: Option<TransferMethod>,
    ) -> Result<SessionStep, SessionError> {
        let next = self.refresh(Visitor::of(head, &self.wire, method, &self.budget));
        self.begin(next)
    }

    /// Refreshes the session of a refresh token (`refreshSessionWithoutRequestResponse()`).
    ///
    /// # Errors
    /// [`SessionError`] for a wrong argument, or a core that cannot be asked.
    pub fn refresh_session_without_request(
        &mut self,
        refresh_token: &str,
        disable_anti_csrf: bool,
        anti_csrf_token: Option<&str>,
    ) -> Result<SessionStep, SessionError> {
        let next = self.refresh_token(refresh_token, anti_csrf_token, disable_anti_csrf)?;
        self.begin(next)
    }

    /// Changes claims of a session, seen at once by whoever reads its tokens: members of `update`
    /// replace those of the same name, `null` deletes (`session.mergeIntoAccessTokenPayload()`).
    ///
    /// # Errors
    /// [`SessionError`] for a wrong argument, or a core that cannot be asked.
    pub fn merge_into_access_token_payload(
        &mut self,
        session: Session,
        update: &Json,
    ) -> Result<SessionStep, SessionError> {
        let next = self.merge(session, update)?;
        self.begin(next)
    }

    /// The same for any session; seen once it is refreshed. Gives a flag: whether it exists.
    ///
    /// # Errors
    /// [`SessionError`] for a wrong argument, or a core that cannot be asked.
    pub fn merge_into_access_token_payload_of(
        &mut self,
        handle: &str,
        update: &Json,
    ) -> Result<SessionStep, SessionError> {
        let next = self.merge_by_handle(handle.into(), update)?;
        self.begin(next)
    }

    /// Replaces what the database keeps of a session. Gives a flag: whether it exists.
    ///
    /// # Errors
    /// [`SessionError`] when the core cannot be asked.
    pub fn update_session_data_in_database(
        &mut self,
        handle: &str,
        data: &Json,
    ) -> Result<SessionStep, SessionError> {
        self.ask(CoreCall::set_data(handle, data), Stage::Stored)
    }

    /// What the core keeps of a session.
    ///
    /// # Errors
    /// [`SessionError`] when the core cannot be asked.
    pub fn session_information(&mut self, handle: &str) -> Result<SessionStep, SessionError> {
        self.ask(CoreCall::information(handle), Stage::Information)
    }

    /// The handles of a user's sessions, those of linked accounts too if `linked`; of all tenants
    /// unless one is given.
    ///
    /// # Errors
    /// [`SessionError`] for a wrong argument, or a core that cannot be asked.
    pub fn all_session_handles_for_user(
        &mut self,
        user_id: &str,
        linked: bool,
        tenant_id: Option<&str>,
    ) -> Result<SessionStep, SessionError> {
        let tenant = tenant_id.map(Tenant::new).transpose()?;
        self.ask(CoreCall::handles(user_id, linked, tenant.as_ref()), Stage::Handles)
    }

    /// Ends a user's sessions, those of linked accounts too if `linked`; of all tenants unless one
    /// is given. Gives their handles.
    ///
    /// # Errors
    /// [`SessionError`] for a wrong argument, or a core that cannot be asked.
    pub fn revoke_all_sessions_for_user(
        &mut self,
        user_id: &str,
        linked: bool,
        tenant_id: Option<&str>,
    ) -> Result<SessionStep, SessionError> {
        let tenant = tenant_id.map(Tenant::new).transpose()?;
        self.ask(CoreCall::remove_all(user_id, linked, tenant.as_ref()), Stage::Revoked)
    }

    /// Ends sessions. Gives the handles of those that existed.
    ///
    /// # Errors
    /// [`SessionError`] when the core cannot be asked.
    pub fn revoke_multiple_sessions(
        &mut self,
        handles: &[String],
    ) -> Result<SessionStep, SessionError> {
        self.ask(CoreCall::remove_sessions(handles), Stage::Revoked)
    }

    /// Ends a session. Gives a flag: whether it existed.
    ///
    /// # Errors
    /// [`SessionError`] when the core cannot be asked.
    pub fn revoke_session(&mut self, handle: &str) -> Result<SessionStep, SessionError> {
        let handles = [String::from(handle)];
        self.ask(CoreCall::remove_sessions(&handles), Stage::RevokedOne)
    }

    /// Ends a session at hand; gives it back with the headers by which the browser forgets it
    /// (`session.revokeSession()`).
    ///
    /// # Errors
    /// [`SessionError`] when the core cannot be asked.
    pub fn revoke(&mut self, session: Session) -> Result<SessionStep, SessionError> {
        let next = self.revoke_at_hand(session);
        self.begin(next)
    }

    fn ask(&mut self, call: CoreCall, stage: Stage) -> Result<SessionStep, SessionError> {
        self.begin(Next::Ask(call, stage))
    }
}
