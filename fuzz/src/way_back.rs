//! Where a redirect leads, and where from there the visitor comes back to.
//!
//! Judged with the `url` crate, which reads URLs as browsers do (WHATWG), so that no mistake of the
//! core's own reader is made twice.

use url::{Host, Position, Url};

/// What a redirect is judged by.
pub(crate) struct Request<'r> {
    pub(crate) url: &'r str,
    pub(crate) headers: &'r [(&'r str, &'r str)],
    pub(crate) trusts_proxy: bool,
}

/// The page that a redirect has to lead to.
pub(crate) enum Destination<'d> {
    /// The Frontend API, for this reason.
    Handshake(&'d str),
    /// The sign-in page, absolute or on the visitor's own origin.
    Page(&'d str),
}

/// The query of a handshake, in Clerk's order; the session is there only if a token is.
const HANDSHAKE: &str = "https://clerk.example.com/v1/client/handshake";
const HANDSHAKE_NAMES: [&str; 6] = [
    "redirect_url",
    "__clerk_api_version",
    "suffixed_cookies",
    "__clerk_hs_reason",
    "format",
    "__session",
];
/// What a handshake leaves out of the way back.
const LEFT_OUT: [&str; 2] = ["__clerk_db_jwt", "__dev_session"];

/// A redirect leads to the page, and from there back to the address that the visitor asked for: its
/// scheme, host, port, path and query.
///
/// The fragment comes along where the request's own origin is the visitor's. No fragment ever gets
/// through a proxy, so where the proxy tells an origin in other words the way back has none, and no
/// mark of an empty query either.
pub(crate) fn assert_leads_back(location: &str, to: &Destination<'_>, request: &Request<'_>) {
    let here = request.seen_by_the_visitor();
    let page = parsed(location).expect("an absolute URL");
    let pairs: Vec<_> = page.query_pairs().into_owned().collect();
    let names: Vec<_> = pairs.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(page.fragment(), None, "{location}");
    let back = &pairs.first().expect("the way back").1;
    let back = parsed(back).unwrap_or_else(|error| panic!("{error}: {back}"));
    match to {
        Destination::Handshake(reason) => {
            assert_eq!(&page[..Position::AfterPath], HANDSHAKE);
            assert!(names == HANDSHAKE_NAMES || names == HANDSHAKE_NAMES[..5], "{names:?}");
            assert_eq!(pairs[3].1, *reason);
            assert_eq!(parts(&back, &[]), parts(&here, &LEFT_OUT));
        }
        Destination::Page(sign_in) => {
            let sign_in = here.join(sign_in).expect("the page");
            assert_eq!(&page[..Position::AfterPath], sign_in.as_str());
            assert_eq!(names, ["redirect_url"]);
            assert_eq!(back, here);
        }
    }
}

/// What a handshake keeps of an address: the query is written anew, so only what it says counts.
fn parts<'u>(url: &'u Url, left_out: &[&str]) -> impl PartialEq + std::fmt::Debug + use<'u> {
    let pairs = url.query_pairs().filter(|(name, _)| !left_out.contains(&&**name));
    let query: Vec<_> = pairs.collect();
    let fragment = url.fragment().filter(|text| !text.is_empty());
    // Everything before the path: scheme, user, host and port, the default port left out.
    (&url[..Position::BeforePath], url.path(), query, fragment)
}

