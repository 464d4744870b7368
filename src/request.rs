//! The part of an HTTP request that a decision depends on.

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;
use core::cell::Cell;
use core::fmt;

use crate::host::Authority;
use crate::url::{Query, Url, UrlError};

/// Method, URL and headers of a request; the body is never looked at.
///
/// Header names are compared without regard to case. A header may occur more than once.
#[derive(Clone, Copy)]
pub struct RequestHead<'r> {
    method: &'r str,
    url: Url<'r>,
    headers: &'r [(&'r str, &'r str)],
    unread: Option<&'r Unread>,
}

/// Headers that the host would look at only if they were needed: reading a header costs a host more
/// than a whole decision may take, and most decisions need few.
///
/// A decision during which one was [missed](Self::missed) stands for nothing; ask again with it.
#[derive(Debug)]
pub(crate) struct Unread {
    names: &'static [&'static str],
    /// One bit for each name that was looked at.
    read: u32,
    missed: Cell<u32>,
}

impl Unread {
    /// Of up to 32 lower-case `names`, those whose bits are set in `read` were looked at.
    #[cfg(feature = "wasm")]
    pub(crate) const fn new(names: &'static [&'static str], read: u32) -> Self {
        Self { names, read, missed: Cell::new(0) }
    }

    /// The names that were asked for without having been looked at.
    #[cfg(feature = "wasm")]
    pub(crate) const fn missed(&self) -> u32 {
        self.missed.get()
    }

    /// `name` is in lower case, as everywhere in this crate.
    fn ask(&self, name: &str) {
        let place = self.names.iter().position(|own| *own == name);
        self.miss(place.map_or(0, bit));
    }

    fn ask_all(&self) {
        self.miss((0..self.names.len()).map(bit).fold(0, |all, one| all | one));
    }

    fn miss(&self, bits: u32) {
        self.missed.set(self.missed.get() | (bits & !self.read));
    }
}

fn bit(place: usize) -> u32 {
    u32::try_from(place).ok().and_then(|place| 1_u32.checked_shl(place)).unwrap_or(0)
}

/// Why a request cannot be represented: misuse by the host, not a verdict on the visitor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum RequestError {
    /// The method is not a token (RFC 9110 section 9.1).
    Method,
    /// The URL is not an absolute `http` or `https` URL.
    Url(UrlError),
}

impl RequestError {
    /// The stable code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Method => "request-method",
            Self::Url(_) => "request-url",
        }
    }

    /// What is wrong and what to do about it.
    #[must_use]
    pub const fn message(self) -> &'static str {
        match self {
            Self::Method => "The method must be an HTTP token such as GET.",
            Self::Url(error) => error.message(),
        }
    }
}

impl fmt::Display for RequestError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.message())
    }
}

impl core::error::Error for RequestError {}

/// Shows neither the query nor any value of a header: both can hold tokens.
impl fmt::Debug for RequestHead<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names = self.headers.iter().map(|(name, _)| *name);
        let mut debug = formatter.debug_struct("RequestHead");
        debug.field("method", &self.method).field("path", &self.url.path);
        debug.field("headers", &names.collect::<Vec<_>>()).finish_non_exhaustive()
    }
}

impl<'r> RequestHead<'r> {
    /// Takes a request apart.
    ///
    /// `method` is upper case as in `"GET"`; `url` is absolute (`https://app.example/path?query`);
    /// `headers` are pairs of name and value.
    ///
    /// # Errors
    /// [`RequestError`] when the method is no token or the URL is not absolute.
    pub fn new(
        method: &'r str,
        url: &'r str,
        headers: &'r [(&'r str, &'r str)],
    ) -> Result<Self, RequestError> {
        if method.is_empty() || !method.bytes().all(is_token_byte) {
            return Err(RequestError::Method);
        }
        let url = Url::parse(url).map_err(RequestError::Url)?;
        Ok(Self { method, url, headers, unread: None })
    }

    /// The same request of which some headers were not looked at.
    #[cfg(feature = "wasm")]
    pub(crate) fn with_unread(self, unread: &'r Unread) -> Self {
        Self { unread: Some(unread), ..self }
    }

