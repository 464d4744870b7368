//! One `Set-Cookie` value (RFC 6265 section 4.1), with the attributes in the peer's order.

use alloc::format;
use alloc::string::String;

use super::config::SameSite;
use crate::provider::date::utc_string;
use crate::time::UnixMillis;

/// A cookie that scripts cannot read.
#[derive(Clone, Copy, Debug)]
pub(super) struct SetCookie<'c> {
    pub(super) name: &'c str,
    /// Any text; it is percent-encoded.
    pub(super) value: &'c str,
    /// Without one the cookie belongs to the host alone.
    pub(super) domain: Option<&'c str>,
    pub(super) path: &'c str,
    /// The epoch deletes the cookie.
    pub(super) expires: UnixMillis,
    pub(super) is_secure: bool,
    pub(super) same_site: SameSite,
}

impl SetCookie<'_> {
    pub(super) fn text(&self) -> String {
        let mut text = format!("{}={}", self.name, encode_component(self.value));
        if let Some(domain) = self.domain {
            text.push_str("; Domain=");
            text.push_str(domain);
        }
        let expires = utc_string(self.expires);
        text.push_str(&format!("; Path={}; Expires={expires}; HttpOnly", self.path));
        if self.is_secure {
            text.push_str("; Secure");
        }
        text.push_str("; SameSite=");
        text.push_str(match self.same_site {
            SameSite::Strict => "Strict",
            SameSite::Lax => "Lax",
            SameSite::None => "None",
        });
        text
    }
}

/// `encodeURIComponent` (ECMA-262 section 19.2.6.5).
fn encode_component(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-_.!~*'()".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            encoded.push_str(&format!("%{byte:02X}"));
        }
    }
    encoded
}

/// Whether `text` may be the `Domain` of a cookie: labels of letters, digits and inner hyphens
/// (RFC 1034 section 3.5), with at most one dot before them.
pub(super) fn is_cookie_domain(text: &str) -> bool {
    let is_label = |label: &str| {
        let inner = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
        (1..=63).contains(&label.len())
            && label.bytes().all(inner)
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    text.strip_prefix('.').unwrap_or(text).split('.').all(is_label)
}

/// Whether `text` may be the `Path` of a cookie.
pub(super) fn is_cookie_path(text: &str) -> bool {
    text.starts_with('/') && text.bytes().all(|byte| matches!(byte, b' '..=b':' | b'='..=b'~'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cookie() -> SetCookie<'static> {
        SetCookie {
            name: "sAccessToken",
            value: "a.b+/=ä'~",
            domain: Some(".example.com"),
            path: "/auth/session/refresh",
            expires: UnixMillis(1_731_536_000_123),
            is_secure: true,
            same_site: SameSite::Strict,
        }
    }

    #[test]
    fn attributes_come_in_the_order_of_the_peer() {
        assert_eq!(
            cookie().text(),
            "sAccessToken=a.b%2B%2F%3D%C3%A4'~; Domain=.example.com; Path=/auth/session/refresh; \
             Expires=Wed, 13 Nov 2024 22:13:20 GMT; HttpOnly; Secure; SameSite=Strict"
        );
        let bare = SetCookie {
            value: "",
            domain: None,
            path: "/",
            expires: UnixMillis(0),
            is_secure: false,
            same_site: SameSite::None,
            ..cookie()
        };
        assert_eq!(
            bare.text(),
            "sAccessToken=; Path=/; Expires=Thu, 01 Jan 1970 00:00:00 GMT; HttpOnly; SameSite=None"
        );
    }

    #[test]
    fn nothing_can_break_out_of_its_attribute() {
        let hostile = SetCookie { value: "a; Domain=evil\r\nx: y,\u{0}", ..cookie() };
        assert!(
            hostile.text().starts_with("sAccessToken=a%3B%20Domain%3Devil%0D%0Ax%3A%20y%2C%00; ")
        );
        for domain in ["", ".", "..a", "a..b", "a_b.c", "a;b", "-a", "a-", "a.b.", "[::1]", "a b"] {
            assert!(!is_cookie_domain(domain), "{domain}");
        }
        for domain in ["a", ".a.b-c.d", "127.0.0.1", "xn--bcher-kva.de"] {
            assert!(is_cookie_domain(domain), "{domain}");
        }
        for path in ["", "a", "/a;b", "/a\r\n", "/ä", "/<"] {
            assert!(!is_cookie_path(path), "{path}");
        }
        assert!(is_cookie_path("/auth/session/refresh"));
    }
}
