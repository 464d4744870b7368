//! Arithmetic modulo an RSA modulus N.

use alloc::boxed::Box;
use core::{iter, mem};

use super::columns::Columns;
use super::digit::{self, BASE, BITS};
use super::number::Number;

/// Squarings that make the 65 536th power.
const SQUARINGS: usize = 16;
/// The largest multiple that [`Modulus::divides`] has to know.
const MAX_FACTOR: u64 = 1 << 50;

/// The modulus with what is computed from it once.
#[derive(Clone, Debug)]
pub(super) struct Modulus {
    /// Digits of the numbers that are computed with.
    length: usize,
    /// The digits of N, 0 ≤ digit < 2^24, least significant first.
    digits: Box<[i64]>,
    /// N⁻¹ modulo 2^64.
    inverse: i64,
    /// k · N + 1, for the one k in 0 .. 2^48 that makes it a multiple of 2^48.
    multiple: Number,
}

impl Modulus {
    /// From the octets of N, which is odd and has `bits` bits.
    pub(super) fn new(octets: &[u8], bits: usize) -> Self {
        let length = digit::length(bits);
        let digits: Box<[i64]> = digit::of_octets(octets).collect();
        let inverse = inverse(low_bits(digits.iter().copied()));
        let k = inverse.wrapping_neg() & (BASE * BASE - 1);
        let mut one = 1;
        let columns = times(&digits, k).map(|column| column + mem::take(&mut one));
        let multiple = Number::new(length, columns);
        Self { length, digits, inverse, multiple }
    }

    /// The number one.
    pub(super) fn one(&self) -> Number {
        Number::new(self.length, [1])
    }

    /// The number that is written in `octets`, big endian; at most as many as N has.
    pub(super) fn number(&self, octets: &[u8]) -> Number {
        Number::new(self.length, digit::of_octets(octets))
    }

    /// Scratch space for this modulus.
    pub(super) fn columns(&self) -> Columns {
        Columns::new(self.length)
    }

    /// `number^65536 / R^65535`, up to a multiple of N.
    pub(super) fn raise(&self, number: &mut Number, columns: &mut Columns) {
        for _ in 0..SQUARINGS {
            columns.set_square(number);
            columns.reduce(&self.multiple, number);
        }
    }

    /// Whether `a · b` and `c · d` are congruent modulo N.
    pub(super) fn are_congruent(
        &self,
        [a, b]: [&Number; 2],
        [c, d]: [&Number; 2],
        columns: &mut Columns,
    ) -> bool {
        // Not zero to begin with: what is never computed must not be a multiple of N.
        let mut difference = self.one();
        columns.set_difference([a, b], [c, d]);
        columns.reduce(&self.multiple, &mut difference);
        self.divides(&difference)
    }

    /// Whether `number` is a multiple of N, exactly.
    fn divides(&self, number: &Number) -> bool {
        // If number = factor · N, this is the factor: |number| < 2^49 · N.
        let factor = low_bits(number.digits()).wrapping_mul(self.inverse);
        if factor.unsigned_abs() > MAX_FACTOR {
            return false;
        }
        let digits = number.digits().chain(iter::repeat(0));
        let columns = times(&self.digits, factor).chain(iter::repeat(0));
        let mut carry = 0;
        for (digit, column) in digits.zip(columns).take(self.length + 2) {
            let difference = digit - column + carry;
            if difference % BASE != 0 {
                return false;
            }
            carry = difference >> BITS;
        }
        carry == 0
    }
}

/// The columns of `factor · number`, where the number's digits are given. They are less than 2^51
/// if the factor is at most [`MAX_FACTOR`].
fn times(digits: &[i64], factor: i64) -> impl Iterator<Item = i64> {
    let (low, high) = (factor & (BASE - 1), factor >> BITS);
    let shifted = iter::once(&0).chain(digits);
    digits.iter().chain([&0]).zip(shifted).map(move |(digit, below)| digit * low + below * high)
}

/// A number modulo 2^64, from its digits.
fn low_bits(digits: impl Iterator<Item = i64>) -> i64 {
    let shifted = digits.zip([0, BITS, 2 * BITS]).map(|(digit, place)| digit << place);
    shifted.fold(0, i64::wrapping_add)
}

/// The inverse of an odd number modulo 2^64, by Newton's iteration: the number itself is right in
/// three bits, and each step doubles that.
fn inverse(odd: i64) -> i64 {
    (0..5).fold(odd, |guess, _| guess.wrapping_mul(2_i64.wrapping_sub(odd.wrapping_mul(guess))))
}

#[cfg(test)]
mod tests {
    use super::super::testing::{Random, base_to_the, worth};
    use super::*;
    use alloc::vec;
    use alloc::vec::Vec;
    use num_bigint::{BigInt, BigUint, Sign};

    /// Moduli of many sizes: random ones, and those with the fewest and the most bits set.
    fn moduli() -> Vec<(BigInt, Modulus)> {
        let mut random = Random(7);
        let sizes = [2048, 2049, 2062, 2063, 2500, 2830, 2831, 3072, 3583, 4095, 4096];
        let odd = |bits: usize, octets: &[u8]| {
            let low = BigUint::from_bytes_be(octets) >> (octets.len() * 8 - bits + 1);
            (BigUint::from(1_u8) << (bits - 1)) | low | BigUint::from(1_u8)
        };
        let patterns = |bits: usize| {
            let length = bits.div_ceil(8);
            [vec![0; length], vec![0xff; length], vec![0xaa; length], random.octets(length)]
                .map(|octets| (bits, odd(bits, &octets)))
        };
        let all = sizes.into_iter().flat_map(patterns);
        all.map(|(bits, n)| (n.clone().into(), Modulus::new(&n.to_bytes_be(), bits))).collect()
    }

