//! Where a Clerk session token is in a request.

use alloc::borrow::Cow;
use alloc::format;
use alloc::string::String;

use super::publishable_key::PublishableKey;
use crate::budget::Budget;
use crate::cookie::Cookies;
use crate::reason::Reason;
use crate::request::RequestHead;

/// The cookie that holds the session token.
const SESSION: &str = "__session";

/// The names of the cookies of one instance.
#[derive(Debug)]
pub(super) struct CookieNames {
    /// `__session_<suffix>`: several instances can share a domain.
    suffixed_session: Option<String>,
}

impl CookieNames {
    pub(super) fn new(publishable_key: Option<&PublishableKey>) -> Self {
        let suffixed = |key: &PublishableKey| format!("{SESSION}_{}", key.cookie_suffix());
        Self { suffixed_session: publishable_key.map(suffixed) }
    }

    /// The session token of this instance: the suffixed cookie, else the plain one.
    pub(super) fn session<'r>(
        &self,
        head: &RequestHead<'r>,
        budget: &Budget,
    ) -> Result<Option<Cow<'r, str>>, Reason> {
        let cookies = Cookies::of(head, budget)?;
        let suffixed = self.suffixed_session.as_deref().and_then(|name| cookies.first(name));
        Ok(suffixed.or_else(|| cookies.first(SESSION)))
    }
}

/// The token in `Authorization`, split as Clerk splits it: at single spaces, scheme `Bearer` in
/// exactly this case; a value of one part is the token itself.
pub(super) fn header_token<'r>(head: &RequestHead<'r>) -> Option<&'r str> {
    let value = head.header("authorization")?;
    let mut parts = value.split(' ');
    match (parts.next(), parts.next()) {
        (Some("Bearer"), Some(token)) => Some(token).filter(|token| !token.is_empty()),
        (Some(token), None) => Some(token),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn session(cookie: &'static str) -> Option<String> {
        let key = PublishableKey::parse("pk_live_Y2xlcmsuZXhhbXBsZS5jb20k");
        let headers = [("cookie", cookie)];
        let head = RequestHead::new("GET", "https://a/", &headers).unwrap();
        let names = CookieNames::new(key.as_ref());
        names.session(&head, &Budget::DEFAULT).unwrap().map(Cow::into_owned)
    }

    #[test]
    fn the_instance_s_own_cookie_comes_first() {
        assert_eq!(session("__session=a").as_deref(), Some("a"));
        assert_eq!(session("__session=a; __session_naoXFJnI=b").as_deref(), Some("b"));
        assert_eq!(session("__session=a; __session_naoXFJnI=").as_deref(), Some("a"));
        assert_eq!(session("__session_xxxxxxxx=c"), None);
    }

    #[test]
    fn the_header_is_split_as_the_peer_splits_it() {
        for (value, token) in [
            ("Bearer a.b.c", Some("a.b.c")),
            ("a.b.c", Some("a.b.c")),
            ("Bearer", Some("Bearer")),
            ("Bearer ", None),
            ("bearer a.b.c", None),
            ("Basic dXNlcg==", None),
            ("Bearer  a.b.c", None),
        ] {
            let headers = [("Authorization", value)];
            let head = RequestHead::new("GET", "https://a/", &headers).unwrap();
            assert_eq!(header_token(&head), token, "{value:?}");
        }
    }
}
