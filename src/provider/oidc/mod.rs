//! JWTs of any issuer, as OpenID Connect and RFC 9068 use them.

mod config;

pub use config::OidcConfig;

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;

use super::{Context, TokenRefusal};
use crate::auth::Auth;
use crate::budget::Budget;
use crate::claims::{Claims, TimeRules, check_audience, check_issuer};
use crate::config::{ConfigError, clock_skew};
use crate::cookie::Cookies;
use crate::decision::AuthState;
use crate::json::Json;
use crate::key::{Algorithm, KeySource, VerifyingKey};
use crate::need::{Fact, Halt, Need};
use crate::policy::SignInPages;
use crate::provider::jwt::{UnverifiedJwt, VerifiedJwt, VerifiedToken, outcome};
use crate::reason::Reason;
use crate::request::RequestHead;
use crate::url::Target;

/// The provider's name in states.
const NAME: &str = "oidc";

/// Types of tokens that identify a session; a logout token or a DPoP proof of the same issuer is
/// none (RFC 8725 section 3.11). Compared without regard to case (RFC 7515 section 4.1.9).
const TYPES: &[&str] = &["jwt", "at+jwt", "application/jwt", "application/at+jwt"];

/// The OIDC provider, ready to work.
#[derive(Debug)]
pub(crate) struct Oidc {
    issuer: String,
    audience: Vec<String>,
    algorithms: Vec<Algorithm>,
    cookie: Option<String>,
    header: bool,
    keys: KeySource,
    sign_in: Option<Target>,
    time: TimeRules,
}

impl Oidc {
    pub(crate) fn new(config: OidcConfig, budget: &Budget) -> Result<Self, ConfigError> {
        if config.issuer.is_empty() {
            let message = "Give the issuer exactly as the `iss` claim has it.";
            return Err(ConfigError::missing("issuer", message));
        }
        let sign_in = config.sign_in_url.as_deref().map(Target::parse);
        if sign_in == Some(None) {
            let message = "The sign-in page is an absolute URL or a path such as /sign-in.";
            return Err(ConfigError::invalid("signInUrl", message));
        }
        if !config.header && config.cookie.is_none() {
            let message =
                "Name the cookie, or let the header be read: else no token is ever found.";
            return Err(ConfigError::missing("cookie", message));
        }
        Ok(Self {
            keys: config.key_source(budget)?,
            time: TimeRules { skew_ms: clock_skew(config.clock_skew_in_ms, "clockSkewInMs")? },
            issuer: config.issuer,
            audience: config.audience,
            algorithms: config.algorithms,
            cookie: config.cookie,
            header: config.header,
            sign_in: sign_in.flatten(),
        })
    }

    pub(crate) fn authenticate(
        &self,
        head: &RequestHead<'_>,
        context: &Context<'_>,
    ) -> Result<AuthState, Need> {
        let token = match self.find_token(head, context.budget) {
            Ok(Some(token)) => token,
            Ok(None) => return Ok(signed_out(Reason::TokenMissing)),
            Err(reason) => return Ok(signed_out(reason)),
        };
        Ok(match outcome(self.session_token(&token, context))? {
            Ok(verified) => {
                AuthState::signed_in(NAME, verified.text(), verified.identity(NAME, context, auth))
            }
            Err(reason) => signed_out(reason),
        })
    }

    pub(crate) fn verify_token(
        &self,
        token: &str,
        context: &Context<'_>,
    ) -> Result<Result<VerifiedToken, TokenRefusal>, Need> {
        let verified = outcome(self.session_token(token, context))?;
        let refusal = |reason| TokenRefusal::new(reason, reason);
        Ok(verified.map(VerifiedJwt::into_token).map_err(refusal))
    }

    pub(crate) fn pages(&self) -> Option<SignInPages> {
        let sign_in = Some(self.sign_in.as_ref()?.text().into());
        Some(SignInPages { sign_in, ..SignInPages::default() })
    }

    pub(crate) fn has_key(&self, key: &VerifyingKey) -> bool {
        self.keys.has(key)
    }

    pub(crate) fn supply(&mut self, fact: &Fact) -> bool {
        self.keys.supply(fact)
    }

    fn find_token<'r>(
        &self,
        head: &RequestHead<'r>,
        budget: &Budget,
    ) -> Result<Option<Cow<'r, str>>, Reason> {
        if let Some(token) = bearer_token(head).filter(|_| self.header) {
            return Ok(Some(Cow::Borrowed(token)));
        }
        match &self.cookie {
            Some(name) => Ok(Cookies::of(head, budget)?.first(name)),
            None => Ok(None),
        }
    }

    /// RFC 9068 section 4: type, key, signature, issuer, audience, times.
    fn session_token(&self, token: &str, context: &Context<'_>) -> Result<VerifiedJwt, Halt> {
        let token = UnverifiedJwt::parse(token, context)?;
        if !self.algorithms.contains(&token.header().algorithm()?) {
            return Err(Reason::AlgNotAllowed.into());
        }
        if !token.header().typ().is_none_or(is_known_type) {
            return Err(Reason::TypMismatch.into());
        }
        let header = token.header();
        let key = self.keys.find(header.kid(), header.algorithm()?, context.now)?;
        token.verify(key, context)?;
        let verified = token.signature_was_verified();
        let claims = verified.claims();
        check_issuer(claims, &self.issuer)?;
        if !self.audience.is_empty() {
            check_audience(claims, &self.audience)?;
        }
        self.time.check(claims, context.now)?;
        claims.str("sub").ok_or(Reason::SubInvalid)?;
        Ok(verified)
    }
}

fn is_known_type(typ: &Json) -> bool {
    typ.as_str().is_some_and(|typ| TYPES.iter().any(|known| typ.eq_ignore_ascii_case(known)))
}

/// RFC 6750 section 2.1; the scheme has no case (RFC 9110 section 11.1).
fn bearer_token<'r>(head: &RequestHead<'r>) -> Option<&'r str> {
    let (scheme, token) = head.header("authorization")?.split_once(' ')?;
    let token = token.trim_matches(' ');
    (scheme.eq_ignore_ascii_case("bearer") && !token.is_empty()).then_some(token)
}

fn auth(claims: Claims) -> Auth {
    Auth {
        user_id: claims.str("sub").map(Into::into),
        session_id: claims.str("sid").map(Into::into),
        actor: claims.get("act").cloned(),
        session_claims: Some(claims),
        ..Auth::default()
    }
}

fn signed_out(reason: Reason) -> AuthState {
    AuthState::signed_out(NAME, reason, reason)
}
