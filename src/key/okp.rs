//! Ed25519 public keys (RFC 8032 section 5.1, RFC 8037 section 2).

use crate::key::error::KeyError;
use crate::key::material::KeyMaterial;

/// Checks the 32 bytes of a key: y in little endian, the top bit being the sign of x.
pub(crate) fn import(public: &[u8]) -> Result<KeyMaterial, KeyError> {
    let key: [u8; 32] = public.try_into().map_err(|_| KeyError::Ed25519Length)?;
    let mut y = key;
    if let Some(last) = y.last_mut() {
        *last &= 0x7f;
    }
    if !y.iter().rev().lt(P.iter().rev()) {
        return Err(KeyError::Ed25519NotCanonical);
    }
    if SMALL_ORDER.contains(&y) {
        return Err(KeyError::Ed25519SmallOrder);
    }
    Ok(KeyMaterial::Ed25519(key))
}

/// The prime of the field, 2^255 - 19. A larger y is a second encoding of a smaller one
/// (RFC 8032 section 5.1.3, step 1).
const P: [u8; 32] = little_endian(0xed, 0xff, 0x7f);

/// The y of the eight points whose order divides 8. Under such a key one signature fits many
/// messages. Both signs of x are refused, which covers x = 0 with the sign set, too.
const SMALL_ORDER: [[u8; 32]; 5] = [
    // order 1
    little_endian(1, 0, 0),
    // order 2: -1
    little_endian(0xec, 0xff, 0x7f),
    // order 4
    little_endian(0, 0, 0),
    // order 8
    [
        0x26, 0xe8, 0x95, 0x8f, 0xc2, 0xb2, 0x27, 0xb0, 0x45, 0xc3, 0xf4, 0x89, 0xf2, 0xef, 0x98,
        0xf0, 0xd5, 0xdf, 0xac, 0x05, 0xd3, 0xc6, 0x33, 0x39, 0xb1, 0x38, 0x02, 0x88, 0x6d, 0x53,
        0xfc, 0x05,
    ],
    // order 8: minus the one before
    [
        0xc7, 0x17, 0x6a, 0x70, 0x3d, 0x4d, 0xd8, 0x4f, 0xba, 0x3c, 0x0b, 0x76, 0x0d, 0x10, 0x67,
        0x0f, 0x2a, 0x20, 0x53, 0xfa, 0x2c, 0x39, 0xcc, 0xc6, 0x4e, 0xc7, 0xfd, 0x77, 0x92, 0xac,
        0x03, 0x7a,
    ],
];

/// 32 bytes: one first, thirty in the middle, one last.
const fn little_endian(first: u8, middle: u8, last: u8) -> [u8; 32] {
    let m = middle;
    [
        first, m, m, m, m, m, m, m, m, m, m, m, m, m, m, m, m, m, m, m, m, m, m, m, m, m, m, m, m,
        m, m, last,
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 8032 section 7.1, TEST 1.
    const GOOD: [u8; 32] = [
        0xd7, 0x5a, 0x98, 0x01, 0x82, 0xb1, 0x0a, 0xb7, 0xd5, 0x4b, 0xfe, 0xd3, 0xc9, 0x64, 0x07,
        0x3a, 0x0e, 0xe1, 0x72, 0xf3, 0xda, 0xa6, 0x23, 0x25, 0xaf, 0x02, 0x1a, 0x68, 0xf7, 0x07,
        0x51, 0x1a,
    ];

    fn with_sign(mut key: [u8; 32]) -> [u8; 32] {
        key[31] |= 0x80;
        key
    }

    #[test]
    fn a_key_has_exactly_32_bytes() {
        assert_eq!(import(&GOOD), Ok(KeyMaterial::Ed25519(GOOD)));
        assert_eq!(import(&GOOD[..31]), Err(KeyError::Ed25519Length));
        assert_eq!(import(&[&GOOD[..], &[0]].concat()), Err(KeyError::Ed25519Length));
        assert_eq!(import(&[]), Err(KeyError::Ed25519Length));
    }

    #[test]
    fn points_of_small_order_are_refused_with_both_signs() {
        for key in SMALL_ORDER {
            assert_eq!(import(&key), Err(KeyError::Ed25519SmallOrder));
            assert_eq!(import(&with_sign(key)), Err(KeyError::Ed25519SmallOrder));
        }
    }

    #[test]
    fn second_encodings_are_refused_with_both_signs() {
        for distance in 0..19 {
            let mut key = P;
            key[0] += distance;
            assert_eq!(import(&key), Err(KeyError::Ed25519NotCanonical));
            assert_eq!(import(&with_sign(key)), Err(KeyError::Ed25519NotCanonical));
        }
    }

    #[test]
    fn the_largest_canonical_y_beside_minus_one_is_taken() {
        assert!(import(&little_endian(0xeb, 0xff, 0x7f)).is_ok());
    }
}
