//! A signed token in compact form (RFC 7515 section 7.1), taken apart but not verified.

use alloc::vec::Vec;

use crate::base64url;
use crate::budget::Budget;
use crate::key::VerifyingKey;
use crate::reason::Reason;
use crate::signature::SignatureVerifier;
use crate::token::header::Header;

/// The parts of a token. Nothing in it is to be believed before [`verify`](Self::verify).
#[derive(Clone, Debug, PartialEq)]
pub struct Jws<'t> {
    signing_input: &'t str,
    header: Header,
    payload: Vec<u8>,
    signature: Vec<u8>,
}

impl<'t> Jws<'t> {
    /// Takes a token apart: exactly three parts, canonical base64url, a header within the rules.
    ///
    /// # Errors
    /// Says which rule the text or the header breaks.
    pub fn parse(text: &'t str, budget: &Budget) -> Result<Self, Reason> {
        if text.len() > budget.token_bytes {
            return Err(Reason::TokenTooLarge);
        }
        let [header, payload, signature] = split(text)?;
        let header = Header::parse(&decode(header)?, budget)?;
        let payload = decode(payload)?;
        let (signing_input, _) = text.rsplit_once('.').ok_or(Reason::TokenNotCompact)?;
        let signature = decode(signature)?;
        Ok(Self { signing_input, header, payload, signature })
    }

    /// The header; unverified like the rest.
    #[must_use]
    pub const fn header(&self) -> &Header {
        &self.header
    }

    /// The decoded bytes of the payload; unverified like the rest.
    #[must_use]
    pub fn payload(&self) -> &[u8] {
        &self.payload
    }

    /// The decoded bytes of the signature.
    #[must_use]
    pub fn signature(&self) -> &[u8] {
        &self.signature
    }

    /// What is signed: header and payload as they were received (RFC 7515 section 5.2, step 8).
    #[must_use]
    pub const fn signing_input(&self) -> &'t str {
        self.signing_input
    }

    /// Verifies the signature with `key`, whose algorithm must be that of the header.
    ///
    /// # Errors
    /// [`Reason::AlgKeyMismatch`] or [`Reason::TokenInvalidSignature`].
    pub fn verify(
        &self,
        key: &VerifyingKey,
        verifier: &dyn SignatureVerifier,
    ) -> Result<(), Reason> {
        if self.header.algorithm() != key.algorithm() {
            return Err(Reason::AlgKeyMismatch);
        }
        verifier
            .verify(key, self.signing_input.as_bytes(), &self.signature)
            .map_err(|_| Reason::TokenInvalidSignature)
    }

    /// The header and the bytes of the payload, without copying them.
    #[must_use]
    pub fn into_parts(self) -> (Header, Vec<u8>) {
        (self.header, self.payload)
    }
}

/// The three parts. Five parts are a token of the other kind (RFC 7516 section 9).
fn split(text: &str) -> Result<[&str; 3], Reason> {
    let mut parts = text.split('.');
    match (parts.next(), parts.next(), parts.next(), parts.count()) {
        (Some(header), Some(payload), Some(signature), 0) => Ok([header, payload, signature]),
        (_, _, _, 2) => Err(Reason::TokenEncrypted),
        _ => Err(Reason::TokenNotCompact),
    }
}

fn decode(part: &str) -> Result<Vec<u8>, Reason> {
    base64url::decode(part).ok_or(Reason::TokenNotBase64url)
}