impl Request<'_> {
    /// The address that the visitor asked for: the proxy's word for scheme and host counts where
    /// it is trusted and makes sense.
    pub(crate) fn seen_by_the_visitor(&self) -> Url {
        let own = parsed(self.url).unwrap_or_else(|error| panic!("{error}: {}", self.url));
        match self.told_origin(own.scheme()).filter(|_| self.trusts_proxy) {
            Some((text, told)) if text != own.origin().ascii_serialization() => {
                let end = match own.query() {
                    Some("") => Position::AfterPath,
                    _ => Position::AfterQuery,
                };
                let rest = &own[Position::BeforePath..end];
                Url::parse(&format!("{}{rest}", told.origin().ascii_serialization()))
                    .expect("another origin leaves a URL a URL")
            }
            _ => own,
        }
    }

    /// What `X-Forwarded-Host`, else `Host`, and `X-Forwarded-Proto` tell: the first of their words,
    /// if it is a bare host with http or https. The text of it comes along.
    fn told_origin(&self, own_scheme: &str) -> Option<(String, Url)> {
        let first = |value: &str| value.split(',').next().unwrap_or("").to_owned();
        let forwarded = self.values("x-forwarded-host").next();
        let host = forwarded.or_else(|| self.values("host").find(|value| !value.is_empty()));
        let host = match forwarded {
            Some(_) => first(host?),
            None => host?.to_owned(),
        };
        let scheme = self.values("x-forwarded-proto").find(|value| !value.is_empty());
        let scheme = scheme.map_or(own_scheme.to_owned(), first);
        let is_web = ["http", "https"].iter().any(|web| scheme.eq_ignore_ascii_case(web));
        let is_bare = host.bytes().all(|b| b.is_ascii_alphanumeric() || b"-._:[]".contains(&b));
        // Marked as in `parsed`.
        let text = format!("{scheme}://{host}").replace("xn--", "xn-0");
        let url = parsed(&text).ok().filter(|_| is_web && is_bare)?;
        // An IPv4 address in another than the usual notation is none that a proxy would tell.
        let is_usual = match url.host()? {
            Host::Ipv4(address) => host.split(':').next() == Some(&address.to_string()),
            Host::Domain(_) | Host::Ipv6(_) => true,
        };
        is_usual.then_some((text, url))
    }

    fn values(&self, name: &str) -> impl Iterator<Item = &str> {
        let named = self.headers.iter().filter(move |(key, _)| key.eq_ignore_ascii_case(name));
        named.map(|(_, value)| *value)
    }
}

