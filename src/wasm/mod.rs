//! The border to JavaScript: one text in, numbers and texts out, no decision of its own.
//!
//! Answers are JSON. What is thrown is JSON too: `{"code","message"}`, with `"option"` for a
//! configuration that cannot work.

mod answer;
#[cfg(feature = "supertokens")]
mod claims;
mod claims_check;
mod engine;
mod forms;
mod host;
mod keys;
mod later;
mod memory;
#[cfg(feature = "ring")]
mod random;
mod request;
mod routes;
#[cfg(feature = "supertokens")]
mod session_functions;
#[cfg(feature = "supertokens")]
mod sessions;

#[cfg(feature = "supertokens")]
pub use claims::validate_claims;
pub use claims_check::HostClaimsCheck;
pub use host::{Host, set_host};
pub use request::request_text;
pub use routes::{RouteMatcher, sign_in_address};
#[cfg(feature = "supertokens")]
pub use sessions::{SessionTask, SessionsHandle};

use alloc::boxed::Box;
use alloc::string::{String, ToString};
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

use crate::auth::{Auth, Requirement};
use crate::budget::Budget;
use crate::config::{ConfigError, GateConfig};
use crate::gate::Gate;
use crate::json::Json;
use crate::json::writer::ObjectWriter;
use crate::need::{Fact, Need};
use crate::provider::SessionOptions;
use crate::report;
use crate::signature::SignatureVerifier;
use crate::time::UnixMillis;
use answer::{Answer, field};
use engine::Engine;
use forms::Forms;
use later::Verdict;
use request::{RequestBuffer, Written};

/// A gate; see [`crate::Gate`].
///
/// A request is written into the gate's buffer, or set as a string; the answer is read from the
/// gate's numbers, and from its texts as far as the host wants to know.
#[wasm_bindgen]
pub struct GateHandle {
    gate: Gate,
    request: RequestBuffer,
    answer: Answer,
    forms: Forms,
    /// The state that was asked for last; its memory is used again.
    state: String,
    record: [u32; field::COUNT],
}

#[wasm_bindgen]
impl GateHandle {
    /// `options` as [`GateConfig::from_json`] reads them; `signature` is the name of an [`Engine`].
    /// `can_wait` says that the host has WebCrypto, to be asked where it has nothing faster.
    #[wasm_bindgen(constructor)]
    pub fn new(
        options: &str,
        signature: Option<String>,
        can_wait: bool,
    ) -> Result<GateHandle, JsValue> {
        let engine = Engine::named(signature.as_deref(), can_wait).map_err(config_error)?;
        let make = |config| Gate::with_verifier(config, Box::new(engine));
        let gate = GateConfig::from_json(options).and_then(make).map_err(config_error)?;
        let (request, answer, forms) = (RequestBuffer::new(), Answer::None, Forms::default());
        let (state, record) = (String::new(), [0; field::COUNT]);
        Ok(Self { gate, request, answer, forms, state, record })
    }

    /// Where the text of a request is written, as UTF-8; see [`request_text`] for its form.
    #[wasm_bindgen(js_name = textAddress)]
    pub fn text_address(&mut self) -> *mut u8 {
        self.request.text().as_mut_ptr()
    }

    /// How many bytes fit there.
    #[wasm_bindgen(js_name = textLength)]
    pub fn text_length(&mut self) -> usize {
        self.request.text().len()
    }

    /// Where the value of `Cookie` is written instead of being a line of the text.
    #[wasm_bindgen(js_name = cookieAddress)]
    pub fn cookie_address(&mut self) -> *mut u8 {
        self.request.cookie().as_mut_ptr()
    }

    /// How many bytes fit there.
    #[wasm_bindgen(js_name = cookieLength)]
    pub fn cookie_length(&mut self) -> usize {
        self.request.cookie().len()
    }

    /// Where the numbers of the last answer are; they never move.
    #[wasm_bindgen(js_name = recordAddress)]
    pub fn record_address(&self) -> *const u32 {
        self.record.as_ptr()
    }

