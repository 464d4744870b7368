//! Constants of the field. The tests at the end derive each of them from the standard's values.

use super::super::digits::Digits;
use super::{Element, Reduced};

/// p = 2^256 - 2^224 + 2^192 + 2^96 - 1 (SP 800-186 section 3.2.1.3).
pub(in super::super) const PRIME: Digits = [
    0x1fff_ffff,
    0x1fff_ffff,
    0x1fff_ffff,
    0x0000_01ff,
    0,
    0,
    0x0004_0000,
    0x1fe0_0000,
    0x00ff_ffff,
];

/// p - n, where n is the order of the curve.
pub(in super::super) const P_LESS_N: Digits =
    [0x039c_daae, 0x0231_a9e8, 0x1a18_5ec3, 0x120a_a6b1, 0x0000_0431, 0, 0, 0, 0];

/// The number 1: 2^261 modulo p.
pub(in super::super) const ONE: Reduced =
    Element([0x20, 0, 0, -0x4000, 0, 0, -0x80_0000, 0x400_0000, 0]);

/// 2^522 modulo p, which brings a plain number into Montgomery's form.
pub(super) const MONTGOMERY_SQUARED: Element<1, 1> =
    Element([0xc00, 0, -0x1_0000, -0x20_0000, -0x40_0000, 0, 0, -1, 0x14]);

/// The digits of 1, which bring a number out of Montgomery's form.
pub(super) const PLAIN_ONE: Element<1, 1> = Element([1, 0, 0, 0, 0, 0, 0, 0, 0]);

/// b of the curve's equation `y^2 = x^3 - 3 * x + b` (SP 800-186 section 3.2.1.3).
pub(in super::super) const CURVE_B: Reduced = Element([
    -0x0768_4405,
    -0x0320_9dd6,
    0x0184_86c5,
    0x0173_2821,
    -0x0252_a620,
    0x0abf_7213,
    -0x05f9_2ef0,
    -0x088d_e2df,
    0x0086_00c4,
]);

#[cfg(test)]
mod tests {
    use super::super::super::testing::{B, N, P, hex, modulo, of_digits, of_signed};
    use super::*;
    use num_bigint::BigInt;

    #[test]
    fn the_constants_are_those_of_the_standard() {
        let p = hex(P);
        let power = |exponent: u32| BigInt::from(1) << exponent;
        assert_eq!(p, power(256) - power(224) + power(192) + power(96) - 1);
        assert_eq!(of_digits(&PRIME), p);
        assert_eq!(of_digits(&P_LESS_N), &p - hex(N));
        assert_eq!(modulo(&of_signed(&ONE.0), &p), power(261) % &p);
        assert_eq!(modulo(&of_signed(&MONTGOMERY_SQUARED.0), &p), power(522) % &p);
        assert_eq!(of_signed(&PLAIN_ONE.0), power(0));
        assert_eq!(modulo(&of_signed(&CURVE_B.0), &p), (hex(B) << 261_u32) % &p);
    }

    #[test]
    fn the_constants_keep_the_bounds_of_their_types() {
        let _ = (ONE.checked(), CURVE_B.checked());
        let _ = (MONTGOMERY_SQUARED.checked(), PLAIN_ONE.checked());
    }
}
