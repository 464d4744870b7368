//! Private keys that sign anything: the encoded message is theirs to choose.

use num_bigint::BigUint;

use super::primes::{EXPONENT, SmallPrime, inverse, large_prime, power};
use super::random::Random;

/// A modulus with its factors.
///
/// Two large primes make a key as issuers have it. A product of many small ones is no safe key, but
/// as good for arithmetic: making it and signing with it take microseconds, and the value can be
/// pushed to an edge. Since no prime occurs twice and 65537 has an inverse modulo each p − 1, every
/// number below the modulus has exactly one root.
pub(crate) struct SigningKey {
    pub(crate) n: BigUint,
    factors: Factors,
}

enum Factors {
    Small(Vec<Step>),
    Large { primes: [BigUint; 2], private: [BigUint; 2], inverse: BigUint },
}

/// One step of the Chinese remainder theorem: the modulus so far and its inverse modulo the prime.
struct Step {
    prime: SmallPrime,
    modulus: BigUint,
    inverse: u64,
}

/// Where in the range of its size a modulus lies.
#[derive(Clone, Copy)]
pub(crate) enum Place {
    Anywhere,
    AtTheLowEnd,
    AtTheHighEnd,
}

/// Primes with 32 bits to build keys of.
pub(crate) struct Primes(Vec<SmallPrime>);

impl Primes {
    pub(crate) fn new(count: usize, random: &mut Random) -> Self {
        let mut primes = Vec::new();
        while primes.len() < count {
            let candidate = random.next() >> 32 | 1 << 31 | 1;
            let is_new = !primes.iter().any(|known: &SmallPrime| known.prime == candidate);
            primes.extend(is_new.then(|| SmallPrime::new(candidate)).flatten());
        }
        Self(primes)
    }

    /// A key whose modulus has exactly `bits` bits.
    pub(crate) fn key(&mut self, bits: u64, place: Place, random: &mut Random) -> SigningKey {
        loop {
            let mut product = BigUint::from(1_u8);
            let mut chosen = Vec::new();
            // The last factor has 13 to 44 bits and moves the product to its place.
            while bits - product.bits() > 44 {
                let taken = chosen.len();
                let index = taken + random.below(self.0.len() - taken);
                self.0.swap(taken, index);
                product *= self.0[taken].prime;
                chosen.push(self.0[taken]);
            }
            let last = last_prime(bits, &product, place, random);
            let is_new = |last: &SmallPrime| chosen.iter().all(|other| other.prime != last.prime);
            if let Some(last) = last.filter(is_new) {
                chosen.push(last);
                return SigningKey::small(&chosen);
            }
        }
    }
}

/// A prime with which `product` gets `bits` bits.
fn last_prime(
    bits: u64,
    product: &BigUint,
    place: Place,
    random: &mut Random,
) -> Option<SmallPrime> {
    let one = BigUint::from(1_u8);
    let low = u64::try_from(((&one << (bits - 1)) / product) + 1_u8).expect("small");
    let high = u64::try_from(((&one << bits) - 1_u8) / product).expect("small");
    let start = low + random.next() % (high - low + 1);
    match place {
        Place::Anywhere => (start..=high).find_map(SmallPrime::new),
        Place::AtTheLowEnd => (low..=high).find_map(SmallPrime::new),
        Place::AtTheHighEnd => (low..=high).rev().find_map(SmallPrime::new),
    }
}

impl SigningKey {
    fn small(primes: &[SmallPrime]) -> Self {
        let mut modulus = BigUint::from(1_u8);
        let mut steps = Vec::new();
        for &prime in primes {
            let rest = u64::try_from(&modulus % prime.prime).expect("small");
            let next = &modulus * prime.prime;
            let inverse = if steps.is_empty() { 1 } else { inverse(rest, prime.prime) };
            steps.push(Step { prime, modulus, inverse });
            modulus = next;
        }
        Self { n: modulus, factors: Factors::Small(steps) }
    }

    /// Two primes, which together have `bits` bits.
    pub(crate) fn large(bits: u64, random: &mut Random) -> Self {
        let primes = [bits.div_ceil(2), bits / 2].map(|bits| large_prime(bits, random));
        let [p, q] = &primes;
        let exponent = BigUint::from(EXPONENT);
        let private = [p, q].map(|prime| exponent.modinv(&(prime - 1_u8)).expect("an inverse"));
        let inverse = q.modinv(p).expect("two primes");
        Self { n: p * q, factors: Factors::Large { private, inverse, primes } }
    }

    /// The octets of the modulus.
    pub(crate) fn modulus(&self) -> Vec<u8> {
        self.n.to_bytes_be()
    }

    /// The number whose power with 65537 is `encoded` modulo the modulus, in as many octets as the
    /// modulus has.
    pub(crate) fn sign(&self, encoded: &BigUint) -> Vec<u8> {
        let root = match &self.factors {
            Factors::Small(steps) => steps.iter().fold(BigUint::ZERO, |root, step| {
                let SmallPrime { prime, private } = step.prime;
                let small = |value: &BigUint| u64::try_from(value % prime).expect("small");
                let missing = power(small(encoded), private, prime) + prime - small(&root);
                let factor = u128::from(missing) * u128::from(step.inverse) % u128::from(prime);
                root + &step.modulus * factor
            }),
            Factors::Large { primes: [p, q], private: [dp, dq], inverse } => {
                let [a, b] = [encoded.modpow(dp, p), encoded.modpow(dq, q)];
                let difference = (&a + p - &b % p) * inverse % p;
                b + q * difference
            }
        };
        self.octets(&root)
    }

    /// A number in as many octets as the modulus has, or more if it needs them.
    pub(crate) fn octets(&self, number: &BigUint) -> Vec<u8> {
        let digits = number.to_bytes_be();
        let length = self.n.bits().div_ceil(8) as usize;
        [&vec![0; length.saturating_sub(digits.len())][..], &digits].concat()
    }
}
