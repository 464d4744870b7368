//! Whom a token is for: `aud` (RFC 7519 section 4.1.3) and `azp` (OpenID Connect Core section 2).

use alloc::string::String;

use super::Claims;
use crate::json::Json;
use crate::reason::Reason;

/// Checks that `aud` names at least one of `expected`, compared byte by byte.
///
/// One string and an array of strings are the only shapes; nothing else is taken for an audience.
pub(crate) fn check_audience(claims: &Claims, expected: &[String]) -> Result<(), Reason> {
    let is_expected = |audience: &str| expected.iter().any(|one| one == audience);
    match claims.get("aud") {
        None => Err(Reason::AudMissing),
        Some(Json::String(audience)) if is_expected(audience) => Ok(()),
        Some(Json::String(_)) => Err(Reason::AudMismatch),
        Some(Json::Array(audiences)) => {
            let mut found = false;
            for audience in audiences {
                found |= is_expected(audience.as_str().ok_or(Reason::AudInvalid)?);
            }
            if found { Ok(()) } else { Err(Reason::AudMismatch) }
        }
        Some(_) => Err(Reason::AudInvalid),
    }
}

/// Checks that `azp` is exactly one of `parties`; no parties means no check.
pub(crate) fn check_authorized_party(claims: &Claims, parties: &[String]) -> Result<(), Reason> {
    if parties.is_empty() {
        return Ok(());
    }
    match claims.get("azp") {
        None => Err(Reason::AzpMissing),
        Some(Json::String(azp)) if parties.iter().any(|party| party == azp) => Ok(()),
        Some(_) => Err(Reason::AzpMismatch),
    }
}

#[cfg(test)]
mod tests {
    use super::super::UnverifiedClaims;
    use super::*;
    use crate::budget::Budget;
    use alloc::vec;

    fn claims(text: &str) -> Claims {
        let claims = UnverifiedClaims::parse(text.as_bytes(), &Budget::DEFAULT).unwrap();
        claims.signature_was_verified()
    }

    #[test]
    fn an_audience_is_a_string_or_an_array_of_strings() {
        let expected = vec!["api".into(), "web".into()];
        for (text, verdict) in [
            (r#"{"aud":"web"}"#, Ok(())),
            (r#"{"aud":["x","api"]}"#, Ok(())),
            (r#"{"aud":"we"}"#, Err(Reason::AudMismatch)),
            (r#"{"aud":"web "}"#, Err(Reason::AudMismatch)),
            (r#"{"aud":[]}"#, Err(Reason::AudMismatch)),
            (r#"{"aud":["api",1]}"#, Err(Reason::AudInvalid)),
            (r#"{"aud":{"web":1}}"#, Err(Reason::AudInvalid)),
            (r#"{"aud":null}"#, Err(Reason::AudInvalid)),
            (r#"{"aud":""}"#, Err(Reason::AudMismatch)),
            ("{}", Err(Reason::AudMissing)),
        ] {
            assert_eq!(check_audience(&claims(text), &expected), verdict, "{text}");
        }
    }

    #[test]
    fn an_authorized_party_is_compared_exactly() {
        let parties = vec!["https://app.example".into()];
        for (text, verdict) in [
            (r#"{"azp":"https://app.example"}"#, Ok(())),
            (r#"{"azp":"https://app.example/"}"#, Err(Reason::AzpMismatch)),
            (r#"{"azp":["https://app.example"]}"#, Err(Reason::AzpMismatch)),
            (r#"{"azp":""}"#, Err(Reason::AzpMismatch)),
            ("{}", Err(Reason::AzpMissing)),
        ] {
            assert_eq!(check_authorized_party(&claims(text), &parties), verdict, "{text}");
        }
        assert_eq!(check_authorized_party(&claims("{}"), &[]), Ok(()));
    }
}
