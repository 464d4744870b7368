//! The configuration of a gate, from typed values or from JSON with the peers' own option names.

mod options;
mod routes;

use alloc::borrow::{Cow, ToOwned};
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use crate::budget::Budget;
use crate::cache::DEFAULT_TOKENS;
use crate::json::Json;
use crate::policy::Route;
#[cfg(feature = "supertokens")]
use crate::provider::SuperTokensConfig;
use crate::provider::{ClerkConfig, OidcConfig, ProviderConfig};
pub(crate) use options::Options;

/// Everything that a gate is made from.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct GateConfig {
    /// The providers, tried in this order.
    pub providers: Vec<ProviderConfig>,
    /// The route rules; the first that matches decides.
    pub routes: Vec<Route>,
    /// Whether `Host` and `X-Forwarded-*` say where the visitor is. True unless set: with false
    /// only the request's own URL counts.
    pub trust_proxy: bool,
    /// The limits on input.
    pub budget: Budget,
    /// How many verified tokens are remembered, so that their signatures are not verified again;
    /// 1 000 unless set, none for 0.
    pub cached_tokens: usize,
}

/// A configuration that cannot work. Names the option and says how to mend it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConfigError {
    /// The stable code, such as `missing-option`; for keys the code of the [`crate::KeyError`].
    pub code: &'static str,
    /// The option, as in `provider.jwtKey` or `routes[2].access`.
    pub option: String,
    /// What is wrong and what to do about it.
    pub message: Cow<'static, str>,
}

impl ConfigError {
    pub(crate) fn new(
        code: &'static str,
        option: impl Into<String>,
        message: impl Into<Cow<'static, str>>,
    ) -> Self {
        Self { code, option: option.into(), message: message.into() }
    }

    pub(crate) fn missing(
        option: impl Into<String>,
        message: impl Into<Cow<'static, str>>,
    ) -> Self {
        Self::new("missing-option", option, message)
    }

    pub(crate) fn invalid(
        option: impl Into<String>,
        message: impl Into<Cow<'static, str>>,
    ) -> Self {
        Self::new("invalid-option", option, message)
    }

    /// The same error for an option that lies below `prefix`, or for `prefix` itself if the error
    /// names none.
    pub(crate) fn below(mut self, prefix: &str) -> Self {
        let is_prefix = self.option.is_empty();
        self.option =
            if is_prefix { prefix.to_owned() } else { format!("{prefix}.{}", self.option) };
        self
    }
}

impl fmt::Display for ConfigError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}: {} ({})", self.option, self.message, self.code)
    }
}

impl core::error::Error for ConfigError {}

/// Options are written by the user, not by a visitor; the limits only stop accidents.
pub(crate) const OPTIONS_BUDGET: Budget =
    Budget { json_depth: 32, json_members: 1_000_000, ..Budget::DEFAULT };

impl GateConfig {
    /// A gate for one provider, without routes.
    #[must_use]
    pub fn new(provider: ProviderConfig) -> Self {
        Self {
            providers: alloc::vec![provider],
            trust_proxy: true,
            cached_tokens: DEFAULT_TOKENS,
            ..Self::default()
        }
    }

    /// Reads `{"provider": P | [P, …], "routes"?, "trustProxy"?, "budget"?, "cache"?: false |
    /// {"maxTokens"?}}`.
    ///
    /// # Errors
    /// [`ConfigError`] for text that is not JSON, an unknown option, one of the wrong type, or a
    /// value that has no meaning.
    pub fn from_json(text: &str) -> Result<Self, ConfigError> {
        let json = Json::parse(text.as_bytes(), &OPTIONS_BUDGET)
            .map_err(|_| ConfigError::new("not-json", "options", "The options are not JSON."))?;
        let options =
            Options::new(&json, "", &["provider", "routes", "trustProxy", "budget", "cache"])?;
        let providers = match options.get("provider") {
            None => {
                let message = "Give a provider: clerk({…}), supertokens({…}) or oidc({…}).";
                return Err(ConfigError::missing("provider", message));
            }
            Some(Json::Array(list)) => list
                .iter()
                .enumerate()
                .map(|(index, one)| provider(one, &format!("provider[{index}]")))
                .collect::<Result<_, _>>()?,
            Some(one) => alloc::vec![provider(one, "provider")?],
        };
        Ok(Self {
            providers,
            routes: routes::routes(&options)?,
            trust_proxy: options.boolean("trustProxy")?.unwrap_or(true),
            budget: budget(&options)?,
            cached_tokens: cached_tokens(&options)?,
        })
    }
}

fn provider(json: &Json, path: &str) -> Result<ProviderConfig, ConfigError> {
    match json.get("kind").and_then(Json::as_str) {
        Some("clerk") => ClerkConfig::from_options(json, path).map(ProviderConfig::Clerk),
        #[cfg(feature = "supertokens")]
        Some("supertokens") => {
            SuperTokensConfig::from_options(json, path).map(ProviderConfig::SuperTokens)
        }
        #[cfg(not(feature = "supertokens"))]
        Some("supertokens") => {
            let message = "This build has no SuperTokens. Import `sessiongate` instead of `sessiongate/slim`.";
            Err(ConfigError::new("provider-not-built-in", path, message))
        }
        Some("oidc") => OidcConfig::from_options(json, path).map(ProviderConfig::Oidc),
        _ => {
            let message = "The provider must come from clerk({…}), supertokens({…}) or oidc({…}).";
            Err(ConfigError::invalid(path, message))
        }
    }
}

