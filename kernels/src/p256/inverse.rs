//! Inverses modulo an odd number by the division steps of Bernstein and Yang ("Fast constant-time gcd
//! computation and modular inversion", 2019), in variable time: everything here is public.
//!
//! A division step takes (delta, f, g) with f odd to
//! - (1 - delta, g, (g - f) / 2) if delta > 0 and g is odd,
//! - (1 + delta, f, (g + f) / 2) if g is odd otherwise,
//! - (1 + delta, f, g / 2) if g is even.
//!
//! It keeps gcd(f, g), and for a modulus and numbers below 2^256 g is 0 after at most
//! (49 * 256 + 57) / 17 = 741 steps (theorem 11.2); f is then the gcd or its negative. 29 steps depend
//! on the lowest 29 bits alone, so they are found there and applied at once, as a matrix, to the long
//! numbers.

use super::digits::{self, DIGIT_BITS, DIGIT_MASK, Digits, low_digit};
use super::field::PRIME;
use super::scalar::ORDER;

/// Nine digits of 29 bits; the last one takes the sign and what is left.
type Long = [i64; 9];

/// What is inverted modulo: an odd number below 2^256.
pub(super) struct Modulus {
    digits: Digits,
    /// `-1 / digits` modulo 2^29.
    negative_inverse: u32,
}

/// The prime of the field.
pub(super) const P: Modulus = Modulus { digits: PRIME, negative_inverse: 1 };
/// The order of the curve.
pub(super) const N: Modulus = Modulus { digits: ORDER, negative_inverse: 0x0e00_bc4f };

/// The most batches of 29 steps that are ever needed: 741 / 29, rounded up.
const MOST_BATCHES: usize = 26;

/// The inverse of `x` modulo `modulus`, below it; `None` if there is none.
///
/// `x` is at most the modulus by magnitude, with digits of at most 2^29 - 1.
pub(super) fn modulo(x: &Long, modulus: &Modulus) -> Option<Digits> {
    // d * x = f and e * x = g modulo the modulus, all along.
    let (mut f, mut g) = (modulus.digits.map(i64::from), plus_multiple(x, 0, modulus));
    let (mut d, mut e) = ([0; 9], [1, 0, 0, 0, 0, 0, 0, 0, 0]);
    let mut delta = 1;
    for _ in 0..MOST_BATCHES {
        if g == [0; 9] {
            break;
        }
        let steps = Steps::find(&mut delta, lowest(&f), lowest(&g));
        (f, g) = steps.apply(&f, &g, modulus);
        (d, e) = steps.apply_modulo(&d, &e, modulus);
    }
    match f {
        _ if g != [0; 9] => None,
        [1, 0, 0, 0, 0, 0, 0, 0, 0] => Some(canonical(&d, modulus)),
        // -1: all ones, and the sign in the last digit.
        [ONES, ONES, ONES, ONES, ONES, ONES, ONES, ONES, -1] => {
            Some(canonical(&d.map(|digit| -digit), modulus))
        }
        _ => None,
    }
}

const ONES: i64 = DIGIT_MASK as i64;

/// 29 division steps as a matrix: `2^29 * f' = f.0 * f + f.1 * g`, and the same for g'. The magnitudes
/// of the two entries of a row are together at most 2^29.
struct Steps {
    f: (i64, i64),
    g: (i64, i64),
}

impl Steps {
    /// Makes 29 steps on the lowest 29 bits of `f` and `g`. Bits above those that are still right do
    /// no harm: what they say is never looked at.
    fn find(delta: &mut i32, mut f: u32, mut g: u32) -> Self {
        let (mut to_f, mut to_g) = ((1_i32, 0_i32), (0_i32, 1_i32));
        let mut left = DIGIT_BITS;
        loop {
            // As many steps as g is even, all at once.
            let halvings = (g | (u32::MAX << left)).trailing_zeros();
            g >>= halvings;
            to_f = (to_f.0 << halvings, to_f.1 << halvings);
            *delta += halvings.cast_signed();
            left -= halvings;
            if left == 0 {
                break;
            }
            if *delta > 0 {
                *delta = -*delta;
                (f, g) = (g, f.wrapping_neg());
                (to_f, to_g) = (to_g, (-to_f.0, -to_f.1));
            }
            // For 1 - delta steps the first case cannot come: they add multiples of f to g, together
            // the one that makes as many low bits of g zero. `f * (2 - f * f)` is 1 / f modulo 2^6.
            let bits = left.min((1 - *delta).cast_unsigned()).min(6);
            let minus_inverse = f.wrapping_mul(f.wrapping_mul(f).wrapping_sub(2));
            let multiple = g.wrapping_mul(minus_inverse) & ((1 << bits) - 1);
            g = g.wrapping_add(f.wrapping_mul(multiple));
            let multiple = multiple.cast_signed();
            to_g = (to_g.0 + to_f.0 * multiple, to_g.1 + to_f.1 * multiple);
        }
        let steps = Self { f: (to_f.0.into(), to_f.1.into()), g: (to_g.0.into(), to_g.1.into()) };
        debug_assert!(steps.f.0.abs() + steps.f.1.abs() <= 1 << DIGIT_BITS);
        debug_assert!(steps.g.0.abs() + steps.g.1.abs() <= 1 << DIGIT_BITS);
        steps
    }

