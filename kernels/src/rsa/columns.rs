//! The columns of a product: sums of digit products, not carried yet.
//!
//! Column k is worth its value times 2^(24 k). All values are whole numbers, and as long as none is
//! larger than 2^53 every operation here is exact. That is so with at most 120 products of digits in
//! a column between two carries; "Bounds" in `docs/kernels.md` counts them, and every sum is checked
//! in debug builds.

use alloc::boxed::Box;
use alloc::vec;
use core::mem;

use super::carry::{Quotient, carry, settle};
use super::number::{Number, Window};
use super::pair::Pair;
use super::row::{ROW_BLOCKS, add_product, add_square};

/// Blocks of columns at either end of a short square that need no carry before a reduction: the k-th
/// column from either end has at most k + 1 products of the square and gets as many again.
const THIN_BLOCKS: usize = ROW_BLOCKS / 2;
/// Blocks behind the columns of a product, so that rows and carries have somewhere to end.
const SPARE_BLOCKS: usize = 1;

/// Scratch space for the products of numbers of one length, in blocks of four columns.
pub(super) struct Columns {
    blocks: Box<[[Pair; 2]]>,
}

impl Columns {
    /// For numbers with `digits` digits.
    pub(super) fn new(digits: usize) -> Self {
        Self { blocks: vec![[Pair::ZERO; 2]; digits / 2 + SPARE_BLOCKS].into_boxed_slice() }
    }

    /// Replaces all columns by those of `number`², with room for a reduction.
    pub(super) fn set_square(&mut self, number: &Number) {
        self.blocks.fill([Pair::ZERO; 2]);
        add_square(&mut self.blocks, number);
        let blocks = number.digit_blocks().len();
        let thick = match blocks <= ROW_BLOCKS {
            true => THIN_BLOCKS..(2 * blocks + 1).saturating_sub(THIN_BLOCKS),
            false => 0..self.blocks.len(),
        };
        carry(self.blocks.get_mut(thick).unwrap_or_default());
    }

    /// Replaces all columns by those of `a · b − c · d`, with room for a reduction.
    pub(super) fn set_difference(&mut self, [a, b]: [&Number; 2], [c, d]: [&Number; 2]) {
        self.blocks.fill([Pair::ZERO; 2]);
        add_product(&mut self.blocks, Pair::splat(1.0), a, b);
        carry(&mut self.blocks);
        add_product(&mut self.blocks, Pair::splat(-1.0), c, d);
        carry(&mut self.blocks);
    }

    /// Montgomery's reduction: `number` becomes what the columns are worth, divided by R and up to a
    /// multiple of N. R is 2^(24 · digits).
    ///
    /// `multiple` is k · N + 1, the lowest two digits of which are zero. For each digit q to be
    /// divided away, q · k · N is added. Its lowest digit is −q, so q is simply the digit itself.
    pub(super) fn reduce(&mut self, multiple: &Number, number: &mut Number) {
        let mut columns = &mut *self.blocks;
        let mut left = number.digit_blocks().len();
        while left > 0 {
            let stretch = left.min(ROW_BLOCKS);
            columns = divide_away(columns, stretch, multiple.blocks());
            left -= stretch;
            if left > 0 {
                carry(columns);
            }
        }
        settle(columns.as_flattened(), number);
    }
}

/// Takes the lowest `count` blocks away, and returns the columns above them.
///
/// The digits of a block follow from the columns that the rows of the block below have been added
/// to, and each from the one before. To have them in time, these columns come first.
fn divide_away<'a>(
    columns: &'a mut [[Pair; 2]],
    count: usize,
    multiple: &[[Window; 2]],
) -> &'a mut [[Pair; 2]] {
    let [[_, lowest], low, high @ ..] = multiple else { return columns };
    let Some((block, mut columns)) = columns.split_first_mut() else { return &mut [] };
    let mut quotient = Quotient::of(block, lowest.aligned);
    for _ in 1..count {
        let Some((block, rest)) = mem::take(&mut columns).split_first_mut() else { return &mut [] };
        quotient.add_to_lowest(block, *lowest, low);
        let next = Quotient::of(block, lowest.aligned);
        quotient.rows.add_all(rest, low[1], high);
        (quotient, columns) = (next, rest);
    }
    if let Some((block, rest)) = columns.split_first_mut() {
        quotient.add_to_lowest(block, *lowest, low);
        quotient.rows.add_all(rest, low[1], high);
    }
    columns
}

#[cfg(test)]
mod tests {
    use super::super::digit::BASE;
    use super::super::number::MAX_DIGIT;
    use super::super::testing::{
        Random, base_to_the, extreme_digits, lengths, number, worth, worth_of_columns,
    };
    use super::*;
    use alloc::vec::Vec;
    use num_bigint::{BigInt, Sign};

