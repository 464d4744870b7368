//! The `Cookie` header (RFC 6265 section 4.2.1), read as servers in our field read it.

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;
use core::iter;

use memchr::memchr;

use crate::budget::Budget;
use crate::reason::Reason;
use crate::request::RequestHead;

/// One `name=value` pair, both as received, without the white space around them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Cookie<'r> {
    pub(crate) name: &'r str,
    pub(crate) value: &'r str,
}

/// All cookies of a request in their order, duplicates included.
#[derive(Clone, Debug, Default)]
pub(crate) struct Cookies<'r> {
    pairs: Vec<Cookie<'r>>,
}

/// Requests seldom have more, so that the list seldom has to grow.
const USUAL_COOKIES: usize = 16;

impl<'r> Cookies<'r> {
    /// Reads every `Cookie` header; HTTP/2 may send more than one (RFC 9113 section 8.2.3).
    pub(crate) fn of(head: &RequestHead<'r>, budget: &Budget) -> Result<Self, Reason> {
        let bytes: usize = head.header_values("cookie").map(str::len).sum();
        if bytes > budget.cookie_bytes {
            return Err(Reason::CookieHeaderTooLarge);
        }
        let mut pairs = Vec::with_capacity(USUAL_COOKIES);
        for cookie in head.header_values("cookie").flat_map(parse) {
            if pairs.len() == budget.cookies {
                return Err(Reason::TooManyCookies);
            }
            pairs.push(cookie);
        }
        Ok(Self { pairs })
    }

    /// Every value that `name` has, in the order received.
    ///
    /// A browser sends the cookie with the longer path first (RFC 6265 section 5.4), and a cookie
    /// from a parent domain may stand beside the host's own: a provider decides which one counts.
    pub(crate) fn all(&self, name: &str) -> impl Iterator<Item = &'r str> {
        self.pairs.iter().filter(move |cookie| cookie.name == name).map(|cookie| cookie.value)
    }

    /// The first value of `name`; an empty value counts as absent, as a deleted cookie does.
    pub(crate) fn first(&self, name: &str) -> Option<Cow<'r, str>> {
        self.all(name).next().filter(|value| !value.is_empty()).map(percent_decode)
    }
}

/// How many parts of the `Cookie` headers are called `name`, in whatever way the name is escaped and
/// whether or not a value follows.
pub(crate) fn count(head: &RequestHead<'_>, name: &str) -> usize {
    let parts = head.header_values("cookie").flat_map(|header| split(header, b';'));
    let names = parts.map(|part| halves(part).map_or(part, |(name, _)| name).trim());
    names.filter(|own| percent_decode(own) == name).count()
}

/// Splits one header value: pairs end at `;`, the name at the first `=`; a part without `=` is no
/// cookie. Quotes belong to the value (RFC 6265 section 5.2).
pub(crate) fn parse(header: &str) -> impl Iterator<Item = Cookie<'_>> {
    split(header, b';').filter_map(|pair| {
        let (name, value) = halves(pair)?;
        let blank = |character| matches!(character, ' ' | '\t');
        let (name, value) = (name.trim_matches(blank), value.trim_matches(blank));
        (!name.is_empty()).then_some(Cookie { name, value })
    })
}

/// What stands before and after the first `=`; [`str::split_once`] for long texts.
fn halves(pair: &str) -> Option<(&str, &str)> {
    let end = memchr(b'=', pair.as_bytes())?;
    Some((pair.get(..end)?, pair.get(end + 1..)?))
}

/// [`str::split`] for long texts.
fn split(text: &str, separator: u8) -> impl Iterator<Item = &str> {
    let mut rest = Some(text);
    iter::from_fn(move || {
        let text = rest?;
        let end = memchr(separator, text.as_bytes());
        let (part, after) = end.and_then(|end| text.split_at_checked(end)).unwrap_or((text, ""));
        rest = after.get(1..);
        Some(part)
    })
}

/// Resolves percent escapes when all of them are well-formed UTF-8, else keeps the text as it is
/// (npm `cookie` 1.x does the same with `decodeURIComponent`).
pub(crate) fn percent_decode(value: &str) -> Cow<'_, str> {
    if memchr(b'%', value.as_bytes()).is_none() {
        return Cow::Borrowed(value);
    }
    decode_escapes(value).map_or(Cow::Borrowed(value), Cow::Owned)
}

fn decode_escapes(value: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(value.len());
    let mut rest = value.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(if byte == b'%' { hex(rest.next()?)? << 4 | hex(rest.next()?)? } else { byte });
    }
    String::from_utf8(bytes).ok()
}

/// The value of one hexadecimal digit.
pub(crate) fn hex(digit: u8) -> Option<u8> {
    char::from(digit).to_digit(16).and_then(|value| u8::try_from(value).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cookies(values: &[&'static str]) -> Result<Cookies<'static>, Reason> {
        let headers: &'static [(&str, &str)] =
            values.iter().map(|value| ("cookie", *value)).collect::<Vec<_>>().leak();
        Cookies::of(&RequestHead::new("GET", "https://a/", headers).unwrap(), &Budget::DEFAULT)
    }

    #[test]
    fn pairs_are_split_as_the_grammar_says() {
        let parsed: Vec<_> = parse("a=1; b = x=y ;c;=d; e=; \"q\"=\"v\";;").collect();
        let expected = [("a", "1"), ("b", "x=y"), ("e", ""), ("\"q\"", "\"v\"")];
        assert_eq!(parsed, expected.map(|(name, value)| Cookie { name, value }));
    }

    #[test]
    fn all_duplicates_are_seen_across_headers() {
        let cookies = cookies(&["a=1; a=2", "b=0; a=3"]).unwrap();
        assert_eq!(cookies.all("a").collect::<Vec<_>>(), ["1", "2", "3"]);
        assert_eq!(cookies.first("a").as_deref(), Some("1"));
        assert_eq!(cookies.first("A"), None);
    }

    #[test]
    fn the_first_value_counts_even_when_it_is_empty() {
        assert_eq!(cookies(&["a=; a=2"]).unwrap().first("a"), None);
    }

    #[test]
    fn escapes_are_resolved_only_when_clean() {
        let cookies = cookies(&["a=%41%C3%A4; b=%4; c=%ff; d=100%; e=%zz"]).unwrap();
        let first = |name| cookies.first(name).map(Cow::into_owned);
        assert_eq!(first("a").as_deref(), Some("Aä"));
        for (name, raw) in [("b", "%4"), ("c", "%ff"), ("d", "100%"), ("e", "%zz")] {
            assert_eq!(first(name).as_deref(), Some(raw));
        }
    }

    #[test]
    fn budgets_have_their_own_reasons() {
        let large: &'static str = alloc::format!("a={}", "x".repeat(40_000)).leak();
        assert_eq!(cookies(&[large]).unwrap_err(), Reason::CookieHeaderTooLarge);
        let many: &'static str = "a=1;".repeat(300).leak();
        assert_eq!(cookies(&[many]).unwrap_err(), Reason::TooManyCookies);
    }
}
