//! Route patterns, single rules and the pages to sign in on.

use alloc::string::String;
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

use super::request::{Written, with_head};
use super::{GateHandle, OWN_TEXT, config_error, millis, thrown};
use crate::config::{ConfigError, Options};
use crate::json::Json;
use crate::json::writer::ObjectWriter;
use crate::policy::{
    Departure, Protect, ReturnTo, RouteMatcher as Matcher, SignInError, SignInPage, SignInPages,
};

/// Patterns as Clerk's `createRouteMatcher` takes them; see [`crate::RouteMatcher`].
#[wasm_bindgen]
pub struct RouteMatcher(Matcher);

#[wasm_bindgen]
impl RouteMatcher {
    /// `patterns` is a JSON string or an array of strings. Throws the JSON of a `ConfigError`.
    #[wasm_bindgen(constructor)]
    pub fn new(patterns: &str) -> Result<RouteMatcher, JsValue> {
        Matcher::from_json(patterns).map(RouteMatcher).map_err(config_error)
    }

    /// Whether a path (`URL.pathname`, not decoded) matches. Throws `{"code":"path-malformed"}`.
    pub fn matches(&self, path: &str) -> Result<bool, JsValue> {
        self.0.matches(path).map_err(|reason| thrown(reason.code(), reason.message()))
    }

    /// The parameters of the first pattern that matches the path as it is, as a JSON object of
    /// strings; `null` when none does. Of parameters with the same name the last counts.
    pub fn captures(&self, path: &str) -> String {
        let Some(captures) = self.0.captures(path) else { return "null".into() };
        let is_last = |index: usize, name: &str| {
            !captures.iter().skip(index + 1).any(|(other, _)| other == name)
        };
        let pairs = captures.iter().enumerate().filter(|(index, (name, _))| is_last(*index, name));
        let write = |writer: ObjectWriter, (_, (name, value)): (usize, &(String, &str))| {
            writer.string(name, value)
        };
        pairs.fold(ObjectWriter::new(), write).finish()
    }
}

#[wasm_bindgen]
impl GateHandle {
    /// Decides by one rule, whose options [`Protect::from_json`] reads. Throws the JSON of a
    /// `ConfigError`.
    pub fn protect(
        &mut self,
        text: usize,
        cookie: usize,
        headers: u32,
        now: f64,
        options: &str,
    ) -> Result<(), JsValue> {
        let protect = read(options).and_then(|json| Protect::from_json(&json));
        let protect = protect.map_err(config_error)?;
        let Self { gate, request, .. } = self;
        let (written, now) = (Written { text, cookie, headers }, millis(now)?);
        let (answer, missed) = request.read(written, |head| gate.protect(head, &protect, now))?;
        self.keep(answer.into(), missed);
        Ok(())
    }

    /// The address of the page `sign-in` or `sign-up` for a visitor who comes back to `return_to`:
    /// to the request's own address when it is left out, nowhere when it is empty. The request is
    /// one text with all its headers. Throws `{"code","message"}`.
    #[wasm_bindgen(js_name = signInAddress)]
    pub fn sign_in_address(
        &self,
        page: &str,
        request: &str,
        now: f64,
        return_to: Option<String>,
        is_pending: bool,
    ) -> Result<String, JsValue> {
        let return_to = match return_to.as_deref() {
            None => ReturnTo::Here,
            Some("") => ReturnTo::Nowhere,
            Some(address) => ReturnTo::Address(address),
        };
        let (page, now) = (self::page(page)?, millis(now)?);
        let address = with_head(request, |head| {
            self.gate.sign_in_address(page, head, return_to, is_pending, now)
        })?;
        address.map_err(no_address)
    }
}

/// The same without a gate: `{"page","from","returnTo"?,"signInUrl"?,"signUpUrl"?,"hosted"?,
/// "isSatellite"?,"devBrowser"?,"isPending"?}`.
#[wasm_bindgen(js_name = signInAddress)]
pub fn sign_in_address(options: &str) -> Result<String, JsValue> {
    let json = read(options).map_err(config_error)?;
    address(&json).map_err(config_error)?.map_err(no_address)
}

fn address(json: &Json) -> Result<Result<String, SignInError>, ConfigError> {
    let known = [
        "page",
        "from",
        "returnTo",
        "signInUrl",
        "signUpUrl",
        "hosted",
        "isSatellite",
        "devBrowser",
        "isPending",
    ];
    let options = Options::new(json, "", &known)?;
    let page = options.string("page")?.and_then(SignInPage::from_name);
    let page = page.ok_or_else(|| ConfigError::invalid("page", PAGES))?;
    let pages = SignInPages {
        sign_in: options.owned_string("signInUrl")?,
        sign_up: options.owned_string("signUpUrl")?,
        hosted: options.owned_string("hosted")?,
        is_satellite: options.boolean("isSatellite")?.unwrap_or_default(),
        path_parameter: None,
    };
    let departure = Departure {
        from: options.string("from")?.unwrap_or_default(),
        return_to: options.string("returnTo")?,
        dev_browser: options.string("devBrowser")?,
        is_pending: options.boolean("isPending")?.unwrap_or_default(),
    };
    Ok(pages.address(page, &departure))
}

const PAGES: &str = "Use 'sign-in' or 'sign-up'.";

fn page(name: &str) -> Result<SignInPage, JsValue> {
    SignInPage::from_name(name).ok_or_else(|| config_error(ConfigError::invalid("page", PAGES)))
}

pub(super) fn read(text: &str) -> Result<Json, ConfigError> {
    let not_json = |_| ConfigError::new("not-json", "options", "The options are not JSON.");
    Json::parse(text.as_bytes(), &OWN_TEXT).map_err(not_json)
}

fn no_address(error: SignInError) -> JsValue {
    thrown(error.code(), error.message())
}