/// `false`, or `{"maxTokens"?: number}`
fn cached_tokens(options: &Options<'_>) -> Result<usize, ConfigError> {
    let json = match options.get("cache") {
        None => return Ok(DEFAULT_TOKENS),
        Some(Json::Bool(false)) => return Ok(0),
        Some(json) => json,
    };
    let cache = Options::new(json, "cache", &["maxTokens"])?;
    let Some(tokens) = cache.integer("maxTokens")? else { return Ok(DEFAULT_TOKENS) };
    usize::try_from(tokens).ok().filter(|tokens| *tokens <= MAX_TOKENS).ok_or_else(|| {
        ConfigError::invalid("cache.maxTokens", "Use a number between 0 and 1000000.")
    })
}

/// More would be an accident.
const MAX_TOKENS: usize = 1_000_000;

fn budget(options: &Options<'_>) -> Result<Budget, ConfigError> {
    let mut budget = Budget::DEFAULT;
    let Some(json) = options.get("budget") else { return Ok(budget) };
    let mut fields: [(&str, &mut usize); 9] = [
        ("tokenBytes", &mut budget.token_bytes),
        ("headerBytes", &mut budget.header_bytes),
        ("jsonDepth", &mut budget.json_depth),
        ("jsonMembers", &mut budget.json_members),
        ("kidBytes", &mut budget.kid_bytes),
        ("cookieBytes", &mut budget.cookie_bytes),
        ("cookies", &mut budget.cookies),
        ("jwksBytes", &mut budget.jwks_bytes),
        ("keys", &mut budget.keys),
    ];
    let names: Vec<&str> = fields.iter().map(|(name, _)| *name).collect();
    let limits = Options::new(json, "budget", &names)?;
    for (name, field) in &mut fields {
        if let Some(value) = limits.integer(name)? {
            **field = usize::try_from(value)
                .ok()
                .filter(|limit| (1..=1 << 24).contains(limit))
                .ok_or_else(|| {
                    ConfigError::invalid(limits.name(name), "A limit lies between 1 and 16777216.")
                })?;
        }
    }
    Ok(budget)
}

/// A clock skew in milliseconds from `clockSkewInMs`; 5 000 unless given, at most a day.
pub(crate) fn clock_skew(skew: Option<i64>, option: &str) -> Result<i64, ConfigError> {
    match skew.unwrap_or(5000) {
        skew @ 0..=86_400_000 => Ok(skew),
        _ => {
            let message = "The clock skew lies between 0 and 86400000 milliseconds (a day).";
            Err(ConfigError::invalid(option.to_owned(), message))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::Access;

    fn error(text: &str) -> (&'static str, String) {
        let error = GateConfig::from_json(text).unwrap_err();
        (error.code, error.option)
    }

    #[test]
    fn errors_name_the_option() {
        let oidc = r#""provider":{"kind":"oidc","issuer":"https://i","audience":null,"jwksUrl":"https://i/jwks"}"#;
        for (text, code, option) in [
            ("{".into(), "not-json", "options"),
            ("{}".into(), "missing-option", "provider"),
            (r#"{"provider":{"kind":"x"}}"#.into(), "invalid-option", "provider"),
            (
                r#"{"provider":[{"kind":"clerk","jwtkey":""}]}"#.into(),
                "unknown-option",
                "provider[0].jwtkey",
            ),
            (r#"{"provider":{"kind":"clerk","jwtKey":1}}"#.into(), "wrong-type", "provider.jwtKey"),
            (format!(r#"{{{oidc},"route":[]}}"#), "unknown-option", "route"),
            (
                format!(r#"{{{oidc},"routes":[{{"path":"/:","access":"public"}}]}}"#),
                "invalid-option",
                "routes[0].path",
            ),
            (
                format!(r#"{{{oidc},"routes":[{{"path":"/a"}}]}}"#),
                "missing-option",
                "routes[0].access",
            ),
            (
                format!(r#"{{{oidc},"routes":[{{"path":"/a","access":{{}}}}]}}"#),
                "invalid-option",
                "routes[0].access",
            ),
            (
                format!(
                    r#"{{{oidc},"routes":[{{"path":"/a","access":"public","onDenied":"x"}}]}}"#
                ),
                "invalid-option",
                "routes[0].onDenied",
            ),
            (
                format!(r#"{{{oidc},"budget":{{"tokenBytes":0}}}}"#),
                "invalid-option",
                "budget.tokenBytes",
            ),
            (format!(r#"{{{oidc},"trustProxy":"yes"}}"#), "wrong-type", "trustProxy"),
        ] {
            assert_eq!(error(&text), (code, option.into()), "{text}");
        }
    }

    #[test]
    fn limits_and_switches_are_read() {
        let config = GateConfig::from_json(
            r#"{"provider":{"kind":"clerk","publishableKey":"pk_test_Y2xlcmsuZXhhbXBsZS5jb20k"},
                "routes":[{"path":["/a","/b(.*)"],"access":{"role":"admin"}}],
                "trustProxy":false,"budget":{"tokenBytes":4096}}"#,
        )
        .unwrap();
        assert!(!config.trust_proxy);
        assert_eq!(config.budget.token_bytes, 4096);
        assert_eq!(config.routes[0].patterns.len(), 2);
        assert!(matches!(config.routes[0].rule.access, Access::Has(_)));
    }
}
