//! Clerk's messages for refused session tokens, which its tools show and its users search for.
//!
//! They are put together only after a refusal, from the token once more. They tell claims of the
//! token, as Clerk's do, and never its text.

use alloc::borrow::Cow;
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use super::rules::Rules;
use crate::claims::Claims;
use crate::json::Json;
use crate::json::writer::to_text;
use crate::provider::Context;
use crate::provider::date::utc_string;
use crate::provider::jwt::UnverifiedJwt;
use crate::reason::Reason;
use crate::time::UnixMillis;

const ENSURE_CLERK_JWT: &str = "Make sure that this is a valid Clerk-generated JWT.";
const CONTACT_SUPPORT: &str = "Contact support@clerk.com";

/// The full message: what is wrong, what to do, the reason and where the token was.
pub(super) fn full(
    exact: Reason,
    token: &str,
    carrier: &str,
    rules: &Rules,
    context: &Context<'_>,
) -> String {
    let word = super::reasons::word(exact);
    let parsed = UnverifiedJwt::parse(token, context).ok();
    let (text, action) = describe(exact, parsed.as_ref(), rules, context.now);
    let action = action.map_or(Cow::Borrowed(""), |action| Cow::Owned(format!(" {action}")));
    format!("{text}{action} (reason={}, token-carrier={carrier})", word.code())
}

/// What is wrong, without what to do.
pub(super) fn text(exact: Reason, token: &str, rules: &Rules, context: &Context<'_>) -> String {
    let parsed = UnverifiedJwt::parse(token, context).ok();
    describe(exact, parsed.as_ref(), rules, context.now).0
}

/// What is wrong with the audience of an OAuth access token.
pub(super) fn access_token_audience(claims: &Claims, rules: &Rules) -> String {
    let aud = claims.get("aud");
    let is_name = |json: &Json| json.as_str().is_some_and(|text| !text.is_empty());
    let is_list = |json: &Json| {
        json.as_array().is_some_and(|list| !list.is_empty() && list.iter().all(is_name))
    };
    if !aud.is_some_and(|aud| is_name(aud) || is_list(aud)) {
        return format!(
            "Invalid OAuth audience claim (aud) {}. Expected a non-empty string or a non-empty array of non-empty strings.",
            shown(aud)
        );
    }
    let expected: Vec<Json> = rules.audience.iter().cloned().map(Json::String).collect();
    format!(
        "OAuth audience mismatch. Verification expected audience {}, but incoming token has aud {}.",
        to_text(&Json::Array(expected)),
        shown(aud)
    )
}

/// What is wrong, and what to do where Clerk says so.
fn describe(
    exact: Reason,
    token: Option<&UnverifiedJwt>,
    rules: &Rules,
    now: UnixMillis,
) -> (String, Option<Cow<'static, str>>) {
    let claims = token.map(UnverifiedJwt::unverified);
    let ensure = Some(Cow::Borrowed(ENSURE_CLERK_JWT));
    let header = |name| shown(token.and_then(|token| token.header().get(name)));
    let claim = |name| shown(claims.and_then(|claims| claims.get(name)));
    match exact {
        Reason::TokenNotCompact | Reason::TokenEncrypted => (
            "Invalid JWT form. A JWT consists of three parts separated by dots.".into(),
            ensure_form(),
        ),
        Reason::TokenNotBase64url
        | Reason::TokenNotUtf8
        | Reason::TokenNotJson
        | Reason::TokenNotObject => {
            let text = "Invalid JWT form. The header, payload, or signature could not be decoded.";
            (text.into(), ensure_form())
        }
        Reason::CatMismatch => ("Invalid session token category.".into(), ensure),
        Reason::TypMismatch => {
            (format!("Invalid JWT type {}. Expected \"JWT\".", header("typ")), ensure)
        }
        Reason::AlgMissing | Reason::AlgNone | Reason::AlgUnsupported | Reason::AlgNotAllowed => {
            let alg = header("alg");
            (format!("Invalid JWT algorithm {alg}. Supported: RS256,RS384,RS512."), ensure)
        }
        Reason::AlgKeyMismatch => {
            let text = "Error verifying JWT signature. Error: JWK \"alg\" does not match the requested algorithm";
            (text.into(), ensure)
        }
        Reason::TokenInvalidSignature => ("JWT signature is invalid.".into(), None),
        Reason::SubInvalid => {
            let sub = claim("sub");
            (
                format!("Subject claim (sub) is required and must be a string. Received {sub}."),
                ensure,
            )
        }
        Reason::AudMismatch | Reason::AudInvalid => (audience(claims, rules), ensure),
        Reason::AzpMissing | Reason::AzpMismatch => {
            let parties = rules.authorized_parties.join(",");
            let azp = claim("azp");
            let text = "Invalid JWT Authorized party claim (azp)";
            (format!("{text} {azp}. Expected \"{parties}\"."), None)
        }
        Reason::ExpMissing | Reason::ExpInvalid => (
            format!("Invalid JWT expiry date claim (exp) {}. Expected number.", claim("exp")),
            ensure,
        ),
        Reason::NbfInvalid => {
            let nbf = claim("nbf");
            (format!("Invalid JWT not before date claim (nbf) {nbf}. Expected number."), ensure)
        }
        Reason::IatInvalid => {
            let iat = claim("iat");
            (format!("Invalid JWT issued at date claim (iat) {iat}. Expected number."), ensure)
        }
        Reason::TokenExpired | Reason::TokenNotActiveYet | Reason::TokenIatInTheFuture => {
            (time(exact, claims, now), None)
        }
        other => key(other, token),
    }
}

