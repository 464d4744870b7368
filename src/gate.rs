//! The gate: providers, keys and policy behind two methods.

use alloc::borrow::ToOwned;
use alloc::boxed::Box;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use core::cell::OnceCell;

use crate::budget::Budget;
use crate::cache::TokenCache;
use crate::claims::{CheckedClaims, Claims, ClaimsCheck};
use crate::config::{ConfigError, GateConfig};
use crate::decision::{Answer, AuthState, ClaimError, Decision, Exemption};
use crate::need::{Fact, FactError, Need};
use crate::policy::{
    Departure, Policy, Protect, ReturnTo, SignInError, SignInPage, SignInPages, Visit,
};
use crate::provider::{Context, Provider, SessionOptions, TokenRefusal, VerifiedToken};
use crate::reason::Reason;
use crate::request::RequestHead;
use crate::signature::SignatureVerifier;
use crate::time::UnixMillis;

/// Decides what becomes of requests. Pure: it reads no clock and does no I/O.
///
/// When it misses a fact it says which one; supply it and check again from the start:
///
/// ```
/// # #[cfg(feature = "ring")] {
/// use sessiongate::{Gate, GateConfig, RequestHead, UnixMillis};
///
/// let config = GateConfig::from_json(r#"{
///     "provider": { "kind": "clerk", "publishableKey": "pk_live_Y2xlcmsuZXhhbXBsZS5jb20k" },
///     "routes": [{ "path": "/dashboard(.*)", "access": "signed-in" }]
/// }"#)?;
/// let mut gate = Gate::new(config)?;
/// let headers = [("cookie", "__session=a.b.c"), ("accept", "text/html")];
/// let head = RequestHead::new("GET", "https://app.example/dashboard", &headers)?;
/// let decision = loop {
///     match gate.check(&head, UnixMillis(1_700_000_000_000)) {
///         Ok(decision) => break decision,
///         Err(need) => {
///             let jwks = r#"{"keys":[]}"#; // the answer to `need.request`
///             gate.supply(&need.answered(200, jwks, UnixMillis(1_700_000_000_000)))?;
///         }
///     }
/// };
/// assert_eq!(decision.status, 307);
/// # }
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct Gate {
    providers: Vec<Provider>,
    policy: Policy,
    /// Of the first provider that has any.
    pages: SignInPages,
    verifier: Box<dyn SignatureVerifier + Send>,
    budget: Budget,
    tokens: TokenCache,
    /// The application's own check of claims.
    claims: Option<CheckedClaims>,
    trust_proxy: bool,
}

impl Gate {
    /// A gate that verifies signatures with `ring`.
    ///
    /// # Errors
    /// [`ConfigError`] names the option that cannot work.
    #[cfg(feature = "ring")]
    pub fn new(config: GateConfig) -> Result<Self, ConfigError> {
        Self::with_verifier(config, Box::new(crate::signature::RingVerifier))
    }

    /// A gate with another signature engine.
    ///
    /// # Errors
    /// [`ConfigError`] names the option that cannot work.
    pub fn with_verifier(
        config: GateConfig,
        verifier: Box<dyn SignatureVerifier + Send>,
    ) -> Result<Self, ConfigError> {
        let GateConfig { providers, routes, trust_proxy, budget, cached_tokens } = config;
        if providers.is_empty() {
            return Err(ConfigError::missing("provider", "Give at least one provider."));
        }
        let is_list = providers.len() > 1;
        let option = |index| if is_list { format!("provider[{index}]") } else { "provider".into() };
        let providers = providers
            .into_iter()
            .enumerate()
            .map(|(index, one)| {
                Provider::new(one, &budget).map_err(|error| error.below(&option(index)))
            })
            .collect::<Result<Vec<_>, _>>()?;
        for (index, route) in routes.iter().enumerate() {
            let check = |provider: &Provider| provider.check_options(&route.session);
            providers.iter().try_for_each(check).map_err(|message| {
                ConfigError::invalid(format!("routes[{index}].session.checkDatabase"), message)
            })?;
        }
        let pages = providers.iter().find_map(Provider::pages).unwrap_or_default();
        let policy = Policy::new(routes);
        let tokens = TokenCache::new(cached_tokens);
        Ok(Self { providers, policy, pages, verifier, budget, tokens, claims: None, trust_proxy })
    }

