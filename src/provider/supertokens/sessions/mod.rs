//! The functions of `supertokens-node` that find, make, change, refresh and end sessions.
//!
//! Each is a small state machine: it says what to send to the core, takes the answer, and in the end
//! gives its output. What is remembered between two functions is in [`Sessions`] alone: the keys, the
//! core's next address in turn, and whether the core speaks our version of its interface.

mod calls;
mod change;
mod client;
mod core_error;
mod create;
mod exchange;
mod get;
mod information;
mod payload;
mod refresh;
mod refusal;
mod replies;
mod session;
mod step;
mod text;
mod visitor;

pub use core_error::CoreError;
pub use create::NewSession;
pub use exchange::CoreReply;
pub use information::SessionInformation;
pub use refusal::SessionRefusal;
pub use session::Session;
pub use step::{SessionCall, SessionOutput, SessionStep};

use alloc::boxed::Box;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use super::SuperTokens;
use super::config::{SuperTokensConfig, TransferMethod, base_path};
use super::state::Statuses;
use super::wire::Wire;
use crate::budget::Budget;
use crate::cache::{DEFAULT_TOKENS, TokenCache};
use crate::config::ConfigError;
use crate::json::Json;
use crate::request::RequestHead;
use crate::signature::SignatureVerifier;
use calls::{CoreCall, Tenant};
use client::CoreClient;
use create::Attach;
use step::Stage;
use visitor::Visitor;

/// Sessions in the core. Pure as [`crate::Gate`] is: it says what to send, and the host sends it.
pub struct Sessions {
    provider: SuperTokens,
    wire: Wire,
    client: CoreClient,
    statuses: Statuses,
    /// The claim `iss` of new sessions.
    issuer: String,
    uses_dynamic_key: bool,
    verifier: Box<dyn SignatureVerifier + Send + Sync>,
    budget: Budget,
    tokens: TokenCache,
    trust_proxy: bool,
}

/// Why a function did not begin.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum SessionError {
    /// An argument is wrong; names it.
    Argument(ConfigError),
    /// The core cannot be asked.
    Core(CoreError),
}

impl Sessions {
    /// Sessions whose tokens are verified with `ring`.
    ///
    /// # Errors
    /// [`ConfigError`] names the option that cannot work.
    #[cfg(feature = "ring")]
    pub fn new(config: SuperTokensConfig) -> Result<Self, ConfigError> {
        Self::with_verifier(config, Box::new(crate::signature::RingVerifier))
    }

    /// Sessions with another signature engine.
    ///
    /// # Errors
    /// [`ConfigError`] names the option that cannot work.
    pub fn with_verifier(
        config: SuperTokensConfig,
        verifier: Box<dyn SignatureVerifier + Send + Sync>,
    ) -> Result<Self, ConfigError> {
        let (domain, path) = config.api()?;
        let gateway = base_path("apiGatewayPath", &config.api_gateway_path)?;
        Ok(Self {
            wire: Wire::new(&config)?,
            client: CoreClient::new(&config)?,
            statuses: Statuses {
                session_expired: config.session_expired_status_code,
                invalid_claim: config.invalid_claim_status_code,
            },
            issuer: format!("{domain}{gateway}{path}"),
            uses_dynamic_key: config.use_dynamic_access_token_signing_key,
            provider: SuperTokens::new(config, &Budget::DEFAULT)?,
            verifier,
            budget: Budget::DEFAULT,
            tokens: TokenCache::new(DEFAULT_TOKENS),
            trust_proxy: true,
        })
    }

    /// Prepares a session for the sender of a request, first half of `createNewSession()`: gives a
    /// [`SessionOutput::Prepared`] to be handed to [`create_session`](Self::create_session).
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
        let disable_anti_csrf = attach.carrier == super::wire::Carrier::Header;
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
        let handles: Vec<String> = alloc::vec![handle.into()];
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
        self.begin(step::Next::Ask(call, stage))
    }
}

impl fmt::Debug for Sessions {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Sessions").field("client", &self.client).finish_non_exhaustive()
    }
}

impl From<ConfigError> for SessionError {
    fn from(error: ConfigError) -> Self {
        Self::Argument(error)
    }
}

impl From<CoreError> for SessionError {
    fn from(error: CoreError) -> Self {
        Self::Core(error)
    }
}

impl fmt::Display for SessionError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Argument(error) => error.fmt(formatter),
            Self::Core(error) => error.fmt(formatter),
        }
    }
}

impl core::error::Error for SessionError {}

#[cfg(test)]
mod tests;
