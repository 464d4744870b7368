//! SuperTokens: from the access token to who it is, or to the refresh that a session needs.

mod access_token;
mod answer_headers;
pub(crate) mod claims;
mod config;
mod core_verify;
mod csrf;
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

use alloc::borrow::Cow;
use alloc::vec::Vec;

use super::facts::Facts;
use super::{Context, TokenRefusal};
use crate::budget::Budget;
use crate::claims::Claims;
use crate::config::ConfigError;
use crate::decision::{AuthState, AuthStatus, Exemption, Header, uncacheable};
use crate::json::Json;
use crate::key::VerifyingKey;
use crate::need::{Fact, Halt, Need};
use crate::policy::SignInPages;
use crate::provider::jwt::{UnverifiedJwt, VerifiedToken, outcome};
use crate::reason::Reason;
use crate::request::RequestHead;
use access_token::{AccessToken, SessionFacts, Version};
use answer_headers::AnswerHeaders;
use claims::{ClaimValidator, validate_claims};
use core_verify::{Core, CoreVerdict, NewToken};
use csrf::CsrfCheck;
use lookup::Candidates;
use pages::Pages;
use preflight::is_preflight;
use state::{Statuses, signed_in, unavailable};
use verify::{Rules, Verified};
use wire::{Carrier, Wire};

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

/// A session with what the core changed about it.
struct Confirmed {
    session: SessionFacts,
    /// The access token that is in force now.
    token: alloc::string::String,
    /// What tells the browser of a new one.
    headers: Vec<Header>,
    /// Whether the token is another one than was sent.
    is_renewed: bool,
    /// What only the backend can tell.
    origin: Option<Reason>,
    /// Whether the core had a word in it.
    is_by_core: bool,
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

    /// The session of a request and how its token came, or the state that there is none.
    fn found(
        &self,
        head: &RequestHead<'_>,
        context: &Context<'_>,
    ) -> Result<Result<(Confirmed, Carrier), AuthState>, Need> {
        let allowed = context.session.token_transfer_method.unwrap_or(self.allowed);
        let candidates = Candidates::of(head, &self.names, allowed, context.budget);
        let (token, carrier) = match choose(&candidates, context) {
            Ok(Some(chosen)) => chosen,
            Ok(None) => {
                let fault = candidates.fault.unwrap_or(Reason::TokenMissing);
                return Ok(Err(self.statuses.no_session(fault)));
            }
            Err(Choice::NoSession(reason)) => return Ok(Err(self.statuses.no_session(reason))),
            Err(Choice::Refresh(reason)) => return Ok(Err(self.statuses.refresh(reason))),
        };
        let csrf = match carrier {
            Carrier::Header => CsrfCheck::none(Some(head)),
            Carrier::Cookie => {
                CsrfCheck::of(head, self.wire.anti_csrf, context.session.anti_csrf_check)
            }
        };
        if let Err(reason) = csrf.before_verification(head) {
            return Ok(Err(self.statuses.refresh(reason)));
        }
        let confirmed = outcome(self.confirmed(token, carrier, &csrf, context))?;
        Ok(match confirmed {
            Ok(confirmed) => Ok((confirmed, carrier)),
            Err(reason) => Err(self.without_session(reason)),
        })
    }

    /// The same for a token that came without a request.
    fn found_by_token(
        &self,
        token: &str,
        csrf: &CsrfCheck<'_>,
        context: &Context<'_>,
    ) -> Result<Result<Confirmed, AuthState>, Need> {
        let parsed = match AccessToken::parse(token, context) {
            Ok(parsed) => parsed,
            Err(reason) => return Ok(Err(self.statuses.no_session(reason))),
        };
        let confirmed = outcome(self.confirmed(parsed, Carrier::Header, csrf, context))?;
        Ok(confirmed.map_err(|reason| self.without_session(reason)))
    }

