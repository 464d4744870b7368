//! A whole number of either sign, as digits in pairs.

use alloc::boxed::Box;
use alloc::vec;
use core::iter;

use super::digit::{self, BASE};
use super::pair::Pair;

/// The largest digit that a [`Number`] may have. Balanced digits go to 2^23; two rounds of carries
/// leave up to 33 more (see [`settle`](super::carry::settle)).
pub(super) const MAX_DIGIT: f64 = (BASE / 2 + 64) as f64;

/// Two neighbouring digits, together with the pair that lies one digit lower.
///
/// A row of a product needs both: digits shifted by an even number of places are aligned pairs, and
/// those shifted by an odd number lie across them.
#[derive(Clone, Copy, Debug)]
pub(super) struct Window {
    /// The digits 2j and 2j + 1.
    pub(super) aligned: Pair,
    /// The digits 2j − 1 and 2j.
    pub(super) shifted: Pair,
}

impl Window {
    pub(super) const ZERO: Self = Self { aligned: Pair::ZERO, shifted: Pair::ZERO };
}

/// The number Σ dᵢ · 2^(24 i), with at most [`MAX_DIGIT`] in each dᵢ.
#[derive(Clone, Debug)]
pub(super) struct Number {
    /// Four digits each, and one block more: it holds the top digit again, shifted, and zeros.
    blocks: Box<[[Window; 2]]>,
}

impl Number {
    /// Zero, with room for `digits` digits, which are a multiple of four.
    pub(super) fn zero(digits: usize) -> Self {
        debug_assert!(digits.is_multiple_of(4));
        Self { blocks: vec![[Window::ZERO; 2]; digits / 4 + 1].into_boxed_slice() }
    }

    /// The number with these `columns`, lowest first, each less than 2^62 in size. They are made
    /// balanced digits; what does not fit into `length` digits must be zero.
    pub(super) fn new(length: usize, columns: impl IntoIterator<Item = i64>) -> Self {
        let mut columns = columns.into_iter();
        let mut carry = 0;
        let mut next = || {
            let (digit, above) = digit::balance(columns.next().unwrap_or(0) + carry);
            carry = above;
            digit as f64
        };
        let mut number = Self::zero(length);
        number.fill(iter::repeat_with(|| {
            let first = next();
            Pair::new(first, next())
        }));
        debug_assert!(carry == 0 && columns.all(|column| column == 0), "the number is too long");
        number
    }

    /// Takes as many pairs of digits as there is room for, lowest first.
    pub(super) fn fill(&mut self, pairs: impl Iterator<Item = Pair>) {
        let Some(([behind, _], blocks)) = self.blocks.split_last_mut() else { return };
        let mut below = Pair::ZERO;
        for (window, aligned) in blocks.as_flattened_mut().iter_mut().zip(pairs) {
            debug_assert!(aligned.is_within(MAX_DIGIT), "a digit is too large");
            *window = Window { aligned, shifted: Pair::second_first(below, aligned) };
            below = aligned;
        }
        behind.shifted = Pair::second_first(below, Pair::ZERO);
    }

    /// The blocks of four digits, and one behind them.
    pub(super) fn blocks(&self) -> &[[Window; 2]] {
        &self.blocks
    }

    /// The blocks of four digits, without the one behind them.
    pub(super) fn digit_blocks(&self) -> &[[Window; 2]] {
        self.blocks.split_last().map_or(&[], |(_, blocks)| blocks)
    }

    /// The digits, least significant first.
    pub(super) fn digits(&self) -> impl Iterator<Item = i64> {
        let pairs = self.digit_blocks().as_flattened().iter().map(|window| window.aligned);
        pairs.flat_map(|pair| [pair.first() as i64, pair.second() as i64])
    }
}
