//! Makes signed tokens in tests, with the keys in `tests/fixtures/keys`.
//!
//! It depends on `ring` alone and not on the crate, so that unit tests can include it as well.

use std::format;
use std::string::String;
use std::vec;
use std::vec::Vec;

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use ring::rand::SystemRandom;
use ring::signature::{self, EcdsaKeyPair, Ed25519KeyPair, RsaKeyPair};
use ring::{hmac, rsa};

/// The text of a file in `tests/fixtures/keys`.
macro_rules! fixture {
    ($name:literal) => {
        include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/keys/", $name))
    };
}
pub(crate) use fixture;

/// The secret of the HMAC algorithms; long enough for all three.
pub(crate) const SECRET: &[u8; 64] =
    b"a secret for tests only, exactly as long as HS512 wants it: 0123";

/// The public keys of [`Signer::ALL`] without the secret, as a JWK set. `kid` is the signer's name.
pub(crate) const JWKS: &str = fixture!("jwks.json");

/// A key to sign with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Signer {
    Rsa2048A,
    Rsa2048B,
    Rsa4096,
    P256,
    P384,
    Ed25519,
    Secret,
}

impl Signer {
    pub(crate) const ALL: [Self; 7] = [
        Self::Rsa2048A,
        Self::Rsa2048B,
        Self::Rsa4096,
        Self::P256,
        Self::P384,
        Self::Ed25519,
        Self::Secret,
    ];

    /// The signer that [`mint`] takes for an algorithm.
    pub(crate) fn for_algorithm(alg: &str) -> Self {
        match alg {
            "RS256" | "RS384" | "RS512" | "PS256" | "PS384" | "PS512" => Self::Rsa2048A,
            "ES256" => Self::P256,
            "ES384" => Self::P384,
            "EdDSA" | "Ed25519" => Self::Ed25519,
            "HS256" | "HS384" | "HS512" => Self::Secret,
            _ => panic!("nothing signs with {alg}"),
        }
    }