    /// What becomes of a request whose token was refused.
    fn without_session(&self, reason: Reason) -> AuthState {
        match reason {
            Reason::SessionRevoked => {
                let state = self.statuses.no_session(reason);
                AuthState { headers: self.wire.clear_all(), ..state }
            }
            _ if is_unavailable(reason) => unavailable(reason),
            _ => self.statuses.refresh(reason),
        }
    }

    /// The session behind a token, confirmed by the core where that is needed.
    fn confirmed(
        &self,
        token: AccessToken<'_>,
        carrier: Carrier,
        csrf: &CsrfCheck<'_>,
        context: &Context<'_>,
    ) -> Result<Confirmed, Halt> {
        let (text, version) = (token.text(), token.version());
        let Verified { session, .. } = self.rules.verify(token, csrf, context)?;
        let checks_database = context.session.check_database;
        let confirmed = |session, origin| {
            Ok(Confirmed {
                session,
                token: text.into(),
                headers: Vec::new(),
                is_renewed: false,
                origin,
                is_by_core: false,
            })
        };
        match (checks_database, session.has_parent) {
            (false, false) => confirmed(session, None),
            _ if self.core.is_configured() => {
                self.confirmed_by_core(text, version, session, carrier, csrf, context)
            }
            (true, _) if self.origin_verifies => {
                confirmed(session, Some(Reason::OriginDatabaseCheck))
            }
            (true, _) => Err(Reason::CoreNotConfigured.into()),
            (false, true) => {
                let origin = self.origin_verifies.then_some(Reason::OriginParentRefreshToken);
                confirmed(session, origin)
            }
        }
    }

    fn confirmed_by_core(
        &self,
        text: &str,
        version: Version,
        session: SessionFacts,
        carrier: Carrier,
        csrf: &CsrfCheck<'_>,
        context: &Context<'_>,
    ) -> Result<Confirmed, Halt> {
        let enables_anti_csrf = self.wire.anti_csrf == AntiCsrf::ViaToken;
        let checks_database = context.session.check_database;
        let verdict = self.core.verify(text, csrf, enables_anti_csrf, checks_database, context)?;
        if let Some(reason) = core_verify::reason(&verdict) {
            return Err(reason.into());
        }
        let CoreVerdict::Good { session: by_core, new_token } = verdict else {
            return Err(Reason::CoreUnavailable.into());
        };
        let session = with_word_of_core(session, version, &by_core);
        match new_token {
            None => {
                let (token, headers) = (text.into(), Vec::new());
                Ok(Confirmed {
                    session,
                    token,
                    headers,
                    is_renewed: false,
                    origin: None,
                    is_by_core: true,
                })
            }
            Some(new) => {
                let renewed = self.renewed(session, version, new, carrier, csrf, context);
                renewed.ok_or(Reason::CoreUnavailable.into())
            }
        }
    }

    /// The session with a token that the core made in place of the one that was sent.
    fn renewed(
        &self,
        session: SessionFacts,
        sent: Version,
        new: NewToken,
        carrier: Carrier,
        csrf: &CsrfCheck<'_>,
        context: &Context<'_>,
    ) -> Option<Confirmed> {
        let payload = match UnverifiedJwt::parse(&new.text, context) {
            // The version that was sent says how the application sees the payload. What the core
            // puts into its own token is not for us to judge.
            Ok(token) if sent >= Version::V3 => token.signature_was_verified().claims,
            _ => session.payload.clone(),
        };
        let expires = crate::time::UnixMillis(new.expires);
        let access_token = wire::AccessToken {
            token: &new.text,
            user_id: &session.user_id,
            expires,
            payload: payload.as_json(),
        };
        let mut answer = AnswerHeaders::new();
        self.wire.put_access_token(&mut answer, carrier, &access_token, context.now);
        // As the peer does, the anti-CSRF token goes back with every new access token.
        let is_visible = |token: &&str| token.bytes().all(|byte| byte.is_ascii_graphic());
        if let Some(token) = csrf.token().filter(is_visible) {
            self.wire.put_anti_csrf(&mut answer, token);
        }
        let (token, headers) = (new.text.clone(), answer.finish());
        let session = SessionFacts { payload, expires: millis(new.expires), ..session };
        Some(Confirmed {
            session,
            token,
            headers,
            is_renewed: true,
            origin: None,
            is_by_core: true,
        })
    }

