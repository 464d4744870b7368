//! Cookies that the Frontend API or the Backend API wants to be set, as `Set-Cookie` values.

use alloc::borrow::ToOwned;
use alloc::string::String;
use alloc::vec::Vec;

use super::state::{header, is_field_value};
use crate::decision::Header;
use crate::json::Json;

/// What the name of a session cookie starts with.
const SESSION: &str = "__session";

/// Directives that can all stand in a header.
pub(super) struct Directives(Vec<String>);

impl Directives {
    /// Reads an array of texts; anything but an array holds none. `None` when one of them is no
    /// text or would break out of its header: then all are of no use.
    pub(super) fn read(json: &Json) -> Option<Self> {
        let list = json.as_array().unwrap_or_default();
        let white = |character| matches!(character, ' ' | '\t' | '\r' | '\n');
        let directive = |json: &Json| {
            json.as_str()
                .filter(|text| is_field_value(text.trim_matches(white)))
                .map(ToOwned::to_owned)
        };
        list.iter().map(directive).collect::<Option<_>>().map(Self)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// One `Set-Cookie` for each.
    pub(super) fn headers(&self) -> impl Iterator<Item = Header> {
        let trimmed = |text: &String| text.trim_matches(['\t', ' ', '\r', '\n']).to_owned();
        self.0.iter().map(move |text| header("set-cookie", trimmed(text)))
    }

    /// The token in the last directive that sets a session cookie: empty when there is none or
    /// when it deletes the cookie, `None` when it has no value at all.
    pub(super) fn session_token(&self) -> Option<&str> {
        let pair = |text: &'_ String| text.split(';').next().unwrap_or("").to_owned();
        let last = self.0.iter().rev().find(|text| {
            let pair = pair(text);
            pair.split('=').next().is_some_and(|name| name.starts_with(SESSION))
        });
        match last {
            Some(text) => text.split(';').next()?.split('=').nth(1),
            None => Some(""),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::budget::Budget;

    fn read(text: &str) -> Option<Directives> {
        Directives::read(&Json::parse(text.as_bytes(), &Budget::DEFAULT).unwrap())
    }

    #[test]
    fn the_last_session_cookie_counts() {
        for (text, token) in [
            (r#"["__session=a; Path=/","__client_uat=1","__session_x=b"]"#, Some("b")),
            (r#"["__session=a=c; Path=/"]"#, Some("a")),
            (r#"["__session=; Max-Age=0"]"#, Some("")),
            (r#"["__session; Path=/"]"#, None),
            (r#"[" __session=a"]"#, Some("")),
            ("[]", Some("")),
            ("null", Some("")),
        ] {
            assert_eq!(read(text).unwrap().session_token(), token, "{text}");
        }
    }

    #[test]
    fn no_directive_breaks_out_of_its_header() {
        for text in [r#"["a=b\r\nset-cookie: c"]"#, r#"["a=\u0000"]"#, r#"["a=\u20ac"]"#, "[5]"] {
            assert!(read(text).is_none(), "{text}");
        }
        let trimmed = read(r#"[" a=b\r\n"]"#).unwrap();
        assert_eq!(trimmed.headers().next().unwrap().1, "a=b");
    }
}
