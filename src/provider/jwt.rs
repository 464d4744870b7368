//! The steps that every provider takes with a JWT, for it to put in its own order.

use alloc::boxed::Box;
use alloc::sync::Arc;
use alloc::vec::Vec;

use crate::auth::Auth;
use crate::budget::Budget;
use crate::cache::Known;
use crate::claims::{Claims, UnverifiedClaims};
use crate::key::VerifyingKey;
use crate::need::Halt;
use crate::provider::Context;
use crate::reason::Reason;
use crate::token::{Header, Jws, verify_signature as verify_jws_signature};

/// A token whose signature is valid and whose claims are accepted.
#[derive(Clone, Debug, PartialEq)]
pub struct VerifiedToken {
    /// The JOSE header.
    pub header: Header,
    /// The claims.
    pub claims: Claims,
}

/// The parts of a token that is well formed and nothing more.
#[derive(Debug)]
pub(crate) struct ParsedJwt {
    header: Header,
    claims: UnverifiedClaims,
    signature: Vec<u8>,
}

impl ParsedJwt {
    /// Takes a compact token apart (RFC 7519 section 7.2, steps 1 to 10).
    pub(crate) fn parse(token: &str, budget: &Budget) -> Result<Self, Reason> {
        Self::parse_numbered(0, None, token, budget)
    }

    /// The same with a number for its claims that no others of the gate have, after a token whose
    /// header, as it stood there, is `known`.
    pub(crate) fn parse_numbered(
        number: u64,
        known: Option<&(Box<str>, Header)>,
        token: &str,
        budget: &Budget,
    ) -> Result<Self, Reason> {
        let jws = Jws::parse_after(known, token, budget)?;
        let (header, payload, signature) = jws.into_parts();
        let claims = UnverifiedClaims::parse_numbered(number, payload, budget)?;
        Ok(Self { header, claims, signature })
    }

    pub(crate) const fn header(&self) -> &Header {
        &self.header
    }

    /// The claims, not vouched for.
    pub(crate) fn unverified(&self) -> &Claims {
        self.claims.unverified()
    }

    /// About how many bytes it takes up.
    pub(crate) fn size(&self) -> usize {
        let values = self.header.members().size() + self.unverified().as_json().size();
        values + self.unverified().json().len() + self.signature.len()
    }
}

/// A token that is well formed and nothing more.
pub(crate) struct UnverifiedJwt {
    known: Known,
}

impl UnverifiedJwt {
    /// Takes a compact token apart, unless that was done before.
    pub(crate) fn parse(text: &str, context: &Context<'_>) -> Result<Self, Reason> {
        Ok(Self { known: context.tokens.parse(text, context.budget)? })
    }

    /// The token as it came.
    pub(crate) fn text(&self) -> Arc<str> {
        Arc::clone(&self.known.text)
    }

    pub(crate) fn header(&self) -> &Header {
        self.known.parsed.header()
    }

    /// The claims, not vouched for.
    pub(crate) fn unverified(&self) -> &Claims {
        self.known.parsed.unverified()
    }

    /// Verifies the signature with a key that was found for it, unless that was done before.
    pub(crate) fn verify(&self, key: &VerifyingKey, context: &Context<'_>) -> Result<(), Reason> {
        let Known { text, parsed, verified_with, .. } = &self.known;
        if verified_with.as_ref().is_some_and(|known| **known == *key) {
            return Ok(());
        }
        verify_jws_signature(text, parsed.header(), &parsed.signature, key, context.verifier)?;
        context.tokens.remember(text, parsed, key);
        Ok(())
    }

    /// To be called after [`verify`](Self::verify) said yes, or for a token that came straight from
    /// its issuer, and at no other time.
    pub(crate) fn signature_was_verified(self) -> VerifiedJwt {
        VerifiedJwt { known: self.known }
    }
}

/// A token that somebody vouches for.
pub(crate) struct VerifiedJwt {
    known: Known,
}

impl VerifiedJwt {
    pub(crate) fn claims(&self) -> &Claims {
        self.known.parsed.unverified()
    }

    /// The token as it came.
    pub(crate) fn text(&self) -> Arc<str> {
        Arc::clone(&self.known.text)
    }

    /// Who it is as `provider` reads the claims, with `read` and nothing else; read once for a token
    /// that is kept.
    pub(crate) fn identity(
        &self,
        provider: &'static str,
        context: &Context<'_>,
        read: impl FnOnce(Claims) -> Auth,
    ) -> Arc<Auth> {
        if let Some((reader, identity)) = &self.known.identity
            && *reader == provider
        {
            return Arc::clone(identity);
        }
        let identity = Arc::new(read(self.claims().clone()));
        context.tokens.remember_identity(&self.known.text, (provider, Arc::clone(&identity)));
        identity
    }

    /// The parts that an application sees.
    pub(crate) fn into_token(self) -> VerifiedToken {
        let ParsedJwt { header, claims, .. } = &*self.known.parsed;
        VerifiedToken { header: header.clone(), claims: claims.clone().signature_was_verified() }
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
