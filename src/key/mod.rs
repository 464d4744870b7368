//! Keys that verify signatures: typed, checked and bound to one algorithm when they are imported.

mod algorithm;
mod binding;
mod der;
mod ec;
mod error;
mod jwk;
mod lookup;
mod material;
mod oct;
mod okp;
mod pem;
mod roca;
mod rsa;
mod set;
mod source;
mod spki;
#[cfg(test)]
mod testing;

use alloc::string::String;

pub use algorithm::Algorithm;
pub use error::KeyError;
pub use lookup::Lookup;
pub use material::KeyMaterial;
pub use set::{KeySet, SkippedKey};
pub(crate) use source::{KeySource, is_safe_source};

use crate::json::Json;
use crate::signature::is_available;

/// A key that verifies signatures of exactly one algorithm.
///
/// The algorithm is decided at import and never by a token: a token's `alg` is only compared with
/// it (RFC 8725 section 3.1). `Debug` shows neither key material nor secrets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VerifyingKey {
    kid: Option<String>,
    algorithm: Algorithm,
    material: KeyMaterial,
}

impl VerifyingKey {
    /// Imports a JSON web key (RFC 7517 section 4): RSA, EC (P-256, P-384), OKP (Ed25519) or oct.
    ///
    /// `alg` binds the key; it must be in `allowed` and fit the key. Without `alg` the curve
    /// decides; RSA and oct keys then need exactly one algorithm of their type in `allowed`.
    /// `use` must be absent or `sig`, `key_ops` absent or with `verify`.
    ///
    /// # Errors
    /// Says which rule the key breaks; see [`KeyError`].
    pub fn from_jwk(jwk: &Json, allowed: &[Algorithm]) -> Result<Self, KeyError> {
        jwk::import(jwk, allowed)
    }

    /// Imports a public key from PEM (RFC 7468): `PUBLIC KEY` with RSA, EC on P-256 or P-384, or
    /// Ed25519, or `RSA PUBLIC KEY`. The base64 of a `PUBLIC KEY` without its header is taken too.
    ///
    /// What environment variables do to PEM is undone: surrounding quotes, `\n` written as two
    /// characters, spaces or carriage returns instead of line ends.
    ///
    /// Without `algorithm` an RSA key is bound to RS256 and the others to the one algorithm of
    /// their curve.
    ///
    /// # Errors
    /// Says which rule the text or the key breaks; see [`KeyError`].
    pub fn from_pem(text: &str, algorithm: Option<Algorithm>) -> Result<Self, KeyError> {
        let material = pem::import(text)?;
        let default = material.family().only_algorithm().unwrap_or(Algorithm::Rs256);
        Self::bind(None, algorithm.unwrap_or(default), material)
    }

    /// Takes a secret for HS256, HS384 or HS512 that is at least as long as the hash's output.
    ///
    /// # Errors
    /// Refuses short secrets, other algorithms, and anything that looks like a key or certificate.
    pub fn from_secret(secret: &[u8], algorithm: Algorithm) -> Result<Self, KeyError> {
        let material = oct::import(secret, algorithm)?;
        Self::bind(None, algorithm, material)
    }

    /// The name of the key; only JWKs have one.
    #[must_use]
    pub fn kid(&self) -> Option<&str> {
        self.kid.as_deref()
    }

    /// The one algorithm that the key verifies.
    #[must_use]
    pub const fn algorithm(&self) -> Algorithm {
        self.algorithm
    }

    /// What the key consists of, for a [`SignatureVerifier`](crate::SignatureVerifier).
    #[must_use]
    pub const fn material(&self) -> &KeyMaterial {
        &self.material
    }

    /// The only place where a key is put together.
    fn bind(
        kid: Option<String>,
        algorithm: Algorithm,
        material: KeyMaterial,
    ) -> Result<Self, KeyError> {
        if algorithm.family() != material.family() {
            Err(KeyError::KeyAlgMismatch)
        } else if !is_available(algorithm, &material) {
            Err(KeyError::KeyAlgNotBuiltIn)
        } else {
            Ok(Self { kid, algorithm, material })
        }
    }
}
