//! Sets of keys, and which key a token means.

use alloc::string::String;
use alloc::vec;
use alloc::vec::Vec;

use crate::budget::Budget;
use crate::json::{Json, JsonFault};
use crate::key::algorithm::Algorithm;
use crate::key::error::KeyError;
use crate::key::{VerifyingKey, jwk};

/// The keys of one issuer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeySet {
    keys: Vec<VerifyingKey>,
    skipped: Vec<SkippedKey>,
    /// One key given on its own verifies every token, whatever `kid` the token names.
    any_kid: bool,
}

/// A key of a set that cannot be used, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SkippedKey {
    /// The place of the key in the array `keys`, from 0.
    pub index: usize,
    /// Its `kid`, if that is a string within the budget.
    pub kid: Option<String>,
    /// Why it cannot be used.
    pub error: KeyError,
}

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
    /// More than one key has the `kid` and the algorithm.
    Ambiguous,
    /// The key with the `kid` is in the set, but cannot be used.
    Unusable(KeyError),
}

impl KeySet {
    /// Imports a JWK set (RFC 7517 section 5): a JSON object with an array `keys`.
    ///
    /// Keys that cannot be used do not spoil the others; they are listed in
    /// [`skipped`](Self::skipped). A secret (`oct`) in a set with public keys is not used.
    ///
    /// # Errors
    /// [`KeyError::SetMalformed`], or [`KeyError::SetTooLarge`] with more keys than the budget.
    pub fn from_jwks(
        jwks: &Json,
        allowed: &[Algorithm],
        budget: &Budget,
    ) -> Result<Self, KeyError> {
        let members = jwks.get("keys").and_then(Json::as_array).ok_or(KeyError::SetMalformed)?;
        if members.len() > budget.keys {
            return Err(KeyError::SetTooLarge);
        }
        let mut set = Self { keys: Vec::new(), skipped: Vec::new(), any_kid: false };
        let is_public = members.iter().any(|member| !jwk::is_secret(member));
        for (index, member) in members.iter().enumerate() {
            match import_member(member, is_public, allowed, budget) {
                Ok(key) => set.keys.push(key),
                Err(error) => {
                    let kid = jwk::kid(member).filter(|kid| kid.len() <= budget.kid_bytes);
                    set.skipped.push(SkippedKey { index, kid: kid.map(String::from), error });
                }
            }
        }
        Ok(set)
    }

    /// Imports the text of a JWK set; see [`from_jwks`](Self::from_jwks).
    ///
    /// # Errors
    /// Also [`KeyError::SetTooLarge`] when the text has more bytes, depth or members than the
    /// budget, and [`KeyError::SetMalformed`] when it is not JSON or names a member twice.
    pub fn from_jwks_text(
        text: &str,
        allowed: &[Algorithm],
        budget: &Budget,
    ) -> Result<Self, KeyError> {
        if text.len() > budget.jwks_bytes {
            return Err(KeyError::SetTooLarge);
        }
        let jwks = Json::parse(text.as_bytes(), budget).map_err(|fault| match fault {
            JsonFault::TooDeep | JsonFault::TooManyMembers => KeyError::SetTooLarge,
            _ => KeyError::SetMalformed,
        })?;
        Self::from_jwks(&jwks, allowed, budget)
    }

    /// A set of one key that verifies every token of its algorithm, whatever `kid` it names.
    #[must_use]
    pub fn from_key(key: VerifyingKey) -> Self {
        Self { keys: vec![key], skipped: Vec::new(), any_kid: true }
    }

    /// The usable keys.
    #[must_use]
    pub fn keys(&self) -> &[VerifyingKey] {
        &self.keys
    }

