//! RSA public keys (RFC 7518 section 6.3.1, RFC 8017 section 3.1).

use crate::key::error::KeyError;
use crate::key::material::KeyMaterial;
use crate::key::roca;

/// RFC 7518 section 3.3: "A key of size 2048 bits or larger MUST be used".
const MIN_BITS: usize = 2048;
/// Work per signature grows with the square of the size; no issuer needs more.
const MAX_BITS: usize = 8192;
/// Work grows with the exponent's length too; this is the limit that `ring` has.
const MAX_EXPONENT: u64 = (1 << 33) - 1;

/// Checks the two numbers, which are big endian.
pub(crate) fn import(modulus: &[u8], exponent: &[u8]) -> Result<KeyMaterial, KeyError> {
    if modulus.first() == Some(&0) || exponent.first() == Some(&0) {
        return Err(KeyError::RsaLeadingZero);
    }
    check_modulus(modulus)?;
    check_exponent(exponent)?;
    Ok(KeyMaterial::Rsa { modulus: modulus.into(), exponent: exponent.into() })
}

fn check_modulus(modulus: &[u8]) -> Result<(), KeyError> {
    let unused_bits = modulus.first().map_or(0, |first| first.leading_zeros() as usize);
    let bits = modulus.len().saturating_mul(8).saturating_sub(unused_bits);
    if bits < MIN_BITS {
        Err(KeyError::RsaTooSmall)
    } else if bits > MAX_BITS {
        Err(KeyError::RsaTooLarge)
    } else if modulus.last().is_none_or(|last| last % 2 == 0) {
        Err(KeyError::RsaModulusEven)
    } else if roca::has_fingerprint(modulus) {
        Err(KeyError::RsaWeak)
    } else {
        Ok(())
    }
}

fn check_exponent(exponent: &[u8]) -> Result<(), KeyError> {
    if exponent.len() > size_of::<u64>() {
        return Err(KeyError::RsaExponent);
    }
    let value = exponent.iter().fold(0_u64, |value, byte| (value << 8) | u64::from(*byte));
    if value % 2 == 1 && (3..=MAX_EXPONENT).contains(&value) {
        Ok(())
    } else {
        Err(KeyError::RsaExponent)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::vec;
    use alloc::vec::Vec;

    /// An odd number with exactly `bits` bits. Its pattern is not that of a weak generator.
    fn modulus(bits: usize) -> Vec<u8> {
        let mut bytes = vec![0xa7; bits.div_ceil(8)];
        bytes[0] = 1 << ((bits + 7) % 8);
        bytes
    }

    #[test]
    fn sizes_from_2048_to_8192_bits_are_taken() {
        for bits in [2048, 2049, 2056, 3072, 4096, 8191, 8192] {
            assert!(import(&modulus(bits), &[1, 0, 1]).is_ok(), "{bits}");
        }
        for bits in [8, 1024, 2040, 2047] {
            assert_eq!(import(&modulus(bits), &[3]), Err(KeyError::RsaTooSmall), "{bits}");
        }
        for bits in [8193, 16384] {
            assert_eq!(import(&modulus(bits), &[3]), Err(KeyError::RsaTooLarge), "{bits}");
        }
        assert_eq!(import(&[], &[3]), Err(KeyError::RsaTooSmall));
    }

    #[test]
    fn an_even_modulus_is_refused() {
        let mut even = modulus(2048);
        even[255] = 0xa6;
        assert_eq!(import(&even, &[1, 0, 1]), Err(KeyError::RsaModulusEven));
    }

    #[test]
    fn exponents_are_odd_and_bounded() {
        let n = modulus(2048);
        for good in [&[3][..], &[5], &[1, 0, 1], &[1, 0xff, 0xff, 0xff, 0xff]] {
            assert!(import(&n, good).is_ok(), "{good:?}");
        }
        for bad in [&[][..], &[1], &[2], &[4], &[2, 0, 0, 0, 1], &[1, 0, 0, 0, 0, 0, 0, 0, 3]] {
            assert_eq!(import(&n, bad), Err(KeyError::RsaExponent), "{bad:?}");
        }
    }

    #[test]
    fn leading_zeros_are_refused() {
        let mut long = vec![0];
        long.extend(modulus(2048));
        assert_eq!(import(&long, &[1, 0, 1]), Err(KeyError::RsaLeadingZero));
        assert_eq!(import(&modulus(2048), &[0, 1, 0, 1]), Err(KeyError::RsaLeadingZero));
        assert_eq!(import(&modulus(2048), &[0]), Err(KeyError::RsaLeadingZero));
    }
}
