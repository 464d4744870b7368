//! Hosts in web addresses.

use alloc::format;
use alloc::string::{String, ToString};
use core::net::{Ipv4Addr, Ipv6Addr};

/// A host with an optional port, and nothing else (RFC 3986 section 3.2 without user information).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Authority<'a> {
    host: Host<'a>,
    /// As it is written, which may be the default of the scheme.
    pub(crate) port: Option<u16>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Host<'a> {
    /// A name or an IPv4 address, in whatever case.
    Name(&'a str),
    Ipv6(Ipv6Addr),
}

impl<'a> Authority<'a> {
    /// `None` for user information and for hosts that browsers would have to rewrite: names with
    /// other characters than ASCII letters, digits, `-`, `.` and `_`, and IPv4 addresses that are
    /// not written as four decimal numbers.
    pub(crate) fn parse(text: &'a str) -> Option<Self> {
        let (host, port) = match text.rsplit_once(':') {
            Some((host, port)) if !port.ends_with(']') => (host, port),
            _ => (text, ""),
        };
        let port = match port {
            "" => None,
            digits if digits.bytes().all(|byte| byte.is_ascii_digit()) => {
                Some(digits.parse().ok()?)
            }
            _ => return None,
        };
        let host = match host.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
            Some(address) => Host::Ipv6(address.parse().ok()?),
            None => Host::named(host)?,
        };
        Some(Self { host, port })
    }

    /// The host as the URL standard serialises it: in lower case, an IPv6 address in its shortest
    /// form.
    pub(crate) fn host(&self) -> String {
        let mut host = String::new();
        self.push_host(&mut host);
        host
    }

    /// `scheme://host:port` as the URL standard serialises it: without the scheme's own port.
    pub(crate) fn origin(&self, scheme: &str) -> String {
        let own_port = if scheme == "https" { 443 } else { 80 };
        let mut origin = String::with_capacity(64);
        origin.push_str(scheme);
        origin.push_str("://");
        self.push_host(&mut origin);
        if let Some(port) = self.port.filter(|port| *port != own_port) {
            origin.push(':');
            origin.push_str(&port.to_string());
        }
        origin
    }

    fn push_host(&self, text: &mut String) {
        match self.host {
            Host::Name(name) => {
                let start = text.len();
                text.push_str(name);
                if let Some(name) = text.get_mut(start..) {
                    name.make_ascii_lowercase();
                }
            }
            // Rust ends mapped addresses in the notation of IPv4, browsers do not.
            Host::Ipv6(address) if address.to_ipv4_mapped().is_some() => {
                let [.., high, low] = address.segments();
                text.push_str(&format!("[::ffff:{high:x}:{low:x}]"));
            }
            Host::Ipv6(address) => text.push_str(&format!("[{address}]")),
        }
    }
}

impl<'a> Host<'a> {
    fn named(name: &'a str) -> Option<Self> {
        let is_host_byte = |byte: u8| byte.is_ascii_alphanumeric() || b"-._".contains(&byte);
        let is_host = !name.is_empty() && name.bytes().all(is_host_byte);
        let is_safe = is_host && (!ends_in_number(name) || name.parse::<Ipv4Addr>().is_ok());
        is_safe.then_some(Self::Name(name))
    }
}

/// Whether a host can only be an IPv4 address, in whatever base it is written (WHATWG URL, "ends in
/// a number").
fn ends_in_number(host: &str) -> bool {
    let last = host.strip_suffix('.').unwrap_or(host).rsplit('.').next().unwrap_or("");
    let digits = last.strip_prefix("0x").or_else(|| last.strip_prefix("0X"));
    match digits {
        Some(digits) => digits.bytes().all(|byte| byte.is_ascii_hexdigit()),
        None => !last.is_empty() && last.bytes().all(|byte| byte.is_ascii_digit()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts_are_names_or_canonical_addresses() {
        for (text, host, port) in [
            ("App.Example", "app.example", None),
            ("a_b-1.example:", "a_b-1.example", None),
            ("1.2.3.4:0080", "1.2.3.4", Some(80)),
            ("[0:0::1]:1", "[::1]", Some(1)),
            ("[::FFFF:1.2.3.4]", "[::ffff:102:304]", None),
            ("[::ffff:102:304]", "[::ffff:102:304]", None),
            ("[::1.2.3.4]", "[::102:304]", None),
            ("1.example.", "1.example.", None),
            ("1.2..", "1.2..", None),
            ("1.0xyz", "1.0xyz", None),
        ] {
            let authority = Authority::parse(text).unwrap();
            assert_eq!((authority.host().as_str(), authority.port), (host, port), "{text}");
        }
    }

    #[test]
    fn origins_are_serialised_as_urls_do() {
        let origin = |scheme, text| Authority::parse(text).unwrap().origin(scheme);
        assert_eq!(origin("https", "App.Example:443"), "https://app.example");
        assert_eq!(origin("https", "[0::1]:0443"), "https://[::1]");
        assert_eq!(origin("http", "a:443"), "http://a:443");
        assert_eq!(origin("http", "a:08080"), "http://a:8080");
        assert_eq!(origin("http", "a:80"), "http://a");
        assert_eq!(origin("http", "a:"), "http://a");
    }

    #[test]
    fn what_could_be_read_otherwise_is_refused() {
        for text in [
            "",
            ":80",
            "u@a",
            "a b",
            "a%2eb",
            "a:b:1",
            "a:+1",
            "a:65536",
            "1",
            "1.2.3",
            "01.2.3.4",
            "0x7f.1",
            "1.0X7F",
            "1.0x",
            "1.2.3.4.",
            "[::1",
            "[:::]",
            "[1::2::3]",
            "[::12345]",
            "[x]",
            "[]",
            "a!b",
            "\u{e4}.example",
        ] {
            assert_eq!(Authority::parse(text), None, "{text}");
        }
    }
}
