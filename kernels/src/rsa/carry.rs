//! Dividing columns by the base: carries and quotient digits.

use super::digit;
use super::number::{Number, Window};
use super::pair::Pair;
use super::row::Rows;

/// Every whole number up to this size is an `f64`.
pub(super) const EXACT: f64 = (1_u64 << f64::MANTISSA_DIGITS) as f64;
const BASE: f64 = digit::BASE as f64;
/// A power of two: multiplying with it is exact.
const BASE_INVERSE: f64 = 1.0 / BASE;
/// Added and subtracted again, it rounds to a multiple of the base: the sum lies between 2^76 and
/// 2^77, where neighbouring `f64` are 2^24 apart.
const ROUNDER: f64 = 1.5 * EXACT / 2.0 * BASE;

/// The multiple of the base next to each of the two numbers.
fn multiple(columns: Pair) -> Pair {
    debug_assert!(columns.is_within(EXACT), "a column is too large to be exact");
    columns + Pair::splat(ROUNDER) - Pair::splat(ROUNDER)
}

/// Leaves a balanced digit in each column and adds the rest, divided by the base, to the next one;
/// all at once, so that a column ends with at most 2^23 + 2^29. The last block only takes.
pub(super) fn carry(columns: &mut [[Pair; 2]]) {
    let Some(([last, _], columns)) = columns.split_last_mut() else { return };
    let mut round = Round::new();
    for pair in columns.as_flattened_mut() {
        *pair = round.pass(*pair);
    }
    *last = *last + Pair::new(round.below.second() * BASE_INVERSE, 0.0);
}

/// Makes `number` from its columns by two rounds of carries, which leave at most 2^23 + 33 in a digit.
///
/// The value is known to fit (see "Sizes" in `docs/kernels.md`): the top digit is less than 2^23, so
/// the multiple of the base that the two rounds would hand on from there is zero.
pub(super) fn settle(columns: &[Pair], number: &mut Number) {
    let (mut first, mut second) = (Round::new(), Round::new());
    number.fill(columns.iter().map(|column| second.pass(first.pass(*column))));
    let handed_on = first.below.second() + second.below.second();
    debug_assert!(handed_on == 0.0, "the value is too large");
}

/// A round of carries over pairs of columns, from the lowest to the highest.
struct Round {
    /// What the pair below has in excess of its digits.
    below: Pair,
}

impl Round {
    const fn new() -> Self {
        Self { below: Pair::ZERO }
    }

    fn pass(&mut self, columns: Pair) -> Pair {
        let excess = multiple(columns);
        let taken = Pair::second_first(self.below, excess) * Pair::splat(BASE_INVERSE);
        self.below = excess;
        columns - excess + taken
    }
}

/// Four digits that are divided away, and what the highest hands on to the next column.
pub(super) struct Quotient {
    pub(super) rows: Rows,
    pub(super) carry: f64,
}

impl Quotient {
    /// From the four lowest columns. `lowest` are the two lowest digits that are not zero of the number
    /// k · N + 1 (see `Columns::reduce`): a digit has a part in the columns two and three places higher.
    pub(super) fn of(&[low, high]: &[Pair; 2], lowest: Pair) -> Self {
        let (m0, m1) = (lowest.first(), lowest.second());
        let (q0, carry) = divide(low.first());
        let (q1, carry) = divide(low.second() + carry);
        let (q2, carry) = divide(high.first() + q0 * m0 + carry);
        let (q3, carry) = divide(high.second() + q0 * m1 + q1 * m0 + carry);
        Self { rows: Rows::new(Pair::new(q0, q1), Pair::new(q2, q3)), carry }
    }

    /// Adds the part of the multiple that belongs to the lowest block above the digits.
    pub(super) fn add_to_lowest(
        &self,
        block: &mut [Pair; 2],
        below: Window,
        windows: &[Window; 2],
    ) {
        self.rows.add(block, below, windows);
        block[0] = block[0] + Pair::new(self.carry, 0.0);
    }
}

