//! Numbers modulo n, the order of the curve.

use super::digits::{self, DIGIT_BITS, Digits, low_digit};
use super::inverse;

/// n (SP 800-186 section 3.2.1.3).
pub(super) const ORDER: Digits = [
    0x1c63_2551,
    0x1dce_5617,
    0x05e7_a13c,
    0x0df5_5b4e,
    0x1fff_fbce,
    0x1fff_ffff,
    0x0003_ffff,
    0x1fe0_0000,
    0x00ff_ffff,
];

/// 2^522 modulo n, which brings a number into Montgomery's form.
const MONTGOMERY_SQUARED: Digits = [
    0x148d_9ef5,
    0x0f4e_7f75,
    0x14c6_a651,
    0x03f8_b765,
    0x1658_61f1,
    0x1256_d7d8,
    0x1c18_5b23,
    0x0d4c_ab0f,
    0x0084_b655,
];

/// -1 / n modulo 2^29.
const NEGATIVE_INVERSE: u64 = 0x0e00_bc4f;

/// A number below n.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Scalar(Digits);

/// The inverse of a number, in Montgomery's form.
#[derive(Clone, Copy)]
pub(super) struct Inverse(Digits);

impl Scalar {
    /// The number of 32 bytes, most significant first; `None` if it is not in 1..n.
    ///
    /// That is what r and s of a signature must be (FIPS 186-5 section 6.4.2, step 1).
    pub(super) fn from_signature(bytes: &[u8; 32]) -> Option<Self> {
        let number = digits::from_be_bytes(bytes);
        (number != [0; 9] && digits::less_than(&number, &ORDER)).then_some(Self(number))
    }

    /// The number e of a hash with 256 bits, modulo n (FIPS 186-5 section 6.4.2, step 3).
    pub(super) fn from_hash(hash: &[u8; 32]) -> Self {
        Self(less_order_once(digits::from_be_bytes(hash)))
    }

    pub(super) fn digits(&self) -> &Digits {
        &self.0
    }

    /// `1 / self`; `None` for 0.
    ///
    /// The inverse is multiplied back, so that nothing rests on how it was found.
    pub(super) fn inverse(&self) -> Option<Inverse> {
        let plain = inverse::modulo(&self.0.map(i64::from), &inverse::N)?;
        let inverse = Inverse(product(&plain, &MONTGOMERY_SQUARED));
        (inverse.times(self).0 == [1, 0, 0, 0, 0, 0, 0, 0, 0]).then_some(inverse)
    }
}

impl Inverse {
    /// The number divided by the one that this is the inverse of.
    pub(super) fn times(&self, scalar: &Scalar) -> Scalar {
        Scalar(product(&self.0, &scalar.0))
    }
}

/// `a * b / 2^261` modulo n, for numbers below n (Montgomery).
///
/// A place takes 2 products below 2^58 from each of 9 digits of `a` before it is the lowest one and is
/// carried away: below 2^62.2 and a carry of 2^34. The result is below n * n / 2^261 + n < 2 * n.
fn product(a: &Digits, b: &Digits) -> Digits {
    debug_assert!(digits::less_than(a, &ORDER) && digits::less_than(b, &ORDER));
    let mut places = [0_u64; 9];
    for digit in a {
        add_multiple(&mut places, *digit, b);
        // Makes the lowest place a multiple of 2^29.
        let quotient = low_digit(u64::from(low_digit(places[0])) * NEGATIVE_INVERSE);
        add_multiple(&mut places, quotient, &ORDER);
        debug_assert!(low_digit(places[0]) == 0);
        let carry = places[0] >> DIGIT_BITS;
        places[0] = 0;
        places.rotate_left(1);
        places[0] += carry;
    }
    let mut carry = 0;
    let result = places.map(|place| {
        let place = place + carry;
        carry = place >> DIGIT_BITS;
        low_digit(place)
    });
    debug_assert!(carry == 0);
    less_order_once(result)
}

#[inline(always)]
fn add_multiple(places: &mut [u64; 9], factor: u32, number: &Digits) {
    for (place, digit) in places.iter_mut().zip(number) {
        *place += u64::from(factor) * u64::from(*digit);
    }
}

/// `number` modulo n, for a number below 2 * n.
fn less_order_once(number: Digits) -> Digits {
    let reduced = if digits::less_than(&number, &ORDER) {
        number
    } else {
        digits::difference(&number, &ORDER)
    };
    debug_assert!(digits::less_than(&reduced, &ORDER));
    reduced
}
#[cfg(test)]
mod tests {
    use super::super::testing::{self, N, Random, hex, of_digits};
    use super::*;
    use num_bigint::BigInt;

    fn scalar(number: &BigInt) -> Scalar {
        Scalar::from_signature(&testing::to_bytes(number)).unwrap()
    }

    #[test]
    fn the_constants_are_those_of_the_standard() {
        let n = hex(N);
        assert_eq!(of_digits(&ORDER), n);
        assert_eq!(of_digits(&MONTGOMERY_SQUARED), (BigInt::from(1) << 522) % &n);
        let negative_inverse = BigInt::from(NEGATIVE_INVERSE);
        assert_eq!((negative_inverse * n + 1) % (BigInt::from(1) << 29), BigInt::ZERO);
    }

    #[test]
    fn signatures_hold_numbers_from_1_to_the_order_less_1() {
        let n = hex(N);
        for number in testing::borders(&(BigInt::from(1) << 256)) {
            let parsed = Scalar::from_signature(&testing::to_bytes(&number));
            let wanted = number != BigInt::ZERO && number < n;
            assert_eq!(parsed.is_some(), wanted, "{number:x}");
            if let Some(parsed) = parsed {
                assert_eq!(of_digits(parsed.digits()), number);
            }
        }
    }

    #[test]
    fn hashes_are_taken_modulo_the_order() {
        for number in testing::borders(&(BigInt::from(1) << 256)) {
            let reduced = Scalar::from_hash(&testing::to_bytes(&number));
            assert_eq!(of_digits(reduced.digits()), number % hex(N));
        }
    }

    #[test]
    fn quotients_are_right() {
        let (n, mut random) = (hex(N), Random(1));
        let mut numbers = testing::borders(&n);
        numbers.retain(|number| *number != BigInt::ZERO);
        for _ in 0..2000 {
            numbers.push(testing::of_bytes(&random.bytes()) % (&n - 1) + 1);
        }
        for (index, divisor) in numbers.iter().enumerate() {
            let dividend = &numbers[(index * 7 + 3) % numbers.len()];
            let quotient = scalar(divisor).inverse().unwrap().times(&scalar(dividend));
            assert_eq!((of_digits(quotient.digits()) * divisor) % &n, *dividend, "{divisor:x}");
        }
    }

    #[test]
    fn zero_has_no_inverse() {
        assert!(Scalar::from_hash(&[0; 32]).inverse().is_none());
        assert!(Scalar::from_hash(&testing::to_bytes(&hex(N))).inverse().is_none());
    }
}
