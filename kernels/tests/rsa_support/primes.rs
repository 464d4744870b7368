//! Primes for test keys.

use num_bigint::BigUint;

use super::random::Random;

pub(crate) const EXPONENT: u64 = 65_537;
const WITNESSES: [u64; 12] = [2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37];

/// A prime below 2^48, and the private exponent modulo it.
#[derive(Clone, Copy)]
pub(crate) struct SmallPrime {
    pub(crate) prime: u64,
    pub(crate) private: u64,
}

impl SmallPrime {
    /// If `candidate` is a prime with which the exponent 65537 has an inverse.
    pub(crate) fn new(candidate: u64) -> Option<Self> {
        (candidate % EXPONENT != 1 && is_prime(candidate))
            .then(|| Self { prime: candidate, private: inverse(EXPONENT, candidate - 1) })
    }
}

pub(crate) fn power(base: u64, exponent: u64, modulus: u64) -> u64 {
    let times = |a: u64, b: u64| match a.checked_mul(b) {
        Some(product) => product % modulus,
        None => (u128::from(a) * u128::from(b) % u128::from(modulus)) as u64,
    };
    let bits = (0..u64::BITS - exponent.leading_zeros()).rev();
    bits.fold(1, |power, bit| {
        let square = times(power, power);
        if exponent >> bit & 1 == 1 { times(square, base) } else { square }
    })
}

/// The inverse of `value` modulo `modulus`, which have no common factor.
pub(crate) fn inverse(value: u64, modulus: u64) -> u64 {
    let (mut a, mut b) = (i128::from(value % modulus), i128::from(modulus));
    let (mut x, mut y) = (1, 0);
    while a > 1 {
        let quotient = b / a;
        (a, b) = (b - quotient * a, a);
        (x, y) = (y - quotient * x, x);
    }
    assert_eq!(a, 1, "no inverse");
    x.rem_euclid(i128::from(modulus)) as u64
}

/// Miller and Rabin, with the witnesses that decide below 2^64.
fn is_prime(candidate: u64) -> bool {
    if let Some(divisor) = WITNESSES.into_iter().find(|prime| candidate.is_multiple_of(*prime)) {
        return candidate == divisor;
    }
    let twos = (candidate - 1).trailing_zeros();
    candidate > 1
        && WITNESSES.into_iter().all(|witness| {
            let mut value = power(witness, (candidate - 1) >> twos, candidate);
            let is_one = value == 1;
            is_one
                || (0..twos).any(|_| {
                    let is_minus_one = value == candidate - 1;
                    value = power(value, 2, candidate);
                    is_minus_one
                })
        })
}

/// A prime with `bits` bits, the upper two of which are set.
pub(crate) fn large_prime(bits: u64, random: &mut Random) -> BigUint {
    let small: Vec<u32> = (3..2000).step_by(2).filter(|odd| is_prime(u64::from(*odd))).collect();
    loop {
        let octets = random.octets(bits.div_ceil(8) as usize);
        let mut candidate = BigUint::from_bytes_be(&octets) >> (octets.len() as u64 * 8 - bits);
        for bit in [0, bits - 1, bits - 2] {
            candidate.set_bit(bit, true);
        }
        let has_small_factor = small.iter().any(|prime| &candidate % prime == BigUint::ZERO);
        let even = &candidate - 1_u8;
        if has_small_factor || &even % EXPONENT == BigUint::ZERO {
            continue;
        }
        let twos = even.trailing_zeros().expect("not zero");
        let is_prime = WITNESSES.into_iter().all(|witness| {
            let mut value = BigUint::from(witness).modpow(&(&even >> twos), &candidate);
            value == BigUint::from(1_u8)
                || (0..twos).any(|_| {
                    let is_minus_one = value == even;
                    value = &value * &value % &candidate;
                    is_minus_one
                })
        });
        if is_prime {
            return candidate;
        }
    }
}
