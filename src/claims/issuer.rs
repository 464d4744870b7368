//! Who issued a token: `iss` (RFC 7519 section 4.1.1).

use super::Claims;
use crate::reason::Reason;

/// Checks that `iss` is exactly `expected`, byte by byte: no normalisation, no prefix.
pub(crate) fn check_issuer(claims: &Claims, expected: &str) -> Result<(), Reason> {
    match claims.str("iss") {
        Some(issuer) if issuer == expected => Ok(()),
        Some(_) => Err(Reason::IssMismatch),
        None => Err(Reason::IssMissing),
    }
}

#[cfg(test)]
mod tests {
    use super::super::UnverifiedClaims;
    use super::*;
    use crate::budget::Budget;

    #[test]
    fn issuers_are_compared_exactly() {
        for (text, verdict) in [
            (r#"{"iss":"https://i.example"}"#, Ok(())),
            (r#"{"iss":"https://i.example/"}"#, Err(Reason::IssMismatch)),
            (r#"{"iss":"https://I.example"}"#, Err(Reason::IssMismatch)),
            (r#"{"iss":"https://\u0456.example"}"#, Err(Reason::IssMismatch)),
            (r#"{"iss":["https://i.example"]}"#, Err(Reason::IssMissing)),
            ("{}", Err(Reason::IssMissing)),
        ] {
            let claims = UnverifiedClaims::parse(text.as_bytes(), &Budget::DEFAULT).unwrap();
            let claims = claims.signature_was_verified();
            assert_eq!(check_issuer(&claims, "https://i.example"), verdict, "{text}");
        }
    }
}
