//! Keys, messages and signatures to be judged: valid ones, and what becomes of them when a little is
//! changed.

use p256::Scalar;
use p256::elliptic_curve::{Group, PrimeField};

use crate::random::Random;
use crate::signer::{self, Key, Signed, Signer};

/// A message and a signature to be judged under a key.
pub(crate) struct Case {
    /// How it was made.
    pub(crate) kind: &'static str,
    pub(crate) message: Vec<u8>,
    pub(crate) signature: [u8; 64],
    /// What must come out, where that is known by construction.
    pub(crate) wanted: Option<bool>,
}

/// A key and all that is to be judged under it.
pub(crate) struct KeyCases {
    pub(crate) key: Key,
    pub(crate) cases: Vec<Case>,
}

/// The kinds that are valid, and kinds that are not, of which there must be some.
pub(crate) const VALID: [&str; 8] =
    ["signed", "also signed", "-s", "u1", "u2", "meeting", "small x", "x above n"];
pub(crate) const INVALID: [&str; 8] = [
    "infinity",
    "bit of r",
    "bit of s",
    "bit of the message",
    "changed key",
    "odd r",
    "r + n",
    "s + n",
];

/// A key with signatures, and some changed keys.
pub(crate) fn batch(random: &mut Random) -> Vec<KeyCases> {
    let Some(signatures) = signatures(random) else { return Vec::new() };
    let Some(first) = signatures.first() else { return Vec::new() };
    let mut batch = changed_keys(first, random);
    let mut own = KeyCases { key: first.key, cases: Vec::new() };
    for signature in &signatures {
        if signature.kind == "also signed" {
            own.cases.push(unchanged(signature));
        } else {
            changed_signatures(signature, random, &mut own.cases);
        }
    }
    if let [first, .., last] = &signatures[..] {
        own.cases.push(Case {
            kind: "signature of another message",
            message: last.message.clone(),
            signature: joined(&first.r, &first.s),
            wanted: None,
        });
    }
    batch.push(own);
    batch
}

/// Signatures under one key.
fn signatures(random: &mut Random) -> Option<Vec<Signed>> {
    let message = random.message();
    let odd = random.odd_scalar();
    let one = |signature: Option<Signed>| signature.map(|signature| vec![signature]);
    match random.below(12) {
        0..=3 => several(&Signer::new(random.scalar()), random),
        4 => several(&Signer::near_generator(random), random),
        5 => one(Signer::new(random.scalar()).infinity(message, odd)),
        6 => one(signer::with_u2(message, odd, random.scalar())),
        7 => one(signer::with_u1("u1", message, odd, random.scalar())),
        8 => one(signer::with_u1("u1", message, random.scalar(), odd)),
        9 => {
            let u1 = if random.below(3) == 0 { odd } else { random.scalar() };
            one(signer::meeting(message, u1, random.below(43), random.below(2) == 0))
        }
        10 => one(signer::with_x("x above n", message, x_above_n(random), random.scalar())),
        _ => {
            let mut x = [0; 32];
            x[24..].copy_from_slice(&(random.next() >> random.below(64)).to_be_bytes());
            one(signer::with_x("small x", message, x, random.scalar()))
        }
    }
}

/// Some messages, signed with nonces of all kinds: three to be changed, and others as they are.
fn several(signer: &Signer, random: &mut Random) -> Option<Vec<Signed>> {
    let sign = |index| {
        let nonce = if random.below(3) == 0 { random.odd_scalar() } else { random.scalar() };
        signer.sign(if index < 3 { "signed" } else { "also signed" }, random.message(), nonce)
    };
    (0..12).map(sign).collect()
}

fn unchanged(signed: &Signed) -> Case {
    Case {
        kind: signed.kind,
        message: signed.message.clone(),
        signature: joined(&signed.r, &signed.s),
        wanted: Some(true),
    }
}

/// The valid signature, and many that are not.
fn changed_signatures(signed: &Signed, random: &mut Random, cases: &mut Vec<Case>) {
    let valid = signed.kind != "infinity";
    let (r, s) = (signed.r, signed.s);
    let mut add = |kind, r: [u8; 32], s: [u8; 32], wanted| {
        let message = signed.message.clone();
        cases.push(Case { kind, message, signature: joined(&r, &s), wanted });
    };
    add(signed.kind, r, s, Some(valid));
    add("-s", r, subtracted(&N, &s), Some(valid));
    add("-r", subtracted(&N, &r), s, None);
    add("-r, -s", subtracted(&N, &r), subtracted(&N, &s), None);
    add("s, r", s, r, None);
    add("r + 1", plus(&r, &small(1)).unwrap_or(r), s, None);
    add("s + 1", r, plus(&s, &small(1)).unwrap_or(s), None);
    add("r - 1", subtracted(&r, &small(1)), s, None);
    if let Some(larger) = plus(&r, &N) {
        add("r + n", larger, s, Some(false));
    }
    if let Some(larger) = plus(&s, &N) {
        add("s + n", r, larger, Some(false));
    }
    add("p - r", subtracted(&P, &r), s, None);
    for _ in 0..6 {
        add("bit of r", with_bit_flipped(&r, random), s, None);
        add("bit of s", r, with_bit_flipped(&s, random), None);
    }
    for _ in 0..4 {
        add("odd r", random_border(random), s, None);
        add("odd s", r, random_border(random), None);
        add("odd r and s", random_border(random), random_border(random), None);
    }
    add("other r", random.bytes(), s, None);
    add("other s", r, random.bytes(), None);
    add("other r and s", random.bytes(), random.bytes(), None);
    changed_messages(signed, random, cases);
}

