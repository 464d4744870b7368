//! ECDSA signatures from the form of JWS into that of X.509, which is the one that every host takes.

use alloc::vec::Vec;

/// The order of the group of P-256 (SP 800-186 section 3.2.1.3), big endian.
pub(crate) const P256_ORDER: [u8; 32] = [
    0xff, 0xff, 0xff, 0xff, 0x00, 0x00, 0x00, 0x00, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
    0xbc, 0xe6, 0xfa, 0xad, 0xa7, 0x17, 0x9e, 0x84, 0xf3, 0xb9, 0xca, 0xc2, 0xfc, 0x63, 0x25, 0x51,
];

/// The order of the group of P-384 (SP 800-186 section 3.2.1.4), big endian.
pub(crate) const P384_ORDER: [u8; 48] = [
    0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
    0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xc7, 0x63, 0x4d, 0x81, 0xf4, 0x37, 0x2d, 0xdf,
    0x58, 0x1a, 0x0d, 0xb2, 0x48, 0xb0, 0xa7, 0x7a, 0xec, 0xec, 0x19, 0x6a, 0xcc, 0xc5, 0x29, 0x73,
];

/// `SEQUENCE { INTEGER r, INTEGER s }` (RFC 3279 section 2.2.3) for r and s with the length of the
/// order each (RFC 7518 section 3.4). `None` unless both are from 1 to the order less 1, which is
/// step 1 of FIPS 186-5 section 6.4.2.
pub(crate) fn from_fixed(signature: &[u8], order: &[u8]) -> Option<Vec<u8>> {
    let (r, s) = signature.split_at_checked(order.len())?;
    let is_in_range = |number: &[u8]| number < order && number.iter().any(|byte| *byte != 0);
    if s.len() != order.len() || !is_in_range(r) || !is_in_range(s) {
        return None;
    }
    let contents = [integer(r)?, integer(s)?].concat();
    Some([&[0x30, length(&contents)?], &contents[..]].concat())
}

/// The shortest form of a number that is not negative (X.690 sections 8.3 and 10.1).
fn integer(number: &[u8]) -> Option<Vec<u8>> {
    let start = number.iter().position(|byte| *byte != 0)?;
    let digits = number.get(start..)?;
    let sign: &[u8] = if digits.first()? & 0x80 == 0 { &[] } else { &[0] };
    let octets = [sign, digits].concat();
    Some([&[2, length(&octets)?], &octets[..]].concat())
}

/// Lengths up to 127 are one octet; two integers of 49 have no more than 102.
fn length(contents: &[u8]) -> Option<u8> {
    u8::try_from(contents.len()).ok().filter(|length| *length < 0x80)
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::vec;

    fn joined(r: &[u8], s: &[u8]) -> Vec<u8> {
        let padded = |number: &[u8]| [&vec![0; 32 - number.len()], number].concat();
        [padded(r), padded(s)].concat()
    }

    #[test]
    fn numbers_are_as_short_as_they_can_be() {
        let der = |r: &[u8], s: &[u8]| from_fixed(&joined(r, s), &P256_ORDER).unwrap();
        assert_eq!(der(&[1], &[0x7f]), [0x30, 6, 2, 1, 1, 2, 1, 0x7f]);
        assert_eq!(der(&[0x80], &[1, 0]), [0x30, 8, 2, 2, 0, 0x80, 2, 2, 1, 0]);
        let mut largest = P256_ORDER;
        largest[31] -= 1;
        let long = der(&largest, &largest);
        assert_eq!((long.len(), &long[..5]), (72, &[0x30, 70, 2, 33, 0][..]));
        let mut largest = P384_ORDER;
        largest[47] -= 1;
        let long = from_fixed(&[largest, largest].concat(), &P384_ORDER).unwrap();
        assert_eq!((long.len(), &long[..5]), (104, &[0x30, 102, 2, 49, 0][..]));
    }

    #[test]
    fn numbers_and_lengths_out_of_range_are_refused() {
        let mut above = P256_ORDER;
        above[31] += 1;
        for bad in [&[0][..], &P256_ORDER, &above, &[0xff; 32]] {
            for signature in [joined(bad, &[1]), joined(&[1], bad), joined(bad, bad)] {
                assert_eq!(from_fixed(&signature, &P256_ORDER), None);
            }
        }
        let good = joined(&[1], &[1]);
        for signature in
            [&[][..], &good[1..], &good[..63], &good[..32], &[&good[..], &[0]].concat()]
        {
            assert_eq!(from_fixed(signature, &P256_ORDER), None);
        }
        assert_eq!(from_fixed(&good, &P384_ORDER), None);
    }
}
