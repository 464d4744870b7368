//! Clerk: from the cookies or the header to who it is, or to the Frontend API that knows.

mod allowed;
mod api;
mod claims;
mod config;
mod cookies;
mod directives;
mod handshake;
mod instance;
mod machine;
mod messages;
mod numbers;
mod organization;
mod permissions;
mod publishable_key;
mod reasons;
mod referrer;
mod refresh;
mod rules;
mod session;
mod state;
mod visit;

pub use config::ClerkConfig;
pub use machine::Accepts;

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::sync::Arc;
use alloc::vec::Vec;

use super::{Context, TokenRefusal};
use crate::auth::{Auth, TokenType};
use crate::budget::Budget;
use crate::claims::TimeRules;
use crate::config::{ConfigError, clock_skew};
use crate::decision::AuthState;
use crate::key::{KeySource, VerifyingKey};
use crate::need::{Fact, Need};
use crate::policy::{PathPattern, SignInPages};
use crate::provider::facts::Facts;
use crate::provider::jwt::{UnverifiedJwt, VerifiedJwt, VerifiedToken, outcome};
use crate::reason::Reason;
use crate::request::RequestHead;
use crate::url::Target;
use allowed::AllowedRedirects;
use api::BackendApi;
use instance::{Instance, Satellite};
use organization::OrganizationSync;
use publishable_key::PublishableKey;
use rules::{Kind, Rules, is_session_token};
use session::Carrier;
use state::{Cause, signed_out};
use visit::Visit;

/// The provider's name in states.
const NAME: &str = "clerk";

/// The Clerk provider, ready to work.
#[derive(Debug)]
pub(crate) struct Clerk {
    instance: Instance,
    keys: KeySource,
    secret_key: Option<String>,
    api: BackendApi,
    facts: Facts,
    rules: Rules,
    accepts: Accepts,
    treat_pending_as_signed_out: bool,
    pages: Option<SignInPages>,
    organization_sync: OrganizationSync,
    allowed_redirects: AllowedRedirects,
}

impl Clerk {
    pub(crate) fn new(config: ClerkConfig, budget: &Budget) -> Result<Self, ConfigError> {
        let key = config.parse_publishable_key()?;
        let api = BackendApi::new(config.api_url.as_deref(), config.api_version.as_deref());
        Ok(Self {
            keys: config.key_source(key.as_ref(), &api, budget)?,
            instance: instance(&config, key.as_ref())?,
            pages: pages(&config, key.as_ref())?,
            organization_sync: organization_sync(&config)?,
            allowed_redirects: AllowedRedirects::new(&config.allowed_redirect_origins).ok_or_else(
                || {
                    ConfigError::invalid(
                        "allowedRedirectOrigins",
                        "Give origins such as https://satellite.example.",
                    )
                },
            )?,
            rules: Rules {
                time: TimeRules { skew_ms: clock_skew(config.clock_skew_in_ms, "clockSkewInMs")? },
                authorized_parties: config.authorized_parties,
                azp_if_present: config.azp_if_present,
                audience: config.audience.into_iter().filter(|one| !one.is_empty()).collect(),
                issuer: config.issuer,
            },
            secret_key: config.secret_key.map(|key| key.expose().into()),
            accepts: config.accepts_token,
            treat_pending_as_signed_out: !config.treat_pending_as_signed_in,
            api,
            facts: Facts::default(),
        })
    }

    /// A token in the header decides alone; else the cookies do.
    pub(crate) fn authenticate(
        &self,
        head: &RequestHead<'_>,
        context: &Context<'_>,
    ) -> Result<AuthState, Need> {
        let visit = match Visit::new(head, &self.instance, context) {
            Ok(visit) => visit,
            Err(reason) => return Ok(signed_out(Cause::with_message(reason, reason.message()))),
        };
        match (visit.header_token, &self.accepts) {
            (Some(token), Accepts::Session) => self.by_session_header(&visit, token, context),
            (Some(token), _) => self.by_header_of_any_kind(&visit, token, context),
            (None, Accepts::One(kind)) => Ok(Self::without_machine_token(*kind)),
            (None, Accepts::List(list)) if !list.contains(&TokenType::Session) => {
                let mut state = signed_out(Cause::of(Reason::TokenTypeMismatch));
                state.token_type = None;
                Ok(state)
            }
            (None, _) if self.instance.cookies.is_none() => self.by_lone_cookie(&visit, context),
            (None, _) => self.by_cookies(&visit, context),
        }
    }

    pub(crate) fn verify_token(
        &self,
        token: &str,
        context: &Context<'_>,
    ) -> Result<Result<VerifiedToken, TokenRefusal>, Need> {
        let verified = match UnverifiedJwt::parse(token, context) {
            Err(reason) => Err(reason),
            Ok(jwt) if !is_session_token(&jwt) => Err(Reason::CatMismatch),
            Ok(jwt) => outcome(self.rules.verify(jwt, Kind::Session, &self.keys, context))?,
        };
        let refusal = |exact| TokenRefusal::new(reasons::word(exact), exact);
        Ok(verified.map(VerifiedJwt::into_token).map_err(refusal))
    }

    pub(crate) fn pages(&self) -> Option<SignInPages> {
        self.pages.clone()
    }

    /// The token of the browser, which other hosts must learn of in a development instance.
    pub(crate) fn dev_browser(
        &self,
        head: &RequestHead<'_>,
        context: &Context<'_>,
    ) -> Option<String> {
        if self.instance.is_production || self.instance.cookies.is_none() {
            return None;
        }
        let visit = Visit::new(head, &self.instance, context).ok()?;
        visit.dev_browser.map(Cow::into_owned)
    }

