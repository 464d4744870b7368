//! CORS preflights: browsers send them without cookies, so that nobody could be found in them.

use crate::request::{RequestHead, is_token_byte};

/// Whether a browser asks whether it may send another request: `OPTIONS` with an origin and the method
/// that is to follow (Fetch, section 4.8, "CORS-preflight fetch"), each once.
///
/// Anybody can send one. It tells a question from an `OPTIONS` request that wants an answer.
pub(super) fn is_preflight(head: &RequestHead<'_>) -> bool {
    head.method() == "OPTIONS"
        && only(head, "origin").is_some_and(|origin| origin.bytes().all(is_origin_byte))
        && only(head, "access-control-request-method")
            .is_some_and(|method| method.bytes().all(is_token_byte))
}

/// The value of a header that is there once and not empty.
fn only<'r>(head: &RequestHead<'r>, name: &str) -> Option<&'r str> {
    let mut values = head.header_values(name);
    let first = values.next().filter(|value| !value.is_empty())?;
    values.next().is_none().then_some(first)
}

/// Of a serialised origin (RFC 6454 section 6.2). Several values that a host has joined have a comma.
const fn is_origin_byte(byte: u8) -> bool {
    byte.is_ascii_graphic() && byte != b','
}

#[cfg(test)]
mod tests {
    use super::*;

    const ORIGIN: (&str, &str) = ("origin", "https://example.com");
    const METHOD: (&str, &str) = ("access-control-request-method", "PUT");

    fn is(method: &str, headers: &[(&str, &str)]) -> bool {
        is_preflight(&RequestHead::new(method, "https://api.example.com/", headers).unwrap())
    }

    #[test]
    fn a_preflight_says_who_asks_and_what_for() {
        assert!(is("OPTIONS", &[ORIGIN, METHOD]));
        assert!(is("OPTIONS", &[METHOD, ("cookie", "a=b"), ("origin", "null")]));
        assert!(is("OPTIONS", &[ORIGIN, ("Access-Control-Request-Method", "x-own")]));
    }

    #[test]
    fn what_lacks_a_part_of_it_is_none() {
        for headers in [
            &[][..],
            &[ORIGIN],
            &[METHOD],
            &[ORIGIN, ("access-control-request-method", "")],
            &[("origin", ""), METHOD],
            &[ORIGIN, ORIGIN, METHOD],
            &[ORIGIN, METHOD, METHOD],
            &[ORIGIN, ("access-control-request-method", "GET, PUT")],
            &[("origin", "https://a.example, https://b.example"), METHOD],
            &[ORIGIN, ("access-control-request-headers", "rid")],
        ] {
            assert!(!is("OPTIONS", headers), "{headers:?}");
        }
        for method in ["TRACE", "GET", "POST", "options", "HEAD"] {
            assert!(!is(method, &[ORIGIN, METHOD]), "{method}");
        }
    }
}