    /// Asks what is asked of the claims, all of it.
    fn with_claims(&self, confirmed: Confirmed, context: &Context<'_>) -> AuthState {
        let Confirmed { session, token, headers, origin, is_by_core, .. } = confirmed;
        let validators = context.session.claim_validators.as_ref().unwrap_or(&self.validators);
        let verdict = validate_claims(validators, session.payload.as_json(), context.now);
        let is_origins = self.origin_verifies && !verdict.refetch.is_empty();
        let origin = origin.or(is_origins.then_some(Reason::OriginClaimRefetch));
        let state = match (verdict.errors.is_empty(), origin) {
            (true, None) => signed_in(&token, session),
            (false, None) => self.statuses.invalid_claims(verdict.errors),
            (is_valid, Some(reason)) if is_valid || is_origins => {
                self.needs_origin(&token, session, reason, verdict.errors)
            }
            (_, Some(_)) => self.statuses.invalid_claims(verdict.errors),
        };
        let headers = [headers, state.headers.clone()].concat();
        AuthState { headers, has_outside_facts: is_by_core, ..state }
    }

    fn needs_origin(
        &self,
        token: &str,
        session: SessionFacts,
        reason: Reason,
        errors: Vec<crate::decision::ClaimError>,
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

/// Why no token is verified.
enum Choice {
    NoSession(Reason),
    Refresh(Reason),
}

/// The token that counts: one in the header before one in a cookie, each only if it is an access
/// token at all, so that a foreign one hides nothing.
fn choose<'c>(
    candidates: &'c Candidates<'_>,
    context: &Context<'_>,
) -> Result<Option<(AccessToken<'c>, Carrier)>, Choice> {
    if candidates.is_legacy {
        return Err(Choice::Refresh(Reason::LegacySession));
    }
    let header = candidates.header.map(|text| AccessToken::parse(text, context));
    let fault = match header {
        Some(Ok(token)) => return Ok(Some((token, Carrier::Header))),
        Some(Err(reason)) => Some(reason),
        None => None,
    };
    if candidates.is_ambiguous {
        return Err(Choice::Refresh(Reason::DuplicateAccessToken));
    }
    match candidates.cookie.as_deref().map(|text| AccessToken::parse(text, context)) {
        Some(Ok(token)) => Ok(Some((token, Carrier::Cookie))),
        Some(Err(reason)) => Err(Choice::NoSession(fault.unwrap_or(reason))),
        None => fault.map_or(Ok(None), |reason| Err(Choice::NoSession(reason))),
    }
}

#[expect(clippy::cast_precision_loss, reason = "a time in JavaScript is a double")]
const fn millis(time: i64) -> f64 {
    time as f64
}

/// Whether a refusal says nothing of the token, but that what decides about it cannot be had.
const fn is_unavailable(reason: Reason) -> bool {
    matches!(
        reason,
        Reason::KeysUnavailable
            | Reason::KeySetMalformed
            | Reason::KeySetTooLarge
            | Reason::CoreUnavailable
            | Reason::CoreNotConfigured
    )
}

/// What the core says of a session goes before what the token says.
fn with_word_of_core(session: SessionFacts, version: Version, by_core: &Json) -> SessionFacts {
    let text = |name, own| {
        let text = by_core.get(name).and_then(Json::as_str).filter(|text| !text.is_empty());
        text.map_or(own, Into::into)
    };
    let payload = match by_core.get("userDataInJWT") {
        Some(data) if version == Version::V2 => Claims::from_json(data.clone()),
        _ => session.payload,
    };
    SessionFacts {
        handle: text("handle", session.handle),
        user_id: text("userId", session.user_id),
        recipe_user_id: text("recipeUserId", session.recipe_user_id),
        tenant_id: match text("tenantId", session.tenant_id) {
            none if none.is_empty() => "public".into(),
            tenant => tenant,
        },
        payload,
        ..session
    }
}
