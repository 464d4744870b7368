//! Rules in JSON: the entries of `routes`, and the options of a single rule.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::{ConfigError, Options};
use crate::auth::{Requirement, Reverification, TokenType};
use crate::json::Json;
use crate::policy::{
    Access, DeniedStatus, OnDenied, PageUrl, Protect, ProtectedToken, Route, Rule, patterns,
};
use crate::provider::SessionOptions;

/// The options that say what becomes of those who are not let in.
const DENIALS: [&str; 4] =
    ["onDenied", "unauthorizedStatus", "unauthenticatedUrl", "unauthorizedUrl"];
/// What may be asked for.
const REQUIREMENTS: [&str; 5] = ["role", "permission", "feature", "plan", "reverification"];

/// Reads `[{"path", "access", "onDenied"?, "unauthorizedStatus"?, "unauthenticatedUrl"?,
/// "unauthorizedUrl"?, "session"?}, …]`.
pub(super) fn routes(options: &Options<'_>) -> Result<Vec<Route>, ConfigError> {
    let list = options.array("routes")?.unwrap_or_default();
    list.iter().enumerate().map(|(index, json)| route(json, &format!("routes[{index}]"))).collect()
}

fn route(json: &Json, path: &str) -> Result<Route, ConfigError> {
    let options =
        Options::new(json, path, &[&["path", "access", "session"], &DENIALS[..]].concat())?;
    let patterns = patterns(&options, "path")?;
    if patterns.is_empty() {
        return Err(ConfigError::missing(options.name("path"), "A route needs a path."));
    }
    let session = session(&options)?;
    let access = match (access(&options)?, session.session_required) {
        (Access::Public, Some(false)) => Access::Optional,
        (Access::Public, _) | (_, None | Some(true)) => access(&options)?,
        (_, Some(false)) => {
            let message = "A session that is not required goes with `access: 'public'`.";
            return Err(ConfigError::invalid(options.name("session.sessionRequired"), message));
        }
    };
    let rule = denials(&options, Rule::new(access))?;
    Ok(Route { patterns, rule, session })
}

impl Protect {
    /// Reads `{"role"?, "permission"?, "feature"?, "plan"?, "reverification"?, "granted"?,
    /// "token"?, "session"?}` and the options of a route that say what becomes of those who are not
    /// let in.
    ///
    /// Without a requirement every signed-in user is let in. A requirement that nobody can meet,
    /// such as `role: null`, lets nobody in; so does `granted: false`, for whoever has asked
    /// [`Auth::has`](crate::Auth::has) already.
    ///
    /// # Errors
    /// [`ConfigError`] for an unknown option, one of the wrong type, or without a meaning.
    pub fn from_json(json: &Json) -> Result<Self, ConfigError> {
        let known = [&["granted", "token", "session"], &REQUIREMENTS[..], &DENIALS[..]].concat();
        let options = Options::new(json, "", &known)?;
        let access = match Requirement::from_json(json) {
            _ if options.boolean("granted")? == Some(false) => Access::Nobody,
            None => Access::Nobody,
            Some(requirement) if requirement.is_empty() => Access::SignedIn,
            Some(requirement) => Access::Has(requirement),
        };
        let session = session(&options)?;
        let access = match (access, session.session_required) {
            (Access::SignedIn, Some(false)) => Access::Optional,
            (access, None | Some(true)) => access,
            (_, Some(false)) => {
                let message = "Where something is asked of the visitor, a session is required.";
                return Err(ConfigError::invalid(options.name("session.sessionRequired"), message));
            }
        };
        let rule = denials(&options, Rule::hiding(access))?;
        Ok(Self { rule, token: token(&options)?, session })
    }
}

/// What is asked of a SuperTokens session; nothing unless given.
fn session(options: &Options<'_>) -> Result<SessionOptions, ConfigError> {
    match options.get("session") {
        Some(json) => SessionOptions::from_json(json, &options.name("session")),
        None => Ok(SessionOptions::default()),
    }
}

fn access(options: &Options<'_>) -> Result<Access, ConfigError> {
    let message = "Use 'public', 'signed-in', or an object with at least one of `role`, `permission`, `feature`, `plan` and `reverification`.";
    let refuse = || ConfigError::invalid(options.name("access"), message);
    match options.get("access") {
        None => Err(ConfigError::missing(options.name("access"), message)),
        Some(Json::String(word)) if word == "public" => Ok(Access::Public),
        Some(Json::String(word)) if word == "signed-in" => Ok(Access::SignedIn),
        Some(json @ Json::Object(_)) => {
            let requirement =
                requirement(&Options::new(json, &options.name("access"), &REQUIREMENTS)?)?;
            if requirement.is_empty() { Err(refuse()) } else { Ok(Access::Has(requirement)) }
        }
        Some(_) => Err(refuse()),
    }
}

