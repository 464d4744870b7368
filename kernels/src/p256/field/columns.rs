//! Products of numbers with nine signed digits, divided by 2^261 modulo the prime of the field.
//!
//! p = 2^256 - 2^224 + 2^192 + 2^96 - 1, and digits have 29 bits. Nothing here knows what its
//! operands are good for: which bounds make the column sums fit is said at [`reduce`], and the
//! types of [`super::Element`] hold callers to it.

use super::super::digits::DIGIT_BITS;

/// The number `sum(digit[i] * 2^(29 * i))`; digits have signs.
pub(super) type SignedDigits = [i64; 9];

/// `sum(column[i] * 2^(29 * i))`.
type Columns = [i64; 18];

/// Half the base of the digits: a balanced digit lies in `-HALF..HALF`.
pub(super) const HALF: i64 = 1 << (DIGIT_BITS - 1);

const ZERO: SignedDigits = [0; 9];

/// `a * b / 2^261`.
#[inline(never)]
pub(super) fn product(a: &SignedDigits, b: &SignedDigits) -> SignedDigits {
    reduce(product_columns(a, b), &ZERO)
}

/// `a * b / 2^261 - c`.
#[inline(never)]
pub(super) fn product_minus(a: &SignedDigits, b: &SignedDigits, c: &SignedDigits) -> SignedDigits {
    reduce(product_columns(a, b), c)
}

/// `a * a / 2^261`.
#[inline(never)]
pub(super) fn square(a: &SignedDigits) -> SignedDigits {
    reduce(square_columns(a), &ZERO)
}

/// `a * a / 2^261 - c`.
#[inline(never)]
pub(super) fn square_minus(a: &SignedDigits, c: &SignedDigits) -> SignedDigits {
    reduce(square_columns(a), c)
}

/// `(a * b - c * d) / 2^261`.
#[inline(never)]
pub(super) fn difference_of_products(
    (a, b): (&SignedDigits, &SignedDigits),
    (c, d): (&SignedDigits, &SignedDigits),
) -> SignedDigits {
    let mut columns = product_columns(a, b);
    for (column, taken) in columns.iter_mut().zip(product_columns(c, d)) {
        *column -= taken;
    }
    reduce(columns, &ZERO)
}

/// `a[i] * b[j] + ...`; the places of each pair add up to the place of the column.
macro_rules! sum_of_products {
    ($a:ident, $b:ident: $($i:literal $j:literal),+) => { 0 $(+ $a[$i] * $b[$j])+ };
}

#[inline(always)]
fn product_columns(a: &SignedDigits, b: &SignedDigits) -> Columns {
    [
        sum_of_products!(a, b: 0 0),
        sum_of_products!(a, b: 0 1, 1 0),
        sum_of_products!(a, b: 0 2, 1 1, 2 0),
        sum_of_products!(a, b: 0 3, 1 2, 2 1, 3 0),
        sum_of_products!(a, b: 0 4, 1 3, 2 2, 3 1, 4 0),
        sum_of_products!(a, b: 0 5, 1 4, 2 3, 3 2, 4 1, 5 0),
        sum_of_products!(a, b: 0 6, 1 5, 2 4, 3 3, 4 2, 5 1, 6 0),
        sum_of_products!(a, b: 0 7, 1 6, 2 5, 3 4, 4 3, 5 2, 6 1, 7 0),
        sum_of_products!(a, b: 0 8, 1 7, 2 6, 3 5, 4 4, 5 3, 6 2, 7 1, 8 0),
        sum_of_products!(a, b: 1 8, 2 7, 3 6, 4 5, 5 4, 6 3, 7 2, 8 1),
        sum_of_products!(a, b: 2 8, 3 7, 4 6, 5 5, 6 4, 7 3, 8 2),
        sum_of_products!(a, b: 3 8, 4 7, 5 6, 6 5, 7 4, 8 3),
        sum_of_products!(a, b: 4 8, 5 7, 6 6, 7 5, 8 4),
        sum_of_products!(a, b: 5 8, 6 7, 7 6, 8 5),
        sum_of_products!(a, b: 6 8, 7 7, 8 6),
        sum_of_products!(a, b: 7 8, 8 7),
        sum_of_products!(a, b: 8 8),
        0,
    ]
}

