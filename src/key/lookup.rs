//! Which key of a set a token means.

use crate::key::VerifyingKey;
use crate::key::algorithm::Algorithm;
use crate::key::error::KeyError;
use crate::key::set::KeySet;

/// What a key set answers when asked for the key of a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lookup<'k> {
    /// This key, and no other.
    Found(&'k VerifyingKey),
    /// The key is there, but bound to another algorithm than the token's.
    AlgMismatch,
    /// No key has the `kid`.
    Unknown,
    /// The token names no `kid`, and more than one key could be meant.
    KidMissing,
    /// More than one key has the `kid` and the algorithm, or a second one of that `kid` is broken.
    Ambiguous,
    /// The key with the `kid` is in the set, but cannot be used.
    Unusable(KeyError),
}

impl KeySet {
    /// The key that a token with this `kid` and this algorithm means.
    ///
    /// The `kid` is compared byte by byte and is nothing but a name (RFC 7515 section 4.1.4). A
    /// token without one is only taken when exactly one key has the algorithm; a key without one
    /// is never meant by a token with one.
    #[must_use]
    pub fn find(&self, kid: Option<&str>, algorithm: Algorithm) -> Lookup<'_> {
        match kid {
            Some(kid) if !self.any_kid => self.find_named(kid, algorithm),
            _ => self.find_unnamed(algorithm),
        }
    }

    fn find_named(&self, kid: &str, algorithm: Algorithm) -> Lookup<'_> {
        let mut skipped = self.skipped.iter().filter(|key| key.kid.as_deref() == Some(kid));
        match one_of(self.named(kid), algorithm) {
            Fit::None => skipped.next().map_or(Lookup::Unknown, |key| Lookup::Unusable(key.error)),
            Fit::Other => Lookup::AlgMismatch,
            // A broken key of the same name may have been the one that was meant.
            Fit::One(_) if skipped.any(|key| !key.error.is_other_purpose()) => Lookup::Ambiguous,
            Fit::One(key) => Lookup::Found(key),
            Fit::Many => Lookup::Ambiguous,
        }
    }

    fn find_unnamed(&self, algorithm: Algorithm) -> Lookup<'_> {
        match one_of(self.keys.iter(), algorithm) {
            Fit::None => Lookup::Unknown,
            Fit::Other => Lookup::AlgMismatch,
            Fit::One(key) => Lookup::Found(key),
            Fit::Many => Lookup::KidMissing,
        }
    }
}

/// How many of some keys have an algorithm.
enum Fit<'k> {
    /// There are no keys at all.
    None,
    /// There are keys, but all have other algorithms.
    Other,
    One(&'k VerifyingKey),
    Many,
}