    /// f and g after the steps, neither larger than the larger of them before.
    fn apply(&self, f: &Long, g: &Long, modulus: &Modulus) -> (Long, Long) {
        self.combine(f, g, (0, 0), modulus)
    }

    /// d and e after the steps, modulo the modulus.
    ///
    /// The multiples of the modulus that make the sums divisible by 2^29 are taken between -2^28 and
    /// 2^28, so magnitudes grow by at most half the modulus: after 26 batches they are at most 13 times
    /// the modulus and one.
    fn apply_modulo(&self, d: &Long, e: &Long, modulus: &Modulus) -> (Long, Long) {
        let multiple = |row: (i64, i64)| {
            let lowest = low_digit((row.0 * d[0] + row.1 * e[0]).cast_unsigned());
            let multiple = low_digit(u64::from(lowest) * u64::from(modulus.negative_inverse));
            let negative = multiple > DIGIT_MASK / 2;
            i64::from(multiple) - if negative { ONES + 1 } else { 0 }
        };
        self.combine(d, e, (multiple(self.f), multiple(self.g)), modulus)
    }

    /// The rows times `a` and `b` with these multiples of the modulus added, divided by 2^29, which
    /// must be possible.
    ///
    /// Digits are at most 2^29, so sums are at most 2^58 + 2^57 and a carry of 2^30.
    #[inline(always)]
    fn combine(&self, a: &Long, b: &Long, added: (i64, i64), modulus: &Modulus) -> (Long, Long) {
        let (mut first, mut second) = ([0; 9], [0; 9]);
        let (mut first_carry, mut second_carry) = (0, 0);
        let mut results = first.iter_mut().zip(&mut second);
        let operands = a.iter().zip(b).zip(&modulus.digits);
        for (place, ((a, b), modulus)) in operands.enumerate() {
            let modulus = i64::from(*modulus);
            first_carry += self.f.0 * a + self.f.1 * b + added.0 * modulus;
            second_carry += self.g.0 * a + self.g.1 * b + added.1 * modulus;
            let lowest = (first_carry & ONES, second_carry & ONES);
            // The lowest digits are 0, and the division takes them away.
            if place == 0 {
                debug_assert!(lowest == (0, 0));
            } else if let Some((first, second)) = results.next() {
                (*first, *second) = lowest;
            }
            (first_carry, second_carry) = (first_carry >> DIGIT_BITS, second_carry >> DIGIT_BITS);
        }
        (first[8], second[8]) = (first_carry, second_carry);
        debug_assert!(first[8].abs() < 1 << DIGIT_BITS && second[8].abs() < 1 << DIGIT_BITS);
        (first, second)
    }
}

/// `number + factor * modulus` with all digits but the last in 0..2^29.
fn plus_multiple(number: &Long, factor: i64, modulus: &Modulus) -> Long {
    let (mut result, mut carry) = ([0; 9], 0);
    for (digit, (number, modulus)) in result.iter_mut().zip(number.iter().zip(&modulus.digits)) {
        carry += number + factor * i64::from(*modulus);
        *digit = carry & ONES;
        carry >>= DIGIT_BITS;
    }
    // The last digit keeps its sign and what is above it.
    result[8] += carry << DIGIT_BITS;
    result
}

/// `number` modulo the modulus, for a number of at most 14 times the modulus by magnitude.
fn canonical(number: &Long, modulus: &Modulus) -> Digits {
    // Both moduli are between 2^256 - 2^224 and 2^256, so the quotient by 2^256 is right within one.
    let number = plus_multiple(number, 0, modulus);
    let number = plus_multiple(&number, -(number[8] >> 24), modulus);
    let number = if number[8] < 0 { plus_multiple(&number, 1, modulus) } else { number };
    debug_assert!(0 <= number[8] && number[8] <= 1 << 24);
    let digits = number.map(|digit| low_digit(digit.cast_unsigned()));
    if digits::less_than(&digits, &modulus.digits) {
        digits
    } else {
        digits::difference(&digits, &modulus.digits)
    }
}

/// The lowest digit.
fn lowest(number: &Long) -> u32 {
    low_digit(number[0].cast_unsigned())
}

#[cfg(test)]
mod tests {
    use super::super::testing::{self, Random, hex, of_digits, of_signed};
    use super::*;
    use num_bigint::BigInt;