/// Each product of two different digits is in a square twice.
#[inline(always)]
fn square_columns(a: &SignedDigits) -> Columns {
    let twice = a.map(|digit| 2 * digit);
    [
        a[0] * a[0],
        sum_of_products!(twice, a: 0 1),
        sum_of_products!(twice, a: 0 2) + a[1] * a[1],
        sum_of_products!(twice, a: 0 3, 1 2),
        sum_of_products!(twice, a: 0 4, 1 3) + a[2] * a[2],
        sum_of_products!(twice, a: 0 5, 1 4, 2 3),
        sum_of_products!(twice, a: 0 6, 1 5, 2 4) + a[3] * a[3],
        sum_of_products!(twice, a: 0 7, 1 6, 2 5, 3 4),
        sum_of_products!(twice, a: 0 8, 1 7, 2 6, 3 5) + a[4] * a[4],
        sum_of_products!(twice, a: 1 8, 2 7, 3 6, 4 5),
        sum_of_products!(twice, a: 2 8, 3 7, 4 6) + a[5] * a[5],
        sum_of_products!(twice, a: 3 8, 4 7, 5 6),
        sum_of_products!(twice, a: 4 8, 5 7) + a[6] * a[6],
        sum_of_products!(twice, a: 5 8, 6 7),
        sum_of_products!(twice, a: 6 8) + a[7] * a[7],
        sum_of_products!(twice, a: 7 8),
        a[8] * a[8],
        0,
    ]
}

/// `columns / 2^261 - subtrahend` modulo p, where the division is Montgomery's.
///
/// Column i, with what was carried into it, is x = q + 2^29 * carry with q in -2^28..2^28. As p is
/// -1 modulo 2^96, adding q * p * 2^(29 * i) takes q out of this column, so that it is a multiple of
/// 2^29 and can be carried on; the other terms of p go where their weights are: 96 = 3 * 29 + 9,
/// 192 = 6 * 29 + 18, 224 = 7 * 29 + 21, 256 = 8 * 29 + 24. After nine columns nothing is left below
/// 2^261. The upper columns, carried, are the digits of the result.
///
/// Bounds, for columns of at most 126 * 2^56 and a subtrahend with digits of at most 2^40:
/// - a column gets each of the four terms at most once: 2^28 * (2^9 + 2^18 + 2^21 + 2^24) < 2^53;
/// - a carry is at most 2^63 / 2^29 + 1 < 2^35;
/// - so no sum reaches (126 + 1) * 2^56 < 2^63 (overflow checks are on in tests).
///
/// The result is (columns + Q * p) / 2^261 - subtrahend with |Q| <= 2^28 * (2^261 - 1) / (2^29 - 1),
/// so |Q * p / 2^261| < 2^255 * (1 + 2^-28). All its digits but the last, which takes what is left,
/// are in -2^28..2^28.
#[inline(always)]
fn reduce(mut columns: Columns, subtrahend: &SignedDigits) -> SignedDigits {
    let mut carry = 0;
    macro_rules! clear {
        ($column:literal, $at96:literal, $at192:literal, $at224:literal, $at256:literal) => {
            let (quotient, carried) = split(columns[$column] + carry);
            columns[$at96] += quotient << 9;
            columns[$at192] += quotient << 18;
            columns[$at224] -= quotient << 21;
            columns[$at256] += quotient << 24;
            carry = carried;
        };
    }
    clear!(0, 3, 6, 7, 8);
    clear!(1, 4, 7, 8, 9);
    clear!(2, 5, 8, 9, 10);
    clear!(3, 6, 9, 10, 11);
    clear!(4, 7, 10, 11, 12);
    clear!(5, 8, 11, 12, 13);
    clear!(6, 9, 12, 13, 14);
    clear!(7, 10, 13, 14, 15);
    clear!(8, 11, 14, 15, 16);

    let mut result = ZERO;
    macro_rules! digit {
        ($digit:literal, $column:literal) => {
            (result[$digit], carry) = split(columns[$column] + carry - subtrahend[$digit]);
        };
    }
    digit!(0, 9);
    digit!(1, 10);
    digit!(2, 11);
    digit!(3, 12);
    digit!(4, 13);
    digit!(5, 14);
    digit!(6, 15);
    digit!(7, 16);
    result[8] = columns[17] + carry - subtrahend[8];
    result
}

