//! Two `f64` for every target.

use core::ops::{Add, Mul, Sub};

/// Two numbers; see the module above.
#[derive(Clone, Copy, Debug)]
pub(in crate::rsa) struct Pair([f64; 2]);

impl Pair {
    pub(in crate::rsa) const fn new(first: f64, second: f64) -> Self {
        Self([first, second])
    }

    pub(in crate::rsa) const fn splat(value: f64) -> Self {
        Self([value; 2])
    }

    pub(in crate::rsa) const fn first(self) -> f64 {
        self.0[0]
    }

    pub(in crate::rsa) const fn second(self) -> f64 {
        self.0[1]
    }

    /// The second of `a` and the first of `b`.
    pub(in crate::rsa) const fn second_first(a: Self, b: Self) -> Self {
        Self([a.0[1], b.0[0]])
    }

    /// The first of `a` and the first of `b`.
    pub(in crate::rsa) const fn first_first(a: Self, b: Self) -> Self {
        Self([a.0[0], b.0[0]])
    }

    /// The first of `a` and the second of `b`.
    pub(in crate::rsa) const fn first_second(a: Self, b: Self) -> Self {
        Self([a.0[0], b.0[1]])
    }
}

impl Add for Pair {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self([self.0[0] + other.0[0], self.0[1] + other.0[1]])
    }
}

impl Sub for Pair {
    type Output = Self;

    fn sub(self, other: Self) -> Self {
        Self([self.0[0] - other.0[0], self.0[1] - other.0[1]])
    }
}

impl Mul for Pair {
    type Output = Self;

    fn mul(self, other: Self) -> Self {
        Self([self.0[0] * other.0[0], self.0[1] * other.0[1]])
    }
}
