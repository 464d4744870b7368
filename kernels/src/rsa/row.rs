//! Rows of a product: four digits of one factor times all digits of the other.

use core::mem;

use super::carry::{EXACT, carry};
use super::number::{Number, Window};
use super::pair::Pair;

/// Blocks of four rows that may be added between two carries: 120 products in a column.
pub(super) const ROW_BLOCKS: usize = 30;
/// The same for a square, where each row counts twice.
const SQUARE_BLOCKS: usize = ROW_BLOCKS / 2;

/// Four digits, each in both places of a pair.
pub(super) struct Rows([Pair; 4]);

impl Rows {
    /// For the digits of two pairs.
    pub(super) fn new(low: Pair, high: Pair) -> Self {
        let [d0, d1, d2, d3] = [low.first(), low.second(), high.first(), high.second()];
        Self([Pair::splat(d0), Pair::splat(d1), Pair::splat(d2), Pair::splat(d3)])
    }

    /// Adds the products that belong to the four columns at `windows`; `below` is the window under
    /// them.
    pub(super) fn add(&self, columns: &mut [Pair; 2], below: Window, windows: &[Window; 2]) {
        let ([first, second], [low, high]) = (columns, windows);
        *first = self.sum(*first, below, *low);
        *second = self.sum(*second, *low, *high);
    }

    fn sum(&self, columns: Pair, below: Window, window: Window) -> Pair {
        let [d0, d1, d2, d3] = self.0;
        let sum = columns + d3 * below.shifted + d2 * below.aligned;
        let sum = sum + d1 * window.shifted + d0 * window.aligned;
        debug_assert!(sum.is_within(EXACT), "a column is too large to be exact");
        sum
    }

    /// The same for all of `windows`.
    ///
    /// Two blocks in each turn: engines check for interruption in every turn of a loop, and this is
    /// the loop in which nearly all the time is spent.
    pub(super) fn add_all(
        &self,
        columns: &mut [[Pair; 2]],
        mut below: Window,
        windows: &[[Window; 2]],
    ) {
        let (windows, last) = windows.as_chunks::<2>();
        let Some((columns, rest)) = columns.split_at_mut_checked(2 * windows.len()) else { return };
        for ([first, second], [low, high]) in columns.as_chunks_mut::<2>().0.iter_mut().zip(windows)
        {
            self.add(first, below, low);
            self.add(second, low[1], high);
            below = high[1];
        }
        if let (Some(columns), [windows]) = (rest.first_mut(), last) {
            self.add(columns, below, windows);
        }
    }
}

/// Adds `sign · a · b`. Blocks of zeros are left out: an encoded message has many.
pub(super) fn add_product(columns: &mut [[Pair; 2]], sign: Pair, a: &Number, b: &Number) {
    let mut columns = columns;
    for (index, stretch) in a.digit_blocks().chunks(ROW_BLOCKS).enumerate() {
        if index > 0 {
            carry(columns);
        }
        for [low, high] in stretch {
            let (low, high) = (sign * low.aligned, sign * high.aligned);
            if !(low.is_zero() && high.is_zero()) {
                Rows::new(low, high).add_all(columns, Window::ZERO, b.blocks());
            }
            columns = mem::take(&mut columns).get_mut(1..).unwrap_or_default();
        }
    }
}

/// Adds `number`²: for each block of four digits its own square, and twice its products with the
/// digits above it.
pub(super) fn add_square(columns: &mut [[Pair; 2]], number: &Number) {
    let mut columns = columns;
    let mut blocks = number.blocks();
    let is_long = number.digit_blocks().len() > ROW_BLOCKS;
    let stretch = if is_long { SQUARE_BLOCKS } else { ROW_BLOCKS };
    let mut since_carry = 0;
    while let [[low, high], above @ ..] = blocks
        && !above.is_empty()
    {
        if since_carry == stretch {
            carry(columns);
            since_carry = 0;
        }
        since_carry += 1;
        let Some(([first, second], rest)) = mem::take(&mut columns).split_first_chunk_mut() else {
            return;
        };
        add_own_square([first, second], low.aligned, high.aligned);
        let (low, high) = (low.aligned + low.aligned, high.aligned + high.aligned);
        add_above(&Rows::new(low, high), second, rest, above);
        (columns, blocks) = (rest, above);
    }
}

