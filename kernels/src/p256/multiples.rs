//! Precomputed multiples of a point.

use alloc::vec::Vec;

use super::field::{Element, ONE, Reduced, difference_of_products, invert_all};
use super::point::{Affine, Jacobian};
use super::windows::{LARGEST, WINDOW_BITS, WINDOWS};

/// The multiples 1 to 32 of a point (2 KB), or of each of its multiples by 64^i (97 KB).
#[derive(Clone, Default)]
pub(super) struct Multiples(Vec<Stored>);

/// A point in 72 bytes.
#[derive(Clone, Copy)]
struct Stored {
    x: [i32; 9],
    y: [i32; 9],
}

const ROW: usize = LARGEST as usize;

impl Multiples {
    /// The multiples 1 to 32.
    ///
    /// `None` would mean that two of them have the same x, which the prime order of the curve excludes.
    pub(super) fn row(point: &Affine) -> Option<Self> {
        rows(core::slice::from_ref(point)).map(Self)
    }

    /// Adds the rows of the other windows, unless they are there.
    pub(super) fn build_table(&mut self) {
        if !self.is_table()
            && let Some(entries) = self.get(0, 1).and_then(|point| table(&point))
        {
            self.0 = entries;
        }
    }

    /// Whether there is a row for each window.
    pub(super) fn is_table(&self) -> bool {
        self.0.len() > ROW
    }

    /// `digit * 64^row * point`, for a digit that is not 0; `None` outside of the table.
    #[inline(always)]
    pub(super) fn get(&self, row: usize, digit: i8) -> Option<Affine> {
        let column = usize::from(digit.unsigned_abs()).wrapping_sub(1);
        debug_assert!(column < ROW);
        let stored = self.0.get(row * ROW + column)?;
        let x = Reduced::from_stored(&stored.x);
        let y = if digit < 0 {
            Reduced::from_stored_negated(&stored.y)
        } else {
            Reduced::from_stored(&stored.y)
        };
        Some(Affine { x, y })
    }
}

impl Stored {
    fn new(point: &Affine) -> Self {
        Self { x: point.x.stored(), y: point.y.stored() }
    }

    fn point(&self) -> Affine {
        Affine { x: Reduced::from_stored(&self.x), y: Reduced::from_stored(&self.y) }
    }
}

/// The multiples 1 to 32 of `64^i * point` for each window i.
fn table(point: &Affine) -> Option<Vec<Stored>> {
    let mut bases = Vec::with_capacity(WINDOWS);
    let mut base = point.to_jacobian();
    for _ in 0..WINDOWS {
        bases.push(base);
        for _ in 0..WINDOW_BITS {
            base = base.double();
        }
    }
    rows(&to_affine(&bases)?)
}

/// A row of multiples 1 to 32 for each base.
///
/// From the multiples up to k come those up to 2 * k, as k + 1, ..., k + k. All slopes of such a step
/// are divided with one inversion.
fn rows(bases: &[Affine]) -> Option<Vec<Stored>> {
    let mut entries = Vec::with_capacity(bases.len() * ROW);
    for base in bases {
        entries.resize(entries.len() + ROW, Stored::new(base));
    }
    let mut known = 1;
    while known < ROW {
        let mut inverses = Vec::with_capacity(bases.len() * known);
        for row in entries.chunks_exact(ROW) {
            push_widths(&mut inverses, row.get(..known)?)?;
        }
        invert_all(&mut inverses)?;
        for (row, inverses) in entries.chunks_exact_mut(ROW).zip(inverses.chunks_exact(known)) {
            let (old, new) = row.split_at_mut_checked(known)?;
            extend(old, new, inverses)?;
        }
        known *= 2;
    }
    Some(entries)
}

/// What the slopes from each multiple to the largest one are divided by; at the largest itself it is
/// the slope of the tangent.
fn push_widths(widths: &mut Vec<Reduced>, known: &[Stored]) -> Option<()> {
    let (largest, others) = known.split_last()?;
    let largest = largest.point();
    for other in others {
        let width: Element<2, 4> = other.point().x.minus(&largest.x);
        widths.push(width.times(&ONE));
    }
    widths.push(largest.y.scaled::<2, 2, 4>().times(&ONE));
    Some(())
}

