//! SuperTokens' access tokens of every version, good ones and those that are none.

use serde_json::{Value, json};

use crate::made::Draft;
use crate::support::mint::{Signer, mint_with};
use crate::support::random::Random;
use crate::support::supertokens::{
    DYNAMIC, LEGACY_HEADER, STATIC, claims, header, legacy_by, legacy_claims,
};
use crate::support::tokens::{NOW_SECONDS, with, without};
use crate::values;

/// A session of version 3, 4 or 5, or one without a version.
pub(crate) fn draft(random: &mut Random) -> Draft {
    let mut header = header();
    let mut claims = claims();
    match random.below(4) {
        0 => header = without(header, "version"),
        1 => {
            header["version"] = random.one_of(&["3", "4"]).into();
            claims = without(claims, "rsub");
        }
        _ => {}
    }
    claims["sub"] = format!("user_{}", random.below(1000)).into();
    if random.once_in(3) {
        claims["st-role"] = json!({ "v": ["admin", "user"], "t": NOW_SECONDS * 1000 });
    }
    if random.once_in(4) {
        claims["exp"] = json!(NOW_SECONDS as f64 + 60.5);
    }
    for _ in 0..random.below(3) {
        claims[values::name(random)] = values::json(random, 4);
    }
    Draft { alg: "RS256", header, claims }
}

/// A session in which something is otherwise that sessions alone have.
pub(crate) fn odd(random: &mut Random) -> String {
    let Draft { header, claims, .. } = draft(random);
    let (header, claims) = match random.below(6) {
        0 => {
            let versions =
                [json!("6"), json!("5abc"), json!(" 5"), json!("2"), json!(5), json!(null)];
            (with(header, "version", random.one_of(&versions)), claims)
        }
        1 => {
            let names = ["sub", "exp", "iat", "tId", "rsub", "sessionHandle", "refreshTokenHash1"];
            let name = random.one_of(&names);
            let wrong = random.one_of(&[json!(null), json!(1), json!("x"), json!([]), json!(true)]);
            let claims =
                if random.once_in(2) { without(claims, name) } else { with(claims, name, wrong) };
            (header, claims)
        }
        2 => {
            let uses = [json!(0), json!(1), json!(2), json!("0"), json!(null)];
            (header, with(claims, "stt", random.one_of(&uses)))
        }
        3 => return by_the_static_key(random, header, &claims),
        _ => return legacy(random),
    };
    Draft { alg: "RS256", header, claims }.sign()
}

fn by_the_static_key(random: &mut Random, header: Value, claims: &Value) -> String {
    let kid = random.one_of(&[DYNAMIC, STATIC]);
    let (header, claims) = (with(header, "kid", kid).to_string(), claims.to_string());
    mint_with(Signer::Rsa2048B, "RS256", header.as_bytes(), claims.as_bytes())
}

/// A token of version 2, mostly a good one.
fn legacy(random: &mut Random) -> String {
    let mut claims = legacy_claims();
    claims["userData"] = values::json(random, 3);
    match random.below(10) {
        0 => claims["expiryTime"] = json!(NOW_SECONDS * 1000 - 2 + random.below(4) as i64),
        1 => claims = without(claims, random.one_of(&["userId", "userData", "timeCreated"])),
        2 => claims["refreshTokenHash1"] = values::json(random, 2),
        _ => {}
    }
    let signer = random.one_of(&[Signer::Rsa2048A, Signer::Rsa2048B, Signer::Rsa2048A]);
    let token = legacy_by(signer, &claims.to_string());
    match random.below(8) {
        0 => token.replace('=', ""),
        1 => token.replace('+', "-").replace('/', "_"),
        2 => token.replacen(LEGACY_HEADER, "eyJhbGciOiJub25lIn0=", 1),
        _ => token,
    }
}
