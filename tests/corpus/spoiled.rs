//! Tokens that somebody changed after they were signed, and texts that never were tokens.

use crate::made::Draft;
use crate::support::mint::{Signer, base64url, mint_with, mint_with_secret, sign_input};
use crate::support::random::Random;
use crate::values;

pub(crate) fn any(random: &mut Random) -> String {
    match random.below(12) {
        0..=1 => another_letter(random),
        2 => cut_off(random),
        3 => parts_of_two(random),
        4..=5 => another_signature(random),
        6 => another_key(random),
        7..=8 => another_text(random),
        9 => another_header(random),
        10 => no_token(random),
        _ => too_large(random),
    }
}

fn good(random: &mut Random) -> String {
    Draft::good(random).sign()
}

/// One letter of any part is another letter, of the alphabet or not.
fn another_letter(random: &mut Random) -> String {
    let mut letters: Vec<char> = good(random).chars().collect();
    let at = random.below(letters.len());
    letters[at] =
        random.one_of(&['A', 'B', 'Q', 'g', 'w', '0', '-', '_', '+', '/', '=', '.', ' ', '\u{e4}']);
    letters.into_iter().collect()
}

fn cut_off(random: &mut Random) -> String {
    let token = good(random);
    let at = random.below(token.len());
    if random.once_in(2) { token[..at].to_owned() } else { token[at..].to_owned() }
}

/// Header, payload and signature of different tokens.
fn parts_of_two(random: &mut Random) -> String {
    let (one, other) = (good(random), good(random));
    let pick = |index: usize, random: &mut Random| {
        let token = if random.once_in(2) { &one } else { &other };
        token.split('.').nth(index).unwrap().to_owned()
    };
    let parts = [pick(0, random), pick(1, random), pick(2, random)];
    parts.join(".")
}

/// The signature is other bytes: too short, too long, all zero, random, ASN.1.
fn another_signature(random: &mut Random) -> String {
    let token = good(random);
    let (input, _) = token.rsplit_once('.').unwrap();
    let length = random.one_of(&[0, 1, 32, 63, 64, 65, 96, 132, 255, 256, 257, 512]);
    let mut signature = match random.below(3) {
        0 => vec![0; length],
        1 => vec![0xff; length],
        _ => random.bytes(length),
    };
    if random.once_in(5) {
        signature = [&[0x30, 0x06, 0x02, 0x01, 0x01, 0x02, 0x01, 0x01], &signature[..]].concat();
    }
    format!("{input}.{}", base64url(&signature))
}

/// Signed by somebody else, or with a public key for a secret.
fn another_key(random: &mut Random) -> String {
    let draft = Draft::good(random);
    let (header, claims) = (draft.header.to_string(), draft.claims.to_string());
    if random.once_in(2) {
        let pem = Signer::Rsa2048A.public_pem().unwrap();
        return mint_with_secret(pem.as_bytes(), &header, &claims);
    }
    mint_with(Signer::Rsa2048B, "RS256", header.as_bytes(), claims.as_bytes())
}

/// The same token in another text.
fn another_text(random: &mut Random) -> String {
    let token = good(random);
    let part = token.rsplit_once('.').unwrap().1;
    match random.below(9) {
        0 => format!("{token}="),
        1 => format!("{token}=="),
        2 => format!(" {token}"),
        3 => format!("{token}\n"),
        4 => format!("{token}."),
        5 => format!("{token}.{part}.{part}"),
        6 => token.replacen('.', "..", 1),
        7 => token.replace('.', "%2E"),
        _ => format!("Bearer {token}"),
    }
}

/// A header that is no JSON object, signed all the same.
fn another_header(random: &mut Random) -> String {
    let header = match random.below(7) {
        0 => "null".to_owned(),
        1 => "[]".to_owned(),
        2 => r#"{"alg":"RS256","alg":"none"}"#.to_owned(),
        3 => format!("{{\"alg\":\"RS256\",\"kid\":\"RS256\",\"x\":\"{}\"}}", "x".repeat(1200)),
        4 => format!("{{\"alg\":\"RS256\",\"x\":{}}}", values::broken_json(random)),
        5 => "{\"alg\":\"RS256\"".to_owned(),
        _ => {
            return {
                let bytes = base64url(&[b"{\"alg\":\"\xff", &random.bytes(8)[..]].concat());
                sign_input(Signer::Rsa2048A, "RS256", &format!("{bytes}.e30"))
            };
        }
    };
    Draft::good(random).sign_text(&header, b"{}")
}

fn no_token(random: &mut Random) -> String {
    let length = random.below(60);
    let part = |random: &mut Random| base64url(&random.bytes(length));
    match random.below(5) {
        0 => String::new(),
        1 => ".".repeat(random.below(6)),
        2 => (0..length).map(|_| values::character(random)).collect(),
        3 => [part(random), part(random), part(random)].join("."),
        _ => (0..length).map(|_| char::from(32 + random.below(95) as u8)).collect(),
    }
}

fn too_large(random: &mut Random) -> String {
    let size = 7800 + random.below(800);
    match random.below(3) {
        0 => "a".repeat(size),
        1 => format!("{}.{}", good(random), "A".repeat(size)),
        _ => {
            let mut draft = Draft::good(random);
            draft.claims["x"] = "x".repeat(size * 3 / 4 - 800).into();
            draft.sign()
        }
    }
}
