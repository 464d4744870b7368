//! Arbitrary keys, messages and signatures: every engine gives the same verdict.

use std::cell::RefCell;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::json;
use sessiongate::{
    Algorithm, Budget, InvalidSignature, Json, KernelVerifier, RingVerifier, SignatureVerifier,
    VerifyingKey,
};

thread_local! {
    /// Keeps its keys from input to input; those of P-256 come to have tables.
    static SEASONED: RefCell<KernelVerifier<Nobody>> = RefCell::new(KernelVerifier::new(Nobody));
}

/// The kernels must have a verdict of their own on every key that gets to them here.
struct Nobody;

impl SignatureVerifier for Nobody {
    fn verify(&self, key: &VerifyingKey, _: &[u8], _: &[u8]) -> Result<(), InvalidSignature> {
        panic!("no kernel for a key of {}", key.algorithm())
    }
}

/// The order of the group of points of P-256, big endian.
const P256_ORDER: [u8; 32] = [
    0xff, 0xff, 0xff, 0xff, 0x00, 0x00, 0x00, 0x00, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
    0xbc, 0xe6, 0xfa, 0xad, 0xa7, 0x17, 0x9e, 0x84, 0xf3, 0xb9, 0xca, 0xc2, 0xfc, 0x63, 0x25, 0x51,
];

/// The bytes are: the algorithm in one; the length of the key in two, the key (the modulus, or x and
/// y); the length of the signature in two, the signature; the message.
pub fn engines(data: &[u8]) {
    let Some(sample) = Sample::read(data) else { return };
    let Some(key) = sample.key() else { return };
    let Sample { number, signature, message, .. } = sample;
    judge(&key, message, signature);
    judge(&key, &[message, &[0]].concat(), signature);
    for changed in if number == ES256 { ecdsa(signature) } else { rsa(sample.key, signature) } {
        judge(&key, message, &changed);
    }
}

/// What all engines say; panics when they do not say the same.
fn judge(key: &VerifyingKey, message: &[u8], signature: &[u8]) -> bool {
    let ring = RingVerifier.verify(key, message, signature);
    let fresh = KernelVerifier::new(Nobody).verify(key, message, signature);
    let seasoned = SEASONED.with_borrow(|kernels| kernels.verify(key, message, signature));
    assert_eq!((fresh, seasoned), (ring, ring), "kernels and ring differ");
    ring.is_ok()
}

/// The place of ES256 among the algorithms that have a kernel.
const ES256: u8 = 3;

struct Sample<'d> {
    number: u8,
    key: &'d [u8],
    signature: &'d [u8],
    message: &'d [u8],
}

impl<'d> Sample<'d> {
    fn read(data: &'d [u8]) -> Option<Self> {
        let (number, rest) = data.split_first()?;
        let (key, rest) = part(rest)?;
        let (signature, message) = part(rest)?;
        Some(Self { number: number % 4, key, signature, message })
    }

    /// The key, unless it is none, or one that no kernel takes.
    fn key(&self) -> Option<VerifyingKey> {
        let base64 = |bytes: &[u8]| URL_SAFE_NO_PAD.encode(bytes);
        let jwk = if self.number == ES256 {
            let (x, y) = self.key.split_at_checked(32)?;
            json!({ "kty": "EC", "crv": "P-256", "alg": "ES256", "x": base64(x), "y": base64(y) })
        } else {
            let alg = ["RS256", "RS384", "RS512"][usize::from(self.number)];
            let modulus = self.key.get(..512).unwrap_or(self.key);
            json!({ "kty": "RSA", "alg": alg, "n": base64(modulus), "e": "AQAB" })
        };
        let jwk = Json::parse(jwk.to_string().as_bytes(), &Budget::DEFAULT).expect("JSON");
        VerifyingKey::from_jwk(&jwk, Algorithm::ALL).ok()
    }
}

