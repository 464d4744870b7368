//! Points on P-256 and P-384 (NIST SP 800-186 section 3.2.1, RFC 7518 section 6.2.1).

use alloc::boxed::Box;

use crate::key::error::KeyError;
use crate::key::material::KeyMaterial;

/// Checks a P-256 point in the form of RFC 5480 section 2.2: 4, x, y.
pub(crate) fn import_p256_point(point: &[u8]) -> Result<KeyMaterial, KeyError> {
    let (x, y) = split_point(point, P256_BYTES)?;
    import_p256(x, y)
}

/// Checks a P-384 point in the same form.
pub(crate) fn import_p384_point(point: &[u8]) -> Result<KeyMaterial, KeyError> {
    let (x, y) = split_point(point, P384_BYTES)?;
    import_p384(x, y)
}

/// Checks the coordinates of a P-256 point, big endian with all 32 bytes each.
pub(crate) fn import_p256(x: &[u8], y: &[u8]) -> Result<KeyMaterial, KeyError> {
    let point = uncompressed(x, y, P256_BYTES)?;
    if P256.contains(x, y) { Ok(KeyMaterial::P256(point)) } else { Err(KeyError::EcNotOnCurve) }
}

/// Checks the coordinates of a P-384 point, big endian with all 48 bytes each.
pub(crate) fn import_p384(x: &[u8], y: &[u8]) -> Result<KeyMaterial, KeyError> {
    let point = uncompressed(x, y, P384_BYTES)?;
    if P384.contains(x, y) { Ok(KeyMaterial::P384(point)) } else { Err(KeyError::EcNotOnCurve) }
}

fn split_point(point: &[u8], bytes: usize) -> Result<(&[u8], &[u8]), KeyError> {
    match point {
        [4, coordinates @ ..] => {
            coordinates.split_at_checked(bytes).ok_or(KeyError::EcCoordinateLength)
        }
        _ => Err(KeyError::EcPointForm),
    }
}

fn uncompressed<const N: usize>(
    x: &[u8],
    y: &[u8],
    bytes: usize,
) -> Result<Box<[u8; N]>, KeyError> {
    if x.len() != bytes || y.len() != bytes {
        return Err(KeyError::EcCoordinateLength);
    }
    let point: Box<[u8]> = [&[4], x, y].concat().into();
    point.try_into().map_err(|_| KeyError::EcCoordinateLength)
}

/// A curve `y^2 = x^3 - 3x + b` over the field of the prime `p`; numbers in limbs of 32 bits, the
/// lowest first.
///
/// The check runs once per key on public values, so it is written to be short: neither fast nor
/// in constant time.
struct Curve<const LIMBS: usize> {
    p: [u32; LIMBS],
    b: [u32; LIMBS],
}

const P256_BYTES: usize = 32;
const P384_BYTES: usize = 48;

const P256: Curve<8> = Curve {
    p: [0xffffffff, 0xffffffff, 0xffffffff, 0, 0, 0, 1, 0xffffffff],
    b: [
        0x27d2604b, 0x3bce3c3e, 0xcc53b0f6, 0x651d06b0, 0x769886bc, 0xb3ebbd55, 0xaa3a93e7,
        0x5ac635d8,
    ],
};

const P384: Curve<12> = Curve {
    p: [
        0xffffffff, 0, 0, 0xffffffff, 0xfffffffe, 0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff,
        0xffffffff, 0xffffffff, 0xffffffff,
    ],
    b: [
        0xd3ec2aef, 0x2a85c8ed, 0x8a2ed19d, 0xc656398d, 0x5013875a, 0x0314088f, 0xfe814112,
        0x181d9c6e, 0xe3f82d19, 0x988e056b, 0xe23ee7e4, 0xb3312fa7,
    ],
};

impl<const LIMBS: usize> Curve<LIMBS> {
    /// Whether the point with these big endian coordinates is on the curve; the coordinates must
    /// be smaller than `p` (SEC 1 section 3.2.2.1).
    fn contains(&self, x: &[u8], y: &[u8]) -> bool {
        let (x, y) = (limbs(x), limbs(y));
        if !self.is_reduced(&x) || !self.is_reduced(&y) {
            return false;
        }
        let x_cubed = self.multiply(&self.multiply(&x, &x), &x);
        let three_x = self.add(&self.add(&x, &x), &x);
        // y^2 + 3x = x^3 + b spares a subtraction.
        self.add(&self.multiply(&y, &y), &three_x) == self.add(&x_cubed, &self.b)
    }

    fn is_reduced(&self, number: &[u32; LIMBS]) -> bool {
        number.iter().rev().lt(self.p.iter().rev())
    }

    /// `left + right` modulo `p`, of reduced numbers.
    fn add(&self, left: &[u32; LIMBS], right: &[u32; LIMBS]) -> [u32; LIMBS] {
        let mut sum = [0; LIMBS];
        let mut carry = 0;
        for ((limb, left), right) in sum.iter_mut().zip(left).zip(right) {
            let wide = u64::from(*left) + u64::from(*right) + carry;
            *limb = wide as u32;
            carry = wide >> 32;
        }
        if carry == 1 || !self.is_reduced(&sum) { self.subtract_p(&sum) } else { sum }
    }

