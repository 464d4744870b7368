//! Encoded messages: the one that is right, and those that a careless verifier takes.

use sessiongate_kernels::Hash;
use sha2::{Digest, Sha256, Sha384, Sha512};

use super::random::Random;

pub(crate) const HASHES: [Hash; 3] = [Hash::Sha256, Hash::Sha384, Hash::Sha512];
/// SEQUENCE, SEQUENCE, OBJECT IDENTIFIER 2.16.840.1.101.3.4.2, which the hash's number ends.
const HEADER: [u8; 13] = [0x30, 0, 0x30, 13, 6, 9, 0x60, 0x86, 0x48, 1, 0x65, 3, 4];
/// How many kinds [`malformed`] knows.
pub(crate) const KINDS: usize = 24;

pub(crate) fn digest(hash: Hash, message: &[u8]) -> Vec<u8> {
    match hash {
        Hash::Sha256 => Sha256::digest(message).to_vec(),
        Hash::Sha384 => Sha384::digest(message).to_vec(),
        Hash::Sha512 => Sha512::digest(message).to_vec(),
    }
}

/// DigestInfo: the header, the arc of the hash, NULL, and the digest as OCTET STRING.
fn info(hash: Hash, digest: &[u8]) -> Vec<u8> {
    let arc = match hash {
        Hash::Sha256 => 1,
        Hash::Sha384 => 2,
        Hash::Sha512 => 3,
    };
    let mut info = HEADER.to_vec();
    info[1] = (digest.len() + 17) as u8;
    info.extend([2, arc, 5, 0, 4, digest.len() as u8]);
    [&info[..], digest].concat()
}

/// `00 01 ff … ff 00` and `tail`.
fn padded(tail: &[u8], length: usize) -> Vec<u8> {
    let padding = vec![0xff; length - 3 - tail.len()];
    [&[0, 1], &padding[..], &[0], tail].concat()
}

/// The encoding of RFC 8017 section 9.2.
pub(crate) fn correct(hash: Hash, message: &[u8], length: usize) -> Vec<u8> {
    padded(&info(hash, &digest(hash, message)), length)
}

/// An encoding that is not the right one, of `kind` below [`KINDS`].
pub(crate) fn malformed(
    kind: usize,
    hash: Hash,
    message: &[u8],
    length: usize,
    random: &mut Random,
) -> Vec<u8> {
    let digest = digest(hash, message);
    let info = info(hash, &digest);
    match kind {
        // Bleichenbacher 2006: short padding, and anything behind the hash.
        0 => {
            let start = [&[0, 1], &[0xff; 8][..], &[0], &info].concat();
            [&start[..], &random.octets(length - start.len())].concat()
        }
        1 => {
            let behind = 1 + random.below(64);
            padded(&[&info[..], &random.octets(behind)].concat(), length)
        }
        2 => padded(&[&info[..], &[0]].concat(), length),
        3..9 => of_the_padding(kind, padded(&info, length), &info, random),
        9..17 => padded(&of_the_info(kind, info, &digest, hash, message, random), length),
        17 => padded(&digest, length),
        18 => vec![0; length],
        19 => padded(&[], length),
        20 => [&[0][..], &random.octets(length - 1)].concat(),
        _ => shifted(padded(&info, length), random),
    }
}

fn of_the_padding(kind: usize, mut encoded: Vec<u8>, info: &[u8], random: &mut Random) -> Vec<u8> {
    let separator = encoded.len() - info.len() - 1;
    let inside = 2 + random.below(separator - 2);
    match kind {
        3 => encoded[inside] = random.below(0xff) as u8,
        4 => encoded[1] = random.pick(&[0, 2, 3, 0xff]),
        5 => encoded[separator] = random.pick(&[1, 0x80, 0xff]),
        6 => encoded[inside] = 0,
        // Nonzero where the first octet must be zero; the number may become larger than the modulus.
        7 => encoded[0] = 1 << random.below(8),
        // No octet of padding at all.
        _ => {
            encoded.drain(2..separator);
            encoded.resize(encoded.len() + separator - 2, 0);
        }
    }
    encoded
}

fn of_the_info(
    kind: usize,
    mut info: Vec<u8>,
    digest: &[u8],
    hash: Hash,
    message: &[u8],
    random: &mut Random,
) -> Vec<u8> {
    let header = info.len() - digest.len();
    let other = HASHES.into_iter().find(|other| *other != hash).expect("another");
    match kind {
        // Without NULL.
        9 => {
            info.drain(15..17);
            (info[1], info[3]) = (info[1] - 2, 11);
        }
        // The lengths in the long form of BER.
        10 => {
            info.splice(1..2, [0x81, info[1]]);
        }
        11 => {
            info.splice(3..4, [0x81, 13]);
            info[1] += 1;
        }
        // NULL with contents.
        12 => {
            info.splice(15..17, [5, 1, 0]);
            (info[1], info[3]) = (info[1] + 1, 14);
        }
        // Another algorithm in the header, or the digest of another one behind it.
        13 => info[14] = random.pick(&[0, 4, 5, 6, 7, 8, 0x81]),
        14 => {
            info.truncate(header);
            info.extend(self::digest(other, message));
        }
        15 => {
            let place = header + random.below(digest.len());
            info[place] ^= 1 << random.below(8);
        }
        // The digest cut short.
        _ => info.truncate(header + random.below(digest.len())),
    }
    info
}

/// The right encoding with one bit changed, or a little more or less than it: what a mistake in a
/// digit or a carry would look like.
fn shifted(encoded: Vec<u8>, random: &mut Random) -> Vec<u8> {
    use num_bigint::BigUint;
    let number = BigUint::from_bytes_be(&encoded);
    let digit = 24 * random.below(encoded.len() / 3) as u64;
    let any = random.below(encoded.len() * 8 - 16) as u64;
    let bit = random.pick(&[digit, digit + 23, any]);
    let difference = BigUint::from(1_u8) << bit;
    let changed = if random.below(2) == 0 && number > difference {
        number - difference
    } else {
        number + difference
    };
    let octets = changed.to_bytes_be();
    [&vec![0; encoded.len() - octets.len()][..], &octets].concat()
}
