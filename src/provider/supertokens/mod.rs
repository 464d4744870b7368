//! SuperTokens: from the access token to who it is, or to the refresh that a session needs.

mod access_token;
mod answer_headers;
mod claim_check;
pub(crate) mod claims;
mod config;
mod confirmed;
mod core_verify;
mod csrf;
mod found;
mod front_token;
mod legacy;
mod lookup;
mod page_visit;
mod pages;
mod preflight;
mod readable_cookies;
mod refresh_visit;
mod session_options;
pub(crate) mod sessions;
mod set_cookie;
mod site;
mod state;
mod verify;
mod wire;

pub use config::{AntiCsrf, SameSite, SuperTokensConfig, TokenNames, TransferMethod};
pub use session_options::SessionOptions;

use alloc::vec::Vec;

use super::facts::Facts;
use super::{Context, TokenRefusal};
use crate::budget::Budget;
use crate::config::ConfigError;
use crate::decision::{AuthState, Exemption, uncacheable};
use crate::key::VerifyingKey;
use crate::need::{Fact, Need};
use crate::policy::SignInPages;
use crate::provider::jwt::{VerifiedToken, outcome};
use crate::reason::Reason;
use crate::request::RequestHead;
use access_token::AccessToken;
use claims::ClaimValidator;
use core_verify::Core;
use csrf::CsrfCheck;
use found::is_unavailable;
use pages::Pages;
use preflight::is_preflight;
use state::Statuses;
use verify::{Rules, Verified};
use wire::Wire;

/// The SuperTokens provider, ready to work.
#[derive(Debug)]
pub(crate) struct SuperTokens {
    rules: Rules,
    wire: Wire,
    names: TokenNames,
    allowed: TransferMethod,
    validators: Vec<ClaimValidator>,
    statuses: Statuses,
    core: Core,
    origin_verifies: bool,
    pages: Pages,
    facts: Facts,
}

impl SuperTokens {
    pub(crate) fn new(config: SuperTokensConfig, budget: &Budget) -> Result<Self, ConfigError> {
        if config.session_expired_status_code == config.invalid_claim_status_code {
            let message = "`sessionExpiredStatusCode` and `invalidClaimStatusCode` must differ: clients tell the cases apart by them.";
            return Err(ConfigError::invalid("invalidClaimStatusCode", message));
        }
        let wire = Wire::new(&config)?;
        Ok(Self {
            rules: Rules {
                keys: config.key_source(budget)?,
                uses_dynamic_key: config.use_dynamic_access_token_signing_key,
            },
            pages: Pages::new(&config, &wire)?,
            wire,
            core: Core::new(config.core_addresses()?, config.api_key),
            statuses: Statuses {
                session_expired: config.session_expired_status_code,
                invalid_claim: config.invalid_claim_status_code,
            },
            names: config.cookie_names,
            allowed: config.token_transfer_method,
            validators: config.claim_validators,
            origin_verifies: config.origin_verifies,
            facts: Facts::default(),
        })
    }

    /// Where an option of a route asks for what this provider cannot do.
    pub(crate) fn check_options(&self, options: &SessionOptions) -> Result<(), &'static str> {
        let can_check = self.core.is_configured() || self.origin_verifies;
        match options.check_database && !can_check {
            true => Err(Reason::CoreNotConfigured.message()),
            false => Ok(()),
        }
    }

    pub(crate) fn authenticate(
        &self,
        head: &RequestHead<'_>,
        context: &Context<'_>,
    ) -> Result<AuthState, Need> {
        if let Some(state) = self.refresh_visit(head, context)? {
            return Ok(state);
        }
        if is_preflight(head) {
            let state = self.statuses.no_session(Reason::TokenMissing);
            return Ok(AuthState { exemption: Some(Exemption::Preflight), ..state });
        }
        let state = self.session_state(head, context)?;
        let mut state = self.pages.lead(state, head, context);
        if state.headers.iter().any(|(name, _)| name == "set-cookie") {
            // Tokens are for one visitor, on public pages as well.
            state.headers.extend(uncacheable());
        }
        Ok(state)
    }

    pub(crate) fn verify_token(
        &self,
        token: &str,
        context: &Context<'_>,
    ) -> Result<Result<VerifiedToken, TokenRefusal>, Need> {
        let parsed = match AccessToken::parse(token, context) {
            Ok(parsed) => parsed,
            Err(exact) => return Ok(Err(TokenRefusal::new(Reason::Unauthorised, exact))),
        };
        let verified = outcome(self.rules.verify(parsed, &CsrfCheck::none(None), context))?;
        Ok(match verified {
            Ok(Verified { header, session }) => {
                Ok(VerifiedToken { header, claims: session.payload })
            }
            Err(exact) if is_unavailable(exact) => Err(TokenRefusal::new(exact, exact)),
            Err(exact) => Err(TokenRefusal::new(Reason::TryRefreshToken, exact)),
        })
    }

    pub(crate) fn pages(&self) -> Option<SignInPages> {
        Some(self.pages.sign_in())
    }

    pub(crate) fn has_key(&self, key: &VerifyingKey) -> bool {
        self.rules.keys.has(key)
    }

    pub(crate) fn supply(&mut self, fact: &Fact) -> bool {
        if self.rules.keys.supply(fact) {
            return true;
        }
        if self.core.supply(fact) {
            return true;
        }
        let is_own = self.pages.asked_for(fact);
        if is_own {
            self.facts.keep(fact.clone());
        }
        is_own
    }

    /// Who it is, before any page is thought of.
    fn session_state(
        &self,
        head: &RequestHead<'_>,
        context: &Context<'_>,
    ) -> Result<AuthState, Need> {
        Ok(match self.found(head, context)? {
            Ok((confirmed, _)) => self.with_claims(confirmed, context),
            Err(state) => state,
        })
    }
}
