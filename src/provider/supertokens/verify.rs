//! The verification of an access token, step by step as `supertokens-node` takes them.

use super::access_token::{AccessToken, SessionFacts, Version};
use super::csrf::CsrfCheck;
use crate::claims::Claims;
use crate::json::Json;
use crate::key::KeySource;
use crate::need::Halt;
use crate::provider::Context;
use crate::provider::jwt::VerifiedToken;
use crate::reason::Reason;
use crate::token::Header;

/// The rules for access tokens.
#[derive(Debug)]
pub(super) struct Rules {
    pub(super) keys: KeySource,
    pub(super) uses_dynamic_key: bool,
}

/// What is left of a token that was verified.
pub(super) struct Verified {
    pub(super) header: Header,
    pub(super) session: SessionFacts,
}

impl Rules {
    /// Signature, times, kind of key and anti-CSRF token, in this order.
    pub(super) fn verify(
        &self,
        token: AccessToken<'_>,
        csrf: &CsrfCheck<'_>,
        context: &Context<'_>,
    ) -> Result<Verified, Halt> {
        let version = token.version();
        let names_dynamic_key = token.names_dynamic_key();
        let VerifiedToken { header, claims } = token.verify(&self.keys, context)?;
        check_jwt_times(&claims, context)?;
        let session = SessionFacts::of(version, claims);
        if csrf.is_by_token() && session.anti_csrf_token.is_none() {
            return Err(Reason::AntiCsrfTokenMissing.into());
        }
        if session.expires < millis(context) {
            return Err(Reason::TokenExpired.into());
        }
        if version >= Version::V3 && names_dynamic_key != Some(self.uses_dynamic_key) {
            return Err(Reason::SigningKeyMismatch.into());
        }
        csrf.compare(&session)?;
        Ok(Verified { header, session })
    }
}

/// RFC 7519 sections 4.1.4 to 4.1.6, in whole seconds and without leeway; a token of the future is
/// fine, because the clocks of the core and of this host may differ.
fn check_jwt_times(claims: &Claims, context: &Context<'_>) -> Result<(), Reason> {
    let number = |name, wrong: Reason| match claims.get(name) {
        None => Ok(None),
        Some(value) => Json::as_number(value).map(Some).ok_or(wrong),
    };
    let now = whole_seconds(context);
    number("iat", Reason::IatInvalid)?;
    if number("nbf", Reason::NbfInvalid)?.is_some_and(|nbf| nbf > now) {
        return Err(Reason::TokenNotActiveYet);
    }
    if number("exp", Reason::ExpInvalid)?.is_some_and(|exp| exp <= now) {
        return Err(Reason::TokenExpired);
    }
    Ok(())
}

#[expect(clippy::cast_precision_loss, reason = "a time in JavaScript is a double")]
fn millis(context: &Context<'_>) -> f64 {
    context.now.0 as f64
}

#[expect(clippy::cast_precision_loss, reason = "a time in JavaScript is a double")]
fn whole_seconds(context: &Context<'_>) -> f64 {
    context.now.0.div_euclid(1000) as f64
}

#[cfg(test)]
#[cfg(feature = "ring")]
mod tests {
    use super::super::config::AntiCsrf;
    use super::*;
    use crate::budget::Budget;
    use crate::key::{Algorithm, KeySet};
    use crate::mint::{JWKS, Signer, mint_with};
    use crate::provider::with_context;
    use crate::request::RequestHead;
    use crate::time::UnixMillis;
    use alloc::format;
    use alloc::string::String;

    const EXP: i64 = 1_000;

    /// The keys of the fixtures under names as the core gives them.
    fn rules(uses_dynamic_key: bool) -> Rules {
        rules_with("s-1", uses_dynamic_key)
    }

    fn rules_with(static_kid: &str, uses_dynamic_key: bool) -> Rules {
        let jwks = JWKS.replace("rsa-2048-a", "d-1").replace("rsa-2048-b", static_kid);
        let jwks = Json::parse(jwks.as_bytes(), &Budget::DEFAULT).unwrap();
        let keys = KeySet::from_jwks(&jwks, &[Algorithm::Rs256], &Budget::DEFAULT).unwrap();
        Rules { keys: KeySource::Given(keys), uses_dynamic_key }
    }

