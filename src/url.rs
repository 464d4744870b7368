//! URLs as hosts hand them in: absolute, `http` or `https`, already in the serialised form of the
//! WHATWG URL standard. This module only splits, joins and adds parameters; it never guesses.

use alloc::borrow::{Cow, ToOwned};
use alloc::string::String;
use core::fmt;

use crate::host::Authority;

/// The parts of an absolute URL, borrowed from its text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Url<'u> {
    pub(crate) scheme: &'u str,
    pub(crate) authority: Authority<'u>,
    /// Starts with `/`.
    pub(crate) path: &'u str,
    /// With its `?`, or empty.
    pub(crate) query: &'u str,
    /// With its `#`, or empty.
    pub(crate) fragment: &'u str,
}

/// Why a text is not a URL that a request can have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum UrlError {
    /// Not `http://…` or `https://…`.
    NotAbsolute,
    /// The host is missing, has user information or a character that hosts do not have.
    Authority,
    /// A character that must be percent-encoded: white space, a control, `\` in the path, non-ASCII.
    Character,
}

impl UrlError {
    /// What is wrong and what to do about it.
    #[must_use]
    pub const fn message(self) -> &'static str {
        match self {
            Self::NotAbsolute => "The URL must be absolute and start with http:// or https://.",
            Self::Authority => "The URL must have a host, and no user name or password.",
            Self::Character => "The URL has a character that must be percent-encoded.",
        }
    }
}

impl fmt::Display for UrlError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.message())
    }
}

impl<'u> Url<'u> {
    /// Splits an absolute URL (RFC 3986 section 3).
    pub(crate) fn parse(text: &'u str) -> Result<Self, UrlError> {
        let (scheme, rest) = text.split_once("://").ok_or(UrlError::NotAbsolute)?;
        if !matches!(scheme, "http" | "https") {
            return Err(UrlError::NotAbsolute);
        }
        if !text.bytes().all(|byte| byte.is_ascii_graphic()) {
            return Err(UrlError::Character);
        }
        let (rest, fragment) = split_before(rest, |byte| byte == b'#');
        let (rest, query) = split_before(rest, |byte| byte == b'?');
        let (authority, path) = split_before(rest, |byte| matches!(byte, b'/' | b'\\'));
        let authority = Authority::parse(authority).ok_or(UrlError::Authority)?;
        if path.contains('\\') {
            return Err(UrlError::Character);
        }
        let path = if path.is_empty() { "/" } else { path };
        Ok(Self { scheme, authority, path, query, fragment })
    }

    /// Scheme, host and port.
    pub(crate) fn origin(&self) -> String {
        self.authority.origin(self.scheme)
    }
}

/// Splits before the first byte that `stop` accepts.
fn split_before(text: &str, stop: impl Fn(u8) -> bool) -> (&str, &str) {
    let at = text.bytes().position(stop).unwrap_or(text.len());
    text.split_at_checked(at).unwrap_or((text, ""))
}

/// A page address from the configuration: absolute, or a path on the request's own origin.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Target {
    Absolute(String),
    Path(String),
}

impl Target {
    /// Accepts `https://host/path` and `/path`; `//host` and `/\host` are neither.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        if Url::parse(text).is_ok() {
            let rest = text.split_once("://").map_or("", |(_, rest)| rest);
            let slash = if rest.contains(['/', '?', '#']) { "" } else { "/" };
            return Some(Self::Absolute([text, slash].concat()));
        }
        let is_path = text.starts_with('/')
            && !text.starts_with("//")
            && text.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\');
        is_path.then(|| Self::Path(text.to_owned()))
    }

    /// The address as configured.
    pub(crate) fn text(&self) -> &str {
        match self {
            Self::Absolute(text) | Self::Path(text) => text,
        }
    }

    /// The absolute address as seen from a request to `origin`.
    pub(crate) fn resolve(&self, origin: &str) -> Cow<'_, str> {
        match self {
            Self::Absolute(text) => Cow::Borrowed(text),
            Self::Path(path) => Cow::Owned(origin.to_owned() + path),
        }
    }
}