    /// Looks at the claims of every session with the application's own check as well. A session
    /// whose claims it refuses counts as none, for the reason [`Reason::ClaimsMismatch`]; a page
    /// visit is then answered with 403, because signing in again would not mend it.
    ///
    /// A token is looked at once, for as long as the gate remembers it.
    pub fn set_claims_check(&mut self, check: Box<dyn ClaimsCheck + Send>) {
        self.claims = Some(CheckedClaims::new(check, self.tokens.capacity()));
    }

    /// The full decision for a request at the time `now`.
    ///
    /// # Errors
    /// A [`Need`] when a fact is missing: [`supply`](Self::supply) it and check again.
    pub fn check(&mut self, head: &RequestHead<'_>, now: UnixMillis) -> Result<Decision, Need> {
        let found = self.policy.find(head);
        let state = self.authenticate_as(head, found.session(), now)?;
        Ok(self.decide(head, now, state, |visit, state| visit.decide(found, state)))
    }

    /// The decision by one rule instead of the routes, as Clerk's `auth.protect()` takes it.
    ///
    /// # Errors
    /// A [`Need`] when a fact is missing, as for [`check`](Self::check).
    pub fn protect(
        &mut self,
        head: &RequestHead<'_>,
        protect: &Protect,
        now: UnixMillis,
    ) -> Result<Decision, Need> {
        let state = self.authenticate_as(head, &protect.session, now)?;
        Ok(self.decide(head, now, state, |visit, state| visit.protect(protect, state)))
    }

