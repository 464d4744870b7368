//! Headers of answers.

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;

use crate::json::writer::{array, string};

/// A response header: a lower-case name and a value that is legal in a header field.
pub type Header = (Cow<'static, str>, Cow<'static, str>);

pub(super) fn names(headers: &[Header]) -> Vec<&str> {
    headers.iter().map(|(name, _)| name.as_ref()).collect()
}

/// RFC 9111 sections 5.2.2.5 and 5.2.2.7, RFC 9110 section 12.5.5.
pub(super) const UNCACHEABLE: [(&str, &str); 2] =
    [("cache-control", "private, no-store"), ("vary", "Cookie")];

/// Headers that keep shared caches from handing an answer to anybody else.
pub(crate) fn uncacheable() -> [Header; 2] {
    UNCACHEABLE.map(|(name, value)| (Cow::Borrowed(name), Cow::Borrowed(value)))
}

pub(super) fn headers_json(headers: &[Header]) -> String {
    array(headers.iter().map(|(name, value)| array([string(name), string(value)])))
}
