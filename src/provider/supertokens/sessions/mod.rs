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
mod functions;
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
use core::fmt;

use super::SuperTokens;
use super::config::{SuperTokensConfig, base_path};
use super::state::Statuses;
use super::wire::Wire;
use crate::budget::Budget;
use crate::cache::{DEFAULT_TOKENS, TokenCache};
use crate::config::ConfigError;
use crate::signature::SignatureVerifier;
use client::CoreClient;

/// Sessions in the core. Pure as [`crate::Gate`] is: it says what to send, and the host sends it.
///
/// ```
/// # #[cfg(feature = "ring")] {
/// use sessiongate::{
///     CoreReply, HttpReply, SessionOutput, SessionStep, Sessions, SuperTokensConfig, UnixMillis,
/// };
///
/// let mut sessions = Sessions::new(SuperTokensConfig {
///     website_domain: Some("https://example.com".into()),
///     connection_uri: vec!["https://core.example.com".into()],
///     ..SuperTokensConfig::new("https://api.example.com")
/// })?;
/// let mut step = sessions.all_session_handles_for_user("user", true, None)?;
/// let handles = loop {
///     match step {
///         SessionStep::Done(output) => break output,
///         SessionStep::Send { request, call, .. } => {
///             // What the core answers to `request`.
///             let body = match request.url.contains("/apiversion") {
///                 true => r#"{"versions":["5.4"]}"#,
///                 false => r#"{"status":"OK","sessionHandles":["a"]}"#,
///             };
///             let reply = HttpReply { status: 200, headers: vec![], body: body.into() };
///             step = sessions.answer(call, CoreReply::Whole(&reply), UnixMillis(0))?;
///         }
///     }
/// };
/// assert_eq!(handles, SessionOutput::Handles(vec!["a".into()]));
/// # }
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct Sessions {
    provider: SuperTokens,
    wire: Wire,
    client: CoreClient,
    statuses: Statuses,
    /// The claim `iss` of new sessions.
    issuer: String,
    uses_dynamic_key: bool,
    verifier: Box<dyn SignatureVerifier + Send>,
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
        verifier: Box<dyn SignatureVerifier + Send>,
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
            // Who calls these functions is the backend; there is none behind it.
            provider: SuperTokens::new(
                SuperTokensConfig { origin_verifies: false, ..config },
                &Budget::DEFAULT,
            )?,
            verifier,
            budget: Budget::DEFAULT,
            tokens: TokenCache::new(DEFAULT_TOKENS),
            trust_proxy: true,
        })
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