fn changed_messages(signed: &Signed, random: &mut Random, cases: &mut Vec<Case>) {
    let signature = joined(&signed.r, &signed.s);
    let mut add = |kind, message| cases.push(Case { kind, message, signature, wanted: None });
    let mut message = signed.message.clone();
    message.push(random.next() as u8);
    add("longer message", message);
    if !signed.message.is_empty() {
        let last = signed.message.len() - 1;
        add("shorter message", signed.message[..last].to_vec());
        for _ in 0..4 {
            let mut message = signed.message.clone();
            message[random.below(last + 1)] ^= 1 << random.below(8);
            add("bit of the message", message);
        }
    }
    add("other message", random.message());
}

/// The signature under keys that are not the right one, most of them no keys at all.
fn changed_keys(signed: &Signed, random: &mut Random) -> Vec<KeyCases> {
    let (x, y) = signed.key.split_at(32);
    let (x, y): ([u8; 32], [u8; 32]) = (x.try_into().unwrap(), y.try_into().unwrap());
    let mut keys = vec![
        joined(&x, &subtracted(&P, &y)),
        joined(&y, &x),
        joined(&x, &with_bit_flipped(&y, random)),
        joined(&with_bit_flipped(&x, random), &y),
        joined(&random_border(random), &random_border(random)),
        joined(&random_border(random), &y),
        joined(&x, &random_border(random)),
        joined(&random.bytes(), &random.bytes()),
        [0; 64],
    ];
    keys.extend(plus(&x, &P).map(|x| joined(&x, &y)));
    keys.extend(plus(&y, &P).map(|y| joined(&x, &y)));
    let odd = p256::ProjectivePoint::GENERATOR * random.odd_scalar();
    keys.extend(signer::coordinates(&odd));
    keys.extend(signer::lift(&random_border(random)).and_then(|point| signer::coordinates(&point)));
    keys.extend(signer::coordinates(&p256::ProjectivePoint::GENERATOR.double()));
    let case = |key| KeyCases {
        key,
        cases: vec![Case {
            kind: "changed key",
            message: signed.message.clone(),
            signature: joined(&signed.r, &signed.s),
            wanted: None,
        }],
    };
    keys.into_iter().map(case).collect()
}

const P: [u8; 32] = bytes(0xffff_ffff_0000_0001, 0, 0xffff_ffff, u64::MAX);
const N: [u8; 32] =
    bytes(0xffff_ffff_0000_0000, u64::MAX, 0xbce6_faad_a717_9e84, 0xf3b9_cac2_fc63_2551);

/// One of the numbers at which something changes, or a neighbour.
fn random_border(random: &mut Random) -> [u8; 32] {
    let mut half = [0; 32];
    half[0] = 0x80;
    let n_over_2 =
        bytes(0x7fff_ffff_8000_0000, u64::MAX >> 1, 0xde73_7d56_d38b_cf42, 0x79dc_e561_7e31_92a8);
    let border = random.pick(&[[0; 32], N, P, [0xff; 32], half, n_over_2, subtracted(&P, &N)]);
    let offset = small(random.next() % 4);
    match random.below(3) {
        0 => plus(&border, &offset).unwrap_or(border),
        1 if border >= offset => subtracted(&border, &offset),
        _ => border,
    }
}

/// From n to p - 1: the coordinates x that are not r themselves.
fn x_above_n(random: &mut Random) -> [u8; 32] {
    let width = subtracted(&P, &N);
    loop {
        let mut offset = random.bytes();
        offset[..15].fill(0);
        if random.below(2) == 0 {
            offset[..24].fill(0);
        }
        if offset < width {
            return plus(&N, &offset).expect("below p");
        }
    }
}

fn with_bit_flipped(bytes: &[u8; 32], random: &mut Random) -> [u8; 32] {
    let mut flipped = *bytes;
    flipped[random.below(32)] ^= 1 << random.below(8);
    flipped
}

fn joined(first: &[u8; 32], second: &[u8; 32]) -> [u8; 64] {
    let mut both = [0; 64];
    both[..32].copy_from_slice(first);
    both[32..].copy_from_slice(second);
    both
}

fn small(number: u64) -> [u8; 32] {
    bytes(0, 0, 0, number)
}

/// `a + b` below 2^256.
fn plus(a: &[u8; 32], b: &[u8; 32]) -> Option<[u8; 32]> {
    let (mut sum, mut carry) = ([0; 32], 0);
    for place in (0..32).rev() {
        let digit = u16::from(a[place]) + u16::from(b[place]) + carry;
        sum[place] = digit as u8;
        carry = digit >> 8;
    }
    (carry == 0).then_some(sum)
}

/// `a - b` modulo 2^256.
fn subtracted(a: &[u8; 32], b: &[u8; 32]) -> [u8; 32] {
    let (mut difference, mut borrow) = ([0; 32], 0);
    for place in (0..32).rev() {
        let digit = i16::from(a[place]) - i16::from(b[place]) - borrow;
        difference[place] = digit as u8;
        borrow = i16::from(digit < 0);
    }
    difference
}

const fn bytes(a: u64, b: u64, c: u64, d: u64) -> [u8; 32] {
    let words = [a.to_be_bytes(), b.to_be_bytes(), c.to_be_bytes(), d.to_be_bytes()];
    let mut bytes = [0; 32];
    let mut place = 0;
    while place < 32 {
        bytes[place] = words[place / 8][place % 8];
        place += 1;
    }
    bytes
}

/// The constants above are those of the crate `p256`.
pub(crate) fn check_constants() {
    let n_less_1: [u8; 32] = (-Scalar::ONE).to_repr().into();
    assert_eq!(plus(&n_less_1, &small(1)), Some(N));
    assert!(signer::lift(&P).is_none() && signer::lift(&subtracted(&P, &small(3))).is_some());
}