/// A requirement without room for mistakes: `null` is one.
fn requirement(options: &Options<'_>) -> Result<Requirement, ConfigError> {
    if let Some(name) = REQUIREMENTS.iter().find(|name| options.is_null(name)) {
        let message = "This must not be null. Leave it out when it is not asked for.";
        return Err(ConfigError::new("wrong-type", options.name(name), message));
    }
    let reverification = options.get("reverification").map(|json| {
        let message = "Use 'strict_mfa', 'strict', 'moderate', 'lax', or { level: 'first_factor' | 'second_factor' | 'multi_factor', afterMinutes: more than 0 }.";
        let invalid = || ConfigError::invalid(options.name("reverification"), message);
        Reverification::from_json(json).ok_or_else(invalid)
    });
    Ok(Requirement {
        role: options.owned_string("role")?,
        permission: options.owned_string("permission")?,
        feature: options.owned_string("feature")?,
        plan: options.owned_string("plan")?,
        reverification: reverification.transpose()?,
    })
}

fn denials(options: &Options<'_>, rule: Rule) -> Result<Rule, ConfigError> {
    Ok(Rule {
        on_denied: on_denied(options)?.unwrap_or(rule.on_denied),
        unauthorized_status: match options.integer("unauthorizedStatus")? {
            None => rule.unauthorized_status,
            Some(403) => DeniedStatus::Forbidden,
            Some(404) => DeniedStatus::NotFound,
            Some(_) => {
                let option = options.name("unauthorizedStatus");
                return Err(ConfigError::invalid(option, "Use 403 or 404."));
            }
        },
        unauthenticated_url: page(options, "unauthenticatedUrl")?,
        unauthorized_url: page(options, "unauthorizedUrl")?,
        ..rule
    })
}

fn on_denied(options: &Options<'_>) -> Result<Option<OnDenied>, ConfigError> {
    let unauthorized = OnDenied::Status(DeniedStatus::Unauthorized);
    let read = |json: &Json| match json {
        Json::String(word) => match word.as_str() {
            "auto" => Some(OnDenied::Auto),
            "redirect" => Some(OnDenied::Redirect),
            "hide" => Some(OnDenied::Hide),
            "status" => Some(unauthorized),
            _ => None,
        },
        Json::Integer(code) => DeniedStatus::from_code(*code).map(OnDenied::Status),
        _ => None,
    };
    let Some(json) = options.get("onDenied") else { return Ok(None) };
    let message = "Use 'auto', 'redirect', 'hide', 'status', 401, 403 or 404.";
    let invalid = || ConfigError::invalid(options.name("onDenied"), message);
    read(json).map(Some).ok_or_else(invalid)
}

fn page(options: &Options<'_>, option: &str) -> Result<Option<PageUrl>, ConfigError> {
    let Some(text) = options.string(option)? else { return Ok(None) };
    let message = "Use an absolute URL such as https://example.com/page, or a path such as /page.";
    let invalid = || ConfigError::invalid(options.name(option), message);
    PageUrl::parse(text).map(Some).ok_or_else(invalid)
}

