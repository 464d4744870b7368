//! Absolute web addresses, and references resolved against them as browsers do (WHATWG URL
//! standard, for `http` and `https` alone).
//!
//! Narrower than the standard where an address that is sent to a browser should be: no user
//! information, and hosts of ASCII letters, digits, `-`, `.`, `_` or canonical IP addresses.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use crate::host::Authority;
use crate::url::Query;

/// An address in its serialised parts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Address {
    is_secure: bool,
    host: String,
    /// Only when it is not the default of the scheme.
    port: Option<u16>,
    /// Starts with `/`.
    path: String,
    /// Without `?`.
    query: Option<String>,
    /// Without `#`.
    fragment: Option<String>,
}

impl Address {
    /// Reads an absolute address.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let text = cleaned(text);
        let (is_secure, rest) = scheme(&text)?.ok()?;
        Self::with_authority(is_secure, rest)
    }

    /// Resolves a reference: absolute, or relative to this address.
    pub(super) fn join(&self, reference: &str) -> Option<Self> {
        let text = cleaned(reference);
        match scheme(&text) {
            None => self.relative(&text),
            Some(Ok((is_secure, rest)))
                if is_secure == self.is_secure && !rest.starts_with("//") =>
            {
                self.relative(rest)
            }
            Some(Ok((is_secure, rest))) => Self::with_authority(is_secure, rest),
            Some(Err(OtherScheme)) => None,
        }
    }

    /// Whether both have the same host name and port; schemes do not count.
    pub(super) fn is_same_host(&self, other: &Self) -> bool {
        self.host == other.host && self.port == other.port
    }

    /// Sets a query parameter in place of any of that name (`URLSearchParams.set`).
    pub(super) fn set_parameter(&mut self, name: &str, value: &str) {
        let old = self.query.take().unwrap_or_default();
        let mut query = Query::new();
        let mut is_set = false;
        for (key, old) in form_urlencoded::parse(old.as_bytes()) {
            if key != name {
                query.append(&key, &old);
            } else if !is_set {
                is_set = true;
                query.append(name, value);
            }
        }
        if !is_set {
            query.append(name, value);
        }
        self.query = Some(query.finish());
    }

    /// Path and query; the start page for a path that could be read as a host.
    pub(super) fn path_and_query(&self) -> String {
        match &self.query {
            _ if self.path.starts_with("//") => String::from("/"),
            Some(query) => format!("{}?{query}", self.path),
            None => self.path.clone(),
        }
    }

    /// Adds a segment to the path.
    pub(super) fn push_segment(&mut self, segment: &str) {
        self.path.push('/');
        self.path.push_str(segment);
    }

    fn with_authority(is_secure: bool, rest: &str) -> Option<Self> {
        let rest = rest.trim_start_matches(SLASHES);
        let end = rest.find(['/', '\\', '?', '#']).unwrap_or(rest.len());
        let (authority, rest) = rest.split_at_checked(end)?;
        let authority = Authority::parse(authority)?;
        let (host, port) = (authority.host(), authority.port);
        let port = port.filter(|port| *port != if is_secure { 443 } else { 80 });
        let root = Self { is_secure, host, port, path: "/".into(), query: None, fragment: None };
        Some(root.with_rest(rest))
    }

    fn relative(&self, reference: &str) -> Option<Self> {
        let slashes = reference.chars().take_while(|character| SLASHES.contains(character));
        match slashes.count() {
            0 | 1 => Some(self.with_rest(reference)),
            _ => Self::with_authority(self.is_secure, reference),
        }
    }

    /// The address with another path, query and fragment, where the reference has them.
    fn with_rest(&self, reference: &str) -> Self {
        let (rest, fragment) = split_once(reference, '#');
        let (path, query) = split_once(rest, '?');
        let mut address = self.clone();
        address.fragment = fragment.map(|text| encoded(text, FRAGMENT));
        if !path.is_empty() {
            address.path = self.joined_path(path);
        }
        if !path.is_empty() || query.is_some() {
            address.query = query.map(|text| encoded(text, QUERY));
        }
        address
    }

    /// The path with its dot segments taken away.
    fn joined_path(&self, path: &str) -> String {
        let mut segments: Vec<String> = Vec::new();
        let path = match path.strip_prefix(SLASHES) {
            Some(rest) => rest,
            None => {
                segments.extend(self.path.split('/').skip(1).map(String::from));
                segments.pop();
                path
            }
        };
        let mut parts = path.split(SLASHES).peekable();
        while let Some(part) = parts.next() {
            let is_last = parts.peek().is_none();
            match dots(part) {
                0 => segments.push(encoded(part, PATH)),
                count => {
                    if count == 2 {
                        segments.pop();
                    }
                    if is_last {
                        segments.push(String::new());
                    }
                }
            }
        }
        format!("/{}", segments.join("/"))
    }
}

impl fmt::Display for Address {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { is_secure, host, port, path, query, fragment } = self;
        write!(formatter, "http{}://{host}", if *is_secure { "s" } else { "" })?;
        if let Some(port) = port {
            write!(formatter, ":{port}")?;
        }
        formatter.write_str(path)?;
        for (mark, part) in [('?', query), ('#', fragment)] {
            if let Some(part) = part {
                write!(formatter, "{mark}{part}")?;
            }
        }
        Ok(())
    }
}