    fn below(n: &BigInt, random: &mut Random) -> BigInt {
        let octets = random.octets((n.bits() / 8 + 8) as usize);
        BigInt::from_bytes_be(Sign::Plus, &octets) % n
    }

    fn octets(value: &BigInt) -> Vec<u8> {
        value.to_biguint().expect("not negative").to_bytes_be()
    }

    #[test]
    fn the_multiple_is_one_above_a_multiple_of_the_modulus() {
        for (n, modulus) in moduli() {
            let multiple = worth(modulus.multiple.digits());
            assert_eq!(&multiple % &n, BigInt::from(1));
            assert_eq!(&multiple % (BigInt::from(1) << 48), BigInt::ZERO);
            assert!(multiple.sign() == Sign::Plus && multiple <= n << 48);
        }
    }

    #[test]
    fn numbers_keep_their_value() {
        let mut random = Random(8);
        for (n, modulus) in moduli() {
            for value in [BigInt::ZERO, &n - 1, below(&n, &mut random)] {
                assert_eq!(worth(modulus.number(&octets(&value)).digits()), value);
            }
            assert_eq!(worth(modulus.one().digits()), BigInt::from(1));
        }
    }

    #[test]
    fn raising_gives_the_power_and_a_known_factor() {
        let mut random = Random(9);
        for (n, modulus) in moduli() {
            let correction = base_to_the(modulus.length).modpow(&65_535.into(), &n);
            for value in [BigInt::ZERO, BigInt::from(1), &n - 1, below(&n, &mut random)] {
                let mut number = modulus.number(&octets(&value));
                modulus.raise(&mut number, &mut modulus.columns());
                let power = worth(number.digits()) * &correction;
                assert_eq!((power - value.modpow(&65_536.into(), &n)) % &n, BigInt::ZERO);
            }
        }
    }

    #[test]
    fn congruent_is_what_leaves_no_remainder() {
        let mut random = Random(10);
        for (n, modulus) in moduli() {
            let mut columns = modulus.columns();
            let mut are_congruent = |values: [&BigInt; 4]| {
                let [a, b, c, d] = values.map(|value| modulus.number(&octets(value)));
                modulus.are_congruent([&a, &b], [&c, &d], &mut columns)
            };
            for _ in 0..8 {
                let (a, b) = (below(&n, &mut random), below(&n, &mut random));
                let (product, one) = ((&a * &b) % &n, BigInt::from(1));
                assert!(are_congruent([&a, &b, &product, &one]));
                assert!(are_congruent([&a, &b, &(&n - &a), &(&n - &b)]));
                assert!(are_congruent([&a, &BigInt::ZERO, &BigInt::ZERO, &b]));
                for bit in [0, 1, 23, 24, 47, 48, 63, 64, 71, 72, random.below(n.bits())] {
                    let other = (&product + (BigInt::from(1) << bit)) % &n;
                    assert!(!are_congruent([&a, &b, &other, &one]), "{bit}");
                }
                assert!(!are_congruent([&a, &b, &(&n - &a), &b]));
            }
        }
    }

    #[test]
    fn only_multiples_of_the_modulus_are_divided() {
        let mut random = Random(11);
        for (n, modulus) in moduli() {
            let divides = |value: &BigInt| {
                let digits = value.magnitude().to_radix_le(1 << 8);
                let sign = if value.sign() == Sign::Minus { -1 } else { 1 };
                let columns = digits.chunks(3).map(|digit| {
                    sign * digit.iter().rev().fold(0, |sum, octet| (sum << 8) | i64::from(*octet))
                });
                modulus.divides(&Number::new(modulus.length, columns))
            };
            let largest = (1_i64 << 48) + 12_345;
            let factors =
                [0, 1, 2, 1 << 23, 1 << 24, (1 << 47) + 1, largest, random.next() as i64 >> 16];
            for factor in factors.into_iter().flat_map(|factor| [factor, -factor]) {
                let product = &n * factor;
                assert!(divides(&product), "{factor}");
                for bit in [0, 1, 24, 48, 64, 72, random.below(n.bits() + 40)] {
                    let near = BigInt::from(1) << bit;
                    assert!(!divides(&(&product + &near)) && !divides(&(&product - near)), "{bit}");
                }
            }
            // Nothing of this size comes from a reduction; it is not looked at.
            if n.bits() + 54 < (24 * modulus.length) as u64 {
                assert!(divides(&(&n * MAX_FACTOR)) && !divides(&(&n * (MAX_FACTOR + 1))));
            }
        }
    }

    #[test]
    fn inverses_are_modulo_two_to_the_64() {
        let mut random = Random(12);
        for _ in 0..1000 {
            let odd = random.next() as i64 | 1;
            assert_eq!(odd.wrapping_mul(inverse(odd)), 1);
        }
    }
}
