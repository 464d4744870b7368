//! RSASSA-PKCS1-v1_5 (RFC 8017 section 8.2) with the public exponent 65537.

mod carry;
mod columns;
mod digit;
mod encoding;
mod modulus;
mod number;
mod pair;
mod row;
#[cfg(test)]
mod testing;

use alloc::boxed::Box;

use self::modulus::Modulus;
use self::number::Number;
use crate::{Hash, KeyFault};

/// The fewest bits that a modulus may have.
pub const MIN_BITS: usize = 2048;
/// The most bits that a modulus may have.
pub const MAX_BITS: usize = 4096;

/// A public key whose exponent is 65537, with what verification needs of it computed in advance:
/// about 5 KB for 2048 bits.
#[derive(Clone, Debug)]
pub struct PublicKey {
    octets: Box<[u8]>,
    modulus: Modulus,
    /// 1 / R^65535: what raising a number leaves over (see `docs/kernels.md`).
    correction: Number,
}

impl PublicKey {
    /// The key with this modulus, in big-endian octets.
    ///
    /// # Errors
    /// [`KeyFault`] if the first octet is zero, if the size is not [`MIN_BITS`] to [`MAX_BITS`], or
    /// if the modulus is even. Whether it is the product of two primes cannot be seen.
    pub fn new(modulus_be: &[u8]) -> Result<Self, KeyFault> {
        let bits = match modulus_be.first() {
            Some(0) => return Err(KeyFault::LeadingZero),
            Some(first) => modulus_be.len().saturating_mul(8) - first.leading_zeros() as usize,
            None => 0,
        };
        if !(MIN_BITS..=MAX_BITS).contains(&bits) {
            return Err(KeyFault::Size);
        }
        if modulus_be.last().is_none_or(|last| last % 2 == 0) {
            return Err(KeyFault::Even);
        }
        let modulus = Modulus::new(modulus_be, bits);
        let mut correction = modulus.one();
        modulus.raise(&mut correction, &mut modulus.columns());
        Ok(Self { octets: modulus_be.into(), modulus, correction })
    }

    /// Whether `signature` is the signature of `message` under this key (RFC 8017 section 8.2.2).
    ///
    /// It has as many octets as the modulus, leading zeros included, and as a number it is less than
    /// the modulus.
    #[must_use]
    pub fn verify(&self, hash: Hash, message: &[u8], signature: &[u8]) -> bool {
        if signature.len() != self.octets.len() || signature >= &*self.octets {
            return false;
        }
        let encoded = encoding::encode(hash, message, self.octets.len());
        self.is_root(&self.modulus.number(signature), &self.modulus.number(&encoded))
    }

    /// Whether `signature`^65537 and `encoded` are congruent modulo the modulus.
    ///
    /// Raising gives signature^65536 / R^65535, and 1 / R^65535 from 1. So both sides of the
    /// comparison carry the same factor, which has an inverse since the modulus is odd.
    fn is_root(&self, signature: &Number, encoded: &Number) -> bool {
        let mut columns = self.modulus.columns();
        let mut power = signature.clone();
        self.modulus.raise(&mut power, &mut columns);
        self.modulus.are_congruent([&power, signature], [encoded, &self.correction], &mut columns)
    }
}

#[cfg(test)]
mod tests {
    use super::testing::Random;
    use super::*;
    use alloc::vec;
    use num_bigint::BigUint;

    #[test]
    fn keys_of_another_shape_are_refused() {
        let fault = |octets: &[u8]| PublicKey::new(octets).err();
        let modulus = |first: u8, length: usize| {
            let mut octets = vec![0xc5; length];
            octets[0] = first;
            octets
        };
        assert_eq!(fault(&[]), Some(KeyFault::Size));
        assert_eq!(fault(&[1]), Some(KeyFault::Size));
        assert_eq!(fault(&modulus(0x7f, 256)), Some(KeyFault::Size));
        assert_eq!(fault(&modulus(0x80, 255)), Some(KeyFault::Size));
        assert_eq!(fault(&modulus(0x01, 513)), Some(KeyFault::Size));
        assert_eq!(fault(&modulus(0x80, 1024)), Some(KeyFault::Size));
        assert_eq!(fault(&modulus(0, 257)), Some(KeyFault::LeadingZero));
        for (first, length) in [(0x80, 256), (0xff, 256), (1, 257), (0x80, 512), (0xff, 512)] {
            let mut octets = modulus(first, length);
            assert_eq!(fault(&octets), None);
            octets[length - 1] = 0xc4;
            assert_eq!(fault(&octets), Some(KeyFault::Even));
        }
    }

    /// Any number is the root of one number only modulo each modulus, whatever its factors are.
    #[test]
    fn roots_are_those_of_plain_arithmetic() {
        let mut random = Random(1);
        for bits in [2048, 2055, 2062, 2063, 2832, 2878, 3072, 4095, 4096] {
            for fill in [Some(0), Some(0xff), Some(0x80), None] {
                let length = usize::div_ceil(bits, 8);
                let octets = fill.map_or_else(|| random.octets(length), |fill| vec![fill; length]);
                let low = BigUint::from_bytes_be(&octets) >> (8 * length - bits + 1);
                let n = (BigUint::from(1_u8) << (bits - 1)) | low | BigUint::from(1_u8);
                let key = PublicKey::new(&n.to_bytes_be()).expect("a modulus");
                let is_root = |root: &BigUint, power: &BigUint| {
                    let [root, power] = [root, power].map(BigUint::to_bytes_be);
                    key.is_root(&key.modulus.number(&root), &key.modulus.number(&power))
                };
                let any = BigUint::from_bytes_be(&random.octets(length)) % &n;
                for root in [BigUint::ZERO, BigUint::from(2_u8), &n - 1_u8, &n >> 1, any] {
                    let power = root.modpow(&BigUint::from(65_537_u32), &n);
                    assert!(is_root(&root, &power));
                    let bit = random.below(bits as u64 - 1);
                    for other in [BigUint::from(1_u8), BigUint::from(1_u8) << bit, &n >> 1] {
                        assert!(!is_root(&root, &((&power + other) % &n)));
                    }
                }
            }
        }
    }
}
