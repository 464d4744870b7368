//! Points of the curve `y^2 = x^3 - 3 * x + b`.

use super::field::{CURVE_B, Element, ONE, Reduced, difference_of_products};

/// A point by its coordinates. The neutral element (the point at infinity) has none.
#[derive(Clone, Copy)]
pub(super) struct Affine {
    pub(super) x: Reduced,
    pub(super) y: Reduced,
}

/// The point with the coordinates x / z^2 and y / z^3 (Jacobian coordinates), where z is not 0.
///
/// A sum or a double gets z = 0 exactly if the formula does not hold for its operands, and from then on
/// z stays 0: so one look at the end tells whether every step was right.
#[derive(Clone, Copy)]
pub(super) struct Jacobian {
    pub(super) x: Element<1, 8>,
    pub(super) y: Element<1, 3>,
    pub(super) z: Element<1, 2>,
}

impl Affine {
    /// The point with these coordinates, if there is one.
    pub(super) fn new(x: Reduced, y: Reduced) -> Option<Self> {
        // x^2 - 3, then y^2 - (x^2 - 3) * x - b.
        let slope: Element<1, 8> = x.square_minus(&ONE.scaled::<3, 3, 6>());
        let rest: Reduced = difference_of_products((&y, &y), (&slope, &x));
        let rest: Element<2, 4> = rest.minus(&CURVE_B);
        rest.is_zero().then_some(Self { x, y })
    }

    pub(super) fn to_jacobian(self) -> Jacobian {
        Jacobian { x: self.x.widened(), y: self.y.widened(), z: ONE }
    }
}

impl Jacobian {
    /// `2 * self` (the formulas dbl-2001-b of the Explicit-Formulas Database).
    ///
    /// They hold for every point: z would become 0 only with y = 0, which no point of this curve has,
    /// because its order is an odd prime.
    pub(super) fn double(&self) -> Self {
        let zz: Element<1, 2> = self.z.square();
        let yy: Element<1, 2> = self.y.square();
        let xyy4: Element<1, 3> = self.x.scaled::<4, 4, 32>().times(&yy);
        let difference: Element<2, 10> = self.x.minus(&zz);
        let sum: Element<2, 10> = self.x.plus(&zz);
        let slope: Element<1, 6> = difference.scaled::<3, 6, 30>().times(&sum);

        let x: Element<1, 8> = slope.square_minus(&xyy4.scaled::<2, 2, 6>());
        let rise: Element<2, 11> = xyy4.minus(&x);
        let yyyy8 = (&yy.scaled::<2, 2, 4>(), &yy.scaled::<4, 4, 8>());
        let y = difference_of_products((&slope, &rise), yyyy8);
        let z = self.y.scaled::<2, 2, 6>().times(&self.z);
        Self { x, y, z }
    }

    /// `self + other`, with z = 0 if both have the same x (the formulas madd-2004-hmv).
    #[inline(always)]
    pub(super) fn add(&self, other: &Affine) -> Self {
        let (width, height) = self.differences(other);
        let ww: Element<1, 3> = width.square();
        let www: Element<1, 2> = width.times(&ww);
        let xww: Element<1, 2> = self.x.times(&ww);

        let taken: Element<3, 6> = xww.scaled::<2, 2, 4>().plus(&www);
        let x: Element<1, 8> = height.square_minus(&taken);
        let rise: Element<2, 10> = xww.minus(&x);
        let y = difference_of_products((&height, &rise), (&self.y, &www));
        let z = self.z.times(&width);
        Self { x, y, z }
    }

    /// `self + other` for any two points with z not 0; `None` is the neutral element.
    pub(super) fn add_complete(&self, other: &Affine) -> Option<Self> {
        let (width, height) = self.differences(other);
        if !width.is_zero() {
            return Some(self.add(other));
        }
        // The same point or its negative: there are no others with this x.
        height.is_zero().then(|| self.double())
    }

    /// The differences of x and of y, from this point to the other, times z^2 and z^3.
    #[inline(always)]
    fn differences(&self, other: &Affine) -> (Element<1, 10>, Element<1, 5>) {
        let zz: Element<1, 2> = self.z.square();
        let zzz: Element<1, 2> = self.z.times(&zz);
        (other.x.times_minus(&zz, &self.x), other.y.times_minus(&zzz, &self.y))
    }

    /// Whether this is no point, because an addition was made to which the formula does not apply.
    pub(super) fn is_spoilt(&self) -> bool {
        self.z.is_zero()
    }

