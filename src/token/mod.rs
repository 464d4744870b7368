//! Signed tokens (RFC 7515): their text, their header, their signature.

mod header;
mod jws;

use alloc::vec::Vec;

pub use header::Header;
pub use jws::Jws;

use crate::budget::Budget;
use crate::json::JsonFault;
use crate::key::{KeySet, Lookup};
use crate::reason::Reason;
use crate::signature::SignatureVerifier;

/// A token whose signature is valid. Its claims have not been looked at.
#[derive(Clone, Debug, PartialEq)]
pub struct VerifiedJws {
    /// The header.
    pub header: Header,
    /// The bytes of the payload.
    pub payload: Vec<u8>,
}

/// Verifies the signature of a compact token with the key that it names.
///
/// # Errors
/// Says which rule the token breaks, or that it has no key, or that the signature is not valid.
///
/// # Examples
/// ```
/// # #[cfg(feature = "ring")] {
/// use sessiongate::{Algorithm, Budget, KeySet, Reason, RingVerifier, VerifyingKey, verify_jws};
///
/// let key = VerifyingKey::from_secret(&[7; 32], Algorithm::Hs256).unwrap();
/// let keys = KeySet::from_key(key);
/// let unsigned = "eyJhbGciOiJub25lIn0.e30.";
/// assert_eq!(
///     verify_jws(unsigned, &keys, &RingVerifier, &Budget::DEFAULT),
///     Err(Reason::AlgNone)
/// );
/// # }
/// ```
pub fn verify_jws(
    token: &str,
    keys: &KeySet,
    verifier: &dyn SignatureVerifier,
    budget: &Budget,
) -> Result<VerifiedJws, Reason> {
    let jws = Jws::parse(token, budget)?;
    let key = match keys.find(jws.header().kid(), jws.header().algorithm()) {
        Lookup::Found(key) => key,
        Lookup::AlgMismatch => return Err(Reason::AlgKeyMismatch),
        Lookup::Unknown => return Err(Reason::KeyNotFound),
        Lookup::KidMissing => return Err(Reason::KidMissing),
        Lookup::Ambiguous => return Err(Reason::KidAmbiguous),
        Lookup::Unusable(_) => return Err(Reason::KeyUnusable),
    };
    jws.verify(key, verifier)?;
    let (header, payload) = jws.into_parts();
    Ok(VerifiedJws { header, payload })
}

/// What a fault in the JSON of a token's header or payload is called.
impl From<JsonFault> for Reason {
    fn from(fault: JsonFault) -> Self {
        match fault {
            JsonFault::NotUtf8 => Self::TokenNotUtf8,
            JsonFault::Syntax => Self::TokenNotJson,
            JsonFault::DuplicateMember => Self::TokenDuplicateMember,
            JsonFault::TooDeep => Self::TokenTooDeep,
            JsonFault::TooManyMembers => Self::TokenTooManyMembers,
        }
    }
}
