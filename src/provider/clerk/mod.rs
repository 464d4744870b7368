//! Clerk session tokens: from the cookie or the header to who it is.

mod claims;
mod config;
mod cookies;
mod permissions;
mod publishable_key;
mod reasons;

pub use config::ClerkConfig;

use alloc::borrow::{Cow, ToOwned};
use alloc::string::String;
use alloc::vec::Vec;

use super::{Context, TokenRefusal};
use crate::budget::Budget;
use crate::claims::{Claims, TimeRules, check_audience, check_authorized_party, check_issuer};
use crate::config::{ConfigError, clock_skew};
use crate::decision::AuthState;
use crate::json::Json;
use crate::key::KeySource;
use crate::need::{Fact, Halt, Need};
use crate::provider::jwt::{UnverifiedJwt, VerifiedToken, outcome};
use crate::reason::Reason;
use crate::request::RequestHead;
use crate::url::Target;
use config::ALGORITHMS;
use cookies::{CookieNames, header_token};
use publishable_key::PublishableKey;

/// The provider's name in states.
const NAME: &str = "clerk";
/// The header `cat` of session tokens.
const CATEGORY_SESSION: &str = "cl_B7d4PD111AAA";
/// The header `cat` of tokens whose kind is not to be looked at.
const CATEGORY_IGNORE: &str = "cl_I7d4PD111III";
/// How the subject of a machine token starts.
const MACHINE_SUBJECT: &str = "mch_";

/// The Clerk provider, ready to work.
#[derive(Debug)]
pub(crate) struct Clerk {
    cookies: CookieNames,
    keys: KeySource,
    sign_in: Option<Target>,
    rules: Rules,
}

/// What a token must meet.
#[derive(Debug)]
struct Rules {
    authorized_parties: Vec<String>,
    audience: Vec<String>,
    issuer: Option<String>,
    time: TimeRules,
}

impl Clerk {
    pub(crate) fn new(config: ClerkConfig, budget: &Budget) -> Result<Self, ConfigError> {
        let publishable_key = config.parse_publishable_key()?;
        Ok(Self {
            cookies: CookieNames::new(publishable_key.as_ref()),
            keys: config.key_source(publishable_key.as_ref(), budget)?,
            sign_in: sign_in(config.sign_in_url.as_deref(), publishable_key.as_ref())?,
            rules: Rules {
                time: TimeRules { skew_ms: clock_skew(config.clock_skew_in_ms, "clockSkewInMs")? },
                authorized_parties: config.authorized_parties,
                audience: config.audience,
                issuer: config.issuer,
            },
        })
    }

    /// A token in the header decides alone; else the session cookie of this instance.
    pub(crate) fn authenticate(
        &self,
        head: &RequestHead<'_>,
        context: &Context<'_>,
    ) -> Result<AuthState, Need> {
        if let Some(token) = header_token(head) {
            return self.state_of(token, context);
        }
        match self.cookies.session(head, context.budget) {
            Ok(Some(token)) => self.state_of(&token, context),
            Ok(None) => Ok(signed_out(Reason::SessionTokenAndUatMissing)),
            Err(reason) => Ok(signed_out(reason)),
        }
    }

    pub(crate) fn verify_token(
        &self,
        token: &str,
        context: &Context<'_>,
    ) -> Result<Result<VerifiedToken, TokenRefusal>, Need> {
        let verified = outcome(self.session_token(token, context))?;
        Ok(verified.map_err(|exact| TokenRefusal::new(reasons::word(exact), exact)))
    }

    pub(crate) fn sign_in(&self) -> Option<&Target> {
        self.sign_in.as_ref()
    }

    pub(crate) fn supply(&mut self, fact: &Fact) -> bool {
        self.keys.supply(fact)
    }

    fn state_of(&self, token: &str, context: &Context<'_>) -> Result<AuthState, Need> {
        Ok(match outcome(self.session_token(token, context))? {
            Ok(verified) => AuthState::signed_in(NAME, token, claims::auth(verified.claims)),
            Err(exact) => signed_out(exact),
        })
    }

    /// Verifies a session token. The order of the checks is Clerk's: form, kind, key,
    /// type, signature, then the claims.
    fn session_token(&self, token: &str, context: &Context<'_>) -> Result<VerifiedToken, Halt> {
        let token = UnverifiedJwt::parse(token, context.budget)?;
        if !is_session_token(&token) {
            return Err(Reason::CatMismatch.into());
        }
        if !ALGORITHMS.contains(&token.header().algorithm()?) {
            return Err(Reason::AlgNotAllowed.into());
        }
        let has_session_type = token.header().typ().is_none_or(|typ| typ.as_str() == Some("JWT"));
        if !has_session_type {
            return Err(Reason::TypMismatch.into());
        }
        let verified = token.verify(&self.keys, context)?;
        self.rules.check(&verified.claims, context)?;
        Ok(verified)
    }
}

impl Rules {
    fn check(&self, claims: &Claims, context: &Context<'_>) -> Result<(), Reason> {
        claims.str("sub").ok_or(Reason::SubInvalid)?;
        if !self.audience.is_empty() && claims.get("aud").is_some() {
            check_audience(claims, &self.audience)?;
        }
        check_authorized_party(claims, &self.authorized_parties)?;
        if let Some(issuer) = &self.issuer {
            check_issuer(claims, issuer)?;
        }
        self.time.check(claims, context.now)
    }
}

/// Whether the token claims to be a session token. Tokens of machines, of OAuth clients and of
/// JWT templates are signed with the same key and must not pass as sessions.
fn is_session_token(token: &UnverifiedJwt<'_>) -> bool {
    let header = token.header();
    let is_access_token = header
        .typ()
        .and_then(Json::as_str)
        .is_some_and(|typ| matches!(typ, "at+jwt" | "application/at+jwt"));
    let is_machine =
        token.unverified().str("sub").is_some_and(|subject| subject.starts_with(MACHINE_SUBJECT));
    let has_category = header
        .cat()
        .is_none_or(|cat| matches!(cat.as_str(), Some(CATEGORY_SESSION | CATEGORY_IGNORE)));
    has_category && !is_access_token && !is_machine
}

fn sign_in(url: Option<&str>, key: Option<&PublishableKey>) -> Result<Option<Target>, ConfigError> {
    let hosted = key.map(PublishableKey::hosted_sign_in_url);
    let Some(text) = url.or(hosted.as_deref()) else { return Ok(None) };
    Target::parse(text).map(Some).ok_or_else(|| {
        let message = "The sign-in page is an absolute URL such as https://example.com/sign-in, or a path such as /sign-in.";
        ConfigError::invalid("signInUrl", message)
    })
}

/// Nobody, with the headers by which Clerk's tools show the state.
fn signed_out(exact: Reason) -> AuthState {
    let word = reasons::word(exact);
    let mut state = AuthState::signed_out(NAME, word, exact);
    state.headers = [
        ("x-clerk-auth-status", "signed-out"),
        ("x-clerk-auth-reason", word.code()),
        ("x-clerk-auth-message", exact.message()),
    ]
    .map(|(name, value)| (Cow::Borrowed(name), value.to_owned()))
    .into();
    state
}
