//! The engine for the signatures that session tokens mostly have, built on `kernels/`.

use alloc::boxed::Box;
use core::cell::RefCell;
use core::fmt;

use sessiongate_kernels::p256::{self, Generator};
use sessiongate_kernels::{Hash, rsa};

use crate::key::{Algorithm, KeyMaterial, VerifyingKey};
use crate::signature::recent::Recent;
use crate::signature::{InvalidSignature, SignatureVerifier};

/// Verifies RS256, RS384, RS512 and ES256 with code that is made for WebAssembly, and leaves the
/// rest to another engine: other algorithms, RSA keys of more than 4096 bits, and RSA exponents
/// other than 65537.
///
/// It keeps what it prepared of the 8 keys of each kind that were used last: up to 10 KB of
/// an RSA key and 2 KB of a P-256 key, and 97 KB more once a P-256 key was used 8 times.
/// A key is known again by its material and by nothing else.
pub struct KernelVerifier<O> {
    others: O,
    prepared: RefCell<Prepared>,
}

/// As many keys of a kind are kept prepared.
const KEYS: usize = 8;
/// A table costs as much time as it saves in about so many verifications.
const USES: u32 = 8;

impl<O: SignatureVerifier> KernelVerifier<O> {
    /// Leaves to `others` what the kernels cannot verify.
    pub fn new(others: O) -> Self {
        Self { others, prepared: RefCell::default() }
    }
}

impl<O: SignatureVerifier> SignatureVerifier for KernelVerifier<O> {
    fn verify(
        &self,
        key: &VerifyingKey,
        message: &[u8],
        signature: &[u8],
    ) -> Result<(), InvalidSignature> {
        // Another engine is asked without the keys being held.
        let verdict = self.prepared.borrow_mut().verify(key, message, signature);
        match verdict {
            Some(true) => Ok(()),
            Some(false) => Err(InvalidSignature),
            None => self.others.verify(key, message, signature),
        }
    }
}

impl<O> fmt::Debug for KernelVerifier<O> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("KernelVerifier").finish_non_exhaustive()
    }
}

/// Whether the kernels verify with such a key, so that no other engine is needed.
#[cfg(all(feature = "wasm", not(feature = "ring")))]
pub(crate) fn has_kernel(algorithm: Algorithm, material: &KeyMaterial) -> bool {
    match material {
        KeyMaterial::Rsa { modulus, exponent } => {
            rsa_hash(algorithm).is_some() && is_rsa_shape(modulus, exponent)
        }
        KeyMaterial::P256(_) => true,
        _ => false,
    }
}

/// The keys that were used last, ready to verify.
#[derive(Default)]
struct Prepared {
    rsa: Recent<Box<rsa::PublicKey>, KEYS>,
    p256: Recent<P256Key, KEYS>,
    generator: Option<Generator>,
}

struct P256Key {
    key: p256::PublicKey,
    uses: u32,
}

impl Prepared {
    /// The verdict, or `None` if there is no kernel for such keys.
    fn verify(&mut self, key: &VerifyingKey, message: &[u8], signature: &[u8]) -> Option<bool> {
        match key.material() {
            KeyMaterial::Rsa { modulus, exponent } if is_rsa_shape(modulus, exponent) => {
                let hash = rsa_hash(key.algorithm())?;
                let make = || rsa::PublicKey::new(modulus).ok().map(Box::new);
                let key = self.rsa.find_or_make(modulus, make)?;
                Some(key.verify(hash, message, signature))
            }
            KeyMaterial::P256(point) => self.verify_p256(point, message, signature),
            _ => None,
        }
    }

    fn verify_p256(&mut self, point: &[u8; 65], message: &[u8], rs: &[u8]) -> Option<bool> {
        let generator = self.generator.get_or_insert_with(Generator::new);
        let own = self.p256.find_or_make(point, || prepare_p256(point))?;
        own.uses = own.uses.saturating_add(1);
        if own.uses == USES {
            generator.build_table();
            own.key.build_table();
        }
        let Ok(rs) = rs.try_into() else { return Some(false) };
        Some(own.key.verify(generator, message, rs))
    }
}

fn prepare_p256(point: &[u8; 65]) -> Option<P256Key> {
    let [4, coordinates @ ..] = point else { return None };
    let ([x, y], []) = coordinates.as_chunks::<32>() else { return None };
    Some(P256Key { key: p256::PublicKey::new(x, y).ok()?, uses: 0 })
}

fn is_rsa_shape(modulus: &[u8], exponent: &[u8]) -> bool {
    exponent == [1, 0, 1] && modulus.len() * 8 <= rsa::MAX_BITS
}

const fn rsa_hash(algorithm: Algorithm) -> Option<Hash> {
    match algorithm {
        Algorithm::Rs256 => Some(Hash::Sha256),
        Algorithm::Rs384 => Some(Hash::Sha384),
        Algorithm::Rs512 => Some(Hash::Sha512),
        _ => None,
    }
}

