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
