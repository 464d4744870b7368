//! The expected headers are those that `supertokens-node` 24.0.2 sent through Express.

use alloc::format;

use super::*;

const NOW: UnixMillis = UnixMillis(1_700_000_000_123);
const LATER: UnixMillis = UnixMillis(1_700_000_000_999);
const ATTRIBUTES: &str = "HttpOnly; Secure; SameSite=Lax";
const YEAR: &str = "Expires=Wed, 13 Nov 2024 22:13:20 GMT";
const EPOCH: &str = "Expires=Thu, 01 Jan 1970 00:00:00 GMT";
const REFRESH: &str = "Path=/auth/session/refresh";

fn config() -> SuperTokensConfig {
    SuperTokensConfig {
        website_domain: Some("https://example.com".to_owned()),
        cookie_domain: Some(".example.com".to_owned()),
        ..SuperTokensConfig::new("https://api.example.com")
    }
}

fn wire(config: &SuperTokensConfig) -> Wire {
    Wire::new(config).unwrap()
}

static EMPTY: Json = Json::Object(Vec::new());

fn token() -> AccessToken<'static> {
    AccessToken { token: "a.b", user_id: "", expires: UnixMillis(0), payload: &EMPTY }
}

fn made(put: impl FnOnce(&mut AnswerHeaders)) -> Vec<String> {
    let mut answer = AnswerHeaders::new();
    put(&mut answer);
    lines(&answer.finish())
}

const FRONT: &str = "front-token: eyJ1aWQiOiIiLCJhdGUiOjAsInVwIjp7fX0=";

fn lines(headers: &[Header]) -> Vec<String> {
    headers.iter().map(|(name, value)| format!("{name}: {value}")).collect()
}

fn cookie(name: &str, value: &str, path: &str, expires: &str) -> String {
    format!("set-cookie: {name}={value}; Domain=.example.com; {path}; {expires}; {ATTRIBUTES}")
}

#[test]
fn an_access_token_travels_in_a_cookie_or_a_header() {
    let wire = wire(&config());
    let expected = [
        FRONT.to_owned(),
        "access-control-expose-headers: front-token".to_owned(),
        cookie("sAccessToken", "a.b", "Path=/", YEAR),
    ];
    assert_eq!(
        made(|answer| wire.put_access_token(answer, Carrier::Cookie, &token(), NOW)),
        expected
    );
    let expected = [
        FRONT,
        "access-control-expose-headers: front-token, st-access-token",
        "st-access-token: a.b",
    ];
    assert_eq!(
        made(|answer| wire.put_access_token(answer, Carrier::Header, &token(), NOW)),
        expected
    );
}

#[test]
fn a_refreshed_session_brings_everything() {
    let shown = SuperTokensConfig {
        expose_access_token_to_frontend_in_cookie_based_auth: true,
        ..config()
    };
    let wire = wire(&shown);
    let all = |carrier| {
        made(|answer| {
            wire.put_access_token(answer, carrier, &token(), NOW);
            wire.put_refresh_token(answer, carrier, "r+/=", LATER);
            wire.put_anti_csrf(answer, "csrf");
        })
    };
    let soon = "Expires=Tue, 14 Nov 2023 22:13:20 GMT";
    let expected = [
        FRONT.to_owned(),
        "access-control-expose-headers: front-token, st-access-token, anti-csrf".to_owned(),
        cookie("sAccessToken", "a.b", "Path=/", YEAR),
        cookie("sRefreshToken", "r%2B%2F%3D", REFRESH, soon),
        "st-access-token: a.b".to_owned(),
        "anti-csrf: csrf".to_owned(),
    ];
    assert_eq!(all(Carrier::Cookie), expected);
    let exposed = "front-token, st-access-token, st-refresh-token, anti-csrf";
    let expected = [
        FRONT,
        &format!("access-control-expose-headers: {exposed}"),
        "st-access-token: a.b",
        "st-refresh-token: r+/=",
        "anti-csrf: csrf",
    ];
    assert_eq!(all(Carrier::Header), expected);
}

#[test]
fn refresh_tokens_travel_alone_as_well() {
    let wire = wire(&config());
    let soon = "Expires=Tue, 14 Nov 2023 22:13:20 GMT";
    let expected = [cookie("sRefreshToken", "r", REFRESH, soon)];
    assert_eq!(
        made(|answer| wire.put_refresh_token(answer, Carrier::Cookie, "r", LATER)),
        expected
    );
    let expected = ["st-refresh-token: r", "access-control-expose-headers: st-refresh-token"];
    assert_eq!(
        made(|answer| wire.put_refresh_token(answer, Carrier::Header, "r", LATER)),
        expected
    );
}

#[test]
fn tokens_are_taken_away_from_one_carrier_or_both() {
    let wire = wire(&config());
    let gone = [
        cookie("sAccessToken", "", "Path=/", EPOCH),
        cookie("sRefreshToken", "", REFRESH, EPOCH),
        "front-token: remove".to_owned(),
    ];
    let expose = |list| format!("access-control-expose-headers: {list}");
    let (front, access, refresh) = ("front-token", "st-access-token", "st-refresh-token");
    let mut expected = gone.to_vec();
    expected.push(expose(front.to_owned()));
    assert_eq!(made(|answer| wire.put_clear(answer, Carrier::Cookie)), expected);
    let mut expected = gone.to_vec();
    expected.push(expose(format!("{front}, {access}, {refresh}")));
    expected.extend(["st-access-token: ".to_owned(), "st-refresh-token: ".to_owned()]);
    assert_eq!(lines(&wire.clear_all()), expected);
    let expected = [
        "st-access-token: ".to_owned(),
        expose(format!("{access}, {refresh}, {front}")),
        "st-refresh-token: ".to_owned(),
        "front-token: remove".to_owned(),
    ];
    assert_eq!(made(|answer| wire.put_clear(answer, Carrier::Header)), expected);
}