    /// Takes a request that is too large for the buffers, for the next question alone. The length
    /// of its text is then any that does not fit.
    #[wasm_bindgen(js_name = setRequest)]
    pub fn set_request(&mut self, text: String, cookie: String) {
        self.request.set(text, cookie);
    }

    /// Decides about the request in the first `text` and `cookie` bytes of the buffers, for which
    /// the host looked at `headers`: one bit for each place in the list of headers.
    pub fn check(
        &mut self,
        text: usize,
        cookie: usize,
        headers: u32,
        now: f64,
    ) -> Result<(), JsValue> {
        let Self { gate, request, .. } = self;
        let (written, now) = (Written { text, cookie, headers }, millis(now)?);
        let (answer, missed) = request.read(written, |head| gate.check(head, now))?;
        self.keep(answer.into(), missed);
        Ok(())
    }

    /// Says who sent the request; `session` as [`SessionOptions::from_json`] reads it.
    pub fn authenticate(
        &mut self,
        text: usize,
        cookie: usize,
        headers: u32,
        now: f64,
        session: Option<String>,
    ) -> Result<(), JsValue> {
        let session = session.map_or(Ok(SessionOptions::default()), |text| {
            routes::read(&text).and_then(|json| SessionOptions::from_json(&json, "session"))
        });
        let session = session.map_err(config_error)?;
        let Self { gate, request, .. } = self;
        let (written, now) = (Written { text, cookie, headers }, millis(now)?);
        let (answer, missed) =
            request.read(written, |head| gate.authenticate_as(head, &session, now))?;
        self.keep(answer.into(), missed);
        Ok(())
    }

    /// The last answer, or what it needs first, as JSON.
    pub fn answer(&self) -> String {
        self.answer.to_json()
    }

    /// Writes the state in the last answer, if that is plain: token, identity and claims in one text.
    /// Where it is and how long its parts are is in the numbers then, until the next one is written.
    #[wasm_bindgen(js_name = writeState)]
    pub fn write_state(&mut self) {
        let Self { answer, state, record, .. } = self;
        answer.write_state(state, record);
    }

    /// Lets the application look at the claims of every session; once, before the first question.
    #[wasm_bindgen(js_name = setClaimsCheck)]
    pub fn set_claims_check(&mut self, check: HostClaimsCheck) {
        self.gate.set_claims_check(Box::new(check));
    }

    /// Takes what the host found out about a question, for the next call alone: 0 for an invalid
    /// signature, 1 for a valid one, anything else if it cannot tell.
    #[wasm_bindgen(js_name = setVerdict)]
    pub fn set_verdict(&mut self, question: String, verdict: u32) {
        later::keep(question, Verdict::from_number(verdict));
    }

    /// `{"result":…,"claims":…}` with the number of the claims, `{"need":…}`, or `{"signature":…}` for
    /// the host to verify it.
    #[wasm_bindgen(js_name = verifyToken)]
    pub fn verify_token(&mut self, token: &str, now: f64) -> Result<String, JsValue> {
        let answer = self.gate.verify_token(token, millis(now)?);
        if let Some(question) = later::end() {
            return Ok(ObjectWriter::new().string("signature", &question).finish());
        }
        let Ok(result) = &answer else {
            return Ok(wrap("result", answer.as_ref().map(report::token_result_json)));
        };
        let number = result.as_ref().map_or(0, |verified| verified.claims.number());
        let writer = ObjectWriter::new().raw("claims", &number.to_string());
        Ok(writer.raw("result", &report::token_result_json(result)).finish())
    }

    /// Hands in a fact, JSON as [`Fact::from_json`] reads it.
    pub fn supply(&mut self, fact: &str) -> Result<(), JsValue> {
        let taken = Fact::from_json(fact).and_then(|fact| self.gate.supply(&fact));
        taken.map_err(|error| thrown(error.code(), error.message()))
    }
}

impl GateHandle {
    /// The numbers of the last answer.
    #[must_use]
    pub const fn record(&self) -> [u32; field::COUNT] {
        self.record
    }

    /// The state that was written last.
    #[must_use]
    pub fn state(&self) -> &str {
        &self.state
    }

