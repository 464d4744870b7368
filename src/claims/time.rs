//! `exp`, `nbf` and `iat` (RFC 7519 sections 4.1.4 to 4.1.6).

use super::Claims;
use crate::json::Json;
use crate::reason::Reason;
use crate::time::UnixMillis;

/// The largest number of seconds taken: every integer up to here is exact in JavaScript too.
const MAX_SECONDS: i64 = 1 << 53;

/// How the times of a token are compared with the clock.
#[derive(Clone, Copy, Debug)]
pub(crate) struct TimeRules {
    /// How far clocks may differ, in milliseconds, in either direction.
    pub(crate) skew_ms: i64,
}

impl TimeRules {
    /// Checks `exp`, which must be there, then `nbf`, then `iat`.
    ///
    /// A token has expired when `exp` lies at or before `now` less the skew; it is early when `nbf`
    /// lies after `now` plus the skew, and likewise for `iat`.
    pub(crate) fn check(&self, claims: &Claims, now: UnixMillis) -> Result<(), Reason> {
        let exp = seconds(claims, "exp", Reason::ExpInvalid)?.ok_or(Reason::ExpMissing)?;
        if exp <= now.plus(-self.skew_ms) {
            return Err(Reason::TokenExpired);
        }
        let latest = now.plus(self.skew_ms);
        if seconds(claims, "nbf", Reason::NbfInvalid)?.is_some_and(|nbf| nbf > latest) {
            return Err(Reason::TokenNotActiveYet);
        }
        if seconds(claims, "iat", Reason::IatInvalid)?.is_some_and(|iat| iat > latest) {
            return Err(Reason::TokenIatInTheFuture);
        }
        Ok(())
    }
}

/// A claim in whole seconds since the epoch. Fractions, strings, negative and huge numbers are
/// refused: they are how type confusion between libraries begins.
fn seconds(claims: &Claims, name: &str, invalid: Reason) -> Result<Option<UnixMillis>, Reason> {
    match claims.get(name) {
        None => Ok(None),
        Some(Json::Integer(seconds @ 0..=MAX_SECONDS)) => {
            Ok(Some(UnixMillis(seconds.saturating_mul(1000))))
        }
        Some(_) => Err(invalid),
    }
}

#[cfg(test)]
mod tests {
    use super::super::UnverifiedClaims;
    use super::*;
    use crate::budget::Budget;
    use alloc::format;

    const NOW: UnixMillis = UnixMillis(1_700_000_000_000);

    fn check(claims: &str) -> Result<(), Reason> {
        let claims = UnverifiedClaims::parse(claims.as_bytes(), &Budget::DEFAULT).unwrap();
        let rules = TimeRules { skew_ms: 5000 };
        rules.check(&claims.signature_was_verified(), NOW)
    }

    #[test]
    fn the_boundaries_are_those_of_the_peers() {
        assert_eq!(check(r#"{"exp":1699999996}"#), Ok(()));
        assert_eq!(check(r#"{"exp":1699999995}"#), Err(Reason::TokenExpired));
        let exp = r#""exp":1800000000"#;
        assert_eq!(check(&format!(r#"{{{exp},"nbf":1700000005}}"#)), Ok(()));
        let early = Err(Reason::TokenNotActiveYet);
        assert_eq!(check(&format!(r#"{{{exp},"nbf":1700000006}}"#)), early);
        assert_eq!(check(&format!(r#"{{{exp},"iat":1700000005}}"#)), Ok(()));
        let future = Err(Reason::TokenIatInTheFuture);
        assert_eq!(check(&format!(r#"{{{exp},"iat":1700000006}}"#)), future);
    }

    #[test]
    fn only_whole_seconds_in_range_are_times() {
        for wrong in
            ["\"1800000000\"", "1800000000.5", "1.8e9", "-1", "9007199254740993", "null", "[1]"]
        {
            assert_eq!(check(&format!(r#"{{"exp":{wrong}}}"#)), Err(Reason::ExpInvalid), "{wrong}");
            let with_exp = |name| format!(r#"{{"exp":1800000000,"{name}":{wrong}}}"#);
            assert_eq!(check(&with_exp("nbf")), Err(Reason::NbfInvalid), "{wrong}");
            assert_eq!(check(&with_exp("iat")), Err(Reason::IatInvalid), "{wrong}");
        }
        assert_eq!(check(r#"{"exp":9007199254740992}"#), Ok(()));
        assert_eq!(check("{}"), Err(Reason::ExpMissing));
    }
}
