//! Public keys.

use core::fmt;

use sha2::{Digest, Sha256};

use super::digits::{self, Digits};
use super::field::{P_LESS_N, PRIME, Reduced};
use super::generator::Generator;
use super::multiples::Multiples;
use super::point::{Affine, Jacobian};
use super::scalar::{ORDER, Scalar};
use super::{sum, windows};
use crate::KeyFault;

/// A public key: a point of the curve, with what is precomputed of it.
#[derive(Clone)]
pub struct PublicKey {
    multiples: Multiples,
}

impl PublicKey {
    /// The key with these coordinates, most significant byte first; 2 KB.
    ///
    /// Every point of the curve is a key (SP 800-56A section 5.6.2.3.3): the cofactor is 1, and the
    /// point at infinity has no coordinates.
    ///
    /// # Errors
    /// [`KeyFault::CoordinateTooLarge`] or [`KeyFault::NotOnCurve`].
    pub fn new(x: &[u8; 32], y: &[u8; 32]) -> Result<Self, KeyFault> {
        let point = Affine::new(coordinate(x)?, coordinate(y)?).ok_or(KeyFault::NotOnCurve)?;
        // There are multiples of every point on the curve.
        let multiples = Multiples::row(&point).ok_or(KeyFault::NotOnCurve)?;
        Ok(Self { multiples })
    }

    /// Builds the table of multiples, unless there is one: 97 KB, and the time of some verifications.
    pub fn build_table(&mut self) {
        self.multiples.build_table();
    }

    /// Whether the table was built.
    #[must_use]
    pub fn has_table(&self) -> bool {
        self.multiples.is_table()
    }

    /// Whether `signature`, r and s with 32 bytes each (RFC 7518 section 3.4), is a signature of
    /// `message` under this key.
    ///
    /// The answer does not depend on which tables were built.
    #[must_use]
    pub fn verify(&self, generator: &Generator, message: &[u8], signature: &[u8; 64]) -> bool {
        let hash = Sha256::digest(message).into();
        self.verify_hash(generator, &hash, signature).is_some()
    }

    /// FIPS 186-5 section 6.4.2, steps 1 and 3 to 8; `None` if the signature is refused.
    fn verify_hash(&self, generator: &Generator, hash: &[u8; 32], rs: &[u8; 64]) -> Option<()> {
        let ([r, s], []) = rs.as_chunks::<32>() else { return None };
        let (r, s) = (Scalar::from_signature(r)?, Scalar::from_signature(s)?);
        let inverse = s.inverse()?;
        let u1 = windows::of(inverse.times(&Scalar::from_hash(hash)).digits());
        let u2 = windows::of(inverse.times(&r).digits());
        let sum = sum::of(&[(&self.multiples, &u2), (generator.multiples(), &u1)])?;
        x_is_r(&sum, &r).then_some(())
    }
}

impl fmt::Debug for PublicKey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("PublicKey").field("has_table", &self.has_table()).finish()
    }
}

/// Whether the coordinate x of the point, which is below p, is r modulo n.
///
/// As n < p < 2 * n, x must be r itself, or r + n where that is below p.
fn x_is_r(point: &Jacobian, r: &Scalar) -> bool {
    let r = r.digits();
    point.has_x(&Reduced::from_digits(r))
        || digits::less_than(r, &P_LESS_N)
            && point.has_x(&Reduced::from_digits(&digits::sum(r, &ORDER)))
}