/// A query in the making, form-urlencoded (`URLSearchParams`).
pub(crate) struct Query(form_urlencoded::Serializer<'static, String>);

impl Query {
    pub(crate) fn new() -> Self {
        Self(form_urlencoded::Serializer::new(String::new()))
    }

    pub(crate) fn append(&mut self, name: &str, value: &str) {
        self.0.append_pair(name, value);
    }

    /// The query without `?`.
    pub(crate) fn finish(mut self) -> String {
        self.0.finish()
    }
}

/// `url` with the query parameter `name` set to `value`, replacing any of that name
/// (`URLSearchParams.set`, so the whole query is written anew).
pub(crate) fn with_parameter(url: &str, name: &str, value: &str) -> String {
    rewritten(url, |old, query| {
        let mut replaced = false;
        for (key, old) in old {
            if key != name {
                query.append(&key, &old);
            } else if !replaced {
                replaced = true;
                query.append(name, value);
            }
        }
        if !replaced {
            query.append(name, value);
        }
    })
}

/// `url` with query parameters added at the end (`URLSearchParams.append`).
pub(crate) fn with_appended(url: &str, parameters: &[(&str, &str)]) -> String {
    rewritten(url, |old, query| {
        old.for_each(|(name, value)| query.append(&name, &value));
        parameters.iter().for_each(|(name, value)| query.append(name, value));
    })
}

fn rewritten(url: &str, write: impl FnOnce(form_urlencoded::Parse<'_>, &mut Query)) -> String {
    let (rest, fragment) = split_before(url, |byte| byte == b'#');
    let (base, old) = split_before(rest, |byte| byte == b'?');
    let mut query = Query::new();
    write(form_urlencoded::parse(old.strip_prefix('?').unwrap_or("").as_bytes()), &mut query);
    let query = query.finish();
    let mark = if query.is_empty() { "" } else { "?" };
    [base, mark, &query, fragment].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn urls_are_split_into_their_parts() {
        let url = Url::parse("https://a.example:8443/p/q?x=1?y#f?g").unwrap();
        assert_eq!(url.scheme, "https");
        assert_eq!(url.origin(), "https://a.example:8443");
        assert_eq!(url.path, "/p/q");
        assert_eq!(url.query, "?x=1?y");
        assert_eq!(url.fragment, "#f?g");
        assert_eq!(Url::parse("http://a").unwrap().path, "/");
        assert_eq!(Url::parse("http://[::1]:80?x").unwrap().query, "?x");
    }

    #[test]
    fn what_is_not_a_request_url_is_refused() {
        for (text, error) in [
            ("/path", UrlError::NotAbsolute),
            ("ftp://a/", UrlError::NotAbsolute),
            ("HTTPS://a/", UrlError::NotAbsolute),
            ("https:///p", UrlError::Authority),
            ("https://u:p@a/", UrlError::Authority),
            ("https://a:b/", UrlError::Authority),
            ("https://a:+1/", UrlError::Authority),
            ("https://a:70000/", UrlError::Authority),
            ("https://[::1/", UrlError::Authority),
            ("https://[:::]/", UrlError::Authority),
            ("https://[::12345]/", UrlError::Authority),
            ("https://0x7f.1/", UrlError::Authority),
            ("https://1.2.3/", UrlError::Authority),
            ("https://a\\b/", UrlError::Character),
            ("https://a/b\\c", UrlError::Character),
            ("https://a/ b", UrlError::Character),
            ("https://a/\r\nx", UrlError::Character),
            ("https://a/ä", UrlError::Character),
        ] {
            assert_eq!(Url::parse(text), Err(error), "{text:?}");
        }
    }

    #[test]
    fn targets_never_leave_their_origin_by_accident() {
        assert_eq!(Target::parse("/sign-in").unwrap().resolve("https://a"), "https://a/sign-in");
        assert_eq!(Target::parse("https://b").unwrap().resolve("https://a"), "https://b/");
        for text in ["", "sign-in", "//b/x", "/\\b", "/a\tb", "javascript:alert(1)", "https://u@b/"]
        {
            assert_eq!(Target::parse(text), None, "{text:?}");
        }
    }

    #[test]
    fn a_parameter_is_appended_or_replaced() {
        let set = |url| with_parameter(url, "redirect_url", "https://a/b?c=d&e");
        let value = "redirect_url=https%3A%2F%2Fa%2Fb%3Fc%3Dd%26e";
        assert_eq!(set("https://s/in"), alloc::format!("https://s/in?{value}"));
        assert_eq!(set("https://s/in?a=1#f"), alloc::format!("https://s/in?a=1&{value}#f"));
        assert_eq!(
            set("https://s/in?redirect_url=x&b=2&redirect_url=y"),
            alloc::format!("https://s/in?{value}&b=2")
        );
    }
}
