//! Two numbers side by side, on which every operation works at once.
//!
//! [`Pair`] is one `v128` where the target has SIMD128, and an array of two `f64` elsewhere. Both
//! have the same operations, all of IEEE 754 with rounding to nearest, ties to even; so the code on
//! top of them is the same everywhere, and what the native tests show is true in wasm.

#[cfg(not(all(target_arch = "wasm32", target_feature = "simd128")))]
mod portable;
#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
mod simd;

#[cfg(not(all(target_arch = "wasm32", target_feature = "simd128")))]
pub(super) use self::portable::Pair;
#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
pub(super) use self::simd::Pair;

// The x87 unit computes with more digits than `f64` has: sums would not be rounded as assumed here.
#[cfg(all(target_arch = "x86", not(target_feature = "sse2")))]
compile_error!("the RSA kernel needs IEEE 754 arithmetic: build for x86 with SSE2");

impl Pair {
    /// Two zeros.
    pub(super) const ZERO: Self = Self::new(0.0, 0.0);

    /// Whether neither number is larger than `bound`, whatever its sign; for assertions.
    pub(super) fn is_within(self, bound: f64) -> bool {
        let is_within = |value: f64| (-bound..=bound).contains(&value);
        is_within(self.first()) && is_within(self.second())
    }

    /// Whether both numbers are zero.
    pub(super) fn is_zero(self) -> bool {
        self.is_within(0.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(pair: Pair) -> [f64; 2] {
        [pair.first(), pair.second()]
    }

    #[test]
    fn each_operation_works_on_both_numbers() {
        let (a, b) = (Pair::new(3.0, -5.0), Pair::new(7.0, 11.0));
        assert_eq!(parts(a + b), [10.0, 6.0]);
        assert_eq!(parts(a - b), [-4.0, -16.0]);
        assert_eq!(parts(a * b), [21.0, -55.0]);
        assert_eq!(parts(Pair::splat(9.0)), [9.0, 9.0]);
        assert_eq!(parts(Pair::ZERO), [0.0, 0.0]);
    }

    #[test]
    fn shuffles_take_the_numbers_that_they_name() {
        let (a, b) = (Pair::new(1.0, 2.0), Pair::new(3.0, 4.0));
        assert_eq!(parts(Pair::second_first(a, b)), [2.0, 3.0]);
        assert_eq!(parts(Pair::first_first(a, b)), [1.0, 3.0]);
        assert_eq!(parts(Pair::first_second(a, b)), [1.0, 4.0]);
    }

    #[test]
    fn a_bound_holds_for_both_signs_and_both_numbers() {
        assert!(Pair::new(-8.0, 8.0).is_within(8.0));
        assert!(!Pair::new(-9.0, 0.0).is_within(8.0));
        assert!(!Pair::new(0.0, 9.0).is_within(8.0));
        assert!(!Pair::new(f64::NAN, 0.0).is_within(8.0));
        assert!(Pair::new(0.0, -0.0).is_zero());
        assert!(!Pair::new(0.0, 1.0).is_zero());
    }
}
