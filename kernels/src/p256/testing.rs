//! What the unit tests share: random numbers, whole numbers of any size, and the reference for points.

use num_bigint::{BigInt, BigUint, Sign};
use p256::elliptic_curve::PrimeField;
use p256::elliptic_curve::sec1::ToSec1Point;
use p256::{ProjectivePoint, Scalar};
use std::vec::Vec;

use super::digits::Digits;

/// p, n and the others as SP 800-186 section 3.2.1.3 gives them.
pub(super) const P: &str = "ffffffff00000001000000000000000000000000ffffffffffffffffffffffff";
pub(super) const N: &str = "ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551";
pub(super) const B: &str = "5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604b";
pub(super) const GX: &str = "6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296";
pub(super) const GY: &str = "4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5";

/// Whole numbers of 64 bits that look random (SplitMix64), the same in every run.
pub(super) struct Random(pub(super) u64);

impl Random {
    pub(super) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    pub(super) fn below(&mut self, bound: u64) -> u64 {
        self.next() % bound
    }

    /// 32 bytes: mostly random, sometimes long runs of zeros and ones, where carries go far.
    pub(super) fn bytes(&mut self) -> [u8; 32] {
        let runs = self.below(4) == 0;
        let mut fill = 0;
        core::array::from_fn(|_| {
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
}

pub(super) fn hex(text: &str) -> BigInt {
    BigInt::parse_bytes(text.as_bytes(), 16).unwrap()
}

/// The number of 32 bytes.
pub(super) fn of_bytes(bytes: &[u8; 32]) -> BigInt {
    BigInt::from_bytes_be(Sign::Plus, bytes)
}

/// The number as 32 bytes.
pub(super) fn to_bytes(number: &BigInt) -> [u8; 32] {
    let (sign, bytes) = number.to_bytes_be();
    assert!(sign != Sign::Minus);
    let mut result = [0; 32];
    result[32 - bytes.len()..].copy_from_slice(&bytes);
    if sign == Sign::NoSign { [0; 32] } else { result }
}

/// The number that digits of 29 bits mean, whatever their size and sign.
pub(super) fn of_signed(digits: &[i64]) -> BigInt {
    digits.iter().rev().fold(BigInt::ZERO, |number, digit| (number << 29) + digit)
}

pub(super) fn of_digits(digits: &Digits) -> BigInt {
    of_signed(&digits.map(i64::from))
}

/// The number modulo the modulus, not negative.
pub(super) fn modulo(number: &BigInt, modulus: &BigInt) -> BigInt {
    ((number % modulus) + modulus) % modulus
}

/// The inverse of 2^261, which Montgomery's form is divided by.
pub(super) fn montgomery_inverse(modulus: &BigInt) -> BigInt {
    let power: BigInt = BigInt::from(1) << 261;
    power.modinv(modulus).unwrap()
}

/// The coordinates of `scalar * G` by the reference; `None` for the neutral element.
pub(super) fn multiple_of_generator(scalar: &BigInt) -> Option<(BigInt, BigInt)> {
    let scalar = to_bytes(&modulo(scalar, &hex(N)));
    let scalar = Scalar::from_repr(scalar.into()).unwrap();
    let point = (ProjectivePoint::GENERATOR * scalar).to_affine().to_sec1_point(false);
    let coordinate = |bytes: &[u8]| BigInt::from(BigUint::from_bytes_be(bytes));
    Some((coordinate(point.x()?), coordinate(point.y()?)))
}

/// Numbers around those at which something changes, below `bound`.
pub(super) fn borders(bound: &BigInt) -> Vec<BigInt> {
    let mut numbers: Vec<BigInt> = Vec::new();
    let powers = (0..=256).map(|exponent| BigInt::from(1) << exponent);
    for centre in powers.chain([BigInt::ZERO, bound.clone(), bound / 2, hex(N), hex(P)]) {
        for offset in -2..=2 {
            numbers.push(&centre + offset);
        }
    }
    numbers.retain(|number| number.sign() != Sign::Minus && number < bound);
    numbers
}