/// Adds the rows of a block times the digits above it; these belong to the columns `first` and
/// `rest`. The lowest shifted pair holds a digit of the block itself, which does not count.
fn add_above(rows: &Rows, first: &mut [Pair; 2], rest: &mut [[Pair; 2]], above: &[[Window; 2]]) {
    let Some(([low, high], above)) = above.split_first() else { return };
    let low = Window { shifted: Pair::second_first(Pair::ZERO, low.aligned), ..*low };
    rows.add(first, Window::ZERO, &[low, *high]);
    rows.add_all(rest, *high, above);
}

/// Adds (d0 + d1 B + d2 B² + d3 B³)², where `low` is d0, d1 and `high` is d2, d3.
fn add_own_square([first, second]: [&mut [Pair; 2]; 2], low: Pair, high: Pair) {
    let (low2, high2) = (low + low, high + high);
    let (d0, d1) = (Pair::splat(low.first()), Pair::splat(low.second()));
    let squares = high * high;
    // d0 d0, 2 d0 d1
    first[0] = first[0] + d0 * Pair::first_second(low, low2);
    // 2 d0 d2 + d1 d1, 2 d0 d3 + 2 d1 d2
    first[1] = first[1] + d0 * high2 + d1 * Pair::second_first(low, high2);
    // 2 d1 d3 + d2 d2, 2 d2 d3
    let middle = Pair::second_first(low, high) * Pair::splat(high2.second());
    second[0] = second[0] + middle + Pair::first_first(squares, Pair::ZERO);
    // d3 d3, nothing
    second[1] = second[1] + Pair::second_first(squares, Pair::ZERO);
}

#[cfg(test)]
impl Rows {
    pub(super) fn digits(&self) -> [i64; 4] {
        self.0.map(|pair| {
            assert_eq!(pair.first(), pair.second());
            pair.first() as i64
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{Random, extreme_digits, lengths, number, worth, worth_of_columns};
    use super::*;
    use alloc::vec;

    #[test]
    fn a_square_is_the_square_of_the_value() {
        let mut random = Random(1);
        for length in lengths() {
            for digits in extreme_digits(length, &mut random) {
                let mut columns = vec![[Pair::ZERO; 2]; length / 2 + 1];
                add_square(&mut columns, &number(&digits));
                let value = worth(digits);
                assert_eq!(worth_of_columns(&columns), &value * &value, "{length}");
            }
        }
    }

    #[test]
    fn products_of_either_sign_are_added() {
        let mut random = Random(2);
        for length in lengths() {
            let patterns = extreme_digits(length, &mut random);
            for (a, b) in patterns.iter().zip(patterns.iter().skip(1).chain(&patterns)) {
                let (x, y) = (number(a), number(b));
                let mut columns = vec![[Pair::ZERO; 2]; length / 2 + 1];
                add_product(&mut columns, Pair::splat(1.0), &x, &y);
                let product = worth(a.iter().copied()) * worth(b.iter().copied());
                assert_eq!(worth_of_columns(&columns), product, "{length}");
                carry(&mut columns);
                add_product(&mut columns, Pair::splat(-1.0), &y, &x);
                assert_eq!(worth_of_columns(&columns), 0.into(), "{length}");
            }
        }
    }

    #[test]
    fn blocks_of_zeros_add_nothing() {
        let mut digits = vec![0; 88];
        (digits[2], digits[40], digits[87]) = (-5, 1 << 23, 3);
        let (sparse, dense) = (number(&digits), number(&[3; 88]));
        let mut columns = vec![[Pair::ZERO; 2]; 45];
        add_product(&mut columns, Pair::splat(1.0), &sparse, &dense);
        assert_eq!(worth_of_columns(&columns), worth(digits) * worth([3; 88]));
    }
}