fn one_of<'k>(keys: impl Iterator<Item = &'k VerifyingKey>, algorithm: Algorithm) -> Fit<'k> {
    keys.fold(Fit::None, |fit, key| match fit {
        fit if key.algorithm() != algorithm => match fit {
            Fit::None => Fit::Other,
            fit => fit,
        },
        Fit::None | Fit::Other => Fit::One(key),
        Fit::One(_) | Fit::Many => Fit::Many,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::budget::Budget;
    use crate::json::Json;
    use crate::key::testing::{found, public_jwk, set_of, with_text, without};
    use crate::mint::{JWKS, Signer};
    use alloc::vec;
    use alloc::vec::Vec;

    const RSA_A: &str = "rsa-2048-a";

    fn fixtures() -> KeySet {
        KeySet::from_jwks_text(JWKS, Algorithm::ALL, &Budget::DEFAULT).unwrap()
    }

    #[test]
    fn keys_are_found_by_kid_and_algorithm() {
        let keys = fixtures();
        assert_eq!((keys.keys().len(), keys.skipped().len()), (6, 0));
        assert_eq!(found(keys.find(Some(RSA_A), Algorithm::Rs256)), Some(RSA_A));
        assert_eq!(keys.find(Some(RSA_A), Algorithm::Rs384), Lookup::AlgMismatch);
        assert_eq!(keys.find(Some(RSA_A), Algorithm::Hs256), Lookup::AlgMismatch);
    }

    #[test]
    fn a_kid_is_compared_byte_by_byte() {
        let keys = fixtures();
        for kid in [
            "",
            "RSA-2048-A",
            "rsa-2048-a ",
            "rsa-2048-a\0",
            "rsa-2048",
            "../rsa-2048-a",
            "' OR 1=1 --",
            "__proto__",
            "constructor",
            "rsa\u{2010}2048-a",
        ] {
            assert_eq!(keys.find(Some(kid), Algorithm::Rs256), Lookup::Unknown, "{kid:?}");
        }
        // U+00E9 and e with U+0301 look the same and are not.
        let composed = set_of(vec![with_text(&public_jwk(Signer::P256), "kid", "\u{e9}")]);
        assert_eq!(composed.find(Some("e\u{301}"), Algorithm::Es256), Lookup::Unknown);
        assert!(found(composed.find(Some("\u{e9}"), Algorithm::Es256)).is_some());
    }

    #[test]
    fn each_key_of_a_large_set_is_found() {
        let kid = |place: usize| alloc::format!("key {}", place * 7919 % 1000);
        let named = |place: usize| with_text(&public_jwk(Signer::P256), "kid", &kid(place));
        let mut keys: Vec<_> = (0..1000).map(named).collect();
        keys.insert(500, without(&public_jwk(Signer::P256), "kid"));
        let budget = Budget { keys: 2000, json_members: 100_000, ..Budget::DEFAULT };
        let large = |keys: Vec<Json>| {
            let set = Json::Object(vec![("keys".into(), Json::Array(keys))]);
            KeySet::from_jwks(&set, Algorithm::ALL, &budget).unwrap()
        };
        let set = large(keys.clone());
        for place in 0..1000 {
            assert_eq!(found(set.find(Some(&kid(place)), Algorithm::Es256)), Some(&*kid(place)));
        }
        for kid in ["", "key", "key 1000", "kez", "ke"] {
            assert_eq!(set.find(Some(kid), Algorithm::Es256), Lookup::Unknown, "{kid:?}");
        }
        keys.push(with_text(&public_jwk(Signer::Rsa2048A), "kid", "key 7"));
        keys.push(with_text(&public_jwk(Signer::P256), "kid", "key 8"));
        let set = large(keys);
        assert!(found(set.find(Some("key 7"), Algorithm::Rs256)).is_some());
        assert!(found(set.find(Some("key 7"), Algorithm::Es256)).is_some());
        assert_eq!(set.find(Some("key 8"), Algorithm::Es256), Lookup::Ambiguous);
    }

    #[test]
    fn without_a_kid_exactly_one_key_must_fit() {
        let keys = fixtures();
        assert_eq!(found(keys.find(None, Algorithm::Es256)), Some("p256"));
        assert_eq!(keys.find(None, Algorithm::Rs256), Lookup::KidMissing);
        assert_eq!(keys.find(None, Algorithm::Rs384), Lookup::AlgMismatch);
        assert_eq!(set_of(Vec::new()).find(None, Algorithm::Rs256), Lookup::Unknown);
    }

    #[test]
    fn a_key_without_kid_is_not_meant_by_a_token_with_one() {
        let keys = set_of(vec![without(&public_jwk(Signer::P256), "kid")]);
        assert_eq!(keys.find(Some("p256"), Algorithm::Es256), Lookup::Unknown);
        assert_eq!(keys.find(Some(""), Algorithm::Es256), Lookup::Unknown);
        assert!(matches!(keys.find(None, Algorithm::Es256), Lookup::Found(_)));
    }

    #[test]
    fn one_key_on_its_own_verifies_whatever_kid_is_named() {
        let key = VerifyingKey::from_pem(Signer::Rsa2048A.public_pem().unwrap(), None).unwrap();
        let keys = KeySet::from_key(key.clone());
        for kid in [None, Some(""), Some("anything")] {
            assert_eq!(keys.find(kid, Algorithm::Rs256), Lookup::Found(&key));
            assert_eq!(keys.find(kid, Algorithm::Rs512), Lookup::AlgMismatch);
        }
    }

    #[test]
    fn the_algorithm_decides_between_keys_of_one_kid_or_nothing_does() {
        let twice = |a: Signer, b: Signer| {
            set_of(vec![
                with_text(&public_jwk(a), "kid", "same"),
                with_text(&public_jwk(b), "kid", "same"),
            ])
        };
        let keys = twice(Signer::Rsa2048A, Signer::Rsa2048B);
        assert_eq!(keys.find(Some("same"), Algorithm::Rs256), Lookup::Ambiguous);
        assert_eq!(keys.find(Some("same"), Algorithm::Es256), Lookup::AlgMismatch);
        let keys = twice(Signer::Rsa2048A, Signer::P256);
        assert_eq!(found(keys.find(Some("same"), Algorithm::Rs256)), Some("same"));
        assert_eq!(found(keys.find(Some("same"), Algorithm::Es256)), Some("same"));
        assert_eq!(keys.find(Some("same"), Algorithm::Rs384), Lookup::AlgMismatch);
    }

    #[test]
    fn a_key_for_something_else_may_have_the_same_kid_but_no_broken_one() {
        let other = with_text(&public_jwk(Signer::P384), "kid", "p256");
        let keys = set_of(vec![with_text(&other, "use", "enc"), public_jwk(Signer::P256)]);
        assert_eq!(found(keys.find(Some("p256"), Algorithm::Es256)), Some("p256"));
        let keys = set_of(vec![public_jwk(Signer::P256), with_text(&other, "x", "AQAB")]);
        assert_eq!(keys.find(Some("p256"), Algorithm::Es256), Lookup::Ambiguous);
    }
}
