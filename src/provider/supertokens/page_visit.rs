//! A request as the visit of a page: what the browser says of itself, and the safe ways to send it on.

use alloc::borrow::Cow;
use alloc::format;
use alloc::string::String;

use crate::cookie::Cookies;
use crate::decision::Header;
use crate::provider::Context;
use crate::reason::Reason;
use crate::request::{EffectiveUrl, RequestHead};
use crate::url::{Target, Url, with_parameter};

/// The parameter with the way back from a refresh.
pub(super) const RETURN_PARAMETER: &str = "stRedirectTo";
/// The parameter with the way back from the sign-in page and the screens of claims.
pub(super) const SIGN_IN_PARAMETER: &str = "redirectToPath";
/// The cookie that counts refreshes, so that they end.
const ATTEMPT_COOKIE: &str = "stSsrSessionRefreshAttempt";
/// How long they are counted, in seconds.
const ATTEMPT_SECONDS: u32 = 10;
/// The cookie of the browser's own kit that says that there is a session.
pub(super) const FRONT_TOKEN_COOKIE: &str = "sFrontToken";
/// When the browser's own kit last changed its front token. Without it the kit does not know whether
/// there is a session, and asks the API.
pub(super) const LAST_UPDATE_COOKIE: &str = "st-last-access-token-update";
/// The cookie of the browser's own kit for refresh tokens that travel in headers.
const HEADER_TOKEN_COOKIE: &str = "st-refresh-token";

/// One request for a page.
pub(super) struct PageVisit<'r> {
    pub(super) url: EffectiveUrl<'r>,
    /// The origin of the page as the visitor sees it.
    pub(super) origin: String,
    pub(super) cookies: Cookies<'r>,
    /// Why the cookies were not read.
    pub(super) fault: Option<Reason>,
    /// The refreshes in a row.
    pub(super) attempts: u32,
    /// Whether the browser's own kit believes in a session.
    pub(super) has_front_token: bool,
    /// Whether the browser's own kit has ever heard of one.
    pub(super) has_last_update: bool,
    /// Whether that session travels in headers, which no navigation has.
    pub(super) is_by_header: bool,
    /// Whether the browser only fetches the page in advance, so that it leads nobody on.
    pub(super) is_prefetch: bool,
    /// Whether strict cookies may be missing, because a page of another site led here.
    pub(super) is_from_elsewhere: bool,
}

impl<'r> PageVisit<'r> {
    /// `origins` are those of the application. A proxy that ended TLS makes a host of them look as if
    /// it had no TLS.
    pub(super) fn of(head: &RequestHead<'r>, context: &Context<'_>, origins: &[String]) -> Self {
        let (cookies, fault) = match Cookies::of(head, context.budget) {
            Ok(cookies) => (cookies, None),
            Err(reason) => (Cookies::default(), Some(reason)),
        };
        let url = head.effective_url(context.trust_proxy);
        let known = origins.iter().find(|origin| authority(origin) == authority(&url.origin));
        let site = head.header("sec-fetch-site");
        Self {
            origin: known.unwrap_or(&url.origin).clone(),
            attempts: attempts(&cookies),
            has_front_token: cookies.first(FRONT_TOKEN_COOKIE).is_some(),
            has_last_update: cookies.first(LAST_UPDATE_COOKIE).is_some(),
            is_by_header: cookies.first(HEADER_TOKEN_COOKIE).is_some(),
            is_prefetch: is_prefetch(head),
            is_from_elsewhere: !matches!(site, Some("same-origin" | "same-site" | "none")),
            url,
            cookies,
            fault,
        }
    }

    /// The name of the host.
    pub(super) fn host(&self) -> String {
        Url::parse(&self.origin).map(|url| url.authority.host()).unwrap_or_default()
    }

    /// Whether the visitor has TLS.
    pub(super) fn is_secure(&self) -> bool {
        self.origin.starts_with("https:")
    }

