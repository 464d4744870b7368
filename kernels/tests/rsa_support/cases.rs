//! Cases: signatures that are right, and others that are nearly so.

use num_bigint::BigUint;
use sessiongate_kernels::Hash;

use super::encodings::{self, HASHES, KINDS};
use super::keys::{Place, Primes, SigningKey};
use super::random::Random;

/// How many kinds of tampering [`Signed::tampered`] knows.
pub(crate) const TAMPERINGS: usize = 22;
/// How many cases a round has.
pub(crate) const ROUND: usize = 64;
/// One round in so many uses a key of two large primes.
const LARGE_ROUNDS: usize = 32;

/// One signature to verify.
pub(crate) struct Case {
    /// What was done, for messages and counts.
    pub(crate) kind: String,
    pub(crate) hash: Hash,
    pub(crate) message: Vec<u8>,
    pub(crate) signature: Vec<u8>,
    /// Known from how the case was made: a modulus of [`SigningKey`] has one root for each number.
    pub(crate) is_valid: bool,
}

/// Where the keys and the cases come from.
pub(crate) struct Generator {
    random: Random,
    primes: Primes,
    large: Vec<SigningKey>,
    rounds: usize,
}

impl Generator {
    /// With a key of two large primes for each of `sizes`, in bits.
    pub(crate) fn new(seed: u64, sizes: &[u64]) -> Self {
        let mut random = Random::new(seed);
        let primes = Primes::new(1000, &mut random);
        let large = sizes.iter().map(|bits| SigningKey::large(*bits, &mut random)).collect();
        Self { random, primes, large, rounds: 0 }
    }

    /// [`ROUND`] cases under one key, whose modulus comes with them.
    pub(crate) fn round(&mut self) -> (Vec<u8>, Vec<Case>) {
        self.rounds += 1;
        let is_large = self.rounds.is_multiple_of(LARGE_ROUNDS) && !self.large.is_empty();
        let random = &mut self.random;
        if is_large {
            let key = &self.large[random.below(self.large.len())];
            (key.modulus(), cases(key, 2, random))
        } else {
            let bits = match random.below(10) {
                0..5 => 2048,
                5 => 3072,
                6 => 4096,
                _ => 2048 + random.below(2049) as u64,
            };
            let place = random.pick(&[Place::Anywhere, Place::AtTheLowEnd, Place::AtTheHighEnd]);
            let key = self.primes.key(bits, place, random);
            (key.modulus(), cases(&key, 8, random))
        }
    }
}

/// A round with `messages` messages; a part of the cases is signed for each.
fn cases(key: &SigningKey, messages: usize, random: &mut Random) -> Vec<Case> {
    let share = ROUND / messages;
    let forged = share / 4;
    let mut cases = Vec::with_capacity(ROUND);
    for _ in 0..messages {
        let signed = Signed::new(key, random);
        cases.push(signed.genuine());
        cases.extend((0..share - 1 - forged).map(|_| signed.tampered(random)));
        if messages > 2 {
            cases.extend((0..forged).map(|_| signed.forged(random)));
        } else {
            cases.extend((0..forged).map(|_| signed.tampered(random)));
        }
    }
    cases
}

/// A message with its signature.
struct Signed<'a> {
    key: &'a SigningKey,
    hash: Hash,
    message: Vec<u8>,
    signature: Vec<u8>,
}

impl<'a> Signed<'a> {
    fn new(key: &'a SigningKey, random: &mut Random) -> Self {
        let hash = random.pick(&HASHES);
        // The lengths at which SHA-2 needs another block, and those of session tokens.
        let length = match random.below(4) {
            0 => random.pick(&[0, 1, 55, 56, 63, 64, 65, 111, 112, 127, 128, 129]),
            _ => random.below(1500),
        };
        let message = random.octets(length);
        let encoded = encodings::correct(hash, &message, key.modulus().len());
        let signature = key.sign(&BigUint::from_bytes_be(&encoded));
        Self { key, hash, message, signature }
    }

    fn case(&self, kind: String, signature: Vec<u8>, is_valid: bool) -> Case {
        let message = self.message.clone();
        Case { kind, hash: self.hash, message, signature, is_valid }
    }

    fn genuine(&self) -> Case {
        self.case("genuine".into(), self.signature.clone(), true)
    }

    /// The root of an encoding that is not the right one.
    fn forged(&self, random: &mut Random) -> Case {
        let kind = random.below(KINDS);
        let length = self.key.modulus().len();
        let encoded = encodings::malformed(kind, self.hash, &self.message, length, random);
        assert_ne!(encoded, encodings::correct(self.hash, &self.message, length), "{kind}");
        let signature = self.key.sign(&BigUint::from_bytes_be(&encoded));
        self.case(format!("forged {kind:2}"), signature, false)
    }

    /// The signature, the message or the hash changed without the private key.
    fn tampered(&self, random: &mut Random) -> Case {
        let kind = random.below(TAMPERINGS);
        let mut case = self.case(format!("tampered {kind:2}"), self.signature.clone(), false);
        match kind {
            0 => case.hash = HASHES.into_iter().find(|hash| *hash != self.hash).expect("another"),
            1 if !case.message.is_empty() => {
                let place = random.below(case.message.len());
                case.message[place] ^= 1 << random.below(8);
            }
            1 | 2 => case.message.push(random.next() as u8),
            3..9 => change_octets(kind, &mut case.signature, random),
            _ => case.signature = self.other_number(kind, random),
        }
        let is_same = case.signature == self.signature
            && (&case.message, case.hash) == (&self.message, self.hash);
        assert!(!is_same, "{kind}");
        case
    }

    /// A number that has to do with the signature s or the modulus n.
    fn other_number(&self, kind: usize, random: &mut Random) -> Vec<u8> {
        let n = &self.key.n;
        let s = BigUint::from_bytes_be(&self.signature);
        let one = BigUint::from(1_u8);
        let number = match kind {
            9 => s + n,
            10 => n - s,
            11 => BigUint::ZERO,
            12 => one,
            13 => n.clone(),
            14 => n - one,
            15 => n + one,
            16 => BigUint::from_bytes_be(&vec![0xff; self.signature.len()]),
            17 => (s + 1_u8) % n,
            18 => (s * random.pick(&[2_u8, 3, 255])) % n,
            19 => BigUint::from_bytes_be(&random.octets(self.signature.len())) % n,
            20 => n + n - s,
            _ => (s + (one << (24 * random.below(self.signature.len() / 3)))) % n,
        };
        self.key.octets(&number)
    }
}

fn change_octets(kind: usize, signature: &mut Vec<u8>, random: &mut Random) {
    let place = random.below(signature.len());
    match kind {
        3 => signature[place] ^= 1 << random.below(8),
        4 => signature[place] = !signature[place],
        5 => signature.truncate(place),
        6 => signature.insert(0, 0),
        7 => signature.push(random.next() as u8),
        _ => {
            let other = (place + 1) % signature.len();
            signature.swap(place, other);
            signature[other] ^= 0x80;
        }
    }
}
