//! The field of P-256: whole numbers modulo p = 2^256 - 2^224 + 2^192 + 2^96 - 1.
//!
//! A number a is held as a * 2^261 modulo p (Montgomery's form), in nine digits of 29 bits with signs,
//! and not reduced completely: many digit vectors mean the same number. How far from reduced an
//! element may be stands in its type, and every operation checks while it is compiled that its
//! column sums fit into 64 bits and that its result keeps the bounds of the result's type.

mod columns;
mod constants;

use self::columns::{HALF, SignedDigits};
pub(super) use self::constants::{CURVE_B, ONE, P_LESS_N, PRIME};
use self::constants::{MONTGOMERY_SQUARED, PLAIN_ONE};
use super::digits::Digits;
use super::inverse;

/// A number of the field with its bounds: every digit is at most `DIGIT * 2^28` and the number that
/// the digits mean at most `VALUE * 2^255`, both by magnitude.
#[derive(Clone, Copy)]
pub(super) struct Element<const DIGIT: u32, const VALUE: u32>(SignedDigits);

/// What products are when their factors are near to reduced.
pub(super) type Reduced = Element<1, 2>;

/// The sums of 9 products of digits in a column, and room for what [`columns`] adds to them.
const fn columns_fit(digit_product: u32) -> bool {
    9 * digit_product <= 126
}

/// Whether a product of magnitude `value_product * 2^510`, divided by 2^261, with what the reduction
/// adds (a little more than 2^255) and a subtrahend, stays within `value * 2^255`, and its last digit
/// within 2^28.
const fn value_fits(value: u32, value_product: u32, subtrahend: u32) -> bool {
    64 * value > value_product + 64 + 64 * subtrahend && value <= 31
}

impl<const D: u32, const V: u32> Element<D, V> {
    /// `self * other`.
    #[inline(always)]
    pub(super) fn times<const E: u32, const W: u32, const RESULT: u32>(
        &self,
        other: &Element<E, W>,
    ) -> Element<1, RESULT> {
        const { assert!(columns_fit(D * E) && value_fits(RESULT, V * W, 0)) }
        Element(columns::product(&self.0, &other.0)).checked()
    }

    /// `self * other - subtrahend`.
    #[inline(always)]
    pub(super) fn times_minus<
        const E: u32,
        const W: u32,
        const F: u32,
        const X: u32,
        const RESULT: u32,
    >(
        &self,
        other: &Element<E, W>,
        subtrahend: &Element<F, X>,
    ) -> Element<1, RESULT> {
        const { assert!(columns_fit(D * E) && F <= 64 && value_fits(RESULT, V * W, X)) }
        Element(columns::product_minus(&self.0, &other.0, &subtrahend.0)).checked()
    }

    /// `self * self`.
    #[inline(always)]
    pub(super) fn square<const RESULT: u32>(&self) -> Element<1, RESULT> {
        const { assert!(columns_fit(D * D) && value_fits(RESULT, V * V, 0)) }
        Element(columns::square(&self.0)).checked()
    }

    /// `self * self - subtrahend`.
    #[inline(always)]
    pub(super) fn square_minus<const F: u32, const X: u32, const RESULT: u32>(
        &self,
        subtrahend: &Element<F, X>,
    ) -> Element<1, RESULT> {
        const { assert!(columns_fit(D * D) && F <= 64 && value_fits(RESULT, V * V, X)) }
        Element(columns::square_minus(&self.0, &subtrahend.0)).checked()
    }

    /// `self + other`.
    #[inline(always)]
    pub(super) fn plus<const E: u32, const W: u32, const DIGIT: u32, const VALUE: u32>(
        &self,
        other: &Element<E, W>,
    ) -> Element<DIGIT, VALUE> {
        const { assert!(DIGIT >= D + E && VALUE >= V + W) }
        let mut sum = self.0;
        for (digit, added) in sum.iter_mut().zip(other.0) {
            *digit += added;
        }
        Element(sum).checked()
    }

    /// `self - other`.
    #[inline(always)]
    pub(super) fn minus<const E: u32, const W: u32, const DIGIT: u32, const VALUE: u32>(
        &self,
        other: &Element<E, W>,
    ) -> Element<DIGIT, VALUE> {
        const { assert!(DIGIT >= D + E && VALUE >= V + W) }
        let mut difference = self.0;
        for (digit, taken) in difference.iter_mut().zip(other.0) {
            *digit -= taken;
        }
        Element(difference).checked()
    }

    /// `FACTOR * self`.
    #[inline(always)]
    pub(super) fn scaled<const FACTOR: u32, const DIGIT: u32, const VALUE: u32>(
        &self,
    ) -> Element<DIGIT, VALUE> {
        const { assert!(DIGIT >= FACTOR * D && VALUE >= FACTOR * V) }
        Element(self.0.map(|digit| i64::from(FACTOR) * digit)).checked()
    }