/// A coordinate of a point.
fn coordinate(bytes: &[u8; 32]) -> Result<Reduced, KeyFault> {
    let number: Digits = digits::from_be_bytes(bytes);
    if digits::less_than(&number, &PRIME) {
        Ok(Reduced::from_digits(&number))
    } else {
        Err(KeyFault::CoordinateTooLarge)
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{self, GX, GY, N, P, Random, hex, modulo, multiple_of_generator};
    use super::*;
    use num_bigint::BigInt;

    /// A private key and its public one, without tables and with both.
    struct Signer {
        private: BigInt,
        forms: [(Generator, PublicKey); 2],
    }

    impl Signer {
        fn new(private: BigInt) -> Self {
            let (x, y) = multiple_of_generator(&private).unwrap();
            let mut generator = Generator::new();
            let mut key = PublicKey::new(&testing::to_bytes(&x), &testing::to_bytes(&y)).unwrap();
            let plain = (generator.clone(), key.clone());
            generator.build_table();
            key.build_table();
            assert!(generator.has_table() && key.has_table());
            Self { private, forms: [plain, (generator, key)] }
        }

        /// r and s for this hash and nonce.
        fn sign(&self, hash: &BigInt, nonce: &BigInt) -> (BigInt, BigInt) {
            let n = hex(N);
            let r = multiple_of_generator(nonce).unwrap().0 % &n;
            let s = (hash + &r * &self.private) * nonce.modinv(&n).unwrap() % n;
            (r, s)
        }

        /// The answer, which must be the same with and without tables.
        fn accepts(&self, hash: &BigInt, r: &BigInt, s: &BigInt) -> bool {
            let mut signature = [0; 64];
            signature[..32].copy_from_slice(&testing::to_bytes(r));
            signature[32..].copy_from_slice(&testing::to_bytes(s));
            let hash = testing::to_bytes(hash);
            let [plain, tables] = &self.forms;
            let accepted = plain.1.verify_hash(&plain.0, &hash, &signature).is_some();
            assert_eq!(accepted, tables.1.verify_hash(&tables.0, &hash, &signature).is_some());
            accepted
        }
    }

    #[test]
    fn every_hash_has_signatures_and_no_other_hash_the_same() {
        let (mut random, n) = (Random(30), hex(N));
        let signer = Signer::new(testing::of_bytes(&random.bytes()) % &n);
        let limit: BigInt = BigInt::from(1) << 256;
        for hash in [BigInt::ZERO, 1.into(), &n - 1, n.clone(), &n + 1, hex(P), &limit - 1] {
            let nonce = testing::of_bytes(&random.bytes()) % &n;
            let (r, s) = signer.sign(&hash, &nonce);
            assert!(signer.accepts(&hash, &r, &s), "{hash:x}");
            assert!(signer.accepts(&hash, &r, &(&n - &s)), "the negative of s is as good");
            assert!(!signer.accepts(&hash, &(&n - &r), &s));
            assert!(!signer.accepts(&((&hash + 1) % &limit), &r, &s));
            assert!(!signer.accepts(&hash, &s, &r));
        }
    }

    #[test]
    fn r_and_s_must_be_from_1_to_the_order_less_1() {
        let n = hex(N);
        let signer = Signer::new(BigInt::from(7));
        let hash = BigInt::from(0x1234_5678);
        let (r, s) = signer.sign(&hash, &BigInt::from(99));
        assert!(signer.accepts(&hash, &r, &s));
        let limit = (BigInt::from(1) << 256) - 1;
        for wrong in [BigInt::ZERO, n.clone(), &n + 1, hex(P), limit] {
            assert!(!signer.accepts(&hash, &wrong, &s) && !signer.accepts(&hash, &r, &wrong));
            assert!(!signer.accepts(&hash, &wrong, &wrong));
        }
    }

    /// With d = -e / r the sum is the point at infinity, whatever s is.
    #[test]
    fn the_neutral_element_is_no_signature() {
        let n = hex(N);
        for r in [BigInt::from(1), BigInt::from(5), hex(GX) % &n, &n - 1] {
            let hash = BigInt::from(0x00ab_cdef);
            let private = modulo(&(-&hash * r.modinv(&n).unwrap()), &n);
            let signer = Signer::new(private);
            for s in [BigInt::from(1), BigInt::from(2), &n / 2, &n - 1] {
                assert!(!signer.accepts(&hash, &r, &s));
            }
        }
    }

    /// A key with this coordinate x, if there is one. For the hash 0, (r, r) is a signature if r is x
    /// modulo n, because the sum is the key itself.
    fn key_at(x: &BigInt) -> Option<PublicKey> {
        PublicKey::new(&testing::to_bytes(x), &testing::to_bytes(&y_at(x))).ok()
    }

    /// A square root of what y^2 is, if it has one.
    fn y_at(x: &BigInt) -> BigInt {
        let p = hex(P);
        let square = modulo(&(x * x * x - x * 3 + hex(testing::B)), &p);
        square.modpow(&((&p + 1) / 4), &p)
    }

    /// Whether (r, r) is accepted for the hash 0, which must be the same with and without tables.
    fn accepts_twice(mut key: PublicKey, r: &BigInt) -> bool {
        let mut signature = [0; 64];
        signature[..32].copy_from_slice(&testing::to_bytes(r));
        signature[32..].copy_from_slice(&testing::to_bytes(r));
        let mut generator = Generator::new();
        let accepted = key.verify_hash(&generator, &[0; 32], &signature).is_some();
        key.build_table();
        generator.build_table();
        assert_eq!(accepted, key.verify_hash(&generator, &[0; 32], &signature).is_some());
        accepted
    }

    #[test]
    fn x_may_be_r_with_the_order_added() {
        let n = hex(N);
        let mut found = 0;
        for r in (1..100).map(BigInt::from) {
            for x in [r.clone(), &n + &r] {
                if let Some(key) = key_at(&x) {
                    found += 1;
                    assert!(accepts_twice(key.clone(), &r));
                    assert!(!accepts_twice(key, &(&r + 1)));
                }
            }
        }
        assert!(found > 60, "{found}");
    }

    #[test]
    fn coordinates_must_be_below_p() {
        let (p, x, y) = (hex(P), hex(GX), hex(GY));
        let new = |x: &BigInt, y: &BigInt| {
            PublicKey::new(&testing::to_bytes(x), &testing::to_bytes(y)).map(|_| ())
        };
        assert_eq!(new(&x, &y), Ok(()));
        assert_eq!(new(&x, &(&p - &y)), Ok(()));
        assert_eq!(new(&p, &y), Err(KeyFault::CoordinateTooLarge));
        assert_eq!(new(&x, &p), Err(KeyFault::CoordinateTooLarge));
        assert_eq!(new(&x, &(&p + 1)), Err(KeyFault::CoordinateTooLarge));
        assert_eq!(new(&((BigInt::from(1) << 256) - 1), &y), Err(KeyFault::CoordinateTooLarge));
        assert_eq!(new(&x, &(&y + 1)), Err(KeyFault::NotOnCurve));
        assert_eq!(new(&(&p - 1), &(&p - 1)), Err(KeyFault::NotOnCurve));
        assert_eq!(new(&BigInt::ZERO, &BigInt::ZERO), Err(KeyFault::NotOnCurve));
    }

    /// With a small x, x + p is below 2^256 and would mean the same point.
    #[test]
    fn a_coordinate_with_p_added_is_refused() {
        let mut refused = 0;
        for x in (0..100).map(BigInt::from).filter(|x| key_at(x).is_some()) {
            let (same, y) = (testing::to_bytes(&(&x + hex(P))), testing::to_bytes(&y_at(&x)));
            let fault = PublicKey::new(&same, &y).map(|_| ());
            assert_eq!(fault, Err(KeyFault::CoordinateTooLarge));
            refused += 1;
        }
        assert!(refused > 30, "{refused}");
    }

    #[test]
    fn a_key_or_a_generator_without_multiples_accepts_nothing() {
        let signer = Signer::new(BigInt::from(3));
        let (r, s) = signer.sign(&BigInt::from(8), &BigInt::from(4));
        let mut signature = [0; 64];
        signature[..32].copy_from_slice(&testing::to_bytes(&r));
        signature[32..].copy_from_slice(&testing::to_bytes(&s));
        let hash = testing::to_bytes(&BigInt::from(8));
        let empty = PublicKey { multiples: Multiples::default() };
        for (generator, key) in &signer.forms {
            assert!(key.verify_hash(generator, &hash, &signature).is_some());
            assert!(empty.verify_hash(generator, &hash, &signature).is_none());
        }
    }
}
