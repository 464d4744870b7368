//! What a request tells of its sender's session, for the functions that make, refresh and end one.

use alloc::borrow::Cow;
use alloc::string::String;

use crate::budget::Budget;
use crate::cookie::{Cookies, count};
use crate::provider::supertokens::config::TransferMethod;
use crate::provider::supertokens::lookup::cookie_value;
use crate::provider::supertokens::wire::{Carrier, LEGACY_COOKIE, Wire};
use crate::reason::Reason;
use crate::request::RequestHead;

/// The session's traces in a request; owns them, because they are still wanted when the core answers.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Visitor {
    /// What stands after `Bearer `, be it the access or the refresh token.
    pub(super) bearer: Option<String>,
    pub(super) has_access_cookie: bool,
    pub(super) refresh_cookie: Option<String>,
    /// Whether more than one cookie has the name of the access and of the refresh token.
    pub(super) duplicates: (bool, bool),
    /// Whether there is a session of an old kit.
    pub(super) is_legacy: bool,
    pub(super) anti_csrf: Option<String>,
    /// Whether there is the header that no form can send.
    pub(super) has_custom_header: bool,
    /// Where tokens may come from.
    pub(super) allowed: TransferMethod,
    /// Where new tokens go.
    pub(super) wanted: Carrier,
    /// Why the cookies were not read.
    pub(super) fault: Option<Reason>,
}

impl Visitor {
    /// `allowed` replaces the method that is configured.
    pub(super) fn of(
        head: &RequestHead<'_>,
        wire: &Wire,
        allowed: Option<TransferMethod>,
        budget: &Budget,
    ) -> Self {
        let (cookies, fault) = match Cookies::of(head, budget) {
            Ok(cookies) => (cookies, None),
            Err(reason) => (Cookies::default(), Some(reason)),
        };
        let names = &wire.cookie_names;
        let header = |name| head.header_values(name).next();
        let bearer = header("authorization").and_then(|value| value.strip_prefix("Bearer "));
        let allowed = allowed.unwrap_or(wire.transfer_method);
        Self {
            bearer: bearer.map(|token| crate::ecma::trim(token).into()),
            has_access_cookie: cookies.all(&names.access).next().is_some(),
            refresh_cookie: cookies
                .all(&names.refresh)
                .next()
                .map(cookie_value)
                .map(Cow::into_owned),
            duplicates: (count(head, &names.access) > 1, count(head, &names.refresh) > 1),
            is_legacy: cookies.all(LEGACY_COOKIE).next().is_some(),
            anti_csrf: header("anti-csrf").map(Into::into),
            has_custom_header: header("rid").is_some(),
            wanted: wanted(allowed, header("st-auth-mode")),
            allowed,
            fault,
        }
    }

    pub(super) fn may_use(&self, carrier: Carrier) -> bool {
        match self.allowed {
            TransferMethod::Any => true,
            TransferMethod::Cookie => carrier == Carrier::Cookie,
            TransferMethod::Header => carrier == Carrier::Header,
        }
    }

    /// Whether the request brought an access token in this way; whatever it is worth.
    pub(super) fn has_access_token(&self, carrier: Carrier) -> bool {
        match carrier {
            Carrier::Cookie => self.has_access_cookie,
            Carrier::Header => self.bearer.is_some(),
        }
    }

    /// The refresh token that counts, one in the header before one in a cookie.
    pub(super) fn refresh_token(&self) -> Option<(&str, Carrier)> {
        let header = self.bearer.as_deref().map(|token| (token, Carrier::Header));
        let cookie = self.refresh_cookie.as_deref().filter(|token| !token.is_empty());
        let cookie = cookie.map(|token| (token, Carrier::Cookie));
        let is_usable = |(_, carrier): &(&str, Carrier)| self.may_use(*carrier);
        header.filter(is_usable).or(cookie.filter(is_usable))
    }

    /// Whether the request brought a refresh token in this way; whatever it is worth.
    pub(super) fn has_refresh_token(&self, carrier: Carrier) -> bool {
        match carrier {
            Carrier::Cookie => self.refresh_cookie.is_some(),
            Carrier::Header => self.bearer.is_some(),
        }
    }
}