    /// An answer for which headers were missed is none.
    fn keep(&mut self, mut answer: Answer, missed: u32) {
        if let Some(question) = later::end() {
            answer = Answer::Signature(question);
        }
        if missed == 0 {
            self.record = answer.record(&mut self.forms);
            self.answer = answer;
        } else {
            self.record = answer::more(missed);
            self.answer = Answer::None;
        }
    }
}

/// Header and claims of a token, without verification.
#[wasm_bindgen(js_name = decodeToken)]
#[must_use]
pub fn decode_token(token: &str) -> String {
    report::decode_token_json(token, &Budget::DEFAULT)
}

/// Verifies a compact token with `keys`: `{"ok":true,"header","payload"}` or
/// `{"ok":false,"reason","message"}`. `engine` is the name of an [`Engine`].
#[wasm_bindgen(js_name = verifyJws)]
pub fn verify_jws(token: &str, keys: &str, engine: Option<String>) -> Result<String, JsValue> {
    let verifier = Engine::named(engine.as_deref(), false).map_err(config_error)?;
    let keys = keys::read(keys).map_err(config_error)?;
    let verified = crate::token::verify_jws(token, &keys, &verifier, &Budget::DEFAULT);
    Ok(report::jws_result_json(&verified))
}

/// Verifies a bare signature (both in base64url) with the one key in `keys`. `engine` is the name
/// of an [`Engine`].
#[wasm_bindgen(js_name = verifySignature)]
pub fn verify_signature(
    keys: &str,
    message: &str,
    signature: &str,
    engine: Option<String>,
) -> Result<bool, JsValue> {
    let verifier = Engine::named(engine.as_deref(), false).map_err(config_error)?;
    let keys = keys::read(keys).map_err(config_error)?;
    let bytes = |text| {
        crate::base64url::decode(text).ok_or_else(|| {
            thrown("not-base64url", "Message and signature must be canonical base64url.")
        })
    };
    let (message, signature) = (bytes(message)?, bytes(signature)?);
    match keys.keys() {
        [key] => Ok(verifier.verify(key, &message, &signature).is_ok()),
        _ => Err(thrown("one-key", "Give exactly one key.")),
    }
}

/// Whether the identity in `auth` has what `requirement` names; false for what nobody can meet.
#[wasm_bindgen(js_name = authHas)]
#[must_use]
pub fn auth_has(auth: &str, requirement: &str) -> bool {
    let parse = |text: &str| Json::parse(text.as_bytes(), &OWN_TEXT).ok();
    let requirement = parse(requirement).and_then(|json| Requirement::from_json(&json));
    parse(auth).zip(requirement).is_some_and(|(auth, asked)| Auth::json_has(&auth, &asked))
}

/// For texts that come from the host and not from a visitor; the limits only stop accidents.
const OWN_TEXT: Budget = Budget { json_depth: 64, json_members: 1_000_000, ..Budget::DEFAULT };

/// The version of the core.
#[wasm_bindgen]
#[must_use]
pub fn version() -> String {
    env!("CARGO_PKG_VERSION").to_string()
}

/// JavaScript's milliseconds. A time that is no number must not be taken for any: at the epoch no
/// token would ever have expired.
#[expect(clippy::cast_possible_truncation, reason = "checked to be finite; `as` saturates")]
fn millis(now: f64) -> Result<UnixMillis, JsValue> {
    if now.is_finite() {
        return Ok(UnixMillis(now as i64));
    }
    Err(thrown("clock", "The clock must give milliseconds since the epoch, as Date.now() does."))
}

fn wrap(name: &str, answer: Result<String, &Need>) -> String {
    match answer {
        Ok(json) => ObjectWriter::new().raw(name, &json).finish(),
        Err(need) => ObjectWriter::new().raw("need", &need.to_json()).finish(),
    }
}

fn thrown(code: &str, message: &str) -> JsValue {
    JsValue::from_str(&answer::fault(code, message))
}

fn config_error(error: ConfigError) -> JsValue {
    let json = ObjectWriter::new()
        .string("code", error.code)
        .string("option", &error.option)
        .string("message", &error.message)
        .finish();
    JsValue::from_str(&json)
}