    /// `number - p`, modulo 2 to the size of the limbs.
    fn subtract_p(&self, number: &[u32; LIMBS]) -> [u32; LIMBS] {
        let mut difference = [0; LIMBS];
        let mut borrow = false;
        for ((limb, number), p) in difference.iter_mut().zip(number).zip(&self.p) {
            let (without_borrow, underflow) = number.overflowing_sub(*p);
            let (value, underflow_again) = without_borrow.overflowing_sub(u32::from(borrow));
            *limb = value;
            borrow = underflow || underflow_again;
        }
        difference
    }

    /// `left * right` modulo `p`, by doubling and adding.
    fn multiply(&self, left: &[u32; LIMBS], right: &[u32; LIMBS]) -> [u32; LIMBS] {
        let mut product = [0; LIMBS];
        for limb in right.iter().rev() {
            for bit in (0..u32::BITS).rev() {
                product = self.add(&product, &product);
                if (limb >> bit) & 1 == 1 {
                    product = self.add(&product, left);
                }
            }
        }
        product
    }
}

/// The number that `bytes` are in big endian; there are four of them for each limb.
fn limbs<const LIMBS: usize>(bytes: &[u8]) -> [u32; LIMBS] {
    let mut number = [0; LIMBS];
    for (limb, chunk) in number.iter_mut().zip(bytes.rchunks(4)) {
        *limb = chunk.iter().fold(0, |value, byte| (value << 8) | u32::from(*byte));
    }
    number
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mint::{der, fixture};
    use alloc::vec::Vec;

    /// The point at the end of a SPKI.
    fn point(pem: &str, bytes: usize) -> Vec<u8> {
        let der = der(pem);
        der[der.len() - 1 - 2 * bytes..].to_vec()
    }

    fn p256() -> Vec<u8> {
        point(fixture!("p256.public.pem"), 32)
    }

    fn p384() -> Vec<u8> {
        point(fixture!("p384.public.pem"), 48)
    }

    #[test]
    fn points_of_real_keys_are_taken() {
        assert!(
            matches!(import_p256_point(&p256()), Ok(KeyMaterial::P256(key)) if key[..] == p256())
        );
        assert!(
            matches!(import_p384_point(&p384()), Ok(KeyMaterial::P384(key)) if key[..] == p384())
        );
    }

    #[test]
    fn a_point_beside_the_curve_is_refused() {
        for (good, import) in
            [(p256(), import_p256_point as fn(&[u8]) -> _), (p384(), import_p384_point)]
        {
            for index in 1..good.len() {
                let mut bad = good.clone();
                bad[index] ^= 1;
                assert_eq!(import(&bad), Err(KeyError::EcNotOnCurve), "{index}");
            }
        }
    }

    #[test]
    fn the_origin_and_unreduced_coordinates_are_refused() {
        assert_eq!(import_p256(&[0; 32], &[0; 32]), Err(KeyError::EcNotOnCurve));
        assert_eq!(import_p384(&[0; 48], &[0; 48]), Err(KeyError::EcNotOnCurve));
        assert_eq!(import_p256(&[0xff; 32], &[0xff; 32]), Err(KeyError::EcNotOnCurve));
        // The point with x = 0 is on P-256; the same point with x = p is a second text for it.
        let y = [
            0x66, 0x48, 0x5c, 0x78, 0x0e, 0x2f, 0x83, 0xd7, 0x24, 0x33, 0xbd, 0x5d, 0x84, 0xa0,
            0x6b, 0xb6, 0x54, 0x1c, 0x2a, 0xf3, 0x1d, 0xae, 0x87, 0x17, 0x28, 0xbf, 0x85, 0x6a,
            0x17, 0x4f, 0x93, 0xf4,
        ];
        let p: Vec<u8> = P256.p.iter().rev().flat_map(|limb| limb.to_be_bytes()).collect();
        assert!(import_p256(&[0; 32], &y).is_ok());
        assert_eq!(import_p256(&p, &y), Err(KeyError::EcNotOnCurve));
    }

    #[test]
    fn coordinates_have_the_exact_length() {
        let (p256, p384) = (p256(), p384());
        let (x, y) = p256[1..].split_at(32);
        let longer = [&[0], x].concat();
        for (x, y) in [(&x[1..], y), (x, &y[..31]), (&longer, y), (&[], y), (x, &[])] {
            assert_eq!(import_p256(x, y), Err(KeyError::EcCoordinateLength));
        }
        assert_eq!(import_p256_point(&p384), Err(KeyError::EcCoordinateLength));
        assert_eq!(import_p384_point(&p256), Err(KeyError::EcCoordinateLength));
        assert_eq!(import_p256_point(&p256[..64]), Err(KeyError::EcCoordinateLength));
    }

    #[test]
    fn only_uncompressed_points_are_taken() {
        for form in [0, 2, 3, 5, 6, 7] {
            let mut point = p256();
            point[0] = form;
            assert_eq!(import_p256_point(&point), Err(KeyError::EcPointForm), "{form}");
        }
        assert_eq!(import_p256_point(&[]), Err(KeyError::EcPointForm));
    }
}
