//! Sets of keys (RFC 7517 section 5).

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
    pub(super) keys: Vec<VerifyingKey>,
    /// The places of the keys that have a `kid`, in the order of these, and then in their own.
    by_kid: Vec<usize>,
    pub(super) skipped: Vec<SkippedKey>,
    /// One key given on its own verifies every token, whatever `kid` the token names.
    pub(super) any_kid: bool,
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
        let (mut keys, mut skipped) = (Vec::new(), Vec::new());
        let is_public = members.iter().any(|member| !jwk::is_secret(member));
        for (index, member) in members.iter().enumerate() {
            match import_member(member, is_public, allowed, budget) {
                Ok(key) => keys.push(key),
                Err(error) => {
                    let kid = jwk::kid(member).filter(|kid| kid.len() <= budget.kid_bytes);
                    skipped.push(SkippedKey { index, kid: kid.map(String::from), error });
                }
            }
        }
        Ok(Self { by_kid: by_kid(&keys), keys, skipped, any_kid: false })
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
        Self { keys: vec![key], by_kid: Vec::new(), skipped: Vec::new(), any_kid: true }
    }

    /// Whether one key was given on its own, so that it verifies whatever `kid` a token names.
    pub(crate) const fn is_any_kid(&self) -> bool {
        self.any_kid
    }

    /// The usable keys with this `kid`, in their order; the time it takes hardly grows with the set.
    pub(super) fn named(&self, kid: &str) -> impl Iterator<Item = &VerifyingKey> {
        let key = |place: &usize| self.keys.get(*place);
        let kid_of = move |place: &usize| key(place).and_then(VerifyingKey::kid);
        let start = self.by_kid.partition_point(|place| kid_of(place) < Some(kid));
        let rest = self.by_kid.get(start..).unwrap_or_default();
        rest.iter().take_while(move |place| kid_of(place) == Some(kid)).filter_map(key)
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
}

fn by_kid(keys: &[VerifyingKey]) -> Vec<usize> {
    let mut named: Vec<_> =
        keys.iter().enumerate().filter_map(|(place, key)| Some((key.kid()?, place))).collect();
    named.sort_unstable();
    named.into_iter().map(|(_, place)| place).collect()
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
    use crate::key::lookup::Lookup;
    use crate::key::testing::{found, public_jwk, secret_jwk, set_of, with_text};
    use crate::mint::Signer;
    use alloc::format;
    use alloc::string::ToString;

    fn import(text: &str) -> Result<KeySet, KeyError> {
        KeySet::from_jwks_text(text, Algorithm::ALL, &Budget::DEFAULT)
    }

    #[test]
    fn unusable_keys_are_skipped_and_remembered() {
        let keys = set_of(vec![
            with_text(&public_jwk(Signer::Rsa2048A), "use", "enc"),
            with_text(&public_jwk(Signer::P384), "kty", "AKP"),
            Json::Null,
            public_jwk(Signer::P256),
        ]);
        assert_eq!(found(keys.find(Some("p256"), Algorithm::Es256)), Some("p256"));
        assert_eq!(
            keys.find(Some("rsa-2048-a"), Algorithm::Rs256),
            Lookup::Unusable(KeyError::JwkUse)
        );
        assert_eq!(
            keys.find(Some("p384"), Algorithm::Es384),
            Lookup::Unusable(KeyError::JwkKtyUnsupported)
        );
        let skipped: Vec<_> =
            keys.skipped().iter().map(|key| (key.index, key.kid.as_deref(), key.error)).collect();
        assert_eq!(
            skipped,
            [
                (0, Some("rsa-2048-a"), KeyError::JwkUse),
                (1, Some("p384"), KeyError::JwkKtyUnsupported),
                (2, None, KeyError::JwkNotObject)
            ]
        );
    }

    #[test]
    fn a_secret_is_not_used_in_a_set_with_public_keys() {
        let keys = set_of(vec![
            with_text(&secret_jwk(), "kid", "s"),
            with_text(&secret_jwk(), "kid", "t"),
        ]);
        assert_eq!(found(keys.find(Some("s"), Algorithm::Hs256)), Some("s"));
        let keys = set_of(vec![
            with_text(&secret_jwk(), "kid", "s"),
            with_text(&public_jwk(Signer::P256), "use", "enc"),
        ]);
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
        let fits = set_of(vec![with_text(&public_jwk(Signer::P256), "kid", &kid)]);
        assert_eq!(found(fits.find(Some(&kid), Algorithm::Es256)), Some(kid.as_str()));
        let longer = kid + "k";
        let too_long = set_of(vec![with_text(&public_jwk(Signer::P256), "kid", &longer)]);
        assert_eq!(too_long.find(Some(&longer), Algorithm::Es256), Lookup::Unknown);
        assert_eq!(too_long.skipped()[0].error, KeyError::JwkKidTooLong);
        assert_eq!(too_long.skipped()[0].kid, None);
    }
}