/// The balanced digit that is congruent to `column`, and the rest, divided by the base.
fn divide(column: f64) -> (f64, f64) {
    debug_assert!((-EXACT..=EXACT).contains(&column), "a column is too large to be exact");
    let excess = (column + ROUNDER) - ROUNDER;
    (column - excess, excess * BASE_INVERSE)
}

#[cfg(test)]
mod tests {
    use super::super::number::MAX_DIGIT;
    use super::super::testing::{Random, base_to_the, number, worth, worth_of_columns};
    use super::*;
    use alloc::vec::Vec;

    const LIMIT: i64 = EXACT as i64;

    /// Columns of any size up to the limit, the limit itself and ties among them.
    fn column(random: &mut Random) -> f64 {
        let value = match random.below(6) {
            0 => LIMIT,
            1 => -LIMIT,
            2 => ((random.next() >> 12) as i64 - LIMIT / 2) | (1 << 23),
            3 => ((random.next() >> 36) as i64) << 23,
            _ => (random.next() >> 10) as i64 - LIMIT,
        };
        value.clamp(-LIMIT, LIMIT) as f64
    }

    fn block(random: &mut Random) -> [Pair; 2] {
        let mut pair = || Pair::new(column(random), column(random));
        [pair(), pair()]
    }

    #[test]
    fn a_carry_keeps_the_value_and_leaves_small_columns() {
        let mut random = Random(1);
        for blocks in 1..60 {
            let mut columns: Vec<_> = (1..blocks).map(|_| block(&mut random)).collect();
            columns.push([Pair::ZERO; 2]);
            let before = worth_of_columns(&columns);
            carry(&mut columns);
            assert_eq!(worth_of_columns(&columns), before);
            let bound = f64::from((1 << 23) + (1 << 29));
            assert!(columns.as_flattened().iter().all(|pair| pair.is_within(bound)));
        }
    }

    #[test]
    fn settling_keeps_the_value_and_leaves_digits() {
        let mut random = Random(2);
        for blocks in (22..=44).cycle().take(500) {
            let mut columns: Vec<_> = (1..blocks).map(|_| block(&mut random)).collect();
            // The value fits into the digits, so the top column is as good as determined.
            columns.push([Pair::ZERO; 2]);
            if blocks % 2 == 0 {
                columns.pop();
                let top =
                    [Pair::new(column(&mut random), EXACT), Pair::new(-EXACT, f64::from(1 << 29))];
                columns.push(top);
            }
            let before = worth_of_columns(&columns);
            columns.push([Pair::ZERO; 2]);
            let mut number = number(&alloc::vec![7; 4 * blocks]);
            settle(columns.as_flattened(), &mut number);
            assert_eq!(worth(number.digits()), before);
            let largest = number.digits().map(i64::abs).max().expect("digits");
            assert!(largest <= (1 << 23) + 33 && largest as f64 <= MAX_DIGIT, "{largest}");
        }
    }

    #[test]
    fn a_quotient_takes_its_block_away() {
        let mut random = Random(3);
        for _ in 0..20_000 {
            let mut digit = || random.below((1 << 24) + 1) as i64 - (1 << 23);
            let (m0, m1) = (digit(), digit());
            // A little less than the limit: two products come on top.
            let block = block(&mut random).map(|pair| pair * Pair::splat(1.0 - 1.0 / 32.0));
            let block = block.map(|pair| Pair::new(pair.first().trunc(), pair.second().trunc()));
            let quotient = Quotient::of(&block, Pair::new(m0 as f64, m1 as f64));
            let [q0, q1, q2, q3] = quotient.rows.digits();
            assert!([q0, q1, q2, q3].iter().all(|digit| digit.abs() <= 1 << 23));
            let products = worth([-q0, -q1, q0 * m0 - q2, q0 * m1 + q1 * m0 - q3]);
            let left = worth_of_columns(&[block]) + products;
            assert_eq!(left, base_to_the(4) * quotient.carry as i64);
        }
    }
}