/// Browsers read `\` as `/`.
const SLASHES: [char; 2] = ['/', '\\'];
/// Characters besides controls and non-ASCII that are percent-encoded in each part.
const PATH: &str = " \"#<>?`{}";
const QUERY: &str = " \"#<>'";
const FRAGMENT: &str = " \"<>`";

/// Another scheme than `http` and `https`.
struct OtherScheme;

/// Without what browsers leave out: controls and spaces at the ends, tabs and line ends anywhere.
fn cleaned(text: &str) -> String {
    let text = text.trim_matches(|character: char| character <= ' ');
    text.chars().filter(|character| !matches!(character, '\t' | '\n' | '\r')).collect()
}

/// Whether the text names the scheme `https`, and the rest after `:`; `None` without a scheme.
fn scheme(text: &str) -> Option<Result<(bool, &str), OtherScheme>> {
    let (scheme, rest) = text.split_once(':')?;
    let is_scheme = scheme.starts_with(|first: char| first.is_ascii_alphabetic())
        && scheme.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte));
    if !is_scheme {
        return None;
    }
    Some(match scheme.to_ascii_lowercase().as_str() {
        "http" => Ok((false, rest)),
        "https" => Ok((true, rest)),
        _ => Err(OtherScheme),
    })
}

/// 1 for a segment `.`, 2 for `..`, 0 for any other; dots may be percent-encoded.
fn dots(segment: &str) -> usize {
    match segment.to_ascii_lowercase().replace("%2e", ".").as_str() {
        "." => 1,
        ".." => 2,
        _ => 0,
    }
}

/// Percent-encodes controls, non-ASCII characters and those in `set`.
fn encoded(text: &str, set: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    let mut bytes = [0; 4];
    for character in text.chars() {
        if matches!(character, '!'..='~' | ' ') && !set.contains(character) {
            encoded.push(character);
            continue;
        }
        for byte in character.encode_utf8(&mut bytes).bytes() {
            encoded.push_str(&format!("%{byte:02X}"));
        }
    }
    encoded
}

fn split_once(text: &str, mark: char) -> (&str, Option<&str>) {
    match text.split_once(mark) {
        Some((before, after)) => (before, Some(after)),
        None => (text, None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::string::ToString;

    fn join(base: &str, reference: &str) -> Option<String> {
        Address::parse(base).unwrap().join(reference).map(|address| address.to_string())
    }

    #[test]
    fn references_are_resolved_as_browsers_do() {
        let base = "https://app.example:8443/a/b?q#f";
        for (reference, expected) in [
            ("", "https://app.example:8443/a/b?q"),
            ("#x y", "https://app.example:8443/a/b?q#x%20y"),
            ("?x='y'", "https://app.example:8443/a/b?x=%27y%27"),
            ("c", "https://app.example:8443/a/c"),
            ("../c/./d/..", "https://app.example:8443/c/"),
            ("%2E%2e/%2e", "https://app.example:8443/"),
            ("/c d/\u{e4}", "https://app.example:8443/c%20d/%C3%A4"),
            ("\\c", "https://app.example:8443/c"),
            ("//b.example/x", "https://b.example/x"),
            ("\\/b.example", "https://b.example/"),
            ("///b.example", "https://b.example/"),
            ("https:x", "https://app.example:8443/a/x"),
            ("https:/x", "https://app.example:8443/x"),
            ("https:///b.example", "https://b.example/"),
            ("http:b.example", "http://b.example/"),
            ("HTTP://B.Example:080/?#", "http://b.example/?#"),
            (" \tht\ntps://b.example:443/a//b ", "https://b.example/a//b"),
            ("https://[0:0::1]:1", "https://[::1]:1/"),
            ("https://1.2.3.4", "https://1.2.3.4/"),
            ("a:b", "none"),
            ("mailto:x@y", "none"),
            ("javascript:alert(1)", "none"),
            ("https://user@b.example", "none"),
            ("https://b%2eexample", "none"),
            ("https://b.example:x", "none"),
            ("https://b.example:65536", "none"),
            ("https://", "none"),
            ("https://\u{e4}.example", "none"),
            ("https://127.1", "none"),
            ("https://0x7f.0x1", "none"),
            ("https://1.2.3.4.", "none"),
            ("https://[::ffff:1.2.3.4]", "https://[::ffff:102:304]/"),
            ("https://1.0X7F", "none"),
            ("https://[::1", "none"),
        ] {
            let expected = (expected != "none").then_some(expected);
            assert_eq!(join(base, reference).as_deref(), expected, "{reference:?}");
        }
        assert_eq!(Address::parse("/a"), None);
        assert_eq!(Address::parse("x:y"), None);
    }

    #[test]
    fn parameters_are_set_once() {
        let mut address = Address::parse("https://a/?x=1&b=+%20&x=2#f").unwrap();
        address.set_parameter("x", "\u{e4} &");
        assert_eq!(address.to_string(), "https://a/?x=%C3%A4+%26&b=++#f");
        address.push_segment("c");
        assert_eq!(address.path, "//c");
    }

    #[test]
    fn schemes_do_not_make_another_host() {
        let a = Address::parse("https://a.example/x").unwrap();
        assert!(a.is_same_host(&Address::parse("http://A.example:80/").unwrap()));
        assert!(!a.is_same_host(&Address::parse("https://a.example:80/").unwrap()));
    }
}
