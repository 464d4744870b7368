//! The mark that the faulty generator of CVE-2017-15361 (ROCA) leaves in RSA moduli.
//!
//! Its primes are `k*M + (65537^a mod M)` with M a product of small primes, so a modulus made of
//! them is a power of 65537 modulo each of these (Nemec, Sys, Svenda, Klinec, Matyas: "The Return
//! of Coppersmith's Attack", CCS 2017, section 2). For every key size M has the primes up to 167.
//! A sound modulus has the mark by chance about once in 2^28.

/// The primes up to 167 modulo which not every number is a power of 65537: only these tell.
const PRIMES: [u32; 17] =
    [11, 13, 17, 19, 37, 53, 61, 71, 73, 79, 97, 103, 107, 109, 127, 151, 157];

const BASE: u32 = 65537;

/// Whether `modulus` (big endian) has the mark.
pub(crate) fn has_fingerprint(modulus: &[u8]) -> bool {
    PRIMES.iter().all(|&prime| is_power_of_base(remainder(modulus, prime), prime))
}

fn remainder(number: &[u8], prime: u32) -> u32 {
    number.iter().fold(0, |rest, byte| (rest * 256 + u32::from(*byte)) % prime)
}

fn is_power_of_base(wanted: u32, prime: u32) -> bool {
    let base = BASE % prime;
    let mut power = 1;
    // The powers repeat after at most `prime - 1` steps.
    for _ in 1..prime {
        if power == wanted {
            return true;
        }
        power = power * base % prime;
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn powers_of_the_base_have_the_mark() {
        let mut number = 1_u128;
        for _ in 0..7 {
            assert!(has_fingerprint(&number.to_be_bytes()), "{number}");
            number *= u128::from(BASE);
        }
    }

    #[test]
    fn other_numbers_do_not_have_the_mark() {
        for number in [0_u128, 2, 3, 65535, 65539, 11 * 13 * 17, u128::MAX, u128::MAX - 2] {
            assert!(!has_fingerprint(&number.to_be_bytes()), "{number}");
        }
    }

    #[test]
    fn every_prime_of_the_list_tells() {
        for prime in PRIMES {
            let powers = (0..prime).filter(|&number| is_power_of_base(number, prime)).count();
            assert!(powers < prime as usize - 1, "{prime}");
        }
    }
}
