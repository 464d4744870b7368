//! Where a request carries its access token.

use alloc::borrow::Cow;

use super::config::{TokenNames, TransferMethod};
use super::wire::LEGACY_COOKIE;
use crate::budget::Budget;
use crate::cookie::{Cookies, count, percent_decode};
use crate::json::Json;
use crate::reason::Reason;
use crate::request::RequestHead;

/// Everything in a request that could be an access token.
#[derive(Debug)]
pub(super) struct Candidates<'r> {
    /// The token in `Authorization: Bearer`.
    pub(super) header: Option<&'r str>,
    /// The token in a cookie; the first of that name. An empty one is a deleted one.
    pub(super) cookie: Option<Cow<'r, str>>,
    /// Whether more than one cookie has that name.
    pub(super) is_ambiguous: bool,
    /// Whether there is a session of an old kit.
    pub(super) is_legacy: bool,
    /// Why the cookies were not read.
    pub(super) fault: Option<Reason>,
}

impl<'r> Candidates<'r> {
    pub(super) fn of(
        head: &RequestHead<'r>,
        names: &TokenNames,
        allowed: TransferMethod,
        budget: &Budget,
    ) -> Self {
        let header = bearer_token(head).filter(|_| allowed != TransferMethod::Cookie);
        let (cookies, fault) = match Cookies::of(head, budget) {
            Ok(cookies) => (cookies, None),
            Err(reason) => (Cookies::default(), Some(reason)),
        };
        let is_legacy = cookies.all(LEGACY_COOKIE).next().is_some();
        let reads_cookie = allowed != TransferMethod::Header;
        Self {
            header,
            cookie: cookies
                .all(&names.access)
                .next()
                .map(cookie_value)
                .filter(|token| reads_cookie && !token.is_empty()),
            is_ambiguous: reads_cookie && count(head, &names.access) > 1,
            is_legacy,
            fault,
        }
    }
}

/// The token in `Authorization`; the scheme counts in exactly this case, as for the peer.
pub(super) fn bearer_token<'r>(head: &RequestHead<'r>) -> Option<&'r str> {
    let value = head.header("authorization")?;
    value.strip_prefix("Bearer ").map(crate::ecma::trim).filter(|token| !token.is_empty())
}

/// The value of a cookie as npm `cookie` and Express' parser read it: quotes around it do not count,
/// escapes are resolved where they are clean, and what follows `j:` is JSON.
pub(super) fn cookie_value(raw: &str) -> Cow<'_, str> {
    let inner = raw.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
    let value = percent_decode(inner.unwrap_or(raw));
    let json = value.strip_prefix("j:").map(|json| Json::parse(json.as_bytes(), &Budget::DEFAULT));
    match json {
        Some(Ok(Json::String(text))) => Cow::Owned(text),
        _ => value,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::borrow::ToOwned;
    use alloc::string::String;

    fn names() -> TokenNames {
        TokenNames { access: "sAccessToken".to_owned(), refresh: "sRefreshToken".to_owned() }
    }

    fn found(
        headers: &[(&str, &str)],
        allowed: TransferMethod,
    ) -> (Option<String>, Option<String>, bool, bool) {
        let head = RequestHead::new("GET", "https://a/", headers).unwrap();
        let found = Candidates::of(&head, &names(), allowed, &Budget::DEFAULT);
        let header = found.header.map(ToOwned::to_owned);
        (header, found.cookie.map(Cow::into_owned), found.is_ambiguous, found.is_legacy)
    }

    #[test]
    fn cookies_are_read_as_express_reads_them() {
        for (cookie, token) in [
            ("sAccessToken=a.b.c", Some("a.b.c")),
            ("x=%; sAccessToken=\"a.b.c\"; y", Some("a.b.c")),
            ("sAccessToken=a%2Eb", Some("a.b")),
            ("sAccessToken=a%2", Some("a%2")),
            ("sAccessToken=a=b", Some("a=b")),
            ("sAccessToken=j:\"t\"", Some("t")),
            ("sAccessToken=j:{}", Some("j:{}")),
            ("saccesstoken=a", None),
            ("sAccessToken=", None),
            ("sAccessToken=\"\"", None),
        ] {
            let (_, found, ..) = found(&[("cookie", cookie)], TransferMethod::Any);
            assert_eq!(found.as_deref(), token, "{cookie}");
        }
    }

    #[test]
    fn the_scheme_is_exact() {
        for (value, token) in [
            ("Bearer a", Some("a")),
            ("Bearer   a ", Some("a")),
            ("bearer a", None),
            ("Bearer", None),
            ("Bearer ", None),
            ("Basic a", None),
        ] {
            let (found, ..) = found(&[("authorization", value)], TransferMethod::Any);
            assert_eq!(found.as_deref(), token, "{value}");
        }
    }

    #[test]
    fn the_method_says_where_to_look() {
        let headers = [("authorization", "Bearer h"), ("cookie", "sAccessToken=c; sAccessToken=d")];
        let (h, c) = (Some("h".to_owned()), Some("c".to_owned()));
        assert_eq!(found(&headers, TransferMethod::Any), (h.clone(), c.clone(), true, false));
        assert_eq!(found(&headers, TransferMethod::Cookie), (None, c, true, false));
        assert_eq!(found(&headers, TransferMethod::Header), (h, None, false, false));
    }

    #[test]
    fn duplicates_and_old_sessions_are_seen_by_their_names() {
        for cookie in ["sAccessToken=a; s%41ccessToken=b", "sAccessToken; sAccessToken=b"] {
            assert!(found(&[("cookie", cookie)], TransferMethod::Any).2, "{cookie}");
        }
        assert!(found(&[("cookie", "sIdRefreshToken=")], TransferMethod::Header).3);
    }
}
