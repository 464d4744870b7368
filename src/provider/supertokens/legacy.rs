//! Access tokens of versions 1 and 2: standard base64 with padding, a fixed header, no `kid`.

use alloc::vec::Vec;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use crate::budget::Budget;
use crate::claims::{Claims, UnverifiedClaims};
use crate::key::{Algorithm, VerifyingKey};
use crate::provider::Context;
use crate::provider::jwt::VerifiedToken;
use crate::reason::Reason;
use crate::token::Header;

/// `{"alg":"RS256","typ":"JWT","version":"1"}`
const V1: &str = "eyJhbGciOiJSUzI1NiIsInR5cCI6IkpXVCIsInZlcnNpb24iOiIxIn0=";
/// `{"alg":"RS256","typ":"JWT","version":"2"}`
const V2: &str = "eyJhbGciOiJSUzI1NiIsInR5cCI6IkpXVCIsInZlcnNpb24iOiIyIn0=";

/// A token of an old version, taken apart but not verified.
pub(super) struct LegacyJwt<'t> {
    signing_input: &'t str,
    header: Header,
    claims: UnverifiedClaims,
    signature: Vec<u8>,
}

impl<'t> LegacyJwt<'t> {
    /// `None` for tokens of other versions.
    pub(super) fn parse(text: &'t str, budget: &Budget) -> Result<Option<Self>, Reason> {
        if text.len() > budget.token_bytes {
            return Err(Reason::TokenTooLarge);
        }
        let Some((header, _)) =
            text.split_once('.').filter(|(header, _)| [V1, V2].contains(header))
        else {
            return Ok(None);
        };
        let (signing_input, signature) = text.rsplit_once('.').ok_or(Reason::TokenNotCompact)?;
        let (_, payload) = signing_input.split_once('.').ok_or(Reason::TokenNotCompact)?;
        if payload.contains('.') {
            return Err(Reason::TokenNotCompact);
        }
        Ok(Some(Self {
            signing_input,
            header: Header::parse(&decode(header)?, budget)?,
            claims: UnverifiedClaims::parse(&decode(payload)?, budget)?,
            signature: decode(signature)?,
        }))
    }

    /// The claims, not vouched for.
    pub(super) fn unverified(&self) -> &Claims {
        self.claims.unverified()
    }

    pub(super) fn verify(&self, key: &VerifyingKey, context: &Context<'_>) -> Result<(), Reason> {
        if key.algorithm() != Algorithm::Rs256 {
            return Err(Reason::AlgKeyMismatch);
        }
        let verdict = context.verifier.verify(key, self.signing_input.as_bytes(), &self.signature);
        verdict.map_err(|_| Reason::TokenInvalidSignature)
    }

    /// To be called after [`verify`](Self::verify) said yes, and at no other time.
    pub(super) fn signature_was_verified(self) -> VerifiedToken {
        VerifiedToken { header: self.header, claims: self.claims.signature_was_verified() }
    }
}

/// Whether a token is of an old version.
pub(super) fn is_legacy(text: &str) -> bool {
    let starts_with = |header| text.strip_prefix(header).is_some_and(|rest| rest.starts_with('.'));
    [V1, V2].into_iter().any(starts_with)
}

fn decode(part: &str) -> Result<Vec<u8>, Reason> {
    STANDARD.decode(part).map_err(|_| Reason::TokenNotBase64url)
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::format;

    #[test]
    fn only_the_fixed_headers_are_legacy() {
        let payload = STANDARD.encode("{}");
        let parse =
            |text: &str| LegacyJwt::parse(text, &Budget::DEFAULT).map(|token| token.is_some());
        assert_eq!(parse(&format!("{V1}.{payload}.AA==")), Ok(true));
        assert_eq!(parse(&format!("{V2}.{payload}.AA==")), Ok(true));
        let unpadded = V2.trim_end_matches('=');
        assert_eq!(parse(&format!("{unpadded}.{payload}.AA==")), Ok(false));
        for (rest, reason) in [
            ("", Reason::TokenNotCompact),
            (&*format!(".{payload}"), Reason::TokenNotCompact),
            (&format!(".{payload}.AA==.AA=="), Reason::TokenNotCompact),
            (&format!(".{payload}.AA"), Reason::TokenNotBase64url),
            (&format!(".{payload}.A_=="), Reason::TokenNotBase64url),
            (".AA==.AA==", Reason::TokenNotJson),
        ] {
            if !rest.is_empty() {
                assert_eq!(parse(&format!("{V2}{rest}")), Err(reason), "{rest}");
            }
        }
        assert_eq!(parse(V2), Ok(false));
        let large = format!("{V2}.{}", "A".repeat(Budget::DEFAULT.token_bytes));
        assert_eq!(parse(&large), Err(Reason::TokenTooLarge));
    }
}
