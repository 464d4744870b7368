//! Tokens that are signed as they should be, with good or wrong header and claims.

use serde_json::{Value, json};

use crate::gates::PUBLIC;
use crate::support::mint::{Signer, mint_with};
use crate::support::random::Random;
use crate::support::tokens::{AUDIENCE, ISSUER, NOW_SECONDS, PARTY, claims, with, without};
use crate::values;

/// A token before it is signed.
pub(crate) struct Draft {
    pub(crate) alg: &'static str,
    pub(crate) header: Value,
    pub(crate) claims: Value,
}

impl Draft {
    /// A token that at least one gate accepts; mostly RS256, which all but one take.
    pub(crate) fn good(random: &mut Random) -> Self {
        if random.once_in(5) {
            return crate::sessions::draft(random);
        }
        let alg = match random.below(10) {
            0..=4 => "RS256",
            5..=7 => random.one_of(&PUBLIC),
            8 => "HS256",
            _ => random.one_of(&["RS384", "RS512", "ES256", "EdDSA"]),
        };
        let mut header = json!({ "alg": alg, "kid": alg, "typ": "JWT" });
        if random.once_in(4) {
            header["cat"] = random.one_of(&["cl_B7d4PD111AAA", "cl_I7d4PD111III"]).into();
        }
        if random.once_in(8) {
            header = without(header, "typ");
        }
        if random.once_in(8) {
            header[values::name(random)] = values::json(random, 3);
        }
        Self { alg, header, claims: good_claims(random) }
    }

    pub(crate) fn sign(&self) -> String {
        self.sign_text(&self.header.to_string(), self.claims.to_string().as_bytes())
    }

    pub(crate) fn sign_text(&self, header: &str, payload: &[u8]) -> String {
        mint_with(Signer::for_algorithm(self.alg), self.alg, header.as_bytes(), payload)
    }
}

pub(crate) fn good(random: &mut Random) -> String {
    Draft::good(random).sign()
}

/// Signed, but with one thing in header or claims that some gate must not accept.
pub(crate) fn wrong(random: &mut Random) -> String {
    let mut draft = Draft::good(random);
    match random.below(12) {
        0..=4 => draft.claims = wrong_claims(random, draft.claims),
        5..=8 => draft.header = wrong_header(random, draft.header),
        9..=10 => return wrong_payload(random, &draft),
        _ => {
            draft.claims = wrong_claims(random, draft.claims);
            draft.header = wrong_header(random, draft.header);
        }
    }
    draft.sign()
}

fn good_claims(random: &mut Random) -> Value {
    let mut claims = claims();
    claims["sub"] = format!("user_{}", random.below(1000)).into();
    if random.once_in(3) {
        claims["aud"] = json!(["other", AUDIENCE]);
    }
    match random.below(4) {
        0 => {
            claims["org_id"] = "org_1".into();
            claims["org_role"] = random.one_of(&["org:admin", "org:member"]).into();
            claims["org_permissions"] = json!(["org:invoices:read"]);
        }
        1 => {
            claims["v"] = 2.into();
            claims["fea"] = "o:dashboard,u:search,ou:teams".into();
            claims["o"] = json!({
                "id": "org_1", "slg": "acme", "rol": "admin", "per": "read,manage", "fpm": "3,1",
            });
        }
        _ => {}
    }
    for _ in 0..random.below(4) {
        claims[values::name(random)] = values::json(random, 4);
    }
    claims
}

fn wrong_claims(random: &mut Random, claims: Value) -> Value {
    let time = random.one_of(&["exp", "nbf", "iat"]);
    match random.below(8) {
        0..=1 => with(claims, time, NOW_SECONDS + random.below(21) as i64 - 10),
        2 => with(claims, time, values::wrong_time(random)),
        3 => without(claims, random.one_of(&["exp", "aud", "iss", "sub", "azp", "nbf"])),
        4 => with(claims, "aud", values::wrong_text(random, AUDIENCE)),
        5 => with(claims, "iss", values::wrong_text(random, ISSUER)),
        6 => with(claims, "azp", values::wrong_text(random, PARTY)),
        _ => {
            with(claims, "sub", random.one_of(&[json!(1), json!(null), json!("mch_1"), json!([])]))
        }
    }
}

fn wrong_header(random: &mut Random, header: Value) -> Value {
    match random.below(8) {
        0 => {
            let names = ["none", "NONE", "nOnE", "HS256", "RS1", "rs256", "ES512", "", "PS256"];
            with(header, "alg", random.one_of(&names))
        }
        1 => without(header, random.one_of(&["alg", "kid"])),
        2..=3 => with(header, "kid", values::wrong_kid(random)),
        4 => {
            let types = ["jwt", "at+jwt", "logout+jwt", "JWS", "application/at+jwt", "AT+JWT"];
            with(header, "typ", random.one_of(&types))
        }
        5 => with(header, "cat", random.one_of(&[json!("cl_B7d4PD222AAA"), json!(null), json!(1)])),
        6 => {
            let values = [json!(null), json!([]), json!(["exp"]), json!(false), json!("DEF")];
            let name = random.one_of(&["crit", "b64", "zip"]);
            with(header, name, random.one_of(&values))
        }
        _ => with(header, random.one_of(&["alg", "typ", "cty"]), values::json(random, 2)),
    }
}

/// A payload that is no claims set, or one that is too much of a good thing.
fn wrong_payload(random: &mut Random, draft: &Draft) -> String {
    let header = draft.header.to_string();
    let claims = draft.claims.to_string();
    let rest = &claims[1..];
    let depth = 1 + random.below(20);
    let width = 480 + random.below(60);
    let payload = match random.below(10) {
        0 => format!("{{\"sub\":\"user_2\",{rest}"),
        1 => format!("{{\"x\":{}{},{rest}", "[".repeat(depth), "]".repeat(depth)),
        2 => format!("{{\"x\":[{}0],{rest}", "0,".repeat(width)),
        3 => format!("{{\"x\":{},{rest}", values::broken_json(random)),
        4 => format!("{}{claims}", random.one_of(&["\u{feff}", " ", "\n", "\u{a0}", "\u{0}"])),
        5 => format!("{claims}{}", random.one_of(&[",", "}", " ", "\u{0}", "{}"])),
        6 => random.one_of(&["null", "[]", "\"x\"", "1", "", "true"]).to_owned(),
        7 => format!("{{\"x\":\"{}\",{rest}", "x".repeat(4000 + random.below(4000))),
        8 => format!("{{\"x\":{},{rest}", values::odd_number(random)),
        _ => {
            let mut bytes = claims.into_bytes();
            let at = random.below(bytes.len());
            bytes[at] = 0x80 | random.number() as u8;
            return draft.sign_text(&header, &bytes);
        }
    };
    draft.sign_text(&header, payload.as_bytes())
}
