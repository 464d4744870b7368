//! What the tests of the kernel share: the values of numbers, and digits at the edge of the bounds.

use alloc::vec::Vec;

use num_bigint::BigInt;

use super::digit::BITS;
use super::number::{MAX_DIGIT, Number};
use super::pair::Pair;
use super::{MAX_BITS, MIN_BITS, digit};

/// Every length that a number may have.
pub(super) fn lengths() -> impl Iterator<Item = usize> {
    (digit::length(MIN_BITS)..=digit::length(MAX_BITS)).step_by(4)
}

/// The number with these digits as they are, unlike [`Number::new`], which would balance them.
pub(super) fn number(digits: &[i64]) -> Number {
    let mut number = Number::zero(digits.len());
    number.fill(digits.chunks(2).map(|pair| Pair::new(pair[0] as f64, pair[1] as f64)));
    number
}

/// What a sequence of digits or columns is worth.
pub(super) fn worth(digits: impl IntoIterator<Item = i64>) -> BigInt {
    let digits: Vec<i64> = digits.into_iter().collect();
    digits.iter().rev().fold(BigInt::ZERO, |value, digit| (value << BITS) + digit)
}

/// What columns are worth.
pub(super) fn worth_of_columns(columns: &[[Pair; 2]]) -> BigInt {
    let pairs = columns.as_flattened().iter();
    worth(pairs.flat_map(|pair| [pair.first() as i64, pair.second() as i64]))
}

/// The base to the power of `length`.
pub(super) fn base_to_the(length: usize) -> BigInt {
    BigInt::from(1) << (BITS * length)
}

/// Digits of numbers as large as the bounds permit: the largest digits of either sign, of both in
/// turn, in blocks and at random, a few only, and digits of any size. The top digit leaves the value
/// below 2^(24 · length − 2), as "Sizes" in `docs/kernels.md` promises.
pub(super) fn extreme_digits(length: usize, random: &mut Random) -> Vec<Vec<i64>> {
    const MAX: i64 = MAX_DIGIT as i64;
    const TOP: i64 = (1 << 22) - 1;
    let sign = |is_negative: bool| if is_negative { -MAX } else { MAX };
    type Pattern<'a> = &'a mut dyn FnMut(usize) -> i64;
    let mut coin = Random(random.next());
    let mut rare = Random(random.next());
    let patterns: [Pattern; 8] = [
        &mut |_| MAX,
        &mut |_| -MAX,
        &mut |place| sign(place % 2 == 0),
        &mut |place| sign(place % 4 < 2),
        &mut |place| sign(place > length / 2),
        &mut |_| sign(coin.below(2) == 0),
        &mut |_| if rare.below(16) == 0 { MAX } else { 0 },
        &mut |_| random.below(2 * MAX as u64 + 1) as i64 - MAX,
    ];
    let digits = patterns.into_iter().map(|pattern| (0..length).map(pattern).collect());
    let cut_top = |mut digits: Vec<i64>| {
        digits[length - 1] = digits[length - 1].clamp(-TOP, TOP);
        digits
    };
    digits.map(cut_top).collect()
}

/// SplitMix64: reproducible, and good enough to choose test cases.
pub(super) struct Random(pub(super) u64);

impl Random {
    pub(super) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    pub(super) fn below(&mut self, bound: u64) -> u64 {
        self.next() % bound
    }

    pub(super) fn octets(&mut self, length: usize) -> Vec<u8> {
        (0..length).map(|_| self.next() as u8).collect()
    }
}
