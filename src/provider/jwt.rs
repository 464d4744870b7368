//! The steps that every provider takes with a JWT, for it to put in its own order.

use crate::budget::Budget;
use crate::claims::{Claims, UnverifiedClaims};
use crate::key::VerifyingKey;
use crate::need::Halt;
use crate::provider::Context;
use crate::reason::Reason;
use crate::token::{Header, Jws};

/// A token whose signature is valid and whose claims are accepted.
#[derive(Clone, Debug, PartialEq)]
pub struct VerifiedToken {
    /// The JOSE header.
    pub header: Header,
    /// The claims.
    pub claims: Claims,
}

/// A token that is well formed and nothing more.
pub(crate) struct UnverifiedJwt<'t> {
    jws: Jws<'t>,
    claims: UnverifiedClaims,
}

impl<'t> UnverifiedJwt<'t> {
    /// Takes a compact token apart (RFC 7519 section 7.2, steps 1 to 10).
    pub(crate) fn parse(token: &'t str, budget: &Budget) -> Result<Self, Reason> {
        let jws = Jws::parse(token, budget)?;
        let claims = UnverifiedClaims::parse(jws.payload(), budget)?;
        Ok(Self { jws, claims })
    }

    pub(crate) fn header(&self) -> &Header {
        self.jws.header()
    }

    /// The claims, not vouched for.
    pub(crate) fn unverified(&self) -> &Claims {
        self.claims.unverified()
    }

    /// Verifies the signature with a key that was found for it.
    pub(crate) fn verify(&self, key: &VerifyingKey, context: &Context<'_>) -> Result<(), Reason> {
        self.jws.verify(key, context.verifier)
    }

    /// To be called after [`verify`](Self::verify) said yes, or for a token that came straight from
    /// its issuer, and at no other time.
    pub(crate) fn signature_was_verified(self) -> VerifiedToken {
        let (header, _) = self.jws.into_parts();
        VerifiedToken { header, claims: self.claims.signature_was_verified() }
    }
}

/// Turns the end of a chain of steps around: a refusal is an outcome, a need goes to the host.
pub(crate) fn outcome<T>(result: Result<T, Halt>) -> Result<Result<T, Reason>, crate::need::Need> {
    match result {
        Ok(value) => Ok(Ok(value)),
        Err(Halt::Refused(reason)) => Ok(Err(reason)),
        Err(Halt::Need(need)) => Err(need),
    }
}