/// Appends to the multiples 1 to k those from k + 1 to 2 * k; the inverses are of the widths.
fn extend(known: &[Stored], new: &mut [Stored], inverses: &[Reduced]) -> Option<()> {
    let (largest, others) = known.split_last()?;
    let (tangent_inverse, inverses) = inverses.split_last()?;
    let largest = largest.point();
    let mut places = new.iter_mut();
    for ((other, inverse), place) in others.iter().zip(inverses).zip(&mut places) {
        let other = other.point();
        let height: Element<2, 4> = other.y.minus(&largest.y);
        *place = Stored::new(&third_point(&largest, &other, &height.times(inverse)));
    }
    // The slope of the tangent: 3 * (x^2 - 1) / (2 * y).
    let height: Element<1, 4> = largest.x.square_minus(&ONE);
    let slope = height.scaled::<3, 3, 12>().times(tangent_inverse);
    *places.next()? = Stored::new(&third_point(&largest, &largest, &slope));
    Some(())
}

/// The sum of two points on a line of this slope (a tangent, if they are the same).
fn third_point(a: &Affine, b: &Affine, slope: &Reduced) -> Affine {
    // slope^2 - (a.x + b.x), where the product with 1 brings the result near to reduced.
    let both: Element<2, 4> = a.x.plus(&b.x);
    let x: Reduced = difference_of_products((slope, slope), (&both, &ONE));
    let run: Element<2, 4> = a.x.minus(&x);
    let y = difference_of_products((slope, &run), (&a.y, &ONE));
    Affine { x, y }
}

/// Divides by z with one inversion for all.
fn to_affine(points: &[Jacobian]) -> Option<Vec<Affine>> {
    let mut inverses: Vec<Reduced> = points.iter().map(|point| point.z).collect();
    invert_all(&mut inverses)?;
    let affine = points.iter().zip(&inverses).map(|(point, inverse)| {
        let square: Reduced = inverse.square();
        let cube: Reduced = inverse.times(&square);
        Affine { x: point.x.times(&square), y: point.y.times(&cube) }
    });
    Some(affine.collect())
}

#[cfg(test)]
mod tests {
    use super::super::testing::{N, hex, multiple_of_generator};
    use super::*;
    use num_bigint::BigInt;

    fn check(multiples: &Multiples, base: &BigInt, rows: usize) {
        for row in 0..rows {
            let base = base << (6 * row);
            for digit in (-32..=32).filter(|digit| *digit != 0) {
                let entry = multiples.get(row, digit).unwrap().numbers();
                assert_eq!(entry, multiple_of_generator(&(&base * digit)).unwrap());
            }
        }
        assert!(multiples.get(rows, 1).is_none() && multiples.get(rows + 100, 32).is_none());
    }

    #[test]
    fn a_row_has_the_multiples_1_to_32() {
        for base in [BigInt::from(1), BigInt::from(2), hex(N) - 1, hex(N) / 32, hex(N) / 33 + 1] {
            let multiples = Multiples::row(&Affine::multiple(base.clone())).unwrap();
            assert!(!multiples.is_table());
            check(&multiples, &base, 1);
        }
    }

    #[test]
    fn a_table_has_a_row_for_each_window() {
        for base in [BigInt::from(1), hex(N) / 7] {
            let mut multiples = Multiples::row(&Affine::multiple(base.clone())).unwrap();
            multiples.build_table();
            assert!(multiples.is_table());
            assert_eq!(core::mem::size_of_val(&multiples.0[..]), 99_072);
            check(&multiples, &base, WINDOWS);
            multiples.build_table();
            assert_eq!(multiples.0.len(), WINDOWS * ROW);
        }
    }

    #[test]
    fn without_a_row_there_is_nothing_to_build_a_table_of() {
        let mut multiples = Multiples::default();
        multiples.build_table();
        assert!(!multiples.is_table() && multiples.get(0, 1).is_none());
    }
}