    /// Whether this is the visit of the page itself, whatever its parameters.
    pub(super) fn is_at(&self, page: &Target) -> bool {
        let page = page.resolve(&self.origin);
        Url::parse(&page).is_ok_and(|page| {
            page.origin() == self.origin
                && page.path.trim_end_matches('/') == self.url.path().trim_end_matches('/')
        })
    }

    /// The path and the query of this page.
    pub(super) fn way_back(&self) -> String {
        let here = self.url.href();
        let here = here.strip_prefix(self.url.origin.as_str()).unwrap_or_default();
        safe_path(here.split('#').next().unwrap_or_default())
    }

    /// A page with the way back to `path` in a parameter, unless it is on another host, where a path
    /// of this one means nothing.
    pub(super) fn to(&self, page: &Target, parameter: &str, path: &str) -> String {
        let page = page.resolve(&self.origin);
        let is_here = Url::parse(&page)
            .is_ok_and(|page| authority(&page.origin()) == authority(&self.origin));
        if is_here { with_parameter(&page, parameter, path) } else { page.into_owned() }
    }

    /// The cookie that counts one more refresh.
    pub(super) fn counted(&self) -> Header {
        let attempts = self.attempts.saturating_add(1);
        let secure = if self.is_secure() { "; Secure" } else { "" };
        set_cookie(format!(
            "{ATTEMPT_COOKIE}={attempts}; Path=/; Max-Age={ATTEMPT_SECONDS}; HttpOnly; SameSite=Lax{secure}"
        ))
    }
}

/// A path on the own origin that no reader takes for another one; the start page for anything else.
pub(super) fn safe_path(text: &str) -> String {
    match Target::parse(text) {
        // Readers that resolve dot segments may be left with two slashes at the start.
        Some(Target::Path(path)) if !path.split(['?', '#']).next().unwrap_or("").contains("//") => {
            path
        }
        _ => String::from("/"),
    }
}

pub(super) const fn set_cookie(text: String) -> Header {
    (Cow::Borrowed("set-cookie"), Cow::Owned(text))
}

/// The highest of the counts, so that no other cookie of this name hides it.
fn attempts(cookies: &Cookies<'_>) -> u32 {
    let counts = cookies.all(ATTEMPT_COOKIE).filter_map(|count| count.parse().ok());
    counts.max().unwrap_or(0)
}

/// The header of the Fetch standard, and the one of the Next.js router.
fn is_prefetch(head: &RequestHead<'_>) -> bool {
    head.header("sec-purpose").is_some_and(|purpose| purpose.contains("prefetch"))
        || head.header("next-router-prefetch").is_some()
}

fn authority(origin: &str) -> &str {
    origin.split_once("://").map_or("", |(_, authority)| authority)
}

#[cfg(test)]
#[cfg(feature = "ring")]
mod tests {
    use super::*;
    use crate::provider::with_context;

    const ORIGIN: &str = "https://app.example";

