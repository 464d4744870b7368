//! One `v128` of WebAssembly's SIMD128.

use core::arch::wasm32::{
    f64x2, f64x2_add, f64x2_extract_lane, f64x2_mul, f64x2_splat, f64x2_sub, i64x2_shuffle, v128,
};
use core::ops::{Add, Mul, Sub};

/// Two numbers; see the module above.
#[derive(Clone, Copy, Debug)]
pub(in crate::rsa) struct Pair(v128);

impl Pair {
    pub(in crate::rsa) const fn new(first: f64, second: f64) -> Self {
        Self(f64x2(first, second))
    }

    pub(in crate::rsa) fn splat(value: f64) -> Self {
        Self(f64x2_splat(value))
    }

    pub(in crate::rsa) fn first(self) -> f64 {
        f64x2_extract_lane::<0>(self.0)
    }

    pub(in crate::rsa) fn second(self) -> f64 {
        f64x2_extract_lane::<1>(self.0)
    }

    /// The second of `a` and the first of `b`.
    pub(in crate::rsa) fn second_first(a: Self, b: Self) -> Self {
        Self(i64x2_shuffle::<1, 2>(a.0, b.0))
    }

    /// The first of `a` and the first of `b`.
    pub(in crate::rsa) fn first_first(a: Self, b: Self) -> Self {
        Self(i64x2_shuffle::<0, 2>(a.0, b.0))
    }

    /// The first of `a` and the second of `b`.
    pub(in crate::rsa) fn first_second(a: Self, b: Self) -> Self {
        Self(i64x2_shuffle::<0, 3>(a.0, b.0))
    }
}

impl Add for Pair {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self(f64x2_add(self.0, other.0))
    }
}

impl Sub for Pair {
    type Output = Self;

    fn sub(self, other: Self) -> Self {
        Self(f64x2_sub(self.0, other.0))
    }
}

impl Mul for Pair {
    type Output = Self;

    fn mul(self, other: Self) -> Self {
        Self(f64x2_mul(self.0, other.0))
    }
}
