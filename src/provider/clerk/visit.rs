//! One request as Clerk's rules see it.

use alloc::borrow::Cow;
use alloc::string::String;

use super::cookies::SessionCookies;
use super::instance::Instance;
use crate::provider::Context;
use crate::reason::Reason;
use crate::request::{EffectiveUrl, RequestHead};

/// Query parameters of Clerk's protocols.
pub(super) mod parameter {
    pub(in super::super) const DEV_BROWSER: &str = "__clerk_db_jwt";
    pub(in super::super) const DEV_SESSION: &str = "__dev_session";
    pub(in super::super) const HANDSHAKE: &str = "__clerk_handshake";
    pub(in super::super) const HANDSHAKE_NONCE: &str = "__clerk_handshake_nonce";
    pub(in super::super) const HELP: &str = "__clerk_help";
    pub(in super::super) const REDIRECT_URL: &str = "__clerk_redirect_url";
    pub(in super::super) const SYNCED: &str = "__clerk_synced";
}

/// A request with its cookies and the parameters of its URL.
pub(super) struct Visit<'r> {
    pub(super) head: RequestHead<'r>,
    pub(super) url: EffectiveUrl<'r>,
    pub(super) cookies: SessionCookies<'r>,
    pub(super) header_token: Option<&'r str>,
    /// From the URL first, else from the cookie; likewise the handshake and its nonce.
    pub(super) dev_browser: Option<Cow<'r, str>>,
    pub(super) handshake: Option<Cow<'r, str>>,
    pub(super) handshake_nonce: Option<Cow<'r, str>>,
}

impl<'r> Visit<'r> {
    pub(super) fn new(
        head: &RequestHead<'r>,
        instance: &Instance,
        context: &Context<'_>,
    ) -> Result<Self, Reason> {
        let url = head.effective_url(context.trust_proxy);
        let header_token = header_token(head);
        let cookies = match SessionCookies::of(head, instance, context) {
            // A token in the header decides alone, whatever the cookies are like.
            Err(_) if header_token.is_some() => SessionCookies::default(),
            cookies => cookies?,
        };
        let query = |name| url.parameter(name).filter(|value| !value.is_empty());
        Ok(Self {
            dev_browser: query(parameter::DEV_BROWSER).or_else(|| cookies.dev_browser.clone()),
            handshake: query(parameter::HANDSHAKE).or_else(|| cookies.handshake.clone()),
            handshake_nonce: query(parameter::HANDSHAKE_NONCE)
                .or_else(|| cookies.handshake_nonce.clone()),
            head: *head,
            url,
            cookies,
            header_token,
        })
    }

    /// Whether this is the navigation of a whole page.
    pub(super) fn is_document(&self) -> bool {
        self.head.method() == "GET" && self.head.header("sec-fetch-dest") == Some("document")
    }

    /// Whether a redirect through the Frontend API can work: only a navigation follows it.
    pub(super) fn can_handshake(&self) -> bool {
        let is_navigation = match self.head.header("sec-fetch-dest") {
            Some(destination) => matches!(destination, "document" | "iframe"),
            None => {
                self.head.header("accept").is_some_and(|accept| accept.starts_with("text/html"))
            }
        };
        self.head.method() == "GET" && is_navigation
    }

    /// The session token that a handshake or a refresh is about.
    pub(super) fn session_token(&self) -> Option<&str> {
        self.cookies.session.as_deref().or(self.header_token)
    }

    /// The parameter `name` of the URL.
    pub(super) fn parameter(&self, name: &str) -> Option<Cow<'r, str>> {
        self.url.parameter(name)
    }

    pub(super) fn href(&self) -> String {
        self.url.href()
    }
}

/// The token in `Authorization`, split as Clerk splits it: at single spaces, scheme `Bearer` in
/// exactly this case; a value of one part is the token itself.
fn header_token<'r>(head: &RequestHead<'r>) -> Option<&'r str> {
    let value = head.header("authorization")?;
    let mut parts = value.split(' ');
    match (parts.next(), parts.next()) {
        (Some(token), None | Some("")) => Some(token).filter(|token| !token.is_empty()),
        (Some("Bearer"), token) => token,
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_header_is_split_as_the_peer_splits_it() {
        for (value, token) in [
            ("Bearer a.b.c", Some("a.b.c")),
            ("a.b.c", Some("a.b.c")),
            ("Bearer", Some("Bearer")),
            ("Bearer  a.b.c", Some("Bearer")),
            ("bearer a.b.c", None),
            ("Basic dXNlcg==", None),
            ("Bearer a.b.c d", Some("a.b.c")),
        ] {
            let headers = [("Authorization", value)];
            let head = RequestHead::new("GET", "https://a/", &headers).unwrap();
            assert_eq!(header_token(&head), token, "{value:?}");
        }
    }
}
