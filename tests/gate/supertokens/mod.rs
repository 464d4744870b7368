//! SuperTokens: where visitors of pages are sent, what is asked of the API and of the core, and what
//! stays unsaid.

mod core;
mod pages;
mod refresh;
mod secrets;
mod ways_back;

use serde_json::{Value, json};
use sessiongate::{Decision, Fact, Gate, HttpReply, Need, NeedKind, RequestHead};

use crate::APP;
use crate::support::judge::{gate_from, jwk};
use crate::support::mint::{Signer, mint_with};
use crate::support::tokens::{NOW, NOW_SECONDS, with};

/// What a browser sends when a person opens a page.
const PAGE: [(&str, &str); 2] = [("sec-fetch-dest", "document"), ("accept", "text/html")];
/// The refresh endpoint, seen from a page.
const REFRESH: &str = "/auth/session/refresh";

/// Status, headers and body of an answer; `None` when none came.
type Reply<'r> = Option<(u16, &'r [(&'r str, &'r str)], &'r str)>;

/// The API below the domain of the cookies, all keys given.
fn provider() -> Value {
    let keys = [("d-1", Signer::Rsa2048A), ("s-1", Signer::Rsa2048B)];
    let keys = keys.map(|(kid, signer)| with(jwk(signer), "kid", kid));
    json!({
        "kind": "supertokens",
        "apiDomain": "https://api.example.com",
        "websiteDomain": APP,
        "cookieDomain": ".example.com",
        "jwks": { "keys": keys },
    })
}

fn gate(provider: &Value) -> Gate {
    gate_with(provider, json!([{ "path": ["/page(.*)", "/a(.*)"], "access": "signed-in" }]))
}

fn gate_with(provider: &Value, routes: Value) -> Gate {
    gate_from(&json!({ "provider": provider, "routes": routes }))
}

fn claims() -> Value {
    json!({
        "sub": "user_1",
        "rsub": "user_1",
        "tId": "public",
        "sessionHandle": "handle_1",
        "refreshTokenHash1": "hash_1",
        "parentRefreshTokenHash1": null,
        "antiCsrfToken": null,
        "iat": NOW_SECONDS - 10,
        "exp": NOW_SECONDS + 60,
    })
}

fn token(claims: &Value) -> String {
    let header = json!({ "alg": "RS256", "typ": "JWT", "kid": "d-1", "version": "5" });
    let (header, claims) = (header.to_string(), claims.to_string());
    mint_with(Signer::Rsa2048A, "RS256", header.as_bytes(), claims.as_bytes())
}

fn good() -> String {
    token(&claims())
}

fn expired() -> String {
    token(&with(claims(), "exp", NOW_SECONDS))
}

/// The decision about the visit of a page with these cookies, or what is needed for it.
fn visit(gate: &mut Gate, path: &str, cookies: &str) -> Result<Decision, Need> {
    ask(gate, "GET", &format!("{APP}{path}"), &[PAGE[0], PAGE[1], ("cookie", cookies)])
}

/// The same where nothing is needed.
fn visited(gate: &mut Gate, path: &str, cookies: &str) -> Decision {
    visit(gate, path, cookies).unwrap()
}

fn ask(
    gate: &mut Gate,
    method: &str,
    url: &str,
    headers: &[(&str, &str)],
) -> Result<Decision, Need> {
    gate.check(&RequestHead::new(method, url, headers).unwrap(), NOW)
}

/// Answers a need and asks again.
fn answer(
    gate: &mut Gate,
    need: &Need,
    reply: Reply<'_>,
    ask: impl FnOnce(&mut Gate) -> Result<Decision, Need>,
) -> Result<Decision, Need> {
    let reply = reply.map(|(status, headers, body)| HttpReply {
        status,
        headers: headers.iter().map(|(name, value)| ((*name).into(), (*value).into())).collect(),
        body: body.into(),
    });
    gate.supply(&Fact { key: need.key.clone(), reply, at: NOW }).unwrap();
    ask(gate)
}

/// The visit of the refresh endpoint with a refresh token, up to the call of the API, and what
/// comes of this answer.
fn refreshed(gate: &mut Gate, path: &str, cookies: &str, reply: Reply<'_>) -> Decision {
    let need = visit(gate, path, cookies).unwrap_err();
    assert_eq!(need.kind, NeedKind::SessionRefresh);
    answer(gate, &need, reply, |gate| visit(gate, path, cookies)).unwrap()
}

/// The name, the value and the attributes of each cookie that is set, with its line.
fn cookies(decision: &Decision) -> Vec<&str> {
    let cookies = decision.headers.iter().filter(|(name, _)| name == "set-cookie");
    cookies.map(|(_, value)| &**value).collect()
}

/// The names of the cookies that are taken away.
fn taken(decision: &Decision) -> Vec<&str> {
    let taken = cookies(decision).into_iter().filter(|cookie| cookie.contains("1970"));
    taken.filter_map(|cookie| Some(cookie.split_once('=')?.0)).collect()
}

fn header<'d>(decision: &'d Decision, name: &str) -> Option<&'d str> {
    let found = decision.headers.iter().find(|(key, _)| key == name);
    found.map(|(_, value)| &**value)
}

fn reason(decision: &Decision) -> &'static str {
    decision.reason.expect("a reason").code()
}
