//! A signed token in compact form (RFC 7515 section 7.1), taken apart but not verified.

use alloc::boxed::Box;
use alloc::vec::Vec;

use crate::base64url;
use crate::budget::Budget;
use crate::bytes::equal;
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
        Self::parse_after(None, text, budget)
    }

    /// The same for a token after another, whose header as it stands in the token may be `known`:
    /// the tokens of an issuer mostly have the same one.
    pub(crate) fn parse_after(
        known: Option<&(Box<str>, Header)>,
        text: &'t str,
        budget: &Budget,
    ) -> Result<Self, Reason> {
        if text.len() > budget.token_bytes {
            return Err(Reason::TokenTooLarge);
        }
        let [header, payload, signature] = split(text)?;
        let header = match known {
            Some((own, parsed)) if equal(own.as_bytes(), header.as_bytes()) => parsed.clone(),
            _ => Header::parse(&decode(header)?, budget)?,
        };
        let payload = decode(payload)?;
        let signing_input = signing_input(text)?;
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
        verify_input(self.signing_input, &self.header, &self.signature, key, verifier)
    }

    /// The header and the bytes of payload and signature, without copying them.
    #[must_use]
    pub fn into_parts(self) -> (Header, Vec<u8>, Vec<u8>) {
        (self.header, self.payload, self.signature)
    }
}

/// Verifies the signature of a compact token that was taken apart before.
pub(crate) fn verify_signature(
    text: &str,
    header: &Header,
    signature: &[u8],
    key: &VerifyingKey,
    verifier: &dyn SignatureVerifier,
) -> Result<(), Reason> {
    verify_input(signing_input(text)?, header, signature, key, verifier)
}

/// Everything before the last point.
fn signing_input(text: &str) -> Result<&str, Reason> {
    let end = memchr::memrchr(b'.', text.as_bytes()).ok_or(Reason::TokenNotCompact)?;
    text.get(..end).ok_or(Reason::TokenNotCompact)
}

fn verify_input(
    signing_input: &str,
    header: &Header,
    signature: &[u8],
    key: &VerifyingKey,
    verifier: &dyn SignatureVerifier,
) -> Result<(), Reason> {
    if header.algorithm()? != key.algorithm() {
        return Err(Reason::AlgKeyMismatch);
    }
    let verdict = verifier.verify(key, signing_input.as_bytes(), signature);
    verdict.map_err(|_| Reason::TokenInvalidSignature)
}

/// The three parts. Five parts are a token of the other kind (RFC 7516 section 9).
fn split(text: &str) -> Result<[&str; 3], Reason> {
    let mut points = memchr::memchr_iter(b'.', text.as_bytes());
    let (Some(first), Some(second)) = (points.next(), points.next()) else {
        return Err(Reason::TokenNotCompact);
    };
    match points.count() {
        0 => {}
        2 => return Err(Reason::TokenEncrypted),
        _ => return Err(Reason::TokenNotCompact),
    }
    let parts = (text.get(..first), text.get(first + 1..second), text.get(second + 1..));
    match parts {
        (Some(header), Some(payload), Some(signature)) => Ok([header, payload, signature]),
        _ => Err(Reason::TokenNotCompact),
    }
}

fn decode(part: &str) -> Result<Vec<u8>, Reason> {
    base64url::decode(part).ok_or(Reason::TokenNotBase64url)
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::format;

    /// `{"alg":"HS256"}`
    const HEADER: &str = "eyJhbGciOiJIUzI1NiJ9";

    fn parse(text: &str) -> Result<Jws<'_>, Reason> {
        Jws::parse(text, &Budget::DEFAULT)
    }

    #[test]
    fn a_token_is_taken_apart() {
        let text = format!("{HEADER}.aGk.AQID");
        let jws = parse(&text).unwrap();
        assert_eq!(jws.header().kid(), None);
        assert_eq!(jws.payload(), b"hi");
        assert_eq!(jws.signature(), [1, 2, 3]);
        assert_eq!(jws.signing_input(), format!("{HEADER}.aGk"));
        assert_eq!(jws.into_parts().1, b"hi");
        let empty = format!("{HEADER}..");
        let jws = parse(&empty).unwrap();
        assert!(jws.payload().is_empty() && jws.signature().is_empty());
    }

    #[test]
    fn there_are_exactly_three_parts() {
        for (text, reason) in [
            ("", Reason::TokenNotCompact),
            (HEADER, Reason::TokenNotCompact),
            ("a.b", Reason::TokenNotCompact),
            ("a.b.c.d", Reason::TokenNotCompact),
            ("a.b.c.d.e", Reason::TokenEncrypted),
            ("....", Reason::TokenEncrypted),
            ("a.b.c.d.e.f", Reason::TokenNotCompact),
            ("{\"payload\":\"\"}", Reason::TokenNotCompact),
        ] {
            assert_eq!(parse(text), Err(reason), "{text}");
        }
        assert_eq!(parse(".."), Err(Reason::TokenNotJson));
    }

    #[test]
    fn one_token_has_one_text() {
        for text in [
            format!("{HEADER}=.aGk.AQID"),
            format!("{HEADER}.aGk=.AQID"),
            format!("{HEADER}.aGk.AQID="),
            format!("{HEADER}.aGl.AQID"),
            format!("{HEADER}.aGk.AQJ"),
            format!("{HEADER}.aGk.A"),
            format!(" {HEADER}.aGk.AQID"),
            format!("{HEADER}.aGk.AQID\n"),
            format!("{HEADER}.aGk.AQ+D"),
            format!("{HEADER}.aGk.AQ/D"),
            format!("{HEADER}.aGk.AQID\0"),
            format!("{HEADER}.\u{1f600}.AQID"),
        ] {
            assert_eq!(parse(&text), Err(Reason::TokenNotBase64url), "{text:?}");
        }
    }

    #[test]
    fn the_size_is_bounded() {
        let token = |bytes: usize| format!("{HEADER}..{}", "A".repeat(bytes - HEADER.len() - 2));
        let too_large = token(Budget::DEFAULT.token_bytes + 1);
        assert_eq!(parse(&too_large), Err(Reason::TokenTooLarge));
        let exact = Budget { token_bytes: 40, ..Budget::DEFAULT };
        assert!(Jws::parse(&token(40), &exact).is_ok());
        assert_eq!(Jws::parse(&token(41), &exact), Err(Reason::TokenTooLarge));
    }
}