fn part(data: &[u8]) -> Option<(&[u8], &[u8])> {
    let (length, rest) = data.split_first_chunk()?;
    rest.split_at_checked(usize::from(u16::from_be_bytes(*length)))
}

/// Other numbers of the same rest or its negative, and other lengths of the same number.
fn rsa(modulus: &[u8], signature: &[u8]) -> Vec<Vec<u8>> {
    let longer = [&[0], signature].concat();
    let shorter = signature.strip_prefix(&[0]).unwrap_or(signature).to_vec();
    [vec![longer, shorter], related(modulus, signature)].concat()
}

/// (r, −s), which is as good as (r, s); (s, r); numbers that are too large by the order.
fn ecdsa(signature: &[u8]) -> Vec<Vec<u8>> {
    let Some((r, s)) = signature.split_at_checked(32) else { return Vec::new() };
    let with_r = related(&P256_ORDER, r).into_iter().map(|r| [&r, s].concat());
    let with_s = related(&P256_ORDER, s).into_iter().map(|s| [r, &s].concat());
    with_r.chain(with_s).chain([[s, r].concat()]).collect()
}

/// x + n, n − x, n, n − 1 and 0, as far as they have the length of n; nothing if x has not.
fn related(n: &[u8], x: &[u8]) -> Vec<Vec<u8>> {
    if x.len() != n.len() {
        return Vec::new();
    }
    let (zero, mut less) = (vec![0; n.len()], n.to_vec());
    if let Some(last) = less.last_mut() {
        *last &= 0xfe;
    }
    [sum(n, x), difference(n, x), Some(n.to_vec()), Some(less), Some(zero)]
        .into_iter()
        .flatten()
        .collect()
}

/// `a + b`, unless it is longer than they are.
fn sum(a: &[u8], b: &[u8]) -> Option<Vec<u8>> {
    let mut carry = false;
    let digits = a.iter().zip(b).rev().map(|(a, b)| {
        let (sum, first) = a.overflowing_add(*b);
        let (sum, second) = sum.overflowing_add(u8::from(carry));
        carry = first || second;
        sum
    });
    let mut digits: Vec<u8> = digits.collect();
    digits.reverse();
    (!carry).then_some(digits)
}

/// `a − b`, unless it is negative.
fn difference(a: &[u8], b: &[u8]) -> Option<Vec<u8>> {
    let complement: Vec<u8> = a.iter().map(|byte| !byte).collect();
    // a − b = ¬(¬a + b), and ¬a + b overflows if b is larger.
    sum(&complement, b).map(|sum| sum.iter().map(|byte| !byte).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_added_and_taken_away() {
        assert_eq!(sum(&[1, 255], &[0, 2]), Some(vec![2, 1]));
        assert_eq!(sum(&[255, 255], &[0, 1]), None);
        assert_eq!(difference(&[2, 1], &[0, 2]), Some(vec![1, 255]));
        assert_eq!(difference(&[0, 1], &[0, 2]), None);
    }

    /// A judge that never sees a valid signature would compare refusals alone.
    #[test]
    fn every_seed_is_valid_and_nothing_near_it_but_minus_s() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/seeds/engines");
        let mut algorithms = [0; 4];
        for entry in std::fs::read_dir(folder).unwrap() {
            let data = std::fs::read(entry.unwrap().path()).unwrap();
            let sample = Sample::read(&data).unwrap();
            let key = sample.key().unwrap();
            let Sample { number, signature, message, .. } = sample;
            algorithms[usize::from(number)] += 1;
            assert!(judge(&key, message, signature));
            let changed =
                if number == ES256 { ecdsa(signature) } else { rsa(sample.key, signature) };
            let valid = changed.iter().filter(|one| judge(&key, message, one)).count();
            let itself = changed.iter().filter(|one| **one == signature).count();
            assert_eq!(valid - itself, usize::from(number == ES256));
            engines(&data);
        }
        assert!(algorithms.iter().all(|count| *count > 0), "{algorithms:?}");
    }
}