/// Clerk names no action for a token of the wrong form.
const fn ensure_form() -> Option<Cow<'static, str>> {
    None
}

fn audience(claims: Option<&Claims>, rules: &Rules) -> String {
    let aud = claims.and_then(|claims| claims.get("aud"));
    let array =
        if aud.is_some_and(|aud| aud.as_array().is_some()) { "claim array" } else { "claim" };
    let expected: Vec<Json> = rules.audience.iter().cloned().map(Json::String).collect();
    let expected = to_text(&Json::Array(expected));
    format!("Invalid JWT audience {array} (aud) {}. Is not included in \"{expected}\".", shown(aud))
}

fn time(exact: Reason, claims: Option<&Claims>, now: UnixMillis) -> String {
    let date = |name| {
        let seconds = claims.and_then(|claims| claims.get(name)).and_then(Json::as_integer);
        utc_string(UnixMillis(seconds.unwrap_or(0).saturating_mul(1000)))
    };
    let now = utc_string(now);
    match exact {
        Reason::TokenExpired => {
            format!("JWT is expired. Expiry date: {}, Current date: {now}.", date("exp"))
        }
        Reason::TokenNotActiveYet => format!(
            "JWT cannot be used prior to not before date claim (nbf). Not before date: {}; Current date: {now};",
            date("nbf")
        ),
        _ => format!(
            "JWT issued at date claim (iat) is in the future. Issued at date: {}; Current date: {now};",
            date("iat")
        ),
    }
}

fn key(exact: Reason, token: Option<&UnverifiedJwt>) -> (String, Option<Cow<'static, str>>) {
    match exact {
        Reason::KeyNotFound | Reason::KidMissing => {
            let kid = token.and_then(|token| token.header().kid()).unwrap_or("undefined");
            (
                format!(
                    "Unable to find a signing key in JWKS that matches the kid='{kid}' of the provided session token. Please make sure that the __session cookie or the HTTP authorization header contain a Clerk-generated session JWT."
                ),
                Some(Cow::Borrowed(
                    "Go to your Dashboard and validate your secret and public keys are correct. Contact support@clerk.com if the issue persists.",
                )),
            )
        }
        Reason::KeysUnavailable => (
            "Failed to load JWKS from Clerk Backend or Frontend API.".into(),
            Some(Cow::Borrowed(CONTACT_SUPPORT)),
        ),
        own => (own.message().to_string(), None),
    }
}

/// A value as `JSON.stringify` shows it; the bare word for one that is not there.
fn shown(value: Option<&Json>) -> String {
    value.map_or_else(|| "undefined".into(), to_text)
}