    /// The name of the key, which is its `kid` in [`JWKS`].
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Rsa2048A => "rsa-2048-a",
            Self::Rsa2048B => "rsa-2048-b",
            Self::Rsa4096 => "rsa-4096",
            Self::P256 => "p256",
            Self::P384 => "p384",
            Self::Ed25519 => "ed25519",
            Self::Secret => "secret",
        }
    }

    /// The public key as PEM; a secret has none.
    pub(crate) const fn public_pem(self) -> Option<&'static str> {
        match self {
            Self::Rsa2048A => Some(fixture!("rsa-2048-a.public.pem")),
            Self::Rsa2048B => Some(fixture!("rsa-2048-b.public.pem")),
            Self::Rsa4096 => Some(fixture!("rsa-4096.public.pem")),
            Self::P256 => Some(fixture!("p256.public.pem")),
            Self::P384 => Some(fixture!("p384.public.pem")),
            Self::Ed25519 => Some(fixture!("ed25519.public.pem")),
            Self::Secret => None,
        }
    }

    /// The PKCS#8 of the key.
    fn private_der(self) -> Vec<u8> {
        der(match self {
            Self::Rsa2048A => fixture!("rsa-2048-a.private.pem"),
            Self::Rsa2048B => fixture!("rsa-2048-b.private.pem"),
            Self::Rsa4096 => fixture!("rsa-4096.private.pem"),
            Self::P256 => fixture!("p256.private.pem"),
            Self::P384 => fixture!("p384.private.pem"),
            Self::Ed25519 => fixture!("ed25519.private.pem"),
            Self::Secret => panic!("a secret is not PKCS#8"),
        })
    }

    /// The signature of `message` in the form of JWS.
    pub(crate) fn sign(self, alg: &str, message: &[u8]) -> Vec<u8> {
        match alg {
            "RS256" => self.sign_rsa(&signature::RSA_PKCS1_SHA256, message),
            "RS384" => self.sign_rsa(&signature::RSA_PKCS1_SHA384, message),
            "RS512" => self.sign_rsa(&signature::RSA_PKCS1_SHA512, message),
            "PS256" => self.sign_rsa(&signature::RSA_PSS_SHA256, message),
            "PS384" => self.sign_rsa(&signature::RSA_PSS_SHA384, message),
            "PS512" => self.sign_rsa(&signature::RSA_PSS_SHA512, message),
            "ES256" => self.sign_ec(&signature::ECDSA_P256_SHA256_FIXED_SIGNING, message),
            "ES384" => self.sign_ec(&signature::ECDSA_P384_SHA384_FIXED_SIGNING, message),
            "EdDSA" | "Ed25519" => Ed25519KeyPair::from_pkcs8_maybe_unchecked(&self.private_der())
                .expect("an Ed25519 key")
                .sign(message)
                .as_ref()
                .to_vec(),
            "HS256" => hmac(hmac::HMAC_SHA256, SECRET, message),
            "HS384" => hmac(hmac::HMAC_SHA384, SECRET, message),
            "HS512" => hmac(hmac::HMAC_SHA512, SECRET, message),
            _ => panic!("nothing signs with {alg}"),
        }
    }

    fn sign_rsa(self, padding: &'static dyn signature::RsaEncoding, message: &[u8]) -> Vec<u8> {
        let pair = RsaKeyPair::from_pkcs8(&self.private_der()).expect("an RSA key");
        let mut bytes = vec![0; rsa::KeyPair::public(&pair).modulus_len()];
        pair.sign(padding, &SystemRandom::new(), message, &mut bytes).expect("a signature");
        bytes
    }

    fn sign_ec(
        self,
        algorithm: &'static signature::EcdsaSigningAlgorithm,
        message: &[u8],
    ) -> Vec<u8> {
        let random = SystemRandom::new();
        EcdsaKeyPair::from_pkcs8(algorithm, &self.private_der(), &random)
            .expect("a key of the algorithm's curve")
            .sign(&random, message)
            .expect("a signature")
            .as_ref()
            .to_vec()
    }
}

/// A compact token with exactly this header and this payload, signed by the signer of `alg`.
/// Neither text is looked at, so the header can say anything about the algorithm.
pub(crate) fn mint(alg: &str, header: &str, payload: &str) -> String {
    mint_with(Signer::for_algorithm(alg), alg, header.as_bytes(), payload.as_bytes())
}

/// The same with a chosen signer, and with bytes that may be no text.
pub(crate) fn mint_with(signer: Signer, alg: &str, header: &[u8], payload: &[u8]) -> String {
    sign_input(signer, alg, &format!("{}.{}", base64url(header), base64url(payload)))
}

/// Signs a signing input as it stands there, however strange it is.
pub(crate) fn sign_input(signer: Signer, alg: &str, input: &str) -> String {
    format!("{input}.{}", base64url(&signer.sign(alg, input.as_bytes())))
}

/// A token signed with HMAC under any secret, for instance the text of a public key.
pub(crate) fn mint_with_secret(secret: &[u8], header: &str, payload: &str) -> String {
    let input = format!("{}.{}", base64url(header.as_bytes()), base64url(payload.as_bytes()));
    let tag = hmac(hmac::HMAC_SHA256, secret, input.as_bytes());
    format!("{input}.{}", base64url(&tag))
}

/// Base64url without padding.
pub(crate) fn base64url(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

/// The bytes of the one block in a PEM text.
pub(crate) fn der(pem: &str) -> Vec<u8> {
    let base64: String = pem.lines().filter(|line| !line.starts_with("-----")).collect();
    STANDARD.decode(base64).expect("base64")
}

fn hmac(algorithm: hmac::Algorithm, secret: &[u8], message: &[u8]) -> Vec<u8> {
    hmac::sign(&hmac::Key::new(algorithm, secret), message).as_ref().to_vec()
}
