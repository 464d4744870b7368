//! Sessions as JSON texts, in which a host keeps them between two calls.

use alloc::borrow::Cow;
use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;

use super::Sessions;
use super::create::{Attach, NewSession};
use super::refusal::SessionRefusal;
use super::session::Session;
use super::step::SessionOutput;
use crate::config::{ConfigError, Options};
use crate::decision::{ClaimError, Header};
use crate::json::writer::{ObjectWriter, array, string};
use crate::json::{Json, stringify};
use crate::provider::supertokens::answer_headers::AnswerHeaders;
use crate::provider::supertokens::wire::Carrier;
use crate::signature::SignatureVerifier;

impl Sessions {
    /// Sessions from `{"provider": {"kind": "supertokens", …}}`, with a signature engine.
    ///
    /// # Errors
    /// [`ConfigError`] names the option that cannot work.
    pub fn from_json(
        text: &str,
        verifier: Box<dyn SignatureVerifier + Send>,
    ) -> Result<Self, ConfigError> {
        let not_json = |_| ConfigError::new("not-json", "options", "The options are not JSON.");
        let json =
            Json::parse(text.as_bytes(), &crate::config::OPTIONS_BUDGET).map_err(not_json)?;
        let options = Options::new(&json, "", &["provider"])?;
        let provider = options.get("provider").unwrap_or(&Json::Null);
        if provider.get("kind").and_then(Json::as_str) != Some("supertokens") {
            let message = "Give one provider, made by supertokens().";
            return Err(ConfigError::invalid("provider", message));
        }
        let config = super::SuperTokensConfig::from_options(provider, "provider")?;
        Self::with_verifier(config, verifier).map_err(|error| error.below("provider"))
    }
}

impl SessionOutput {
    /// An object with one member, named after the kind of output: `prepared`, `session`, `refused`,
    /// or `value` for everything else.
    #[must_use]
    pub fn to_json(&self) -> String {
        let (name, json) = match self {
            Self::Prepared(new) => ("prepared", new.to_json()),
            Self::Session(session) => ("session", session.to_json()),
            Self::Refused(refusal) => ("refused", refusal.to_json()),
            Self::None => ("session", String::from("null")),
            Self::Handles(handles) => ("value", array(handles.iter().map(|one| string(one)))),
            Self::Information(None) => ("value", String::from("null")),
            Self::Information(Some(information)) => ("value", information.to_json()),
            Self::Flag(flag) => ("value", String::from(if *flag { "true" } else { "false" })),
        };
        ObjectWriter::new().raw(name, &json).finish()
    }
}

impl Session {
    /// Everything of the session; [`from_json`](Self::from_json) reads it again.
    #[must_use]
    pub fn to_json(&self) -> String {
        ObjectWriter::new()
            .string("accessToken", &self.access_token)
            .string("frontToken", &self.front_token)
            .maybe_string("refreshToken", self.refresh_token.as_deref())
            .maybe_string("antiCsrfToken", self.anti_csrf_token.as_deref())
            .string("handle", &self.handle)
            .string("userId", &self.user_id)
            .string("recipeUserId", &self.recipe_user_id)
            .string("tenantId", &self.tenant_id)
            .raw("payload", &stringify(&self.payload))
            .bool("isUpdated", self.is_updated)
            .maybe_string("carrier", self.carrier.map(Carrier::code))
            .raw("headers", &headers_json(&self.headers()))
            .finish()
    }

    /// Reads what [`to_json`](Self::to_json) wrote.
    ///
    /// # Errors
    /// [`ConfigError`] for anything else.
    pub fn from_json(json: &Json) -> Result<Self, ConfigError> {
        let options = Options::new(json, "session", SESSION)?;
        let text = |name| {
            let missing = || ConfigError::missing(options.name(name), "This is not a session.");
            options.owned_string(name)?.ok_or_else(missing)
        };
        Ok(Self {
            access_token: text("accessToken")?,
            front_token: text("frontToken")?,
            refresh_token: options.owned_string("refreshToken")?,
            anti_csrf_token: options.owned_string("antiCsrfToken")?,
            handle: text("handle")?,
            user_id: text("userId")?,
            recipe_user_id: text("recipeUserId")?,
            tenant_id: text("tenantId")?,
            payload: options.get("payload").cloned().unwrap_or(Json::Null),
            is_updated: options.boolean("isUpdated")?.unwrap_or_default(),
            carrier: carrier(&options, "carrier")?,
            answer: AnswerHeaders::of(&headers(&options)?),
        })
    }
}