#[cfg(test)]
#[cfg(feature = "ring")]
mod tests {
    use super::*;
    use crate::mint::{SECRET, Signer};
    use crate::signature::RingVerifier;
    use alloc::vec::Vec;
    use core::cell::Cell;

    const MESSAGE: &[u8] = b"what is signed";

    /// Counts what is left to it.
    #[derive(Default)]
    struct Others(Cell<usize>);

    impl SignatureVerifier for Others {
        fn verify(
            &self,
            key: &VerifyingKey,
            message: &[u8],
            signature: &[u8],
        ) -> Result<(), InvalidSignature> {
            self.0.set(self.0.get() + 1);
            RingVerifier.verify(key, message, signature)
        }
    }

    fn key(signer: Signer, algorithm: Algorithm) -> VerifyingKey {
        match signer.public_pem() {
            Some(pem) => VerifyingKey::from_pem(pem, Some(algorithm)),
            None => VerifyingKey::from_secret(SECRET, algorithm),
        }
        .unwrap()
    }

    #[test]
    fn every_algorithm_verifies_and_four_without_another_engine() {
        let verifier = KernelVerifier::new(Others::default());
        for &algorithm in Algorithm::ALL {
            let signer = Signer::for_algorithm(algorithm.name());
            let (key, before) = (key(signer, algorithm), verifier.others.0.get());
            let signature = signer.sign(algorithm.name(), MESSAGE);
            assert_eq!(verifier.verify(&key, MESSAGE, &signature), Ok(()), "{algorithm}");
            let other = verifier.verify(&key, b"what was not signed", &signature);
            assert_eq!(other, Err(InvalidSignature), "{algorithm}");
            let has_kernel = matches!(algorithm.name(), "RS256" | "RS384" | "RS512" | "ES256");
            let asked = if has_kernel { 0 } else { 2 };
            assert_eq!(verifier.others.0.get(), before + asked, "{algorithm}");
        }
    }

    #[test]
    fn every_changed_byte_and_length_is_noticed() {
        for (signer, name) in
            [(Signer::Rsa2048A, "RS256"), (Signer::Rsa4096, "RS512"), (Signer::P256, "ES256")]
        {
            let verifier = KernelVerifier::new(Others::default());
            let key = key(signer, Algorithm::from_name(name).unwrap());
            let good = signer.sign(name, MESSAGE);
            let mut bad: Vec<Vec<u8>> = (0..good.len())
                .map(|index| {
                    let mut changed = good.clone();
                    changed[index] ^= 0x40;
                    changed
                })
                .collect();
            bad.extend([Vec::new(), good[1..].to_vec(), [&good[..], &[0]].concat()]);
            bad.extend([[&[0], &good[..]].concat(), good[..good.len() - 1].to_vec()]);
            bad.extend([0, 0xff].map(|byte| alloc::vec![byte; good.len()]));
            for bad in bad {
                assert_eq!(verifier.verify(&key, MESSAGE, &bad), Err(InvalidSignature), "{name}");
                assert_eq!(verifier.verify(&key, MESSAGE, &good), Ok(()), "{name}");
            }
            assert_eq!(verifier.others.0.get(), 0);
        }
    }

    /// The same modulus under two hashes is one prepared key with two algorithms.
    #[test]
    fn a_prepared_key_does_not_carry_an_algorithm() {
        let verifier = KernelVerifier::new(Others::default());
        let signature = Signer::Rsa2048A.sign("RS256", MESSAGE);
        let [rs256, rs512] =
            [Algorithm::Rs256, Algorithm::Rs512].map(|one| key(Signer::Rsa2048A, one));
        assert_eq!(verifier.verify(&rs256, MESSAGE, &signature), Ok(()));
        assert_eq!(verifier.verify(&rs512, MESSAGE, &signature), Err(InvalidSignature));
        let other = key(Signer::Rsa2048B, Algorithm::Rs256);
        assert_eq!(verifier.verify(&other, MESSAGE, &signature), Err(InvalidSignature));
        assert_eq!(verifier.verify(&rs256, MESSAGE, &signature), Ok(()));
    }

    #[test]
    fn a_table_is_built_once_it_pays() {
        let verifier = KernelVerifier::new(Others::default());
        let signature = Signer::P256.sign("ES256", MESSAGE);
        let key = key(Signer::P256, Algorithm::Es256);
        for uses in 1..=USES + 2 {
            assert_eq!(verifier.verify(&key, MESSAGE, &signature), Ok(()));
            assert_eq!(verifier.verify(&key, b"other", &signature), Err(InvalidSignature));
            let prepared = verifier.prepared.borrow();
            let has_tables = prepared.generator.as_ref().unwrap().has_table();
            assert_eq!(has_tables, 2 * uses >= USES);
        }
    }

    #[test]
    fn it_may_go_to_another_thread() {
        const fn assert_send<T: Send>() {}
        assert_send::<KernelVerifier<RingVerifier>>();
    }
}