    /// Whether the coordinate x of the point is `x`.
    pub(super) fn has_x(&self, x: &Reduced) -> bool {
        let zz: Element<1, 2> = self.z.square();
        let difference: Element<1, 10> = x.times_minus(&zz, &self.x);
        difference.is_zero()
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{B, GX, GY, N, P, hex, modulo, multiple_of_generator};
    use super::*;
    use num_bigint::BigInt;

    impl Affine {
        /// `multiple * G` by the reference.
        pub(in super::super) fn multiple(multiple: impl Into<BigInt>) -> Self {
            let (x, y) = multiple_of_generator(&multiple.into()).unwrap();
            Self { x: Reduced::of_number(&x), y: Reduced::of_number(&y) }
        }

        pub(in super::super) fn numbers(&self) -> (BigInt, BigInt) {
            (self.x.number(), self.y.number())
        }
    }

    impl Jacobian {
        /// `multiple * G` with the coordinate z.
        fn multiple(multiple: impl Into<BigInt>, z: u32) -> Self {
            let point = Affine::multiple(multiple);
            let z = Reduced::of_number(&BigInt::from(z));
            let zz: Reduced = z.square();
            let zzz: Reduced = z.times(&zz);
            Self { x: point.x.times(&zz), y: point.y.times(&zzz), z }
        }

        pub(in super::super) fn numbers(&self) -> (BigInt, BigInt) {
            let p = hex(P);
            let inverse = self.z.number().modinv(&p).expect("a point");
            let square = &inverse * &inverse;
            (self.x.number() * &square % &p, self.y.number() * square * inverse % p)
        }
    }

    #[test]
    fn only_points_of_the_curve_are_points() {
        let on_curve = |x: &BigInt, y: &BigInt| {
            Affine::new(Reduced::of_number(x), Reduced::of_number(y)).is_some()
        };
        let (p, b) = (hex(P), hex(B));
        for (x, y) in [(hex(GX), hex(GY)), multiple_of_generator(&BigInt::from(77)).unwrap()] {
            assert_eq!(modulo(&(&y * &y - &x * &x * &x + &x * 3 - &b), &p), BigInt::ZERO);
            assert!(on_curve(&x, &y) && on_curve(&x, &(&p - &y)));
            assert!(!on_curve(&(&x + 1), &y) && !on_curve(&x, &(&y + 1)));
            assert!(!on_curve(&y, &x) && !on_curve(&x, &BigInt::ZERO));
        }
        assert!(!on_curve(&BigInt::ZERO, &BigInt::ZERO));
        let root = b.modpow(&((&p + 1) / 4), &p);
        assert!(on_curve(&BigInt::ZERO, &root));
    }

    #[test]
    fn doubles_are_right() {
        for multiple in [1, 2, 3, 100, 12_345] {
            let double = multiple_of_generator(&BigInt::from(2 * multiple)).unwrap();
            assert_eq!(Jacobian::multiple(multiple, 1).double().numbers(), double);
            assert_eq!(Jacobian::multiple(multiple, 987).double().numbers(), double);
        }
    }

    #[test]
    fn sums_are_right() {
        for (a, b) in [(1, 2), (2, 1), (5, 1000), (-1, 2), (7, -3), (-9, -10)] {
            for z in [1, 2, 0x1234_5678] {
                let (point, other) = (Jacobian::multiple(a, z), Affine::multiple(b));
                let sum = multiple_of_generator(&BigInt::from(a + b)).unwrap();
                assert_eq!(point.add(&other).numbers(), sum);
                assert_eq!(point.add_complete(&other).unwrap().numbers(), sum);
            }
        }
    }

    /// Thousands of steps one after the other: the bounds of the types are asserted in each.
    #[test]
    fn long_chains_keep_the_bounds() {
        let (mut sum, mut scalar) = (Jacobian::multiple(1, 1), BigInt::from(1));
        for step in 0..2000 {
            let multiple = i64::from(step % 61) - 30;
            sum = sum.double().add(&Affine::multiple(if multiple == 0 { 31 } else { multiple }));
            scalar = (scalar * 2 + if multiple == 0 { 31 } else { multiple }) % hex(N);
        }
        assert_eq!(sum.numbers(), multiple_of_generator(&scalar).unwrap());
    }

    #[test]
    fn the_same_point_and_its_negative_are_told_apart() {
        for z in [1, 3, 0x7654_3210] {
            let point = Jacobian::multiple(5, z);
            let (same, negative) = (Affine::multiple(5), Affine::multiple(-5));
            let double = multiple_of_generator(&BigInt::from(10)).unwrap();
            assert_eq!(point.add_complete(&same).unwrap().numbers(), double);
            assert!(point.add_complete(&negative).is_none());
            assert!(point.add(&same).is_spoilt() && point.add(&negative).is_spoilt());
            assert!(!point.is_spoilt());
        }
    }

    #[test]
    fn once_spoilt_always_spoilt() {
        for other in [5, -5] {
            let mut point = Jacobian::multiple(5, 9).add(&Affine::multiple(other));
            for multiple in 1..100 {
                point = point.double().add(&Affine::multiple(multiple));
                assert!(point.is_spoilt());
            }
        }
    }

    #[test]
    fn the_coordinate_x_is_compared_whatever_z_is() {
        let (x, _) = multiple_of_generator(&BigInt::from(6)).unwrap();
        for z in [1, 2, 0xffff_ffff] {
            let point = Jacobian::multiple(6, z);
            assert!(point.has_x(&Reduced::of_number(&x)));
            assert!(!point.has_x(&Reduced::of_number(&(&x + 1))));
            assert!(!point.has_x(&Reduced::of_number(&-&x)));
            assert!(!point.has_x(&Reduced::of_number(&BigInt::ZERO)));
        }
    }
}