    fn visit<T>(url: &str, headers: &[(&str, &str)], look: impl FnOnce(PageVisit<'_>) -> T) -> T {
        let head = RequestHead::new("GET", url, headers).unwrap();
        with_context(|context| look(PageVisit::of(&head, context, &[ORIGIN.into()])))
    }

    #[test]
    fn a_way_back_is_a_path_that_everybody_reads_alike() {
        for (text, path) in [
            ("/a?b=//c#d", "/a?b=//c#d"),
            ("/a/%5C%2F%2Fb", "/a/%5C%2F%2Fb"),
            ("/@b", "/@b"),
            ("", "/"),
            ("a", "/"),
            ("?a", "/"),
            ("//b", "/"),
            ("/\\b", "/"),
            ("/a\\b", "/"),
            ("/..//b", "/"),
            ("/a/..//b", "/"),
            ("/ä", "/"),
            ("/a b", "/"),
            ("/a\tb", "/"),
            ("/a\u{7f}", "/"),
            ("/a\r\nb: c", "/"),
            ("https://app.example/a", "/"),
            ("https://u@b/", "/"),
            ("javascript:alert(1)", "/"),
        ] {
            assert_eq!(safe_path(text), path, "{text:?}");
        }
    }

    #[test]
    fn the_highest_count_counts() {
        for (cookie, attempts) in [
            ("", 0),
            ("stSsrSessionRefreshAttempt=2", 2),
            ("stSsrSessionRefreshAttempt=x; stSsrSessionRefreshAttempt=1", 1),
            ("stSsrSessionRefreshAttempt=3; stSsrSessionRefreshAttempt=1", 3),
            ("stSsrSessionRefreshAttempt=-1", 0),
            ("stSsrSessionRefreshAttempt=4294967296", 0),
        ] {
            let headers = [("cookie", cookie)];
            assert_eq!(visit(ORIGIN, &headers, |visit| visit.attempts), attempts, "{cookie}");
        }
        let most = [("cookie", "stSsrSessionRefreshAttempt=4294967295")];
        let (_, counted) = visit(ORIGIN, &most, |visit| visit.counted());
        assert!(counted.starts_with("stSsrSessionRefreshAttempt=4294967295; Path=/; Max-Age=10;"));
    }

    #[test]
    fn the_host_of_the_application_has_its_scheme() {
        for (url, origin) in [
            ("http://app.example/a", ORIGIN),
            ("https://app.example/a", ORIGIN),
            ("http://app.example:8080/a", "http://app.example:8080"),
            ("http://b.example/a", "http://b.example"),
        ] {
            let is_secure = origin.starts_with("https:");
            let seen = visit(url, &[], |visit| {
                assert_eq!(visit.is_secure(), is_secure);
                assert_eq!(visit.counted().1.ends_with("; Secure"), is_secure);
                visit.origin
            });
            assert_eq!(seen, origin, "{url}");
        }
    }

    #[test]
    fn pages_are_known_by_host_and_path() {
        let page = |text: &str| Target::parse(text).unwrap();
        let is_at = |url: &str, target: &str| visit(url, &[], |visit| visit.is_at(&page(target)));
        for (url, target, expected) in [
            ("https://app.example/a", "/a", true),
            ("https://app.example/a/?x=1", "/a", true),
            ("http://app.example/a", "https://app.example/a?y=1", true),
            ("https://app.example/a", "https://APP.example:443/a", true),
            ("https://app.example/", "https://app.example", true),
            ("https://app.example/a", "/b", false),
            ("https://app.example/a", "/a/b", false),
            ("https://app.example/a", "https://b.example/a", false),
            ("https://app.example/a", "http://app.example/a", false),
        ] {
            assert_eq!(is_at(url, target), expected, "{url} {target}");
        }
    }

    #[test]
    fn a_way_back_is_given_to_pages_of_the_same_host() {
        let to = |target: &str| {
            let page = Target::parse(target).unwrap();
            visit(ORIGIN, &[], |visit| visit.to(&page, "back", "/a?b"))
        };
        for (target, location) in [
            ("/in", "https://app.example/in?back=%2Fa%3Fb"),
            ("/in?x=1&back=y#z", "https://app.example/in?x=1&back=%2Fa%3Fb#z"),
            ("http://app.example/in", "http://app.example/in?back=%2Fa%3Fb"),
            ("https://b.example/in", "https://b.example/in"),
            ("https://app.example:8443/in", "https://app.example:8443/in"),
        ] {
            assert_eq!(to(target), location);
        }
    }

    #[test]
    fn only_a_page_of_the_own_site_has_strict_cookies() {
        for (site, is_from_elsewhere) in [
            (Some("same-origin"), false),
            (Some("same-site"), false),
            (Some("none"), false),
            (Some("cross-site"), true),
            (Some("other"), true),
            (None, true),
        ] {
            let headers = [("sec-fetch-site", site.unwrap_or_default())];
            let headers = if site.is_some() { &headers[..] } else { &[] };
            let seen = visit(ORIGIN, headers, |visit| visit.is_from_elsewhere);
            assert_eq!(seen, is_from_elsewhere, "{site:?}");
        }
    }
}
