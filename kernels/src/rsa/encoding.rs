//! The encoded message of RSASSA-PKCS1-v1_5 (EMSA-PKCS1-v1_5, RFC 8017 section 9.2).

use alloc::boxed::Box;
use alloc::vec;

use sha2::{Digest, Sha256, Sha384, Sha512};

use crate::Hash;

/// The DER encoding of DigestInfo up to the hash value (RFC 8017 section 9.2, note 1).
const SHA256_INFO: [u8; 19] =
    [0x30, 0x31, 0x30, 0x0d, 6, 9, 0x60, 0x86, 0x48, 1, 0x65, 3, 4, 2, 1, 5, 0, 4, 0x20];
const SHA384_INFO: [u8; 19] =
    [0x30, 0x41, 0x30, 0x0d, 6, 9, 0x60, 0x86, 0x48, 1, 0x65, 3, 4, 2, 2, 5, 0, 4, 0x30];
const SHA512_INFO: [u8; 19] =
    [0x30, 0x51, 0x30, 0x0d, 6, 9, 0x60, 0x86, 0x48, 1, 0x65, 3, 4, 2, 3, 5, 0, 4, 0x40];

/// `00 01 ff … ff 00`, the DigestInfo and the hash of `message`, `length` octets in all.
///
/// There is one such encoding and no other: a signature is verified by making it again and comparing,
/// so nothing is ever parsed (RFC 8017 section 8.2.2).
pub(super) fn encode(hash: Hash, message: &[u8], length: usize) -> Box<[u8]> {
    match hash {
        Hash::Sha256 => pad(&SHA256_INFO, &Sha256::digest(message), length),
        Hash::Sha384 => pad(&SHA384_INFO, &Sha384::digest(message), length),
        Hash::Sha512 => pad(&SHA512_INFO, &Sha512::digest(message), length),
    }
}

fn pad(info: &[u8], digest: &[u8], length: usize) -> Box<[u8]> {
    let mut encoded = vec![0xff; length].into_boxed_slice();
    let tail = [&[0], info, digest];
    if let [zero, one, ..] = &mut *encoded {
        (*zero, *one) = (0, 1);
    }
    for (octet, value) in encoded.iter_mut().rev().zip(tail.into_iter().flatten().rev()) {
        *octet = *value;
    }
    encoded
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::string::String;

    fn hex(octets: &[u8]) -> String {
        octets.iter().map(|octet| alloc::format!("{octet:02x}")).collect()
    }

    /// The hashes of "abc" are those of FIPS 180-4; the headers are those of RFC 8017.
    #[test]
    fn the_encoding_is_the_one_of_the_standard() {
        let encodings = [
            (
                Hash::Sha256,
                "3031300d060960864801650304020105000420",
                "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
            ),
            (
                Hash::Sha384,
                "3041300d060960864801650304020205000430",
                "cb00753f45a35e8bb5a03d699ac65007272c32ab0eded1631a8b605a43ff5bed\
                 8086072ba1e7cc2358baeca134c825a7",
            ),
            (
                Hash::Sha512,
                "3051300d060960864801650304020305000440",
                "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a\
                 2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f",
            ),
        ];
        for (hash, header, value) in encodings {
            for length in [256, 257, 512] {
                let padding = "ff".repeat(length - 3 - (header.len() + value.len()) / 2);
                let expected = alloc::format!("0001{padding}00{header}{value}");
                assert_eq!(hex(&encode(hash, b"abc", length)), expected);
            }
        }
    }
}
