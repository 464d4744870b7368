//! Rows 11 and 12: signatures that a careless engine takes.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::json;

use crate::support::judge::{OK, exactly, judge, jwk, oidc, oidc_with_keys};
use crate::support::mint::{Signer, base64url};
use crate::support::tokens::{claims, token, with};

/// The order of P-256 (SEC 2 section 2.4.2).
const P256_N: [u8; 32] = [
    0xff, 0xff, 0xff, 0xff, 0x00, 0x00, 0x00, 0x00, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
    0xbc, 0xe6, 0xfa, 0xad, 0xa7, 0x17, 0x9e, 0x84, 0xf3, 0xb9, 0xca, 0xc2, 0xfc, 0x63, 0x25, 0x51,
];

/// The order of Curve25519's base point, little endian (RFC 8032 section 5.1).
const ED25519_L: [u8; 32] = [
    0xed, 0xd3, 0xf5, 0x5c, 0x1a, 0x63, 0x12, 0x58, 0xd6, 0x9c, 0xf7, 0xa2, 0xde, 0xf9, 0xde, 0x14,
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x10,
];

const ALGORITHMS: [&str; 4] = ["ES256", "ES384", "EdDSA", "RS256"];

/// A good token, taken apart into what is signed and the signature.
fn signed(alg: &str) -> (String, Vec<u8>) {
    let token = token(alg, &claims());
    assert_eq!(judge(&oidc(&ALGORITHMS), &token), OK);
    let (input, signature) = token.rsplit_once('.').unwrap();
    (input.to_owned(), URL_SAFE_NO_PAD.decode(signature).unwrap())
}

fn refuse(input: &str, signature: &[u8]) {
    let token = format!("{input}.{}", base64url(signature));
    let verdict = judge(&oidc(&ALGORITHMS), &token);
    assert_eq!(verdict, exactly("token-invalid-signature"), "{signature:?}");
}

/// `n - s`, big endian: the other of the two numbers that ECDSA takes.
fn negated(s: &[u8]) -> Vec<u8> {
    let mut borrow = 0;
    let mut result: Vec<u8> = P256_N
        .iter()
        .zip(s)
        .rev()
        .map(|(n, s)| {
            let difference = i16::from(*n) - i16::from(*s) - borrow;
            borrow = i16::from(difference < 0);
            difference.rem_euclid(256) as u8
        })
        .collect();
    result.reverse();
    result
}

/// ASN.1 `SEQUENCE { INTEGER r, INTEGER s }`, as X.509 writes ECDSA signatures.
fn der(signature: &[u8]) -> Vec<u8> {
    let (r, s) = signature.split_at(signature.len() / 2);
    let integers: Vec<u8> = [r, s]
        .iter()
        .flat_map(|number| [&[2, number.len() as u8 + 1, 0], *number].concat())
        .collect();
    [&[0x30, integers.len() as u8], &integers[..]].concat()
}

#[test]
fn row_11_ecdsa_numbers_are_in_range() {
    let (input, good) = signed("ES256");
    let (r, s) = good.split_at(32);
    let (zero, n) = ([0; 32], P256_N);
    let mut above = n;
    above[31] += 1;
    for (r, s) in [
        (&zero[..], &zero[..]),
        (&zero, s),
        (r, &zero),
        (&n, s),
        (r, &n),
        (&n, &n),
        (&above, s),
        (r, &above),
        (&[0xff; 32], &[0xff; 32]),
        (s, r),
    ] {
        refuse(&input, &[r, s].concat());
    }
    let (input, good) = signed("ES384");
    let (r, s) = good.split_at(48);
    for (r, s) in [(&[0; 48][..], s), (r, &[0; 48][..]), (&[0; 48], &[0; 48]), (&[0xff; 48], s)] {
        refuse(&input, &[r, s].concat());
    }
}

#[test]
fn row_11_ecdsa_signatures_have_one_length_and_one_form() {
    for alg in ["ES256", "ES384"] {
        let (input, good) = signed(alg);
        refuse(&input, &der(&good));
        refuse(&input, &[]);
        refuse(&input, &good[1..]);
        refuse(&input, &good[..good.len() - 1]);
        refuse(&input, &good[..good.len() / 2]);
        refuse(&input, &[&good[..], &[0]].concat());
        refuse(&input, &[&[0], &good[..]].concat());
        refuse(&input, &[&good[..], &good[..]].concat());
    }
}

#[test]
fn row_11_other_signatures_have_one_length_too() {
    for alg in ["RS256", "EdDSA"] {
        let (input, good) = signed(alg);
        refuse(&input, &good[1..]);
        refuse(&input, &good[..good.len() - 1]);
        refuse(&input, &[&good[..], &[0]].concat());
        refuse(&input, &[&[0], &good[..]].concat());
        refuse(&input, &vec![0; good.len()]);
        refuse(&input, &vec![0xff; good.len()]);
    }
}

#[test]
fn row_11_every_flipped_bit_is_noticed() {
    for alg in ALGORITHMS {
        let (input, good) = signed(alg);
        for index in (0..good.len()).step_by(7) {
            let mut bad = good.clone();
            bad[index] ^= 1 << (index % 8);
            refuse(&input, &bad);
        }
    }
}

#[test]
fn row_12_a_second_ed25519_signature_is_refused() {
    let (input, good) = signed("EdDSA");
    let mut changed = good.clone();
    // S + L is the same number modulo L (RFC 8032 section 5.1.7, step 1).
    let mut carry = 0;
    for (byte, l) in changed[32..].iter_mut().zip(ED25519_L) {
        let sum = u16::from(*byte) + u16::from(l) + carry;
        *byte = sum as u8;
        carry = sum >> 8;
    }
    assert_eq!(carry, 0);
    refuse(&input, &changed);
}

#[test]
fn row_12_ed25519_keys_of_small_order_are_refused() {
    for x in [
        &[0; 32][..],
        &[&[1], &[0; 31][..]].concat(),
        &[&[0xec], &[0xff; 30][..], &[0x7f]].concat(),
        // y = p, a second text for y = 0.
        &[&[0xed], &[0xff; 30][..], &[0x7f]].concat(),
    ] {
        let key = with(jwk(Signer::Ed25519), "x", base64url(x));
        let provider = oidc_with_keys(&json!([key]), &["EdDSA"]);
        assert_eq!(judge(&provider, &token("EdDSA", &claims())), exactly("jwk-unusable"));
    }
}

#[test]
fn row_12_both_ecdsa_signatures_count_so_none_is_an_identity() {
    // RFC 7518 section 3.4 does not ask for the lower s, and hardware makes both: refusing one
    // would refuse good tokens. Nothing in the core takes the signature for the token's identity.
    let (input, good) = signed("ES256");
    let (r, s) = good.split_at(32);
    let other = format!("{input}.{}", base64url(&[r, &negated(s)].concat()));
    assert_eq!(judge(&oidc(&ALGORITHMS), &other), OK);
}