/// `"any"`, a kind of token or an array of them; session tokens unless given.
fn token(options: &Options<'_>) -> Result<ProtectedToken, ConfigError> {
    let names = options.strings("token")?;
    let message =
        "Use 'session_token', 'm2m_token', 'oauth_token', 'api_key', an array of these, or 'any'.";
    let invalid = || ConfigError::invalid(options.name("token"), message);
    let one = |name: &String| TokenType::from_code(name).ok_or_else(invalid);
    match (options.get("token"), names.as_slice()) {
        (None, _) => Ok(ProtectedToken::One(TokenType::Session)),
        (Some(Json::String(_)), [name]) if name == "any" => Ok(ProtectedToken::Any),
        (Some(Json::String(_)), [name]) => one(name).map(ProtectedToken::One),
        (_, names) => names.iter().map(one).collect::<Result<_, _>>().map(ProtectedToken::List),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::budget::Budget;

    fn json(text: &str) -> Json {
        Json::parse(text.as_bytes(), &Budget::DEFAULT).unwrap()
    }

    fn error(rest: &str) -> (&'static str, String) {
        let text = format!(r#"{{"routes":[{{"path":"/a"}},{{{rest}}}]}}"#).replacen(
            r#""path":"/a""#,
            r#""path":"/a","access":"public""#,
            1,
        );
        let json = json(&text);
        let error = routes(&Options::new(&json, "", &["routes"]).unwrap()).unwrap_err();
        (error.code, error.option)
    }

    fn rule(rest: &str) -> Rule {
        let json = json(&format!(r#"{{"path":["/a","/b/:id"],{rest}}}"#));
        let route = route(&json, "routes[0]").unwrap();
        assert_eq!(route.patterns.len(), 2);
        route.rule
    }

    #[test]
    fn faults_name_the_option() {
        for (rest, code, option) in [
            (r#""access":"public""#, "missing-option", "path"),
            (r#""path":[],"access":"public""#, "missing-option", "path"),
            (r#""path":"/a*","access":"public""#, "invalid-option", "path"),
            (r#""path":["/a","b"],"access":"public""#, "invalid-option", "path[1]"),
            (r#""path":"/a""#, "missing-option", "access"),
            (r#""path":"/a","access":{}"#, "invalid-option", "access"),
            (r#""path":"/a","access":["admin"]"#, "invalid-option", "access"),
            (r#""path":"/a","access":{"roles":"x"}"#, "unknown-option", "access.roles"),
            (r#""path":"/a","access":{"role":1}"#, "wrong-type", "access.role"),
            (r#""path":"/a","access":{"role":"x","plan":null}"#, "wrong-type", "access.plan"),
            (
                r#""path":"/a","access":{"reverification":"Strict"}"#,
                "invalid-option",
                "access.reverification",
            ),
            (r#""path":"/a","access":"public","onDenied":"x""#, "invalid-option", "onDenied"),
            (r#""path":"/a","access":"public","onDenied":402"#, "invalid-option", "onDenied"),
            (
                r#""path":"/a","access":"public","unauthorizedStatus":401"#,
                "invalid-option",
                "unauthorizedStatus",
            ),
            (
                r#""path":"/a","access":"public","unauthorizedUrl":"//b""#,
                "invalid-option",
                "unauthorizedUrl",
            ),
            (r#""path":"/a","access":"public","token":"any""#, "unknown-option", "token"),
        ] {
            assert_eq!(error(rest), (code, format!("routes[1].{option}")), "{rest}");
        }
    }

    #[test]
    fn rules_are_read() {
        assert_eq!(rule(r#""access":"signed-in""#), Rule::new(Access::SignedIn));
        let asked = Requirement {
            role: Some("admin".into()),
            feature: Some("search".into()),
            reverification: Some(Reverification::LAX),
            ..Requirement::default()
        };
        assert_eq!(
            rule(
                r#""access":{"role":"admin","feature":"search","reverification":"lax"},"onDenied":"hide","unauthorizedStatus":404,"unauthenticatedUrl":"/in","unauthorizedUrl":"https://b/""#
            ),
            Rule {
                access: Access::Has(asked),
                on_denied: OnDenied::Hide,
                unauthorized_status: DeniedStatus::NotFound,
                unauthenticated_url: PageUrl::parse("/in"),
                unauthorized_url: PageUrl::parse("https://b/"),
            }
        );
        for (text, status) in [("\"status\"", 401), ("401", 401), ("403", 403), ("404", 404)] {
            let rule = rule(&format!(r#""access":"public","onDenied":{text}"#));
            let OnDenied::Status(found) = rule.on_denied else { panic!("{text}") };
            assert_eq!(found.code(), status, "{text}");
        }
    }

    #[test]
    fn a_single_rule_hides_unless_told_otherwise() {
        let read = |text: &str| Protect::from_json(&json(text)).unwrap();
        let session = ProtectedToken::One(TokenType::Session);
        let defaults = SessionOptions::default();
        let rule = Rule::hiding(Access::SignedIn);
        assert_eq!(read("{}"), Protect { rule, token: session, session: defaults });
        for text in [r#"{"role":null}"#, r#"{"plan":7}"#, r#"{"granted":false}"#] {
            assert_eq!(read(text).rule.access, Access::Nobody, "{text}");
        }
        assert_eq!(read(r#"{"granted":true}"#).rule.access, Access::SignedIn);
        assert!(matches!(read(r#"{"role":"a"}"#).rule.access, Access::Has(_)));
        assert_eq!(read(r#"{"onDenied":"auto"}"#).rule.on_denied, OnDenied::Auto);
        assert_eq!(read(r#"{"token":"any"}"#).token, ProtectedToken::Any);
        let one = read(r#"{"token":"oauth_token"}"#).token;
        assert_eq!(one, ProtectedToken::One(TokenType::OAuth));
        let list = read(r#"{"token":["api_key","session_token"]}"#).token;
        assert_eq!(list, ProtectedToken::List([TokenType::ApiKey, TokenType::Session].into()));
        let checked = read(r#"{"session":{"checkDatabase":true}}"#);
        assert!(checked.session.check_database);
        let optional = read(r#"{"session":{"sessionRequired":false}}"#);
        assert_eq!(optional.rule.access, Access::Optional);
        for (text, option) in [
            (r#"{"rol":"a"}"#, "rol"),
            (r#"{"token":"x"}"#, "token"),
            ("[]", "options"),
            (r#"{"session":{"checkDb":true}}"#, "session.checkDb"),
            (r#"{"role":"a","session":{"sessionRequired":false}}"#, "session.sessionRequired"),
        ] {
            assert_eq!(Protect::from_json(&json(text)).unwrap_err().option, option, "{text}");
        }
    }
}
