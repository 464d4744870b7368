//! Ways back: whatever a link says, a visitor stays on the host.

use super::{gate, provider, refreshed, visited};
use crate::APP;

const ACCESS: &str = "sAccessToken=new; Path=/";

/// The parameter as it stands in the link, and the path that is left of it.
const WAYS: [(&str, &str); 34] = [
    ("%2Fpage%3Fa%3D1%23b", "/page?a=1#b"),
    ("/page", "/page"),
    ("%2Fa%2F%252Fb", "/a/%2Fb"),
    ("%2Fsearch%3Fq%3D%2F%2Fx", "/search?q=//x"),
    ("%2F%40user%3Apass", "/@user:pass"),
    ("%2F%255Cevil.example", "/%5Cevil.example"),
    ("%2F.evil.example", "/.evil.example"),
    ("%2Fjavascript%3Aalert(1)", "/javascript:alert(1)"),
    ("", "/"),
    ("page", "/"),
    ("%2F%2Fevil.example", "/"),
    ("//evil.example", "/"),
    ("%2F%5Cevil.example", "/"),
    ("%5C%5Cevil.example", "/"),
    ("%2F%2F%2Fevil.example", "/"),
    ("%2Fa%5C..%5C..%5Cevil.example", "/"),
    ("%2F..%2F%2Fevil.example", "/"),
    ("%2F.%2F%2Fevil.example", "/"),
    ("%2F%252e%252e%2F%2Fevil.example", "/"),
    ("%2Fa%2F..%2F%2Fevil.example", "/"),
    ("%2F%09%2Fevil.example", "/"),
    ("%2F%0A%2Fevil.example", "/"),
    ("%09%2F%2Fevil.example", "/"),
    ("%20%2F%2Fevil.example", "/"),
    ("+%2Fpage", "/"),
    ("%2Fpage%0D%0ASet-Cookie%3A+a%3Db", "/"),
    ("%2Fpage%00", "/"),
    ("%2F%C3%A4", "/"),
    ("%2F%FF", "/"),
    ("https%3A%2F%2Fevil.example%2F", "/"),
    ("https%3A%2F%2Fapp.example.com%40evil.example%2F", "/"),
    ("https%3A%2F%2Fapp.example.com%2Fpage", "/"),
    ("javascript%3Aalert(1)", "/"),
    ("data%3Atext%2Fhtml%2Cx", "/"),
];

#[test]
fn a_refresh_leads_to_the_own_host_alone() {
    for (parameter, path) in WAYS {
        let link = format!("/auth/session/refresh?stRedirectTo={parameter}");
        let reply = Some((200, &[("set-cookie", ACCESS)][..], "{}"));
        let decision = refreshed(&mut gate(&provider()), &link, "sRefreshToken=r", reply);
        assert_eq!(decision.location.unwrap(), format!("{APP}{path}"), "{parameter}");
    }
}

#[test]
fn the_sign_in_page_gets_nothing_but_a_path() {
    for (parameter, path) in WAYS {
        let link = format!("/auth/session/refresh?stRedirectTo={parameter}");
        let location = visited(&mut gate(&provider()), &link, "sFrontToken=x").location.unwrap();
        let (page, query) = location.split_once('?').unwrap();
        assert_eq!(page, format!("{APP}/auth"));
        let way_back: Vec<_> = form_urlencoded::parse(query.as_bytes()).collect();
        assert_eq!(way_back, [("redirectToPath".into(), path.into())], "{parameter}");
    }
}

#[test]
fn the_first_of_several_counts_and_a_refresh_leads_to_no_other() {
    let reply = Some((200, &[("set-cookie", ACCESS)][..], "{}"));
    let here = "%2Fauth%2Fsession%2Frefresh";
    for (query, path) in [
        ("stRedirectTo=/a&stRedirectTo=//evil.example", "/a"),
        ("x=1", "/"),
        (&format!("stRedirectTo={here}"), "/"),
        (&format!("stRedirectTo={here}%2F%3FstRedirectTo%3D{here}"), "/"),
    ] {
        let link = format!("/auth/session/refresh?{query}");
        let decision = refreshed(&mut gate(&provider()), &link, "sRefreshToken=r", reply);
        assert_eq!(decision.location.unwrap(), format!("{APP}{path}"), "{query}");
    }
}

/// The path of a page is a way back, too.
#[test]
fn strange_paths_of_pages_are_not_handed_on() {
    for (path, back) in [
        ("/a/b?c=d", "%2Fa%2Fb%3Fc%3Dd"),
        ("/a/%5C%5Cevil.example", "%2Fa%2F%255C%255Cevil.example"),
        ("/a//evil.example", "%2F"),
        ("//a//evil.example", "%2F"),
    ] {
        let decision = visited(&mut gate(&provider()), path, "sFrontToken=x");
        let location = decision.location.unwrap();
        assert_eq!(location, format!("{APP}/auth/session/refresh?stRedirectTo={back}"), "{path}");
    }
}
