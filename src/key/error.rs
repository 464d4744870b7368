//! Every reason why a key is not taken, each with one stable machine-readable code.

use core::fmt;

/// Defines the enum, its codes and its messages in one table, so that none can be forgotten.
macro_rules! key_errors {
    ($($variant:ident $code:literal $message:literal)*) => {
        /// Why a key, or a set of keys, is not taken.
        ///
        /// No message holds any part of the key. The codes never change their meaning.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[non_exhaustive]
        pub enum KeyError {
            $(#[doc = concat!("`", $code, "`: ", $message)] $variant,)*
        }

        impl KeyError {
            /// Every error.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// The stable code.
            #[must_use]
            pub const fn code(self) -> &'static str {
                match self { $(Self::$variant => $code,)* }
            }

            /// What is wrong and what to do about it.
            #[must_use]
            pub const fn message(self) -> &'static str {
                match self { $(Self::$variant => $message,)* }
            }
        }
    };
}

key_errors! {
    // The members of a JWK (RFC 7517 section 4, RFC 7518 section 6, RFC 8037 section 2).
    JwkNotObject "jwk-not-object"
        "The JWK is not a JSON object."
    JwkMemberType "jwk-member-type"
        "A member of the JWK is of the wrong type (`use`, `alg`, `kid` and the key's own members are strings, `key_ops` is an array of strings)."
    JwkMemberMissing "jwk-member-missing"
        "The JWK lacks a member that its key type requires (`kty`; `n` and `e`; `crv`, `x` and `y`; `k`)."
    JwkNotBase64url "jwk-not-base64url"
        "A member of the JWK is not canonical base64url: padding, white space, `+`, `/` and loose trailing bits are refused."
    JwkKtyUnsupported "jwk-kty-unsupported"
        "The type (`kty`) of the JWK is not supported. Use RSA, EC, OKP or oct."
    JwkCrvUnsupported "jwk-crv-unsupported"
        "The curve (`crv`) of the JWK is not supported. Use P-256, P-384 or Ed25519."
    JwkUse "jwk-use"
        "The JWK is not meant for signatures (`use` is not `sig`)."
    JwkKeyOps "jwk-key-ops"
        "The JWK is not meant for verifying (`key_ops` lacks `verify`)."
    JwkAlgMissing "jwk-alg-missing"
        "The JWK names no algorithm (`alg`), and more than one could be meant. Add `alg` to the key, or allow exactly one algorithm of its type."
    JwkAlgUnsupported "jwk-alg-unsupported"
        "The algorithm (`alg`) of the JWK is not a signature algorithm that is supported here."
    JwkKidTooLong "jwk-kid-too-long"
        "The `kid` of the JWK is longer than the budget."
    JwkSecretInPublicSet "jwk-secret-in-public-set"
        "The JWK is a secret (`oct`) in a set with public keys. Key sets are published, secrets are not: give the secret on its own."

    // The algorithm that a key is bound to.
    KeyAlgNotAllowed "key-alg-not-allowed"
        "The algorithm of the key is not one of the allowed `algorithms`."
    KeyAlgMismatch "key-alg-mismatch"
        "The algorithm does not fit the type or the curve of the key."
    KeyAlgNotBuiltIn "key-alg-not-built-in"
        "This build has no code for the algorithm or size of the key: the slim package verifies RS256, RS384, RS512 (2048 to 4096 bits, exponent 65537) and ES256. Use the full package."
    KeyPrivate "key-private"
        "This is a private key. Give the public key; a verifier never needs the private one."

    // RSA keys (RFC 7518 section 6.3.1, RFC 8017).
    RsaTooSmall "rsa-too-small"
        "The RSA modulus has fewer than 2048 bits. Use a larger key."
    RsaTooLarge "rsa-too-large"
        "The RSA modulus has more than 8192 bits. Use a smaller key."
    RsaLeadingZero "rsa-leading-zero"
        "The RSA modulus or exponent starts with a zero octet; JWK wants the shortest form (RFC 7518 section 6.3.1.1)."
    RsaModulusEven "rsa-modulus-even"
        "The RSA modulus is even, so it is not the product of two large primes."
    RsaExponent "rsa-exponent"
        "The RSA exponent is not an odd number from 3 to 2^33 - 1. Use 65537."
    RsaWeak "rsa-weak"
        "The RSA modulus has the mark of a faulty generator (ROCA, CVE-2017-15361) and can be factored. Make a new key."

    // Elliptic curve keys (RFC 7518 section 6.2.1, RFC 5480, RFC 8037, RFC 8410).
    EcCoordinateLength "ec-coordinate-length"
        "A coordinate of the EC key does not have exactly the length of its curve's field (32 bytes for P-256, 48 for P-384)."
    EcPointForm "ec-point-form"
        "The point of the EC key is not in uncompressed form. Convert it, for example with `openssl ec -pubin -conv_form uncompressed`."
    EcNotOnCurve "ec-not-on-curve"
        "The point of the EC key does not lie on its curve."
    Ed25519Length "ed25519-length"
        "An Ed25519 public key has exactly 32 bytes."
    Ed25519NotCanonical "ed25519-not-canonical"
        "The Ed25519 key is not in canonical form (RFC 8032 section 5.1.3)."
    Ed25519SmallOrder "ed25519-small-order"
        "The Ed25519 key is a point of small order, under which signatures prove nothing."

    // Secrets for HMAC (RFC 7518 section 3.2).
    SecretEmpty "secret-empty"
        "The secret is empty."
    SecretTooShort "secret-too-short"
        "The secret is shorter than the output of its hash (32 bytes for HS256, 48 for HS384, 64 for HS512). Use a random secret of at least that length."
    SecretLooksLikeKey "secret-looks-like-key"
        "The secret looks like a key or a certificate (PEM, JWK, DER or SSH). A public key used as a secret lets anybody sign: give it as a public key instead."

    // The text of a public key (RFC 7468) and its DER (RFC 5280 section 4.1, RFC 3279, RFC 8017).
    PemEmpty "pem-empty"
        "The text of the public key is empty."
    PemMalformed "pem-malformed"
        "The text is neither one PEM block nor the base64 of a public key. Check that nothing was cut off or added on the way through the environment."
    PemSeveral "pem-several"
        "The text has more than one PEM block. Give exactly one public key."
    PemCertificate "pem-certificate"
        "This is a certificate. Give the public key in it, for example from `openssl x509 -pubkey -noout`."
    PemLabelUnsupported "pem-label-unsupported"
        "The PEM block is not a public key. Use `PUBLIC KEY` or `RSA PUBLIC KEY`."
    DerMalformed "der-malformed"
        "The public key is not well-formed DER of its type."
    DerAlgorithmUnsupported "der-algorithm-unsupported"
        "The public key is of a type that is not supported. Use RSA, EC on P-256 or P-384, or Ed25519."

    // Key sets (RFC 7517 section 5).
    SetMalformed "jwks-malformed"
        "The text is not a JWK set: a JSON object with an array `keys`, in which no object names a member twice."
    SetTooLarge "jwks-too-large"
        "The JWK set has more bytes, keys or members than the budget."
}

impl KeyError {
    /// Whether the key is for something else, so that it cannot have been meant by a token that
    /// is signed. The other errors are about keys that are broken.
    pub(crate) const fn is_other_purpose(self) -> bool {
        matches!(
            self,
            Self::JwkKtyUnsupported
                | Self::JwkCrvUnsupported
                | Self::JwkUse
                | Self::JwkKeyOps
                | Self::JwkAlgUnsupported
                | Self::KeyAlgNotAllowed
        )
    }
}

impl fmt::Display for KeyError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}: {}", self.code(), self.message())
    }
}

impl core::error::Error for KeyError {}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::vec::Vec;

    #[test]
    fn codes_are_unique_and_well_formed() {
        let mut codes: Vec<&str> = KeyError::ALL.iter().map(|error| error.code()).collect();
        codes.sort_unstable();
        for pair in codes.windows(2) {
            assert_ne!(pair[0], pair[1]);
        }
        for code in codes {
            assert!(
                code.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
            );
        }
    }

    #[test]
    fn messages_are_sentences() {
        for error in KeyError::ALL {
            assert!(error.message().ends_with('.'), "{error}");
            assert!(error.message().is_ascii(), "{error}");
        }
    }
}
