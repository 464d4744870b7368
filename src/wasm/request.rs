//! Requests as the host writes them: one text of lines, so that one copy brings the whole request.

use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;
use wasm_bindgen::prelude::JsValue;

use super::thrown;
use crate::request::{RequestHead, Unread};

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
/// Where the value of `Cookie` is in the list.
const COOKIE: usize = 1;
/// Bytes for a request without its cookies, and for these; what is larger is handed over as strings.
const TEXT_BYTES: usize = 16 * 1024;
const COOKIE_BYTES: usize = 80 * 1024;

/// Where the host writes requests to. The buffers never move.
pub(super) struct RequestBuffer {
    text: Box<[u8]>,
    cookie: Box<[u8]>,
    /// Text and cookies of a request that does not fit.
    large: (String, String),
}

/// How much of the buffers a request fills, and which headers were looked at for it.
#[derive(Clone, Copy)]
pub(super) struct Written {
    /// Larger than its buffer for a request that was set as strings.
    pub(super) text: usize,
    pub(super) cookie: usize,
    /// One bit for each place in [`HEADERS`].
    pub(super) headers: u32,
}

impl RequestBuffer {
    pub(super) fn new() -> Self {
        let buffer = |bytes| alloc::vec![0; bytes].into_boxed_slice();
        Self { text: buffer(TEXT_BYTES), cookie: buffer(COOKIE_BYTES), large: <_>::default() }
    }

    /// Where the text belongs.
    pub(super) fn text(&mut self) -> &mut [u8] {
        &mut self.text
    }

    /// Where the cookies belong.
    pub(super) fn cookie(&mut self) -> &mut [u8] {
        &mut self.cookie
    }

    /// Takes a request of any size.
    pub(super) fn set(&mut self, text: String, cookie: String) {
        self.large = (text, cookie);
    }

    /// The request in the buffers, read by `work`, and the headers that it missed: asked for, but
    /// not looked at by the host.
    ///
    /// A length beyond the text's buffer stands for the request that was set; for cookies there is no
    /// such length.
    ///
    /// The lines of the text are the method, the URL, and one for each header: a letter for its
    /// name, then its value. The cookies stand alone, because they are long and would otherwise be
    /// searched for the end of their line.
    pub(super) fn read<T>(
        &mut self,
        Written { text, cookie, headers }: Written,
        work: impl FnOnce(&RequestHead<'_>) -> T,
    ) -> Result<(T, u32), JsValue> {
        let large = core::mem::take(&mut self.large);
        let (text, cookie) = match self.text.get(..text) {
            Some(text) => (utf8(text)?, utf8(self.cookie.get(..cookie).ok_or_else(too_long)?)?),
            None => (&*large.0, &*large.1),
        };
        let unread = Unread::new(HEADERS, headers);
        let answer = with_parts(text, cookie, |head| work(&head.with_unread(&unread)))?;
        Ok((answer, unread.missed()))
    }
}

/// The same for a request that came as a string with all its headers.
pub(super) fn with_head<T>(
    text: &str,
    work: impl FnOnce(&RequestHead<'_>) -> T,
) -> Result<T, JsValue> {
    with_parts(text, "", work)
}

fn with_parts<T>(
    text: &str,
    cookie: &str,
    work: impl FnOnce(&RequestHead<'_>) -> T,
) -> Result<T, JsValue> {
    let mut lines = text.split('\n');
    let (method, url) = (lines.next().unwrap_or_default(), lines.next().unwrap_or_default());
    let mut headers: Vec<(&str, &str)> = Vec::with_capacity(HEADERS.len());
    if let Some(name) = HEADERS.get(COOKIE).filter(|_| !cookie.is_empty()) {
        headers.push((name, cookie));
    }
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

fn utf8(bytes: &[u8]) -> Result<&str, JsValue> {
    core::str::from_utf8(bytes).map_err(|_| thrown("request-text", "The request is not UTF-8."))
}

/// Not taken for a request without cookies: that would be another visitor.
fn too_long() -> JsValue {
    thrown("request-cookies", "The cookies are longer than their buffer: use setRequest.")
}

/// A request as the host writes it, all in one text.
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
