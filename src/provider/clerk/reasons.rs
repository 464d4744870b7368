//! Clerk's own words for refusals: a user who comes from there finds the codes that he knows.

use crate::reason::Reason;

/// The word that Clerk has for the exact rule, or the rule itself where Clerk has none.
pub(super) const fn word(exact: Reason) -> Reason {
    match exact {
        Reason::TokenNotCompact
        | Reason::TokenEncrypted
        | Reason::TokenNotBase64url
        | Reason::TokenNotUtf8
        | Reason::TokenNotJson
        | Reason::TokenNotObject
        | Reason::HeaderMemberType
        | Reason::TypMismatch => Reason::TokenInvalid,
        Reason::AlgMissing | Reason::AlgNone | Reason::AlgUnsupported | Reason::AlgNotAllowed => {
            Reason::TokenInvalidAlgorithm
        }
        Reason::CatMismatch => Reason::TokenTypeMismatch,
        Reason::KeyNotFound | Reason::KidMissing => Reason::JwkKidMismatch,
        Reason::KeysUnavailable | Reason::KeySetTooLarge | Reason::KeySetMalformed => {
            Reason::JwkRemoteFailedToLoad
        }
        Reason::AlgKeyMismatch
        | Reason::KeyUnusable
        | Reason::SubInvalid
        | Reason::AudInvalid
        | Reason::AudMismatch
        | Reason::ExpMissing
        | Reason::ExpInvalid
        | Reason::NbfInvalid
        | Reason::IatInvalid => Reason::TokenVerificationFailed,
        Reason::AzpMissing | Reason::AzpMismatch => Reason::TokenInvalidAuthorizedParties,
        own => own,
    }
}