/// New tokens go as configured, else as the client asks, else in headers.
fn wanted(allowed: TransferMethod, auth_mode: Option<&str>) -> Carrier {
    match allowed {
        TransferMethod::Cookie => Carrier::Cookie,
        TransferMethod::Header => Carrier::Header,
        TransferMethod::Any => match auth_mode {
            Some(mode) if mode.eq_ignore_ascii_case("cookie") => Carrier::Cookie,
            _ => Carrier::Header,
        },
    }
}

impl core::fmt::Debug for Visitor {
    fn fmt(&self, formatter: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        // Holds tokens.
        formatter.debug_struct("Visitor").field("wanted", &self.wanted).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::provider::supertokens::SuperTokensConfig;

    fn visitor(headers: &[(&str, &str)], allowed: TransferMethod) -> Visitor {
        let config = SuperTokensConfig {
            website_domain: Some("https://example.com".into()),
            ..SuperTokensConfig::new("https://example.com")
        };
        let head = RequestHead::new("POST", "https://a/", headers).unwrap();
        let wire = Wire::new(&config).unwrap();
        Visitor::of(&head, &wire, Some(allowed), &Budget::DEFAULT)
    }

    #[test]
    fn refresh_tokens_are_taken_from_where_they_may_come() {
        let both =
            [("authorization", "Bearer  h "), ("cookie", "sRefreshToken=c%2B; sRefreshToken=d")];
        let token = |headers: &[(&str, &str)], allowed| {
            visitor(headers, allowed)
                .refresh_token()
                .map(|(token, carrier)| (String::from(token), carrier))
        };
        let (header, cookie) = (("h".into(), Carrier::Header), ("c+".into(), Carrier::Cookie));
        assert_eq!(token(&both, TransferMethod::Any), Some(header.clone()));
        assert_eq!(token(&both, TransferMethod::Header), Some(header));
        assert_eq!(token(&both, TransferMethod::Cookie), Some(cookie.clone()));
        assert_eq!(token(&both[1..], TransferMethod::Any), Some(cookie));
        assert_eq!(token(&both[1..], TransferMethod::Header), None);
        let empty = [("cookie", "sRefreshToken=")];
        assert_eq!(token(&empty, TransferMethod::Any), None);
        assert!(visitor(&empty, TransferMethod::Any).has_refresh_token(Carrier::Cookie));
        assert_eq!(token(&[("authorization", "bearer h")], TransferMethod::Any), None);
    }

    #[test]
    fn traces_are_seen_by_their_presence() {
        let seen = visitor(
            &[("cookie", "sAccessToken=; s%41ccessToken=x; sIdRefreshToken="), ("rid", "")],
            TransferMethod::Any,
        );
        assert!(seen.has_access_token(Carrier::Cookie) && !seen.has_access_token(Carrier::Header));
        assert!(seen.is_legacy && seen.has_custom_header && seen.anti_csrf.is_none());
        assert_eq!(seen.duplicates, (true, false));
        let none = visitor(&[], TransferMethod::Any);
        assert!(!none.is_legacy && !none.has_custom_header && none.refresh_token().is_none());
        let large = alloc::format!("sRefreshToken={}", "x".repeat(100_000));
        let seen = visitor(&[("cookie", &large)], TransferMethod::Any);
        assert_eq!(seen.fault, Some(Reason::CookieHeaderTooLarge));
    }

    #[test]
    fn new_tokens_go_where_the_client_wants_them_unless_configured() {
        for (allowed, mode, expected) in [
            (TransferMethod::Any, None, Carrier::Header),
            (TransferMethod::Any, Some("Cookie"), Carrier::Cookie),
            (TransferMethod::Any, Some("header"), Carrier::Header),
            (TransferMethod::Any, Some("x"), Carrier::Header),
            (TransferMethod::Cookie, Some("header"), Carrier::Cookie),
            (TransferMethod::Header, Some("cookie"), Carrier::Header),
        ] {
            assert_eq!(wanted(allowed, mode), expected);
        }
    }

    #[test]
    fn tokens_are_not_shown() {
        let seen = visitor(&[("authorization", "Bearer TOKEN")], TransferMethod::Any);
        assert!(!alloc::format!("{seen:?}").contains("TOKEN"));
    }
}
