//! What a session token must meet, in Clerk's order: form, category, key, type, algorithm,
//! signature, then the claims.

use alloc::string::String;
use alloc::vec::Vec;

use crate::claims::{Claims, TimeRules, check_audience, check_authorized_party, check_issuer};
use crate::json::Json;
use crate::key::{Algorithm, KeySource};
use crate::need::Halt;
use crate::provider::Context;
use crate::provider::jwt::{UnverifiedJwt, VerifiedJwt};
use crate::reason::Reason;
use crate::time::UnixMillis;

/// The algorithms of session tokens.
pub(super) const ALGORITHMS: &[Algorithm] = &[Algorithm::Rs256, Algorithm::Rs384, Algorithm::Rs512];
/// Types of OAuth access tokens (RFC 9068 section 2.1).
pub(super) const ACCESS_TOKEN_TYPES: &[&str] = &["at+jwt", "application/at+jwt"];
/// How the subject of a machine token starts.
pub(super) const MACHINE_SUBJECT: &str = "mch_";

/// The header `cat` of session tokens, of machine tokens, and of tokens whose kind is not to be
/// looked at.
const CATEGORY_SESSION: &str = "cl_B7d4PD111AAA";
pub(super) const CATEGORY_MACHINE: &str = "cl_B7d4PD333AAA";
const CATEGORY_IGNORE: &str = "cl_I7d4PD111III";

/// The configured part of the rules.
#[derive(Clone, Debug)]
pub(super) struct Rules {
    pub(super) authorized_parties: Vec<String>,
    /// Whether a token without `azp` passes when parties are set.
    pub(super) azp_if_present: bool,
    pub(super) audience: Vec<String>,
    pub(super) issuer: Option<String>,
    pub(super) time: TimeRules,
}

/// What kind of token the verification is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Session,
    Machine,
    AccessToken,
}

impl Rules {
    /// Verifies a token that was not taken apart yet.
    pub(super) fn verify_text(
        &self,
        token: &str,
        kind: Kind,
        keys: &KeySource,
        context: &Context<'_>,
    ) -> Result<VerifiedJwt, Halt> {
        self.verify(UnverifiedJwt::parse(token, context)?, kind, keys, context)
    }

    /// Verifies a token.
    pub(super) fn verify(
        &self,
        token: UnverifiedJwt,
        kind: Kind,
        keys: &KeySource,
        context: &Context<'_>,
    ) -> Result<VerifiedJwt, Halt> {
        let category = category(&token).and_then(Json::as_str);
        if kind == Kind::Session && category == Some(CATEGORY_MACHINE) {
            return Err(Reason::CatMismatch.into());
        }
        verify_signature(&token, kind, keys, context)?;
        let verified = token.signature_was_verified();
        self.check(verified.claims(), kind, context.now)?;
        Ok(verified)
    }

    /// The claims, once the signature is known to be valid.
    fn check(&self, claims: &Claims, kind: Kind, now: UnixMillis) -> Result<(), Reason> {
        claims.str("sub").ok_or(Reason::SubInvalid)?;
        // Access tokens have a stricter rule of their own for the audience, after the others.
        let has_audience = claims.get("aud").is_some();
        if kind != Kind::AccessToken && !self.audience.is_empty() && has_audience {
            check_audience(claims, &self.audience)?;
        }
        if !(self.azp_if_present && claims.get("azp").is_none()) {
            check_authorized_party(claims, &self.authorized_parties)?;
        }
        if let Some(issuer) = &self.issuer {
            check_issuer(claims, issuer)?;
        }
        self.time.check(claims, now)
    }
}

/// Key, type, algorithm and signature.
pub(super) fn verify_signature(
    token: &UnverifiedJwt,
    kind: Kind,
    keys: &KeySource,
    context: &Context<'_>,
) -> Result<(), Halt> {
    let header = token.header();
    let algorithm = header.algorithm().ok().filter(|algorithm| ALGORITHMS.contains(algorithm));
    if header.kid().is_none() && keys.needs_kid() {
        return Err(Reason::KidMissing.into());
    }
    // Whether there is a key at all comes first; whether it fits the algorithm comes later.
    let key = match keys.find(header.kid(), algorithm.unwrap_or(Algorithm::Rs256), context.now) {
        Err(Halt::Refused(Reason::AlgKeyMismatch)) => None,
        found => Some(found?),
    };
    if !has_type(token, kind) {
        return Err(Reason::TypMismatch.into());
    }
    if algorithm.is_none() {
        return Err(header.algorithm().err().unwrap_or(Reason::AlgNotAllowed).into());
    }
    let key = key.ok_or(Reason::AlgKeyMismatch)?;
    Ok(token.verify(key, context)?)
}

fn has_type(token: &UnverifiedJwt, kind: Kind) -> bool {
    let typ = token.header().typ();
    match kind {
        Kind::AccessToken => is_access_token(token),
        Kind::Session | Kind::Machine => typ.is_none_or(|typ| typ.as_str() == Some("JWT")),
    }
}

/// Whether the token may be a session token. Those of machines, of OAuth clients and of JWT
/// templates are signed with the same key and must not pass as sessions.
pub(super) fn is_session_token(token: &UnverifiedJwt) -> bool {
    has_session_category(token) && !is_access_token(token) && !is_machine_token(token)
}

/// Whether the token says of itself that it is an OAuth access token.
pub(super) fn is_access_token(token: &UnverifiedJwt) -> bool {
    let typ = token.header().typ().and_then(Json::as_str);
    typ.is_some_and(|typ| ACCESS_TOKEN_TYPES.contains(&typ))
}

/// Whether the token says of itself that it is for a machine.
pub(super) fn is_machine_token(token: &UnverifiedJwt) -> bool {
    token.unverified().str("sub").is_some_and(|subject| subject.starts_with(MACHINE_SUBJECT))
}

/// Whether the category allows the token to be a session token; unknown ones do not.
pub(super) fn has_session_category(token: &UnverifiedJwt) -> bool {
    category(token).is_none_or(|category| {
        matches!(category.as_str(), Some(CATEGORY_SESSION | CATEGORY_IGNORE))
    })
}

pub(super) fn category(token: &UnverifiedJwt) -> Option<&Json> {
    token.header().cat()
}