    /// The same number with wider bounds.
    #[inline(always)]
    pub(super) fn widened<const VALUE: u32>(&self) -> Element<D, VALUE> {
        const { assert!(VALUE >= V) }
        Element(self.0)
    }

    /// Whether the number is 0 modulo p.
    ///
    /// Out of Montgomery's form, which is a product with 1, it is at most
    /// VALUE / 64 + 2^255 * (1 + 2^-28) < p by magnitude, where only 0 itself is a multiple of p.
    /// Digits of that form mean 0 only if all are 0: the lowest one is in -2^28..2^28 and a multiple
    /// of 2^29, and so on.
    pub(super) fn is_zero(&self) -> bool {
        let plain: Element<1, 2> = self.times(&PLAIN_ONE);
        plain.0 == [0; 9]
    }

    /// Checks the bounds of the type. The last digit stands for the value: the others are together
    /// less than `DIGIT * 2^232`.
    #[inline(always)]
    fn checked(self) -> Self {
        debug_assert!(self.0.iter().all(|digit| digit.abs() <= i64::from(D) * HALF));
        debug_assert!(self.0[8].abs() <= (i64::from(V) << 23) + i64::from(D));
        self
    }
}

impl Reduced {
    /// The element with these digits, which must keep the bounds of the type; for constants.
    pub(super) const fn new(digits: [i64; 9]) -> Self {
        Self(digits)
    }

    /// The element with these digits, as [`Reduced::stored`] gave them.
    #[inline(always)]
    pub(super) fn from_stored(digits: &[i32; 9]) -> Self {
        Element(digits.map(i64::from)).checked()
    }

    /// The negative of the element with these digits.
    #[inline(always)]
    pub(super) fn from_stored_negated(digits: &[i32; 9]) -> Self {
        Element(digits.map(|digit| -i64::from(digit))).checked()
    }

    /// The digits in half the space: they are at most 2^28 by magnitude.
    pub(super) fn stored(&self) -> [i32; 9] {
        self.0.map(|digit| digit as i32)
    }

    /// The element for a number below 2^256, which has unsigned digits of up to 2^29.
    pub(super) fn from_digits(digits: &Digits) -> Self {
        debug_assert!(digits[8] < 1 << 24);
        let plain = Element::<2, 2>(digits.map(i64::from)).checked();
        plain.times(&MONTGOMERY_SQUARED)
    }

    /// `1 / self`; `None` for 0.
    ///
    /// The number itself, out of Montgomery's form, is less than p by magnitude (see
    /// [`Element::is_zero`]). The inverse is multiplied back, so that nothing rests on how it was
    /// found.
    pub(super) fn inverse(&self) -> Option<Self> {
        let plain: Element<1, 2> = self.times(&PLAIN_ONE);
        let inverse = Self::from_digits(&inverse::modulo(&plain.0, &inverse::P)?);
        let product: Self = self.times(&inverse);
        let rest: Element<2, 4> = product.minus(&ONE);
        rest.is_zero().then_some(inverse)
    }
}

/// `a * b - c * d`.
#[inline(always)]
pub(super) fn difference_of_products<
    const A: u32,
    const AV: u32,
    const B: u32,
    const BV: u32,
    const C: u32,
    const CV: u32,
    const D: u32,
    const DV: u32,
    const RESULT: u32,
>(
    (a, b): (&Element<A, AV>, &Element<B, BV>),
    (c, d): (&Element<C, CV>, &Element<D, DV>),
) -> Element<1, RESULT> {
    const { assert!(columns_fit(A * B + C * D) && value_fits(RESULT, AV * BV + CV * DV, 0)) }
    Element(columns::difference_of_products((&a.0, &b.0), (&c.0, &d.0))).checked()
}

/// Inverts all of `elements` with one inversion (Montgomery's trick); `None` if one of them is 0.
pub(super) fn invert_all(elements: &mut [Reduced]) -> Option<()> {
    let mut before = alloc::vec::Vec::with_capacity(elements.len());
    let mut product = ONE;
    for element in elements.iter() {
        before.push(product);
        product = product.times(element);
    }
    let mut inverse = product.inverse()?;
    for (element, before) in elements.iter_mut().zip(&before).rev() {
        let inverted = inverse.times(before);
        inverse = inverse.times(element);
        *element = inverted;
    }
    Some(())
}

#[cfg(test)]
mod tests {
    use super::super::digits;
    use super::super::testing::{self, P, Random, hex, modulo, montgomery_inverse, of_signed};
    use super::*;
    use num_bigint::BigInt;
    use std::vec::Vec;

    impl<const D: u32, const V: u32> Element<D, V> {
        /// The number that the element means.
        pub(in super::super) fn number(&self) -> BigInt {
            let p = hex(P);
            modulo(&(of_signed(&self.0) * montgomery_inverse(&p)), &p)
        }
    }

    impl Reduced {
        pub(in super::super) fn of_number(number: &BigInt) -> Self {
            let number = modulo(number, &hex(P));
            Self::from_digits(&digits::from_be_bytes(&testing::to_bytes(&number)))
        }
    }