    /// Whether reducing `columns` divides what they are worth by R modulo `multiple` − 1. The result
    /// is as small as "Sizes" in `docs/kernels.md` says.
    fn assert_reduced(columns: &mut Columns, multiple: &Number, length: usize) {
        let before = worth_of_columns(&columns.blocks);
        let mut result = Number::zero(length);
        columns.reduce(multiple, &mut result);
        let (result, power) = (worth(result.digits()), base_to_the(length));
        let modulus: BigInt = worth(multiple.digits()) - 1;
        let bound = before.magnitude() / power.magnitude() + modulus.magnitude() * 51_u32 / 100_u32;
        assert!(*result.magnitude() <= bound, "{length}");
        assert_eq!((result * power - before) % modulus, BigInt::ZERO, "{length}");
    }

    /// Every digit as large as can be, of the factors and of the multiple alike. In debug builds each
    /// sum is checked against the limit of exactness, too.
    #[test]
    fn the_largest_digits_are_reduced_exactly() {
        let mut random = Random(1);
        for length in lengths() {
            let patterns = extreme_digits(length, &mut random);
            let mut columns = Columns::new(length);
            for digits in &patterns {
                for mut multiple in extreme_digits(length, &mut random) {
                    (multiple[0], multiple[1]) = (0, 0);
                    if worth(multiple.iter().copied()).sign() == Sign::NoSign {
                        continue;
                    }
                    let multiple = number(&multiple);
                    columns.set_square(&number(digits));
                    assert_reduced(&mut columns, &multiple, length);
                    let [a, b] = [&patterns[0], &patterns[5]].map(|digits| number(digits));
                    columns.set_difference([&number(digits), &a], [&b, &number(digits)]);
                    assert_reduced(&mut columns, &multiple, length);
                }
            }
        }
    }

    /// Columns as large as a square may leave them, chosen so that every quotient digit is as large
    /// as can be, too, and that all products add up: `signs` are those of the digits of the quotient
    /// and of the multiple, by place. With them comes what the quotient is worth.
    fn worst_columns(length: usize, signs: [fn(usize) -> i64; 2]) -> (Vec<i64>, Vec<i64>, BigInt) {
        const LARGEST: i64 = (1 << 23) - 1;
        let [quotient, multiple] = signs;
        let sign = |column: usize| quotient(column) * multiple(0);
        let last = length - 1;
        let multiple: Vec<i64> = (0..length)
            .map(|place| {
                multiple(place) * if place < 2 { 0 } else { LARGEST >> (2 * (place / last)) }
            })
            .collect();
        let square = MAX_DIGIT as i64 * MAX_DIGIT as i64;
        let blocks = length / 4;
        let thin = |column: usize| column.min(2 * length - 1 - column) < 4 * THIN_BLOCKS;
        let room = |column: usize| match blocks <= ROW_BLOCKS && thin(column) {
            true => (column + 1).min(2 * length - 1 - column) as i64 * square,
            false => (1 << 23) + (1 << 29),
        };
        let mut columns = Vec::new();
        let mut carry = 0;
        for column in 0..length {
            let digit = quotient(column) * LARGEST;
            let products = (0..column).map(|row| quotient(row) * LARGEST * multiple[column - row]);
            let added = carry + products.sum::<i64>();
            let value = match sign(column) < 0 {
                true => -room(column) + (digit + room(column) - added).rem_euclid(BASE),
                false => room(column) - (room(column) + added - digit).rem_euclid(BASE),
            };
            carry = (value + added - digit) / BASE;
            columns.push(value);
        }
        // The value has to fit, so the highest columns are empty.
        columns.extend((length..2 * length - 6).map(|column| sign(column) * room(column)));
        let digits = (0..length).map(|place| quotient(place) * LARGEST);
        (columns, multiple, worth(digits))
    }

    #[test]
    fn there_is_room_for_the_largest_quotients() {
        const PLUS: fn(usize) -> i64 = |_| 1;
        const MINUS: fn(usize) -> i64 = |_| -1;
        const TURNS: fn(usize) -> i64 = |place| 1 - 2 * (place as i64 % 2);
        for length in lengths() {
            for signs in [[PLUS, PLUS], [MINUS, PLUS], [TURNS, TURNS], [PLUS, MINUS]] {
                let (digits, multiple, quotient) = worst_columns(length, signs);
                let mut columns = Columns::new(length);
                let pairs = digits.chunks(2).map(|pair| Pair::new(pair[0] as f64, pair[1] as f64));
                for (column, pair) in columns.blocks.as_flattened_mut().iter_mut().zip(pairs) {
                    *column = pair;
                }
                let mut result = Number::zero(length);
                columns.reduce(&number(&multiple), &mut result);
                let expected = worth(digits) + quotient * (worth(multiple) - 1);
                assert_eq!(worth(result.digits()) * base_to_the(length), expected, "{length}");
            }
        }
    }

    #[test]
    fn what_was_in_the_columns_is_forgotten() {
        let mut columns = Columns::new(88);
        let [ones, twos] = [number(&[1; 88]), number(&[2; 88])];
        columns.set_square(&twos);
        columns.set_square(&ones);
        let square = worth([1; 88]) * worth([1; 88]);
        assert_eq!(worth_of_columns(&columns.blocks), square);
        columns.set_difference([&twos, &twos], [&ones, &ones]);
        assert_eq!(worth_of_columns(&columns.blocks), square * 3);
    }
}