    /// The first non-empty value of a header.
    pub(crate) fn header(&self, name: &str) -> Option<&'r str> {
        self.header_values(name).find(|value| !value.is_empty())
    }

    /// All values of a header in their order.
    pub(crate) fn header_values(&self, name: &str) -> impl Iterator<Item = &'r str> {
        let headers = self.headers;
        if let Some(unread) = self.unread {
            unread.ask(name);
        }
        headers
            .iter()
            .filter(move |(key, _)| key.eq_ignore_ascii_case(name))
            .map(|&(_, value)| value)
    }

    pub(crate) fn path(&self) -> &'r str {
        self.url.path
    }

    pub(crate) fn method(&self) -> &'r str {
        self.method
    }

    /// All headers as they came.
    pub(crate) fn headers(&self) -> impl Iterator<Item = (&'r str, &'r str)> {
        if let Some(unread) = self.unread {
            unread.ask_all();
        }
        self.headers.iter().copied()
    }

    /// Whether a redirect keeps its meaning: only requests without a body may be repeated elsewhere.
    pub(crate) fn is_get_or_head(&self) -> bool {
        matches!(self.method, "GET" | "HEAD")
    }

    /// Whether a person waits for a page, so that a redirect is better than a bare status.
    ///
    /// A navigation of a document or frame, or, for clients that send no fetch metadata,
    /// `Accept` with `text/html` (Fetch metadata request headers, section 2.1).
    pub(crate) fn wants_page(&self) -> bool {
        match self.header("sec-fetch-dest") {
            Some(destination) => matches!(destination, "document" | "iframe"),
            None => self.header("accept").is_some_and(|accept| accept.contains("text/html")),
        }
    }

    /// The URL as the visitor sees it; see [`EffectiveUrl`].
    pub(crate) fn effective_url(&self, trust_proxy: bool) -> EffectiveUrl<'r> {
        let own = self.url.origin();
        let told = if trust_proxy { self.told_origin(&own) } else { None };
        match told {
            // A proxy never sees the fragment, so one in the request is not the visitor's. An empty
            // query gets lost here for the peer as well.
            Some(origin) => {
                let query = if self.url.query == "?" { "" } else { self.url.query };
                EffectiveUrl { origin, url: Url { query, fragment: "", ..self.url } }
            }
            None => EffectiveUrl { origin: own, url: self.url },
        }
    }

    /// What the proxy tells, unless it is `own` to the letter: the peer compares the texts, so that
    /// `HTTPS` or a host in capitals is another origin, which turns out to be the same.
    fn told_origin(&self, own: &str) -> Option<String> {
        let first = |value: &'r str| value.split(',').next().unwrap_or(value);
        // A forwarded host that is there but empty does not make way for `Host`.
        let host = self.header_values("x-forwarded-host").next().map(first);
        let host = host.or_else(|| self.header("host"))?;
        let scheme = self.header("x-forwarded-proto").map_or(self.url.scheme, first);
        let own_host = own.strip_prefix(scheme).and_then(|rest| rest.strip_prefix("://"));
        if own_host == Some(host) {
            return None;
        }
        let is_web = ["http", "https"].iter().any(|web| scheme.eq_ignore_ascii_case(web));
        let host = Authority::parse(host).filter(|_| is_web)?;
        Some(host.origin(&scheme.to_ascii_lowercase()))
    }
}

/// The request's URL with the scheme and host that the proxy in front was asked for.
///
/// Only scheme and host are replaced. The path is never parsed again, so that `//host` in a path
/// cannot become the host of a redirect.
#[derive(Clone, Debug)]
pub(crate) struct EffectiveUrl<'r> {
    pub(crate) origin: String,
    url: Url<'r>,
}

impl<'r> EffectiveUrl<'r> {
    pub(crate) fn path(&self) -> &'r str {
        self.url.path
    }

    /// The first value of a query parameter.
    pub(crate) fn parameter(&self, name: &str) -> Option<Cow<'r, str>> {
        let query = self.url.query.strip_prefix('?')?;
        form_urlencoded::parse(query.as_bytes())
            .find(|(key, _)| key == name)
            .map(|(_, value)| value)
    }

    /// The whole address without some query parameters. A query is written anew even if it has
    /// none of them (`URLSearchParams.delete`).
    pub(crate) fn without(&self, names: &[&str]) -> String {
        let Url { path, query, fragment, .. } = self.url;
        let mut kept = Query::new();
        for (name, value) in
            form_urlencoded::parse(query.strip_prefix('?').unwrap_or("").as_bytes())
        {
            if !names.contains(&&*name) {
                kept.append(&name, &value);
            }
        }
        let kept = kept.finish();
        let mark = if kept.is_empty() { "" } else { "?" };
        [&self.origin, path, mark, &kept, fragment].concat()
    }

    /// The whole address.
    pub(crate) fn href(&self) -> String {
        let Url { path, query, fragment, .. } = self.url;
        [&self.origin, path, query, fragment].concat()
    }
}

