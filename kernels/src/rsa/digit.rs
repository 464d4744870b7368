//! Numbers to the base 2^24.
//!
//! A digit is balanced when it lies in −2^23 ..= 2^23. The product of two is at most 2^46, so that an
//! `f64`, which holds every whole number up to 2^53, takes the sum of 120 such products with room
//! left for carries. Three octets are one digit.

/// The base that the digits are written to.
pub(super) const BASE: i64 = 1 << BITS;
/// Bits of a digit.
pub(super) const BITS: usize = 24;

/// How many digits the numbers modulo an RSA modulus with `bits` bits have: the least multiple of
/// four with 24 · digits ≥ bits + 50. "Sizes" in `docs/kernels.md` says why.
pub(super) const fn length(bits: usize) -> usize {
    (bits + 50).div_ceil(BITS).next_multiple_of(4)
}

/// The digits of a big-endian number in 0 .. 2^24, least significant first.
pub(super) fn of_octets(octets: &[u8]) -> impl Iterator<Item = i64> {
    let (above, triples) = octets.as_rchunks();
    let top = above.iter().fold(0, |value, octet| (value << 8) | i64::from(*octet));
    let digits = triples.iter().rev();
    digits.map(|[a, b, c]| i64::from(u32::from_be_bytes([0, *a, *b, *c]))).chain([top])
}

/// Splits `value` into a balanced digit and what it hands on to the next place:
/// `value = digit + carry · 2^24`.
pub(super) const fn balance(value: i64) -> (i64, i64) {
    let carry = (value + BASE / 2) >> BITS;
    (value - (carry << BITS), carry)
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::vec::Vec;

    #[test]
    fn octets_become_digits_from_the_end() {
        let digits = |octets: &[u8]| of_octets(octets).collect::<Vec<_>>();
        assert_eq!(digits(&[1, 2, 3, 4, 5, 6]), [0x0004_0506, 0x0001_0203, 0]);
        assert_eq!(digits(&[2, 3, 4, 5, 6]), [0x0004_0506, 0x0203]);
        assert_eq!(digits(&[0xff, 4, 5, 6]), [0x0004_0506, 0xff]);
        assert_eq!(digits(&[]), [0]);
    }

    #[test]
    fn balanced_digits_keep_the_value() {
        for value in [0, 1, -1, BASE / 2 - 1, BASE / 2, -BASE / 2, BASE - 1, BASE, -7 * BASE - 5] {
            let (digit, carry) = balance(value);
            assert_eq!(digit + carry * BASE, value);
            assert!((-BASE / 2..=BASE / 2).contains(&digit), "{value}");
        }
    }

    #[test]
    fn lengths_leave_the_room_that_the_bounds_need() {
        assert_eq!([2048, 3072, 4096].map(length), [88, 132, 176]);
        for bits in crate::rsa::MIN_BITS..=crate::rsa::MAX_BITS {
            assert!(length(bits) * BITS >= bits + 50 && length(bits).is_multiple_of(4), "{bits}");
            // The digits of the modulus, and one more of any multiple that is looked at.
            let digits = of_octets(&alloc::vec![1; bits.div_ceil(8)]).count();
            assert!(digits < length(bits), "{bits}");
        }
    }
}
