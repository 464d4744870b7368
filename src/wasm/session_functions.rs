//! The functions about sessions that know no request, by their names; their arguments are an object.

use crate::config::{ConfigError, Options};
use crate::json::Json;
use crate::provider::{NewSession, Session, SessionError, SessionStep, Sessions};

/// Begins a function, which has the name of its method of [`Sessions`], shortened.
pub(super) fn begin(
    sessions: &mut Sessions,
    function: &str,
    json: &Json,
) -> Result<SessionStep, SessionError> {
    match function {
        "prepare" => sessions.prepare_session_without_request(NewSession::from_json(json)?),
        "create" => sessions.create_session(NewSession::from_json(json)?),
        "refresh" => refresh(sessions, json),
        "merge" | "revoke" => with_session(sessions, function, json),
        "mergeOf" | "updateData" | "information" | "revokeOne" => {
            with_handle(sessions, function, json)
        }
        "handles" | "revokeAll" => with_user(sessions, function, json),
        "revokeMultiple" => {
            let options = Options::new(json, "", &["sessionHandles"])?;
            sessions.revoke_multiple_sessions(&options.strings("sessionHandles")?)
        }
        _ => Err(ConfigError::invalid("function", "There is no such function.").into()),
    }
}

fn refresh(sessions: &mut Sessions, json: &Json) -> Result<SessionStep, SessionError> {
    let known = ["refreshToken", "disableAntiCsrf", "antiCsrfToken"];
    let options = Options::new(json, "", &known)?;
    sessions.refresh_session_without_request(
        needed(&options, "refreshToken")?,
        options.boolean("disableAntiCsrf")?.unwrap_or_default(),
        options.string("antiCsrfToken")?,
    )
}

fn with_session(
    sessions: &mut Sessions,
    function: &str,
    json: &Json,
) -> Result<SessionStep, SessionError> {
    let options = Options::new(json, "", &["session", "accessTokenPayloadUpdate"])?;
    let session = Session::from_json(value(&options, "session"))?;
    match function {
        "revoke" => sessions.revoke(session),
        _ => {
            let update = value(&options, "accessTokenPayloadUpdate");
            sessions.merge_into_access_token_payload(session, update)
        }
    }
}

fn with_handle(
    sessions: &mut Sessions,
    function: &str,
    json: &Json,
) -> Result<SessionStep, SessionError> {
    let known = ["sessionHandle", "accessTokenPayloadUpdate", "newSessionData"];
    let options = Options::new(json, "", &known)?;
    let handle = needed(&options, "sessionHandle")?;
    match function {
        "mergeOf" => {
            let update = value(&options, "accessTokenPayloadUpdate");
            sessions.merge_into_access_token_payload_of(handle, update)
        }
        "updateData" => {
            let data = value(&options, "newSessionData");
            sessions.update_session_data_in_database(handle, data)
        }
        "information" => sessions.session_information(handle),
        _ => sessions.revoke_session(handle),
    }
}

fn with_user(
    sessions: &mut Sessions,
    function: &str,
    json: &Json,
) -> Result<SessionStep, SessionError> {
    let options = Options::new(json, "", &["userId", "linkedAccounts", "tenantId"])?;
    let user = needed(&options, "userId")?;
    let linked = options.boolean("linkedAccounts")?.unwrap_or(true);
    let tenant = options.string("tenantId")?;
    match function {
        "handles" => sessions.all_session_handles_for_user(user, linked, tenant),
        _ => sessions.revoke_all_sessions_for_user(user, linked, tenant),
    }
}

fn needed<'j>(options: &Options<'j>, name: &str) -> Result<&'j str, ConfigError> {
    let missing = || ConfigError::missing(options.name(name), "This must be a string.");
    options.string(name)?.ok_or_else(missing)
}

/// `null` when it is left out, which the functions take for an empty object.
fn value<'j>(options: &Options<'j>, name: &str) -> &'j Json {
    options.get(name).unwrap_or(&Json::Null)
}