    /// The keys that cannot be used, and why.
    #[must_use]
    pub fn skipped(&self) -> &[SkippedKey] {
        &self.skipped
    }

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
        let named = self.keys.iter().filter(|key| key.kid() == Some(kid));
        match one_of(named, algorithm) {
            Fit::None => self
                .skipped
                .iter()
                .find(|skipped| skipped.kid.as_deref() == Some(kid))
                .map_or(Lookup::Unknown, |skipped| Lookup::Unusable(skipped.error)),
            Fit::Other => Lookup::AlgMismatch,
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

fn import_member(
    member: &Json,
    is_public: bool,
    allowed: &[Algorithm],
    budget: &Budget,
) -> Result<VerifyingKey, KeyError> {
    if is_public && jwk::is_secret(member) {
        return Err(KeyError::JwkSecretInPublicSet);
    }
    let key = VerifyingKey::from_jwk(member, allowed)?;
    if key.kid().is_some_and(|kid| kid.len() > budget.kid_bytes) {
        return Err(KeyError::JwkKidTooLong);
    }
    Ok(key)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mint::{JWKS, Signer};
    use alloc::format;
    use alloc::string::ToString;

    const RSA_A: &str = "rsa-2048-a";

    fn import(text: &str) -> Result<KeySet, KeyError> {
        KeySet::from_jwks_text(text, Algorithm::ALL, &Budget::DEFAULT)
    }

    /// The keys of the fixtures, each as the text of a JWK.
    fn jwk(signer: Signer) -> Json {
        let set = Json::parse(JWKS.as_bytes(), &Budget::DEFAULT).unwrap();
        let keys = set.get("keys").unwrap().as_array().unwrap();
        keys.iter().find(|key| jwk::kid(key) == Some(signer.name())).unwrap().clone()
    }

    fn with(key: Json, name: &str, value: &str) -> Json {
        let mut members = key.members().to_vec();
        members.retain(|(other, _)| other != name);
        members.push((name.to_string(), Json::String(value.to_string())));
        Json::Object(members)
    }

    fn without(key: &Json, name: &str) -> Json {
        let members = key.members().iter().filter(|(other, _)| other != name);
        Json::Object(members.cloned().collect())
    }

    fn set(keys: Vec<Json>) -> KeySet {
        let jwks = Json::Object(vec![("keys".to_string(), Json::Array(keys))]);
        KeySet::from_jwks(&jwks, Algorithm::ALL, &Budget::DEFAULT).unwrap()
    }

    fn secret(kid: &str) -> Json {
        let key = Json::Object(vec![
            ("kty".to_string(), Json::String("oct".to_string())),
            ("alg".to_string(), Json::String("HS256".to_string())),
            ("k".to_string(), Json::String("A".repeat(43))),
        ]);
        with(key, "kid", kid)
    }

    fn found(lookup: Lookup<'_>) -> Option<&str> {
        match lookup {
            Lookup::Found(key) => key.kid(),
            _ => None,
        }
    }

    #[test]
    fn keys_are_found_by_kid_and_algorithm() {
        let keys = import(JWKS).unwrap();
        assert_eq!((keys.keys().len(), keys.skipped().len()), (6, 0));
        assert_eq!(found(keys.find(Some(RSA_A), Algorithm::Rs256)), Some(RSA_A));
        assert_eq!(keys.find(Some(RSA_A), Algorithm::Rs384), Lookup::AlgMismatch);
        assert_eq!(keys.find(Some(RSA_A), Algorithm::Hs256), Lookup::AlgMismatch);
    }

    #[test]
    fn a_kid_is_compared_byte_by_byte() {
        let keys = import(JWKS).unwrap();
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
        let composed = set(vec![with(jwk(Signer::P256), "kid", "\u{e9}")]);
        assert_eq!(composed.find(Some("e\u{301}"), Algorithm::Es256), Lookup::Unknown);
        assert!(found(composed.find(Some("\u{e9}"), Algorithm::Es256)).is_some());
    }

    #[test]
    fn without_a_kid_exactly_one_key_must_fit() {
        let keys = import(JWKS).unwrap();
        assert_eq!(found(keys.find(None, Algorithm::Es256)), Some("p256"));
        assert_eq!(keys.find(None, Algorithm::Rs256), Lookup::KidMissing);
        assert_eq!(keys.find(None, Algorithm::Rs384), Lookup::AlgMismatch);
        assert_eq!(set(Vec::new()).find(None, Algorithm::Rs256), Lookup::Unknown);
    }

    #[test]
    fn a_key_without_kid_is_not_meant_by_a_token_with_one() {
        let keys = set(vec![without(&jwk(Signer::P256), "kid")]);
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
            set(vec![with(jwk(a), "kid", "same"), with(jwk(b), "kid", "same")])
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
    fn unusable_keys_are_skipped_and_remembered() {
        let keys = set(vec![
            with(jwk(Signer::Rsa2048A), "use", "enc"),
            with(jwk(Signer::P384), "kty", "AKP"),
            Json::Null,
            jwk(Signer::P256),
        ]);
        assert_eq!(found(keys.find(Some("p256"), Algorithm::Es256)), Some("p256"));
        assert_eq!(keys.find(Some(RSA_A), Algorithm::Rs256), Lookup::Unusable(KeyError::JwkUse));
        assert_eq!(
            keys.find(Some("p384"), Algorithm::Es384),
            Lookup::Unusable(KeyError::JwkKtyUnsupported)
        );
        let skipped: Vec<_> =
            keys.skipped().iter().map(|key| (key.index, key.kid.as_deref(), key.error)).collect();
        assert_eq!(
            skipped,
            [
                (0, Some(RSA_A), KeyError::JwkUse),
                (1, Some("p384"), KeyError::JwkKtyUnsupported),
                (2, None, KeyError::JwkNotObject)
            ]
        );
    }

    #[test]
    fn a_usable_key_comes_before_an_unusable_one_of_its_kid() {
        let encryption = with(with(jwk(Signer::P384), "kid", "p256"), "use", "enc");
        let keys = set(vec![encryption, jwk(Signer::P256)]);
        assert_eq!(found(keys.find(Some("p256"), Algorithm::Es256)), Some("p256"));
    }

    #[test]
    fn a_secret_is_not_used_in_a_set_with_public_keys() {
        let keys = set(vec![secret("s"), secret("t")]);
        assert_eq!(found(keys.find(Some("s"), Algorithm::Hs256)), Some("s"));
        let keys = set(vec![secret("s"), with(jwk(Signer::P256), "use", "enc")]);
        let refused = Lookup::Unusable(KeyError::JwkSecretInPublicSet);
        assert_eq!(keys.find(Some("s"), Algorithm::Hs256), refused);
    }

    #[test]
    fn texts_that_are_no_sets_are_refused() {
        for text in [
            "",
            "null",
            "[]",
            "{}",
            r#"{"keys":null}"#,
            r#"{"keys":{}}"#,
            r#"{"keys":[]} x"#,
            r#"{"keys":[],"keys":[]}"#,
            r#"{"keys":[{"kty":"RSA","kty":"EC"}]}"#,
            "<html></html>",
        ] {
            assert_eq!(import(text), Err(KeyError::SetMalformed), "{text}");
        }
        assert_eq!(import(r#"{"keys":[],"more":1}"#).map(|set| set.keys().len()), Ok(0));
    }

    #[test]
    fn budgets_hold() {
        let keys = |count: usize| format!("{{\"keys\":[{}]}}", vec!["{}"; count].join(","));
        assert!(import(&keys(Budget::DEFAULT.keys)).is_ok());
        assert_eq!(import(&keys(Budget::DEFAULT.keys + 1)), Err(KeyError::SetTooLarge));
        let padded = |bytes: usize| r#"{"keys":[]}"#.to_string() + &" ".repeat(bytes - 11);
        assert!(import(&padded(Budget::DEFAULT.jwks_bytes)).is_ok());
        assert_eq!(import(&padded(Budget::DEFAULT.jwks_bytes + 1)), Err(KeyError::SetTooLarge));
        let deep = format!("{{\"keys\":{}{}}}", "[".repeat(8), "]".repeat(8));
        assert_eq!(import(&deep), Err(KeyError::SetTooLarge));

        let kid = "k".repeat(Budget::DEFAULT.kid_bytes);
        let fits = set(vec![with(jwk(Signer::P256), "kid", &kid)]);
        assert_eq!(found(fits.find(Some(&kid), Algorithm::Es256)), Some(kid.as_str()));
        let longer = kid + "k";
        let too_long = set(vec![with(jwk(Signer::P256), "kid", &longer)]);
        assert_eq!(too_long.find(Some(&longer), Algorithm::Es256), Lookup::Unknown);
        assert_eq!(too_long.skipped()[0].error, KeyError::JwkKidTooLong);
        assert_eq!(too_long.skipped()[0].kid, None);
    }
}