/// RFC 9110 section 5.6.2: `tchar`.
pub(crate) fn is_token_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn href(url: &str, headers: &[(&str, &str)], trust_proxy: bool) -> String {
        RequestHead::new("GET", url, headers).unwrap().effective_url(trust_proxy).href()
    }

    #[test]
    fn the_effective_url_takes_scheme_and_host_from_the_proxy() {
        let url = "http://127.0.0.1:3000/p?q=1";
        let forwarded =
            [("X-Forwarded-Host", "app.example,b"), ("x-forwarded-proto", "https,http")];
        assert_eq!(href(url, &forwarded, true), "https://app.example/p?q=1");
        assert_eq!(href(url, &forwarded, false), url);
        assert_eq!(
            href(url, &[("host", "app.example:3000")], true),
            "http://app.example:3000/p?q=1"
        );
        assert_eq!(href(url, &[], true), url);
    }

    #[test]
    fn a_forwarded_host_that_is_no_host_is_ignored() {
        for host in ["a/b", "u@a", "a b", "a\\b", "a#", "", "a?b", "[x]", "[:::]"] {
            let url = "https://app.example/";
            assert_eq!(href(url, &[("x-forwarded-host", host)], true), url, "{host:?}");
        }
        let javascript = [("host", "a"), ("x-forwarded-proto", "javascript")];
        assert_eq!(href("https://app.example/", &javascript, true), "https://app.example/");
    }

    #[test]
    fn one_origin_has_many_texts() {
        let url = "https://[::1]:8443/x#f";
        for host in ["[0:0::1]:08443", "[::1]:08443"] {
            assert_eq!(href(url, &[("host", host)], true), "https://[::1]:8443/x", "{host}");
        }
        assert_eq!(href(url, &[("host", "[::1]:8443")], true), url);
        assert_eq!(href("https://A:0443/x#f", &[], true), "https://a/x#f");
        assert_eq!(href(url, &[("host", "[0::2]:443")], true), "https://[::2]/x");
    }

    #[test]
    fn an_empty_query_stays_where_the_text_of_the_origin_stays() {
        let url = "https://a/x?#f";
        let https = |scheme| [("host", "a"), ("x-forwarded-proto", scheme)];
        for headers in [&[("host", "a")][..], &https("https"), &https("https,x")] {
            assert_eq!(href(url, headers, true), url, "{headers:?}");
        }
        for headers in
            [&https("HTTPS")[..], &[("host", "A")], &[("host", "a:443")], &[("host", "a:")]]
        {
            assert_eq!(href(url, headers, true), "https://a/x", "{headers:?}");
            assert_eq!(href(url, headers, false), url, "{headers:?}");
        }
        assert_eq!(href(url, &[("host", "b")], true), "https://b/x");
        assert_eq!(href(url, &[("host", "A"), ("x-forwarded-proto", "wss")], true), url);
        assert_eq!(href("https://a/x?&", &[("host", "b")], true), "https://b/x?&");
    }

    #[test]
    fn a_double_slash_path_does_not_change_the_host() {
        let forwarded = [("x-forwarded-host", "app.example"), ("x-forwarded-proto", "https")];
        assert_eq!(
            href("http://h//evil.example/x", &forwarded, true),
            "https://app.example//evil.example/x"
        );
    }

    #[test]
    fn header_names_have_no_case_and_empty_values_count_as_absent() {
        let headers = [("Accept", ""), ("ACCEPT", "text/html")];
        let head = RequestHead::new("GET", "https://a/", &headers).unwrap();
        assert_eq!(head.header("accept"), Some("text/html"));
        assert_eq!(head.header_values("accept").count(), 2);
    }

    #[test]
    fn misuse_is_told_apart() {
        assert_eq!(RequestHead::new("", "https://a/", &[]).unwrap_err(), RequestError::Method);
        assert_eq!(
            RequestHead::new("G T", "https://a/", &[]).unwrap_err().code(),
            "request-method"
        );
        assert_eq!(RequestHead::new("GET", "/x", &[]).unwrap_err().code(), "request-url");
    }
}
