//! Making a session.

use alloc::borrow::ToOwned;
use alloc::string::String;

use super::calls::{CoreCall, Tenant};
use super::core_error::CoreError;
use super::payload::{own_claims, spread};
use super::replies::{status, tokens};
use super::session::Session;
use super::step::{Next, SessionOutput, Stage};
use super::visitor::Visitor;
use super::{SessionError, Sessions};
use crate::config::ConfigError;
use crate::json::writer::ObjectWriter;
use crate::json::{Json, stringify};
use crate::provider::supertokens::answer_headers::AnswerHeaders;
use crate::provider::supertokens::config::AntiCsrf;
use crate::provider::supertokens::wire::Carrier;
use crate::time::UnixMillis;

/// A session that is about to be made. Between [`Sessions::prepare_session`] and
/// [`Sessions::create_session`] the application may change it, as `override.functions` lets it.
#[derive(Clone, Debug, PartialEq)]
pub struct NewSession {
    /// The tenant.
    pub tenant_id: String,
    /// The user that the account belongs to; for the application to know, not sent to the core.
    pub user_id: String,
    /// The account by which the user signed in.
    pub recipe_user_id: String,
    /// The claims; an object.
    pub access_token_payload: Json,
    /// What is kept in the database alone.
    pub session_data_in_database: Json,
    /// Whether the session needs no token against forged requests, because its tokens travel in
    /// headers.
    pub disable_anti_csrf: bool,
    /// How the tokens go to the browser; nothing when no request is known.
    pub(super) attach: Option<Attach>,
}

/// How new tokens go to the browser.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Attach {
    pub(super) carrier: Carrier,
    /// Whether the request brought a token the other way, which is to be taken away.
    pub(super) clears_other: bool,
}

impl Attach {
    pub(super) fn of(visitor: &Visitor) -> Self {
        let carrier = visitor.wanted;
        Self { carrier, clears_other: visitor.has_access_token(carrier.other()) }
    }
}

impl Sessions {
    /// The claims that a session gets, checked: the issuer is added, and what belongs to the session
    /// itself is dropped.
    pub(super) fn prepare(&self, new: NewSession) -> Result<Next, SessionError> {
        Tenant::new(&new.tenant_id)?;
        let is_by_cookie = new.attach.is_some_and(|attach| attach.carrier == Carrier::Cookie);
        if is_by_cookie && !self.wire.cookies_are_usable {
            let message = "Cookies with `SameSite=None` must be `Secure`: use https in `apiDomain`, and leave `cookieSecure` alone.";
            return Err(ConfigError::invalid("cookieSecure", message).into());
        }
        let payload = object("accessTokenPayload", &new.access_token_payload)?;
        let issuer = Json::Object(alloc::vec![("iss".into(), Json::String(self.issuer.clone()))]);
        let access_token_payload = own_claims(&spread(payload, &issuer));
        let call = CoreCall::user(&new.recipe_user_id);
        Ok(Next::Ask(call, Stage::Prepare(NewSession { access_token_payload, ..new })))
    }

    pub(super) fn create(&self, new: NewSession) -> Result<Next, SessionError> {
        let tenant = Tenant::new(&new.tenant_id)?;
        object("accessTokenPayload", &new.access_token_payload)?;
        let enables_anti_csrf = !new.disable_anti_csrf && self.wire.anti_csrf == AntiCsrf::ViaToken;
        let body = ObjectWriter::new()
            .string("userId", &new.recipe_user_id)
            .raw("userDataInJWT", &stringify(&new.access_token_payload))
            .raw("userDataInDatabase", &stringify(&new.session_data_in_database))
            .bool("useDynamicSigningKey", self.uses_dynamic_key)
            .bool("enableAntiCsrf", enables_anti_csrf)
            .finish();
        let call = CoreCall::create(&tenant, body);
        Ok(Next::Ask(call, Stage::Create { tenant: new.tenant_id, attach: new.attach }))
    }

    pub(super) fn created(
        &self,
        tenant: String,
        attach: Option<Attach>,
        reply: &Json,
        now: UnixMillis,
    ) -> Result<Next, CoreError> {
        let tokens = tokens(reply)?;
        let mut answer = AnswerHeaders::new();
        if let Some(Attach { carrier, clears_other: true }) = attach {
            self.wire.put_clear(&mut answer, carrier.other());
        }
        let carrier = attach.map(|attach| attach.carrier);
        let session = Session::begun(tokens, tenant, carrier, answer, &self.wire, now);
        Ok(Next::Done(SessionOutput::session(session)))
    }
}

/// The session with the user whom the core names.
pub(super) fn prepared(new: NewSession, reply: &Json) -> Next {
    let user = reply.get("user").filter(|_| status(reply) == "OK");
    let id = user.and_then(|user| user.get("id")).and_then(Json::as_str);
    let user_id = id.unwrap_or(&new.recipe_user_id).to_owned();
    Next::Done(SessionOutput::Prepared(NewSession { user_id, ..new }))
}

/// `null` is the same as an empty object.
pub(super) fn object<'j>(option: &str, json: &'j Json) -> Result<&'j Json, ConfigError> {
    match json {
        Json::Object(_) | Json::Null => Ok(json),
        _ => Err(ConfigError::new("wrong-type", option, "This must be an object.")),
    }
}
