//! Base64url without padding, in its one canonical form (RFC 7515 section 2, RFC 4648 section 3.5).
//!
//! Padding, `+`, `/`, white space and non-zero trailing bits are refused, so that two different
//! texts never stand for the same token.

use alloc::string::String;
use alloc::vec::Vec;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

/// The bytes that `text` stands for, or `None` when it is not canonical base64url.
pub(crate) fn decode(text: &str) -> Option<Vec<u8>> {
    URL_SAFE_NO_PAD.decode(text).ok()
}

/// The canonical text for `bytes`.
pub(crate) fn encode(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_canonical_text_is_accepted() {
        assert_eq!(decode("aGk"), Some(b"hi".to_vec()));
        assert_eq!(decode(""), Some(Vec::new()));
        for wrong in ["aGk=", "aGl", "aG k", "aGk\n", "a", "+A", "/A", "aGk.", "ä"] {
            assert_eq!(decode(wrong), None, "{wrong:?}");
        }
    }

    #[test]
    fn encoding_and_decoding_are_inverse() {
        for length in 0..64_u8 {
            let bytes: Vec<u8> = (0..length).map(|i| i.wrapping_mul(37)).collect();
            assert_eq!(decode(&encode(&bytes)), Some(bytes));
        }
    }
}