/// `x` as `digit + 2^29 * rest` with a digit in -2^28..2^28.
#[inline(always)]
fn split(x: i64) -> (i64, i64) {
    const UNUSED_BITS: u32 = i64::BITS - DIGIT_BITS;
    let digit = (x << UNUSED_BITS) >> UNUSED_BITS;
    (digit, (x + HALF) >> DIGIT_BITS)
}

#[cfg(test)]
mod tests {
    use super::super::super::testing::{P, Random, hex, modulo, montgomery_inverse, of_signed};
    use super::*;
    use num_bigint::BigInt;

    /// Digits at or near the largest magnitude, with random signs or all with the same.
    fn digits(random: &mut Random, largest: i64) -> SignedDigits {
        let (kind, sign) = (random.below(4), random.below(2));
        core::array::from_fn(|_| {
            let magnitude = match kind {
                0 => largest,
                1 => largest - random.below(3) as i64,
                2 => [0, 1, largest][random.below(3) as usize],
                _ => random.below(largest as u64 + 1) as i64,
            };
            let negative = if kind == 0 { sign } else { random.below(2) };
            if negative == 1 { -magnitude } else { magnitude }
        })
    }

    /// Checks the result and its digits; the last one is bounded by the value.
    fn check(result: &SignedDigits, expected: &BigInt) {
        let p = hex(P);
        let expected = expected * montgomery_inverse(&p);
        assert_eq!(modulo(&of_signed(result), &p), modulo(&expected, &p));
        assert!(result[..8].iter().all(|digit| (-HALF..HALF).contains(digit)));
    }

    #[test]
    fn products_are_right_up_to_the_largest_column_sums() {
        let mut random = Random(6);
        for round in 0..20_000 {
            // 14 in all, as in `columns_fit`.
            let (left, right) = [(1, 1), (1, 14), (2, 7), (7, 2), (14, 1), (3, 4)][round % 6];
            let a = digits(&mut random, left * HALF);
            let b = digits(&mut random, right * HALF);
            let c = digits(&mut random, 64 * HALF);
            let ab = of_signed(&a) * of_signed(&b);
            check(&product(&a, &b), &ab);
            check(&product_minus(&a, &b, &c), &(ab - (of_signed(&c) << 261_u32)));
        }
    }

    #[test]
    fn squares_are_right_up_to_the_largest_column_sums() {
        let mut random = Random(7);
        for round in 0..20_000 {
            let a = digits(&mut random, [1, 2, 3][round % 3] * HALF);
            let c = digits(&mut random, 64 * HALF);
            let aa = of_signed(&a) * of_signed(&a);
            check(&square(&a), &aa);
            check(&square_minus(&a, &c), &(aa - (of_signed(&c) << 261_u32)));
        }
    }

    #[test]
    fn differences_of_products_are_right_up_to_the_largest_column_sums() {
        let mut random = Random(8);
        for round in 0..20_000 {
            let [a, b, c, d] = [[1, 1, 1, 1], [7, 1, 1, 7], [2, 3, 4, 2], [1, 13, 1, 1]][round % 4]
                .map(|bound| digits(&mut random, bound * HALF));
            let expected = of_signed(&a) * of_signed(&b) - of_signed(&c) * of_signed(&d);
            check(&difference_of_products((&a, &b), (&c, &d)), &expected);
        }
    }

    /// The bound that the values of `Element` rest on.
    #[test]
    fn a_reduction_adds_little_more_than_half_of_p() {
        let mut random = Random(9);
        let unit: BigInt = BigInt::from(1) << 255;
        let mut largest = BigInt::ZERO;
        for _ in 0..20_000 {
            let (a, b) = (digits(&mut random, HALF), digits(&mut random, HALF));
            let quotient = (of_signed(&a) * of_signed(&b)) >> 261_u32;
            let added = of_signed(&product(&a, &b)) - quotient;
            let magnitude = BigInt::from(added.magnitude().clone());
            largest = largest.max(magnitude);
        }
        assert!(largest <= &unit + (&unit >> 28_u32), "{largest:x}");
        assert!(largest > &unit - (&unit >> 6_u32), "the bound is nearly reached: {largest:x}");
    }
}
