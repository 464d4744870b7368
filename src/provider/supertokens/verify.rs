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
