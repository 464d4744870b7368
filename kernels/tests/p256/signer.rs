//! Keys and signatures, made with the crate `p256`: ordinary ones, and those that are calculated
//! backwards from a sum that has something special.

use p256::elliptic_curve::point::DecompressPoint;
use p256::elliptic_curve::sec1::ToSec1Point;
use p256::elliptic_curve::subtle::Choice;
use p256::elliptic_curve::{Group, PrimeField};
use p256::{AffinePoint, ProjectivePoint, Scalar};
use sha2::{Digest, Sha256};

use crate::random::{Random, power_of_two};

/// The coordinates of a key.
pub(crate) type Key = [u8; 64];

/// A message with its signature and the key that it is valid for.
#[derive(Clone)]
pub(crate) struct Signed {
    pub(crate) kind: &'static str,
    pub(crate) key: Key,
    pub(crate) message: Vec<u8>,
    pub(crate) r: [u8; 32],
    pub(crate) s: [u8; 32],
}

/// A private key with its public point.
pub(crate) struct Signer {
    pub(crate) private: Scalar,
    pub(crate) point: ProjectivePoint,
}

impl Signer {
    pub(crate) fn new(private: Scalar) -> Self {
        Self { private, point: ProjectivePoint::GENERATOR * private }
    }

    /// A key for which multiples of it and of the generator meet early.
    pub(crate) fn near_generator(random: &mut Random) -> Self {
        let small = |random: &mut Random| Scalar::from(1 + random.next() % 40);
        let private = match random.below(3) {
            0 => small(random),
            1 => small(random) * inverse(&small(random)),
            _ => power_of_two(6 * random.below(43)) * small(random),
        };
        Self::new(if random.below(2) == 0 { private } else { -private })
    }

    /// FIPS 186-5 section 6.4.1 with this nonce; `None` if r or s is 0.
    pub(crate) fn sign(
        &self,
        kind: &'static str,
        message: Vec<u8>,
        nonce: Scalar,
    ) -> Option<Signed> {
        let r = x_modulo_n(&(ProjectivePoint::GENERATOR * nonce))?;
        let s = (hash(&message) + r * self.private) * inverse(&nonce);
        signed(kind, &self.point, message, r, s)
    }

    /// r and s for which the sum is the point at infinity: `u1 + u2 * d = 0`. Not valid.
    pub(crate) fn infinity(&self, message: Vec<u8>, s: Scalar) -> Option<Signed> {
        let r = -hash(&message) * inverse(&self.private);
        signed("infinity", &self.point, message, r, s)
    }
}

/// A valid signature with this u2; the key results.
pub(crate) fn with_u2(message: Vec<u8>, u2: Scalar, sum: Scalar) -> Option<Signed> {
    let r = x_modulo_n(&(ProjectivePoint::GENERATOR * sum))?;
    let s = r * inverse(&u2);
    let u1 = hash(&message) * inverse(&s);
    let private = (sum - u1) * inverse(&u2);
    signed("u2", &Signer::new(private).point, message, r, s)
}

/// A valid signature with this u1, where the key's part of the sum is `rest * G`; the key results.
pub(crate) fn with_u1(
    kind: &'static str,
    message: Vec<u8>,
    u1: Scalar,
    rest: Scalar,
) -> Option<Signed> {
    let r = x_modulo_n(&(ProjectivePoint::GENERATOR * (u1 + rest)))?;
    let s = hash(&message) * inverse(&u1);
    let private = rest * s * inverse(&r);
    signed(kind, &Signer::new(private).point, message, r, s)
}

/// A valid signature for which the sum meets, in this window of the generator's part, what is added
/// next (or its negative): the key's part is `±entry - below`, where `u1 = above + entry + below`.
pub(crate) fn meeting(
    message: Vec<u8>,
    u1: Scalar,
    window: usize,
    negative: bool,
) -> Option<Signed> {
    let digits = windows(&u1);
    let place = |window: usize| {
        let digit = Scalar::from(u64::from(digits[window].unsigned_abs()));
        let digit = if digits[window] < 0 { -digit } else { digit };
        digit * power_of_two(6 * window)
    };
    let below = (0..window).map(place).fold(Scalar::ZERO, |sum, digit| sum + digit);
    let entry = if negative { -place(window) } else { place(window) };
    with_u1("meeting", message, u1, entry - below)
}

/// A valid signature for which the sum has this coordinate x, if there is such a point. Nobody knows
/// the private key: `Q = (R - u1 * G) / u2`.
pub(crate) fn with_x(
    kind: &'static str,
    message: Vec<u8>,
    x: [u8; 32],
    s: Scalar,
) -> Option<Signed> {
    let point = lift(&x)?;
    let r = x_modulo_n(&point)?;
    let key = (point * s - ProjectivePoint::GENERATOR * hash(&message)) * inverse(&r);
    signed(kind, &key, message, r, s)
}

/// A point with this coordinate x, if there is one.
pub(crate) fn lift(x: &[u8; 32]) -> Option<ProjectivePoint> {
    let point = AffinePoint::decompress(&(*x).into(), Choice::from(x[31] & 1));
    Option::<AffinePoint>::from(point).map(ProjectivePoint::from)
}

/// The coordinates; `None` for the point at infinity.
pub(crate) fn coordinates(point: &ProjectivePoint) -> Option<Key> {
    if bool::from(point.is_identity()) {
        return None;
    }
    point.to_affine().to_sec1_point(false).as_bytes()[1..].try_into().ok()
}

fn signed(
    kind: &'static str,
    key: &ProjectivePoint,
    message: Vec<u8>,
    r: Scalar,
    s: Scalar,
) -> Option<Signed> {
    if r == Scalar::ZERO || s == Scalar::ZERO {
        return None;
    }
    let key = coordinates(key)?;
    Some(Signed { kind, key, message, r: r.to_repr().into(), s: s.to_repr().into() })
}

/// The coordinate x modulo n; `None` for the point at infinity.
fn x_modulo_n(point: &ProjectivePoint) -> Option<Scalar> {
    coordinates(point).map(|key| modulo_n(key[..32].try_into().expect("32 bytes")))
}

fn hash(message: &[u8]) -> Scalar {
    modulo_n(&Sha256::digest(message).into())
}

fn inverse(scalar: &Scalar) -> Scalar {
    Option::<Scalar>::from(scalar.invert()).unwrap_or(Scalar::ONE)
}

/// The number modulo n, digit by digit.
fn modulo_n(bytes: &[u8; 32]) -> Scalar {
    bytes.iter().fold(Scalar::ZERO, |sum, byte| {
        sum * Scalar::from(256_u64) + Scalar::from(u64::from(*byte))
    })
}

/// The signed digits of six bits that the kernel looks multiples up by.
fn windows(scalar: &Scalar) -> [i8; 43] {
    let bytes: [u8; 32] = scalar.to_repr().into();
    let bit = |place: usize| if place < 256 { bytes[31 - place / 8] >> (place % 8) & 1 } else { 0 };
    let mut carry = 0;
    std::array::from_fn(|window| {
        let bits = (0..6).fold(0, |sum, place| sum + ((bit(6 * window + place) as i8) << place));
        let digit = bits + carry;
        carry = i8::from(digit > 32);
        digit - 64 * carry
    })
}
