//! Sessions: texts in, texts out, and a handle for a function that waits for the core.

use alloc::borrow::ToOwned;
use alloc::boxed::Box;
use alloc::string::{String, ToString};
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

use super::engine::Engine;
use super::request::with_head;
use super::session_functions::begin;
use super::{OWN_TEXT, config_error, millis, thrown, wrap};
use crate::config::ConfigError;
use crate::json::Json;
use crate::json::writer::ObjectWriter;
use crate::need::{Fact, HttpReply, Need};
use crate::provider::{
    CoreError, CoreReply, NewSession, SessionCall, SessionError, SessionOptions, SessionOutput,
    SessionStep, Sessions, TransferMethod,
};

/// Sessions in the core; see [`crate::Sessions`].
#[wasm_bindgen]
pub struct SessionsHandle(Sessions);

/// A function that has begun: what it wants sent, or what it gave.
#[wasm_bindgen]
pub struct SessionTask {
    call: Option<SessionCall>,
    text: String,
}

#[wasm_bindgen]
impl SessionTask {
    /// `{"send":{"request","afterMillis"}}`, or in the end `{"done":…}` with an output as
    /// [`SessionOutput::to_json`] writes it.
    #[wasm_bindgen(getter)]
    #[must_use]
    pub fn text(&self) -> String {
        self.text.clone()
    }
}

#[wasm_bindgen]
impl SessionsHandle {
    /// `options` as [`Sessions::from_json`] reads them.
    #[wasm_bindgen(constructor)]
    pub fn new(options: &str) -> Result<SessionsHandle, JsValue> {
        let sessions = Sessions::from_json(options, Box::new(Engine::default()));
        sessions.map(SessionsHandle).map_err(config_error)
    }

    /// The session of a request: `{"output":…}` or `{"need":…}`.
    pub fn session(&self, request: &str, now: f64, options: &str) -> Result<String, JsValue> {
        let options = session_options(options).map_err(config_error)?;
        let now = millis(now)?;
        with_head(request, |head| output(self.0.session(head, &options, now).as_ref()))
    }

    /// The session of an access token: `{"output":…}` or `{"need":…}`.
    #[wasm_bindgen(js_name = sessionOfToken)]
    pub fn session_of_token(
        &self,
        token: &str,
        anti_csrf: Option<String>,
        now: f64,
        options: &str,
    ) -> Result<String, JsValue> {
        let options = session_options(options).map_err(config_error)?;
        let now = millis(now)?;
        match self.0.session_of_token(token, anti_csrf.as_deref(), &options, now) {
            Ok(found) => Ok(output(Ok(&found.map_err(session_error)?))),
            Err(need) => Ok(output(Err(&need))),
        }
    }

    /// Hands in a fact, JSON as [`Fact::from_json`] reads it.
    pub fn supply(&mut self, fact: &str) -> Result<(), JsValue> {
        let taken = Fact::from_json(fact).and_then(|fact| self.0.supply(&fact));
        taken.map_err(|error| thrown(error.code(), error.message()))
    }

    /// Prepares a session for the sender of a request; `method` may be empty.
    pub fn prepare(
        &mut self,
        request: &str,
        new: &str,
        transfer: &str,
    ) -> Result<SessionTask, JsValue> {
        let new = parse(new).and_then(|json| NewSession::from_json(&json)).map_err(config_error)?;
        let transfer = transfer_method(transfer).map_err(config_error)?;
        with_head(request, |head| task(self.0.prepare_session(head, new, transfer)))?
    }

    /// Refreshes the session of a request; `transfer` may be empty.
    pub fn refresh(&mut self, request: &str, transfer: &str) -> Result<SessionTask, JsValue> {
        let transfer = transfer_method(transfer).map_err(config_error)?;
        with_head(request, |head| task(self.0.refresh_session(head, transfer)))?
    }

    /// Begins one of the functions that know no request; `arguments` is an object.
    pub fn begin(&mut self, function: &str, arguments: &str) -> Result<SessionTask, JsValue> {
        let json = parse(arguments).map_err(config_error)?;
        task(begin(&mut self.0, function, &json))
    }

    /// Hands in what the core answered: its status and body, or in place of the status
    /// `unreachable` or `incomplete`.
    pub fn answer(
        &mut self,
        task: &mut SessionTask,
        status: &str,
        body: &str,
        now: f64,
    ) -> Result<(), JsValue> {
        let now = millis(now)?;
        let over = || thrown("task-over", "This function has come to its end.");
        let call = task.call.take().ok_or_else(over)?;
        let whole =
            |status| HttpReply { status, headers: alloc::vec::Vec::new(), body: body.to_owned() };
        let whole = status.parse().ok().map(whole);
        let reply = match (&whole, status) {
            (Some(reply), _) => CoreReply::Whole(reply),
            (None, "unreachable") => CoreReply::None,
            _ => CoreReply::Incomplete,
        };
        let step = self.0.answer(call, reply, now);
        (task.call, task.text) = parts(step.map_err(core_error)?);
        Ok(())
    }
}

fn parse(text: &str) -> Result<Json, ConfigError> {
    let not_json =
        |_| ConfigError::new("not-json", "arguments", "The arguments must be proper JSON.");
    Json::parse(text.as_bytes(), &OWN_TEXT).map_err(not_json)
}

fn session_options(text: &str) -> Result<SessionOptions, ConfigError> {
    SessionOptions::from_json(&parse(text)?, "options")
}

fn transfer_method(name: &str) -> Result<Option<TransferMethod>, ConfigError> {
    let wrong = || ConfigError::invalid("tokenTransferMethod", "Use 'any', 'cookie' or 'header'.");
    let method = TransferMethod::from_name(name);
    if name.is_empty() { Ok(None) } else { method.map(Some).ok_or_else(wrong) }
}

fn output(found: Result<&SessionOutput, &Need>) -> String {
    wrap("output", found.map(SessionOutput::to_json))
}

fn task(step: Result<SessionStep, SessionError>) -> Result<SessionTask, JsValue> {
    let (call, text) = parts(step.map_err(session_error)?);
    Ok(SessionTask { call, text })
}

fn parts(step: SessionStep) -> (Option<SessionCall>, String) {
    match step {
        SessionStep::Done(output) => {
            (None, ObjectWriter::new().raw("done", &output.to_json()).finish())
        }
        SessionStep::Send { request, after_millis, call } => {
            let send = ObjectWriter::new()
                .raw("request", &request.to_json())
                .raw("afterMillis", &after_millis.to_string())
                .finish();
            (Some(call), ObjectWriter::new().raw("send", &send).finish())
        }
    }
}

fn session_error(error: SessionError) -> JsValue {
    match error {
        SessionError::Argument(error) => config_error(error),
        SessionError::Core(error) => core_error(error),
    }
}

/// `{"code","message","isCore":true,"status"}`; the status is the core's own or `null`.
fn core_error(error: CoreError) -> JsValue {
    let status = match error {
        CoreError::Status(status) => status.to_string(),
        _ => "null".to_owned(),
    };
    let json = ObjectWriter::new()
        .string("code", error.code())
        .string("message", &error.message())
        .bool("isCore", true)
        .raw("status", &status);
    JsValue::from_str(&json.finish())
}