    fn token(kid: &str, signer: Signer, change: (&str, &str)) -> String {
        let header = format!(r#"{{"alg":"RS256","typ":"JWT","kid":"{kid}","version":"5"}}"#);
        let payload = format!(
            r#"{{"sub":"u","rsub":"r","tId":"t","exp":{EXP},"iat":1,"sessionHandle":"h","refreshTokenHash1":"x","antiCsrfToken":"c"}}"#
        );
        assert!(payload.contains(change.0));
        let payload = payload.replace(change.0, change.1);
        mint_with(signer, "RS256", header.as_bytes(), payload.as_bytes())
    }

    /// What the rules say of a token at a time in ms.
    fn verdict(rules: &Rules, token: &str, csrf: &CsrfCheck<'_>, now: i64) -> Result<(), Reason> {
        with_context(|context| {
            let context = Context { now: UnixMillis(now), ..*context };
            let parsed = AccessToken::parse(token, &context).unwrap();
            match rules.verify(parsed, csrf, &context) {
                Ok(Verified { session, .. }) => {
                    assert_eq!((session.user_id.as_str(), session.tenant_id.as_str()), ("u", "t"));
                    Ok(())
                }
                Err(Halt::Refused(reason)) => Err(reason),
                Err(Halt::Need(need)) => panic!("{need:?}"),
            }
        })
    }

    fn at(change: (&str, &str), now: i64) -> Result<(), Reason> {
        verdict(&rules(true), &token("d-1", Signer::Rsa2048A, change), &CsrfCheck::none(None), now)
    }

    #[test]
    fn times_are_whole_seconds_without_leeway() {
        let exp = ("\"exp\":1000", "\"exp\":1000");
        assert_eq!(at(exp, 999_999), Ok(()));
        assert_eq!(at(exp, 1_000_000), Err(Reason::TokenExpired));
        // The second comparison is in ms: a fraction counts up to its end.
        let fraction = ("\"exp\":1000", "\"exp\":1000.5");
        assert_eq!(at(fraction, 1_000_500), Ok(()));
        assert_eq!(at(fraction, 1_000_501), Err(Reason::TokenExpired));
        let future = ("\"iat\":1", "\"iat\":9000");
        assert_eq!(at(future, 2_000), Ok(()));
        for (nbf, expected) in [
            ("2", Ok(())),
            ("2.5", Err(Reason::TokenNotActiveYet)),
            ("3", Err(Reason::TokenNotActiveYet)),
            ("\"2\"", Err(Reason::NbfInvalid)),
            ("null", Err(Reason::NbfInvalid)),
        ] {
            let nbf = format!("\"iat\":1,\"nbf\":{nbf}");
            assert_eq!(at(("\"iat\":1", &nbf), 2_999), expected, "{nbf}");
        }
    }

    #[test]
    fn the_kind_of_key_is_the_one_that_is_expected() {
        let same = ("u", "u");
        for (kid, signer, dynamic, expected) in [
            ("d-1", Signer::Rsa2048A, true, Ok(())),
            ("d-1", Signer::Rsa2048A, false, Err(Reason::SigningKeyMismatch)),
            ("s-1", Signer::Rsa2048B, false, Ok(())),
            ("s-1", Signer::Rsa2048B, true, Err(Reason::SigningKeyMismatch)),
            ("s-1", Signer::Rsa2048A, false, Err(Reason::TokenInvalidSignature)),
            ("d-2", Signer::Rsa2048A, true, Err(Reason::KeyNotFound)),
        ] {
            let token = token(kid, signer, same);
            let check = CsrfCheck::none(None);
            assert_eq!(verdict(&rules(dynamic), &token, &check, 0), expected, "{kid}");
        }
        // Any other name is that of a static key.
        let token = token("x", Signer::Rsa2048B, same);
        assert_eq!(verdict(&rules_with("x", false), &token, &CsrfCheck::none(None), 0), Ok(()));
    }

    #[test]
    fn steps_are_taken_in_the_order_of_the_peer() {
        let head = RequestHead::new("POST", "https://a/", &[("anti-csrf", "wrong")]).unwrap();
        let check = CsrfCheck::of(&head, AntiCsrf::ViaToken, None);
        let none = ("\"antiCsrfToken\":\"c\"", "\"antiCsrfToken\":null");
        let same = ("u", "u");
        let say = |signer, change, dynamic, now| {
            verdict(&rules(dynamic), &token("d-1", signer, change), &check, now)
        };
        let (a, b) = (Signer::Rsa2048A, Signer::Rsa2048B);
        let late = EXP * 1000;
        assert_eq!(say(b, none, false, late), Err(Reason::TokenInvalidSignature));
        assert_eq!(say(a, none, false, late), Err(Reason::TokenExpired));
        assert_eq!(say(a, none, false, 0), Err(Reason::AntiCsrfTokenMissing));
        assert_eq!(say(a, same, false, 0), Err(Reason::SigningKeyMismatch));
        assert_eq!(say(a, same, true, 0), Err(Reason::AntiCsrfTokenMismatch));
    }
}
