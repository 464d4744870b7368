//! Numbers that look random, the same for the same seed.

use p256::Scalar;
use p256::elliptic_curve::PrimeField;

/// SplitMix64.
pub(crate) struct Random(u64);

impl Random {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    pub(crate) fn below(&mut self, bound: usize) -> usize {
        (self.next() % bound as u64) as usize
    }

    pub(crate) fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        from[self.below(from.len())]
    }

    /// Mostly random; sometimes long runs of zeros and ones, where carries go far.
    pub(crate) fn bytes(&mut self) -> [u8; 32] {
        let runs = self.below(4) == 0;
        let mut fill = 0;
        std::array::from_fn(|_| {
            if runs {
                match self.below(6) {
                    0 => fill = self.next() as u8,
                    1 => fill = 0,
                    2 => fill = 0xff,
                    _ => {}
                }
                fill
            } else {
                self.next() as u8
            }
        })
    }

    pub(crate) fn message(&mut self) -> Vec<u8> {
        let length = match self.below(8) {
            0 => self.below(2),
            1 => self.below(2000),
            _ => self.below(200),
        };
        (0..length).map(|_| self.next() as u8).collect()
    }

    /// From 1 to n - 1.
    pub(crate) fn scalar(&mut self) -> Scalar {
        loop {
            let scalar = Option::<Scalar>::from(Scalar::from_repr(self.bytes().into()));
            if let Some(scalar) = scalar.filter(|scalar| *scalar != Scalar::ZERO) {
                return scalar;
            }
        }
    }

    /// A number with a reason to go wrong: small, near n, near a power of 2, or with equal windows.
    pub(crate) fn odd_scalar(&mut self) -> Scalar {
        let small = Scalar::from(1 + self.next() % 70);
        let power = power_of_two(self.below(256));
        let scalar = match self.below(6) {
            0 => small,
            1 => -small,
            2 => power,
            3 => power - small,
            4 => power + small,
            _ => {
                let digit = self.pick(&[1, 16, 31, 32, 33, 63]);
                (0..1 + self.below(42)).fold(Scalar::ZERO, |sum, _| {
                    sum * Scalar::from(64_u64) + Scalar::from(digit as u64)
                })
            }
        };
        if scalar == Scalar::ZERO { small } else { scalar }
    }
}

/// 2^exponent modulo n.
pub(crate) fn power_of_two(exponent: usize) -> Scalar {
    (0..exponent).fold(Scalar::ONE, |power, _| power + power)
}