/// Reads an absolute URL. Whether a host in Punycode stands for anything is no question here, so
/// its mark is taken for plain letters.
pub(crate) fn parsed(text: &str) -> Result<Url, url::ParseError> {
    let (scheme, rest) = text.split_once("://").ok_or(url::ParseError::RelativeUrlWithoutBase)?;
    let end = rest.find(['/', '\\', '?', '#']).unwrap_or(rest.len());
    let (authority, rest) = rest.split_at(end);
    let authority = authority.to_ascii_lowercase().replace("xn--", "xn-0");
    Url::parse(&format!("{scheme}://{authority}{rest}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const SIGN_IN: Destination<'_> = Destination::Page("/sign-in");

    /// Whether this way back from the sign-in page passes for a request to `url`.
    fn passes(back: &str, url: &str, headers: &[(&str, &str)], trusts_proxy: bool) -> bool {
        let request = Request { url, headers, trusts_proxy };
        let mut page = request.seen_by_the_visitor().join("/sign-in").unwrap();
        page.query_pairs_mut().append_pair("redirect_url", back);
        accepts(page.as_str(), &SIGN_IN, &request)
    }

    fn passes_handshake(back: &str, url: &str) -> bool {
        let request = Request { url, headers: &[], trusts_proxy: false };
        let values = [back, "2026-05-12", "false", "why", "nonce"];
        let page =
            Url::parse_with_params(HANDSHAKE, HANDSHAKE_NAMES.into_iter().zip(values)).unwrap();
        accepts(page.as_str(), &Destination::Handshake("why"), &request)
    }

    fn accepts(location: &str, to: &Destination<'_>, request: &Request<'_>) -> bool {
        std::panic::catch_unwind(|| assert_leads_back(location, to, request)).is_ok()
    }

    #[test]
    fn one_address_has_many_texts() {
        for (back, url) in [
            ("https://a.example/x?y=%20#z", "https://a.example:0443/x?y=%20#z"),
            ("http://[::1]:8080/", "http://[0:0::1]:08080"),
            ("http://[::ffff:102:304]/", "http://[::FFFF:1.2.3.4]:80/"),
            ("https://xn--a.example/", "https://XN--A.example/"),
            ("https://a/%zz", "https://a/b/%2E%2e/%zz"),
        ] {
            assert!(passes(back, url, &[], false), "{back} {url}");
        }
        for (back, url) in [
            ("https://a/?x=+%7E&y=", "https://a/?x=%20~&y&__dev_session=1"),
            ("https://a/?x=%EF%BF%BD#z", "https://a/?x=%ff#z"),
            ("https://a/", "https://a/?&#"),
        ] {
            assert!(passes_handshake(back, url), "{back} {url}");
        }
    }

    #[test]
    fn another_address_is_seen() {
        let url = "https://a.example:8443/x%2Fy?q=1&r=%2B#z";
        assert!(passes(url, url, &[], false) && passes_handshake(url, url));
        for back in [
            "http://a.example:8443/x%2Fy?q=1&r=%2B#z",
            "https://b.example:8443/x%2Fy?q=1&r=%2B#z",
            "https://a.example/x%2Fy?q=1&r=%2B#z",
            "https://a.example:8444/x%2Fy?q=1&r=%2B#z",
            "https://u@a.example:8443/x%2Fy?q=1&r=%2B#z",
            "https://a.example:8443/x/y?q=1&r=%2B#z",
            "https://a.example:8443//x%2Fy?q=1&r=%2B#z",
            "https://a.example:8443/x%2Fy?r=%2B&q=1#z",
            "https://a.example:8443/x%2Fy?q=1&r=+#z",
            "https://a.example:8443/x%2Fy?q=1&r=%2B",
            "https://a.example:8443/x%2Fy?q=1&r=%2B#Z",
            "https://a.example:8443/x%2Fy#z",
            "/x%2Fy?q=1&r=%2B#z",
            "",
        ] {
            assert!(!passes(back, url, &[], false), "{back}");
            assert!(!passes_handshake(back, url), "{back}");
        }
        assert!(!passes("http://[::2]/", "http://[::1]/", &[], false));
    }

    #[test]
    fn a_trusted_proxy_tells_scheme_and_host_and_has_no_fragment() {
        let url = "http://inner:3000//x?q#z";
        let told =
            [("X-Forwarded-Host", "App.example:443, inner"), ("x-forwarded-proto", "https,http")];
        assert!(passes("https://app.example//x?q", url, &told, true));
        assert!(!passes("https://app.example//x?q#z", url, &told, true));
        assert!(passes("https://app.example/", "http://inner/?#", &told, true));
        assert!(!passes("https://app.example/?", "http://inner/?", &told, true));
        assert!(!passes(url, url, &told, true));
        assert!(passes(url, url, &told, false));
        assert!(passes(url, url, &[("host", "inner:3000")], true));
        assert!(passes("http://inner:3000//x?q", url, &[("host", "INNER:03000")], true));
        assert!(!passes(url, url, &[("host", "INNER:03000")], true));
        let named = "http://xn--a.example/?#z";
        assert!(passes(named, named, &[("host", "xn--a.example")], true));
        assert!(passes("http://xn--a.example/", named, &[("host", "XN--a.example")], true));
        let shouted = [("host", "inner:3000"), ("x-forwarded-proto", "HTTP")];
        assert!(passes("http://inner:3000//x?q", url, &shouted, true));
        assert!(!passes(url, url, &shouted, true));
        for host in ["a b", "a/b", "u@a", "0x7f.1", "1.2.3.4.", "[:::]", "a:99999", ""] {
            assert!(passes(url, url, &[("x-forwarded-host", host)], true), "{host}");
        }
        assert!(passes(url, url, &[("host", "a"), ("x-forwarded-proto", "wss")], true));
        assert!(passes("http://[::1]//x?q", url, &[("host", "[0::1]")], true));
    }

    #[test]
    fn another_page_is_seen() {
        let request = Request { url: "https://a/x", headers: &[], trusts_proxy: false };
        let back = "redirect_url=https%3A%2F%2Fa%2Fx";
        assert!(accepts(&format!("https://a/sign-in?{back}"), &SIGN_IN, &request));
        for page in [
            format!("https://b/sign-in?{back}"),
            format!("https://a/sign-in/?{back}"),
            format!("https://a/sign-in?{back}#x"),
            format!("https://a/sign-in?{back}&x=1"),
            format!("https://a/sign-in?x=1&{back}"),
            format!("/sign-in?{back}"),
            "https://a/sign-in".to_owned(),
            format!("{HANDSHAKE}?{back}"),
        ] {
            assert!(!accepts(&page, &SIGN_IN, &request), "{page}");
        }
        let rest = "__clerk_api_version=1&suffixed_cookies=true";
        let why = Destination::Handshake("why");
        let good = format!("{HANDSHAKE}?{back}&{rest}&__clerk_hs_reason=why&format=nonce");
        assert!(accepts(&good, &why, &request));
        assert!(accepts(&format!("{good}&__session=x"), &why, &request));
        assert!(!accepts(&good, &Destination::Handshake("other"), &request));
        assert!(!accepts(&format!("{good}&__session=x&more"), &why, &request));
        assert!(!accepts(&good.replace("clerk.example.com", "clerk.example"), &why, &request));
    }
}