    fn signed(number: &BigInt) -> Long {
        let magnitude: BigInt = if *number < BigInt::ZERO { -number } else { number.clone() };
        let digits = digits::from_be_bytes(&testing::to_bytes(&magnitude)).map(i64::from);
        if magnitude == *number { digits } else { digits.map(|digit| -digit) }
    }

    fn check(number: &BigInt, modulus: &Modulus) {
        let m = of_digits(&modulus.digits);
        for number in [number.clone(), -number] {
            let inverse = of_digits(&modulo(&signed(&number), modulus).unwrap());
            assert!(inverse < m);
            assert_eq!(testing::modulo(&(inverse * &number), &m), BigInt::from(1), "{number:x}");
        }
    }

    #[test]
    fn the_moduli_are_those_of_the_standard() {
        for (modulus, text) in [(P, testing::P), (N, testing::N)] {
            assert_eq!(of_digits(&modulus.digits), hex(text));
            let product = u64::from(modulus.digits[0]) * u64::from(modulus.negative_inverse);
            assert_eq!(low_digit(product + 1), 0);
        }
    }

    #[test]
    fn an_inverse_times_its_number_is_one() {
        let mut random = Random(3);
        for modulus in [P, N] {
            let m = of_digits(&modulus.digits);
            for number in testing::borders(&m).iter().filter(|number| **number != BigInt::ZERO) {
                check(number, &modulus);
            }
            for _ in 0..5000 {
                check(&(testing::of_bytes(&random.bytes()) % (&m - 1) + 1), &modulus);
            }
        }
    }

    #[test]
    fn multiples_of_the_modulus_have_no_inverse() {
        for modulus in [P, N] {
            assert_eq!(modulo(&[0; 9], &modulus), None);
            assert_eq!(modulo(&modulus.digits.map(i64::from), &modulus), None);
            assert_eq!(modulo(&modulus.digits.map(|digit| -i64::from(digit)), &modulus), None);
        }
    }

    #[test]
    fn what_has_a_divisor_in_common_with_the_modulus_has_no_inverse() {
        // 2^29 - 1 = 233 * 1103 * 2089.
        let small = |number| [number, 0, 0, 0, 0, 0, 0, 0, 0];
        let modulus = Modulus { digits: small(DIGIT_MASK), negative_inverse: 1 };
        assert_eq!(modulo(&small(1103 * 4).map(i64::from), &modulus), None);
    }

    #[test]
    fn numbers_are_brought_below_the_modulus() {
        let mut random = Random(4);
        for modulus in [P, N] {
            let m = of_digits(&modulus.digits);
            for factor in -14..=14 {
                let check = |offset: BigInt| {
                    let number = &m * factor + &offset;
                    if number <= &m * 14 && number >= &m * -14 {
                        // The digits below the last one are 0..2^29, as a batch leaves them.
                        let top: BigInt = &number >> 232_u32;
                        let low: BigInt = &number - (&top << 232_u32);
                        let mut digits = signed(&low);
                        digits[8] = i64::try_from(top).unwrap();
                        assert_eq!(of_signed(&digits), number);
                        let reduced = of_digits(&canonical(&digits, &modulus));
                        assert_eq!(reduced, testing::modulo(&number, &m));
                    }
                };
                for offset in -3..=3 {
                    check(BigInt::from(offset));
                }
                for _ in 0..200 {
                    check(testing::of_bytes(&random.bytes()) % &m);
                }
            }
        }
    }

    /// One division step after the other, on the complete numbers.
    #[test]
    fn a_batch_is_29_division_steps() {
        let mut random = Random(5);
        for round in 0..2000 {
            let mut delta = random.below(61) as i64 - 30;
            let mut quick_delta = delta as i32;
            let f = (testing::of_bytes(&random.bytes()) >> (round % 200_u32) << 1_u32) + 1;
            let g = testing::of_bytes(&random.bytes()) >> (random.below(250) as u32);
            let (f, g): (BigInt, BigInt) = (f % hex(testing::P) * 2 + 1, g);
            let low = |number: &BigInt| u32::try_from(number % (BigInt::from(1) << 29)).unwrap();
            let steps = Steps::find(&mut quick_delta, low(&f), low(&g));

            let (mut slow_f, mut slow_g) = (f.clone(), g.clone());
            for _ in 0..29 {
                let odd = slow_g.bit(0);
                if odd && delta > 0 {
                    (slow_f, slow_g) = (slow_g.clone(), slow_g - slow_f);
                    delta = -delta;
                } else if odd {
                    slow_g += &slow_f;
                }
                slow_g /= 2;
                delta += 1;
            }
            assert_eq!(i64::from(quick_delta), delta);
            assert_eq!(&f * steps.f.0 + &g * steps.f.1, slow_f << 29_u32);
            assert_eq!(&f * steps.g.0 + &g * steps.g.1, slow_g << 29_u32);
        }
    }
}