const SESSION: &[&str] = &[
    "accessToken",
    "frontToken",
    "refreshToken",
    "antiCsrfToken",
    "handle",
    "userId",
    "recipeUserId",
    "tenantId",
    "payload",
    "isUpdated",
    "carrier",
    "headers",
];

impl NewSession {
    /// A session for an account; all else as `supertokens-node` has it.
    #[must_use]
    pub fn new(tenant_id: impl Into<String>, recipe_user_id: impl Into<String>) -> Self {
        Self {
            tenant_id: tenant_id.into(),
            user_id: String::new(),
            recipe_user_id: recipe_user_id.into(),
            access_token_payload: Json::Object(Vec::new()),
            session_data_in_database: Json::Object(Vec::new()),
            disable_anti_csrf: false,
            attach: None,
        }
    }

    /// Everything of it; [`from_json`](Self::from_json) reads it again.
    #[must_use]
    pub fn to_json(&self) -> String {
        let attach = self.attach.map(|attach| attach.carrier.code());
        ObjectWriter::new()
            .string("tenantId", &self.tenant_id)
            .string("userId", &self.user_id)
            .string("recipeUserId", &self.recipe_user_id)
            .raw("accessTokenPayload", &stringify(&self.access_token_payload))
            .raw("sessionDataInDatabase", &stringify(&self.session_data_in_database))
            .bool("disableAntiCsrf", self.disable_anti_csrf)
            .maybe_string("carrier", attach)
            .bool("clearsOther", self.attach.is_some_and(|attach| attach.clears_other))
            .finish()
    }

    /// Reads what [`to_json`](Self::to_json) wrote; the tenant and the account are needed, all else
    /// is not.
    ///
    /// # Errors
    /// [`ConfigError`] for anything else.
    pub fn from_json(json: &Json) -> Result<Self, ConfigError> {
        let options = Options::new(json, "", NEW_SESSION)?;
        let text = |name| {
            let missing = || ConfigError::missing(options.name(name), "This must be a string.");
            options.owned_string(name)?.ok_or_else(missing)
        };
        let object = |name| options.get(name).cloned().unwrap_or_else(|| Json::Object(Vec::new()));
        let clears_other = options.boolean("clearsOther")?.unwrap_or_default();
        let attach = carrier(&options, "carrier")?.map(|carrier| Attach { carrier, clears_other });
        Ok(Self {
            user_id: options.owned_string("userId")?.unwrap_or_default(),
            access_token_payload: object("accessTokenPayload"),
            session_data_in_database: object("sessionDataInDatabase"),
            disable_anti_csrf: options.boolean("disableAntiCsrf")?.unwrap_or_default(),
            attach,
            ..Self::new(text("tenantId")?, text("recipeUserId")?)
        })
    }
}

const NEW_SESSION: &[&str] = &[
    "tenantId",
    "userId",
    "recipeUserId",
    "accessTokenPayload",
    "sessionDataInDatabase",
    "disableAntiCsrf",
    "carrier",
    "clearsOther",
];

impl SessionRefusal {
    /// `{"ok":false,"reason","detail","message","status","body","headers","claimErrors"}`
    #[must_use]
    pub fn to_json(&self) -> String {
        ObjectWriter::new()
            .bool("ok", false)
            .string("reason", self.reason.code())
            .maybe_string("detail", self.detail.map(crate::reason::Reason::code))
            .string("message", self.message())
            .raw("status", &alloc::format!("{}", self.status))
            .string("body", &self.body)
            .raw("headers", &headers_json(&self.headers))
            .raw("claimErrors", &array(self.claim_errors.iter().map(ClaimError::to_json)))
            .finish()
    }
}

fn carrier(options: &Options<'_>, name: &str) -> Result<Option<Carrier>, ConfigError> {
    let Some(code) = options.string(name)? else { return Ok(None) };
    let wrong = || ConfigError::invalid(options.name(name), "Use 'cookie' or 'header'.");
    Carrier::from_code(code).map(Some).ok_or_else(wrong)
}

fn headers(options: &Options<'_>) -> Result<Vec<Header>, ConfigError> {
    let pair = |json: &Json| match json.as_array()? {
        [name, value] => {
            Some((Cow::Owned(name.as_str()?.into()), Cow::Owned(value.as_str()?.into())))
        }
        _ => None,
    };
    let pairs = options.array("headers")?.unwrap_or_default().iter().map(pair).collect();
    let message = "This must be an array of names with their values.";
    let wrong = || ConfigError::new("wrong-type", options.name("headers"), message);
    Option::ok_or_else(pairs, wrong)
}

fn headers_json(headers: &[Header]) -> String {
    array(headers.iter().map(|(name, value)| array([string(name), string(value)])))
}
