//! What a key consists of, after every check of its import has passed.

use alloc::boxed::Box;
use core::fmt;

use crate::bytes::equal;
use crate::key::algorithm::Family;

/// The numbers or bytes of a key, for the engines that compute with them.
///
/// Only the import functions of [`VerifyingKey`](crate::VerifyingKey) make one inside a key, so an
/// engine can rely on what is said at each variant. `Debug` shows the type and never the contents.
#[derive(Clone, Eq)]
#[non_exhaustive]
pub enum KeyMaterial {
    /// An RSA public key. The modulus is odd and has 2048 to 8192 bits, the exponent is odd and
    /// from 3 to 2^33 - 1. Both are big endian without leading zeros.
    #[non_exhaustive]
    Rsa {
        /// `n`
        modulus: Box<[u8]>,
        /// `e`
        exponent: Box<[u8]>,
    },
    /// A point on P-256, uncompressed: 4, then x and y with 32 bytes each (SEC 1 section 2.3.3).
    P256(Box<[u8; 65]>),
    /// A point on P-384, uncompressed: 4, then x and y with 48 bytes each.
    P384(Box<[u8; 97]>),
    /// An Ed25519 public key in canonical encoding, not of small order. Whether it is the encoding
    /// of a point at all is left to the engine, which then refuses every signature.
    Ed25519([u8; 32]),
    /// A secret for HMAC, at least as long as the output of its hash.
    Secret(Box<[u8]>),
}

impl PartialEq for KeyMaterial {
    /// For each token that is seen again, so not byte by byte.
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (
                Self::Rsa { modulus, exponent },
                Self::Rsa { modulus: other_modulus, exponent: other_exponent },
            ) => equal(modulus, other_modulus) && equal(exponent, other_exponent),
            (Self::P256(own), Self::P256(other)) => equal(&own[..], &other[..]),
            (Self::P384(own), Self::P384(other)) => equal(&own[..], &other[..]),
            (Self::Ed25519(own), Self::Ed25519(other)) => equal(own, other),
            (Self::Secret(own), Self::Secret(other)) => equal(own, other),
            _ => false,
        }
    }
}

impl KeyMaterial {
    pub(crate) const fn family(&self) -> Family {
        match self {
            Self::Rsa { .. } => Family::Rsa,
            Self::P256(_) => Family::P256,
            Self::P384(_) => Family::P384,
            Self::Ed25519(_) => Family::Ed25519,
            Self::Secret(_) => Family::Secret,
        }
    }
}

impl fmt::Debug for KeyMaterial {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{:?}(..)", self.family())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::format;

    #[test]
    fn debug_shows_no_contents() {
        let secret = KeyMaterial::Secret((*b"correct horse battery staple 123").into());
        assert_eq!(format!("{secret:?}"), "Secret(..)");
        assert_eq!(format!("{:?}", KeyMaterial::Ed25519([7; 32])), "Ed25519(..)");
    }
}
