//! Whole numbers below 2^261 as nine digits of 29 bits.

/// Bits of a digit.
pub(super) const DIGIT_BITS: u32 = 29;
/// The largest digit, which is also the mask of a digit's bits.
pub(super) const DIGIT_MASK: u32 = (1 << DIGIT_BITS) - 1;

/// A number below 2^261, least significant digit first; every digit is at most [`DIGIT_MASK`].
pub(super) type Digits = [u32; 9];

/// The number that 32 bytes mean, most significant byte first.
pub(super) fn from_be_bytes(bytes: &[u8; 32]) -> Digits {
    let mut digits = [0; 9];
    let (words, _) = bytes.as_chunks::<4>();
    let mut words = words.iter().rev();
    // At most 28 bits are left over when the next 32 come: 60 in all.
    let (mut pending, mut pending_bits) = (0_u64, 0);
    for digit in &mut digits {
        if pending_bits < DIGIT_BITS
            && let Some(word) = words.next()
        {
            pending |= u64::from(u32::from_be_bytes(*word)) << pending_bits;
            pending_bits += 32;
        }
        *digit = low_digit(pending);
        pending >>= DIGIT_BITS;
        pending_bits = pending_bits.saturating_sub(DIGIT_BITS);
    }
    debug_assert!(pending == 0 && words.next().is_none());
    digits
}

/// Whether `a` is the smaller number.
pub(super) fn less_than(a: &Digits, b: &Digits) -> bool {
    a.iter().rev().lt(b.iter().rev())
}

/// `a + b`, which must be below 2^261.
pub(super) fn sum(a: &Digits, b: &Digits) -> Digits {
    let (mut result, mut carry) = ([0; 9], 0);
    for (digit, (a, b)) in result.iter_mut().zip(a.iter().zip(b)) {
        // Below 2 * 2^29 + 1.
        let place = a + b + carry;
        *digit = place & DIGIT_MASK;
        carry = place >> DIGIT_BITS;
    }
    debug_assert!(carry == 0);
    result
}

/// `a - b`, where `b` must not be the larger one.
pub(super) fn difference(a: &Digits, b: &Digits) -> Digits {
    let (mut result, mut borrow) = ([0; 9], 0);
    for (digit, (a, b)) in result.iter_mut().zip(a.iter().zip(b)) {
        // Between -2^29 and 2^29, so bit 31 says whether it is negative.
        let place = a.wrapping_sub(*b).wrapping_sub(borrow);
        *digit = place & DIGIT_MASK;
        borrow = place >> 31;
    }
    debug_assert!(borrow == 0);
    result
}

/// The low 29 bits.
pub(super) const fn low_digit(number: u64) -> u32 {
    (number & DIGIT_MASK as u64) as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The digits of 2^exponent.
    fn power_of_two(exponent: u32) -> Digits {
        let mut digits = [0; 9];
        digits[(exponent / DIGIT_BITS) as usize] = 1 << (exponent % DIGIT_BITS);
        digits
    }

    #[test]
    fn every_bit_of_the_bytes_is_a_bit_of_the_number() {
        for exponent in 0..256 {
            let mut bytes = [0; 32];
            bytes[31 - exponent / 8] = 1 << (exponent % 8);
            assert_eq!(from_be_bytes(&bytes), power_of_two(exponent as u32), "2^{exponent}");
        }
    }

    #[test]
    fn all_ones_fill_all_digits() {
        let mut expected = [DIGIT_MASK; 9];
        expected[8] = (1 << 24) - 1;
        assert_eq!(from_be_bytes(&[0xff; 32]), expected);
    }

    #[test]
    fn the_most_significant_difference_decides() {
        for exponent in 0..256 {
            let (power, zero) = (power_of_two(exponent), [0; 9]);
            assert!(less_than(&zero, &power) && !less_than(&power, &zero));
            assert!(!less_than(&power, &power));
            let below = difference(&power, &power_of_two(0));
            assert!(less_than(&below, &power) && !less_than(&power, &below));
        }
    }

    #[test]
    fn carries_and_borrows_run_through_all_digits() {
        let one = power_of_two(0);
        for exponent in 1..260 {
            let power = power_of_two(exponent);
            let below = difference(&power, &one);
            assert_eq!(sum(&below, &one), power);
            assert_eq!(sum(&below, &below), difference(&sum(&power, &below), &one));
            assert_eq!(difference(&power, &below), one);
        }
    }
}
