//! Requests as the host writes them: one text of lines, so that one copy brings the whole request.

use alloc::string::String;
use alloc::vec::Vec;
use wasm_bindgen::prelude::JsValue;

use super::thrown;
use crate::request::RequestHead;

/// The headers that are looked at; each is named by its place in this list. `pkg/src/request.ts` has
/// the same list, which a test compares.
pub(super) const HEADERS: &[&str] = &[
    "authorization",
    "cookie",
    "host",
    "x-forwarded-host",
    "x-forwarded-proto",
    "origin",
    "referer",
    "sec-fetch-dest",
    "sec-fetch-site",
    "sec-purpose",
    "accept",
    "user-agent",
    "next-url",
    "next-action",
    "next-router-prefetch",
    "x-nextjs-data",
    "content-type",
    "rid",
    "anti-csrf",
    "st-auth-mode",
    "access-control-request-method",
    // Read by nobody here: Clerk wants to know whose session it refreshes.
    "x-forwarded-for",
];

/// What the first header is named by; the others follow.
const FIRST: u8 = b'A';
/// Bytes for a request of ordinary size; larger ones are handed over as strings.
const BYTES: usize = 64 * 1024;

/// Where the host writes requests to.
pub(super) struct RequestBuffer {
    bytes: Vec<u8>,
}

impl RequestBuffer {
    pub(super) fn new() -> Self {
        Self { bytes: alloc::vec![0; BYTES] }
    }

    /// Where the buffer starts; it never moves while requests fit.
    pub(super) fn address(&mut self) -> *mut u8 {
        self.bytes.as_mut_ptr()
    }

    pub(super) fn len(&self) -> usize {
        self.bytes.len()
    }

    /// Takes a request of any size.
    pub(super) fn set(&mut self, text: &str) -> usize {
        if text.len() > self.bytes.len() {
            self.bytes.resize(text.len(), 0);
        }
        for (own, byte) in self.bytes.iter_mut().zip(text.bytes()) {
            *own = byte;
        }
        text.len()
    }

    /// The request in the first `len` bytes, read by `work`.
    ///
    /// The lines are the method, the URL, and one for each header: a letter for its name, then its
    /// value.
    pub(super) fn read<T>(
        &self,
        len: usize,
        work: impl FnOnce(&RequestHead<'_>) -> T,
    ) -> Result<T, JsValue> {
        let text = self.bytes.get(..len).and_then(|bytes| core::str::from_utf8(bytes).ok());
        let text = text.ok_or_else(|| thrown("request-text", "The request is not UTF-8."))?;
        with_head(text, work)
    }
}

/// The same for a request that came as a string.
pub(super) fn with_head<T>(
    text: &str,
    work: impl FnOnce(&RequestHead<'_>) -> T,
) -> Result<T, JsValue> {
    let mut lines = text.split('\n');
    let (method, url) = (lines.next().unwrap_or_default(), lines.next().unwrap_or_default());
    let mut headers: Vec<(&str, &str)> = Vec::with_capacity(HEADERS.len());
    headers.extend(lines.filter_map(header));
    let head = RequestHead::new(method, url, &headers)
        .map_err(|error| thrown(error.code(), error.message()))?;
    Ok(work(&head))
}

fn header(line: &str) -> Option<(&'static str, &str)> {
    let letter = *line.as_bytes().first()?;
    let name = HEADERS.get(usize::from(letter.checked_sub(FIRST)?))?;
    Some((name, line.get(1..)?))
}

/// A request as the host writes it.
#[doc(hidden)]
#[must_use]
pub fn request_text(method: &str, url: &str, headers: &[(&str, &str)]) -> String {
    let mut text = String::from(method);
    text.push('\n');
    text.push_str(url);
    for (name, value) in headers {
        let place = HEADERS.iter().position(|own| own == name);
        if let Some(letter) = place.and_then(|place| u8::try_from(place).ok()) {
            text.push('\n');
            text.push(char::from(FIRST + letter));
            text.push_str(value);
        }
    }
    text
}