#[test]
fn taking_away_comes_before_bringing_anew() {
    let wire = wire(&config());
    let mut answer = AnswerHeaders::new();
    wire.put_anti_csrf(&mut answer, "csrf");
    wire.put_clear(&mut answer, Carrier::Cookie);
    wire.put_access_token(&mut answer, Carrier::Cookie, &token(), NOW);
    let expected = [
        "access-control-expose-headers: anti-csrf, front-token".to_owned(),
        cookie("sRefreshToken", "", REFRESH, EPOCH),
        cookie("sAccessToken", "a.b", "Path=/", YEAR),
        FRONT.to_owned(),
    ];
    assert_eq!(lines(&answer.finish()), expected);
}

#[test]
fn cookies_of_the_older_domain_are_taken_away_there() {
    assert_eq!(wire(&config()).clear_older_domain(true, true), None);
    let older = |domain: &str| {
        let older_cookie_domain = Some(domain.to_owned());
        wire(&SuperTokensConfig { older_cookie_domain, ..config() })
    };
    let host_only = older("").clear_older_domain(true, true).unwrap();
    let expected = [
        format!("set-cookie: sAccessToken=; Path=/; {EPOCH}; {ATTRIBUTES}"),
        format!("set-cookie: sRefreshToken=; {REFRESH}; {EPOCH}; {ATTRIBUTES}"),
    ];
    assert_eq!(lines(&host_only), expected);
    let named = older("API.example.com").clear_older_domain(false, true).unwrap();
    let expected = format!(
        "set-cookie: sRefreshToken=; Domain=api.example.com; {REFRESH}; {EPOCH}; {ATTRIBUTES}"
    );
    assert_eq!(lines(&named), [expected]);
}

#[test]
fn the_cookie_of_old_kits_is_taken_away() {
    let mut answer = AnswerHeaders::new();
    wire(&config()).put_clear_legacy(&mut answer);
    assert_eq!(lines(&answer.finish()), [cookie("sIdRefreshToken", "", "Path=/", EPOCH)]);
}

#[test]
fn names_and_paths_follow_the_options() {
    let names = |access: &str, refresh: &str| TokenNames {
        access: access.to_owned(),
        refresh: refresh.to_owned(),
    };
    let other = wire(&SuperTokensConfig {
        cookie_names: names("at", "rt"),
        header_names: names("X-AT", "token"),
        api_gateway_path: "gateway/".to_owned(),
        api_base_path: "/".to_owned(),
        access_token_path: "/app/".to_owned(),
        ..config()
    });
    let headers = lines(&other.clear_all());
    assert_eq!(headers[0], cookie("at", "", "Path=/app", EPOCH));
    assert_eq!(headers[1], cookie("rt", "", "Path=/gateway/session/refresh", EPOCH));
    assert_eq!(headers[3], "access-control-expose-headers: front-token, X-AT, token");
    assert_eq!(headers[4], "x-at: ");
    for (option, config) in [
        ("accessTokenPath", SuperTokensConfig { access_token_path: "/a;b".into(), ..config() }),
        ("apiBasePath", SuperTokensConfig { api_base_path: "/a;b".into(), ..config() }),
        ("cookieDomain", SuperTokensConfig { cookie_domain: Some("a;b".into()), ..config() }),
    ] {
        assert_eq!(Wire::new(&config).unwrap_err().option, option);
    }
}

#[test]
fn the_protection_follows_from_same_site_unless_chosen() {
    let with = |same_site, anti_csrf| {
        wire(&SuperTokensConfig { cookie_same_site: Some(same_site), anti_csrf, ..config() })
    };
    assert_eq!(with(SameSite::None, None).anti_csrf, AntiCsrf::ViaCustomHeader);
    assert_eq!(with(SameSite::Strict, None).anti_csrf, AntiCsrf::None);
    let chosen = with(SameSite::None, Some(AntiCsrf::ViaToken));
    assert_eq!((chosen.anti_csrf, chosen.anti_csrf_is_chosen), (AntiCsrf::ViaToken, true));
}

#[test]
fn cookies_for_every_site_must_be_secure_but_on_one_machine() {
    let usable = |api: &str, website: &str, cookie_secure| {
        wire(&SuperTokensConfig {
            api_domain: api.to_owned(),
            website_domain: Some(website.to_owned()),
            cookie_domain: None,
            cookie_same_site: Some(SameSite::None),
            cookie_secure,
            ..config()
        })
        .cookies_are_usable
    };
    assert!(usable("https://a.com", "https://b.com", None));
    assert!(!usable("https://a.com", "https://b.com", Some(false)));
    assert!(!usable("http://localhost", "https://b.com", None));
    assert!(usable("http://localhost", "http://127.0.0.1", None));
}
