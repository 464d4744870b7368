//! Vendors' rules: which cookie, which checks in which order, which word for a refusal.

pub(crate) mod clerk;
mod date;
mod facts;
pub(crate) mod jwt;
pub(crate) mod oidc;
mod secret_key;
#[cfg_attr(
    not(feature = "supertokens"),
    allow(dead_code, unused_imports, reason = "its types are there in every build")
)]
pub(crate) mod supertokens;

pub use clerk::{Accepts, ClerkConfig};
pub use jwt::VerifiedToken;
pub use oidc::OidcConfig;
pub use secret_key::SecretKey;
pub use supertokens::claims::{ClaimValidator, ClaimVerdict, validate_claims};
pub use supertokens::sessions::{
    CoreError, CoreReply, NewSession, Session, SessionCall, SessionError, SessionInformation,
    SessionOutput, SessionRefusal, SessionStep, Sessions,
};
pub use supertokens::{
    AntiCsrf, SameSite, SessionOptions, SuperTokensConfig, TokenNames, TransferMethod,
};

use alloc::boxed::Box;
use alloc::string::String;

use crate::budget::Budget;
use crate::cache::TokenCache;
use crate::config::ConfigError;
use crate::decision::AuthState;
use crate::key::VerifyingKey;
use crate::need::{Fact, Need};
use crate::policy::SignInPages;
use crate::reason::Reason;
use crate::request::RequestHead;
use crate::signature::SignatureVerifier;
use crate::time::UnixMillis;
use clerk::Clerk;
use oidc::Oidc;
#[cfg(feature = "supertokens")]
use supertokens::SuperTokens;

/// The options of one provider.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum ProviderConfig {
    /// Clerk session tokens.
    Clerk(ClerkConfig),
    /// SuperTokens sessions.
    #[cfg(feature = "supertokens")]
    SuperTokens(SuperTokensConfig),
    /// JWTs of any other issuer.
    Oidc(OidcConfig),
}

/// A provider that is ready to work.
#[derive(Debug)]
pub(crate) enum Provider {
    Clerk(Box<Clerk>),
    #[cfg(feature = "supertokens")]
    SuperTokens(Box<SuperTokens>),
    Oidc(Box<Oidc>),
}

/// What every check has at hand besides the request.
pub(crate) struct Context<'c> {
    pub(crate) now: UnixMillis,
    pub(crate) verifier: &'c dyn SignatureVerifier,
    pub(crate) budget: &'c Budget,
    /// Tokens that were taken apart or verified before.
    pub(crate) tokens: &'c TokenCache,
    /// Whether `Host` and `X-Forwarded-*` say where the visitor is.
    pub(crate) trust_proxy: bool,
    /// What is asked of a session here, in place of what is asked everywhere.
    pub(crate) session: &'c SessionOptions,
}

/// Why a token was refused: in the provider's words, and by the exact rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TokenRefusal {
    /// A peer's own word where it has one, else the exact rule.
    pub reason: Reason,
    /// The exact rule, when `reason` is a broader word.
    pub detail: Option<Reason>,
}

impl TokenRefusal {
    pub(crate) fn new(word: Reason, exact: Reason) -> Self {
        Self { reason: word, detail: (word != exact).then_some(exact) }
    }

    /// What is wrong and what to do about it.
    #[must_use]
    pub fn message(&self) -> &'static str {
        self.detail.unwrap_or(self.reason).message()
    }
}

impl Provider {
    pub(crate) fn new(config: ProviderConfig, budget: &Budget) -> Result<Self, ConfigError> {
        match config {
            ProviderConfig::Clerk(config) => {
                Clerk::new(config, budget).map(Box::new).map(Self::Clerk)
            }
            #[cfg(feature = "supertokens")]
            ProviderConfig::SuperTokens(config) => {
                SuperTokens::new(config, budget).map(Box::new).map(Self::SuperTokens)
            }
            ProviderConfig::Oidc(config) => Oidc::new(config, budget).map(Box::new).map(Self::Oidc),
        }
    }

    /// Who sent the request.
    pub(crate) fn authenticate(
        &self,
        head: &RequestHead<'_>,
        context: &Context<'_>,
    ) -> Result<AuthState, Need> {
        match self {
            Self::Clerk(clerk) => clerk.authenticate(head, context),
            #[cfg(feature = "supertokens")]
            Self::SuperTokens(supertokens) => supertokens.authenticate(head, context),
            Self::Oidc(oidc) => oidc.authenticate(head, context),
        }
    }

    /// Verifies a token that somebody else found.
    pub(crate) fn verify_token(
        &self,
        token: &str,
        context: &Context<'_>,
    ) -> Result<Result<VerifiedToken, TokenRefusal>, Need> {
        match self {
            Self::Clerk(clerk) => clerk.verify_token(token, context),
            #[cfg(feature = "supertokens")]
            Self::SuperTokens(supertokens) => supertokens.verify_token(token, context),
            Self::Oidc(oidc) => oidc.verify_token(token, context),
        }
    }

    /// Whether what a route asks of sessions can be done.
    pub(crate) fn check_options(&self, options: &SessionOptions) -> Result<(), &'static str> {
        match self {
            #[cfg(feature = "supertokens")]
            Self::SuperTokens(supertokens) => supertokens.check_options(options),
            _ => {
                let _ = options;
                Ok(())
            }
        }
    }

    /// Where visitors sign in and up, if the provider knows.
    pub(crate) fn pages(&self) -> Option<SignInPages> {
        match self {
            Self::Clerk(clerk) => clerk.pages(),
            #[cfg(feature = "supertokens")]
            Self::SuperTokens(supertokens) => supertokens.pages(),
            Self::Oidc(oidc) => oidc.pages(),
        }
    }

    /// Clerk: the token of the browser in a development instance.
    pub(crate) fn dev_browser(
        &self,
        head: &RequestHead<'_>,
        context: &Context<'_>,
    ) -> Option<String> {
        match self {
            Self::Clerk(clerk) => clerk.dev_browser(head, context),
            _ => None,
        }
    }

    /// Whether a key is in use.
    pub(crate) fn has_key(&self, key: &VerifyingKey) -> bool {
        match self {
            Self::Clerk(clerk) => clerk.has_key(key),
            #[cfg(feature = "supertokens")]
            Self::SuperTokens(supertokens) => supertokens.has_key(key),
            Self::Oidc(oidc) => oidc.has_key(key),
        }
    }

    /// Takes a fact; `false` when this provider did not ask for it.
    pub(crate) fn supply(&mut self, fact: &Fact) -> bool {
        match self {
            Self::Clerk(clerk) => clerk.supply(fact),
            #[cfg(feature = "supertokens")]
            Self::SuperTokens(supertokens) => supertokens.supply(fact),
            Self::Oidc(oidc) => oidc.supply(fact),
        }
    }
}

/// Runs `work` as if for a request at the epoch.
#[cfg(test)]
#[cfg(feature = "ring")]
pub(crate) fn with_context<T>(work: impl FnOnce(&Context<'_>) -> T) -> T {
    work(&Context {
        now: UnixMillis(0),
        verifier: &crate::signature::RingVerifier,
        budget: &Budget::DEFAULT,
        tokens: &TokenCache::new(0),
        trust_proxy: true,
        session: SessionOptions::DEFAULT,
    })
}