    pub(crate) fn has_key(&self, key: &VerifyingKey) -> bool {
        self.keys.has(key)
    }

    pub(crate) fn supply(&mut self, fact: &Fact) -> bool {
        if self.keys.supply(fact) {
            return true;
        }
        let is_own = ["handshake-payload ", "session-refresh "]
            .iter()
            .any(|kind| fact.key.starts_with(kind));
        if is_own && self.secret_key.is_some() {
            self.facts.keep(fact.clone());
            return true;
        }
        false
    }

    /// A session token in the header: no cookie, no satellite and no organisation is looked at.
    fn by_session_header(
        &self,
        visit: &Visit<'_>,
        text: &str,
        context: &Context<'_>,
    ) -> Result<AuthState, Need> {
        self.by_token(visit, text, Carrier::Header, context)
    }

    /// Without a publishable key there is nothing to ask, so the session cookie decides alone.
    fn by_lone_cookie(&self, visit: &Visit<'_>, context: &Context<'_>) -> Result<AuthState, Need> {
        match visit.cookies.session.as_deref() {
            Some(token) => self.by_token(visit, token, Carrier::Cookie, context),
            None => Ok(signed_out(Cause::of(Reason::SessionTokenAndUatMissing))),
        }
    }

    fn by_token(
        &self,
        visit: &Visit<'_>,
        text: &str,
        carrier: Carrier,
        context: &Context<'_>,
    ) -> Result<AuthState, Need> {
        let verified = match UnverifiedJwt::parse(text, context) {
            Err(reason) => Err(reason),
            Ok(token) if !is_session_token(&token) => {
                return Ok(signed_out(Cause::wrong_kind()));
            }
            Ok(token) => outcome(self.rules.verify(token, Kind::Session, &self.keys, context))?,
        };
        match verified {
            Ok(verified) => Ok(self.signed_in(&verified, context)),
            Err(reason) => self.refused(visit, text, reason, carrier, context),
        }
    }

    /// A session that is pending stays signed in, but its user is nobody yet.
    fn signed_in(&self, verified: &VerifiedJwt, context: &Context<'_>) -> AuthState {
        let auth = verified.identity(NAME, context, claims::auth);
        let is_pending = auth.session_status.as_deref() == Some("pending");
        let auth = match is_pending && self.treat_pending_as_signed_out {
            true => {
                let session_status = auth.session_status.clone();
                Arc::new(Auth { session_status, ..Auth::default() })
            }
            false => auth,
        };
        AuthState::signed_in(NAME, verified.text(), auth)
    }
}

/// The pages where visitors sign in and up: the application's, else those of the instance.
fn pages(
    config: &ClerkConfig,
    key: Option<&PublishableKey>,
) -> Result<Option<SignInPages>, ConfigError> {
    let page = |option, url: &Option<String>| {
        let target = ClerkConfig::target(option, url.as_deref())?;
        Ok(target.map(|target| target.text().into()))
    };
    let pages = SignInPages {
        sign_in: page("signInUrl", &config.sign_in_url)?,
        sign_up: page("signUpUrl", &config.sign_up_url)?,
        hosted: key.map(PublishableKey::accounts_origin),
        is_satellite: config.is_satellite,
        path_parameter: None,
    };
    let is_known = pages.sign_in.is_some() || pages.hosted.is_some();
    Ok(is_known.then_some(pages))
}

fn instance(config: &ClerkConfig, key: Option<&PublishableKey>) -> Result<Instance, ConfigError> {
    let proxy = ClerkConfig::target("proxyUrl", config.proxy_url.as_deref())?;
    if config.proxy_url.as_ref().is_some_and(|url| url.contains(['?', '#'])) {
        let message = "The proxy is an address without query and fragment.";
        return Err(ConfigError::invalid("proxyUrl", message));
    }
    let sign_in = ClerkConfig::target("signInUrl", config.sign_in_url.as_deref())?;
    let satellite = match config.is_satellite {
        false => None,
        true => Some(satellite(config, key, sign_in)?),
    };
    Ok(Instance::new(key, proxy, config.domain.as_deref(), satellite))
}

fn satellite(
    config: &ClerkConfig,
    key: Option<&PublishableKey>,
    sign_in: Option<Target>,
) -> Result<Satellite, ConfigError> {
    let is_production = key.is_some_and(PublishableKey::is_production);
    if !is_production && !matches!(sign_in, Some(Target::Absolute(_))) {
        let message = "In development a satellite needs the absolute URL of the sign-in page, which is on the primary domain.";
        return Err(ConfigError::missing("signInUrl", message));
    }
    if config.domain.is_none() && config.proxy_url.is_none() {
        let message = "A satellite needs its `domain` or a `proxyUrl`.";
        return Err(ConfigError::missing("domain", message));
    }
    Ok(Satellite { auto_sync: config.satellite_auto_sync, sign_in })
}

fn organization_sync(config: &ClerkConfig) -> Result<OrganizationSync, ConfigError> {
    let parse = |patterns: &[String], option: &str| {
        let patterns = patterns.iter().map(|text| PathPattern::parse(text));
        patterns.collect::<Result<Vec<_>, _>>().map_err(|error| {
            let message: Cow<'static, str> = alloc::format!("{error}").into();
            ConfigError::invalid(alloc::format!("organizationSyncOptions.{option}"), message)
        })
    };
    Ok(OrganizationSync {
        organization: parse(&config.organization_patterns, "organizationPatterns")?,
        personal: parse(&config.personal_account_patterns, "personalAccountPatterns")?,
    })
}