    fn numbers(seed: u64, count: usize) -> Vec<BigInt> {
        let mut random = Random(seed);
        let random = (0..count).map(|_| testing::of_bytes(&random.bytes()) % hex(P));
        testing::borders(&hex(P)).into_iter().chain(random).collect()
    }

    #[test]
    fn numbers_come_back() {
        for number in numbers(10, 1000) {
            let element = Reduced::of_number(&number);
            assert_eq!(element.number(), number);
            assert_eq!(element.is_zero(), number == BigInt::ZERO);
            assert_eq!(Reduced::from_stored(&element.stored()).number(), number);
            let negative = Reduced::from_stored_negated(&element.stored());
            assert_eq!(negative.number(), modulo(&-number, &hex(P)));
        }
    }

    #[test]
    fn numbers_up_to_2_to_the_256_are_taken_modulo_p() {
        for number in testing::borders(&(BigInt::from(1) << 256)) {
            let digits = digits::from_be_bytes(&testing::to_bytes(&number));
            assert_eq!(Reduced::from_digits(&digits).number(), number % hex(P));
        }
    }

    #[test]
    fn the_operations_are_those_of_the_field() {
        let (p, numbers) = (hex(P), numbers(11, 1000));
        for (index, a) in numbers.iter().enumerate() {
            let (b, c) =
                (&numbers[index * 5 % numbers.len()], &numbers[index * 11 % numbers.len()]);
            let [x, y, z] = [a, b, c].map(Reduced::of_number);
            let equal = |result: BigInt, expected: BigInt| {
                assert_eq!(result, modulo(&expected, &p), "{a:x} {b:x} {c:x}");
            };
            equal(x.times::<1, 2, 2>(&y).number(), a * b);
            equal(x.times_minus::<1, 2, 1, 2, 4>(&y, &z).number(), a * b - c);
            equal(x.square::<2>().number(), a * a);
            equal(x.square_minus::<1, 2, 4>(&y).number(), a * a - b);
            equal(x.plus::<1, 2, 2, 4>(&y).number(), a + b);
            equal(x.minus::<1, 2, 2, 4>(&y).number(), a - b);
            equal(x.scaled::<5, 5, 10>().number(), a * 5);
            let difference: Reduced = difference_of_products((&x, &y), (&y, &z));
            equal(difference.number(), a * b - b * c);
        }
    }

    #[test]
    fn every_multiple_of_p_is_zero_and_nothing_near_it() {
        let p = hex(P);
        for factor in -15..=15 {
            for offset in -40_i64..=40 {
                // The digits of the number itself, balanced but for the last one.
                let mut rest: BigInt = &p * factor + offset;
                let mut signed = [0; 9];
                for digit in &mut signed[..8] {
                    let low: BigInt = modulo(&(&rest + HALF), &(BigInt::from(2 * HALF))) - HALF;
                    *digit = i64::try_from(&low).unwrap();
                    rest = (rest - low) >> 29_u32;
                }
                signed[8] = i64::try_from(rest).unwrap();
                let element = Element::<1, 31>(signed).checked();
                assert_eq!(element.is_zero(), offset == 0, "{factor} * p + {offset}");
            }
        }
    }

    #[test]
    fn inverses_are_right() {
        for number in numbers(12, 1000).iter().filter(|number| **number != BigInt::ZERO) {
            let inverse = Reduced::of_number(number).inverse().unwrap().number();
            assert_eq!((inverse * number) % hex(P), BigInt::from(1), "{number:x}");
        }
        assert!(Reduced::of_number(&BigInt::ZERO).inverse().is_none());
        assert!(Reduced::of_number(&hex(P)).inverse().is_none());
    }

    #[test]
    fn many_are_inverted_at_once_unless_one_is_zero() {
        let mut numbers = numbers(13, 50);
        numbers.retain(|number| *number != BigInt::ZERO);
        let elements: Vec<Reduced> = numbers.iter().map(Reduced::of_number).collect();
        let mut inverses = elements.clone();
        assert!(invert_all(&mut inverses).is_some());
        for (number, inverse) in numbers.iter().zip(&inverses) {
            assert_eq!((number * inverse.number()) % hex(P), BigInt::from(1));
        }
        for place in [0, 1, elements.len() - 1] {
            let mut elements = elements.clone();
            elements[place] = Reduced::of_number(&BigInt::ZERO);
            assert!(invert_all(&mut elements).is_none());
        }
        assert!(invert_all(&mut []).is_some());
    }

    #[test]
    fn the_bounds_are_tight() {
        assert!(columns_fit(14) && !columns_fit(15));
        assert!(value_fits(2, 63, 0) && !value_fits(2, 64, 0));
        assert!(value_fits(31, 0, 29) && !value_fits(32, 0, 0));
        assert!(!value_fits(3, 0, 2) && value_fits(4, 0, 2));
    }
}
