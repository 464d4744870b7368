//! The one algorithm that a key is bound to when it is imported (RFC 8725 section 3.1).

use crate::key::algorithm::{Algorithm, Family};
use crate::key::error::KeyError;

/// The algorithm that a key of `family` whose `alg` is `name` is bound to: its own, or that of its
/// curve, or the only one of its type that is allowed.
pub(crate) fn algorithm(
    name: Option<&str>,
    family: Family,
    allowed: &[Algorithm],
) -> Result<Algorithm, KeyError> {
    let named = match name {
        Some(name) => Some(Algorithm::from_name(name).ok_or(KeyError::JwkAlgUnsupported)?),
        None => family.only_algorithm(),
    };
    let Some(algorithm) = named else {
        return only_allowed(family, allowed);
    };
    if algorithm.family() != family {
        Err(KeyError::KeyAlgMismatch)
    } else if !allowed.contains(&algorithm) {
        Err(KeyError::KeyAlgNotAllowed)
    } else {
        Ok(algorithm)
    }
}

fn only_allowed(family: Family, allowed: &[Algorithm]) -> Result<Algorithm, KeyError> {
    let mut fitting = allowed.iter().copied().filter(|algorithm| algorithm.family() == family);
    let Some(algorithm) = fitting.next() else {
        return Err(KeyError::KeyAlgNotAllowed);
    };
    // The caller may have named the same algorithm twice.
    if fitting.any(|other| other != algorithm) {
        return Err(KeyError::JwkAlgMissing);
    }
    Ok(algorithm)
}

#[cfg(test)]
mod tests {
    use super::*;

    const FAMILIES: [Family; 5] =
        [Family::Rsa, Family::P256, Family::P384, Family::Ed25519, Family::Secret];

    fn bind(name: Option<&str>, family: Family) -> Result<Algorithm, KeyError> {
        algorithm(name, family, Algorithm::ALL)
    }

    #[test]
    fn alg_must_fit_the_family() {
        for family in FAMILIES {
            for wanted in Algorithm::ALL {
                let fits = wanted.family() == family;
                let expected = if fits { Ok(*wanted) } else { Err(KeyError::KeyAlgMismatch) };
                assert_eq!(bind(Some(wanted.name()), family), expected, "{family:?} {wanted}");
            }
        }
        assert_eq!(bind(Some("Ed25519"), Family::Ed25519), Ok(Algorithm::EdDsa));
    }

    #[test]
    fn alg_must_be_known() {
        for name in ["none", "rs256", "ES512", "ES521", "RSA-OAEP", "RS256 ", ""] {
            for family in FAMILIES {
                assert_eq!(bind(Some(name), family), Err(KeyError::JwkAlgUnsupported), "{name}");
            }
        }
    }

    #[test]
    fn alg_must_be_allowed() {
        let allowed = [Algorithm::Rs384, Algorithm::Es256];
        let refused = Err(KeyError::KeyAlgNotAllowed);
        assert_eq!(algorithm(Some("RS384"), Family::Rsa, &allowed), Ok(Algorithm::Rs384));
        assert_eq!(algorithm(Some("RS256"), Family::Rsa, &allowed), refused);
        assert_eq!(algorithm(Some("HS256"), Family::Secret, &allowed), refused);
        assert_eq!(algorithm(None, Family::P256, &allowed), Ok(Algorithm::Es256));
        assert_eq!(algorithm(None, Family::P384, &allowed), refused);
        assert_eq!(algorithm(None, Family::Secret, &allowed), refused);
        assert_eq!(algorithm(None, Family::P256, &[]), refused);
        assert_eq!(algorithm(None, Family::Rsa, &[]), refused);
    }

    #[test]
    fn without_alg_the_curve_decides() {
        assert_eq!(bind(None, Family::P256), Ok(Algorithm::Es256));
        assert_eq!(bind(None, Family::P384), Ok(Algorithm::Es384));
        assert_eq!(bind(None, Family::Ed25519), Ok(Algorithm::EdDsa));
    }

    #[test]
    fn without_alg_and_curve_exactly_one_algorithm_must_be_allowed() {
        let one = [Algorithm::Es256, Algorithm::Ps384, Algorithm::Hs256, Algorithm::Ps384];
        assert_eq!(algorithm(None, Family::Rsa, &one), Ok(Algorithm::Ps384));
        assert_eq!(algorithm(None, Family::Secret, &one), Ok(Algorithm::Hs256));
        let two = [Algorithm::Rs256, Algorithm::Rs384];
        assert_eq!(algorithm(None, Family::Rsa, &two), Err(KeyError::JwkAlgMissing));
        assert_eq!(bind(None, Family::Rsa), Err(KeyError::JwkAlgMissing));
        assert_eq!(bind(None, Family::Secret), Err(KeyError::JwkAlgMissing));
    }
}
