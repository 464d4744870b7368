//! The sum `u1 * G + u2 * Q`.

use super::multiples::Multiples;
use super::point::{Affine, Jacobian};
use super::windows::{WINDOW_BITS, WINDOWS, Windows};

/// A multiple of a point: what is known of the point, and the scalar.
pub(super) type Term<'a> = (&'a Multiples, &'a Windows);

/// The sum of the terms; `None` if it is the neutral element.
///
/// The quick way does not look at what it adds. Where that fails (see [`Jacobian`]) everything is added
/// again with every case told apart. To reach that, one must choose scalars on purpose.
pub(super) fn of(terms: &[Term<'_>; 2]) -> Option<Jacobian> {
    let quick = add_up(terms, |sum, point| Some(sum.add(point)));
    match quick {
        Some(sum) if !sum.is_spoilt() => Some(sum),
        _ => add_up(terms, Jacobian::add_complete).filter(|sum| !sum.is_spoilt()),
    }
}

/// Adds the terms up with `add`; `None` is the neutral element.
///
/// Points with a row of multiples alone go first, window by window from the top, with six doublings
/// between; for points with a table nothing has to be doubled.
fn add_up(
    terms: &[Term<'_>; 2],
    add: impl Fn(&Jacobian, &Affine) -> Option<Jacobian>,
) -> Option<Jacobian> {
    let mut sum: Option<Jacobian> = None;
    let plus = |sum: &mut Option<Jacobian>, point: &Affine| match sum {
        Some(partial) => match add(partial, point) {
            Some(p) => *partial = p,
            None => *sum = None,
        },
        None => *sum = Some(point.to_jacobian()),
    };
    if !terms.iter().all(|(multiples, _)| multiples.is_table()) {
        for window in (0..WINDOWS).rev() {
            sum = sum.map(|sum| doubled(sum, WINDOW_BITS));
            for (multiples, windows) in terms.iter().filter(|term| !term.0.is_table()) {
                if let Some(digit) = windows.get(window).filter(|digit| **digit != 0) {
                    plus(&mut sum, &multiples.get(0, *digit)?);
                }
            }
        }
    }
    for (multiples, windows) in terms.iter().filter(|term| term.0.is_table()) {
        for (window, digit) in windows.iter().enumerate().filter(|(_, digit)| **digit != 0) {
            plus(&mut sum, &multiples.get(window, *digit)?);
        }
    }
    sum
}

/// `2^times * point`.
fn doubled(mut point: Jacobian, times: u32) -> Jacobian {
    for _ in 0..times {
        point = point.double();
    }
    point
}

#[cfg(test)]
mod tests {
    use super::super::testing::{self, N, Random, hex, multiple_of_generator};
    use super::super::{digits, windows};
    use super::*;
    use num_bigint::BigInt;
    use std::vec::Vec;

    /// A point `factor * G` with and without a table.
    struct Point {
        factor: BigInt,
        multiples: [Multiples; 2],
    }

    impl Point {
        fn new(factor: impl Into<BigInt>) -> Self {
            let factor = factor.into();
            let row = Multiples::row(&Affine::multiple(factor.clone())).unwrap();
            let mut table = row.clone();
            table.build_table();
            Self { factor, multiples: [row, table] }
        }
    }

    fn windows_of(scalar: &BigInt) -> Windows {
        windows::of(&digits::from_be_bytes(&testing::to_bytes(scalar)))
    }

    /// Compares the sum with the reference for all four forms, and counts the forms in which the quick
    /// way failed.
    fn check(p: &Point, u: &BigInt, q: &Point, v: &BigInt) -> usize {
        let expected = multiple_of_generator(&(u * &p.factor + v * &q.factor));
        let (u, v) = (windows_of(u), windows_of(v));
        let mut spoilt = 0;
        for p in &p.multiples {
            for q in &q.multiples {
                let terms = [(p, &u), (q, &v)];
                assert_eq!(of(&terms).map(|sum| sum.numbers()), expected);
                let quick = add_up(&terms, |sum, point| Some(sum.add(point)));
                match quick.filter(|sum| !sum.is_spoilt()) {
                    Some(quick) => assert_eq!(Some(quick.numbers()), expected),
                    None => spoilt += usize::from(u != [0; 43] || v != [0; 43]),
                }
            }
        }
        spoilt
    }

    #[test]
    fn sums_of_random_multiples() {
        let (mut random, n) = (Random(20), hex(N));
        let generator = Point::new(1);
        for _ in 0..4 {
            let point = Point::new(testing::of_bytes(&random.bytes()) % (&n - 1) + 1);
            for _ in 0..50 {
                let [u, v] = [0; 2].map(|_| testing::of_bytes(&random.bytes()) % &n);
                assert_eq!(check(&generator, &u, &point, &v), 0);
            }
        }
    }

    #[test]
    fn sums_of_multiples_at_the_borders() {
        let (generator, point) = (Point::new(1), Point::new(hex(N) / 3));
        let borders = testing::borders(&hex(N));
        for (index, u) in borders.iter().enumerate() {
            check(&generator, u, &point, &borders[index * 31 % borders.len()]);
        }
    }

    /// The last digit of n - 34 is -17, and what is before it is -17 as well, modulo n: the one scalar
    /// with which a row alone meets the case that the quick way does not know.
    #[test]
    fn the_scalar_that_spoils_a_row() {
        let (generator, point) = (Point::new(1), Point::new(12_345));
        let scalar = hex(N) - 34;
        assert_eq!(windows_of(&scalar)[0], -17);
        assert_eq!(check(&generator, &BigInt::ZERO, &point, &scalar), 2);
        assert_eq!(check(&generator, &scalar, &point, &BigInt::ZERO), 2);
    }

    #[test]
    fn no_other_scalar_near_the_ends_spoils_a_row() {
        let (generator, point) = (Point::new(1), Point::new(12_345));
        for offset in (1..=200).filter(|offset| *offset != 34) {
            for scalar in [BigInt::from(offset), hex(N) - offset] {
                assert_eq!(check(&generator, &BigInt::ZERO, &point, &scalar), 0, "{offset}");
            }
        }
    }

    /// With points that are small multiples of each other, sums meet in every way there is.
    #[test]
    fn points_that_are_near_to_each_other() {
        let generator = Point::new(1);
        let mut spoilt = 0;
        for factor in [1, -1, 2, -2, 3, 32, -32, 64] {
            let point = Point::new(factor);
            for u in (0..=36).step_by(4) {
                for v in (0..=36).step_by(4) {
                    spoilt += check(&generator, &BigInt::from(u), &point, &BigInt::from(v));
                    let v = (hex(N) - v) % hex(N);
                    spoilt += check(&generator, &BigInt::from(u), &point, &v);
                }
            }
        }
        assert!(spoilt > 100, "{spoilt} sums went the complete way");
    }

    /// In each window of a table, the sum so far is made to be what is added next, or its negative.
    #[test]
    fn a_table_meets_its_own_entries() {
        let (mut random, n) = (Random(21), hex(N));
        let generator = Point::new(1);
        let scalars: Vec<BigInt> =
            (0..3).map(|_| testing::of_bytes(&random.bytes()) % &n).collect();
        for u in &scalars {
            let digits = windows_of(u);
            for window in (0..WINDOWS).step_by(7).filter(|window| digits[*window] != 0) {
                let below = (0..window)
                    .fold(BigInt::ZERO, |sum, i| sum + (BigInt::from(digits[i]) << (6 * i)));
                let entry: BigInt = BigInt::from(digits[window]) << (6 * window);
                for other in [&entry - &below, -&entry - &below] {
                    let factor = testing::modulo(&other, &n);
                    let spoilt = check(&Point::new(factor), &BigInt::from(1), &generator, u);
                    assert!(spoilt >= 2, "window {window}");
                }
            }
        }
    }
}
