//! Scalars as signed digits of six bits, which is how multiples of a point are looked up.

use super::digits::{DIGIT_BITS, Digits};

/// Bits of a window.
pub(super) const WINDOW_BITS: u32 = 6;
/// Windows of a number below 2^256, with a carry: 43 * 6 = 258 bits.
pub(super) const WINDOWS: usize = 43;
/// The largest digit; the smallest one is `1 - LARGEST`.
pub(super) const LARGEST: u32 = 1 << (WINDOW_BITS - 1);

/// Digits with `number = sum(digit[i] * 64^i)`, each in -31..=32.
pub(super) type Windows = [i8; WINDOWS];

/// The digits of a number below 2^256.
pub(super) fn of(number: &Digits) -> Windows {
    let mut windows = [0; WINDOWS];
    let mut digits = number.iter();
    // At most 5 bits are left over when the next 29 come.
    let (mut pending, mut pending_bits) = (0_u64, 0);
    let mut carry = 0;
    for window in &mut windows {
        if pending_bits < WINDOW_BITS
            && let Some(digit) = digits.next()
        {
            pending |= u64::from(*digit) << pending_bits;
            pending_bits += DIGIT_BITS;
        }
        // At most 63 + 1.
        let bits = (pending & ((1 << WINDOW_BITS) - 1)) as i8 + carry;
        pending >>= WINDOW_BITS;
        pending_bits = pending_bits.saturating_sub(WINDOW_BITS);
        carry = i8::from(bits > LARGEST as i8);
        *window = bits - (carry << WINDOW_BITS);
    }
    debug_assert!(carry == 0 && pending == 0);
    windows
}
#[cfg(test)]
mod tests {
    use super::super::digits;
    use super::super::testing::{self, Random};
    use super::*;
    use num_bigint::BigInt;

    fn check(number: &BigInt) {
        let windows = of(&digits::from_be_bytes(&testing::to_bytes(number)));
        let sum = windows.iter().rev().fold(BigInt::ZERO, |sum, digit| (sum << 6) + *digit);
        assert_eq!(sum, *number);
        assert!(windows.iter().all(|digit| (-31..=32).contains(digit)));
        // No number below 2^256 needs more of the last row of a table.
        assert!((0..=16).contains(&windows[42]));
    }

    #[test]
    fn the_digits_mean_the_number() {
        let mut random = Random(2);
        for number in testing::borders(&(BigInt::from(1) << 256)) {
            check(&number);
        }
        for _ in 0..10_000 {
            check(&testing::of_bytes(&random.bytes()));
        }
    }

    #[test]
    fn runs_of_the_largest_and_the_smallest_digit() {
        let repeated = |digit: u32| (0..42).fold(BigInt::ZERO, |sum, _| (sum << 6) + digit);
        for digit in [1, 31, 32, 33, 62, 63] {
            check(&repeated(digit));
        }
    }
}