    /// What stands whatever the route, else what `judge` says.
    fn decide(
        &self,
        head: &RequestHead<'_>,
        now: UnixMillis,
        state: AuthState,
        judge: impl FnOnce(&Visit<'_>, AuthState) -> Decision,
    ) -> Decision {
        if let Some(location) = state.location().map(ToOwned::to_owned) {
            return Decision::follow(state, location);
        }
        if let Some(Answer { status, .. }) = state.answer.as_ref().filter(|one| one.is_final) {
            let (status, reason) = (*status, state.reason.unwrap_or(Reason::TokenMissing));
            return Decision::deny(state, None, status, reason).uncacheable();
        }
        let dev_browser = || self.dev_browser(head, now);
        let (pages, trust_proxy, url) = (&self.pages, self.trust_proxy, OnceCell::new());
        judge(&Visit { head, trust_proxy, url, pages, dev_browser: &dev_browser }, state)
    }

    /// The address of the sign-in or sign-up page for a visitor, as Clerk's `redirectToSignIn()`
    /// and `redirectToSignUp()` make it. `is_pending` says whether the visitor's session is.
    ///
    /// # Errors
    /// [`SignInError`] when there is no page, or an address is not a usable one.
    pub fn sign_in_address(
        &self,
        page: SignInPage,
        head: &RequestHead<'_>,
        return_to: ReturnTo<'_>,
        is_pending: bool,
        now: UnixMillis,
    ) -> Result<String, SignInError> {
        let here = head.effective_url(self.trust_proxy).href();
        let dev_browser = self.dev_browser(head, now);
        let departure = Departure {
            from: &here,
            return_to: match return_to {
                ReturnTo::Here => Some(&here),
                ReturnTo::Address(address) => Some(address),
                ReturnTo::Nowhere => None,
            },
            dev_browser: dev_browser.as_deref(),
            is_pending,
        };
        self.pages.address(page, &departure)
    }

    fn dev_browser(&self, head: &RequestHead<'_>, now: UnixMillis) -> Option<String> {
        let context = self.context(now, SessionOptions::DEFAULT);
        self.providers.iter().find_map(|provider| provider.dev_browser(head, &context))
    }

    /// Who sent the request, without regard to routes.
    ///
    /// Of several providers the first that knows the visitor speaks, else the first of all.
    ///
    /// # Errors
    /// A [`Need`] when a fact is missing, as for [`check`](Self::check).
    pub fn authenticate(
        &mut self,
        head: &RequestHead<'_>,
        now: UnixMillis,
    ) -> Result<AuthState, Need> {
        self.authenticate_as(head, SessionOptions::DEFAULT, now)
    }

    /// The same with what is asked of a SuperTokens session, as the options of `verifySession()`.
    ///
    /// # Errors
    /// A [`Need`] when a fact is missing, as for [`check`](Self::check).
    pub fn authenticate_as(
        &self,
        head: &RequestHead<'_>,
        session: &SessionOptions,
        now: UnixMillis,
    ) -> Result<AuthState, Need> {
        self.tokens.begin_request();
        let context = self.context(now, session);
        let mut first = None;
        let mut is_preflight = true;
        for provider in &self.providers {
            let state = self.with_checked_claims(provider.authenticate(head, &context)?);
            if state.is_signed_in() {
                return Ok(state);
            }
            is_preflight &= state.exemption == Some(Exemption::Preflight);
            first.get_or_insert(state);
        }
        let nobody = || AuthState::signed_out("none", Reason::TokenMissing, Reason::TokenMissing);
        let mut state = first.unwrap_or_else(nobody);
        // The rules are those of all providers, so that one alone cannot open them.
        if state.exemption == Some(Exemption::Preflight) && !is_preflight {
            state.exemption = None;
        }
        Ok(state)
    }

    /// Verifies a token that somebody else found; the first provider that accepts it counts.
    ///
    /// # Errors
    /// A [`Need`] when a fact is missing, as for [`check`](Self::check). A refused token is not an
    /// error but the inner value.
    pub fn verify_token(
        &mut self,
        token: &str,
        now: UnixMillis,
    ) -> Result<Result<VerifiedToken, TokenRefusal>, Need> {
        self.tokens.begin_request();
        let context = self.context(now, SessionOptions::DEFAULT);
        let mut first = None;
        for provider in &self.providers {
            let checked = provider.verify_token(token, &context)?.and_then(|verified| {
                match self.check_claims(&verified.claims) {
                    Ok(()) => Ok(verified),
                    Err(_) => Err(TokenRefusal::new(MISMATCH, MISMATCH)),
                }
            });
            match checked {
                Ok(verified) => return Ok(Ok(verified)),
                Err(refusal) => first.get_or_insert(refusal),
            };
        }
        let nobody = || TokenRefusal::new(Reason::TokenMissing, Reason::TokenMissing);
        Ok(Err(first.unwrap_or_else(nobody)))
    }

    /// Whatever a provider says of a session, its claims are as the application wants them, or it is
    /// none. Tokens of machines have no session claims.
    fn with_checked_claims(&self, state: AuthState) -> AuthState {
        let claims = state.auth.session_claims.as_ref();
        match claims.map_or(Ok(()), |claims| self.check_claims(claims)) {
            Ok(()) => state,
            Err(errors) => state.with_refused_claims(errors),
        }
    }

    fn check_claims(&self, claims: &Claims) -> Result<(), Vec<ClaimError>> {
        self.claims.as_ref().map_or(Ok(()), |check| check.judge(claims).into_result())
    }

    fn context<'c>(&'c self, now: UnixMillis, session: &'c SessionOptions) -> Context<'c> {
        let Self { verifier, budget, tokens, trust_proxy, .. } = self;
        let trust_proxy = *trust_proxy;
        Context { now, verifier: &**verifier, budget, tokens, trust_proxy, session }
    }

    /// Hands in a fact that a [`Need`] asked for. A key set that cannot be read is taken as a
    /// fact too: it shows in the reason of the requests that needed it.
    ///
    /// # Errors
    /// [`FactError::UnknownKey`] when no provider of this gate asked for it.
    pub fn supply(&mut self, fact: &Fact) -> Result<(), FactError> {
        let mut was_taken = false;
        for provider in &mut self.providers {
            was_taken |= provider.supply(fact);
        }
        if fact.is_about_keys() {
            let Self { providers, tokens, .. } = self;
            tokens.retain_keys(|key| providers.iter().any(|provider| provider.has_key(key)));
        }
        if was_taken { Ok(()) } else { Err(FactError::UnknownKey) }
    }
}

const MISMATCH: Reason = Reason::ClaimsMismatch;

impl core::fmt::Debug for Gate {
    fn fmt(&self, formatter: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        formatter.debug_struct("Gate").field("providers", &self.providers).finish_non_exhaustive()
    }
}
